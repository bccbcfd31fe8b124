//! Headers, signatures and tags of health certificates.

use super::super::{Draft, abstains, accepts, refuses};
use super::{certificate, kid, nobody, vaccination};
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::cose::{AlgHeader, Payload, Sign1, Signature};
use hwagin_training::cwt::Kid;
use hwagin_training::issuer::HEALTH_ISSUER;
use hwagin_training::{Hcert, HcertKind, Key, KeyKind, Value};

const MALFORMED: &str = "format.malformed";
const INVALID: &str = "signature.invalid";
const REFUSED: &str = "signature.algorithm_refused";
const UNKNOWN: &str = "issuer.unknown";

pub(super) fn drafts() -> Vec<Draft> {
    [
        accepted(),
        key_ids(),
        algorithms(),
        signatures(),
        messages(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn sign1(draft: Draft, change: impl FnOnce(&mut Sign1)) -> Draft {
    vaccination(draft, |h| change(&mut h.cwt.sign1))
}

fn accepted() -> Vec<Draft> {
    let with_kid = |name, why, protected, unprotected| {
        vaccination(accepts(name, why), kid(protected, unprotected))
    };
    let all_unprotected = |name, why, header: &[u8]| {
        vaccination(accepts(name, why), |h: &mut Hcert| {
            kid(None, Some(Kid::OfKey))(h);
            h.cwt.sign1.alg = AlgHeader::Unprotected;
            h.cwt.sign1.protected_bytes = Some(header.to_vec());
        })
    };
    vec![
        with_kid(
            "accept/hcert-kid-unprotected",
            "3.3.2: both places have to be read",
            None,
            Some(Kid::OfKey),
        ),
        with_kid(
            "accept/hcert-kid-protected-wins",
            "the one outside is nobody's",
            Some(Kid::OfKey),
            Some(nobody()),
        ),
        with_kid(
            "accept/hcert-kid-in-both-headers",
            "two published tests have it twice",
            Some(Kid::OfKey),
            Some(Kid::OfKey),
        ),
        sign1(
            accepts(
                "accept/hcert-alg-unprotected",
                "three published tests have it so: of health certificates alone",
            ),
            |s| s.alg = AlgHeader::Unprotected,
        ),
        all_unprotected(
            "accept/hcert-protected-zero-length",
            "RFC 9052 3: no header at all",
            &[],
        ),
        all_unprotected(
            "accept/hcert-protected-empty-map",
            "RFC 9052 4.4: signed as if it were no byte",
            &[0xa0],
        ),
        sign1(
            accepts(
                "accept/hcert-alg-protected-wins",
                "the one outside is another",
            ),
            |s| s.unprotected.push((int(1), int(-37))),
        ),
        sign1(
            accepts(
                "accept/hcert-esp256",
                "RFC 9864: the same algorithm, with its curve",
            ),
            |s| s.alg = AlgHeader::Protected(int(-9)),
        ),
        sign1(
            accepts("accept/hcert-unknown-header", "not critical, not known"),
            |s| {
                s.protected.push((int(-70_001), text("more")));
                s.unprotected.push((text("more"), int(1)));
            },
        ),
    ]
}

fn key_ids() -> Vec<Draft> {
    let unknown = |name, why, protected, unprotected| {
        vaccination(abstains(UNKNOWN, name, why), kid(protected, unprotected))
    };
    let short = Kid::Other(bytes(&[0xa5; 7]));
    vec![
        unknown("hcert/kid-wrong", "no signer has it", Some(nobody()), None),
        unknown(
            "hcert/kid-protected-wrong",
            "the right one outside does not count beside it",
            Some(nobody()),
            Some(Kid::OfKey),
        ),
        unknown("hcert/kid-missing", "nothing says who signed", None, None),
        unknown("hcert/kid-short", "7 bytes of 8", Some(short), None),
        unknown(
            "hcert/kid-empty",
            "no byte is no signer's",
            Some(Kid::Other(bytes(&[]))),
            None,
        ),
        unknown(
            "hcert/kid-as-number",
            "an id is bytes, or text",
            Some(Kid::Other(int(1))),
            None,
        ),
        unknown(
            "hcert/kid-as-text",
            "the letters of its bytes are other bytes",
            Some(Kid::Other(text("pV0lpaWlpaU="))),
            None,
        ),
    ]
}

fn algorithms() -> Vec<Draft> {
    let named = |name, why, number: i64| {
        sign1(refuses(REFUSED, name, why), |s| {
            s.alg = AlgHeader::Protected(int(number));
        })
    };
    let by = |name, why, kind: KeyKind| {
        vaccination(refuses(REFUSED, name, why), |h| {
            h.cwt.key = Key::new(kind, "odd health signer");
        })
    };
    vec![
        by(
            "hcert/alg-es384",
            "the specification has ES256 and PS256",
            KeyKind::P384,
        ),
        by("hcert/alg-es512", "ES256 and PS256", KeyKind::P521),
        by("hcert/alg-eddsa", "ES256 and PS256", KeyKind::Ed25519),
        named("hcert/alg-ps384", "ES256 and PS256", -38),
        named("hcert/alg-rs256", "PKCS #1 1.5 is no COSE of today", -257),
        named("hcert/alg-esp384", "ES384 with its curve", -51),
        named("hcert/alg-esb256", "a brainpool curve", -265),
        named("hcert/alg-hmac", "a MAC is no signature", 5),
        named("hcert/alg-unknown", "-999 is no algorithm", -999),
        sign1(
            refuses(REFUSED, "hcert/alg-missing", "no alg anywhere"),
            |s| s.alg = AlgHeader::Missing,
        ),
        sign1(
            refuses(REFUSED, "hcert/alg-as-text", "a name, not its number"),
            |s| s.alg = AlgHeader::Protected(text("ES256")),
        ),
        sign1(
            refuses(
                REFUSED,
                "hcert/alg-protected-wrong",
                "the right one outside does not count beside it",
            ),
            |s| {
                s.alg = AlgHeader::Protected(int(-35));
                s.unprotected.push((int(1), int(-7)));
            },
        ),
        sign1(
            refuses(
                "issuer.key_mismatch",
                "hcert/ps256-with-p-256-key",
                "the signer's key is another kind",
            ),
            |s| s.alg = AlgHeader::Protected(int(-37)),
        ),
    ]
}

fn signatures() -> Vec<Draft> {
    let flawed = |name, why, signature: Signature| {
        sign1(refuses(INVALID, name, why), |s| s.signature = signature)
    };
    let altered = |name, why, from: &'static str, to: &'static str| {
        vaccination(refuses(INVALID, name, why), move |h| {
            h.cwt.hooks.altered = Some(Box::new(move |value| replace(value, from, to)));
        })
    };
    vec![
        altered(
            "hcert/altered-name",
            "not the name that was signed",
            "SPECIMEN",
            "SPECIMAN",
        ),
        altered(
            "hcert/altered-vaccine",
            "not what was signed",
            "1119349007",
            "1119305005",
        ),
        altered(
            "hcert/altered-issuer",
            "not the country that signed",
            HEALTH_ISSUER,
            "ZY",
        ),
        flawed("hcert/signature-changed", "one bit", Signature::Flipped),
        flawed(
            "hcert/signature-in-der-form",
            "RFC 9053 2.1",
            Signature::Der,
        ),
        flawed(
            "hcert/signature-of-63-bytes",
            "64 for P-256",
            Signature::Replaced(vec![1; 63]),
        ),
        flawed(
            "hcert/signature-of-zeros",
            "r and s are above 0",
            Signature::Replaced(vec![0; 64]),
        ),
        sign1(
            refuses(
                "signature.missing",
                "hcert/unsigned",
                "room for a signature, and no byte in it",
            ),
            |s| s.signature = Signature::Empty,
        ),
        sign1(
            refuses(
                INVALID,
                "hcert/header-added-after-signing",
                "the protected header is signed",
            ),
            |s| s.protected_bytes = None,
        )
        .text(resigned()),
    ]
}

/// A certificate whose protected header got an entry after it was signed.
fn resigned() -> String {
    let mut recipe = Hcert::new(HcertKind::Vaccination, crate::world::AT);
    recipe.cwt.hooks.token = super::super::hook(|token: &mut Value| {
        let Value::Tag(_, parts) = token else {
            panic!("tagged");
        };
        let header = &mut parts.as_array_mut().unwrap()[0];
        let mut map: Value = ciborium::from_reader(&header.as_bytes().unwrap()[..]).unwrap();
        map.as_map_mut().unwrap().push((int(99), int(1)));
        *header = Value::Bytes(encode(&map));
    });
    hwagin_training::Authority::built_in()
        .mint_hcert(&recipe)
        .text
}

/// Another text of the same length in place of one, wherever it stands.
fn replace(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::Text(text) => *text = text.replace(from, to),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, from, to)),
        Value::Map(entries) => entries
            .iter_mut()
            .for_each(|(_, value)| replace(value, from, to)),
        _ => {}
    }
}

