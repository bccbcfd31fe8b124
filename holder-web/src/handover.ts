// What the holder's device signs (the optical presentation, section 3; ISO/IEC 18013-5 section 9.1.3.4).
import { sha256 } from "@noble/hashes/sha2.js";
import { cbor, embedded, type Tag } from "./cbor.ts";
import type { Made } from "./envelope.ts";

const HANDOVER = "HwaginOpticalHandover-1";

/** `[ null, null, [ type, hash ] ]`; null stands in the hash where the envelope says nothing. */
export function sessionTranscript({ challenge, purpose, iat, cti }: Made): unknown[] {
  const hash = sha256(cbor([challenge ?? null, purpose ?? null, iat, cti]));
  return [null, null, [HANDOVER, hash]];
}

/** DeviceAuthenticationBytes: tag 24 around the four-element array. */
export function deviceAuthentication(made: Made, docType: string, deviceNameSpaces: Tag): Uint8Array {
  return cbor(embedded(["DeviceAuthentication", sessionTranscript(made), docType, deviceNameSpaces]));
}
