/** A desk whose answers a test gives, and a verdict full of words that must not stay. */
import { vi } from "vitest";
import type { Desk } from "../src/lib/desk";
import type { DeskEvent } from "../src/lib/ipc/DeskEvent";
import type { OverviewView } from "../src/lib/ipc/OverviewView";
import type { VerdictView } from "../src/lib/ipc/VerdictView";

export const SECRETS = ["QQFAMILYQQ", "QQGIVENQQ", "QQNUMBERQQ", "QQISSUERQQ", "QQREVEALEDQQ"];

const label = (text: string) => ({ ko: text, en: text });

export function overview(over: Partial<OverviewView> = {}): OverviewView {
  return {
    mode: "training",
    purposes: [
      {
        id: "hospital-reception",
        label: label("hospital"),
        shows: [label("name")],
        asksDate: null,
        asOf: "2026-11-21",
      },
      {
        id: "landlord",
        label: label("landlord"),
        shows: [],
        asksDate: label("end of the lease"),
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
    },
    knowledge: {
      issuers: 1,
      lists: 1,
      keysAsOf: 1_000_000,
      statusAsOf: 1_000_000,
      endsAt: 9_000_000_000,
      now: 1_000_600,
    },
    problems: [],
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
        { name: "family_name", label: label("family"), text: "QQFAMILYQQ", masked: false, revealable: false },
        { name: "given_name", label: label("given"), text: "<b>QQGIVENQQ</b>", masked: false, revealable: false },
        { name: "registration_number", label: label("number"), text: "QQNUMBERQQ-•••", masked: true, revealable: true },
      ],
      decisions: [{ rule: "age_over", argument: "19", yes: true }],
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

export function stagedDesk(known: OverviewView = overview()) {
  const sent: { event: (event: DeskEvent) => void } = { event: () => undefined };
  const desk = {
    overview: vi.fn(async () => known),
    watch: vi.fn(async (onEvent: (event: DeskEvent) => void) => {
      sent.event = onEvent;
    }),
    choosePurpose: vi.fn(async () => undefined),
    chooseCamera: vi.fn(async () => undefined),
    chooseSample: vi.fn(async () => undefined),
    clearVerdict: vi.fn(async () => undefined),
    readPicture: vi.fn(async () => undefined),
    readText: vi.fn(async () => undefined),
    revealClaim: vi.fn(async () => ({ text: "QQREVEALEDQQ", seconds: 5 })),
  } satisfies Desk;
  return { desk, send: (event: DeskEvent) => sent.event(event) };
}
