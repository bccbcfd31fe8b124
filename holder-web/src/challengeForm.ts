// The structure of a challenge and its lengths (the optical presentation, section 3b).
import { sameBytes } from "./bytes.ts";
import { cbor, readCbor, Tag } from "./cbor.ts";
import { ALG, ES256, TYP, X5CHAIN } from "./cose.ts";

const TYPE = "application/hwagin-challenge+cbor";
const NONCE_BYTES = 16;
const DISPLAYED_SECONDS = 300;
const PRINTED_SECONDS = 366 * 24 * 60 * 60;
const MOST_CHARACTERS = 80;

export interface Asked {
  namespace: string;
  element: string;
}

export interface ItemsRequest {
  docType: string;
  items: readonly Asked[];
}

/** What the payload says. */
export interface Said {
  /** on a screen, with a nonce; or on paper, without */
  displayed: boolean;
  iat: number;
  exp: number;
  desk: string;
  organisation: string;
  purpose: string;
  version: number;
  /** what the purpose is called, by language */
  label: ReadonlyMap<string, string>;
  items: readonly ItemsRequest[];
}

export interface Message {
  head: Uint8Array;
  x5chain: readonly Uint8Array[];
  payload: Uint8Array;
  signature: Uint8Array;
}

/** The COSE_Sign1 of a challenge, nothing of it verified; undefined where it is not as the section has it. */
export function readSign1(body: Uint8Array): Message | undefined {
  const message = tried(body);
  if (!(message instanceof Tag) || message.tag !== 18 || !Array.isArray(message.contents)) return undefined;
  const [head, unprotected, payload, signature, ...more] = message.contents as unknown[];
  if (!(head instanceof Uint8Array) || !(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) {
    return undefined;
  }
  if (!(unprotected instanceof Map) || unprotected.size !== 0 || more.length !== 0) return undefined;
  const header = tried(head);
  if (!(header instanceof Map) || header.size !== 3) return undefined;
  if (header.get(ALG) !== ES256 || header.get(TYP) !== TYPE) return undefined;
  const x5chain = readChain(header.get(X5CHAIN));
  return x5chain && { head, x5chain, payload, signature };
}

function readChain(value: unknown): Uint8Array[] | undefined {
  if (value instanceof Uint8Array) return [value];
  if (!Array.isArray(value) || value.length < 2 || value.length > 4) return undefined;
  return value.every((one) => one instanceof Uint8Array) ? value : undefined;
}

/** The payload; undefined where a key is missing, not listed, twice, of another type or length. */
export function readPayload(payload: Uint8Array): Said | undefined {
  const map = tried(payload);
  if (!(map instanceof Map) || !sameBytes(cbor(map), payload)) return undefined;
  const nonce: unknown = map.get(1);
  const displayed = map.has(1);
  if (displayed && !(nonce instanceof Uint8Array && nonce.length === NONCE_BYTES)) return undefined;
  if (map.size !== (displayed ? 9 : 8)) return undefined;

  const [iat, exp, desk, organisation, purpose, version, label, items] = [2, 3, 4, 5, 6, 7, 8, 9].map(
    (key): unknown => map.get(key),
  );
  if (!isUint(iat) || !isUint(exp) || !isUint(version)) return undefined;
  if (exp - iat > (displayed ? DISPLAYED_SECONDS : PRINTED_SECONDS)) return undefined;
  if (!isName(desk) || !isName(organisation) || typeof purpose !== "string") return undefined;
  if (!isTextMap(label) || !label.has("en") || !Array.isArray(items) || items.length === 0) return undefined;
  const requests = items.map(readItemsRequest).filter((request) => request !== undefined);
  if (requests.length !== items.length) return undefined;
  if (new Set(requests.map(({ docType }) => docType)).size !== requests.length) return undefined;
  return { displayed, iat, exp, desk, organisation, purpose, version, label, items: requests };
}

/** `{ "docType": tstr, "nameSpaces": { tstr: { tstr: false } } }` */
function readItemsRequest(value: unknown): ItemsRequest | undefined {
  if (!(value instanceof Map) || value.size !== 2) return undefined;
  const docType: unknown = value.get("docType");
  const nameSpaces: unknown = value.get("nameSpaces");
  if (typeof docType !== "string" || !(nameSpaces instanceof Map)) return undefined;
  const items: Asked[] = [];
  for (const [namespace, elements] of nameSpaces as Map<unknown, unknown>) {
    if (typeof namespace !== "string" || !(elements instanceof Map) || elements.size === 0) return undefined;
    for (const [element, intentToRetain] of elements as Map<unknown, unknown>) {
      if (typeof element !== "string" || intentToRetain !== false) return undefined;
      items.push({ namespace, element });
    }
  }
  return items.length > 0 ? { docType, items } : undefined;
}

function isUint(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** 1 to 80 characters, counted as Unicode scalar values. */
function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && [...value].length <= MOST_CHARACTERS;
}

function isTextMap(value: unknown): value is Map<string, string> {
  return value instanceof Map && [...value].flat().every((one) => typeof one === "string");
}

function tried(bytes: Uint8Array): unknown {
  try {
    return readCbor(bytes);
  } catch {
    return undefined;
  }
}
