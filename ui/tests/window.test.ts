import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import { wipe } from "../src/lib/pixels";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import { accept, find, givePixels, leakyRefusal, overview, SECRETS, settle, stagedDesk } from "./stage";

vi.mock("../src/lib/pixels", { spy: true });

let app: Record<string, unknown> | undefined;
let state: DeskState;
let stage: ReturnType<typeof stagedDesk>;

const press = (key: string) => {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  flushSync();
};
const everything = () =>
  [
    document.documentElement.outerHTML,
    document.title,
    location.href,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ verdict: state.verdict, overview: state.overview, hint: state.hint }),
  ].join("\n");
const leaks = () => SECRETS.filter((secret) => everything().includes(secret));

async function open(known = overview()): Promise<void> {
  stage = stagedDesk(known);
  state = new DeskState(stage.desk);
  app = mount(App, { target: document.body, props: { desk: state } });
  await settle();
}

async function show(verdict = accept()): Promise<void> {
  stage.send({ type: "verdict", verdict });
  flushSync();
  await settle();
}

beforeAll(givePixels);

beforeEach(async () => {
  localStorage.clear();
  settings.language = "en";
  settings.sound = false;
  await open();
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
  vi.useRealTimers();
});

describe("an accepted card", () => {
  it("shows its claims as text, answers, cautions and what they rest on", async () => {
    await show();
    expect(find("verdict")?.dataset["outcome"]).toBe("accept");
    expect(find("verdict")?.dataset["reason"]).toBe("");
    const claims = [...document.querySelectorAll<HTMLElement>("[data-testid=claim]")];
    expect(claims.map((claim) => claim.dataset["name"])).toEqual([
      "family_name",
      "given_name",
      "registration_number",
    ]);
    expect(claims[1]?.textContent).toContain("<b>QQGIVENQQ</b>");
    expect(claims[1]?.querySelector("b")).toBeNull();
    expect(find("decision")?.dataset).toMatchObject({ rule: "age_over", answer: "yes" });
    expect(find("caution")?.dataset["caution"]).toBe("ending_soon");
    expect(find("surplus")?.textContent).toContain("2 items more than needed");
    expect(find("portrait")).not.toBeNull();
  });

  it("is announced without any detail of the card", async () => {
    await show();
    const announced = find("announcement")?.textContent ?? "";
    expect(announced).toContain("Accept");
    expect(SECRETS.filter((secret) => announced.includes(secret))).toEqual([]);
  });
});

describe("clearing leaves nothing behind", () => {
  const ways: [name: string, clear: () => void | Promise<void>][] = [
    ["the desk says cleared", () => stage.send({ type: "cleared" })],
    ["Escape", () => press("Escape")],
    ["the clear button", () => find("clear")?.click()],
    ["the countdown ends", () => state.tick(performance.now() + 31_000)],
    [
      "the window is hidden",
      () => {
        const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
        document.dispatchEvent(new Event("visibilitychange"));
        hidden.mockRestore();
      },
    ],
  ];

  it.each(ways)("when %s", async (_name, clear) => {
    await show();
    expect(leaks()).toEqual(["QQFAMILYQQ", "QQGIVENQQ", "QQNUMBERQQ", "QQISSUERQQ"]);
    const portrait = find("portrait");
    await clear();
    await settle();
    expect(find("verdict")).toBeNull();
    expect(leaks()).toEqual([]);
    expect(wipe).toHaveBeenCalledWith(portrait);
    expect(portrait).toMatchObject({ width: 1, height: 1 });
  });

  it.each(ways.slice(1))("and the desk is told when %s", async (_name, clear) => {
    await show();
    await clear();
    await settle();
    expect(stage.desk.clearVerdict).toHaveBeenCalled();
  });

  it("when another verdict follows at once", async () => {
    await show();
    await show({ ...leakyRefusal(), accepted: null });
    expect(leaks()).toEqual([]);
    expect(find("verdict")?.dataset["outcome"]).toBe("refuse");
  });
});

