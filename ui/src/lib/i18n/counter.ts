import type { AskView } from "../ipc/AskView";
import type { DecisionView } from "../ipc/DecisionView";

export type AskKind = AskView["kind"];
export type Answer = DecisionView["answer"];

/** What is said across the counter: what the clerk is asked, what the customer is asked, and the answers. */
export type CounterMessages = {
  asks: {
    /** The title while an answer that is needed is missing. */
    title: Record<AskKind, string>;
    fillIn: (label: string) => string;
    optional: string;
    placeholder: Record<Exclude<AskKind, "date">, string>;
  };
  answer: Record<Answer, string>;
  /** What the heading of an accepted card adds where an answer of this kind has to be minded. */
  heading: Record<"no" | "work", string>;
  /** What stands under a comparison of names, always. */
  nameHint: string;
  typedName: string;
  nextStep: string;
  decidedAsOf: (date: string) => string;
  tableAsOf: (date: string) => string;
  customer: {
    label: string;
    show: string;
    showShort: string;
    hide: string;
    window: string;
    print: string;
    panel: string;
    panelHint: string;
    required: string;
    /** In place of the first step, where only an answer to this desk is taken. */
    firstStep: string;
  };
  poster: {
    title: string;
    print: string;
    close: string;
    waiting: string;
    failed: string;
    items: string;
    scan: string;
    show: string;
    onlyThese: string;
    validUntil: (date: string) => string;
    advice: string;
  };
};
