import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, it } from "vitest";
import { CASES, type Case, type Format } from "../src/cases.ts";
import { cbor, readCbor, Simple, Tag } from "../src/cbor.ts";
import { readChallenge } from "../src/challenge.ts";
import { signedBytes } from "../src/cose.ts";
import { deviceAuthentication } from "../src/handover.ts";
import { asked, byDefault, issueFor, lacking } from "../src/presentation.ts";
import { unpack } from "../src/text.ts";
import { CARDS, ISSUER } from "../src/training.ts";
import { AT, challengeText } from "./desk.ts";

type Map_ = Map<unknown, unknown>;
const mfc = CARDS[0]!;
const read = readChallenge(challengeText(), AT);
const challenge = "challenge" in read ? read.challenge : undefined;

function present(which: Case, format: Format = "mdoc", answering = true): unknown {
  const shown = answering && challenge ? asked(mfc, challenge) : byDefault(mfc);
  const maker = issueFor({ card: mfc, case: which, format, shown, challenge: answering ? challenge : undefined }, AT);
  return lenient(unpack(maker(AT))!);
}

const lenient = (bytes: Uint8Array): unknown => readCbor(bytes);

const pointOf = (key: Map_): Uint8Array => Uint8Array.of(4, ...(key.get(-2) as Uint8Array), ...(key.get(-3) as Uint8Array));

function mdoc(which: Case, answering = true) {
  const envelope = present(which, "mdoc", answering) as Map_;
  const response = lenient(envelope.get(1) as Uint8Array) as Map_;
  const [document] = response.get("documents") as Map_[];
  const issuerSigned = document!.get("issuerSigned") as Map_;
  const issuerAuth = issuerSigned.get("issuerAuth") as [Uint8Array, Map_, Uint8Array, Uint8Array];
  const mso = lenient((lenient(issuerAuth[2]) as Tag).contents as Uint8Array) as Map_;
  const digests = mso.get("valueDigests") as Map<string, Map<number, Uint8Array>>;
  const nameSpaces = issuerSigned.get("nameSpaces") as Map<string, Tag[]>;
  const items = [...nameSpaces].flatMap(([namespace, list]) =>
    list.map((bytes) => {
      const item = lenient(bytes.contents as Uint8Array) as Map_;
      const digest = digests.get(namespace)?.get(item.get("digestID") as number);
      return { element: item.get("elementIdentifier"), random: item.get("random") as Uint8Array, digest, hash: sha256(cbor(bytes)) };
    }),
  );
  return { envelope, document: document!, issuerAuth, mso, digests, items };
}

const ISSUER_POINT = pointOf(ISSUER.key.coseKey);

