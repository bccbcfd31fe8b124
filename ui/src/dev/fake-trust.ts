/** An invented trust list for the developer's browser, and lists that come in. */
import type { Desk } from "../lib/desk";
import type { BundleFlaw } from "../lib/ipc/BundleFlaw";
import type { ChangeView } from "../lib/ipc/ChangeView";
import type { DeskEvent } from "../lib/ipc/DeskEvent";
import type { ImportCode } from "../lib/ipc/ImportCode";
import type { ImportView } from "../lib/ipc/ImportView";
import type { KnowledgeSource } from "../lib/ipc/KnowledgeSource";
import type { OverviewView } from "../lib/ipc/OverviewView";
import type { StatusListView } from "../lib/ipc/StatusListView";
import type { TrustedIssuerView } from "../lib/ipc/TrustedIssuerView";
import type { TrustView } from "../lib/ipc/TrustView";
import type { UpdateCode } from "../lib/ipc/UpdateCode";

const HOUR = 3600;
const DAY = 24 * HOUR;
const BYTES = 8_412_000;
const now = (): number => Math.floor(Date.now() / 1000);

const ISSUERS: TrustedIssuerView[] = [
  {
    name: "한빛 출입국·외국인청 모바일 외국인등록증 발급센터",
    country: "UT",
    docTypes: ["example.hanbit.mfc.1", "example.hanbit.mprc.1", "example.hanbit.mokrc.1"],
    ends: now() + 1_480 * DAY,
    listedOnly: false,
    crlIssued: now() - 2 * DAY,
    crlDue: now() + 5 * DAY,
  },
  {
    name: "Sample State Motor Vehicles",
    country: "UT",
    docTypes: ["org.iso.18013.5.1.mDL"],
    ends: now() + 702 * DAY,
    listedOnly: true,
    crlIssued: now() - 9 * DAY,
    crlDue: now() - 2 * DAY,
  },
  {
    name: "Musterland Identity Office",
    country: "UT",
    docTypes: ["eu.europa.ec.eudi.pid.1", "urn:eudi:pid:1"],
    ends: now() + 2 * DAY,
    listedOnly: false,
    crlIssued: now() - 20 * HOUR,
    crlDue: now() + 4 * DAY,
  },
  {
    name: "Health certificates, key 4Qx7",
    country: null,
    docTypes: ["hcert"],
    ends: now() - 6 * HOUR,
    listedOnly: false,
    crlIssued: null,
    crlDue: null,
  },
];

function issuers(count: number): TrustedIssuerView[] {
  return Array.from({ length: count }, (_none, at) => {
    const like = ISSUERS[at % ISSUERS.length] ?? (ISSUERS[0] as TrustedIssuerView);
    return at < ISSUERS.length ? like : { ...like, name: `${like.name} ${at + 1}` };
  });
}

function lists(count: number): StatusListView[] {
  return Array.from({ length: count }, (_none, at) => ({
    name: `https://status.hanbit.example/${at % 3 === 2 ? "identifiers" : "list"}/2026/${String(at + 1).padStart(3, "0")}`,
    entries: at % 3 === 2 ? 1_204 : 1_048_576,
    identifiers: at % 3 === 2,
    issued: now() - (at === 1 ? 44 : 19) * HOUR,
    due: at === 1 ? now() - 8 * HOUR : now() + 5 * HOUR,
    ends: at === 1 ? now() + 4 * HOUR : at === 4 ? now() - 2 * HOUR : now() + 6 * DAY,
  }));
}

const changes = (): ChangeView[] => [
  ...Array.from(
    { length: 61 },
    (_none, at): ChangeView => ({
      part: "status",
      name: `status/${String(at + 1).padStart(3, "0")}.jwt`,
      change: "changed",
    }),
  ),
  { part: "status", name: "status/062.jwt", change: "added" },
  { part: "status", name: "status/063.jwt", change: "added" },
  { part: "crl", name: "crl/hanbit-2026.crl", change: "changed" },
  { part: "anchor", name: "anchors/sample-dmv.vical", change: "added" },
  { part: "anchor", name: "anchors/old-root.pem", change: "removed" },
];

function report(outcome: ImportCode, over: Partial<ImportView> = {}): ImportView {
  const good = outcome === "installed";
  return {
    at: now(),
    outcome,
    version: good ? 42 : 40,
    before: good ? 41 : 42,
    culprit: outcome.includes("target") ? "status/017.jwt" : null,
    changes: good ? changes() : [],
    problems: good
      ? [
          { file: "site/purposes/night-gate.toml", line: 14, code: "widens_shown" },
          { file: "extras/readme.pdf", line: null, code: "unknown_file" },
        ]
      : [],
    ...over,
  };
}

