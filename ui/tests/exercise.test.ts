import { mount, unmount } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../src/App.svelte";
import { exercisesEn } from "../src/lib/i18n/exercises.en";
import { exercisesKo } from "../src/lib/i18n/exercises.ko";
import type { ExerciseView } from "../src/lib/ipc/ExerciseView";
import { DeskState } from "../src/lib/state/desk.svelte";
import { settings } from "../src/lib/state/settings.svelte";
import { accept, find, givePixels, leakyRefusal, overview, press, settle, stagedDesk } from "./stage";

vi.mock("../src/lib/pixels", { spy: true });

const PEOPLE: ExerciseView[] = [
  { id: "arrival", purpose: "hospital-reception", right: "accept" },
  { id: "borrowed-phone", purpose: "hospital-reception", right: "refuse" },
];

let app: Record<string, unknown> | undefined;
let state: DeskState;
let stage: ReturnType<typeof stagedDesk>;

const phase = () => find("exercise")?.dataset["phase"];

beforeAll(givePixels);

beforeEach(async () => {
  settings.language = "en";
  const known = overview();
  if (known.sample) known.sample.exercises = PEOPLE;
  stage = stagedDesk(known);
  state = new DeskState(stage.desk);
  app = mount(App, { target: document.body, props: { desk: state } });
  await settle();
});

afterEach(() => {
  if (app) void unmount(app);
  document.body.innerHTML = "";
});

/** The clerk begins, and decides so for one person after the other. */
async function decide(...keys: string[]): Promise<void> {
  find("exercise-start")?.click();
  await settle();
  for (const key of keys) {
    await verdict();
    await press(key);
    find("exercise-next")?.click();
    await settle();
  }
}

async function verdict(of = accept()): Promise<void> {
  stage.send({ type: "verdict", verdict: of });
  await settle();
}

describe("an exercise", () => {
  it("keeps the desk's word back until the clerk has decided, and then says why", async () => {
    find("exercise-start")?.click();
    await settle();
    expect(stage.desk.chooseExercise).toHaveBeenCalledWith("arrival");
    expect(phase()).toBe("meet");
    await verdict();
    expect(phase()).toBe("decide");
    expect(find("verdict")).toBeNull();
    expect(find("announcement")?.textContent).toBe("");
    await press("1");
    expect(phase()).toBe("told");
    expect(find("exercise-told")?.dataset["right"]).toBe("true");
    find("exercise-next")?.click();
    await settle();
    expect(stage.desk.chooseExercise).toHaveBeenLastCalledWith("borrowed-phone");
    expect(phase()).toBe("meet");
  });

  it("counts green on a borrowed phone as a mistake", async () => {
    await decide("1", "1");
    expect(phase()).toBe("over");
    expect(find("exercise-results")?.dataset["right"]).toBe("1");
    expect(find("exercise-results")?.textContent).toContain(exercisesEn.people["borrowed-phone"].was);
  });

  it("shows nothing of a card that is not accepted", async () => {
    find("exercise-start")?.click();
    await settle();
    await verdict(leakyRefusal());
    expect(phase()).toBe("decide");
    expect(find("claim")).toBeNull();
    expect(find("portrait")).toBeNull();
  });

  it("ends with Escape, and the desk is as it was", async () => {
    find("exercise-start")?.click();
    await settle();
    await press("Escape");
    expect(find("exercise")).toBeNull();
    expect(stage.desk.chooseExercise).toHaveBeenLastCalledWith(null);
    await verdict();
    expect(find("verdict")).not.toBeNull();
  });

  it("gives back the purpose and the camera that were chosen before", async () => {
    await state.choosePurpose("landlord");
    await settle();
    find("exercise-start")?.click();
    await settle();
    const during = overview({ purpose: "hospital-reception", camera: "other" });
    stage.send({ type: "overview", overview: during });
    await settle();
    await press("Escape");
    await settle();
    expect(stage.desk.choosePurpose).toHaveBeenLastCalledWith("landlord", {
      date: null,
      area: null,
      name: null,
    });
    expect(stage.desk.chooseCamera).toHaveBeenLastCalledWith("sample", true);
  });

  it("keeps the first word of the desk, though the phone stays before the camera", async () => {
    find("exercise-start")?.click();
    await settle();
    await verdict();
    await verdict({ ...leakyRefusal(), accepted: null });
    expect(find("portrait")).not.toBeNull();
    await press("1");
    await verdict({ ...leakyRefusal(), accepted: null });
    expect(find("exercise-told")?.textContent).toContain("Accept");
  });

  it("shows the photo beside the person, and no number once the answer is told", async () => {
    find("exercise-start")?.click();
    await settle();
    await verdict();
    const figures = document.querySelectorAll("[data-testid=exercise] figure");
    expect([...figures].map((figure) => figure.textContent?.trim())).toEqual([
      expect.stringContaining(exercisesEn.face),
      expect.stringContaining(exercisesEn.card),
    ]);
    expect(document.querySelectorAll("[data-testid=claim]")).toHaveLength(3);
    await press("2");
    expect(find("portrait")).not.toBeNull();
    expect(find("claim")).toBeNull();
    expect(find("exercise-told")?.textContent).toContain("You decided: Do not serve.");
  });

  it("lets only those come again whom the clerk decided otherwise, and then all", async () => {
    await decide("1", "1");
    expect(document.querySelectorAll("[data-testid=exercise-missed]")).toHaveLength(1);
    find("exercise-repeat")?.click();
    await settle();
    expect(stage.desk.chooseExercise).toHaveBeenLastCalledWith("borrowed-phone");
    expect(find("exercise")?.textContent).toContain("Practice 1 of 1");
    await verdict();
    await press("2");
    find("exercise-next")?.click();
    await settle();
    expect(find("exercise-results")?.dataset["right"]).toBe("1");
    expect(find("exercise-repeat")).toBeNull();
    find("exercise-again")?.click();
    await settle();
    expect(find("exercise")?.textContent).toContain("Practice 1 of 2");
  });

  it("remembers nothing of how it went", async () => {
    const before = JSON.stringify({ ...localStorage });
    find("exercise-start")?.click();
    await settle();
    await verdict();
    await press("1");
    expect(JSON.stringify({ ...localStorage })).toBe(before);
    await press("Escape");
    expect(state.exercise.decisions).toEqual([]);
    expect(state.exercise.people).toEqual([]);
  });

  it("is not there outside training", async () => {
    const known = overview();
    known.mode = "production";
    known.sample = null;
    stage.send({ type: "overview", overview: known });
    await settle();
    expect(find("exercise-start")).toBeNull();
  });

  it("has words for every person in both languages", () => {
    expect(Object.keys(exercisesKo.people)).toEqual(Object.keys(exercisesEn.people));
  });
});
