import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import type { ClaimView } from "../src/lib/ipc/ClaimView";
import type { VerdictView } from "../src/lib/ipc/VerdictView";
import { accept, all, find, givePixels, settle, stagedDesk } from "./stage";

let app: Record<string, unknown> | undefined;
let stage: ReturnType<typeof stagedDesk>;


function named(texts: string[], over: Partial<ClaimView> = {}): VerdictView {
  const verdict = accept();
  const claims = texts.map((text, at) => ({
    name: at % 2 === 0 ? "family_name" : "given_name_native",
    label: { ko: "이름", en: "Name" },
    text,
    masked: false,
    revealable: false,
    copyable: false,
    ...over,
  }));
  return { ...verdict, accepted: verdict.accepted && { ...verdict.accepted, claims: claims.slice(0, 2) } };
}

async function show(verdict: VerdictView): Promise<void> {
  stage.send({ type: "verdict", verdict });
  await settle();
}

beforeAll(givePixels);

beforeEach(async () => {
  settings.language = "en";
  settings.sound = false;
  settings.guided = true;
  stage = stagedDesk();
  app = mount(App, { target: document.body, props: { desk: new DeskState(stage.desk) } });
  await settle();
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("a name", () => {
  it.each([
    ["three hundred letters", "Maximiliana ".repeat(25).trim()],
    ["one word of ninety", "WOLFESCHLEGELSTEINHAUSENBERGERDORFF".repeat(3)],
    ["emoji", "ANA 👩‍👩‍👧 🇧🇷"],
    ["two spaces and a line", "ANA  MARIA\nDA SILVA"],
    ["letters put together", "Thi\u0323 Phu\u031bo\u031bng"],
  ])("of %s stands there in full, as it was signed", async (_what, text) => {
    await show(named([text]));
    expect(find("claim")?.querySelector("bdi")?.textContent).toBe(text);
  });

  it("written from the right keeps its direction to itself", async () => {
    await show(named(["SMITH", "عبد الرحمن (٣)"]));
    const [latin, arabic] = all("claim").map((claim) => claim.querySelector("bdi"));
    expect(latin?.getAttribute("dir")).toBe("auto");
    expect(arabic?.getAttribute("dir")).toBe("auto");
    expect(arabic?.textContent).toBe("عبد الرحمن (٣)");
  });

  it("takes a row of its own once it is long, counted in letters as they are seen", async () => {
    await show(named(["👩‍👩‍👧".repeat(5), "ABDULRAHMAN MOHAMMED"]));
    expect(all("claim").map((claim) => claim.classList.contains("long"))).toEqual([false, true]);
  });
});

describe("the photo", () => {
  it("says what it is for", async () => {
    await show(accept());
    expect(find("portrait")?.closest("figure")?.textContent).toContain("Compare with the person");
  });
});

describe("copying", () => {
  it("is offered only where the purpose allows it", async () => {
    await show(accept());
    expect(find("copy")).toBeNull();
    await show(named(["SMITH", "JANE"], { copyable: true }));
    expect(all("copy")).toHaveLength(2);
    expect(find("copy")?.getAttribute("aria-label")).toBe("Copy: Name");
  });

  it("says for how long the value is on the clipboard, and never has the value itself", async () => {
    const write = vi.fn();
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: write } });
    await show(named(["SMITH"], { copyable: true }));
    vi.useFakeTimers();
    find("copy")?.click();
    await vi.advanceTimersByTimeAsync(1);
    flushSync();
    expect(stage.desk.copyClaim).toHaveBeenCalledWith("family_name");
    const left = Number(find("copy")?.dataset["left"]);
    expect(left).toBeGreaterThan(1);
    expect(find("copy")?.textContent).toContain(String(left));
    await vi.advanceTimersByTimeAsync(1_000);
    flushSync();
    expect(Number(find("copy")?.dataset["left"])).toBe(left - 1);
    await vi.advanceTimersByTimeAsync(left * 1_000);
    flushSync();
    expect(find("copy")?.textContent?.trim()).toBe("");
    expect(write).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
});
