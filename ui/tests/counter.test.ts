import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import { GRADES, headingOf, toneOf } from "../src/lib/decisions";
import { messages } from "../src/lib/i18n";
import type { AskView } from "../src/lib/ipc/AskView";
import type { DecisionView } from "../src/lib/ipc/DecisionView";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import { accept, decision, find, overview, settle, stagedDesk, text } from "./stage";

let app: Record<string, unknown> | undefined;
let state: DeskState;
let stage: ReturnType<typeof stagedDesk>;

const pause = async () => {
  await vi.advanceTimersByTimeAsync(400);
  flushSync();
};

const label = (said: string) => ({ ko: said, en: said });
const ask = (kind: AskView["kind"], optional = false): AskView => ({ kind, optional, label: label(`the ${kind}`) });

async function open(...asks: AskView[]): Promise<void> {
  const known = overview();
  known.purposes = known.purposes.map((purpose) => ({ ...purpose, asks }));
  stage = stagedDesk(known);
  state = new DeskState(stage.desk);
  app = mount(App, { target: document.body, props: { desk: state } });
  await settle();
}

const field = (id: string) => find(id) as HTMLInputElement;
function type(id: string, typed: string, composing = false): void {
  field(id).value = typed;
  field(id).dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: composing }));
}
const lastAsked = () => stage.desk.choosePurpose.mock.lastCall as unknown as [string, Record<string, string | null>];

async function show(...decisions: DecisionView[]): Promise<void> {
  const verdict = accept();
  if (verdict.accepted) verdict.accepted = { ...verdict.accepted, decisions };
  stage.send({ type: "verdict", verdict });
  await settle();
}

beforeEach(() => {
  localStorage.clear();
  settings.language = "en";
  settings.sound = false;
});

afterEach(async () => {
  vi.useRealTimers();
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
});

describe("the questions of the clerk", () => {
  it("stand in the order of the purpose, each with its own words", async () => {
    await open(ask("area"), ask("date"), ask("name", true));
    const asked = [...document.querySelectorAll("[data-testid^=asked-], [data-testid=on-date]")];
    expect(asked.map((input) => input.id)).toEqual(["asked-area", "on-date", "asked-name"]);
    expect(document.querySelector("label[for=asked-name]")?.textContent).toContain("(optional)");
    expect(document.querySelector("label[for=asked-area]")?.textContent).not.toContain("(optional)");
  });

  it("say what is missing while one that is needed is empty, and nothing of an optional one", async () => {
    await open(ask("area"), ask("name", true));
    expect(text("idle")).toContain("Enter the area first");
    expect(text("idle")).toContain("Fill in “the area” on the left.");
    expect(text("hint")).toContain("Enter the area first");
    vi.useFakeTimers();
    type("asked-area", "Byeol-gu");
    await pause();
    expect(text("idle")).toContain("Ready for the next person");
  });

  it("are what the bar says of a code that comes before the answer", async () => {
    await open(ask("area"));
    stage.send({ type: "hint", hint: "no_purpose" });
    await settle();
    expect(text("hint")).toBe("Enter the area first");
  });

  it("are answered once the clerk pauses, and not letter by letter", async () => {
    await open(ask("name", true));
    vi.useFakeTimers();
    for (const typed of ["H", "Ha", "Haru "]) {
      type("asked-name", typed);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(stage.desk.choosePurpose).not.toHaveBeenCalled();
    await pause();
    expect(stage.desk.choosePurpose.mock.calls).toEqual([
      ["hospital-reception", { date: null, area: null, name: "Haru" }],
    ]);
  });

  it("take no syllable that is still being put together", async () => {
    await open(ask("name", true));
    vi.useFakeTimers();
    type("asked-name", "하", true);
    await pause();
    field("asked-name").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", bubbles: true, isComposing: true }),
    );
    await pause();
    expect(stage.desk.choosePurpose).not.toHaveBeenCalled();
    field("asked-name").value = "하루";
    field("asked-name").dispatchEvent(new Event("compositionend", { bubbles: true }));
    await pause();
    expect(lastAsked()[1]["name"]).toBe("하루");
  });

  it("are answered at once with Enter, and when the field is left", async () => {
    await open(ask("name", true), ask("area", true));
    type("asked-name", "Haru");
    field("asked-name").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    expect(lastAsked()[1]["name"]).toBe("Haru");
    await settle();
    type("asked-area", "Byeol-gu");
    field("asked-area").dispatchEvent(new Event("blur"));
    expect(lastAsked()[1]).toEqual({ date: null, area: "Byeol-gu", name: "Haru" });
  });

  const answered = async () => {
    await open(ask("date"), ask("area"), ask("name", true));
    await state.answer("date", "2028-02-28");
    await state.answer("area", "Byeol-gu");
    await state.answer("name", "Haru");
    flushSync();
    expect([field("asked-area").value, field("asked-name").value]).toEqual(["Byeol-gu", "Haru"]);
  };

  it.each([
    ["the clerk clears the check", () => find("clear")?.click()],
    ["the desk says cleared", () => stage.send({ type: "cleared" })],
    ["its time is over", () => state.tick(performance.now() + 31_000)],
  ])("keep the day and forget the area and the name when %s", async (_name, clear) => {
    await answered();
    await show(decision());
    clear();
    await settle();
    await settle();
    expect(field("on-date").value).toBe("2028-02-28");
    expect([field("asked-area").value, field("asked-name").value]).toEqual(["", ""]);
    expect(lastAsked()).toEqual(["hospital-reception", { date: "2028-02-28", area: null, name: null }]);
  });

  it("forget them with Escape too, when nobody was scanned", async () => {
    await answered();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await settle();
    await settle();
    expect(field("asked-name").value).toBe("");
    expect(stage.desk.clearVerdict).toHaveBeenCalled();
  });

  it("do not lose the next person's name to the last one's clearing", async () => {
    await answered();
    await show(decision());
    type("asked-name", "Saebyeok");
    field("asked-name").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    stage.send({ type: "cleared" });
    await settle();
    await settle();
    expect(field("asked-name").value).toBe("Saebyeok");
    expect(lastAsked()[1]).toEqual({ date: "2028-02-28", area: null, name: "Saebyeok" });
  });
});

