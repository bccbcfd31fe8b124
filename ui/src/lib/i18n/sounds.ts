import type { Outcome } from "./messages";

/** What is said of the sound that comes with a result. */
export type SoundMessages = {
  title: string;
  label: string;
  why: string;
  play: (outcome: string) => string;
  /** How each one goes, so that it can be told from the others. */
  heard: Record<Outcome, string>;
};
