/** Invented people to practise on, for the developer's browser: ?exercise=id puts that one first,
 * &decide=1|2|3 decides on it, and &over decides so on all of them. */
import type { DeskEvent } from "../lib/ipc/DeskEvent";
import type { ExerciseView } from "../lib/ipc/ExerciseView";
import type { OverviewView } from "../lib/ipc/OverviewView";
import type { ReasonCode } from "../lib/ipc/ReasonCode";
import type { VerdictView } from "../lib/ipc/VerdictView";
import { accept, fail } from "./fake-data";
import { type Look, portrait } from "./fake-pixels";

type Invented = ExerciseView & { look: Look; owner?: Look; reason?: ReasonCode; given?: string };

const PEOPLE: Invented[] = [
  { id: "arrival", purpose: "hospital-reception", right: "accept", look: { hair: "long" } },
  {
    id: "borrowed-phone",
    purpose: "hospital-reception",
    right: "refuse",
    look: { beard: true, coat: "#5b3a3a" },
    owner: { hair: "none", glasses: true },
  },
  { id: "screenshot", purpose: "hospital-reception", right: "refuse", look: { coat: "#35543f" }, reason: "holder.too_old" },
  { id: "lost-phone", purpose: "hospital-reception", right: "refuse", look: { skin: "#8d5a3b", glasses: true }, reason: "status.suspended" },
  { id: "expired", purpose: "hospital-reception", right: "refuse", look: { hair: "long", glasses: true }, reason: "validity.expired" },
  { id: "forged-name", purpose: "hospital-reception", right: "refuse", look: { skin: "#efc9a4", beard: true }, reason: "digest.mismatch" },
  { id: "unknown-issuer", purpose: "hospital-reception", right: "abstain", look: { skin: "#6f4630" }, reason: "issuer.unknown" },
  { id: "under-age", purpose: "age-19", right: "refuse", look: { skin: "#efc9a4", coat: "#6a5a2b" }, reason: "purpose.condition_not_met" },
  {
    id: "long-name",
    purpose: "hospital-reception",
    right: "accept",
    look: { skin: "#b57a50", hair: "long" },
    given: "INDIA MAXIMILIANA CONSTANTINA WOLFESCHLEGELSTEIN DE LA SANTISIMA TRINIDAD Y TODOS LOS SANTOS",
  },
  { id: "short-stay", purpose: "landlord", right: "refuse", look: { hair: "none", coat: "#35543f" } },
];

function verdictOf(person: Invented): VerdictView {
  if (person.reason) {
    const outcome = person.right === "abstain" ? "abstain" : "refuse";
    return fail(person.purpose, outcome, person.reason);
  }
  const verdict = accept(person.purpose, person.id === "short-stay");
  const { accepted } = verdict;
  if (accepted) {
    accepted.portrait = portrait(person.owner ?? person.look);
    const given = accepted.claims.find(({ name }) => name === "given_name");
    if (given && person.given) given.text = person.given;
  }
  return verdict;
}

export function fakeExercises(
  asked: URLSearchParams,
  known: OverviewView,
  send: (event: DeskEvent) => void,
) {
  const first = Math.max(0, PEOPLE.findIndex(({ id }) => id === asked.get("exercise")));
  const people = [...PEOPLE.slice(first), ...PEOPLE.slice(0, first)];
  const before = known.purpose;
  if (known.sample) {
    known.sample.exercises = people.map(({ id, purpose, right }) => ({ id, purpose, right }));
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const press = (key: string) =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

  function decideAsAsked(): void {
    const key = asked.get("decide");
    if (!key) return;
    setTimeout(() => {
      press(key);
      if (asked.has("over")) setTimeout(() => document.querySelector<HTMLElement>("[data-testid=exercise-next]")?.click(), 20);
    }, 20);
  }

  return {
    stage(): void {
      if (asked.has("exercise")) document.querySelector<HTMLElement>("[data-testid=exercise-start]")?.click();
    },
    choose: async (id: string | null): Promise<void> => {
      clearTimeout(timer);
      const person = people.find((one) => one.id === id);
      if (!known.sample) return;
      known.sample.exercise = person ? { id: person.id, face: portrait(person.look) } : null;
      known.purpose = person?.purpose ?? before;
      send({ type: "overview", overview: { ...known, sample: { ...known.sample } } });
      if (!person) return;
      timer = setTimeout(() => {
        send({ type: "verdict", verdict: verdictOf(person) });
        decideAsAsked();
      }, asked.has("meet") ? 600_000 : asked.has("over") ? 10 : 900);
    },
  };
}
