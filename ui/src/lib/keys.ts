import type { Step } from "./text";

export type KeyMeaning =
  | { does: "clear" }
  | { does: "jump" }
  | { does: "purpose"; at: number }
  | { does: "text"; step: Step };

const TYPING = new Set(["text", "date", "search"]);

/** With Ctrl; the plus is on the equals key, with or without Shift, and on the number pad. */
const TEXT_KEYS: ReadonlyMap<string, Step> = new Map([
  ["+", "larger"],
  ["=", "larger"],
  ["-", "smaller"],
  ["_", "smaller"],
  ["0", "normal"],
]);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return TYPING.has(target.type);
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/** What a key means anywhere in the window; null where it belongs to the field that has it. */
export function keyMeaning(event: KeyboardEvent): KeyMeaning | null {
  // A key that puts a syllable together belongs to the syllable.
  if (event.isComposing) return null;
  if (event.key === "Escape") return { does: "clear" };
  if (event.key === "F6") return { does: "jump" };
  const step = TEXT_KEYS.get(event.key);
  if (step && (event.ctrlKey || event.metaKey) && !event.altKey) return { does: "text", step };
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return null;
  return /^[1-9]$/.test(event.key) ? { does: "purpose", at: Number(event.key) - 1 } : null;
}