fn messages() -> Vec<Draft> {
    let tags = |name, why, tags: &'static [u64]| {
        sign1(abstains(MALFORMED, name, why), |s| s.tags = tags.to_vec())
    };
    let twice = |name, why, key: Value| {
        sign1(refuses("format.duplicate_key", name, why), |s| {
            s.protected.push((key.clone(), int(1)));
            s.unprotected.push((key, int(1)));
        })
    };
    vec![
        tags("hcert/tag-98", "COSE_Sign, of several signers", &[98]),
        tags("hcert/tag-17", "a MAC", &[17]),
        tags("hcert/tag-61-alone", "61 goes around 18", &[61]),
        tags("hcert/tag-18-twice", "one is enough", &[18, 18]),
        tags(
            "hcert/tag-998",
            "a stranger's, though the signature inside is right",
            &[998, 18],
        ),
        sign1(
            abstains("format.unsupported", "hcert/critical-header", "not known"),
            |s| s.protected.push((int(2), Value::Array(vec![int(99)]))),
        ),
        twice(
            "hcert/header-twice",
            "only alg and kid may be in both headers",
            int(3),
        ),
        twice("hcert/text-header-twice", "a name as well", text("a")),
        sign1(
            refuses(
                "format.duplicate_key",
                "hcert/alg-twice-protected",
                "which one was meant?",
            ),
            |s| s.protected.push((int(1), int(-37))),
        ),
        sign1(
            abstains(MALFORMED, "hcert/payload-nil", "nothing to read"),
            |s| s.payload = Payload::Nil,
        ),
        sign1(
            abstains(MALFORMED, "hcert/protected-array", "a header is a map"),
            |s| s.protected_bytes = Some(vec![0x80]),
        ),
        certificate(
            abstains(MALFORMED, "hcert/light-as-health", "LT1 behind HC1"),
            HcertKind::Light,
            |h| h.prefix = "HC1:".to_owned(),
        ),
        certificate(
            abstains(MALFORMED, "hcert/health-as-light", "HC1 behind LT1"),
            HcertKind::Vaccination,
            |h| h.prefix = "LT1:".to_owned(),
        ),
    ]
}
