import type { Outcome } from "./i18n";

/** Where each outcome stands, left to right, as on a Korean traffic light: stop, wait, go. */
export const POSITIONS: readonly Outcome[] = ["refuse", "abstain", "accept"];
