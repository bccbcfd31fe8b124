// The vectors of the specification (docs/data/optical-vectors.json): this code says what the file says.
import { readFileSync } from "node:fs";
import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { afterAll, describe, expect, it } from "vitest";
import { cbor, embedded, readCbor, Tag } from "../src/cbor.ts";
import { readChallenge, type Refusal } from "../src/challenge.ts";
import { ALG, ES256, KCWT, sign1, signedBytes, TYP } from "../src/cose.ts";
import { encodeEnvelope, type Made } from "../src/envelope.ts";
import { deviceAuthentication, sessionTranscript } from "../src/handover.ts";
import { cut } from "../src/parts.ts";
import { CHALLENGE_PREFIX, fromText, pack, PRESENTATION_PREFIX, toText, unpack } from "../src/text.ts";

interface Presentation {
  name: string;
  text: string;
  packed: string;
  body: string;
  cti: string;
  iat: number;
  replay_id: string;
}

interface Mdoc extends Presentation {
  format: "mdoc";
  response: string;
  envelope_purpose: string | null;
  envelope_challenge: string | null;
  handover: { hashed: string; hash: string; session_transcript: string; device_authentication_bytes: string };
  device_signature: string;
}

interface SdCwt extends Presentation {
  format: "sd-cwt";
  payload: string;
  aud: string;
  cnonce: string | null;
}

interface Parts {
  name: string;
  presentation: string | null;
  packed: string;
  message: string;
  length: number;
  wanted: number;
  count: number;
  fragment: number;
  parts: string[];
}

interface Challenge {
  name: string;
  at: number;
  text: string;
  body: string;
  payload: string;
  certificate: string;
  hash: string;
  displayed: boolean;
  iat: number;
  exp: number;
  desk: string;
  organisation: string;
  purpose: string;
  version: number;
  label: Record<string, string>;
  items: { docType: string; nameSpaces: Record<string, string[]> }[];
}

interface RefusedChallenge {
  name: string;
  at: number;
  text: string;
  verdict: "no challenge" | "ended" | "ahead";
}

interface Vectors {
  device: { doc_type: string; private_key: string; cose_key: string };
  presentations: (Mdoc | SdCwt)[];
  parts: Parts[];
  challenges: Challenge[];
  refused_challenges: RefusedChallenge[];
}

