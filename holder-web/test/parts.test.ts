import { URDecoder } from "@ngraveio/bc-ur";
import { describe, expect, it } from "vitest";
import { sameBytes } from "../src/bytes.ts";
import { cbor, readCbor } from "../src/cbor.ts";
import { cut, FRAGMENT } from "../src/parts.ts";

const packed = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 3)) & 0xff);

function play(length: number, parts: number): string[] {
  const code = cut(packed(length));
  return Array.from({ length: parts }, () => code.next());
}

const sequence = (part: string): number => Number(/^UR:BYTES\/(\d+)-\d+\//.exec(part)?.[1]);

describe("an animated code", () => {
  it("is read back by another reader from its fragments", () => {
    const decoder = new URDecoder();
    for (const part of play(2_500, 13)) decoder.receivePart(part);
    expect(decoder.isSuccess()).toBe(true);
    expect(sameBytes(decoder.resultUR().decodeCBOR(), packed(2_500))).toBe(true);
  });

  it("is read back from sums alone", () => {
    const decoder = new URDecoder();
    const code = cut(packed(2_500));
    const sums = Array.from({ length: 400 }, () => code.next()).filter((part) => sequence(part) > code.count);
    for (const part of sums) if (!decoder.isComplete()) decoder.receivePart(part);
    expect(decoder.isSuccess()).toBe(true);
    expect(sameBytes(decoder.resultUR().decodeCBOR(), packed(2_500))).toBe(true);
  });

  it("plays the fragments, as many sums, the fragments again, and other sums", () => {
    const { count } = cut(packed(2_500));
    const played = play(2_500, count * 4).map(sequence);
    const fragments = Array.from({ length: count }, (_, at) => at + 1);
    expect(count).toBe(13);
    expect(played.slice(0, count)).toEqual(fragments);
    expect(played.slice(2 * count, 3 * count)).toEqual(fragments);
    const sums = [...played.slice(count, 2 * count), ...played.slice(3 * count)];
    expect(sums.every((number) => number > count)).toBe(true);
    expect(new Set(sums).size).toBe(2 * count);
    expect(sums).toEqual([...sums].sort((a, b) => a - b));
  });

  it("is of upper case, in fragments of at most 200 bytes", () => {
    for (const part of play(2_500, 40)) expect(part).toMatch(/^UR:BYTES\/\d+-13\/[A-Z]+$/);
    expect(Math.ceil((packed(2_500).length + 3) / 13)).toBeLessThanOrEqual(FRAGMENT);
    // 460 characters and a few for long sequence numbers: a version 11 symbol holds 468.
    expect(Math.max(...play(2_500, 40).map(({ length }) => length))).toBeLessThanOrEqual(468);
  });

  it("is one part without numbers where the message is not cut", () => {
    const code = cut(packed(120));
    expect(code.count).toBe(1);
    expect(code.next()).toMatch(/^UR:BYTES\/[A-Z]+$/);
    expect(code.next()).toBe(code.next());
    const decoder = new URDecoder();
    decoder.receivePart(code.next());
    expect(sameBytes(decoder.resultUR().cbor, cbor(packed(120)))).toBe(true);
    expect(readCbor(Uint8Array.from(decoder.resultUR().cbor))).toEqual(packed(120));
  });
});
