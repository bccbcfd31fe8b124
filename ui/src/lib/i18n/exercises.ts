import type { Decision } from "../state/exercise.svelte";

/** The sample people, as the desk names them. */
export type PersonId =
  | "arrival"
  | "borrowed-phone"
  | "screenshot"
  | "lost-phone"
  | "expired"
  | "forged-name"
  | "unknown-issuer"
  | "under-age"
  | "long-name"
  | "short-stay";

/** What is said in an exercise: who comes, what it was, and how one tells. */
export type ExerciseMessages = {
  start: string;
  leave: string;
  next: string;
  results: string;
  again: string;
  repeat: (count: number) => string;
  report: string;
  yours: (decision: string) => string;
  title: (number: number, of: number) => string;
  face: string;
  card: string;
  purpose: string;
  looking: string;
  meet: string;
  read: string;
  ask: string;
  decisions: Record<Decision, string>;
  right: string;
  wrong: string;
  should: (decision: string) => string;
  said: string;
  score: (right: number, of: number) => string;
  perfect: string;
  missed: string;
  people: Record<PersonId, { comes: string; was: string; tell: string }>;
};
