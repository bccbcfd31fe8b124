import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import { messages } from "../src/lib/i18n";
import type { BundleFlaw } from "../src/lib/ipc/BundleFlaw";
import type { ImportView } from "../src/lib/ipc/ImportView";
import type { UpdateCode } from "../src/lib/ipc/UpdateCode";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import { NOTICE_STAYS } from "../src/lib/state/trust.svelte";
import { byPart, matching, PAGE } from "../src/lib/trust";
import { accept, all, DAY, find, imported, issuer, known, NOW, settle, stagedDesk, text, trust } from "./stage";

let app: Record<string, unknown> | undefined;
let state: DeskState;
let stage: ReturnType<typeof stagedDesk>;

const click = async (id: string) => {
  find(id)?.click();
  await settle();
};

async function open(knows = known(), trusts = trust()): Promise<void> {
  stage = stagedDesk(knows, trusts);
  state = new DeskState(stage.desk);
  app = mount(App, { target: document.body, props: { desk: state } });
  await settle();
}
const look = () => click("trust-open");
const arrive = async (report: ImportView) => {
  stage.send({ type: "import", report });
  await settle();
};
const fetching = (state: UpdateCode, done = 0, of = 0) => {
  stage.send({ type: "update", update: { state, done, of } });
  flushSync();
};

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function () {
    this.open = true;
  };
  HTMLElement.prototype.scrollIntoView ??= () => undefined;
});

beforeEach(() => {
  localStorage.clear();
  settings.language = "en";
  settings.sound = false;
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
});

