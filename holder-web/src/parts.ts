// The animated code: parts of a fountain code (the optical presentation, section 1, "In parts").
import { UR, UREncoder } from "@ngraveio/bc-ur";
import { chooseFragments } from "@ngraveio/bc-ur/dist/fountainUtils.js";
import { getCRC } from "@ngraveio/bc-ur/dist/utils.js";
import { cbor } from "./cbor.ts";

/** More bytes than this, packing and body, are shown in parts: what a version 25 symbol holds. */
export const MOST_IN_ONE = 1_232;
/** bytes */
export const FRAGMENT = 200;
export const SYMBOLS_A_SECOND = 10;

/** The parts of one presentation, in the order in which a phone plays them. */
export interface Parts {
  /** fragments that the message is cut into */
  count: number;
  /** the next part, upper case */
  next(): string;
}

/**
 * Cuts a packing byte and body.
 * The fragments are played, then as many sums of at least half of them, then the fragments again, then other sums.
 * A message that is not cut is one part, always the same.
 */
export function cut(packed: Uint8Array, fragment = FRAGMENT): Parts {
  const message = Buffer.from(cbor(packed));
  const ur = new UR(message, "bytes");
  const count = new UREncoder(ur, fragment).fragmentsLength;
  if (count === 1) {
    const whole = UREncoder.encodeSinglePart(ur).toUpperCase();
    return { count, next: () => whole };
  }
  const part = (sequence: number): string => new UREncoder(ur, fragment, sequence - 1).nextPart().toUpperCase();
  const order = playing(count, getCRC(message));
  return { count, next: () => part(order.next().value) };
}

/** The sequence numbers in the order of playing, without end. */
function* playing(count: number, checksum: number): Generator<number, never> {
  let sum = count;
  for (;;) {
    for (let fragment = 1; fragment <= count; fragment++) yield fragment;
    for (let played = 0; played < count; ) {
      sum += 1;
      if (chooseFragments(sum, count, checksum).length * 2 < count) continue;
      played += 1;
      yield sum;
    }
  }
}