describe("while a check is shown", () => {
  it("the purpose is not changed by a slip of the hand", async () => {
    await show();
    press("2");
    expect(stage.desk.choosePurpose).not.toHaveBeenCalled();
    expect(find("verdict")).not.toBeNull();
    const inputs = [...document.querySelectorAll<HTMLInputElement>("input[name=purpose]")];
    expect(inputs.every((input) => input.disabled)).toBe(true);
    expect(find("purpose-note")?.textContent).toContain("Esc");
    press("Escape");
    await settle();
    press("2");
    expect(stage.desk.choosePurpose).toHaveBeenCalled();
  });

  it("what the purpose lets be copied has a button, and says when it is gone", async () => {
    const verdict = accept();
    const [first] = verdict.accepted?.claims ?? [];
    if (first) first.copyable = true;
    await show(verdict);
    expect(document.querySelectorAll("[data-testid=copy]")).toHaveLength(1);
    find("copy")?.click();
    await settle();
    expect(stage.desk.copyClaim).toHaveBeenCalledWith(first?.name);
    expect(find("copy")?.textContent).toContain("20 s");
  });
});

describe("a refused card", () => {
  it("shows no attribute, even if the desk were to send one", async () => {
    await show(leakyRefusal());
    expect(find("verdict")?.dataset).toMatchObject({ outcome: "refuse", reason: "digest.mismatch" });
    expect(find("code")?.textContent).toBe("digest.mismatch");
    for (const id of ["claim", "portrait", "decision", "caution", "issuer"]) {
      expect(find(id), id).toBeNull();
    }
    const seen = document.documentElement.outerHTML;
    expect(SECRETS.filter((secret) => seen.includes(secret))).toEqual([]);
  });
});

describe("a masked claim", () => {
  const down = () => find("reveal")?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  const up = () => find("reveal")?.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));

  it("is shown while held and hidden on release", async () => {
    await show();
    down();
    await settle();
    expect(stage.desk.revealClaim).toHaveBeenCalledWith("registration_number");
    expect(find("masked")?.textContent).toContain("QQREVEALEDQQ");
    up();
    flushSync();
    expect(everything()).not.toContain("QQREVEALEDQQ");
  });

  it("is hidden after its seconds even when still held", async () => {
    await show();
    vi.useFakeTimers();
    down();
    await vi.advanceTimersByTimeAsync(1);
    flushSync();
    expect(find("masked")?.dataset["revealed"]).toBe("true");
    await vi.advanceTimersByTimeAsync(5_000);
    flushSync();
    expect(everything()).not.toContain("QQREVEALEDQQ");
  });

  it("stays hidden when the answer comes after the release", async () => {
    await show();
    down();
    up();
    await settle();
    expect(everything()).not.toContain("QQREVEALEDQQ");
  });
});

