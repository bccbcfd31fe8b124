import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { cbor, embedded, readCbor, Tag } from "../src/cbor.ts";
import { encodeEnvelope, type Made } from "../src/envelope.ts";
import { deviceAuthentication, sessionTranscript } from "../src/handover.ts";

const cti = hexToBytes("000102030405060708090a0b0c0d0e0f");
const made: Made = { iat: 1_795_700_000, cti };
const challenge = new Uint8Array(32).fill(0xaa);
/** 1795700000, as CBOR writes it */
const IAT = "1a6b083520";
const CTI = "50000102030405060708090a0b0c0d0e0f";

describe("the envelope", () => {
  it("leaves out what there is nothing to say of", () => {
    const bytes = encodeEnvelope({ response: Uint8Array.of(0xa0), made });
    expect(bytesToHex(bytes)).toBe(`a30141a002${IAT}03${CTI}`);
  });

  it("names purpose and challenge by 4 and 5", () => {
    const bytes = encodeEnvelope({ response: Uint8Array.of(0xa0), made: { ...made, purpose: "bank", challenge } });
    expect(bytesToHex(bytes)).toBe(`a50141a002${IAT}03${CTI}046462616e6b055820${"aa".repeat(32)}`);
  });
});

describe("the handover", () => {
  it("hashes null where nothing is said", () => {
    const hash = sha256(hexToBytes(`84f6f6${IAT}${CTI}`));
    expect(sessionTranscript(made)).toEqual([null, null, ["HwaginOpticalHandover-1", hash]]);
  });

  it("hashes challenge, purpose, iat and cti in this order", () => {
    const hash = sha256(hexToBytes(`845820${"aa".repeat(32)}6462616e6b${IAT}${CTI}`));
    expect(sessionTranscript({ ...made, purpose: "bank", challenge })).toEqual([null, null, ["HwaginOpticalHandover-1", hash]]);
  });

  it("is signed within tag 24 around the four elements", () => {
    const nameSpaces = embedded(new Map());
    const outer = readCbor(deviceAuthentication(made, "org.example.1", nameSpaces));
    expect(outer).toBeInstanceOf(Tag);
    const { tag, contents } = outer as Tag;
    expect(tag).toBe(24);
    expect(contents).toEqual(cbor(["DeviceAuthentication", sessionTranscript(made), "org.example.1", nameSpaces]));
    expect(bytesToHex(contents as Uint8Array).endsWith("d81841a0")).toBe(true);
  });
});
