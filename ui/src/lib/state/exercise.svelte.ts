import type { Desk } from "../desk";
import type { ExerciseView } from "../ipc/ExerciseView";
import type { VerdictView } from "../ipc/VerdictView";

export type Decision = VerdictView["outcome"];
/** Where an exercise stands: the person is there, the clerk is to decide, or was told. */
export type Phase = "meet" | "decide" | "told";

/** What the clerk decided on the sample people. Kept until the exercises end, and nowhere else. */
export class ExerciseState {
  /** The people, in the order in which they come; empty while there is no exercise. */
  people = $state.raw<ExerciseView[]>([]);
  at = $state.raw(0);
  /** What the desk said of the one who is there. */
  verdict = $state.raw<VerdictView | null>(null);
  decisions = $state.raw<Decision[]>([]);
  readonly #desk: Desk;
  readonly #ask: (command: () => Promise<unknown>) => Promise<void>;

  constructor(desk: Desk, ask: (command: () => Promise<unknown>) => Promise<void>) {
    this.#desk = desk;
    this.#ask = ask;
  }

  get running(): boolean {
    return this.people.length > 0;
  }

  get person(): ExerciseView | null {
    return this.people[this.at] ?? null;
  }

  /** All have come. */
  get over(): boolean {
    return this.running && this.at >= this.people.length;
  }

  get decision(): Decision | null {
    return this.decisions[this.at] ?? null;
  }

  get phase(): Phase {
    if (this.decision) return "told";
    return this.verdict ? "decide" : "meet";
  }

  /** Those whom the clerk decided otherwise. */
  get missed(): ExerciseView[] {
    return this.people.filter((person, at) => this.decisions[at] !== person.right);
  }

  async start(people: ExerciseView[]): Promise<void> {
    this.people = people;
    this.decisions = [];
    await this.#meet(0);
  }

  /** The desk's word is kept back until the clerk has decided. */
  hear(verdict: VerdictView): void {
    if (this.person && !this.decision) this.verdict = verdict;
  }

  decide(decision: Decision): void {
    if (this.phase !== "decide") return;
    this.decisions = [...this.decisions, decision];
  }

  async next(): Promise<void> {
    if (this.phase === "told") await this.#meet(this.at + 1);
  }

  async leave(): Promise<void> {
    this.people = [];
    this.decisions = [];
    this.verdict = null;
    this.at = 0;
    await this.#ask(() => this.#desk.chooseExercise(null));
  }

  async #meet(at: number): Promise<void> {
    this.at = at;
    this.verdict = null;
    const person = this.people[at];
    await this.#ask(() => this.#desk.chooseExercise(person?.id ?? null));
  }
}
