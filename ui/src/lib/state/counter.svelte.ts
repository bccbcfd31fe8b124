import type { Desk } from "../desk";
import type { ChallengeView } from "../ipc/ChallengeView";
import type { PurposeView } from "../ipc/PurposeView";

/** What this desk asks of the customer, and where it is shown. */
export class CounterState {
  challenge = $state.raw<ChallengeView | null>(null);
  /** Whether the clerk wants it in this window. */
  panel = $state.raw(false);
  /** Whether the page for the printer is open. */
  poster = $state.raw(false);
  readonly #desk: Desk;
  readonly #ask: (command: () => Promise<unknown>) => Promise<void>;

  constructor(desk: Desk, ask: (command: () => Promise<unknown>) => Promise<void>) {
    this.#desk = desk;
    this.#ask = ask;
  }

  /** Whether a purpose has anything to show to the customer. */
  asks(purpose: PurposeView | null): boolean {
    return purpose !== null && purpose.challenge !== "off";
  }

  async openWindow(open: boolean): Promise<void> {
    await this.#ask(() => this.#desk.openCustomerWindow(open));
  }

  /** A challenge for paper; null when the desk could make none. */
  async print(): Promise<ChallengeView | null> {
    let printed: ChallengeView | null = null;
    await this.#ask(async () => {
      printed = await this.#desk.printChallenge();
    });
    return printed;
  }
}
