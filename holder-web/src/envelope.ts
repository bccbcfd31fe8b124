// The envelope of a presentation (the optical presentation, section 2).
import { cbor } from "./cbor.ts";

export interface Envelope {
  /** An encoded DeviceResponse with exactly one document. */
  response: Uint8Array;
  /** What is signed beside the response, section 3. */
  made: Made;
}

/** When a presentation was made, what for, and what it answers. */
export interface Made {
  /** seconds since 1970 */
  iat: number;
  /** 16 random bytes, new for every presentation */
  cti: Uint8Array;
  /** id of the purpose it was made for */
  purpose?: string | undefined;
  /** hash of the desk's challenge that it answers */
  challenge?: Uint8Array | undefined;
}

/** The encoding of an envelope; what there is nothing to say of is absent. */
export function encodeEnvelope({ response, made }: Envelope): Uint8Array {
  const map = new Map<number, unknown>([[1, response], [2, made.iat], [3, made.cti]]);
  if (made.purpose !== undefined) map.set(4, made.purpose);
  if (made.challenge !== undefined) map.set(5, made.challenge);
  return cbor(map);
}
