import { deflate } from "pako";
import { describe, expect, it } from "vitest";
import { fromBase45, toBase45 } from "../src/base45.ts";
import { CHALLENGE_PREFIX, fromText, pack, PRESENTATION_PREFIX, toText, unpack } from "../src/text.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("base45", () => {
  // The examples of RFC 9285 section 4.3 and 4.4.
  it.each([
    ["AB", "BB8"],
    ["Hello!!", "%69 VD92EX0"],
    ["base-45", "UJCLQE7W581"],
    ["ietf!", "QED8WEX0"],
  ])("writes and reads %s", (plain, text) => {
    expect(toBase45(bytes(plain))).toBe(text);
    expect(fromBase45(text)).toEqual(bytes(plain));
  });

  it.each([
    ["a character too many", "BB8B"],
    ["a value above 65535", "GGX"],
    ["a last value above 255", "::"],
    ["lower case", "bb8"],
    ["a character that is not of it", "BB_"],
  ])("refuses %s", (_, text) => {
    expect(fromBase45(text)).toBeUndefined();
  });

  it("reads the largest value", () => {
    expect(fromBase45("FGW")).toEqual(Uint8Array.of(0xff, 0xff));
  });
});

describe("the text form", () => {
  const long = bytes("확인 ".repeat(200));

  it("packs by zlib where that is shorter, and not where it is not", () => {
    expect(pack(long)[0]).toBe(1);
    expect(pack(long).length).toBeLessThan(long.length);
    expect(pack(bytes("x"))).toEqual(Uint8Array.of(0, 0x78));
  });

  it("reads back what it wrote", () => {
    for (const body of [long, bytes("x")]) {
      expect(fromText(PRESENTATION_PREFIX, toText(PRESENTATION_PREFIX, pack(body)))).toEqual(body);
    }
  });

  it("refuses another prefix", () => {
    expect(fromText(CHALLENGE_PREFIX, toText(PRESENTATION_PREFIX, pack(long)))).toBeUndefined();
  });

  it("refuses what stands behind the zlib stream, half of one, and another packing", () => {
    const packed = pack(long);
    expect(unpack(Uint8Array.of(...packed, 0))).toBeUndefined();
    expect(unpack(packed.subarray(0, -1))).toBeUndefined();
    expect(unpack(Uint8Array.of(2, ...packed.subarray(1)))).toBeUndefined();
    expect(unpack(new Uint8Array())).toBeUndefined();
  });

  it("refuses a wrong Adler-32 and a gzip stream", () => {
    const packed = pack(long);
    const wrong = packed.slice();
    wrong[wrong.length - 1] = (wrong[wrong.length - 1] ?? 0) ^ 1;
    expect(unpack(wrong)).toBeUndefined();
    expect(unpack(Uint8Array.of(1, 0x1f, 0x8b, ...packed.subarray(3)))).toBeUndefined();
  });

  it("takes 49,152 inflated bytes and not one more", () => {
    const of = (length: number): Uint8Array => Uint8Array.of(1, ...deflate(new Uint8Array(length)));
    expect(unpack(of(49_152))?.length).toBe(49_152);
    expect(unpack(of(49_153))).toBeUndefined();
  });
});
