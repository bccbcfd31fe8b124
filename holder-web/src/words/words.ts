import type { Language } from "../training.ts";
import { en, type Words } from "./en.ts";
import { ko } from "./ko.ts";

export type { Words };

export const WORDS: Record<Language, Words> = { ko, en };

/** The sentence with what stands in braces filled in. */
export function filled(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
