/**
 * A scripted desk for `npm run dev` in a browser. It is imported only when Vite serves in
 * development and no Tauri is there, so a built window does not contain it.
 *
 * Address: ?scene=accept|refuse|abstain|scanning|progress|ready|… &case=… &purpose=… &camera=… &hint=…
 * &limit=closer|… &lang=ko|en &theme=light|dark &long &problems &nopurpose
 * &decisions=work|limited|workplace|permit|none|address|document|name|part|different &unchallenged
 * &customer (the code for the customer is up) &poster (the page for the printer is) &renews=seconds
 * &exercise=arrival|borrowed-phone|… &decide=1|2|3 &over &meet &text=150|200 &guide (the first steps are open)
 * &names=arabic|endless|emoji &many (more claims) &copy (claims can be copied)
 * &production &source=missing|damaged|files|bundle &flaw=bundle.… &clock=behind &ends=hours &open=top|history
 * &issuers=1000 &lists=64 &import=installed|bundle.older|… &update=running|network|…
 */
import type { Desk } from "../lib/desk";
import type { CameraStateView } from "../lib/ipc/CameraStateView";
import type { DeskEvent } from "../lib/ipc/DeskEvent";
import type { HintCode } from "../lib/ipc/HintCode";
import type { LimitCode } from "../lib/ipc/LimitCode";
import type { ReasonCode } from "../lib/ipc/ReasonCode";
import type { VerdictView } from "../lib/ipc/VerdictView";
import { challenge, printed } from "./fake-counter";
import { accept, fail, gauge, overview } from "./fake-data";
import { fakeExercises } from "./fake-exercises";
import { fakeTrust } from "./fake-trust";
import { codeCorners, frame } from "./fake-pixels";

const CASES: Record<string, [outcome: "refuse" | "abstain", reason: ReasonCode]> = {
  suspended: ["refuse", "status.suspended"],
  revoked: ["refuse", "status.revoked"],
  expired: ["refuse", "validity.expired"],
  "not-yet": ["refuse", "validity.not_yet"],
  "altered-name": ["refuse", "digest.mismatch"],
  "missing-digest": ["refuse", "digest.missing"],
  "wrong-issuer": ["abstain", "issuer.unknown"],
  "ds-revoked": ["refuse", "issuer.revoked"],
  "ds-country": ["refuse", "issuer.country_mismatch"],
  "doctype-swapped": ["refuse", "format.type_mismatch"],
  stale: ["refuse", "holder.too_old"],
  replayed: ["refuse", "holder.replayed"],
  "wrong-device-key": ["refuse", "holder.proof_invalid"],
  future: ["abstain", "holder.from_future"],
  unasked: ["refuse", "holder.challenge_missing"],
};

