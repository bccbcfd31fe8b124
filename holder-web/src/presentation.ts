// From a card and a case to what is shown: the bytes behind the text form, made anew for every symbol.
import { random } from "./bytes.ts";
import { alteredItem, type Case, type Format, madeAt, validityOf } from "./cases.ts";
import type { Challenge } from "./challenge.ts";
import type { Asked } from "./challengeForm.ts";
import { strangeKey } from "./cose.ts";
import { encodeEnvelope, type Made } from "./envelope.ts";
import { issueMdoc, presentMdoc, type ToPresent } from "./mdoc.ts";
import { issueSdCwt, presentSdCwt } from "./sdCwt.ts";
import { pack } from "./text.ts";
import { type Card, ISSUER, type Item } from "./training.ts";

export interface Agreed {
  card: Card;
  case: Case;
  format: Format;
  /** what the holder agreed to show, items of the card */
  shown: readonly Item[];
  /** what is answered; undefined where nobody asked */
  challenge: Challenge | undefined;
}

/** Makes a new presentation: packing byte and body, at the time given. */
export type Maker = (at: number) => Uint8Array;

/** The card is issued once, at `at`; every call of what comes back presents it anew. */
export function issueFor(agreed: Agreed, at: number): Maker {
  const { card, case: which } = agreed;
  const statusIndex = which === "suspended" || which === "revoked" ? card.status[which] : card.status.good;
  const toIssue = { card, issuer: ISSUER, validity: validityOf(which, at, ISSUER), statusIndex };
  const toPresent = (now: number): ToPresent => ({
    made: make(agreed, now),
    shown: agreed.shown,
    altered: alteredItem(which, agreed.shown),
    device: which === "wrong-device-key" ? strangeKey() : card.device,
  });
  if (agreed.format === "sd-cwt") {
    const issued = issueSdCwt(toIssue);
    return (now) => pack(presentSdCwt(issued, toPresent(now)));
  }
  const issued = issueMdoc(toIssue);
  return (now) => {
    const how = toPresent(now);
    return pack(encodeEnvelope({ response: presentMdoc(issued, how), made: how.made }));
  };
}

function make({ case: which, challenge }: Agreed, now: number): Made {
  return {
    iat: madeAt(which, now),
    cti: random(16),
    purpose: challenge?.purpose,
    challenge: which === "other-desk" ? random(32) : challenge?.hash,
  };
}

/**
 * The items of the card that a desk asked for, in the order of the card: deterministic encoding leaves the desk none.
 * What the card does not have is left out.
 */
export function asked(card: Card, challenge: Challenge): Item[] {
  const wanted = challenge.items.find(({ docType }) => docType === card.docType)?.items ?? [];
  return card.items.filter((item) => wanted.some((one) => sameElement(one, item)));
}

/** What a desk asked for and this card does not have. */
export function lacking(card: Card, challenge: Challenge): Asked[] {
  const wanted = challenge.items.find(({ docType }) => docType === card.docType)?.items ?? [];
  return wanted.filter((one) => !card.items.some((item) => sameElement(one, item)));
}

function sameElement(a: Asked, b: Asked): boolean {
  return a.namespace === b.namespace && a.element === b.element;
}

/** The items shown where nobody asked. */
export function byDefault(card: Card): Item[] {
  return card.items.filter((item) => item.byDefault);
}
