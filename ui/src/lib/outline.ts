import type { DeskEvent } from "./ipc/DeskEvent";

export type Corners = NonNullable<Extract<DeskEvent, { type: "outline" }>["corners"]>;

/** Parts of the picture: below this a corner only trembles, as a hand and a detector do. */
const TREMBLE = 0.006;
/** How much of a tremble is followed. */
const LEAST = 0.3;

/**
 * Where the outline is drawn after it was at `last` and the symbol is seen at `next`: a corner that
 * trembles is held, one that moves is followed at once, so the outline never swims behind the phone.
 */
export function follow(last: Corners | null, next: Corners): Corners {
  if (!last) return next;
  const drawn = next.map(([x, y], at) => {
    const [fromX, fromY] = last[at] ?? [x, y];
    const part = Math.min(1, Math.max(LEAST, Math.hypot(x - fromX, y - fromY) / TREMBLE));
    return [fromX + (x - fromX) * part, fromY + (y - fromY) * part];
  });
  return drawn as Corners;
}
