import type { DecisionView } from "./ipc/DecisionView";

/** How an answer is drawn: a yes, one with strings attached, a no, or a mere hint. */
export type Tone = "good" | "bound" | "not" | "hint";

const TONES: Record<DecisionView["answer"], Tone> = {
  yes: "good",
  permitted: "good",
  limited: "bound",
  workplace_only: "bound",
  needs_permit: "bound",
  no: "not",
  not_permitted: "not",
  same: "hint",
  part: "hint",
  different: "hint",
  not_shown: "hint",
};

/** The answers on work, from none to all. */
export const GRADES: readonly DecisionView["answer"][] = [
  "not_permitted",
  "needs_permit",
  "workplace_only",
  "limited",
  "permitted",
];

/** Names are compared for the clerk's eye only, whatever the answer says. */
export function toneOf({ rule, answer }: Pick<DecisionView, "rule" | "answer">): Tone {
  return rule === "name_matches" ? "hint" : TONES[answer];
}

/** What the heading has to say beside the card; null where every answer is a plain yes. */
export function headingOf(decisions: readonly DecisionView[]): "no" | "work" | null {
  const minded = decisions.filter((decision) => ["bound", "not"].includes(toneOf(decision)));
  if (minded.some(({ rule }) => rule !== "work_permission")) return "no";
  return minded.length > 0 ? "work" : null;
}
