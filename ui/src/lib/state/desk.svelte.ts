import type { Asked, Desk, Revealed } from "../desk";
import { secondsLeft } from "../format";
import type { AskView } from "../ipc/AskView";
import type { CameraStateView } from "../ipc/CameraStateView";
import type { DeskEvent } from "../ipc/DeskEvent";
import type { GaugeView } from "../ipc/GaugeView";
import type { HintCode } from "../ipc/HintCode";
import type { OverviewView } from "../ipc/OverviewView";
import type { ProgressView } from "../ipc/ProgressView";
import type { PurposeView } from "../ipc/PurposeView";
import type { VerdictView } from "../ipc/VerdictView";
import { type Corners, follow } from "../outline";
import { CounterState } from "./counter.svelte";
import { ExerciseState, type Place } from "./exercise.svelte";
import { TrustState } from "./trust.svelte";

export type { Corners };
/** Which camera it was the last time, and whether it may be set for bright screens. */
export type Remembered = { camera: string | null; nudged: boolean };

const TICK = 250;
const UNASKED: Asked = { date: null, area: null, name: null };

/** What the desk last said. Raw state: nothing is copied, so letting go of a verdict lets go of all of it. */
export class DeskState {
  overview = $state.raw<OverviewView | null>(null);
  camera = $state.raw<CameraStateView>({ state: "opening", name: null });
  outline = $state.raw<Corners | null>(null);
  /** How much of a code that moves has been read. */
  progress = $state.raw<ProgressView | null>(null);
  /** Whether the symbol in the outline was read, or only found. */
  outlineRead = $state.raw(false);
  /** How well the camera sees; null while no frames come. */
  gauge = $state.raw<GaugeView | null>(null);
  hint = $state.raw<HintCode | null>(null);
  verdict = $state.raw<VerdictView | null>(null);
  /** What the clerk answered for the person at the desk. */
  asked = $state.raw<Asked>(UNASKED);
  /** The desk refused or failed to answer the last command. */
  faulty = $state.raw(false);
  /** Milliseconds of the monotonic clock, moved by `tick`. */
  now = $state.raw(0);
  /** What the desk trusts, and lists that come in. */
  readonly trust: TrustState;
  /** What it asks of the customer. */
  readonly counter: CounterState;
  /** The sample people, in training. */
  readonly exercise: ExerciseState;
  readonly #watchers = new Set<(frame: ArrayBuffer) => void>();
  #clearsAt = $state.raw(0);
  #overviewAt = $state.raw(0);
  readonly #desk: Desk;

