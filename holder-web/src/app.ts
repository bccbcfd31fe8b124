// The frame around every screen, and the way from one to the next.
import { button, h } from "./element.ts";
import { readParameters } from "./parameters.ts";
import { cardScreen } from "./screens/card.ts";
import { cardsScreen } from "./screens/cards.ts";
import { consentScreen } from "./screens/consent.ts";
import { scanScreen } from "./screens/scan.ts";
import { showScreen } from "./screens/show.ts";
import { type Screen, type ScreenName, stateFrom, type Way, wordsOf } from "./state.ts";
import { asked } from "./presentation.ts";
import { take } from "./take.ts";
import { cardOf } from "./training.ts";

const SCREENS: Record<ScreenName, (way: Way) => Screen> = {
  cards: cardsScreen,
  card: cardScreen,
  scan: scanScreen,
  consent: consentScreen,
  show: showScreen,
};

export function startApp(root: HTMLElement): void {
  const parameters = readParameters(location.search, navigator.languages);
  const state = stateFrom(parameters);
  const path: ScreenName[] = ["cards"];
  let current: Screen | undefined;

  const way: Way = {
    state,
    go: (screen) => {
      path.push(screen);
      history.pushState(path.length, "");
      render();
    },
    back: () => {
      if (path.length > 1) history.back();
    },
    backToCard: () => {
      const at = path.lastIndexOf("card");
      if (at >= 0) history.go(at + 1 - path.length);
      else way.go("card");
    },
    home: () => {
      if (path.length > 1) history.go(1 - path.length);
    },
  };
  // The phone's own way back leads through the same screens.
  window.addEventListener("popstate", (event) => {
    const depth = typeof event.state === "number" ? event.state : 1;
    path.length = Math.max(1, Math.min(depth, path.length));
    render();
  });

  if (parameters.card) path.push("card");
  if (parameters.challenge !== undefined) path.push(...takeFromAddress(parameters.challenge));
  history.replaceState(1, "");
  for (let depth = 2; depth <= path.length; depth++) history.pushState(depth, "");
  render();

  function takeFromAddress(text: string): ScreenName[] {
    if (!take(state, text) || !state.challenge) return ["scan"];
    const { challenge } = state;
    const able = challenge.items.map(({ docType }) => cardOf(docType)).find((card) => card && asked(card, challenge).length > 0);
    if (!parameters.card && able) state.card = able;
    return ["consent"];
  }

  function render(): void {
    current?.leave?.();
    const name = path.at(-1) ?? "cards";
    current = SCREENS[name](way);
    const words = wordsOf(state);
    document.documentElement.lang = state.language;
    document.title = `${words.training} · ${words.product} · ${words.page}`;
    root.replaceChildren(header(name), current.element);
    window.scrollTo(0, 0);
    // So that a screen reader begins with the new screen.
    current.element.tabIndex = -1;
    current.element.focus({ preventScroll: true });
  }

  function header(name: ScreenName): HTMLElement {
    const words = wordsOf(state);
    const turn = (): void => {
      state.language = state.language === "ko" ? "en" : "ko";
      render();
    };
    const start =
      name === "cards"
        ? h("span", { class: "brand" }, mark(), h("strong", {}, words.product), h("span", { class: "brand-page" }, words.page))
        : button({ testid: "back", text: words.back, kind: "quiet", icon: "back", press: way.back });
    return h(
      "header",
      {},
      h("div", { class: "top" }, start, button({ testid: "language", text: words.language, kind: "quiet", icon: "language", press: turn })),
      h("p", { class: "training", testid: "training" }, h("span", {}, h("strong", {}, words.training), " ", words.training_means)),
    );
  }
}

/** The project's mark: the first letter of 확인. */
function mark(): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M12 8h8M7 13h18M16 17a4.5 4.5 0 100 9 4.5 4.5 0 000-9z");
  svg.append(path);
  return svg;
}
