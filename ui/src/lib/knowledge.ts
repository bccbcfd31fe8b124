import type { KnowledgeView } from "./ipc/KnowledgeView";
import type { OverviewView } from "./ipc/OverviewView";

/** Knowledge that ends within this time is worth a word before it does. */
export const ENDS_SOON = 3 * 24 * 60 * 60;

/** How near an end is: far enough, worth a word, or past. */
export type Nearness = "fine" | "soon" | "past";

export function nearness(ends: number, now: number): Nearness {
  if (ends <= now) return "past";
  return ends - now < ENDS_SOON ? "soon" : "fine";
}

/** Why no card, or not every card, can be checked with what is installed; null where nothing is wrong. */
export type Alarm = "expired" | "part" | "missing" | "damaged";

export function alarm(knowledge: KnowledgeView, now: number): Alarm | null {
  const { source, endsAt, leads } = knowledge;
  if (source === "missing" || source === "damaged") return source;
  if (source !== "bundle" || endsAt === null || endsAt > now) return null;
  // What ended is the whole list, unless the desk says that it is one file of it.
  return leads === null || leads.part === "manifest" ? "expired" : "part";
}

/** Whether nothing at all is accepted with what is installed, or with this clock. */
export function stopped(knowledge: KnowledgeView, now: number): boolean {
  const found = alarm(knowledge, now);
  return knowledge.clock === "behind" || (found !== null && found !== "part");
}

/** How many things on this desk somebody should look at. */
export function attention(overview: OverviewView, now: number): number {
  const { issuers, lists, endsAt, clock } = overview.knowledge;
  const lacking = (issuers === 0 ? 1 : 0) + (lists === 0 ? 1 : 0);
  const wrong = clock === "behind" ? 1 : 0;
  return overview.problems.length + lacking + wrong + (endsAt !== null && endsAt - now < ENDS_SOON ? 1 : 0);
}
