//! `claim-169`: MOSIP identity documents (QR code specification 1.2.0).

mod contents;
mod signers;
mod symbol;

use super::{Draft, abstains, accepts, hook, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::{AlgHeader, Sign1, Signature};
use hwagin_training::documents::claim_169::{Encryption, Wrapping};
use hwagin_training::{Authority, Claim169, Key, KeyKind, Value};

const UNKNOWN: &str = "issuer.unknown";
const INVALID: &str = "signature.invalid";
const REFUSED: &str = "signature.algorithm_refused";
const MALFORMED: &str = "format.malformed";

pub(super) fn drafts() -> Vec<Draft> {
    [
        accepted(),
        signers::drafts(),
        algorithms(),
        signatures(),
        wrappings(),
        messages(),
        contents::drafts(),
        symbol::drafts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An identity document, changed, at a desk that asks for the document alone.
fn identity(draft: Draft, change: impl FnOnce(&mut Claim169)) -> Draft {
    let mut recipe = Claim169::new(AT);
    change(&mut recipe);
    let minted = Authority::built_in().mint_claim_169(&recipe);
    draft.document(minted.text, &["full_name"])
}

fn sign1(draft: Draft, change: impl FnOnce(&mut Sign1)) -> Draft {
    identity(draft, |c| change(&mut c.cwt.sign1))
}

/// A document by a key of its own, which the desk holds in this file.
fn signed_by(draft: Draft, file: &'static str, key: Key) -> Draft {
    let held = cose_key(&key);
    identity(draft, |c| c.cwt.key = key).keys(vec![(file, Some(held))])
}

fn cose_key(key: &Key) -> Vec<u8> {
    Authority::built_in().public_key(key).cose_key
}

fn accepted() -> Vec<Draft> {
    let tags = |name, why, tags: &[u64]| sign1(accepts(name, why), |s| s.tags = tags.to_vec());
    let minted = Authority::built_in().mint_claim_169(&Claim169::new(AT));
    vec![
        identity(accepts("accept/claim-169", "EdDSA, sound"), |_| {}).surplus(8),
        identity(
            accepts("accept/claim-169-captured", "without its text form"),
            |_| {},
        )
        .captured(&minted.message),
        signed_by(
            accepts("accept/claim-169-es256", "the other algorithm"),
            "id-p256.cose",
            Key::p256("id authority p256"),
        ),
        signed_by(
            accepts("accept/claim-169-ps256", "as its signer can be set to"),
            "id-rsa.cose",
            Key::new(KeyKind::Rsa, "rsa"),
        ),
        sign1(
            accepts(
                "accept/claim-169-ed25519",
                "RFC 9864: the same algorithm, with its curve",
            ),
            |s| s.alg = AlgHeader::Protected(int(-19)),
        ),
        tags("accept/claim-169-untagged", "seen so", &[]),
        tags("accept/claim-169-tag-61", "MOSIP's own example", &[61, 18]),
    ]
}

fn algorithms() -> Vec<Draft> {
    let by = |name, why, kind: KeyKind| {
        identity(refuses(REFUSED, name, why), |c| {
            c.cwt.key = Key::new(kind, "odd id authority");
        })
    };
    vec![
        by("claim-169/alg-es384", "EdDSA and ES256", KeyKind::P384),
        by("claim-169/alg-es512", "EdDSA and ES256", KeyKind::P521),
        sign1(
            refuses(
                REFUSED,
                "claim-169/alg-unprotected",
                "of health certificates alone is it taken from there",
            ),
            |s| s.alg = AlgHeader::Unprotected,
        ),
        sign1(
            refuses(REFUSED, "claim-169/alg-missing", "no alg anywhere"),
            |s| s.alg = AlgHeader::Missing,
        ),
        sign1(
            refuses(REFUSED, "claim-169/alg-ed448", "not verified here"),
            |s| s.alg = AlgHeader::Protected(int(-53)),
        ),
        sign1(
            refuses(REFUSED, "claim-169/alg-hmac", "a MAC is no signature"),
            |s| s.alg = AlgHeader::Protected(int(5)),
        ),
        identity(
            refuses(
                "issuer.key_mismatch",
                "claim-169/es256-by-p-384",
                "of health certificates alone",
            ),
            |c| c.cwt.key = Key::new(KeyKind::P384Sha256, "id p384"),
        )
        .keys(vec![(
            "id-p384.cose",
            Some(cose_key(&Key::new(KeyKind::P384, "id p384"))),
        )]),
    ]
}

fn signatures() -> Vec<Draft> {
    let flawed = |name, why, signature: Signature| {
        sign1(refuses(INVALID, name, why), |s| s.signature = signature)
    };
    let altered = |name, why, key: i64, value: Value| {
        identity(refuses(INVALID, name, why), move |c| {
            c.cwt.hooks.altered = hook(move |claims: &mut Value| {
                let data = number(claims, 169);
                *number(data, key) = value.clone();
            });
        })
    };
    vec![
        altered(
            "claim-169/altered-name",
            "not what was signed",
            4,
            text("SOMEBODY ELSE"),
        ),
        altered(
            "claim-169/altered-photo",
            "somebody else's face",
            16,
            bytes(&[0xff, 0xd8]),
        ),
        flawed("claim-169/signature-changed", "one bit", Signature::Flipped),
        flawed(
            "claim-169/signature-of-zeros",
            "R is no point",
            Signature::Replaced(vec![0; 64]),
        ),
        flawed(
            "claim-169/signature-of-63-bytes",
            "64 for Ed25519",
            Signature::Replaced(vec![1; 63]),
        ),
        sign1(
            refuses(
                "signature.missing",
                "claim-169/unsigned",
                "published as valid: room for a signature, and nothing in it",
            ),
            |s| s.signature = Signature::Empty,
        ),
        flawed(
            "claim-169/signature-not-canonical",
            "RFC 8032 5.1.7: S and the order of the group",
            Signature::Replaced(not_canonical()),
        ),
    ]
}

/// The signature of a sound document, its S larger by the order of the group.
fn not_canonical() -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let sound = Authority::built_in().mint_claim_169(&Claim169::new(AT));
    let mut signature = sound.message[sound.message.len() - 64..].to_vec();
    let mut carry = 0;
    for (digit, more) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*digit) + u16::from(more) + carry;
        (*digit, carry) = (sum.to_le_bytes()[0], sum >> 8);
    }
    signature
}

