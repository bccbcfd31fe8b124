export type KeyMeaning = { does: "clear" } | { does: "jump" } | { does: "purpose"; at: number };

const TYPING = new Set(["text", "date", "search"]);

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
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return null;
  return /^[1-9]$/.test(event.key) ? { does: "purpose", at: Number(event.key) - 1 } : null;
}
