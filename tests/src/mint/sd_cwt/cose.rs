//! `signature`: the issuer's `COSE_Sign1` (RFC 9052, RFC 9053, RFC 9864).

use super::{DUPLICATE, MALFORMED, UNSUPPORTED, parts, refused, undecided};
use crate::mint::{Draft, hook};
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::cose::{AlgHeader, Payload, Sign1, Signature};
use hwagin_training::{Key, KeyKind, SdCwt, Value};

const REFUSED: &str = "signature.algorithm_refused";
const INVALID: &str = "signature.invalid";
const MISMATCH: &str = "issuer.key_mismatch";

pub(super) fn drafts() -> Vec<Draft> {
    [algorithms(), pairs(), headers(), signatures()]
        .into_iter()
        .flatten()
        .collect()
}

/// The issuer's message, changed before it is signed.
fn issuer(change: impl FnOnce(&mut Sign1)) -> impl FnOnce(&mut SdCwt) {
    |r| change(&mut r.token.sign1)
}

fn algorithms() -> Vec<Draft> {
    let alg = |name, why, alg: AlgHeader| refused(REFUSED, name, why, issuer(|s| s.alg = alg));
    let number = |name, why, number: i64| alg(name, why, AlgHeader::Protected(int(number)));
    vec![
        alg(
            "signature/sd-cwt-alg-unprotected",
            "alg only counts where it is signed",
            AlgHeader::Unprotected,
        ),
        alg(
            "signature/sd-cwt-alg-missing",
            "no alg anywhere",
            AlgHeader::Missing,
        ),
        alg(
            "signature/sd-cwt-alg-as-text",
            "a registered name, not its number",
            AlgHeader::Protected(text("ES256")),
        ),
        number("signature/sd-cwt-alg-unknown", "no algorithm", -999),
        number("signature/sd-cwt-alg-es256k", "secp256k1", -47),
        number("signature/sd-cwt-alg-rs256", "PKCS #1 version 1.5", -257),
        number("signature/sd-cwt-alg-ed448", "not verified here", -53),
        number("signature/sd-cwt-alg-esb320", "brainpoolP320r1", -266),
        number("signature/sd-cwt-alg-esb512", "brainpoolP512r1", -268),
        number("signature/sd-cwt-alg-ml-dsa", "ML-DSA-44", -48),
        number("signature/sd-cwt-alg-hmac", "a MAC is no signature", 5),
        number("signature/sd-cwt-alg-zero", "0 is reserved", 0),
    ]
}

fn pairs() -> Vec<Draft> {
    let pair = |name, why, kind: KeyKind, number: i64| {
        refused(MISMATCH, name, why, |r| {
            r.signer.key = Key::new(kind, "odd signer");
            r.token.sign1.alg = AlgHeader::Protected(int(number));
        })
    };
    let other = |name, number| {
        pair(
            name,
            "key and algorithm belong together",
            KeyKind::P256,
            number,
        )
    };
    let named = "RFC 9864: the number names the curve";
    vec![
        other("signature/sd-cwt-es384-with-p-256", -35),
        other("signature/sd-cwt-es512-with-p-256", -36),
        other("signature/sd-cwt-eddsa-with-p-256", -8),
        other("signature/sd-cwt-ps256-with-p-256", -37),
        pair(
            "signature/sd-cwt-esp384-with-p-256",
            named,
            KeyKind::P256,
            -51,
        ),
        pair(
            "signature/sd-cwt-esb256-with-p-256",
            named,
            KeyKind::P256,
            -265,
        ),
        pair(
            "signature/sd-cwt-esp256-with-p-384",
            named,
            KeyKind::P384,
            -9,
        ),
        pair(
            "signature/sd-cwt-es256-with-p-384",
            "lawful for a health certificate, not here",
            KeyKind::P384,
            -7,
        ),
        pair(
            "signature/sd-cwt-es256-with-p-521",
            "the other way round",
            KeyKind::P521,
            -7,
        ),
        pair(
            "signature/sd-cwt-es256-with-ed25519",
            "the other way round",
            KeyKind::Ed25519,
            -7,
        ),
        pair(
            "signature/sd-cwt-es256-with-rsa",
            "the other way round",
            KeyKind::Rsa,
            -7,
        ),
    ]
}

