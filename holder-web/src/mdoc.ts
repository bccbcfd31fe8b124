// An mdoc (ISO/IEC 18013-5): the training issuer signs it, and the card's device presents it.
import { sha256 } from "@noble/hashes/sha2.js";
import { random, shuffled } from "./bytes.ts";
import { cbor, embedded, Encoded, Tag } from "./cbor.ts";
import { ALTERED, type Validity } from "./cases.ts";
import { ALG, ES256, type Key, sign1, type Sign1, X5CHAIN } from "./cose.ts";
import type { Made } from "./envelope.ts";
import { deviceAuthentication } from "./handover.ts";
import type { Card, Issuer, Item } from "./training.ts";

const SALT_BYTES = 16;

/** One element as the issuer made it. */
export interface IssuerSignedItem {
  item: Item;
  digestID: number;
  random: Uint8Array;
}

export interface IssuedMdoc {
  docType: string;
  items: readonly IssuerSignedItem[];
  issuerAuth: Sign1;
}

export interface ToIssue {
  card: Card;
  issuer: Issuer;
  validity: Validity;
  statusIndex: number;
}

/** A document with a MobileSecurityObject over every item of the card; digest IDs are in no order of the items. */
export function issueMdoc({ card, issuer, validity, statusIndex }: ToIssue): IssuedMdoc {
  const items = shuffled(card.items).map((item, digestID) => ({ item, digestID, random: random(SALT_BYTES) }));
  const mso = {
    version: "1.0",
    digestAlgorithm: "SHA-256",
    valueDigests: valueDigests(items),
    deviceKeyInfo: { deviceKey: card.device.coseKey },
    docType: card.docType,
    validityInfo: {
      signed: tdate(validity.signed),
      validFrom: tdate(validity.validFrom),
      validUntil: tdate(validity.validUntil),
    },
    status: { status_list: { idx: statusIndex, uri: issuer.statusUri } },
  };
  const chain = issuer.x5chain.length === 1 ? issuer.x5chain[0] : issuer.x5chain;
  const issuerAuth = sign1(
    {
      protected: new Map([[ALG, ES256]]),
      unprotected: new Map([[X5CHAIN, chain]]),
      payload: cbor(embedded(mso)),
    },
    issuer.key,
  );
  return { docType: card.docType, items, issuerAuth };
}

function valueDigests(items: readonly IssuerSignedItem[]): Map<string, Map<number, Uint8Array>> {
  const digests = new Map<string, Map<number, Uint8Array>>();
  for (const one of items) {
    const { namespace } = one.item;
    digests.set(namespace, (digests.get(namespace) ?? new Map()).set(one.digestID, sha256(itemBytes(one))));
  }
  return digests;
}

/** IssuerSignedItemBytes: tag 24 and its head, which are part of what the digest is made of. */
export function itemBytes({ item, digestID, random }: IssuerSignedItem, value = new Encoded(item.value)): Uint8Array {
  return cbor(embedded({ digestID, random, elementIdentifier: item.element, elementValue: value }));
}

/** tag 0 around RFC 3339 text in UTC, without fractions of a second */
function tdate(seconds: number): Tag {
  return new Tag(0, new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z"));
}

export interface ToPresent {
  made: Made;
  shown: readonly Item[];
  altered: Item | undefined;
  device: Key;
}

/** An encoded DeviceResponse with this one document, signed by the device. */
export function presentMdoc(issued: IssuedMdoc, { made, shown, altered, device }: ToPresent): Uint8Array {
  const nameSpaces = new Map<string, Encoded[]>();
  for (const item of shown) {
    const signed = issued.items.find((one) => same(one.item, item));
    if (!signed) continue;
    const bytes = itemBytes(signed, altered && same(altered, item) ? ALTERED : undefined);
    nameSpaces.set(item.namespace, [...(nameSpaces.get(item.namespace) ?? []), new Encoded(bytes)]);
  }
  const deviceNameSpaces = embedded(new Map());
  const deviceSignature = sign1(
    {
      protected: new Map([[ALG, ES256]]),
      payload: deviceAuthentication(made, issued.docType, deviceNameSpaces),
      detached: true,
    },
    device,
  );
  const { docType, issuerAuth } = issued;
  const issuerSigned = nameSpaces.size > 0 ? { nameSpaces, issuerAuth } : { issuerAuth };
  const deviceSigned = { nameSpaces: deviceNameSpaces, deviceAuth: { deviceSignature } };
  return cbor({ version: "1.0", documents: [{ docType, issuerSigned, deviceSigned }], status: 0 });
}

function same(a: Item, b: Item): boolean {
  return a.namespace === b.namespace && a.element === b.element;
}