export function openFakeDesk(): Desk {
  const asked = new URLSearchParams(location.search);
  const language = asked.get("lang");
  const theme = asked.get("theme");
  if (language) localStorage.setItem("hwagin.language", language);
  if (theme) localStorage.setItem("hwagin.theme", theme);
  localStorage.setItem("hwagin.text", asked.get("text") ?? "100");
  if (asked.has("guide")) localStorage.removeItem("hwagin.guided");
  else localStorage.setItem("hwagin.guided", "yes");

  const known = overview();
  const scene = asked.get("scene") ?? "live";
  known.purpose = asked.has("nopurpose") ? null : (asked.get("purpose") ?? known.purpose);
  const state = asked.get("camera") as CameraStateView["state"] | null;
  if (state) known.cameraState = { state, name: null };
  if (state === "none") {
    known.cameras = known.cameras.filter((camera) => camera.sample);
    known.camera = null;
  }
  if (asked.has("production")) {
    known.mode = "production";
    known.sample = null;
    known.cameras = known.cameras.filter((camera) => !camera.sample);
  }
  if (asked.has("problems")) {
    known.problems = [
      { file: "purposes/bank-teller.toml", line: 14, code: "unknown_claim" },
      { file: "trust-anchors/old-root.pem", line: null, code: "expired" },
    ];
    known.knowledge.endsAt = known.knowledge.now + 40 * 3600;
  }
  const trust = fakeTrust(asked, known, (event) => send(event));
  const exercises = fakeExercises(asked, known, (event) => send(event));
  let sampleCase = asked.get("case") ?? "valid";
  if (known.sample) known.sample.case = sampleCase;

  let send: (event: DeskEvent) => void = () => undefined;
  let timers: ReturnType<typeof setTimeout>[] = [];
  let live = known.cameraState.state === "live";

  function verdict(): VerdictView {
    const purpose = known.purpose ?? "hospital-reception";
    const failed = CASES[sampleCase];
    return failed ? fail(purpose, ...failed) : accept(purpose, asked.has("long"));
  }

  function scan(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [
      setTimeout(() => send({ type: "outline", corners: codeCorners(), read: false }), 1500),
      setTimeout(() => send({ type: "verdict", verdict: verdict() }), 2300),
    ];
  }

  function stage(): void {
    const hint = asked.get("hint") as HintCode | null;
    if (hint) send({ type: "hint", hint });
    const limit = (asked.get("limit") ?? "nothing") as LimitCode;
    const read = limit === "nothing";
    if (scene === "scanning") send({ type: "outline", corners: codeCorners(), read });
    if (scene === "progress") {
      const received = Number(asked.get("received") ?? 15);
      send({ type: "outline", corners: codeCorners(), read: true });
      send({ type: "progress", progress: { received, needed: 24 } });
    }
    if (live) send({ type: "gauge", gauge: gauge(limit) });
    const purpose = known.purposes.find(({ id }) => id === known.purpose);
    if (purpose) send({ type: "challenge", challenge: challenge(purpose) });
    const shown = asked.has("customer") ? "customer-show" : asked.has("poster") ? "poster-open" : null;
    if (shown) document.querySelector<HTMLElement>(`[data-testid=${shown}]`)?.click();
    trust.stage();
    exercises.stage();
    if (scene === "verdict") send({ type: "verdict", verdict: verdict() });
  }

  return {
    overview: async () => known,
    watch: async (onEvent, onFrame) => {
      send = onEvent;
      const phone = scene === "ready" ? frame(false) : frame(true);
      setInterval(() => live && onFrame(phone.slice(0)), 200);
      onFrame(phone.slice(0));
    },
    choosePurpose: async (id) => {
      known.purpose = id;
      const purpose = known.purposes.find((purpose) => purpose.id === id);
      if (purpose) send({ type: "challenge", challenge: challenge(purpose) });
    },
    chooseCamera: async (id) => {
      if (id === null) return stage();
      known.camera = id;
      live = true;
      send({ type: "camera", camera: { state: "opening", name: null } });
      const name = known.cameras.find((camera) => camera.id === id)?.name ?? null;
      setTimeout(() => send({ type: "camera", camera: { state: "live", name } }), 900);
      if (id === "sample") scan();
    },
    chooseSample: async (_card, chosen) => {
      sampleCase = chosen;
      scan();
    },
    chooseExercise: exercises.choose,
    copyClaim: async () => ({ seconds: 20 }),
    clearVerdict: async () => send({ type: "cleared" }),
    readPicture: async () => send({ type: "hint", hint: "picture_without_code" }),
    readText: async (text) =>
      text.startsWith("HWG1:")
        ? send({ type: "verdict", verdict: verdict() })
        : send({ type: "hint", hint: text.startsWith("http") ? "web_link" : "unrecognised" }),
    revealClaim: async () => ({ text: "900314-5000000", seconds: 5 }),
    openCustomerWindow: async (open) => {
      known.customer = open;
      send({ type: "overview", overview: { ...known } });
      if (open) window.open("/customer.html", "customer");
    },
    printChallenge: async () => printed(known),
    ...trust.commands,
  };
}
