// What the desk's camera reads: one symbol, or the parts of a moving code, made anew while it is shown.
import type { Code } from "../cases.ts";
import { button, h, icon } from "../element.ts";
import { cut, MOST_IN_ONE, type Parts, SYMBOLS_A_SECOND } from "../parts.ts";
import { withLargePhoto } from "../photo.ts";
import { asked, byDefault, issueFor, type Maker } from "../presentation.ts";
import { draw, type Symbol, symbolOf, versionOfParts } from "../qr.ts";
import { lastKey, type Screen, type State, type Way, wordsOf } from "../state.ts";
import { PRESENTATION_PREFIX, toText } from "../text.ts";
import { keepAwake } from "../wakeLock.ts";
import { filled } from "../words/words.ts";

/** Milliseconds until a new presentation is made (section 4). */
const NEW_STILL = 5_000;
const NEW_MOVING = 10_000;
/** What a version 35 symbol holds, the limit for a webcam (section 1). */
const MOST_CHARACTERS = 3_351;
const TICK = 1_000 / SYMBOLS_A_SECOND;

/** What is on the screen now. */
interface Shown {
  parts: Parts | undefined;
  version: number | undefined;
  symbol: Symbol;
  part: number;
  since: number;
}

export function showScreen(way: Way): Screen {
  const { state, backToCard, home, go } = way;
  const words = wordsOf(state);
  const canvas = h("canvas", { testid: "qr", attributes: { role: "img", "aria-label": words.qr_label } });
  const stage = h("div", { class: "stage" }, canvas);
  const title = h("h1", {}, words.show_to);
  const fill = h("span", { class: "fill" });
  const countdown = h("p", { class: "countdown", testid: "countdown" });
  const kind = h("p", { class: "kind", testid: "kind" });
  const over = h("p", { class: "notice soft", testid: "ended" }, icon("desk"), h("span", {}, words.ended_meanwhile));
  over.hidden = true;

  let maker: Maker | undefined;
  let shown: Shown | undefined;
  let made = 0;
  let timer = 0;
  let left = false;
  const renews = state.case !== "replayed";

  const renew = (): void => {
    const packed = nextOf(state, maker);
    if (!packed) return;
    shown = begin(packed, state.code);
    made += 1;
    canvas.dataset["made"] = String(made);
    canvas.dataset["mode"] = shown.parts ? "moving" : "still";
    redraw();
  };
  const redraw = (): void => {
    if (!shown) return;
    draw(canvas, shown.symbol, sideOf(stage));
    kind.textContent = shown.parts
      ? `${words.moving} · ${filled(words.moving_part, { part: shown.part, count: shown.parts.count })}`
      : words.still;
  };
  const tick = (): void => {
    if (!shown) return;
    const every = shown.parts ? NEW_MOVING : NEW_STILL;
    const rest = Math.max(0, shown.since + every - Date.now());
    countdown.textContent = renews ? filled(words.new_in, { seconds: Math.ceil(rest / 1_000) }) : words.never_new;
    fill.style.transform = `scaleX(${renews ? rest / every : 1})`;
    if (renews && state.challenge && state.clock.now() >= state.challenge.exp) return end();
    if (renews && rest === 0) renew();
    else if (shown.parts) {
      advance(shown, shown.parts);
      redraw();
    }
  };
  const end = (): void => {
    clearInterval(timer);
    stage.hidden = true;
    meter.hidden = true;
    over.hidden = false;
    title.textContent = words.ended_title;
    actions.replaceChildren(
      button({ testid: "done", text: words.done, press: home }),
      button({ testid: "scan-again", text: words.scan_again, kind: "strong", icon: "scan", press: () => go("scan") }),
    );
  };

  const meter = h("div", { class: "meter" }, h("span", { class: "track" }, fill), h("div", { class: "meter-words" }, countdown, kind));
  const actions = h(
    "div",
    { class: "bar pair" },
    button({ testid: "change-case", text: words.change_case, press: backToCard }),
    button({ testid: "done", text: words.done, kind: "strong", press: home }),
  );
  const element = h(
    "main",
    { class: "page show with-bar", testid: "screen-show" },
    title,
    stage,
    over,
    meter,
    h("div", { class: "about", testid: "about" }, ...about(state)),
    actions,
  );

  const start = async (): Promise<void> => {
    const card = state.largePhoto ? await withLargePhoto(state.card) : state.card;
    if (left) return;
    const items = state.challenge ? asked(card, state.challenge) : byDefault(card);
    const agreed = { card, case: state.case, format: state.format, shown: items, challenge: state.challenge };
    maker = issueFor(agreed, state.clock.now());
    renew();
    timer = window.setInterval(tick, TICK);
    tick();
  };
  // After the element stands in the page, so that the stage has its size.
  setTimeout(() => void start(), 0);
  window.addEventListener("resize", redraw);
  const sleep = keepAwake();
  return {
    element,
    leave: () => {
      left = true;
      clearInterval(timer);
      window.removeEventListener("resize", redraw);
      sleep();
    },
  };
}

/** A new presentation, kept as the last; in the case that shows the last one again, that one. */
function nextOf(state: State, maker: Maker | undefined): Uint8Array | undefined {
  const key = lastKey(state);
  const last = state.case === "replayed" ? state.last.get(key) : undefined;
  const packed = last ?? maker?.(state.clock.now());
  if (packed) state.last.set(key, packed);
  return packed;
}

function begin(packed: Uint8Array, code: Code): Shown {
  const since = Date.now();
  const symbol = code === "moving" || (code === "auto" && packed.length > MOST_IN_ONE) ? undefined : oneOf(packed);
  if (symbol) return { parts: undefined, version: undefined, symbol, part: 1, since };
  const parts = cut(packed);
  const first = parts.next();
  const version = versionOfParts(first);
  return { parts, version, symbol: symbolOf(first, version), part: 1, since };
}

/** All in one symbol; undefined where that is more than a camera reads. */
function oneOf(packed: Uint8Array): Symbol | undefined {
  const text = toText(PRESENTATION_PREFIX, packed);
  return text.length <= MOST_CHARACTERS ? symbolOf(text) : undefined;
}

function advance(shown: Shown, parts: Parts): void {
  shown.symbol = symbolOf(parts.next(), shown.version);
  shown.part = (shown.part % parts.count) + 1;
}

function sideOf(stage: HTMLElement): number {
  return Math.min(stage.clientWidth, stage.clientHeight);
}

function about(state: State): HTMLElement[] {
  const words = wordsOf(state);
  const answers = state.challenge ? filled(words.answers, { desk: state.challenge.desk }) : words.answers_nobody;
  return [
    h("p", { class: "about-card" }, state.card.label[state.language]),
    h("p", {}, [words.case[state.case], words.formats[state.format], answers].join(" · ")),
  ];
}
