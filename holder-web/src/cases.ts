// What the page can show: formats, and the cases a desk is to tell apart.
import { type Issuer, type Item } from "./training.ts";
import { cbor, Encoded } from "./cbor.ts";

export const FORMATS = ["mdoc", "sd-cwt"] as const;
export type Format = (typeof FORMATS)[number];

/** Whether the code moves: where the specification says so, never where one symbol can hold it, or always. */
export const CODES = ["auto", "one", "moving"] as const;
export type Code = (typeof CODES)[number];

/** Cases of the card: what the issuer said, or what became of it. */
export const CARD_CASES = ["valid", "suspended", "revoked", "expired", "not-yet", "altered-name"] as const;
/** Cases of the presentation: when it was made, by which phone, and what it answers. */
export const PROOF_CASES = ["stale", "future", "wrong-device-key", "other-desk", "replayed"] as const;
export const CASES = [...CARD_CASES, ...PROOF_CASES];
export type Case = (typeof CARD_CASES)[number] | (typeof PROOF_CASES)[number];

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Seconds since 1970, each. */
export interface Validity {
  signed: number;
  validFrom: number;
  validUntil: number;
}

/** Signed ten days ago for 180 days, but not past the issuer's certificate; or as the case has it. */
export function validityOf(which: Case, at: number, issuer: Pick<Issuer, "ends">): Validity {
  const signed = at - 10 * DAY;
  const validUntil = Math.min(signed + 180 * DAY, issuer.ends);
  switch (which) {
    case "expired":
      return { signed, validFrom: signed, validUntil: at - DAY };
    case "not-yet":
      return { signed, validFrom: at + DAY, validUntil };
    default:
      return { signed, validFrom: signed, validUntil };
  }
}

/** When the presentation says it was made. */
export function madeAt(which: Case, at: number): number {
  if (which === "stale") return at - 10 * MINUTE;
  return which === "future" ? at + 10 * MINUTE : at;
}

/**
 * The item that the case alters after the issuer signed it: the family name, else the first one shown;
 * undefined where the case alters none.
 */
export function alteredItem(which: Case, shown: readonly Item[]): Item | undefined {
  if (which !== "altered-name") return undefined;
  return shown.find(({ element }) => element.startsWith("family_name")) ?? shown[0];
}

/** What stands in an altered item. */
export const ALTERED = new Encoded(cbor("IMPOSTOR"));
