import type { Desk } from "../desk";
import type { ImportView } from "../ipc/ImportView";
import type { TrustView } from "../ipc/TrustView";
import type { UpdateView } from "../ipc/UpdateView";

/** Where the screen about trust is to stand when it opens. */
export type Section = "top" | "issuers" | "lists" | "history";

/** How long good news stays. */
export const NOTICE_STAYS = 8_000;
/** An import that comes this long after somebody asked for one is the answer to that. */
const ANSWERS_WITHIN = 30_000;

/** What the desk trusts, and what became of lists that came in. */
export class TrustState {
  /** Everything the screen shows; null until it was opened. */
  view = $state.raw<TrustView | null>(null);
  /** The section it was opened at; null while it is closed. */
  section = $state.raw<Section | null>(null);
  /** The import worth a word, until it is closed or has been up long enough. */
  notice = $state.raw<ImportView | null>(null);
  /** How fetching goes, or how it ended. */
  update = $state.raw<UpdateView | null>(null);
  /** Somebody is reading the notice: it does not go. */
  held = $state.raw(false);
  #goesAt = Infinity;
  #askedUntil = -Infinity;
  readonly #desk: Desk;
  readonly #ask: (command: () => Promise<unknown>) => Promise<void>;

  constructor(desk: Desk, ask: (command: () => Promise<unknown>) => Promise<void>) {
    this.#desk = desk;
    this.#ask = ask;
  }

  show(section: Section = "top"): void {
    this.section = section;
    this.held = false;
    void this.refresh();
  }

  close(): void {
    this.section = null;
    this.held = false;
    this.update = this.updating ? this.update : null;
  }

  get updating(): boolean {
    return this.update?.state === "running";
  }

  /** The screen, where it is open, shows what the desk knows now. */
  async refresh(): Promise<void> {
    if (this.section === null) return;
    await this.#ask(async () => {
      this.view = await this.#desk.trust();
    });
  }

  async importFolder(): Promise<void> {
    this.#askedUntil = Infinity;
    await this.#ask(() => this.#desk.importBundle());
    // The event may have come already, and then nobody waits for another.
    if (this.#askedUntil === Infinity) this.#askedUntil = performance.now() + ANSWERS_WITHIN;
  }

  async renew(): Promise<void> {
    if (this.updating) return;
    this.#askedUntil = Infinity;
    this.update = { state: "running", done: 0, of: 0 };
    await this.#ask(async () => {
      try {
        await this.#desk.updateBundle();
      } catch (error) {
        this.update = { state: "failed", done: 0, of: 0 };
        this.#askedUntil = -Infinity;
        throw error;
      }
    });
  }

  updated(update: UpdateView, now: number): void {
    this.update = update;
    if (update.state === "running" || this.#askedUntil !== Infinity) return;
    const followed = update.state === "fetched" || update.state === "unchanged";
    this.#askedUntil = followed ? now + ANSWERS_WITHIN : -Infinity;
  }

  /** Says what became of a list. One that was in force already is worth a word to whoever asked. */
  imported(report: ImportView, now: number): void {
    const asked = now <= this.#askedUntil;
    this.#askedUntil = -Infinity;
    const { outcome } = report;
    if (outcome !== "unchanged" || asked) {
      this.notice = report;
      this.held = false;
      this.#goesAt = outcome === "installed" || outcome === "unchanged" ? now + NOTICE_STAYS : Infinity;
    }
    void this.refresh();
  }

  dismiss(): void {
    this.notice = null;
    this.#goesAt = Infinity;
  }

  tick(now: number): void {
    if (this.notice && !this.held && now >= this.#goesAt) this.dismiss();
  }
}
