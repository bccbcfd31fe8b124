/** The one front door to the Rust side: no other file imports @tauri-apps/api. */
import { Channel, invoke, isTauri } from "@tauri-apps/api/core";
import type { ChallengeView } from "./ipc/ChallengeView";
import type { CustomerEvent } from "./ipc/CustomerEvent";
import type { DeskEvent } from "./ipc/DeskEvent";
import type { OverviewView } from "./ipc/OverviewView";
import type { TrustView } from "./ipc/TrustView";

export type Revealed = { text: string; seconds: number };
/** What the clerk answered before the scan; null where nothing was. */
export type Asked = { date: string | null; area: string | null; name: string | null };

export interface Desk {
  overview(): Promise<OverviewView>;
  watch(onEvent: (event: DeskEvent) => void, onFrame: (frame: ArrayBuffer) => void): Promise<void>;
  choosePurpose(id: string, asked: Asked): Promise<void>;
  /** Null is the first camera that no program makes. */
  chooseCamera(id: string | null, nudged: boolean): Promise<void>;
  chooseSample(card: string, sampleCase: string): Promise<void>;
  /** That person of the exercises comes to the desk; null ends the exercises. */
  chooseExercise(id: string | null): Promise<void>;
  /** The value is on the clipboard for so many seconds. */
  copyClaim(name: string): Promise<{ seconds: number }>;
  clearVerdict(): Promise<void>;
  readPicture(bytes: Uint8Array): Promise<void>;
  readText(text: string): Promise<void>;
  revealClaim(name: string): Promise<Revealed>;
  trust(): Promise<TrustView>;
  /** Asks for a folder in a dialog of the system and is done when that closes; what became of it is an event. */
  importBundle(): Promise<void>;
  /** Begins to fetch; how that goes, and what became of it, are events. */
  updateBundle(): Promise<void>;
  /** Opens or closes the window that faces the customer; the overview says whether it is open. */
  openCustomerWindow(open: boolean): Promise<void>;
  /** Makes a challenge for paper: it has no nonce and is valid for long. */
  printChallenge(): Promise<ChallengeView>;
}

/** All that the window that faces the customer may do. */
export interface CustomerDesk {
  watch(onEvent: (event: CustomerEvent) => void): Promise<void>;
}

const tauriDesk: Desk = {
  overview: () => invoke("desk_overview"),
  watch: (onEvent, onFrame) => {
    const events = new Channel<DeskEvent | ArrayBuffer>();
    events.onmessage = (message) => {
      if (!(message instanceof ArrayBuffer)) return onEvent(message);
      onFrame(message);
      // The next one comes once this one is drawn, so that a slow page never piles them up.
      void invoke("frame_drawn");
    };
    return invoke("watch_desk", { events });
  },
  choosePurpose: (id, asked) => invoke("choose_purpose", { id, asked }),
  chooseCamera: (id, nudged) => invoke("choose_camera", { id, nudged }),
  chooseSample: (card, sampleCase) => invoke("choose_sample", { card, case: sampleCase }),
  chooseExercise: (id) => invoke("choose_exercise", { id }),
  copyClaim: (name) => invoke("copy_claim", { name }),
  clearVerdict: () => invoke("clear_verdict"),
  readPicture: (bytes) => invoke("read_picture", bytes),
  readText: (text) => invoke("read_text", { text }),
  revealClaim: (name) => invoke("reveal_claim", { name }),
  trust: () => invoke("desk_trust"),
  importBundle: () => invoke("import_bundle"),
  updateBundle: () => invoke("update_bundle"),
  openCustomerWindow: (open) => invoke("open_customer_window", { open }),
  printChallenge: () => invoke("print_challenge"),
};

const tauriCustomerDesk: CustomerDesk = {
  watch: (onEvent) => {
    const events = new Channel<CustomerEvent>();
    events.onmessage = onEvent;
    return invoke("watch_customer", { events });
  },
};

/** The desk behind this window; in a developer's browser, the scripted one. */
export async function openDesk(): Promise<Desk> {
  if (import.meta.env.DEV && !isTauri()) {
    const { openFakeDesk } = await import("../dev/fake-desk");
    return openFakeDesk();
  }
  return tauriDesk;
}

/** The same for the window that faces the customer. */
export async function openCustomerDesk(): Promise<CustomerDesk> {
  if (import.meta.env.DEV && !isTauri()) {
    const { openFakeCustomerDesk } = await import("../dev/fake-customer");
    return openFakeCustomerDesk();
  }
  return tauriCustomerDesk;
}
