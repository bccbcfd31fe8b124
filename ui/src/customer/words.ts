import type { LabelView } from "../lib/ipc/LabelView";
import en from "./words/en.json";
import id from "./words/id.json";
import ko from "./words/ko.json";
import ru from "./words/ru.json";
import th from "./words/th.json";
import uz from "./words/uz.json";
import vi from "./words/vi.json";
import zhHans from "./words/zh-Hans.json";

/** Everything the customer is told. A key that a language lacks does not compile. */
export type Words = typeof en;

/** By BCP 47 tag, in the order of the bar. */
export const WORDS = { ko, en, "zh-Hans": zhHans, vi, th, uz, id, ru } satisfies Record<string, Words>;
export type Tongue = keyof typeof WORDS;
export const TONGUES = Object.keys(WORDS) as Tongue[];

/** Words of the desk, which it has in two languages, for a customer of any; and the language they are in. */
export function spoken(label: LabelView, tongue: Tongue): { text: string; lang: "ko" | "en" } {
  const lang = tongue === "ko" ? "ko" : "en";
  return { text: label[lang], lang };
}

/** What the desk is called beside whose it is: nothing where both are one name. */
export function deskOf(asking: { desk: string; organisation: string }): string {
  return asking.desk === asking.organisation ? "" : asking.desk;
}

/** What an item is called. One that is not in the words keeps the name that the desk gives it. */
export function claimName(
  item: { name: string; label: LabelView },
  tongue: Tongue,
): { text: string; lang: string } {
  const claims: Partial<Record<string, string>> = WORDS[tongue].claims;
  const known = Object.hasOwn(claims, item.name) ? claims[item.name] : undefined;
  return known ? { text: known, lang: tongue } : spoken(item.label, tongue);
}