describe("the screen about trust", () => {
  it("shows the list in use and who signed it", async () => {
    await open();
    await look();
    expect(text("trust-bundle-version")).toBe("42");
    expect(find("trust-source")?.dataset["source"]).toBe("bundle");
    expect(text("trust-panel")).toContain("Trust list of the tests");
    const signers = all("trust-signer");
    expect(signers[0]?.textContent).toMatch(/Root keys.*1a2b3c4d.*5e6f7a8b.*2 \/ 2/s);
    expect(signers[1]?.textContent).toMatch(/south.*9c0d1e2f.*1 \/ 1/s);
  });

  it("shows issuers, with a badge for those that only an issuer list names", async () => {
    const issuers = [issuer(), issuer({ name: "Far office", listedOnly: true, crlDue: NOW - DAY })];
    await open(known(), trust({ issuers }));
    await look();
    expect(all("trust-issuer").map((row) => row.querySelector("b")?.textContent)).toEqual([
      "Office of the tests",
      "Far office",
    ]);
    expect(all("listed-only")).toHaveLength(1);
    expect(all("trust-issuer")[1]?.textContent).toContain("24 hours overdue");
  });

  it("shows status lists with grouped counts and what is late", async () => {
    await open();
    await look();
    const row = find("trust-list");
    expect(row?.textContent).toMatch(/https:\/\/status\.example\/list\/1.*1,048,576.*20 hours ago/s);
    const near = [...(row?.querySelectorAll<HTMLElement>("[data-near]") ?? [])];
    expect(near.map((cell) => [cell.dataset["near"], cell.textContent?.trim()])).toEqual([
      ["past", "60 minutes overdue"],
      ["soon", "in 24 hours"],
    ]);
  });

  it("shows what came in, what changed, and what was left out and why", async () => {
    await open();
    await look();
    const rows = all("trust-history-row");
    expect(rows.map((row) => row.dataset["outcome"])).toEqual(["bundle.older", "installed"]);
    expect(rows[0]?.textContent).toMatch(/older than the one in use.*Version 41.*\(version 42\) stays/s);
    expect(rows[1]?.textContent).toMatch(/Version 41 → 42.*Status list.*1 added.*1 changed/s);
    expect(find("trust-left-out")).toBeNull();
    for (const details of rows[1]?.querySelectorAll("details") ?? []) {
      details.open = true;
      details.dispatchEvent(new Event("toggle"));
    }
    await settle();
    expect(rows[1]?.textContent).toContain("status/2.jwt");
    expect(rows[1]?.textContent).toContain("site/purposes/gate.toml:7");
    expect(find("trust-left-out")?.dataset["code"]).toBe("widens_shown");
    expect(text("trust-left-out")).toBe(messages.en.check.problem.widens_shown);
  });

  it("says what to do where there is no list, or one that cannot be used", async () => {
    const flaw: BundleFlaw = "bundle.root";
    await open(known(), trust({ source: "damaged", flaw, bundle: null, issuers: [], lists: [] }));
    await look();
    const { title, advice } = messages.en.trust.imported[flaw];
    expect(text("trust-source")).toContain(`${title}. ${advice}`);
    expect(find("trust-bundle-version")).toBeNull();
    stage.desk.trust.mockResolvedValue(trust({ source: "missing", bundle: null, history: [] }));
    stage.send({ type: "overview", overview: known({ source: "missing" }) });
    await settle();
    expect(text("trust-source")).toContain(messages.en.trust.next.missing);
    expect(find("trust-history-row")).toBeNull();
  });

  it("draws a thousand issuers a page at a time, and finds one of them", async () => {
    const issuers = Array.from({ length: 1000 }, (_none, at) =>
      issuer({ name: `Office ${at}`, country: at === 777 ? "QZ" : "UT" }),
    );
    await open(known(), trust({ issuers }));
    await look();
    expect(all("trust-issuer")).toHaveLength(PAGE);
    await click("trust-more");
    expect(all("trust-issuer")).toHaveLength(2 * PAGE);
    const field = find("trust-filter") as HTMLInputElement;
    const type = (typed: string) => {
      field.value = typed;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      flushSync();
    };
    type("office qz");
    expect(all("trust-issuer").map((row) => row.querySelector("b")?.textContent)).toEqual(["Office 777"]);
    field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true }));
    expect(stage.desk.readText).not.toHaveBeenCalled();
    type("nowhere");
    expect(all("trust-issuer")).toHaveLength(0);
    expect(text("trust-panel")).toContain("No issuer fits.");
    type("");
    expect(all("trust-issuer")).toHaveLength(PAGE);
  });

  it("is a modal dialog that Esc closes, and Esc clears no result behind it", async () => {
    await open();
    stage.send({ type: "verdict", verdict: accept() });
    await settle();
    const modal = vi.spyOn(HTMLDialogElement.prototype, "showModal");
    await look();
    expect(modal).toHaveBeenCalledTimes(1);
    modal.mockRestore();
    const panel = find("trust-panel") as HTMLDialogElement;
    expect(panel.open).toBe(true);
    const press = (key: string) =>
      find("trust-close")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    press("2");
    await settle();
    expect(stage.desk.choosePurpose).not.toHaveBeenCalled();
    press("Escape");
    await settle();
    expect(panel.open).toBe(false);
    expect(find("trust-issuer")).toBeNull();
    expect(find("verdict")).not.toBeNull();
  });

  it("keeps the focus inside, around both ends", async () => {
    await open();
    await look();
    const tab = (from: string, shiftKey: boolean) => {
      find(from)?.focus();
      find(from)?.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Tab", shiftKey, bubbles: true, cancelable: true }),
      );
      return document.activeElement;
    };
    const panel = find("trust-panel");
    const places = [...(panel?.querySelectorAll<HTMLElement>("button, input, summary, [tabindex]") ?? [])];
    const [first, last] = [places[0], places.at(-1)];
    last?.setAttribute("data-testid", "last");
    first?.setAttribute("data-testid", "first");
    expect(tab("last", false)).toBe(first);
    expect(tab("first", true)).toBe(last);
    expect(tab("trust-import", false)).toBe(find("trust-import"));
  });

  it("opens from the desk check, which gives way to it", async () => {
    await open();
    await click("desk-check");
    await click("check-trust-open");
    expect((find("desk-check-panel") as HTMLDialogElement).open).toBe(false);
    expect((find("trust-panel") as HTMLDialogElement).open).toBe(true);
    expect(find("trust-issuer")).not.toBeNull();
  });

  it("says so when the desk does not answer", async () => {
    await open();
    stage.desk.trust.mockRejectedValueOnce(new Error("gone"));
    await look();
    expect(text("trust-panel")).toContain("did not answer");
  });
});

