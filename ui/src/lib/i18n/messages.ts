import type { AcceptedView } from "../ipc/AcceptedView";
import type { CameraStateView } from "../ipc/CameraStateView";
import type { CautionCode } from "../ipc/CautionCode";
import type { ForeignCode } from "../ipc/ForeignCode";
import type { HintCode } from "../ipc/HintCode";
import type { LimitCode } from "../ipc/LimitCode";
import type { ProblemCode } from "../ipc/ProblemCode";
import type { ReasonCode } from "../ipc/ReasonCode";
import type { VerdictView } from "../ipc/VerdictView";
import type { CounterMessages } from "./counter";
import type { ExerciseMessages } from "./exercises";
import type { TrustMessages } from "./trust";

export type Language = "ko" | "en";
export type Outcome = VerdictView["outcome"];
export type CameraState = CameraStateView["state"];
export type Binding = AcceptedView["binding"];

/** What a reason says: what happened, and what the clerk does next. `word` replaces the outcome's word where that would sound like an accusation. */
export type Sentence = { title: string; advice: string; word?: string };
export type Reasons = Record<ReasonCode, Sentence>;
/** What a code is that is no presentation, and what the clerk does next. */
export type ForeignHints = Record<ForeignCode, { title: string; advice: string }>;
/** Why a file, or a part of it, is left out. */
export type Problems = Record<ProblemCode, string>;
export type Unit = "second" | "minute" | "hour" | "day" | "year";

/** Everything a language must say. A missing key does not compile. */
export type Messages = {
  languageName: string;
  product: { name: string; motto: string };
  training: { word: string; line: string };
  header: {
    settings: string;
    theme: Record<"light" | "dark", string>;
    sound: Record<"on" | "off", string>;
    language: string;
  };
  outcome: Record<Outcome, { word: string; meaning: string }>;
  reason: Reasons;
  camera: Record<CameraState, { title: string; advice: string }>;
  cameraPicker: { label: string; none: string; sample: string; virtual: string };
  wayOut: { start: string; retry: string; openPicture: string; useSample: string; chooseCamera: string };
  viewfinder: { label: string; live: string };
  foreign: ForeignHints;
  hint: Record<Exclude<HintCode, ForeignCode>, string>;
  scanning: {
    looking: string;
    reading: string;
    keepShowing: (percent: number) => string;
    progressLabel: string;
    announceProgress: (percent: number) => string;
    showing: string;
    waiting: string;
  };
  purpose: {
    label: string;
    asOf: (date: string) => string;
    /** In its place while a check is shown. */
    locked: string;
    none: string;
    datePlaceholder: string;
    wrongDate: string;
    inYears: (years: number) => string;
  };
  inputs: {
    label: string;
    openPicture: string;
    paste: string;
    pasteLabel: string;
  };
  sample: { label: string; card: string; case: string; cases: Record<string, string> };
  idle: {
    title: string;
    titleNoPurpose: string;
    titleNoCamera: string;
    titleReading: string;
    titleStopped: string;
    noPurpose: string;
    steps: [string, string, string];
    shows: string;
    showsNothing: string;
    rest: string;
    results: string;
  };
  verdict: {
    region: string;
    compare: string;
    noPortrait: string;
    portrait: string;
    claims: string;
    decisions: string;
    caution: Record<CautionCode, string>;
    cautions: string;
    evidence: string;
    issuer: string;
    proof: string;
    binding: Record<Binding, string>;
    proofAge: (age: string) => string;
    keys: string;
    status: string;
    statusNone: string;
    refreshDue: string;
    asOfAge: (age: string) => string;
    unknownAge: string;
    surplus: (count: number) => string;
    next: string;
    hidden: string;
    code: string;
    reveal: string;
    revealing: string;
    revealFailed: string;
    copy: string;
    copied: (seconds: number) => string;
    copyFailed: string;
    masked: string;
    clear: string;
    clearsIn: (seconds: number) => string;
    announceAccept: string;
    announceCleared: string;
  };
  check: {
    open: string;
    title: string;
    close: string;
    sound: string;
    attention: (count: number) => string;
    camera: {
      title: string;
      waiting: string;
      picture: string;
      size: (width: number, height: number) => string;
      rate: string;
      rates: (given: number, scanned: number) => string;
      sharpness: string;
      edge: (pixels: string) => string;
      noEdge: string;
      sharp: Record<"good" | "fair" | "poor", string>;
      light: string;
      lights: (mean: number, brightest: number) => string;
      module: string;
      modules: (pixels: string, count: number) => string;
      noCode: string;
      time: string;
      times: (last: string, median: string) => string;
      noTime: string;
      limit: string;
      limits: Record<LimitCode, string>;
      nudged: string;
      nudgedWhy: string;
      virtualWarning: string;
    };
    knowledge: string;
    issuers: string;
    lists: string;
    count: (count: number) => string;
    keys: string;
    status: string;
    ends: string;
    endsIn: (age: string) => string;
    ended: (age: string) => string;
    missing: string;
    problems: string;
    noProblems: string;
    line: (line: number) => string;
    problem: Problems;
    keyboard: string;
    shortcuts: [keys: string, does: string][];
    promise: string;
  };
  trust: TrustMessages;
  counter: CounterMessages;
  exercises: ExerciseMessages;
  summary: { keys: (age: string) => string; status: (age: string) => string };
  age: { unit: (count: number, unit: Unit) => string };
  fault: { title: string; advice: string };
  announceTraining: string;
};
