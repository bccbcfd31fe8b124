import type { AcceptedView } from "./AcceptedView";
import type { ReasonCode } from "./ReasonCode";

export type VerdictView = {
  outcome: "accept" | "refuse" | "abstain";
  reason: ReasonCode | null;
  purpose: string;
  decidedAt: number;
  clearsIn: number;
  accepted: AcceptedView | null;
};
