/** Invented answers for the developer's browser. */
import type { AcceptedView } from "../lib/ipc/AcceptedView";
import type { GaugeView } from "../lib/ipc/GaugeView";
import type { LimitCode } from "../lib/ipc/LimitCode";
import type { OverviewView } from "../lib/ipc/OverviewView";
import type { ReasonCode } from "../lib/ipc/ReasonCode";
import type { VerdictView } from "../lib/ipc/VerdictView";
import { cautions, decisions, purposes } from "./fake-counter";
import { claims } from "./fake-names";
import { portrait } from "./fake-pixels";

const HOUR = 3600;
const now = (): number => Math.floor(Date.now() / 1000);

export function overview(): OverviewView {
  return {
    mode: "training",
    desk: { name: "접수 2번 창구", organisation: "한빛시립병원" },
    customer: false,
    purposes: purposes(),
    purpose: "hospital-reception",
    cameras: [
      { id: "desk-cam", name: "Desk camera HD 1080p", sample: false, virtual: false },
      { id: "obs", name: "OBS Virtual Camera", sample: false, virtual: true },
      { id: "sample", name: "sample holder", sample: true, virtual: false },
    ],
    camera: "desk-cam",
    cameraState: { state: "live", name: "Desk camera HD 1080p" },
    nudged: true,
    sample: {
      cards: [
        { id: "mfc", label: { ko: "외국인등록증", en: "Foreigner registration card" } },
        { id: "mdl", label: { ko: "운전면허증 (ISO mDL)", en: "Driving licence (ISO mDL)" } },
      ],
      cases: [
        "valid",
        "ending-soon",
        "large-portrait",
        "suspended",
        "revoked",
        "expired",
        "not-yet",
        "altered-name",
        "missing-digest",
        "wrong-issuer",
        "ds-revoked",
        "ds-country",
        "doctype-swapped",
        "stale",
        "replayed",
        "wrong-device-key",
        "future",
      ],
      card: "mfc",
      case: "valid",
      exercises: [],
      exercise: null,
    },
    knowledge: {
      issuers: 2,
      lists: 1,
      keysAsOf: now() - 75 * HOUR,
      statusAsOf: now() - 19 * HOUR,
      endsAt: now() + 29 * 24 * HOUR,
      leads: { part: "status", name: "status/mfc-2026.jwt", ends: now() + 29 * 24 * HOUR },
      source: "built_in",
      clock: "right",
      now: now(),
    },
    problems: [],
  };
}

export function gauge(limit: LimitCode): GaugeView {
  const inView = limit !== "no_code" && limit !== "too_dark";
  return {
    width: 1920,
    height: 1080,
    coding: "mjpeg",
    rate: 29.8,
    scanned: 29.8,
    edge: 1.9,
    mean: 0.38,
    brightest: 0.83,
    code: inView
      ? { modules: 97, modulePx: 4.1, blurPx: 1.1, motionPx: 0.7, contrast: 0.71, glare: 0, gathered: 0 }
      : null,
    limit,
    times: limit === "no_code" ? null : { last: 430, median: 610, count: 12 },
  };
}

function accepted(purpose: string, long: boolean): AcceptedView {
  return {
    card: { ko: "외국인등록증", en: "Foreigner registration card" },
    portrait: portrait(),
    claims: claims(new URLSearchParams(location.search), purpose, long),
    decisions: decisions(purpose, long),
    issuer: { name: "Hwagin Training Immigration Office", country: "UT" },
    binding: long ? "bearer" : "fresh",
    proofAge: long ? null : 4,
    status: { issued: now() - 19 * HOUR, refreshDue: long },
    cautions: long ? ["ending_soon", "holder_not_proven"] : cautions(),
    surplus: 2,
  };
}

export function accept(purpose: string, long: boolean): VerdictView {
  return {
    outcome: "accept",
    reason: null,
    purpose,
    decidedAt: now(),
    clearsIn: 30,
    accepted: accepted(purpose, long),
  };
}

export function fail(
  purpose: string,
  outcome: "refuse" | "abstain",
  reason: ReasonCode,
): VerdictView {
  return { outcome, reason, purpose, decidedAt: now(), clearsIn: 20, accepted: null };
}
