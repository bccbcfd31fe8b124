import { mount, unmount } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import { messages } from "../src/lib/i18n";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import { find, known, NOW, settle, stagedDesk, text } from "./stage";

let app: Record<string, unknown> | undefined;
let stage: ReturnType<typeof stagedDesk>;

const click = async (id: string) => {
  find(id)?.click();
  await settle();
};

async function open(knows = known()): Promise<void> {
  stage = stagedDesk(knows);
  app = mount(App, { target: document.body, props: { desk: new DeskState(stage.desk) } });
  await settle();
}

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function () {
    this.open = true;
  };
});

beforeEach(() => {
  localStorage.clear();
  settings.language = "en";
});

afterEach(async () => {
  if (app) await unmount(app);
  app = undefined;
  document.body.replaceChildren();
  vi.clearAllMocks();
});

describe("what ends first", () => {
  const lead = (hours: number, part: "status" | "manifest" = "status") => {
    const ends = NOW + hours * 3600;
    return known({ endsAt: ends, leads: { part, name: "status/1", ends } });
  };

  it.each([
    [19 + 24 * 9, "fine", "Status list: ends in 9 days"],
    [19, "soon", "Status list: ends in 19 hours"],
    [-3, "past", "Status list: ended 3 hours ago"],
  ])("in %i hours is %s", async (hours, near, words) => {
    await open(lead(hours));
    expect(find("age-lead")?.dataset["near"]).toBe(near);
    expect(text("age-lead").trim()).toBe(words);
    expect(find("trust-open")?.contains(find("age-lead"))).toBe(true);
  });

  it("raises an alarm once the list, or a part of it, has ended", async () => {
    await open(lead(1));
    expect(find("bundle-banner")).toBeNull();
    for (const [part, alarm] of [
      ["manifest", "expired"],
      ["status", "part"],
    ] as const) {
      stage.send({ type: "overview", overview: lead(-1, part) });
      await settle();
      expect(find("bundle-banner")?.dataset["state"]).toBe(alarm);
      expect(text("bundle-banner")).toContain(messages.en.trust.alarm[alarm].advice);
    }
  });

  it("raises an alarm where there is no list to go by, and leads to a new one", async () => {
    for (const source of ["missing", "damaged"] as const) {
      if (app) await unmount(app);
      await open(known({ source, leads: null, endsAt: null }));
      expect(find("bundle-banner")?.dataset["state"]).toBe(source);
      expect(text("age-lead").trim()).toBe("Trust list: none");
      expect(text("idle")).toContain("Nothing can be checked now");
      await click("bundle-banner-open");
      expect(find("trust-import")).not.toBeNull();
    }
  });

  it("raises none for what is built in or named one by one", async () => {
    await open(known({ source: "files", endsAt: NOW - 1 }));
    expect(find("bundle-banner")).toBeNull();
  });
});

describe("a wrong clock", () => {
  it("is told in a banner, with what to do, until it is right", async () => {
    await open(known({ clock: "behind" }));
    expect(text("clock-banner")).toContain("No card is accepted until it is right");
    expect(text("clock-banner")).toContain("Set the date and time");
    expect(text("idle")).toContain("Nothing can be checked now");
    expect(text("desk-check")).toContain("1 thing needs attention");
    stage.send({ type: "overview", overview: known() });
    await settle();
    expect(find("clock-banner")).toBeNull();
    expect(text("idle")).toContain("Ready for the next person");
  });
});