fn headers() -> Vec<Draft> {
    let critical = || (int(2), Value::Array(vec![int(99)]));
    vec![
        refused(
            DUPLICATE,
            "signature/sd-cwt-alg-in-both-headers",
            "which one counts?",
            issuer(|s| s.unprotected.push((int(1), int(-7)))),
        ),
        refused(
            DUPLICATE,
            "signature/sd-cwt-kid-in-both-headers",
            "RFC 9052 3",
            issuer(|s| {
                s.protected.push((int(4), bytes(b"1")));
                s.unprotected.push((int(4), bytes(b"1")));
            }),
        ),
        refused(
            DUPLICATE,
            "signature/sd-cwt-chain-in-both-headers",
            "RFC 9052 3",
            issuer(|s| s.unprotected.push((int(33), bytes(b"1")))),
        ),
        refused(
            DUPLICATE,
            "signature/sd-cwt-alg-twice-protected",
            "RFC 9052 3",
            issuer(|s| s.protected.push((int(1), int(-7)))),
        ),
        undecided(
            UNSUPPORTED,
            "signature/sd-cwt-critical-header",
            "RFC 9052 3.1: not known",
            issuer(|s| s.protected.push(critical())),
        ),
        undecided(
            UNSUPPORTED,
            "signature/sd-cwt-critical-header-unprotected",
            "nor there",
            issuer(|s| s.unprotected.push(critical())),
        ),
        undecided(
            UNSUPPORTED,
            "signature/sd-cwt-binding-critical-header",
            "nor in the token around it",
            |r| r.binding.sign1.protected.push(critical()),
        ),
        refused(
            REFUSED,
            "signature/sd-cwt-protected-zero-length",
            "an empty header: no alg, and no typ",
            issuer(|s| {
                s.protected_bytes = Some(Vec::new());
                s.unprotected.push((int(1), int(-7)));
            }),
        ),
        refused(
            REFUSED,
            "signature/sd-cwt-protected-empty-map",
            "A0 is an empty header: no alg, and no typ",
            issuer(|s| {
                s.protected_bytes = Some(vec![0xa0]);
                s.unprotected.push((int(1), int(-7)));
            }),
        ),
        undecided(
            MALFORMED,
            "signature/sd-cwt-header-label-as-bytes",
            "a label is a number or a text",
            issuer(|s| s.protected.push((bytes(b"x"), int(1)))),
        ),
        refused(
            INVALID,
            "signature/sd-cwt-header-added-after-signing",
            "it was not signed",
            |r| {
                r.hooks.token = hook(|token: &mut Value| {
                    let header = parts(token)[0].as_bytes().unwrap().clone();
                    let mut header: Value = ciborium::from_reader(header.as_slice()).unwrap();
                    header.as_map_mut().unwrap().push((int(99), int(0)));
                    parts(token)[0] = bytes(&encode(&header));
                });
            },
        ),
    ]
}

fn signatures() -> Vec<Draft> {
    let signed = |code, name, why, signature: Signature| {
        refused(code, name, why, issuer(|s| s.signature = signature))
    };
    let replaced =
        |name, why, bytes: Vec<u8>| signed(INVALID, name, why, Signature::Replaced(bytes));
    vec![
        signed(
            "signature.missing",
            "signature/sd-cwt-empty",
            "no byte of a signature",
            Signature::Empty,
        ),
        signed(
            INVALID,
            "signature/sd-cwt-one-bit-changed",
            "the last bit",
            Signature::Flipped,
        ),
        signed(
            INVALID,
            "signature/sd-cwt-in-der-form",
            "RFC 9053 2.1: r and s side by side",
            Signature::Der,
        ),
        replaced("signature/sd-cwt-of-zeros", "r and s are 0", vec![0; 64]),
        replaced(
            "signature/sd-cwt-of-ones",
            "above the order",
            vec![0xff; 64],
        ),
        replaced(
            "signature/sd-cwt-of-63-bytes",
            "one byte short",
            vec![1; 63],
        ),
        replaced("signature/sd-cwt-of-65-bytes", "one byte long", vec![1; 65]),
        replaced("signature/sd-cwt-of-96-bytes", "that of P-384", vec![1; 96]),
        refused(
            INVALID,
            "signature/sd-cwt-by-another-key",
            "somebody else's, with this certificate",
            |r| r.issuer_key = Some(Key::p256("somebody else")),
        ),
        refused(
            INVALID,
            "signature/sd-cwt-over-other-claims",
            "claims put in place of those that were signed",
            |r| r.token.sign1.payload = Payload::Replaced(vec![0xa1, 0x02, 0x61, 0x61]),
        ),
        undecided(
            MALFORMED,
            "signature/sd-cwt-claims-nil",
            "there is nothing to read",
            issuer(|s| s.payload = Payload::Nil),
        ),
    ]
}
