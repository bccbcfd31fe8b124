// A desk for the tests: its key, its certificate of its own, and challenges, sound or broken on purpose.
import { p256 } from "@noble/curves/nist.js";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier, AttributeTypeAndValue, AttributeValue, Certificate, Extension, Extensions, ExtendedKeyUsage,
  id_ce_extKeyUsage, Name, RelativeDistinguishedName, SubjectPublicKeyInfo, TBSCertificate, Validity, Version,
} from "@peculiar/asn1-x509";
import { cbor, Tag } from "../src/cbor.ts";
import { ALG, ES256, signedBytes, TYP, X5CHAIN } from "../src/cose.ts";
import { CHALLENGE_PREFIX, pack, toText } from "../src/text.ts";

export const AT = 1_795_700_000;
export const READER = "1.0.18013.5.1.6";
const MFC = "hwagin.provisional.kr.mfc.1";

const secret = new Uint8Array(32).fill(7);
const strange = new Uint8Array(32).fill(8);

export interface Desk {
  commonName?: string;
  organisation?: string;
  usage?: string;
  /** another key in the certificate than the one that signs */
  strangeKey?: boolean;
}

/** A self-signed certificate; its own signature is not looked at by a holder, and is empty. */
export function certificate({ commonName = "Window 3", organisation = "Bank of Specimen", usage = READER, strangeKey }: Desk = {}): Uint8Array {
  const name = new Name([part("2.5.4.10", organisation), part("2.5.4.3", commonName)]);
  const point = p256.getPublicKey(strangeKey ? strange : secret, false);
  const p256Id = Uint8Array.of(0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07).buffer;
  const signature = new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: Uint8Array.of(1).buffer,
    signature,
    issuer: name,
    subject: name,
    validity: new Validity({ notBefore: new Date((AT - 86_400) * 1_000), notAfter: new Date((AT + 86_400 * 700) * 1_000) }),
    subjectPublicKeyInfo: new SubjectPublicKeyInfo({
      algorithm: new AlgorithmIdentifier({ algorithm: "1.2.840.10045.2.1", parameters: p256Id }),
      subjectPublicKey: new Uint8Array(point).buffer,
    }),
    extensions: new Extensions([
      new Extension({
        extnID: id_ce_extKeyUsage,
        critical: true,
        extnValue: new OctetString(AsnConvert.serialize(new ExtendedKeyUsage([usage]))),
      }),
    ]),
  });
  const whole = new Certificate({ tbsCertificate, signatureAlgorithm: signature, signatureValue: new ArrayBuffer(8) });
  return new Uint8Array(AsnConvert.serialize(whole));
}

function part(type: string, value: string): RelativeDistinguishedName {
  return new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: value }) })]);
}

export type Payload = Map<unknown, unknown>;

/** What a desk at a bank asks, displayed, for a minute. */
export function payload(changes: [number, unknown][] = [], at = AT): Payload {
  const asked = (...elements: string[]): Map<string, boolean> => new Map(elements.map((element) => [element, false]));
  const nameSpaces = new Map([
    ["org.iso.23220.1", asked("family_name_latin1", "given_name_latin1", "portrait", "birth_date", "eye_colour")],
    ["hwagin.provisional.kr.1", asked("registration_number", "status_of_stay", "stay_until")],
  ]);
  const map: Payload = new Map<unknown, unknown>([
    [1, new Uint8Array(16).fill(9)],
    [2, at],
    [3, at + 60],
    [4, "Window 3"],
    [5, "Bank of Specimen"],
    [6, "bank-teller"],
    [7, 1],
    [8, new Map([["en", "Bank counter"], ["ko", "은행 창구"]])],
    [9, [new Map<string, unknown>([["docType", MFC], ["nameSpaces", nameSpaces]])]],
  ]);
  for (const [key, value] of changes) {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  return map;
}

export interface Signing {
  payload?: Uint8Array;
  header?: [number, unknown][];
  unprotected?: Map<number, unknown>;
  desk?: Desk;
  /** changes the message after it was signed */
  alter?: (message: unknown[]) => void;
}

/** The body of a challenge. */
export function body({ payload: bytes = cbor(payload()), header = [], unprotected = new Map(), desk = {}, alter }: Signing = {}): Uint8Array {
  const entries: [number, unknown][] = [[ALG, ES256], [TYP, "application/hwagin-challenge+cbor"], [X5CHAIN, certificate(desk)], ...header];
  const head = cbor(new Map(entries.filter(([key]) => !header.some(([other, value]) => other === key && value === undefined))));
  const message: unknown[] = [head, unprotected, bytes, p256.sign(signedBytes(head, bytes), secret)];
  alter?.(message);
  return cbor(new Tag(18, message));
}

export function challengeText(signing: Signing = {}): string {
  return toText(CHALLENGE_PREFIX, pack(body(signing)));
}

/** One that is asked at another time than `AT`. */
export function challengeAt(at: number): string {
  return challengeText({ payload: cbor(payload([], at)) });
}

/** One that asks for two short items, whose answer fits one symbol. */
export function smallChallenge(): string {
  const elements = new Map([["family_name_latin1", false], ["age_over_19", false]]);
  const request = new Map<string, unknown>([["docType", MFC], ["nameSpaces", new Map([["org.iso.23220.1", elements]])]]);
  return challengeText({ payload: cbor(payload([[9, [request]]])) });
}