describe("a list that comes in", () => {
  it("is told at once, and good news goes by itself", async () => {
    await open();
    await arrive(imported("installed"));
    expect(find("import-notice")?.dataset["outcome"]).toBe("installed");
    expect(text("import-notice")).toContain("Version 41 → 42");
    expect(text("announced-import")).toContain(messages.en.trust.imported.installed.title);
    state.tick(performance.now() + NOTICE_STAYS - 1000);
    flushSync();
    expect(find("import-notice")).not.toBeNull();
    state.tick(performance.now() + NOTICE_STAYS + 1000);
    flushSync();
    expect(find("import-notice")).toBeNull();
    expect(text("announced-import")).toBe("");
  });

  it("stays on the screen while somebody is reading it", async () => {
    await open();
    await arrive(imported("installed"));
    find("import-notice")?.dispatchEvent(new PointerEvent("pointerenter"));
    state.tick(performance.now() + 60_000);
    flushSync();
    expect(find("import-notice")).not.toBeNull();
  });

  it("stays until it is closed where it was refused", async () => {
    await open();
    await arrive(imported("bundle.below_threshold", { before: 42 }));
    state.tick(performance.now() + 3_600_000);
    flushSync();
    const said = messages.en.trust.imported["bundle.below_threshold"];
    expect(text("import-notice")).toContain(said.title);
    expect(text("import-notice")).toContain("The list in use (version 42) stays.");
    await click("notice-close");
    expect(find("import-notice")).toBeNull();
  });

  it("is not worth a word where nothing is new, unless somebody asked", async () => {
    await open();
    await arrive(imported("unchanged"));
    expect(find("import-notice")).toBeNull();
    await look();
    await click("trust-import");
    expect(stage.desk.importBundle).toHaveBeenCalledTimes(1);
    await arrive(imported("unchanged"));
    expect(find("import-notice")?.dataset["outcome"]).toBe("unchanged");
    await click("notice-close");
    await arrive(imported("unchanged"));
    expect(find("import-notice")).toBeNull();
  });

  it("leads to what came in, and the open screen is kept fresh", async () => {
    await open();
    await arrive(imported("bundle.older"));
    const jump = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
    await click("notice-details");
    await settle();
    expect((find("trust-panel") as HTMLDialogElement).open).toBe(true);
    expect((jump.mock.contexts[0] as HTMLElement).dataset["section"]).toBe("history");
    jump.mockRestore();
    const asked = stage.desk.trust.mock.calls.length;
    await arrive(imported("installed"));
    expect(stage.desk.trust.mock.calls.length).toBe(asked + 1);
    expect(all("import-notice")).toHaveLength(1);
    expect(find("trust-panel")?.contains(find("import-notice"))).toBe(true);
  });
});

describe("fetching a list", () => {
  it("is offered only where the site allows it", async () => {
    await open(known(), trust({ canUpdate: false, watched: null }));
    await look();
    expect(find("trust-import")).not.toBeNull();
    expect(find("trust-update")).toBeNull();
    expect(find("trust-watched")).toBeNull();
  });

  it("shows how far it is, and ends in a sentence", async () => {
    await open();
    await look();
    expect(text("trust-watched")).toBe("D:\\trust");
    await click("trust-update");
    expect(stage.desk.updateBundle).toHaveBeenCalledTimes(1);
    expect((find("trust-update") as HTMLButtonElement).disabled).toBe(true);
    expect(find("trust-updating")?.querySelector("progress")?.hasAttribute("value")).toBe(false);
    fetching("running", 2_100_000, 8_400_000);
    const bar = find("trust-updating")?.querySelector("progress");
    expect([bar?.value, bar?.max]).toEqual([2_100_000, 8_400_000]);
    expect(text("trust-updating")).toContain("2.1 MB of 8.4 MB");
    for (const code of ["fetched", "unchanged", "network", "refused", "disk", "busy", "failed"] as const) {
      fetching(code);
      expect(find("trust-updating")?.dataset["state"]).toBe(code);
      expect(text("trust-updating")).toContain(messages.en.trust.updates[code].title);
      expect(find("trust-updating")?.querySelector("progress")).toBeNull();
      expect((find("trust-update") as HTMLButtonElement).disabled).toBe(false);
    }
  });

  it("fails in words when the desk does not answer", async () => {
    await open();
    await look();
    stage.desk.updateBundle.mockRejectedValueOnce(new Error("gone"));
    await click("trust-update");
    expect(find("trust-updating")?.dataset["state"]).toBe("failed");
  });
});

describe("rows", () => {
  it("of changes are counted by kind of file and kind of change", () => {
    const changes = trust().history[1]?.changes ?? [];
    expect(byPart(changes).map(({ part, counts }) => [part, counts])).toEqual([
      ["status", [["added", 1], ["changed", 1]]],
      ["crl", [["removed", 1]]],
    ]);
  });

  it("of issuers are found by every typed word, in any order", () => {
    const issuers = [issuer({ name: "North", docTypes: ["a.b"] }), issuer({ name: "South", country: null })];
    expect(matching(issuers, " A.B north ")).toEqual([issuers[0]]);
    expect(matching(issuers, "")).toBe(issuers);
    expect(matching(issuers, "ut")).toEqual(issuers);
  });
});
