import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes, bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { cbor } from "../src/cbor.ts";
import { type Challenge, readChallenge, type Refusal } from "../src/challenge.ts";
import { CHALLENGE_PREFIX, pack, toText } from "../src/text.ts";
import { AT, body, certificate, challengeText, payload, type Signing } from "./desk.ts";

function refusalOf(text: string, at = AT): Refusal | undefined {
  const read = readChallenge(text, at);
  return "refusal" in read ? read.refusal : undefined;
}

function challengeOf(text: string, at = AT): Challenge {
  const read = readChallenge(text, at);
  if (!("challenge" in read)) throw new Error(read.refusal);
  return read.challenge;
}

const changed = (...changes: [number, unknown][]): Signing => ({ payload: cbor(payload(changes)) });
const refused = (signing: Signing): Refusal | undefined => refusalOf(challengeText(signing));
const raw = (bytes: Uint8Array): string => toText(CHALLENGE_PREFIX, pack(bytes));

describe("a challenge that is as it should be", () => {
  it("says who asks, what for and which items, and what is hashed is its body", () => {
    const challenge = challengeOf(challengeText());
    expect(challenge.desk).toBe("Window 3");
    expect(challenge.organisation).toBe("Bank of Specimen");
    expect(challenge.purpose).toBe("bank-teller");
    expect(challenge.label.get("ko")).toBe("은행 창구");
    expect(challenge.displayed).toBe(true);
    expect(challenge.items[0]?.items).toContainEqual({ namespace: "hwagin.provisional.kr.1", element: "stay_until" });
    const again = body();
    // An ECDSA signature here is deterministic (RFC 6979), so the body is the same bytes.
    expect(challenge.hash).toEqual(sha256(again));
  });

  it("may be printed: without a nonce, for 366 days", () => {
    const year = 366 * 86_400;
    expect(challengeOf(challengeText(changed([1, undefined], [3, AT + year]))).displayed).toBe(false);
    expect(refused(changed([1, undefined], [3, AT + year + 1]))).toBe("malformed");
  });

  it("may come with a chain of two to four certificates, the desk's first", () => {
    const chain = (length: number): Signing => ({ header: [[33, Array.from({ length }, () => certificate())]] });
    for (const length of [2, 3, 4]) expect(challengeOf(challengeText(chain(length))).desk).toBe("Window 3");
    for (const length of [0, 1, 5]) expect(refused(chain(length))).toBe("malformed");
  });

  it("is taken with white space around its text, and with line breaks in it", () => {
    const text = challengeText();
    for (const one of [` ${text}\n`, `${text} `, `${text.slice(0, 60)}\r\n${text.slice(60)}`]) {
      expect(challengeOf(one).version).toBe(1);
    }
  });
});

describe("the signature and the certificate", () => {
  it("refuses a signature by another key", () => {
    expect(refused({ desk: { strangeKey: true } })).toBe("signature");
  });

  it("refuses a payload that was altered", () => {
    const alter = (message: unknown[]): void => void (message[2] = cbor(payload([[6, "age-19"]])));
    expect(refused({ alter })).toBe("signature");
  });

  it("refuses a signature of another length", () => {
    expect(refused({ alter: (message) => void (message[3] = new Uint8Array(63)) })).toBe("signature");
    expect(refused({ alter: (message) => void (message[3] = new Uint8Array()) })).toBe("signature");
  });

  it.each([
    ["of another desk", { commonName: "Window 4" }],
    ["of another organisation", { organisation: "Another bank" }],
    ["of an issuer", { usage: "1.0.18013.5.1.2" }],
  ])("refuses a certificate %s", (_, desk) => {
    expect(refused({ desk })).toBe("certificate");
  });

  it("refuses what is no certificate", () => {
    expect(refused({ header: [[33, Uint8Array.of(0x30, 0)]] })).toBe("certificate");
  });
});

describe("the times", () => {
  it("refuses one that has ended, in the second of its end", () => {
    expect(challengeOf(challengeText(), AT + 59).exp).toBe(AT + 60);
    expect(refusalOf(challengeText(), AT + 60)).toBe("ended");
  });

  it("says of one that ends before it was made that it has ended", () => {
    expect(refusalOf(challengeText(changed([3, AT - 1])), AT - 30)).toBe("ended");
  });

  it("refuses one made more than 60 seconds ahead", () => {
    expect(challengeOf(challengeText(), AT - 60).iat).toBe(AT);
    expect(refusalOf(challengeText(), AT - 61)).toBe("from_future");
  });

  it("refuses one that is displayed for more than 300 seconds", () => {
    expect(challengeOf(challengeText(changed([3, AT + 300]))).exp).toBe(AT + 300);
    expect(refused(changed([3, AT + 301]))).toBe("malformed");
  });
});

