import type { Change } from "../ipc/Change";
import type { ImportCode } from "../ipc/ImportCode";
import type { KnowledgeSource } from "../ipc/KnowledgeSource";
import type { PartKind } from "../ipc/PartKind";
import type { UpdateCode } from "../ipc/UpdateCode";

/** What happened, and what to do next. */
type Told = { title: string; advice: string };

/** Everything said of the trust list: the signed bundle that tells a desk whom to believe. */
export type TrustMessages = {
  title: string;
  open: string;
  close: string;
  loading: string;
  /** Where the knowledge comes from. */
  source: Record<KnowledgeSource, string>;
  /** What to do where there is no list, or none that can be used. */
  next: Record<"missing" | "damaged", string>;
  facts: string;
  name: string;
  version: string;
  versionOf: (version: number) => string;
  rootVersion: string;
  issued: string;
  due: string;
  ends: string;
  ago: (age: string) => string;
  within: (age: string) => string;
  overdue: (age: string) => string;
  ended: (age: string) => string;
  none: string;
  signers: string;
  role: string;
  /** Roles by the name they have on the wire; another one is called by its own. */
  roles: Record<"root" | "timestamp" | "snapshot" | "targets", string>;
  signatures: string;
  signed: (signed: number, needed: number) => string;
  actions: string;
  importFolder: string;
  update: string;
  updating: string;
  bytes: (done: string, of: string) => string;
  updates: Record<UpdateCode, Told>;
  watched: string;
  notWatched: string;
  drop: string;
  sections: string;
  issuers: string;
  issuer: string;
  filter: string;
  filtered: (shown: number, all: number) => string;
  noIssuers: string;
  noMatch: string;
  more: (count: number) => string;
  listedOnly: string;
  listedOnlyWhy: string;
  docTypes: string;
  crl: string;
  noCrl: string;
  lists: string;
  list: string;
  noLists: string;
  entries: string;
  identifiers: (count: string) => string;
  history: string;
  noHistory: string;
  imported: Record<ImportCode, Told>;
  kept: (version: number) => string;
  culprit: string;
  versions: (before: number | null, version: number | null) => string;
  changes: string;
  change: Record<Change, string>;
  changed: Record<Change, (count: number) => string>;
  nothingChanged: string;
  leftOut: (count: number) => string;
  part: Record<PartKind, string>;
  details: string;
  dismiss: string;
  /** What ends first, on the main screen. */
  lead: {
    ends: (what: string, age: string) => string;
    ended: (what: string, age: string) => string;
    list: string;
    none: string;
  };
  alarmOpen: string;
  clock: Told;
  alarm: Record<"expired" | "part" | "missing" | "damaged", Told>;
};
