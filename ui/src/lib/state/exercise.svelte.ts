import type { Desk } from "../desk";
import type { ExerciseView } from "../ipc/ExerciseView";
import type { VerdictView } from "../ipc/VerdictView";

export type Decision = VerdictView["outcome"];
/** Where an exercise stands: the person is there, the clerk is to decide, or was told. */
export type Phase = "meet" | "decide" | "told";

/** What the clerk worked with before the exercises, and gets back after them. */
export type Place = { purpose: string | null; camera: string | null };

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
  readonly #where: () => Place;
  readonly #back: (place: Place) => Promise<void>;
  #before: Place | null = null;

  constructor(
    desk: Desk,
    ask: (command: () => Promise<unknown>) => Promise<void>,
    where: () => Place,
    back: (place: Place) => Promise<void>,
  ) {
    this.#desk = desk;
    this.#ask = ask;
    this.#where = where;
    this.#back = back;
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
    this.#before ??= this.#where();
    this.people = people;
    this.decisions = [];
    await this.#meet(0);
  }

  /** The desk's word is kept back until the clerk has decided. It is the first: a phone that stays
   * before the camera is read again. */
  hear(verdict: VerdictView): void {
    if (this.person && this.phase === "meet") this.verdict = verdict;
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
    const before = this.#before;
    this.#before = null;
    await this.#ask(() => this.#desk.chooseExercise(null));
    if (before) await this.#back(before);
  }

  async #meet(at: number): Promise<void> {
    this.at = at;
    this.verdict = null;
    const person = this.people[at];
    await this.#ask(() => this.#desk.chooseExercise(person?.id ?? null));
  }
}
