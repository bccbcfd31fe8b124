import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import { messages } from "../src/lib/i18n";
import { keyMeaning } from "../src/lib/keys";
import { DeskState } from "../src/lib/state/desk.svelte";
import { Settings, settings } from "../src/lib/state/settings.svelte";
import { columnsFor, following, readSize, stepped } from "../src/lib/text";
import { accept, find, settle, stagedDesk } from "./stage";

let app: Record<string, unknown> | undefined;
let state: DeskState;
let stage: ReturnType<typeof stagedDesk>;

const guide = () => find<HTMLDialogElement>("guide");
const press = (key: string, ctrlKey = false, at: Element = document.body) => {
  at.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true }));
  flushSync();
};
const click = (id: string) => {
  find(id)?.click();
  flushSync();
};

async function open(): Promise<void> {
  stage = stagedDesk();
  state = new DeskState(stage.desk);
  app = mount(App, { target: document.body, props: { desk: state } });
  await settle();
}

function recalled(): Settings {
  const fresh = new Settings();
  fresh.recall();
  return fresh;
}

beforeEach(() => {
  localStorage.clear();
  settings.language = "en";
  settings.sound = false;
  settings.text = 100;
  settings.guided = true;
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  settings.text = 100;
  settings.guided = true;
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe("the size of the text", () => {
  it("goes up and down in three sizes and stops at either end", () => {
    expect(stepped(100, "larger")).toBe(150);
    expect(stepped(150, "larger")).toBe(200);
    expect(stepped(200, "larger")).toBe(200);
    expect(stepped(100, "smaller")).toBe(100);
    expect(stepped(200, "normal")).toBe(100);
    expect([100, 150, 200].map((size) => following(readSize(String(size))))).toEqual([150, 200, 100]);
  });

  it("takes nothing but its three sizes from what was remembered", () => {
    expect(["150", "200", "175", "", null].map(readSize)).toEqual([150, 200, 100, 100, 100]);
  });

  it("breaks into one column only where larger letters do not fit in two", () => {
    expect(columnsFor(100, 600)).toBe("two");
    expect(columnsFor(150, 1600)).toBe("two");
    expect(columnsFor(150, 1280)).toBe("one");
    expect(columnsFor(200, 1280)).toBe("one");
    expect(columnsFor(200, 1920)).toBe("two");
  });

  it("follows Ctrl with plus, minus and zero, and leaves a bare zero alone", async () => {
    await open();
    press("+", true);
    press("=", true);
    expect(document.documentElement.dataset["text"]).toBe("200");
    press("-", true);
    expect(document.documentElement.dataset["text"]).toBe("150");
    press("0", true);
    expect(document.documentElement.dataset["text"]).toBe("100");
    expect(keyMeaning(new KeyboardEvent("keydown", { key: "0" }))).toBeNull();
    expect(keyMeaning(new KeyboardEvent("keydown", { key: "-" }))).toBeNull();
  });

  it("goes one further with the button in the header, which says the size", async () => {
    await open();
    click("text-next");
    expect(find("text-next")?.getAttribute("aria-label")).toContain("150%");
    click("text-next");
    click("text-next");
    expect(settings.text).toBe(100);
  });

  it("is chosen in the desk check, where the one in use is pressed", async () => {
    await open();
    click("desk-check");
    click("text-200");
    expect(find("text-200")?.getAttribute("aria-pressed")).toBe("true");
    expect(find("text-100")?.getAttribute("aria-pressed")).toBe("false");
    expect(localStorage.getItem("hwagin.text")).toBe("200");
  });

  it("is remembered", () => {
    settings.keepText(150);
    expect(recalled().text).toBe(150);
  });

  it("clears no result when it changes", async () => {
    await open();
    stage.send({ type: "verdict", verdict: accept() });
    await settle();
    press("+", true);
    expect(find("verdict")).not.toBeNull();
  });
});

describe("the first steps", () => {
  it("are shown at the first start and not at the next", async () => {
    vi.spyOn(navigator, "webdriver", "get").mockReturnValue(false);
    expect(recalled().guided).toBe(false);
    settings.guided = false;
    await open();
    expect(guide()?.open).toBe(true);
    click("guide-close");
    await settle();
    expect(guide()?.open).toBe(false);
    expect(recalled().guided).toBe(true);
  });

  it("are never shown to a program that drives the window", () => {
    vi.spyOn(navigator, "webdriver", "get").mockReturnValue(true);
    expect(recalled().guided).toBe(true);
    expect(localStorage.getItem("hwagin.guided")).toBeNull();
  });

  it("are five, forward and back, by buttons and by arrows, and the last one closes", async () => {
    settings.guided = false;
    await open();
    const at = () => guide()?.dataset["step"];
    expect(find("guide-back")).toBeNull();
    click("guide-next");
    expect(at()).toBe("2");
    press("ArrowRight", false, guide() ?? undefined);
    expect(at()).toBe("3");
    press("ArrowLeft", false, guide() ?? undefined);
    click("guide-back");
    expect(at()).toBe("1");
    for (let step = 1; step < 5; step += 1) click("guide-next");
    expect(at()).toBe("5");
    press("ArrowRight", false, guide() ?? undefined);
    expect(at()).toBe("5");
    click("guide-next");
    await settle();
    expect(guide()?.open).toBe(false);
    expect(settings.guided).toBe(true);
  });

  it("have a name, a place and a live region for who hears them", async () => {
    settings.guided = false;
    await open();
    const title = guide()?.getAttribute("aria-labelledby") ?? "";
    expect(document.getElementById(title)?.textContent).toBe(messages.en.ease.guide.title);
    const told = guide()?.querySelector("[aria-live=polite]");
    expect(told?.textContent).toContain("Step 1 of 5");
    expect(told?.textContent).toContain(messages.en.ease.guide.steps[0].title);
  });

  it("keep number keys from the purposes behind them", async () => {
    settings.guided = false;
    await open();
    press("2", false, guide() ?? undefined);
    press("2");
    expect(stage.desk.choosePurpose).not.toHaveBeenCalled();
  });

  it("come again from the desk check", async () => {
    await open();
    expect(guide()?.open).toBe(false);
    click("desk-check");
    click("guide-open");
    await settle();
    expect(guide()?.open).toBe(true);
    expect(find<HTMLDialogElement>("desk-check-panel")?.open).toBe(false);
  });

  it.each(["ko", "en"] as const)("name the three results as the window does, in %s", (language) => {
    const { ease, outcome } = messages[language];
    const lines = ease.guide.steps[4].lines;
    expect(lines.map((line) => line.split(":")[0])).toEqual(
      (["accept", "refuse", "abstain"] as const).map((result) => outcome[result].word),
    );
  });
});

describe("the desk guide", () => {
  it.each(["ko", "en"] as const)("is the page of the documentation, from the desk check, in %s", async (language) => {
    settings.language = language;
    await open();
    click("desk-check");
    click("page-open");
    await settle();
    expect(find<HTMLDialogElement>("desk-check-panel")?.open).toBe(false);
    const shadow = find("desk-page")?.querySelector(".page")?.shadowRoot;
    expect(shadow?.querySelectorAll(".steps li")).toHaveLength(5);
    const { outcome } = messages[language];
    const words = [...(shadow?.querySelectorAll("tbody th") ?? [])].map((word) => word.textContent);
    expect(words).toEqual([outcome.accept.word, outcome.refuse.word, outcome.abstain.word]);
    click("page-close");
    await settle();
    expect(find<HTMLDialogElement>("desk-page")?.open).toBe(false);
  });
});