describe("the window", () => {
  it("keeps the training banner up, and only in training", async () => {
    expect(find("training-banner")).not.toBeNull();
    await show();
    expect(find("training-banner")).not.toBeNull();
    stage.send({ type: "overview", overview: overview({ mode: "production", sample: null }) });
    flushSync();
    expect(find("training-banner")).toBeNull();
    expect(find("sample-case")).toBeNull();
  });

  it("gives each camera state its own words", () => {
    const said = (["off", "none", "busy", "denied", "unplugged", "failed"] as const).map((name) => {
      stage.send({ type: "camera", camera: { state: name, name: null } });
      flushSync();
      expect(find("camera-state")?.dataset["state"]).toBe(name);
      return find("camera-state")?.querySelector("h2")?.textContent;
    });
    expect(new Set(said).size).toBe(said.length);
  });

  it("names a hint and drops it when the desk does", () => {
    stage.send({ type: "hint", hint: "web_link" });
    flushSync();
    expect(find("hint")?.dataset["hint"]).toBe("web_link");
    expect(find("hint")?.querySelector("strong")?.textContent).toContain("web link");
    expect(find("hint")?.textContent).toContain("Ask for the presentation code");
    stage.send({ type: "hint", hint: null });
    flushSync();
    expect(find("hint")?.dataset["hint"]).toBe("");
  });

  it("changes language at once and remembers only settings", async () => {
    await show();
    find("language")?.click();
    flushSync();
    expect(document.documentElement.lang).toBe("ko");
    expect(find("verdict")?.textContent).toContain("확인됨");
    expect(Object.keys({ ...localStorage })).toEqual(["hwagin.language"]);
  });

  it("keeps no pasted text in its field", async () => {
    const field = find("paste") as HTMLInputElement;
    field.value = "HWG1:ABC";
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await settle();
    expect(stage.desk.readText).toHaveBeenCalledWith("HWG1:ABC");
    expect(field.value).toBe("");
  });

  it("follows and reads nothing that is dropped on the page: the desk takes drops itself", () => {
    for (const type of ["dragover", "drop"]) {
      const event = new Event(type, { bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      expect(event.defaultPrevented, type).toBe(true);
    }
    expect(stage.desk.readPicture).not.toHaveBeenCalled();
    expect(stage.desk.readText).not.toHaveBeenCalled();
  });

  it("sends the day a purpose asks for", async () => {
    press("2");
    await settle();
    expect(stage.desk.choosePurpose).toHaveBeenLastCalledWith("landlord", {
      date: null,
      area: null,
      name: null,
    });
    const field = find("on-date") as HTMLInputElement;
    field.value = "20280228";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    expect(stage.desk.choosePurpose).toHaveBeenLastCalledWith("landlord", {
      date: "2028-02-28",
      area: null,
      name: null,
    });
  });

  it("says so when the desk does not answer", async () => {
    stage.desk.chooseCamera.mockRejectedValueOnce(new Error("gone"));
    await state.chooseCamera("sample");
    flushSync();
    expect(find("hint")?.textContent).toContain("did not answer");
  });
});

describe("the focus", () => {
  it("stays at the result's place when the result goes, and where a hand left it otherwise", async () => {
    await show();
    find("clear")?.focus();
    find("clear")?.click();
    await settle();
    expect(find("verdict")).toBeNull();
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Result");
    find("paste")?.focus();
    await show();
    expect(document.activeElement).toBe(find("paste"));
    press("Escape");
    await settle();
    expect(document.activeElement).toBe(find("paste"));
  });

  it("goes nowhere by itself where nobody had it", async () => {
    await show();
    press("Escape");
    await settle();
    expect(document.activeElement).toBe(document.body);
  });
});

describe("a code that moves", () => {
  const progress = (received: number, needed = 24) => {
    stage.send({ type: "progress", progress: { received, needed } });
    flushSync();
  };
  const figure = () => find("progress")?.querySelector("p")?.textContent;

  it("has a ring and a figure around the aim while it comes in", () => {
    expect(find("progress")).toBeNull();
    progress(15);
    expect(figure()).toBe("62%");
    expect(find("progress")?.getAttribute("aria-valuenow")).toBe("62");
    expect(find("hint")?.textContent).toContain("Keep showing the phone: 62%");
    settings.language = "ko";
    flushSync();
    expect(find("hint")?.textContent).toContain("계속 비춰 주세요 62 %");
    stage.send({ type: "progress", progress: null });
    flushSync();
    expect(find("progress")).toBeNull();
  });

  it("says no hundred before the last part", () => {
    progress(299, 300);
    expect(figure()).toBe("99%");
    const done = find("progress")?.querySelector(".done");
    const around = Number(done?.getAttribute("stroke-dasharray"));
    expect(Number(done?.getAttribute("stroke-dashoffset")) / around).toBeCloseTo(0.01, 5);
  });

  it("is announced at each quarter and not in between", () => {
    const heard: string[] = [];
    for (let received = 0; received <= 24; received++) {
      progress(received);
      const said = find("announced-progress")?.textContent ?? "";
      if (said !== (heard.at(-1) ?? "")) heard.push(said);
    }
    expect(heard).toEqual([
      "25 percent read. Keep showing the phone.",
      "50 percent read. Keep showing the phone.",
      "75 percent read. Keep showing the phone.",
      "",
    ]);
    expect(find("announced-progress")?.getAttribute("aria-live")).toBe("polite");
  });

  it("gives way to the verdict, to a hint in words, and to a camera that is gone", async () => {
    progress(6);
    stage.send({ type: "hint", hint: "web_link" });
    flushSync();
    expect(find("hint")?.textContent).toContain("web link");
    expect(figure()).toBe("25%");
    await show();
    expect(find("progress")).toBeNull();
    stage.send({ type: "cleared" });
    progress(7);
    stage.send({ type: "camera", camera: { state: "unplugged", name: null } });
    flushSync();
    expect(find("progress")).toBeNull();
    expect(state.progress).toBeNull();
  });
});