  readonly purpose: PurposeView | null = $derived(this.#find(this.overview?.purpose ?? null));
  /** The first question that has to be answered before anything is scanned. */
  readonly wanted: AskView | null = $derived(
    this.purpose?.asks.find(({ kind, optional }) => !optional && this.asked[kind] === null) ?? null,
  );
  readonly secondsLeft: number = $derived(secondsLeft(this.#clearsAt, this.now));
  /** Of the progress, whole percents; 100 only where nothing is missing. */
  readonly percent: number | null = $derived(
    this.progress && Math.floor((100 * this.progress.received) / Math.max(1, this.progress.needed)),
  );
  /** Unix seconds by the desk's clock. */
  readonly unixNow: number = $derived(
    (this.overview?.knowledge.now ?? 0) + Math.floor((this.now - this.#overviewAt) / 1000),
  );

  constructor(desk: Desk) {
    this.#desk = desk;
    this.trust = new TrustState(desk, (command) => this.#ask(command));
    this.counter = new CounterState(desk, (command) => this.#ask(command));
    this.exercise = new ExerciseState(
      desk,
      (command) => this.#ask(command),
      () => ({ purpose: this.overview?.purpose ?? null, camera: this.overview?.camera ?? null }),
      (place) => this.#return(place),
    );
  }

  /** The desk is being listened to, what it knows is here, and the camera is being opened. */
  async start(remembered: Remembered = { camera: null, nudged: true }): Promise<void> {
    this.tick(performance.now());
    await this.#ask(async () => {
      this.#know(await this.#desk.overview());
      await this.#desk.watch(
        (event) => this.receive(event),
        (frame) => {
          for (const watcher of this.#watchers) watcher(frame);
        },
      );
      // A camera that is not there today is not waited for: another one may do.
      const known = this.overview?.cameras.some((camera) => camera.id === remembered.camera);
      await this.#desk.chooseCamera(known ? remembered.camera : null, remembered.nudged);
    });
  }

  /** Gets every preview until the returned function is called. */
  watchFrames(watcher: (frame: ArrayBuffer) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Runs the clock until the returned function is called. */
  run(): () => void {
    const timer = setInterval(() => this.tick(performance.now()), TICK);
    return () => clearInterval(timer);
  }

  tick(now: number): void {
    this.now = now;
    this.trust.tick(now);
    if (this.verdict && now >= this.#clearsAt) void this.clear();
  }

  receive(event: DeskEvent): void {
    switch (event.type) {
      case "camera":
        this.camera = event.camera;
        if (event.camera.state !== "live") {
          this.outline = null;
          this.progress = null;
          this.gauge = null;
        }
        break;
      case "outline":
        this.outline = event.corners && follow(this.outline, event.corners);
        this.outlineRead = event.read;
        break;
      case "gauge":
        this.gauge = event.gauge;
        break;
      case "progress":
        this.progress = event.progress;
        break;
      case "hint":
        this.hint = event.hint;
        break;
      case "verdict":
        if (this.exercise.running) this.exercise.hear(event.verdict);
        else this.#show(event.verdict);
        break;
      case "cleared": {
        // Where this window asked for it, it has forgotten already, and what is typed is the next person's.
        const ended = this.verdict !== null;
        this.forget();
        if (ended) void this.#nextPerson();
        break;
      }
      case "challenge":
        this.counter.challenge = event.challenge;
        break;
      case "import":
        this.trust.imported(event.report, performance.now());
        break;
      case "update":
        this.trust.updated(event.update, performance.now());
        break;
      case "overview":
        this.#know(event.overview);
        void this.trust.refresh();
        break;
    }
  }

  /** Nothing of the last verdict is held here any more. */
  forget(): void {
    this.verdict = null;
    this.outline = null;
    this.progress = null;
    this.#clearsAt = 0;
  }

  /** Forgets here and tells the desk to do the same. */
  async clear(): Promise<void> {
    this.forget();
    await this.#ask(() => this.#desk.clearVerdict());
    await this.#nextPerson();
  }

  async choosePurpose(id: string, asked: Asked = UNASKED): Promise<void> {
    this.asked = asked;
    this.hint = null;
    const stands = this.verdict !== null;
    if (stands) this.forget();
    if (this.overview) this.overview = { ...this.overview, purpose: id };
    if (stands) await this.#ask(() => this.#desk.clearVerdict());
    await this.#ask(() => this.#desk.choosePurpose(id, this.asked));
  }

  /** The clerk's answer to a question of the purpose. With a verdict up, it begins the next person's check. */
  async answer(kind: keyof Asked, value: string | null): Promise<void> {
    const { purpose } = this;
    if (!purpose || value === this.asked[kind]) return;
    const kept = this.verdict ? { ...UNASKED, date: this.asked.date } : this.asked;
    await this.choosePurpose(purpose.id, { ...kept, [kind]: value });
  }

  /** Whether something of a person stands in the questions. */
  get personAsked(): boolean {
    return this.asked.area !== null || this.asked.name !== null;
  }

  async chooseCamera(id: string, nudged = this.overview?.nudged ?? true): Promise<void> {
    this.hint = null;
    this.gauge = null;
    if (this.overview) this.overview = { ...this.overview, camera: id, nudged };
    await this.#ask(() => this.#desk.chooseCamera(id, nudged));
  }

  async chooseSample(card: string, sampleCase: string): Promise<void> {
    if (this.verdict) await this.clear();
    const sample = this.overview?.sample;
    if (this.overview && sample) {
      this.overview = { ...this.overview, sample: { ...sample, card, case: sampleCase } };
    }
    await this.#ask(() => this.#desk.chooseSample(card, sampleCase));
  }

  /** The purpose and the camera are those again that were chosen before the exercises. */
  async #return({ purpose, camera }: Place): Promise<void> {
    if (camera !== null && camera !== this.overview?.camera) await this.chooseCamera(camera);
    if (purpose !== null) await this.choosePurpose(purpose);
  }

  /** Opens the chosen camera again. */
  async retryCamera(): Promise<void> {
    const camera = this.overview?.camera;
    if (camera) await this.chooseCamera(camera);
  }

  /** The sample holder's camera, where training offers one that is not in use. */
  get spareSampleCamera(): string | null {
    const sample = this.overview?.cameras.find((camera) => camera.sample);
    if (!sample || this.overview?.camera === sample.id) return null;
    return sample.id;
  }

  async readPicture(bytes: Uint8Array): Promise<void> {
    this.hint = null;
    await this.#ask(() => this.#desk.readPicture(bytes));
  }

  async readText(text: string): Promise<void> {
    this.hint = null;
    await this.#ask(() => this.#desk.readText(text));
  }

  /** The value goes from the desk to the clipboard, and not through this window. */
  copyClaim(name: string): Promise<{ seconds: number }> {
    return this.#desk.copyClaim(name);
  }

  /** The value goes to the caller only; it is never kept in this state. */
  revealClaim(name: string): Promise<Revealed> {
    return this.#desk.revealClaim(name);
  }

  /** The day stays for the next person; the area and the name are this one's. */
  async #nextPerson(): Promise<void> {
    const { purpose, asked } = this;
    if (!purpose || !this.personAsked) return;
    await this.choosePurpose(purpose.id, { ...UNASKED, date: asked.date });
  }

  #find(id: string | null): PurposeView | null {
    return this.overview?.purposes.find((purpose) => purpose.id === id) ?? null;
  }

  #know(overview: OverviewView): void {
    this.now = performance.now();
    this.#overviewAt = this.now;
    this.overview = overview;
    this.camera = overview.cameraState;
  }

  #show(verdict: VerdictView): void {
    this.now = performance.now();
    this.#clearsAt = this.now + verdict.clearsIn * 1000;
    this.hint = null;
    this.outline = null;
    this.progress = null;
    this.verdict = verdict;
  }

  async #ask(command: () => Promise<unknown>): Promise<void> {
    try {
      await command();
      this.faulty = false;
    } catch {
      // The cause stays on the Rust side; here it is one sentence and a way out.
      this.faulty = true;
    }
  }
}
