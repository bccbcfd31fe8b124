/** A desk whose answers a test gives, and a verdict full of words that must not stay. */
import { flushSync } from "svelte";
import { vi } from "vitest";
import type { Desk } from "../src/lib/desk";
import type { ChallengeView } from "../src/lib/ipc/ChallengeView";
import type { DecisionView } from "../src/lib/ipc/DecisionView";
import type { DeskEvent } from "../src/lib/ipc/DeskEvent";
import type { ImportCode } from "../src/lib/ipc/ImportCode";
import type { ImportView } from "../src/lib/ipc/ImportView";
import type { KnowledgeView } from "../src/lib/ipc/KnowledgeView";
import type { OverviewView } from "../src/lib/ipc/OverviewView";
import type { TrustedIssuerView } from "../src/lib/ipc/TrustedIssuerView";
import type { TrustView } from "../src/lib/ipc/TrustView";
import type { VerdictView } from "../src/lib/ipc/VerdictView";

export const SECRETS = ["QQFAMILYQQ", "QQGIVENQQ", "QQNUMBERQQ", "QQISSUERQQ", "QQREVEALEDQQ"];

/** Pixels, which jsdom does not have. Call it before all. */
export function givePixels(): void {
  vi.stubGlobal(
    "ImageData",
    class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  );
}

/** What the page has under this test id. */
export const find = <E extends HTMLElement = HTMLElement>(id: string): E | null =>
  document.querySelector<E>(`[data-testid="${id}"]`);