const history = (): ImportView[] => [
  report("installed", { at: now() - 2 * DAY }),
  report("unchanged", { at: now() - 2 * DAY - 3 * HOUR, version: 41, before: 41 }),
  report("bundle.target_wrong", { at: now() - 3 * DAY, version: 41, before: 40 }),
  report("bundle.older", { at: now() - 3 * DAY - HOUR, version: 38, before: 40 }),
  report("installed", {
    at: now() - 21 * DAY,
    version: 40,
    before: null,
    changes: changes().slice(0, 3),
    problems: [],
  }),
];

/** The desk's part about trust: what it answers, and what the address asks it to show by itself. */
export function fakeTrust(
  asked: URLSearchParams,
  known: OverviewView,
  send: (event: DeskEvent) => void,
) {
  const production = known.mode === "production";
  const source = (asked.get("source") ?? (production ? "bundle" : "built_in")) as KnowledgeSource;
  const bare = source === "missing" || source === "damaged";
  const { knowledge } = known;
  knowledge.source = source;
  if (production && !bare) {
    const ends = now() + Number(asked.get("ends") ?? 19) * HOUR;
    knowledge.issuers = ISSUERS.length;
    knowledge.lists = 64;
    knowledge.endsAt = ends;
    const part = asked.has("manifest") ? "manifest" : "status";
    knowledge.leads = { part, name: "status/002.jwt", ends };
  }
  if (bare) {
    Object.assign(knowledge, { issuers: 0, lists: 0, endsAt: null, leads: null });
    Object.assign(knowledge, { keysAsOf: null, statusAsOf: null });
  }
  if (asked.get("clock") === "behind") knowledge.clock = "behind";

  const view = (): TrustView => ({
    mode: known.mode,
    source,
    flaw: source === "damaged" ? ((asked.get("flaw") ?? "bundle.target_wrong") as BundleFlaw) : null,
    bundle:
      bare || source === "files"
        ? null
        : {
            name: production ? "한빛시 민원 창구 신뢰 목록" : "Hwagin training",
            version: 42,
            rootVersion: 3,
            issued: now() - 2 * DAY,
            due: now() + 5 * DAY,
            ends: now() + 12 * DAY,
            signers: [
              { role: "root", keys: ["7c1fe04a", "a93d5b12"], threshold: 2, ends: now() + 340 * DAY },
              { role: "timestamp", keys: ["e0427bd9"], threshold: 1, ends: now() + 12 * DAY },
              { role: "snapshot", keys: ["51f6c83e"], threshold: 1, ends: now() + 26 * DAY },
              { role: "targets", keys: ["7c1fe04a", "2be9407d"], threshold: 2, ends: now() + 88 * DAY },
              { role: "hanbit-north", keys: ["c4d81a60"], threshold: 1, ends: now() + 2 * DAY },
            ],
          },
    issuers: bare ? [] : issuers(Number(asked.get("issuers") ?? ISSUERS.length)),
    lists: bare ? [] : lists(Number(asked.get("lists") ?? (production ? 64 : 1))),
    watched: asked.has("unwatched") || source === "built_in" ? null : "D:\\신뢰목록\\받은 파일",
    canUpdate: !asked.has("noupdate") && source !== "built_in",
    history: source === "missing" || source === "built_in" ? [] : history(),
    now: now(),
  });

  function fetching(ending: UpdateCode): void {
    let done = 0;
    const timer = setInterval(() => {
      done = Math.min(BYTES, done + 900_000);
      send({ type: "update", update: { state: "running", done, of: BYTES } });
      if (done < BYTES || ending === "running") return;
      clearInterval(timer);
      send({ type: "update", update: { state: ending, done, of: BYTES } });
      if (ending === "fetched") send({ type: "import", report: report("installed") });
    }, 350);
  }

  const commands: Pick<Desk, "trust" | "importBundle" | "updateBundle"> = {
    trust: async () => view(),
    importBundle: async () => {
      const outcome = (asked.get("import") ?? "installed") as ImportCode;
      setTimeout(() => send({ type: "import", report: report(outcome) }), 700);
    },
    updateBundle: async () => fetching((asked.get("update") ?? "fetched") as UpdateCode),
  };

  function stage(): void {
    const outcome = asked.get("import") as ImportCode | null;
    if (outcome) send({ type: "import", report: report(outcome) });
    const update = asked.get("update") as UpdateCode | null;
    if (update) send({ type: "update", update: { state: update, done: 3_200_000, of: BYTES } });
    if (asked.has("open")) {
      const opener = asked.get("open") === "history" ? "notice-details" : "trust-open";
      setTimeout(() => document.querySelector<HTMLElement>(`[data-testid=${opener}]`)?.click(), 50);
    }
  }

  return { commands, stage };
}