/// What stands under this number of a map.
fn number(map: &mut Value, key: i64) -> &mut Value {
    let entries = map.as_map_mut().unwrap();
    &mut entries.iter_mut().find(|(k, _)| *k == int(key)).unwrap().1
}

fn wrappings() -> Vec<Draft> {
    let encrypted = |name, why, change: fn(&mut Claim169)| {
        identity(abstains("format.encrypted", name, why), change)
    };
    let unsigned = |name, why, change: fn(&mut Claim169)| {
        identity(refuses("signature.missing", name, why), change)
    };
    vec![
        encrypted("claim-169/encrypted", "A256GCM", |c| {
            c.encryption = Some(Encryption::A256Gcm);
        }),
        encrypted("claim-169/encrypted-128", "A128GCM", |c| {
            c.encryption = Some(Encryption::A128Gcm);
        }),
        encrypted("claim-169/encrypted-in-tag-61", "a CWT of it", |c| {
            c.encryption = Some(Encryption::A256Gcm);
            c.cwt.hooks.token_bytes = hook(|bytes: &mut Vec<u8>| {
                bytes.splice(0..0, [0xd8, 61]);
            });
        }),
        encrypted("claim-169/encrypted-and-unsigned", "who can tell?", |c| {
            c.wrapping = Wrapping::Bare;
            c.encryption = Some(Encryption::A256Gcm);
        }),
        encrypted("claim-169/encrypted-for-several", "COSE_Encrypt", |c| {
            c.cwt.hooks.token_bytes = hook(|bytes: &mut Vec<u8>| {
                *bytes = vec![0xd8, 96, 0x84, 0x40, 0xa0, 0x41, 0x00, 0x80];
            });
        }),
        unsigned(
            "claim-169/bare",
            "the claims, and nobody's signature",
            |c| {
                c.wrapping = Wrapping::Bare;
            },
        ),
        unsigned(
            "claim-169/pixelpass",
            "a map of text keys, as PixelPass writes without a signature",
            |c| c.wrapping = Wrapping::PixelPass,
        ),
        unsigned("claim-169/bare-in-tag-61", "tag 61 signs nothing", |c| {
            c.wrapping = Wrapping::Bare;
            c.cwt.hooks.token_bytes = hook(|bytes: &mut Vec<u8>| {
                bytes.splice(0..0, [0xd8, 61]);
            });
        }),
    ]
}

fn messages() -> Vec<Draft> {
    let tags = |name, why, tags: &'static [u64]| {
        sign1(abstains(MALFORMED, name, why), |s| s.tags = tags.to_vec())
    };
    vec![
        tags("claim-169/tag-61-alone", "61 goes around 18", &[61]),
        tags("claim-169/tag-98", "several signers", &[98]),
        tags("claim-169/tag-17", "a MAC", &[17]),
        tags("claim-169/tag-998", "a stranger's", &[998, 18]),
        tags("claim-169/tag-61-twice", "once", &[61, 61, 18]),
        sign1(
            abstains(
                "format.unsupported",
                "claim-169/critical-header",
                "not known",
            ),
            |s| s.protected.push((int(2), Value::Array(vec![int(99)]))),
        ),
        sign1(
            refuses(
                "format.duplicate_key",
                "claim-169/alg-in-both-headers",
                "of health certificates alone may it stand twice",
            ),
            |s| s.unprotected.push((int(1), int(-8))),
        ),
    ]
}
