import type { Step } from "../text";

export type GuideStep = { title: string; lines: string[] };

/** What makes the desk easier to read and to learn. */
export type EaseMessages = {
  title: string;
  text: {
    label: string;
    percent: (size: number) => string;
    next: (size: number) => string;
    step: Record<Step, string>;
  };
  guide: {
    open: string;
    title: string;
    place: (at: number, of: number) => string;
    steps: [GuideStep, GuideStep, GuideStep, GuideStep, GuideStep];
    back: string;
    next: string;
    skip: string;
    done: string;
  };
  page: { open: string; title: string; print: string; close: string };
};