describe("the answers", () => {
  const work = (answer: DecisionView["answer"], next = "Ask for the permit.") =>
    decision({
      rule: "work_permission",
      argument: "",
      answer,
      label: label("Permission to work"),
      next: label(next),
      asOf: "2026-11-20",
      tableAsOf: "2026-10-01",
    });

  it("on work are one of five, each with its next step and its days", async () => {
    await open();
    for (const answer of GRADES) {
      await show(work(answer));
      expect(find("decision")?.dataset["answer"]).toBe(answer);
      expect(text("decision")).toContain(messages.en.counter.answer[answer]);
      expect(text("next-step")).toContain("Ask for the permit.");
      expect(text("decision-days")).toMatch(/20 November 2026.*1 October 2026/);
    }
    expect(new Set(GRADES.map((answer) => messages.ko.counter.answer[answer])).size).toBe(5);
  });

  it("on work draw attention unless work is permitted", async () => {
    await open();
    await show(work("needs_permit"));
    expect(text("verdict")).toContain("Work: see answer");
    expect(text("announcement")).toContain("Work: see answer");
    await show(work("permitted"));
    expect(text("verdict")).not.toContain("Work: see answer");
  });

  it("on names are a hint in no colour of an outcome, whatever they say", async () => {
    await open();
    for (const answer of ["same", "part", "different"] as const) {
      await show(decision({ rule: "name_matches", argument: "Haru", answer }));
      expect(find("decision")?.dataset["tone"]).toBe("hint");
      expect(text("decision")).toContain("Look at both names yourself");
      expect(text("verdict")).not.toContain("One answer is No");
    }
    expect(toneOf({ rule: "name_matches", answer: "no" })).toBe("hint");
  });

  it("on an area and on a document are yes or no, in the words of the purpose", async () => {
    await open();
    await show(
      decision({ rule: "address_in", argument: "Byeol-gu", answer: "no", label: label("Lives there") }),
      decision({ rule: "document_current", argument: "", answer: "yes", label: label("Current"), asOf: "2026-11-20" }),
    );
    const [area, document_] = [...document.querySelectorAll("[data-testid=decision]")].map(
      (row) => row.textContent?.replace(/\s+/g, " ") ?? "",
    );
    expect(area).toMatch(/No Lives there Byeol-gu/);
    expect(document_).toMatch(/Yes Current Decided by data of 20 November 2026/);
    expect(text("verdict")).toContain("One answer is No");
  });

  it("are headed by the gravest of them", () => {
    expect(headingOf([])).toBeNull();
    expect(headingOf([decision(), decision({ rule: "name_matches", answer: "different" })])).toBeNull();
    expect(headingOf([work("limited")])).toBe("work");
    expect(headingOf([work("limited"), decision({ answer: "no" })])).toBe("no");
  });
});