export const all = (id: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`),
];

/** Its text, with single spaces. */
export const text = (id: string): string => find(id)?.textContent?.replace(/\s+/g, " ").trim() ?? "";

/** What was asked of the desk is answered, and the page shows it. */
export async function settle(): Promise<void> {
  await Promise.resolve();
  await new Promise((done) => setTimeout(done, 0));
  flushSync();
}

/** A key pressed with nothing focused. */
export async function press(key: string): Promise<void> {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  await settle();
}

export const NOW = 1_000_600;
export const DAY = 24 * 3600;

const label = (text: string) => ({ ko: text, en: text });

export function overview(over: Partial<OverviewView> = {}): OverviewView {
  return {
    mode: "training",
    desk: { name: "desk 2", organisation: "clinic" },
    customer: false,
    purposes: [
      {
        id: "hospital-reception",
        label: label("hospital"),
        shows: [label("name")],
        asks: [],
        challenge: "off",
        version: 1,
        legalBasis: "law",
        asOf: "2026-11-21",
      },
      {
        id: "landlord",
        label: label("landlord"),
        shows: [],
        asks: [{ kind: "date", label: label("end of the lease"), optional: false }],
        challenge: "off",
        version: 1,
        legalBasis: "law",
        asOf: "2026-11-21",
      },
    ],
    purpose: "hospital-reception",
    cameras: [{ id: "sample", name: "sample holder", sample: true, virtual: false }],
    camera: "sample",
    cameraState: { state: "live", name: "sample holder" },
    nudged: true,
    sample: {
      cards: [{ id: "mfc", label: label("mfc") }],
      cases: ["valid", "revoked"],
      card: "mfc",
      case: "valid",
      exercises: [],
      exercise: null,
    },
    knowledge: {
      issuers: 1,
      lists: 1,
      keysAsOf: 1_000_000,
      statusAsOf: 1_000_000,
      endsAt: 9_000_000_000,
      leads: { part: "status", name: "status/list", ends: 9_000_000_000 },
      source: "built_in",
      clock: "right",
      now: 1_000_600,
    },
    problems: [],
    ...over,
  };
}

/** A desk at work, which goes by a signed list. */
export function known(over: Partial<KnowledgeView> = {}): OverviewView {
  const { knowledge } = overview();
  return overview({
    mode: "production",
    sample: null,
    knowledge: { ...knowledge, source: "bundle", ...over },
  });
}

export function decision(over: Partial<DecisionView> = {}): DecisionView {
  return {
    rule: "age_over",
    argument: "19",
    answer: "yes",
    label: label("19 or over"),
    next: null,
    asOf: null,
    tableAsOf: null,
    ...over,
  };
}

/** What a desk asks: a name and a photo of either of two cards, in a symbol of 21 modules a side. */
export function challenge(over: Partial<ChallengeView> = {}): ChallengeView {
  const items = ["portrait", "family_name"].map((name) => ({ name, label: label(`${name} of the file`) }));
  return {
    size: 21,
    modules: "10".repeat(220) + "1",
    desk: "desk 2",
    organisation: "clinic",
    purpose: "hospital-reception",
    label: label("hospital"),
    cards: [
      { id: "mfc", label: label("first card"), items },
      { id: "mdl", label: label("second card"), items: [...items, { name: "shoe_size", label: label("shoe size") }] },
    ],
    ends: NOW + 60,
    answered: false,
    ...over,
  };
}

export function accept(): VerdictView {
  return {
    outcome: "accept",
    reason: null,
    purpose: "hospital-reception",
    decidedAt: 1_000_600,
    clearsIn: 30,
    accepted: {
      card: label("card"),
      portrait: { width: 1, height: 1, rgba: btoa("\x01\x02\x03\xff") },
      claims: [
        { name: "family_name", label: label("family"), text: "QQFAMILYQQ", masked: false, revealable: false, copyable: false },
        { name: "given_name", label: label("given"), text: "<b>QQGIVENQQ</b>", masked: false, revealable: false, copyable: false },
        { name: "registration_number", label: label("number"), text: "QQNUMBERQQ-•••", masked: true, revealable: true, copyable: false },
      ],
      decisions: [decision()],
      issuer: { name: "QQISSUERQQ", country: "UT" },
      binding: "fresh",
      proofAge: 4,
      status: { issued: 1_000_000, refreshDue: false },
      cautions: ["ending_soon"],
      surplus: 2,
    },
  };
}

/** A refusal that, against the contract, carries attributes: the window must not show them. */
export function leakyRefusal(): VerdictView {
  return { ...accept(), outcome: "refuse", reason: "digest.mismatch" };
}

/** What the desk trusts: a list with two signers, an issuer, a status list and two imports. */
export function trust(over: Partial<TrustView> = {}): TrustView {
  return {
    mode: "production",
    source: "bundle",
    flaw: null,
    bundle: {
      name: "Trust list of the tests",
      version: 42,
      rootVersion: 3,
      issued: NOW - 2 * DAY,
      due: NOW + 5 * DAY,
      ends: NOW + 12 * DAY,
      signers: [
        { role: "root", keys: ["1a2b3c4d", "5e6f7a8b"], threshold: 2, ends: NOW + 300 * DAY },
        { role: "south", keys: ["9c0d1e2f"], threshold: 1, ends: NOW + 30 * DAY },
      ],
    },
    issuers: [issuer()],
    lists: [
      {
        name: "https://status.example/list/1",
        entries: 1_048_576,
        identifiers: false,
        issued: NOW - 20 * 3600,
        due: NOW - 3600,
        ends: NOW + DAY,
      },
    ],
    watched: "D:\\trust",
    canUpdate: true,
    history: [
      imported("bundle.older", { version: 41, before: 42 }),
      imported("installed", {
        changes: [
          { part: "status", name: "status/1.jwt", change: "changed" },
          { part: "status", name: "status/2.jwt", change: "added" },
          { part: "crl", name: "crl/a.crl", change: "removed" },
        ],
        problems: [{ file: "site/purposes/gate.toml", line: 7, code: "widens_shown" }],
      }),
    ],
    now: NOW,
    ...over,
  };
}

export function issuer(over: Partial<TrustedIssuerView> = {}): TrustedIssuerView {
  return {
    name: "Office of the tests",
    country: "UT",
    docTypes: ["org.iso.18013.5.1.mDL"],
    ends: NOW + 900 * DAY,
    listedOnly: false,
    crlIssued: NOW - 2 * DAY,
    crlDue: NOW + 5 * DAY,
    ...over,
  };
}

export function imported(outcome: ImportCode, over: Partial<ImportView> = {}): ImportView {
  return {
    at: NOW - 3600,
    outcome,
    version: 42,
    before: 41,
    culprit: null,
    changes: [],
    problems: [],
    ...over,
  };
}

export function stagedDesk(known: OverviewView = overview(), trusted: TrustView = trust()) {
  const sent: { event: (event: DeskEvent) => void } = { event: () => undefined };
  const desk = {
    overview: vi.fn(async () => known),
    watch: vi.fn(async (onEvent: (event: DeskEvent) => void) => {
      sent.event = onEvent;
    }),
    choosePurpose: vi.fn(async () => undefined),
    chooseCamera: vi.fn(async () => undefined),
    chooseSample: vi.fn(async () => undefined),
    chooseExercise: vi.fn(async () => undefined),
    copyClaim: vi.fn(async () => ({ seconds: 20 })),
    clearVerdict: vi.fn(async () => undefined),
    readPicture: vi.fn(async () => undefined),
    readText: vi.fn(async () => undefined),
    revealClaim: vi.fn(async () => ({ text: "QQREVEALEDQQ", seconds: 5 })),
    trust: vi.fn(async () => trusted),
    importBundle: vi.fn(async () => undefined),
    updateBundle: vi.fn(async () => undefined),
    openCustomerWindow: vi.fn(async () => undefined),
    printChallenge: vi.fn(async () => challenge({ ends: NOW + 200 * DAY })),
  } satisfies Desk;
  return { desk, send: (event: DeskEvent) => sent.event(event) };
}
