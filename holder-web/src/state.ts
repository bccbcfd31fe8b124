// What the person chose, and what was shown last.
import type { Case, Code, Format } from "./cases.ts";
import type { Challenge, Refusal } from "./challenge.ts";
import { type Clock, clockFrom } from "./clock.ts";
import type { Parameters } from "./parameters.ts";
import { type Card, CARDS, type Language } from "./training.ts";
import { WORDS, type Words } from "./words/words.ts";

export type ScreenName = "cards" | "card" | "scan" | "consent" | "show";

export interface State {
  language: Language;
  clock: Clock;
  card: Card;
  case: Case;
  format: Format;
  largePhoto: boolean;
  code: Code;
  /** what is answered; undefined where nobody asked */
  challenge: Challenge | undefined;
  /** why the last text was not taken, for the screen that scans */
  refusal: Refusal | undefined;
  /** packing byte and body that were shown last, by card and format, for the case that shows them again */
  last: Map<string, Uint8Array>;
}

export function stateFrom(parameters: Parameters): State {
  const [first] = CARDS;
  if (!first) throw new Error("no cards");
  return {
    language: parameters.language,
    clock: clockFrom(parameters.at),
    card: parameters.card ?? first,
    case: parameters.case,
    format: parameters.format,
    largePhoto: parameters.largePhoto,
    code: parameters.code,
    challenge: undefined,
    refusal: undefined,
    last: new Map(),
  };
}

export function wordsOf(state: State): Words {
  return WORDS[state.language];
}

export function lastKey(state: State): string {
  return `${state.card.id} ${state.format}`;
}

/** What a screen is given. */
export interface Way {
  state: State;
  go(screen: ScreenName): void;
  back(): void;
  /** back to the screen where the case is chosen */
  backToCard(): void;
  home(): void;
}

/** What a screen gives back: what is seen, and what ends when it is left. */
export interface Screen {
  element: HTMLElement;
  leave?: () => void;
}
