import type { OverviewView } from "./ipc/OverviewView";

/** Knowledge that ends within this time is worth a word before it does. */
export const ENDS_SOON = 3 * 24 * 60 * 60;

/** How many things on this desk somebody should look at. */
export function attention(overview: OverviewView, now: number): number {
  const { issuers, lists, endsAt } = overview.knowledge;
  const lacking = (issuers === 0 ? 1 : 0) + (lists === 0 ? 1 : 0);
  return overview.problems.length + lacking + (endsAt !== null && endsAt - now < ENDS_SOON ? 1 : 0);
}
