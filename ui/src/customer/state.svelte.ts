import type { ChallengeView } from "../lib/ipc/ChallengeView";
import type { CustomerEvent } from "../lib/ipc/CustomerEvent";
import type { Tongue } from "./words";

type Phase = Extract<CustomerEvent, { type: "state" }>["state"];

/** How long a thank-you stands, in seconds. */
export const THANKS = 5;
/** After so many seconds without a touch the next person finds the desk's own language. */
export const IDLE = 120;

/** What the customer sees. It is told of no person and no verdict, so it holds none. */
export class CustomerState {
  challenge = $state.raw<ChallengeView | null>(null);
  phase = $state.raw<Phase>("waiting");
  tongue = $state.raw<Tongue>("ko");
  /** The id of the card that the holder says to have. */
  #card = $state.raw<string | null>(null);
  /** Unix seconds. */
  now = $state.raw(0);
  /** When the challenge on the screen came. */
  since = $state.raw(0);
  #thanksUntil = $state.raw(0);
  #touched = 0;
  #home: Tongue = "ko";

  readonly view: "none" | "code" | "checking" | "thanks" = $derived.by(() => {
    if (this.phase === "done" || this.now < this.#thanksUntil) return "thanks";
    if (!this.challenge) return "none";
    return this.phase === "checking" ? "checking" : "code";
  });
  readonly card = $derived(
    this.challenge?.cards.find(({ id }) => id === this.#card) ?? this.challenge?.cards[0] ?? null,
  );
  /** Of the time that the code is good for, how much is left: 1 to 0. */
  readonly left: number = $derived.by(() => {
    const whole = (this.challenge?.ends ?? 0) - this.since;
    return whole > 0 ? Math.min(1, Math.max(0, 1 - (this.now - this.since) / whole)) : 0;
  });

  tick(now: number): void {
    this.now = now;
    if (this.#touched > 0 && now - this.#touched >= IDLE) this.nextPerson();
  }

  receive(event: CustomerEvent): void {
    if (event.type === "challenge") {
      if (event.challenge?.purpose !== this.challenge?.purpose) this.#card = null;
      if (event.challenge?.answered) this.#thanksUntil = this.now + THANKS;
      this.challenge = event.challenge;
      this.since = this.now;
      return;
    }
    if (this.phase === "done" && event.state === "waiting") this.nextPerson();
    this.phase = event.state;
  }

  /** The language of whoever the desk belongs to. */
  live(home: Tongue): void {
    this.#home = home;
    this.tongue = home;
  }

  speak(tongue: Tongue): void {
    this.tongue = tongue;
    this.#touched = this.now;
  }

  choose(card: string): void {
    this.#card = card;
    this.#touched = this.now;
  }

  /** What one customer chose says something of them: it is gone before the next one comes. */
  nextPerson(): void {
    this.tongue = this.#home;
    this.#card = null;
    this.#touched = 0;
    this.#thanksUntil = 0;
  }
}
