// The desk's challenge, and what a holder's app must do with one (the optical presentation, section 3b).
import { sha256 } from "@noble/hashes/sha2.js";
import { readCertificate } from "./certificate.ts";
import { readPayload, readSign1, type Said } from "./challengeForm.ts";
import { holds, signedBytes } from "./cose.ts";
import { CHALLENGE_PREFIX, fromText } from "./text.ts";

export interface Challenge extends Said {
  /** SHA-256 of the body, which the answer names */
  hash: Uint8Array;
}

/** Why a text is not answered; each has its sentence. */
export type Refusal =
  | "empty" // nothing was given
  | "an_answer" // it is a presentation, not a challenge
  | "other_code" // it is something else
  | "later_version" // HWC and another number
  | "unreadable" // the text form is broken
  | "malformed" // structure or lengths are not those of a challenge
  | "certificate" // not a reader's certificate, or of another name
  | "signature" // the signature does not hold
  | "ended"
  | "from_future";

export type Read = { challenge: Challenge } | { refusal: Refusal };

/** How far ahead of this clock a challenge may have been made, seconds. */
const MOST_AHEAD = 60;

const READER = "1.0.18013.5.1.6";

/** The challenge in `text`, read at `at` (seconds since 1970), or why there is none. */
export function readChallenge(text: string, at: number): Read {
  // A space is a character of base45, but never the last: of two bytes the third is at most W, of one the second 5.
  const line = text.replace(/[\t\r\n]/g, "").trim();
  const body = fromText(CHALLENGE_PREFIX, line);
  if (!body) return { refusal: unlike(line) };
  const message = readSign1(body);
  const said = message && readPayload(message.payload);
  const first = message?.x5chain[0];
  if (!message || !said || !first) return { refusal: "malformed" };

  const certificate = readCertificate(first);
  const named = certificate?.commonName === said.desk && certificate.organisation === said.organisation;
  if (!certificate || !named || !certificate.extendedKeyUsage.includes(READER)) return { refusal: "certificate" };

  const signed = signedBytes(message.head, message.payload);
  if (!holds(message.signature, signed, certificate.point)) return { refusal: "signature" };
  if (said.iat > at + MOST_AHEAD) return { refusal: "from_future" };
  if (said.exp < said.iat || said.exp <= at) return { refusal: "ended" };
  return { challenge: { ...said, hash: sha256(body) } };
}

function unlike(text: string): Refusal {
  if (text === "") return "empty";
  if (text.startsWith(CHALLENGE_PREFIX)) return "unreadable";
  if (/^HWC\d+:/.test(text)) return "later_version";
  if (/^(HWG\d+:|UR:BYTES\/)/i.test(text)) return "an_answer";
  return "other_code";
}
