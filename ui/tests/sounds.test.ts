import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import SoundCheck from "../src/components/SoundCheck.svelte";
import { play, tune } from "../src/lib/sound";
import { POSITIONS } from "../src/lib/outcomes";
import { Settings, settings } from "../src/lib/state/settings.svelte";
import { find } from "./stage";

vi.mock("../src/lib/sound", { spy: true });

let shown: Record<string, unknown>;

beforeEach(() => {
  localStorage.clear();
  settings.language = "en";
  settings.sound = true;
  shown = mount(SoundCheck, { target: document.body });
  flushSync();
});

afterEach(async () => {
  await unmount(shown);
  document.body.replaceChildren();
  vi.clearAllMocks();
});

describe("the sound of a result", () => {
  it("is off once it was switched off, the next time as well", () => {
    find("sound-setting")?.click();
    flushSync();
    expect(settings.sound).toBe(false);
    const next = new Settings();
    next.recall();
    expect(next.sound).toBe(false);
  });

  it("can be listened to in the desk check, even while it is off", () => {
    settings.sound = false;
    flushSync();
    for (const outcome of POSITIONS) {
      find(`hear-${outcome}`)?.click();
      expect(play).toHaveBeenLastCalledWith(outcome);
    }
  });

  it("is described in words beside each button", () => {
    const said = POSITIONS.map((outcome) => find(`hear-${outcome}`)?.getAttribute("aria-label"));
    expect(new Set(said).size).toBe(3);
    expect(said.every((words) => /^Listen: .+, .+/.test(words ?? ""))).toBe(true);
  });

  it("differs in how many notes there are, or where they go, not in loudness alone", () => {
    const shapes = POSITIONS.map((outcome) => {
      const notes = tune(outcome);
      const way = Math.sign((notes.at(-1)?.hertz ?? 0) - (notes[0]?.hertz ?? 0));
      return `${notes.length} ${way}`;
    });
    expect(new Set(shapes).size).toBe(3);
  });
});