describe("an mdoc", () => {
  it("has for every item shown its digest, made of the bytes with tag 24", () => {
    const { items, digests } = mdoc("valid");
    expect(items.map(({ element }) => element)).toEqual([
      "family_name_latin1", "given_name_latin1", "portrait", "birth_date", "registration_number", "stay_until", "status_of_stay",
    ]);
    for (const { digest, hash, random } of items) {
      expect(digest).toEqual(hash);
      expect(random.length).toBe(16);
    }
    const all = [...digests.values()].flatMap((ids) => [...ids.keys()]);
    expect(new Set(all).size).toBe(mfc.items.length);
  });

  it("is signed by the issuer and, over this transcript, by the card's device", () => {
    const { envelope, document, issuerAuth, mso } = mdoc("valid");
    expect(p256.verify(issuerAuth[3], signedBytes(issuerAuth[0], issuerAuth[2]), ISSUER_POINT)).toBe(true);
    const deviceSigned = document.get("deviceSigned") as Map_;
    const [head, unprotected, payload, signature] = (deviceSigned.get("deviceAuth") as Map_).get("deviceSignature") as [Uint8Array, Map_, null, Uint8Array];
    expect(payload).toBeNull();
    expect(unprotected.size).toBe(0);
    const made = {
      iat: envelope.get(2) as number,
      cti: envelope.get(3) as Uint8Array,
      purpose: envelope.get(4) as string,
      challenge: envelope.get(5) as Uint8Array,
    };
    expect(made.purpose).toBe("bank-teller");
    expect(made.challenge).toEqual(challenge?.hash);
    const device = (mso.get("deviceKeyInfo") as Map_).get("deviceKey") as Map_;
    const signed = signedBytes(head, deviceAuthentication(made, mfc.docType, deviceSigned.get("nameSpaces") as Tag));
    expect(p256.verify(signature, signed, pointOf(device))).toBe(true);
  });

  it("names no purpose and no challenge where nobody asked", () => {
    const { envelope } = mdoc("valid", false);
    expect([...envelope.keys()]).toEqual([1, 2, 3]);
  });

  it("is valid from ten days ago for 180 days, without fractions of a second", () => {
    const validity = mdoc("valid").mso.get("validityInfo") as Map<string, Tag>;
    const time = (name: string): number => Date.parse(validity.get(name)!.contents as string) / 1_000;
    expect(time("signed")).toBe(AT - 10 * 86_400);
    expect(time("validUntil")).toBe(AT + 170 * 86_400);
    for (const tag of validity.values()) {
      expect(tag.tag).toBe(0);
      expect(tag.contents).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
  });

  it("with an altered family name has one digest that does not fit", () => {
    const wrong = mdoc("altered-name").items.filter(({ digest, hash }) => digest?.some((byte, at) => byte !== hash[at]));
    expect(wrong.map(({ element }) => element)).toEqual(["family_name_latin1"]);
  });

  it("has a new cti every time", () => {
    const maker = issueFor({ card: mfc, case: "valid", format: "mdoc", shown: byDefault(mfc), challenge: undefined }, AT);
    const ctis = [maker(AT), maker(AT + 5)].map((packed) => (lenient(unpack(packed)!) as Map_).get(3));
    expect(ctis[0]).not.toEqual(ctis[1]);
  });
});

describe("the cases", () => {
  const status = (which: Case): unknown => ((mdoc(which).mso.get("status") as Map_).get("status_list") as Map_).get("idx");
  const made = (which: Case): Map_ => mdoc(which).envelope;

  it("point at the status they are of", () => {
    expect(status("valid")).toBe(mfc.status.good);
    expect(status("suspended")).toBe(mfc.status.suspended);
    expect(status("revoked")).toBe(mfc.status.revoked);
  });

  it("are made when they say, and answer what they say", () => {
    expect(made("stale").get(2)).toBe(AT - 600);
    expect(made("future").get(2)).toBe(AT + 600);
    expect(made("other-desk").get(5)).not.toEqual(challenge?.hash);
    expect((made("other-desk").get(5) as Uint8Array).length).toBe(32);
  });

  it("are each presented in each format", () => {
    for (const which of CASES) {
      expect(present(which, "mdoc")).toBeInstanceOf(Map);
      expect((present(which, "sd-cwt") as Tag).tag).toBe(18);
    }
  });
});

describe("an SD-CWT", () => {
  function token(which: Case) {
    const [head, unprotected, payload, signature] = (present(which, "sd-cwt") as Tag).contents as [Uint8Array, Map_, Uint8Array, Uint8Array];
    const header = lenient(head) as Map_;
    const inner = (header.get(13) as Tag).contents as [Uint8Array, Map_, Uint8Array, Uint8Array];
    return { head, header, unprotected, payload, signature, inner, claims: lenient(inner[2]) as Map_, binding: lenient(payload) as Map_ };
  }

  it("is signed by the issuer, and its token by the key in cnf", () => {
    const { head, payload, signature, inner, claims } = token("valid");
    expect(p256.verify(inner[3], signedBytes(inner[0], inner[2]), ISSUER_POINT)).toBe(true);
    const device = (claims.get(8) as Map_).get(1) as Map_;
    expect(p256.verify(signature, signedBytes(head, payload), pointOf(device))).toBe(true);
  });

  it("discloses what is shown, each at its one place", () => {
    const { inner, claims } = token("valid");
    const disclosures = inner[1].get(17) as Uint8Array[];
    const names = disclosures.map((one) => (lenient(one) as unknown[])[2]);
    expect(names).toEqual(asked(mfc, challenge!).map(({ element }) => element));
    const hashes = ["org.iso.23220.1", "hwagin.provisional.kr.1"].flatMap((namespace) => {
      const [[key, list]] = [...(claims.get(namespace) as Map_)] as [[Simple, Uint8Array[]]];
      expect(key.value).toBe(59);
      return list.map((hash) => hash.join());
    });
    expect(hashes.length).toBe(mfc.items.length);
    for (const one of disclosures) expect(hashes.filter((hash) => hash === sha256(cbor(one)).join()).length).toBe(1);
  });

  it("says in the token what it is for, and what it answers", () => {
    const { header, unprotected, binding } = token("valid");
    expect(header.get(16)).toBe(294);
    expect(unprotected.size).toBe(0);
    expect(binding.get(3)).toBe("hwagin:optical:1:bank-teller");
    expect(binding.get(6)).toBe(AT);
    expect(binding.get(39)).toEqual(challenge?.hash);
  });
});

describe("what is asked for", () => {
  it("is shown in the order of the card, and what it lacks is left out", () => {
    expect(asked(mfc, challenge!).every((item) => mfc.items.includes(item))).toBe(true);
    expect(lacking(mfc, challenge!)).toEqual([{ namespace: "org.iso.23220.1", element: "eye_colour" }]);
  });

  it("is nothing of a card that the desk does not take", () => {
    expect(asked(CARDS[1]!, challenge!)).toEqual([]);
  });
});
