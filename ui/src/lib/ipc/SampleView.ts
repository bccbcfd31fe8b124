import type { LabelView } from "./LabelView";

export type SampleView = {
  cards: { id: string; label: LabelView }[];
  cases: string[];
  card: string;
  case: string;
};
