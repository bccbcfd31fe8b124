// CBOR (RFC 8949), written deterministically (section 4.2.1) and read strictly.
import { decode, encode, Simple, Tag } from "cbor2";

/** Bytes that are one CBOR item already; they are written as they are. */
export class Encoded {
  constructor(readonly bytes: Uint8Array) {}
  toCBOR(writer: { write(bytes: Uint8Array): void }): undefined {
    writer.write(this.bytes);
    return undefined;
  }
}

/** The deterministic encoding of `value`. */
export function cbor(value: unknown): Uint8Array {
  return encode(value, { cde: true });
}

/** Tag 24 around a byte string that holds the encoding of `value`. */
export function embedded(value: unknown): Tag {
  return new Tag(24, cbor(value));
}

/**
 * The one item that `bytes` holds; every map is a `Map`.
 * Throws at a duplicate key, an indefinite length, a floating-point number, text that is not UTF-8, and anything
 * behind the item. A head that is longer than it has to be is taken: where the encoding has to be deterministic, the
 * caller compares.
 */
export function readCbor(bytes: Uint8Array): unknown {
  return decode(bytes, {
    preferMap: true,
    ignoreGlobalTags: true,
    rejectDuplicateKeys: true,
    rejectStreaming: true,
    rejectFloats: true,
    rejectBigInts: true,
    maxDepth: 16,
  });
}

export { Simple, Tag };
