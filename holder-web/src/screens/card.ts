// The second screen: the case, the format, and whether a desk is asked first.
import { CARD_CASES, type Case, CODES, FORMATS, PROOF_CASES } from "../cases.ts";
import { button, h } from "../element.ts";
import { lastKey, type Screen, type Way, wordsOf } from "../state.ts";
import { cardFace, pictureUrls } from "./cards.ts";

export function cardScreen({ state, go }: Way): Screen {
  const words = wordsOf(state);
  const pictures = pictureUrls();
  const meaning = h("p", { class: "hint", testid: "case-means", attributes: { id: "case-means" } });
  const bar = h("div", { class: "bar" });

  const fresh = (): void => {
    state.challenge = undefined;
    go("consent");
  };
  const drawBar = (): void => {
    const again = state.case === "replayed" && state.last.has(lastKey(state));
    const actions = again
      ? [button({ testid: "again", text: words.again, kind: "strong", icon: "show", press: () => go("show") })]
      : [
          button({ testid: "scan", text: words.scan, kind: "strong", icon: "scan", press: () => go("scan") }),
          button({ testid: "fresh", text: words.fresh, icon: "show", press: fresh }),
        ];
    bar.replaceChildren(...actions);
  };
  const drawCase = (): void => {
    meaning.textContent = words.case_means[state.case];
    drawBar();
  };

  const option = (value: Case): HTMLOptionElement => {
    const one = h("option", { attributes: { value } }, words.case[value]);
    one.selected = value === state.case;
    return one;
  };
  const select = h(
    "select",
    { class: "field", testid: "case", attributes: { id: "case", "aria-describedby": "case-means" } },
    h("optgroup", { attributes: { label: words.cases_card } }, ...CARD_CASES.map(option)),
    h("optgroup", { attributes: { label: words.cases_proof } }, ...PROOF_CASES.map(option)),
  );
  select.addEventListener("change", () => {
    state.case = select.value as Case;
    drawCase();
  });

  const element = h(
    "main",
    { class: "page with-bar", testid: "screen-card" },
    h("h1", { class: "unseen" }, state.card.label[state.language]),
    h("div", { class: "chosen" }, cardFace(state.card, state.language, pictures)),
    h("label", { class: "caption", attributes: { for: "case" } }, words.what_is_shown),
    select,
    meaning,
    segments("format", words.format, FORMATS, words.formats, state.format, (format) => {
      state.format = format;
      drawBar();
    }),
    segments("code", words.code, CODES, words.codes, state.code, (code) => {
      state.code = code;
    }),
    h("p", { class: "caption" }, words.photo),
    h(
      "div",
      { class: "panel" },
      toggle("large-photo", words.large_photo, words.large_photo_means, state.largePhoto, (on) => {
        state.largePhoto = on;
      }),
    ),
    bar,
  );
  drawCase();
  return { element, leave: pictures.release };
}

function segments<T extends string>(
  name: string,
  title: string,
  values: readonly T[],
  names: Record<T, string>,
  chosen: T,
  changed: (value: T) => void,
): HTMLElement {
  const choices = values.map((value) => {
    const input = h("input", {
      testid: `${name}-${value}`,
      attributes: { type: "radio", name, value },
      on: { change: () => changed(value) },
    });
    input.checked = value === chosen;
    return h("label", {}, input, h("span", {}, names[value]));
  });
  return h("fieldset", { class: "segments" }, h("legend", { class: "caption" }, title), h("div", {}, ...choices));
}

function toggle(
  testid: string,
  text: string,
  means: string | undefined,
  on: boolean,
  changed: (on: boolean) => void,
): HTMLElement {
  const input = h("input", { class: "switch", testid, attributes: { type: "checkbox", role: "switch" } });
  input.checked = on;
  input.addEventListener("change", () => changed(input.checked));
  return h(
    "label",
    { class: "toggle" },
    h("span", { class: "toggle-words" }, h("span", {}, text), means && h("span", { class: "hint" }, means)),
    input,
  );
}