const file = new URL("../../docs/data/optical-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;
const mdocs = vectors.presentations.filter((one) => one.format === "mdoc");
const sdCwts = vectors.presentations.filter((one) => one.format === "sd-cwt");
const secret = hexToBytes(vectors.device.private_key);
const coseKey = hexToBytes(vectors.device.cose_key);
const point = p256.getPublicKey(secret, false);
const device = { secret, coseKey: readCbor(coseKey) as Map<number, unknown> };

/** What was checked, by kind. */
const checked = new Map<string, number>();
const count = (kind: string): void => void checked.set(kind, (checked.get(kind) ?? 0) + 1);

const made = (one: Mdoc): Made => ({
  iat: one.iat,
  cti: hexToBytes(one.cti),
  purpose: one.envelope_purpose ?? undefined,
  challenge: one.envelope_challenge === null ? undefined : hexToBytes(one.envelope_challenge),
});

describe("the text form", () => {
  it.each(vectors.presentations)("of $name", ({ text, packed, body }) => {
    expect(toText(PRESENTATION_PREFIX, hexToBytes(packed))).toBe(text);
    expect(bytesToHex(fromText(PRESENTATION_PREFIX, text)!)).toBe(body);
    // Two compressors need not write the same stream; each reads the other's.
    expect(bytesToHex(unpack(pack(hexToBytes(body)))!)).toBe(body);
    count("texts");
  });
});

describe("an mdoc", () => {
  it.each(mdocs)("$name has the envelope, and what is signed for it", (one) => {
    const { handover } = one;
    expect(bytesToHex(encodeEnvelope({ response: hexToBytes(one.response), made: made(one) }))).toBe(one.body);
    expect(bytesToHex(cbor(sessionTranscript(made(one))))).toBe(handover.session_transcript);
    expect(bytesToHex(sha256(hexToBytes(handover.hashed)))).toBe(handover.hash);
    const authentication = deviceAuthentication(made(one), vectors.device.doc_type, embedded(new Map()));
    expect(bytesToHex(authentication)).toBe(handover.device_authentication_bytes);
    // Both sign as RFC 6979 has it, so r is the same; this library takes the smaller of s and n - s.
    const [, , , signature] = sign1({ protected: new Map([[ALG, ES256]]), payload: authentication, detached: true }, device);
    expect(bothForms(signature)).toContain(one.device_signature);
    count("handovers");
  });
});

describe("an SD-CWT", () => {
  it.each(sdCwts)("$name is a token with these claims, signed by the device", (one) => {
    const message = readCbor(hexToBytes(one.body)) as Tag;
    expect(message.tag).toBe(18);
    const [head, unprotected, payload, signature] = message.contents as [Uint8Array, Map<number, unknown>, Uint8Array, Uint8Array];
    const header = readCbor(head) as Map<number, unknown>;
    expect([header.get(ALG), header.get(TYP), (header.get(KCWT) as Tag).tag, header.size, unprotected.size]).toEqual([ES256, 294, 18, 3, 0]);
    expect(bytesToHex(payload)).toBe(one.payload);
    const claims = new Map<number, unknown>([[3, one.aud], [6, one.iat], [7, hexToBytes(one.cti)]]);
    if (one.cnonce !== null) claims.set(39, hexToBytes(one.cnonce));
    expect(bytesToHex(cbor(claims))).toBe(one.payload);
    expect(p256.verify(signature, signedBytes(head, payload), point, { lowS: false })).toBe(true);
    count("tokens");
  });
});

describe("what a desk remembers", () => {
  it.each(vectors.presentations)("of $name", ({ cti, replay_id }) => {
    expect(bytesToHex(sha256(concatBytes(coseKey, hexToBytes(cti))))).toBe(replay_id);
    count("replay ids");
  });
});

describe("the parts", () => {
  it.each(vectors.parts)("of the message $name", (one) => {
    const packed = hexToBytes(one.packed);
    const code = cut(packed, one.wanted);
    expect(bytesToHex(cbor(packed))).toBe(one.message);
    expect(one.length).toBe(one.message.length / 2);
    expect(code.count).toBe(one.count);
    expect(one.parts.length).toBe(2 * one.count);
    expect(one.parts.map(() => code.next())).toEqual(one.parts);
    const of = vectors.presentations.find(({ name }) => name === one.presentation);
    expect(of?.packed ?? null).toBe(one.presentation === null ? null : one.packed);
    count("messages in parts");
  });
});

describe("a challenge", () => {
  it.each(vectors.challenges)("$name says what the file says", (one) => {
    const read = readChallenge(one.text, one.at);
    if (!("challenge" in read)) throw new Error(read.refusal);
    const { challenge } = read;
    expect(bytesToHex(fromText(CHALLENGE_PREFIX, one.text)!)).toBe(one.body);
    expect(bytesToHex(challenge.hash)).toBe(one.hash);
    const { displayed, iat, exp, desk, organisation, purpose, version } = challenge;
    const said = { displayed, iat, exp, desk, organisation, purpose, version };
    expect(one).toMatchObject({ ...said, label: Object.fromEntries(challenge.label) });
    expect(challenge.items.map(({ docType }) => docType)).toEqual(one.items.map(({ docType }) => docType));
    const asked = one.items.map(({ nameSpaces }) => Object.entries(nameSpaces).flatMap(([namespace, elements]) => elements.map((element) => ({ namespace, element }))));
    for (const [at, { items }] of challenge.items.entries()) {
      expect(items.length).toBe(asked[at]?.length);
      expect(items).toEqual(expect.arrayContaining(asked[at] ?? []));
    }
    const [, , payload] = (readCbor(hexToBytes(one.body)) as Tag).contents as [Uint8Array, unknown, Uint8Array];
    expect(bytesToHex(payload)).toBe(one.payload);
    count("challenges");
  });

  it.each(vectors.refused_challenges)("$name is none, or none for now", ({ text, at, verdict }) => {
    const read = readChallenge(text, at);
    expect("refusal" in read ? verdictOf(read.refusal) : "challenge").toBe(verdict);
    count(verdict);
  });
});

/** An ES256 signature, and the other one that holds as well. */
function bothForms(signature: Uint8Array): string[] {
  const { r, s } = p256.Signature.fromBytes(signature, "compact");
  const { ORDER } = p256.Point.Fn;
  return [s, ORDER - s].map((form) => bytesToHex(new p256.Signature(r, form).toBytes("compact")));
}

function verdictOf(refusal: Refusal): RefusedChallenge["verdict"] {
  switch (refusal) {
    case "ended":
      return "ended";
    case "from_future":
      return "ahead";
    default:
      return "no challenge";
  }
}

afterAll(() => {
  const figures = [...checked].map(([kind, number]) => `figure vectors.${kind.replaceAll(" ", "_")} ${number}`);
  console.log(["", ...figures].join("\n"));
  const least = { texts: 7, handovers: 4, tokens: 3, "replay ids": 7, "messages in parts": 2, challenges: 5, "no challenge": 30, ended: 2, ahead: 1 };
  for (const [kind, number] of Object.entries(least)) expect(checked.get(kind) ?? 0, kind).toBeGreaterThanOrEqual(number);
});
