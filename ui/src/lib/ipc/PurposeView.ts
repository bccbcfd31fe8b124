import type { LabelView } from "./LabelView";

export type PurposeView = {
  id: string;
  label: LabelView;
  shows: LabelView[];
  asksDate: LabelView | null;
  asOf: string;
};
