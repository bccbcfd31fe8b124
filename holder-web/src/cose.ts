// COSE_Sign1 (RFC 9052) with ES256 (RFC 9053), the one algorithm of the training keys.
import { p256 } from "@noble/curves/nist.js";
import { fromBase64Url } from "./bytes.ts";
import { cbor } from "./cbor.ts";

export const ALG = 1;
export const KCWT = 13;
export const TYP = 16;
export const X5CHAIN = 33;
export const ES256 = -7;

export type Header = Map<number, unknown>;
/** protected, unprotected, payload, signature */
export type Sign1 = [Uint8Array, Header, Uint8Array | null, Uint8Array];

/** A private P-256 key, and its public half as a COSE_Key. */
export interface Key {
  secret: Uint8Array;
  coseKey: Map<number, unknown>;
}

export interface Jwk {
  x: string;
  y: string;
  d: string;
}

export function keyOf(jwk: Jwk): Key {
  return withPublic(fromBase64Url(jwk.d), fromBase64Url(jwk.x), fromBase64Url(jwk.y));
}

/** A key of nobody, for the case in which another phone answers. */
export function strangeKey(): Key {
  const { secretKey } = p256.keygen();
  const point = p256.getPublicKey(secretKey, false);
  return withPublic(secretKey, point.slice(1, 33), point.slice(33));
}

function withPublic(secret: Uint8Array, x: Uint8Array, y: Uint8Array): Key {
  return { secret, coseKey: new Map<number, unknown>([[1, 2], [-1, 1], [-2, x], [-3, y]]) };
}

export interface ToSign {
  protected: Header;
  unprotected?: Header;
  payload: Uint8Array;
  /** The payload is signed, and left out of the structure. */
  detached?: boolean;
}

/** The array of a COSE_Sign1; a tag, where there is to be one, is the caller's. */
export function sign1(what: ToSign, key: Key): Sign1 {
  const head = cbor(what.protected);
  const signature = p256.sign(signedBytes(head, what.payload), key.secret);
  return [head, what.unprotected ?? new Map(), what.detached ? null : what.payload, signature];
}

/** The ToBeSigned of a COSE_Sign1 without external data (RFC 9052 section 4.4). */
export function signedBytes(head: Uint8Array, payload: Uint8Array): Uint8Array {
  return cbor(["Signature1", head, new Uint8Array(), payload]);
}

/** Whether an ES256 signature holds; of the two forms of an ECDSA signature either does. */
export function holds(signature: Uint8Array, signed: Uint8Array, point: Uint8Array): boolean {
  try {
    return p256.verify(signature, signed, point, { lowS: false });
  } catch {
    return false;
  }
}
