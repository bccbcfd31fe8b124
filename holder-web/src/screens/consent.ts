// Who asks, what for, and which items: the holder agrees or does not (the optical presentation, section 3b).
import type { Challenge } from "../challenge.ts";
import { button, h, icon } from "../element.ts";
import { asked, byDefault, lacking } from "../presentation.ts";
import { type Screen, type Way, wordsOf } from "../state.ts";
import { type Card, cardOf, type Item, type Language, nameOf } from "../training.ts";
import { filled, type Words } from "../words/words.ts";
import { cardFace, pictureUrls } from "./cards.ts";

export function consentScreen(way: Way): Screen {
  const { state, back, go } = way;
  const words = wordsOf(state);
  const { card, challenge, language } = state;
  const pictures = pictureUrls();
  const items = challenge ? asked(card, challenge) : byDefault(card);
  const problem = challenge && items.length === 0 ? problemOf(way, challenge, words) : undefined;

  const agree = (): void => {
    if (challenge && state.clock.now() >= challenge.exp) {
      state.challenge = undefined;
      state.refusal = "ended";
      go("scan");
    } else {
      go("show");
    }
  };
  const element = h(
    "main",
    { class: "page with-bar", testid: "screen-consent" },
    ...(challenge ? whoAsks(challenge, language, words) : nobodyAsks(words)),
    h("div", { class: "chosen" }, cardFace(card, language, pictures)),
    problem ?? listed(card, items, challenge, language, words),
    h(
      "div",
      { class: "bar pair" },
      button({ testid: "decline", text: words.decline, press: back }),
      !problem && button({ testid: "agree", text: words.agree, kind: "strong", press: agree }),
    ),
  );
  return { element, leave: pictures.release };
}

function whoAsks(challenge: Challenge, language: Language, words: Words): HTMLElement[] {
  const { desk, organisation, purpose, label, displayed } = challenge;
  return [
    h("h1", { testid: "asker" }, filled(words.asks, { desk })),
    h(
      "div",
      { class: "panel" },
      h(
        "dl",
        { class: "facts" },
        h("dt", {}, words.purpose),
        h("dd", { testid: "purpose", attributes: { "data-purpose": purpose } }, labelIn(label, language)),
        h("dt", {}, words.desk),
        h("dd", { testid: "desk" }, desk),
        h("dt", {}, words.organisation),
        h("dd", { testid: "organisation" }, organisation),
      ),
      h(
        "p",
        { class: "notice warn", testid: "unconfirmed" },
        icon("warning"),
        h("span", {}, h("strong", { class: "line" }, words.unconfirmed), words.unconfirmed_means),
      ),
      !displayed && h("p", { class: "notice soft", testid: "printed" }, icon("desk"), h("span", {}, words.printed)),
    ),
  ];
}

/** What the purpose is called in the language of the page, else in English, which every challenge has. */
function labelIn(label: ReadonlyMap<string, string>, language: Language): string {
  return label.get(language) ?? label.get("en") ?? "";
}

function nobodyAsks(words: Words): HTMLElement[] {
  return [h("h1", { testid: "asker" }, words.nobody_asked), h("p", { class: "lead" }, words.nobody_asked_means)];
}

function listed(
  card: Card,
  items: readonly Item[],
  challenge: Challenge | undefined,
  language: Language,
  words: Words,
): HTMLElement {
  const missing = challenge ? lacking(card, challenge) : [];
  return h(
    "section",
    {},
    h("h2", { class: "caption" }, filled(words.items_shown, { count: items.length })),
    h("ul", { class: "items panel", testid: "items" }, ...items.map((item) => line(nameOf(item, language), "check"))),
    missing.length > 0 && h("h2", { class: "caption" }, words.items_missing),
    missing.length > 0 &&
      h(
        "ul",
        { class: "items missing panel", testid: "items-missing" },
        ...missing.map((one) => line(nameOf(one, language), "missing")),
      ),
  );
}

function line(text: string, mark: "check" | "missing"): HTMLElement {
  return h("li", {}, icon(mark), h("span", {}, text));
}

/** Why this card cannot answer, with another card that can. */
function problemOf({ state, go }: Way, challenge: Challenge, words: Words): HTMLElement {
  const other = challenge.items
    .map(({ docType }) => cardOf(docType))
    .find((card) => card !== undefined && card !== state.card && asked(card, challenge).length > 0);
  const takesThis = challenge.items.some(({ docType }) => docType === state.card.docType);
  const sentence = other ? words.refusal.other_card : takesThis ? words.refusal.no_items : words.refusal.no_card;
  return h(
    "div",
    { class: "panel padded" },
    h("p", { class: "notice soft", testid: "refusal" }, icon("desk"), h("span", {}, sentence)),
    other &&
      button({
        testid: "take-other",
        kind: "strong",
        text: filled(words.take_other, { card: other.label[state.language] }),
        press: () => {
          state.card = other;
          go("consent");
        },
      }),
  );
}
