/** Sizes of the letters, in percent of what the design draws. */
export const SIZES = [100, 150, 200] as const;
export type TextSize = (typeof SIZES)[number];
export type Step = "larger" | "smaller" | "normal";

/** What the two columns were drawn for at the least; below it the photo and the names would not have their room. */
const TWO_COLUMNS_FROM = 960;

/** A remembered size; anything else is the normal one. */
export function readSize(kept: string | null): TextSize {
  return SIZES.find((size) => String(size) === kept) ?? 100;
}

export function stepped(size: TextSize, step: Step): TextSize {
  if (step === "normal") return 100;
  const at = SIZES.indexOf(size) + (step === "larger" ? 1 : -1);
  return SIZES[at] ?? size;
}

/** One size further, and from the largest back to the first: for a single button. */
export function following(size: TextSize): TextSize {
  return SIZES[(SIZES.indexOf(size) + 1) % SIZES.length] ?? 100;
}

/** Normal letters keep the two columns they were drawn for. */
export function columnsFor(size: TextSize, width: number): "one" | "two" {
  return size > 100 && (width * 100) / size < TWO_COLUMNS_FROM ? "one" : "two";
}
