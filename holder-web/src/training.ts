// What this page carries: the training issuer's key and certificate, and the sample cards. None of it is secret.
import { fromBase64 } from "./bytes.ts";
import { type Jwk, type Key, keyOf } from "./cose.ts";
import data from "../data/training.json";

export type Language = "ko" | "en";
export type Labels = Record<Language, string>;

export interface Item {
  namespace: string;
  element: string;
  /** one encoded CBOR item */
  value: Uint8Array;
  label: Labels | undefined;
  /** disclosed where no desk has asked */
  byDefault: boolean;
}

export interface Card {
  id: string;
  docType: string;
  label: Labels;
  device: Key;
  status: { good: number; suspended: number; revoked: number };
  items: readonly Item[];
}

export interface Issuer {
  key: Key;
  /** the document signer's certificate, DER */
  x5chain: readonly Uint8Array[];
  statusUri: string;
  /** when the certificate ends, seconds since 1970 */
  ends: number;
}

interface RawItem {
  namespace: string;
  element: string;
  value: string;
  label?: Labels | null;
  default: boolean;
}

export const ISSUER: Issuer = {
  key: keyOf(data.issuer.key as Jwk),
  x5chain: data.issuer.x5chain.map(fromBase64),
  statusUri: data.statusUri,
  ends: data.issuer.ends,
};

export const CARDS: readonly Card[] = data.cards.map((card) => ({
  id: card.id,
  docType: card.docType,
  label: card.label,
  device: keyOf(card.device as Jwk),
  status: card.status,
  items: (card.items as RawItem[]).map((item) => ({
    namespace: item.namespace,
    element: item.element,
    value: fromBase64(item.value),
    label: item.label ?? undefined,
    byDefault: item.default,
  })),
}));

export function cardNamed(id: string): Card | undefined {
  return CARDS.find((card) => card.id === id);
}

export function cardOf(docType: string): Card | undefined {
  return CARDS.find((card) => card.docType === docType);
}

/** What an element is called, by whichever card has a name for it; without one, the element itself. */
export function nameOf({ namespace, element }: Pick<Item, "namespace" | "element">, language: Language): string {
  const named = CARDS.flatMap(({ items }) => items).find(
    (item) => item.namespace === namespace && item.element === element && item.label,
  );
  return named?.label?.[language] ?? element;
}
