import type { LabelView } from "./LabelView";

export type ClaimView = {
  name: string;
  label: LabelView;
  text: string;
  masked: boolean;
  revealable: boolean;
};
