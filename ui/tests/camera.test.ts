import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import type { GaugeView } from "../src/lib/ipc/GaugeView";
import { messages } from "../src/lib/i18n";
import { type Corners, follow } from "../src/lib/outline";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import { find, overview, settle, stagedDesk } from "./stage";

let app: Record<string, unknown> | undefined;
let stage: ReturnType<typeof stagedDesk>;


const cameras = [
  { id: "usb-one", name: "One", sample: false, virtual: false },
  { id: "usb-two", name: "Two", sample: false, virtual: false },
  { id: "video9", name: "Player", sample: false, virtual: true },
];

async function open(known = overview({ cameras, camera: null })): Promise<void> {
  stage = stagedDesk(known);
  app = mount(App, { target: document.body, props: { desk: new DeskState(stage.desk) } });
  await settle();
}

const gauge = (over: Partial<GaugeView> = {}): GaugeView => ({
  width: 1920,
  height: 1080,
  coding: "mjpeg",
  rate: 29.7,
  scanned: 28.2,
  edge: 1.8,
  mean: 0.4,
  brightest: 0.8,
  code: { modules: 97, modulePx: 4.13, blurPx: 1, motionPx: 1, contrast: 0.7, glare: 0, gathered: 0 },
  limit: "nothing",
  times: { last: 430, median: 612, count: 3 },
  ...over,
});

beforeEach(() => {
  localStorage.clear();
  settings.language = "en";
  settings.recall();
  settings.language = "en";
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
});

describe("the camera of the last time", () => {
  const choose = (id: string) => {
    const picker = find("camera-picker") as HTMLSelectElement;
    picker.value = id;
    picker.dispatchEvent(new Event("change", { bubbles: true }));
  };

  it("is none at first, and the desk takes what is there", async () => {
    await open();
    expect(stage.desk.chooseCamera.mock.calls).toEqual([[null, true]]);
  });

  it("is opened again", async () => {
    await open();
    choose("usb-two");
    await settle();
    expect(stage.desk.chooseCamera).toHaveBeenLastCalledWith("usb-two", true);
    if (app) await unmount(app);
    settings.recall();
    await open();
    expect(stage.desk.chooseCamera.mock.calls).toEqual([["usb-two", true]]);
  });

  it("is not waited for where it is gone, and stays remembered", async () => {
    localStorage.setItem("hwagin.camera", "usb-three");
    settings.recall();
    await open();
    expect(stage.desk.chooseCamera.mock.calls).toEqual([[null, true]]);
    expect(localStorage.getItem("hwagin.camera")).toBe("usb-three");
  });

  it("is marked where a program makes it", async () => {
    await open();
    const marked = [...(find("camera-picker")?.querySelectorAll("option") ?? [])]
      .map((option) => option.textContent?.trim())
      .filter((text) => text?.includes("(virtual)"));
    expect(marked).toEqual(["Player (virtual)"]);
  });
});

describe("the camera in the desk check", () => {
  const look = async () => {
    HTMLDialogElement.prototype.showModal ??= function () {
      this.open = true;
    };
    find("desk-check")?.click();
    await settle();
  };
  const tell = (event: GaugeView) => {
    stage.send({ type: "gauge", gauge: event });
    flushSync();
  };

  it("shows what was measured, and how long results took", async () => {
    await open(overview({ cameras, camera: "usb-one" }));
    await look();
    expect(find("gauge")).toBeNull();
    tell(gauge());
    const said = find("gauge")?.textContent ?? "";
    for (const part of ["1920 × 1080", "MJPEG", "30 (28 scanned)", "good", "4.1 px (97 × 97)"]) {
      expect(said).toContain(part);
    }
    expect(find("times")?.textContent).toContain("0.43 s (middle 0.61 s)");
    tell(gauge({ edge: 5, code: null, times: null, limit: "too_dark" }));
    expect(find("gauge")?.dataset["limit"]).toBe("too_dark");
    expect(find("gauge")?.textContent).toContain("poor");
    expect(find("desk-check-panel")?.textContent).toContain("the camera is covered");
  });

  it("forgets it when the camera stops", async () => {
    await open(overview({ cameras, camera: "usb-one" }));
    await look();
    tell(gauge());
    stage.send({ type: "camera", camera: { state: "unplugged", name: null } });
    flushSync();
    expect(find("gauge")).toBeNull();
  });

  it("warns of a camera that can play a recording", async () => {
    await open(overview({ cameras, camera: "usb-one" }));
    await look();
    expect(find("virtual-warning")).toBeNull();
    stage.send({ type: "overview", overview: overview({ cameras, camera: "video9" }) });
    flushSync();
    expect(find("virtual-warning")).not.toBeNull();
  });

  it("lets the camera alone where that is wished, and remembers it", async () => {
    await open(overview({ cameras, camera: "usb-one" }));
    await look();
    find("nudged")?.click();
    await settle();
    expect(stage.desk.chooseCamera).toHaveBeenLastCalledWith("usb-one", false);
    expect(localStorage.getItem("hwagin.nudged")).toBe("off");
  });
});

describe("the outline", () => {
  const at = (x: number, y: number): Corners => [
    [x, y],
    [x + 0.2, y],
    [x + 0.2, y + 0.3],
    [x, y + 0.3],
  ];

  it("is drawn in one way where the code was found and in another where it was read", async () => {
    await open();
    for (const read of [false, true]) {
      stage.send({ type: "outline", corners: at(0.3, 0.3), read });
      flushSync();
      expect(find("outline")?.dataset["read"]).toBe(String(read));
      expect(find("outline")?.classList.contains("read")).toBe(read);
    }
  });

  it("follows a hand without lag and holds still when it trembles", () => {
    expect(follow(null, at(0.1, 0.1))).toEqual(at(0.1, 0.1));
    expect(follow(at(0.1, 0.1), at(0.15, 0.12))).toEqual(at(0.15, 0.12));
    let [drawn, widest] = [at(0.1, 0.1), 0];
    for (let frame = 0; frame < 60; frame += 1) {
      const before = drawn[0][0];
      drawn = follow(drawn, at(0.1 + (frame % 2 ? 0.002 : -0.002), 0.1));
      if (frame > 10) widest = Math.max(widest, Math.abs(drawn[0][0] - before));
    }
    expect(widest).toBeLessThan(0.002);
  });
});

describe("advice on how to hold a code", () => {
  const ADVICE = [
    "closer",
    "farther",
    "hold_still",
    "whole_code",
    "glare",
    "brighter",
    "too_dark",
  ] as const;

  it("is short enough to be read at an arm's length and a half", () => {
    for (const code of ADVICE) {
      expect(messages.ko.hint[code].length, code).toBeLessThanOrEqual(20);
      expect(messages.en.hint[code].length, code).toBeLessThanOrEqual(34);
    }
  });

  it("is said like every other hint", async () => {
    await open();
    stage.send({ type: "hint", hint: "glare" });
    flushSync();
    expect(find("hint")?.textContent).toContain("Tilt the phone");
  });
});
