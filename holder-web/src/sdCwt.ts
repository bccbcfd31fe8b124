// An SD-CWT in its key binding token (draft-ietf-spice-sd-cwt-06; the optical presentation, section 3a).
import { sha256 } from "@noble/hashes/sha2.js";
import { random, shuffled } from "./bytes.ts";
import { ALTERED } from "./cases.ts";
import { cbor, Encoded, Simple, Tag } from "./cbor.ts";
import { ALG, ES256, type Header, KCWT, sign1, TYP, X5CHAIN } from "./cose.ts";
import type { Made } from "./envelope.ts";
import type { ToIssue, ToPresent } from "./mdoc.ts";
import type { Item } from "./training.ts";

const SD_CWT = 293;
const KEY_BINDING = 294;
const SD_CLAIMS = 17;
const REDACTED_KEYS = new Simple(59);
const SALT_BYTES = 16;
const AUDIENCE = "hwagin:optical:1";

/** CWT claims */
const SUB = 2;
const AUD = 3;
const EXP = 4;
const NBF = 5;
const IAT = 6;
const CTI = 7;
const CNF = 8;
const VCT = 11;
const CNONCE = 39;
const STATUS = 65_535;

interface Disclosure {
  item: Item;
  salt: Uint8Array;
}

export interface IssuedSdCwt {
  disclosures: readonly Disclosure[];
  /** protected header and payload as signed, and the signature */
  head: Uint8Array;
  payload: Uint8Array;
  signature: Uint8Array;
}

/** An SD-CWT in which every element is redacted by itself, in the map of its namespace. */
export function issueSdCwt({ card, issuer, validity, statusIndex }: ToIssue): IssuedSdCwt {
  const disclosures = card.items.map((item) => ({ item, salt: random(SALT_BYTES) }));
  const claims = new Map<unknown, unknown>([
    [SUB, "training"],
    [EXP, validity.validUntil],
    [NBF, validity.validFrom],
    [IAT, Math.max(validity.signed, validity.validFrom)],
    [CNF, new Map([[1, card.device.coseKey]])],
    [VCT, card.docType],
    [STATUS, { status_list: { idx: statusIndex, uri: issuer.statusUri } }],
    ...redacted(disclosures),
  ]);
  const chain = issuer.x5chain.length === 1 ? issuer.x5chain[0] : issuer.x5chain;
  const [head, , , signature] = sign1(
    { protected: new Map<number, unknown>([[ALG, ES256], [TYP, SD_CWT], [X5CHAIN, chain]]), payload: cbor(claims) },
    issuer.key,
  );
  return { disclosures, head, payload: cbor(claims), signature };
}

/** namespace → simple(59) → the hashes of its disclosures, in no order of the elements */
function redacted(disclosures: readonly Disclosure[]): Map<string, Map<Simple, Uint8Array[]>> {
  const hashes = new Map<string, Uint8Array[]>();
  for (const one of shuffled(disclosures)) {
    const { namespace } = one.item;
    hashes.set(namespace, [...(hashes.get(namespace) ?? []), sha256(cbor(disclosure(one)))]);
  }
  return new Map([...hashes].map(([namespace, list]) => [namespace, new Map([[REDACTED_KEYS, list]])]));
}

/** `[salt, value, key]`, encoded; the hash is made of the byte string that holds it, with its head. */
function disclosure({ item, salt }: Disclosure, value = new Encoded(item.value)): Uint8Array {
  return cbor([salt, value, item.element]);
}

/** The key binding token with the SD-CWT and the disclosures of what is shown, signed by the device. */
export function presentSdCwt(issued: IssuedSdCwt, { made, shown, altered, device }: ToPresent): Uint8Array {
  const opened = issued.disclosures
    .filter(({ item }) => shown.includes(item))
    .map((one) => disclosure(one, one.item === altered ? ALTERED : undefined));
  // An empty array is not allowed: what discloses nothing has no such header.
  const unprotected: Header = opened.length > 0 ? new Map([[SD_CLAIMS, opened]]) : new Map();
  const sdCwt = new Tag(18, [issued.head, unprotected, issued.payload, issued.signature]);
  const header = new Map<number, unknown>([[ALG, ES256], [TYP, KEY_BINDING], [KCWT, sdCwt]]);
  return cbor(new Tag(18, sign1({ protected: header, payload: cbor(keyBinding(made)) }, device)));
}

function keyBinding({ iat, cti, purpose, challenge }: Made): Map<number, unknown> {
  const audience = purpose === undefined ? AUDIENCE : `${AUDIENCE}:${purpose}`;
  const claims = new Map<number, unknown>([[AUD, audience], [IAT, iat], [CTI, cti]]);
  if (challenge) claims.set(CNONCE, challenge);
  return claims;
}
