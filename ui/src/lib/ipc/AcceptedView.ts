import type { CautionCode } from "./CautionCode";
import type { ClaimView } from "./ClaimView";
import type { DecisionView } from "./DecisionView";
import type { LabelView } from "./LabelView";
import type { PortraitView } from "./PortraitView";

export type AcceptedView = {
  card: LabelView;
  portrait: PortraitView | null;
  claims: ClaimView[];
  decisions: DecisionView[];
  issuer: { name: string; country: string | null };
  binding: "challenged" | "fresh" | "bearer";
  proofAge: number | null;
  status: { issued: number; refreshDue: boolean } | null;
  cautions: CautionCode[];
  surplus: number;
};
