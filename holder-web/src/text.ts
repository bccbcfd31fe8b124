// The text form: a prefix, and base45 of a packing byte and a body (the optical presentation, section 1).
import { concatBytes } from "@noble/hashes/utils.js";
import { deflate, Inflate } from "pako";
import { fromBase45, toBase45 } from "./base45.ts";

export const PRESENTATION_PREFIX = "HWG1:";
export const CHALLENGE_PREFIX = "HWC1:";

/** Limits of a reader, section 1. */
const MOST_CHARACTERS = 65_536;
const MOST_INFLATED = 49_152;

const AS_IT_IS = 0;
const ZLIB = 1;

/** The packing byte and the body, by zlib only where that is shorter. */
export function pack(body: Uint8Array): Uint8Array {
  const small = deflate(body, { level: 9 });
  return small.length < body.length
    ? concatBytes(Uint8Array.of(ZLIB), small)
    : concatBytes(Uint8Array.of(AS_IT_IS), body);
}

/** The body behind a packing byte; undefined where the packing is unknown, broken, too large or not all of it. */
export function unpack(packed: Uint8Array): Uint8Array | undefined {
  const body = packed.subarray(1);
  switch (packed[0]) {
    case AS_IT_IS:
      return body.length <= MOST_INFLATED ? body : undefined;
    case ZLIB:
      return inflate(body);
    default:
      return undefined;
  }
}

/**
 * One zlib stream with nothing behind it; it is given up as soon as it grows too large.
 * A stream that has ended before the last byte of the body has something behind it.
 */
function inflate(body: Uint8Array): Uint8Array | undefined {
  const stream = new Inflate({ windowBits: 15 }); // zlib alone, no gzip
  const chunks: Uint8Array[] = [];
  let length = 0;
  stream.onData = (chunk: Uint8Array) => {
    length += chunk.length;
    if (length > MOST_INFLATED) throw new RangeError("too large");
    chunks.push(chunk.slice());
  };
  try {
    stream.push(body.subarray(0, -1), false);
    if (stream.ended) return undefined;
    stream.push(body.subarray(-1), true);
  } catch {
    return undefined;
  }
  return stream.ended && stream.err === 0 ? concatBytes(...chunks) : undefined;
}

export function toText(prefix: string, packed: Uint8Array): string {
  return prefix + toBase45(packed);
}

/** The body of a text with this prefix; undefined where it is not of that form. */
export function fromText(prefix: string, text: string): Uint8Array | undefined {
  if (text.length > MOST_CHARACTERS || !text.startsWith(prefix)) return undefined;
  const packed = fromBase45(text.slice(prefix.length));
  return packed && unpack(packed);
}