describe("the structure", () => {
  it.each<[string, [number, unknown]]>([
    ["an unknown key", [10, 1]],
    ["a nonce of 15 bytes", [1, new Uint8Array(15)]],
    ["a nonce of 17 bytes", [1, new Uint8Array(17)]],
    ["a nonce that is null", [1, null]],
    ["no purpose", [6, undefined]],
    ["an empty desk", [4, ""]],
    ["a desk of 81 characters", [4, "x".repeat(81)]],
    ["a label without English", [8, new Map([["ko", "은행"]])]],
    ["no items", [9, []]],
    ["a version that is text", [7, "1"]],
    ["a time with a fraction", [2, AT + 0.5]],
    ["an intent to retain", [9, [new Map<string, unknown>([["docType", "x"], ["nameSpaces", new Map([["n", new Map([["e", true]])]])]])]]],
  ])("refuses %s", (_, change) => {
    expect(refused(changed(change))).toBe("malformed");
  });

  it("counts characters, not bytes or halves of them", () => {
    const desk = "확".repeat(79) + "😀";
    expect(challengeOf(challengeText({ ...changed([4, desk]), desk: { commonName: desk } })).desk).toBe(desk);
  });

  it("refuses a key that stands there twice", () => {
    const bytes = cbor(payload());
    // a9 01 … becomes aa 01 50 … 01 50 …
    const nonce = bytes.subarray(1, 19);
    expect(bytesToHex(nonce.subarray(0, 2))).toBe("0150");
    const twice = Uint8Array.of(0xaa, ...nonce, ...bytes.subarray(1));
    expect(refused({ payload: twice })).toBe("malformed");
  });

  it("refuses keys out of order, and a number that is longer than it has to be", () => {
    const bytes = cbor(payload());
    expect(refused({ payload: Uint8Array.of(0xa9, ...bytes.subarray(19), ...bytes.subarray(1, 19)) })).toBe("malformed");
    const version = bytesToHex(bytes).indexOf("0701") / 2;
    const long = Uint8Array.of(...bytes.subarray(0, version), 0x07, 0x18, 0x01, ...bytes.subarray(version + 2));
    expect(refused({ payload: long })).toBe("malformed");
  });

  it("refuses indefinite lengths, in the payload and around it", () => {
    const bytes = cbor(payload());
    expect(refused({ payload: Uint8Array.of(0xbf, ...bytes.subarray(1), 0xff) })).toBe("malformed");
    const whole = body();
    expect(bytesToHex(whole.subarray(0, 2))).toBe("d284");
    expect(refusalOf(raw(Uint8Array.of(0xd2, 0x9f, ...whole.subarray(2), 0xff)))).toBe("malformed");
  });

  it("refuses a message without its tag, with an unprotected header, or with something behind it", () => {
    expect(refusalOf(raw(body().subarray(1)))).toBe("malformed");
    expect(refused({ unprotected: new Map([[4, hexToBytes("00")]]) })).toBe("malformed");
    expect(refusalOf(raw(Uint8Array.of(...body(), 0)))).toBe("malformed");
  });

  it.each<[string, [number, unknown]]>([
    ["another type", [16, "application/sd-cwt"]],
    ["another algorithm", [1, -8]],
    ["one more header", [4, Uint8Array.of(1)]],
  ])("refuses %s", (_, header) => {
    expect(refused({ header: [header] })).toBe("malformed");
  });
});

describe("another text", () => {
  it.each<[string, Refusal]>([
    ["", "empty"],
    ["HWG1:ABC", "an_answer"],
    ["ur:bytes/1-2/aeae", "an_answer"],
    ["https://example.org/", "other_code"],
    ["hwc1:ABC", "other_code"],
    ["HWC2:ABC", "later_version"],
    ["HWC1:A", "unreadable"],
    ["HWC1:abc", "unreadable"],
  ])("says of %s what it is", (text, refusal) => {
    expect(refusalOf(text)).toBe(refusal);
  });
});
