// The first screen: which sample card.
import { h, icon } from "../element.ts";
import { pictureIn, portraitOf } from "../photo.ts";
import type { Screen, Way } from "../state.ts";
import { wordsOf } from "../state.ts";
import { type Card, CARDS, ISSUER, type Language } from "../training.ts";
import { readCbor } from "../cbor.ts";

export function cardsScreen({ state, go }: Way): Screen {
  const words = wordsOf(state);
  const pictures = pictureUrls();
  const tiles = CARDS.map((card) =>
    h(
      "button",
      {
        class: "choice",
        testid: `card-${card.id}`,
        attributes: { type: "button" },
        on: {
          click: () => {
            state.card = card;
            go("card");
          },
        },
      },
      cardFace(card, state.language, pictures),
      icon("next"),
    ),
  );
  const element = h(
    "main",
    { class: "page", testid: "screen-cards" },
    h("h1", {}, words.cards_title),
    h("p", { class: "lead" }, words.cards_lead),
    state.clock.now() > ISSUER.ends && h("p", { class: "notice warn", testid: "training-ended" }, icon("warning"), h("span", {}, words.card_ended)),
    h("div", { class: "choices" }, ...tiles),
    h("ol", { class: "steps" }, ...words.steps.map((step) => h("li", {}, h("span", {}, step)))),
    h("p", { class: "foot" }, words.cards_note),
  );
  return { element, leave: pictures.release };
}

/** Addresses of pictures within this page, until they are released. */
export interface Pictures {
  of(blob: Blob): string;
  release: () => void;
}

export function pictureUrls(): Pictures {
  const urls: string[] = [];
  return {
    of: (blob) => {
      const url = URL.createObjectURL(blob);
      urls.push(url);
      return url;
    },
    release: () => urls.forEach((url) => URL.revokeObjectURL(url)),
  };
}

/** The card as it lies in a wallet: portrait, what it is called, whose it is. */
export function cardFace(card: Card, language: Language, pictures: Pictures): HTMLElement {
  const portrait = portraitOf(card);
  const blob = portrait && pictureIn(portrait);
  const image = blob && h("img", { class: "portrait", attributes: { src: pictures.of(blob), alt: "" } });
  return h(
    "span",
    { class: `face face-${card.id}` },
    image,
    h(
      "span",
      { class: "face-words" },
      h("span", { class: "face-kind" }, card.label[language]),
      h("span", { class: "face-name" }, nameOn(card)),
    ),
  );
}

function nameOn(card: Card): string {
  const parts = ["family_name", "given_name"].map((start) => {
    const item = card.items.find(({ element }) => element === start || element === `${start}_latin1`);
    const value = item && readCbor(item.value);
    return typeof value === "string" ? value : "";
  });
  return parts.join(" ").trim();
}
