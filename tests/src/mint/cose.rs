//! `signature`: the issuer's `COSE_Sign1` (RFC 9052, ISO/IEC 18013-5 9.1.2.4).

use super::{Draft, abstains, hook, refuses};
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::cose::{AlgHeader, Payload, Sign1, Signature};
use hwagin_training::{Key, KeyKind, Value};

const REFUSED: &str = "signature.algorithm_refused";
const INVALID: &str = "signature.invalid";
const MISMATCH: &str = "issuer.key_mismatch";
const MALFORMED: &str = "format.malformed";

pub(super) fn drafts() -> Vec<Draft> {
    [algorithms(), headers(), signatures(), shapes()]
        .into_iter()
        .flatten()
        .collect()
}

fn sign1(draft: Draft, change: impl FnOnce(&mut Sign1)) -> Draft {
    draft.licence(|r| change(&mut r.issuer_auth))
}

fn algorithms() -> Vec<Draft> {
    let named = |name, why, number: i64| {
        sign1(refuses(REFUSED, name, why), |s| {
            s.alg = AlgHeader::Protected(int(number))
        })
    };
    let other = |name, why, number: i64| {
        sign1(refuses(MISMATCH, name, why), |s| {
            s.alg = AlgHeader::Protected(int(number))
        })
    };
    let with_key = |name, why, kind: KeyKind, number: i64| {
        refuses(MISMATCH, name, why).licence(|r| {
            r.signer.key = Key::new(kind, "odd signer");
            r.issuer_auth.alg = AlgHeader::Protected(int(number));
        })
    };
    vec![
        sign1(
            refuses(
                REFUSED,
                "signature/alg-unprotected",
                "alg only counts where it is signed",
            ),
            |s| s.alg = AlgHeader::Unprotected,
        ),
        sign1(
            refuses(REFUSED, "signature/alg-missing", "no alg anywhere"),
            |s| {
                s.alg = AlgHeader::Missing;
            },
        ),
        sign1(
            refuses(
                REFUSED,
                "signature/alg-as-text",
                "a registered name, not its number",
            ),
            |s| {
                s.alg = AlgHeader::Protected(text("ES256"));
            },
        ),
        named("signature/alg-unknown", "-999 is no algorithm", -999),
        named(
            "signature/alg-es256k",
            "secp256k1 is no curve of this profile",
            -47,
        ),
        named(
            "signature/alg-ps256",
            "RSA is no algorithm of this profile",
            -37,
        ),
        named(
            "signature/alg-brainpool-512",
            "ESB512: the desk verifies brainpool curves of 256 and 384 bits",
            -268,
        ),
        other(
            "signature/esb256-with-p-256-key",
            "RFC 9864: the number names the curve",
            -265,
        ),
        named("signature/alg-hmac", "a MAC is no signature", 5),
        named("signature/alg-zero", "0 is reserved", 0),
        other(
            "signature/es384-with-p-256-key",
            "curve and algorithm belong together",
            -35,
        ),
        other(
            "signature/es512-with-p-256-key",
            "legal by RFC 9053, not by 18013-5",
            -36,
        ),
        other(
            "signature/eddsa-with-p-256-key",
            "curve and algorithm belong together",
            -8,
        ),
        other(
            "signature/esp384-with-p-256-key",
            "RFC 9864: ESP384 is P-384 by definition",
            -51,
        ),
        with_key(
            "signature/es256-with-p-384-key",
            "the other way round",
            KeyKind::P384,
            -7,
        ),
        with_key(
            "signature/es256-with-p-521-key",
            "the other way round",
            KeyKind::P521,
            -7,
        ),
        with_key(
            "signature/es256-with-ed25519-key",
            "the other way round",
            KeyKind::Ed25519,
            -7,
        ),
    ]
}

fn headers() -> Vec<Draft> {
    let critical = (int(2), Value::Array(vec![int(99)]));
    vec![
        sign1(
            refuses(
                "format.duplicate_key",
                "signature/alg-in-both-headers",
                "which one counts?",
            ),
            |s| s.unprotected.push((int(1), int(-7))),
        ),
        sign1(
            refuses(
                "format.duplicate_key",
                "signature/kid-in-both-headers",
                "RFC 9052 3",
            ),
            |s| {
                s.protected.push((int(4), bytes(b"1")));
                s.unprotected.push((int(4), bytes(b"1")));
            },
        ),
        sign1(
            refuses(
                "format.duplicate_key",
                "signature/alg-twice-protected",
                "RFC 9052 3",
            ),
            |s| s.protected.push((int(1), int(-7))),
        ),
        sign1(
            refuses(
                "format.duplicate_key",
                "signature/chain-twice",
                "RFC 9052 3: label once",
            ),
            |s| s.unprotected.push((int(33), bytes(b"1"))),
        ),
        sign1(
            abstains(
                "format.unsupported",
                "signature/critical-header",
                "RFC 9052 3.1: not known",
            ),
            |s| s.protected.push(critical.clone()),
        ),
        sign1(
            abstains(
                "format.unsupported",
                "signature/critical-header-unprotected",
                "nor there",
            ),
            |s| s.unprotected.push(critical),
        ),
        sign1(
            refuses(
                REFUSED,
                "signature/protected-empty-map",
                "A0 is an empty header: no alg",
            ),
            |s| {
                s.protected_bytes = Some(vec![0xa0]);
                s.unprotected.push((int(1), int(-7)));
            },
        ),
        sign1(
            refuses(
                REFUSED,
                "signature/protected-zero-length",
                "an empty header: no alg",
            ),
            |s| {
                s.protected_bytes = Some(Vec::new());
                s.unprotected.push((int(1), int(-7)));
            },
        ),
        sign1(
            abstains(MALFORMED, "signature/protected-junk", "not CBOR"),
            |s| {
                s.protected_bytes = Some(vec![0xff]);
            },
        ),
        sign1(
            abstains(MALFORMED, "signature/protected-array", "not a map"),
            |s| {
                s.protected_bytes = Some(vec![0x80]);
            },
        ),
        refuses(
            INVALID,
            "signature/header-added-after-signing",
            "it was not signed",
        )
        .licence(|r| {
            r.hooks.issuer_auth = hook(|sign1: &mut Value| {
                let header = Value::Map(vec![(int(1), int(-7)), (int(99), int(0))]);
                sign1.as_array_mut().unwrap()[0] = bytes(&encode(&header));
            });
        }),
        refuses(
            INVALID,
            "signature/header-rewritten",
            "the same header in longer bytes",
        )
        .licence(|r| {
            r.hooks.issuer_auth = hook(|sign1: &mut Value| {
                sign1.as_array_mut().unwrap()[0] = bytes(&[0xb8, 0x01, 0x01, 0x26]);
            });
        }),
    ]
}

fn signatures() -> Vec<Draft> {
    let replaced = |name, why, bytes: Vec<u8>| {
        sign1(refuses(INVALID, name, why), |s| {
            s.signature = Signature::Replaced(bytes)
        })
    };
    vec![
        sign1(
            refuses(
                "signature.missing",
                "signature/empty",
                "no byte of a signature",
            ),
            |s| {
                s.signature = Signature::Empty;
            },
        ),
        sign1(
            refuses(INVALID, "signature/one-bit-changed", "the last bit"),
            |s| {
                s.signature = Signature::Flipped;
            },
        ),
        sign1(
            refuses(
                INVALID,
                "signature/in-der-form",
                "RFC 9053 2.1: r and s side by side",
            ),
            |s| {
                s.signature = Signature::Der;
            },
        ),
        replaced("signature/of-zeros", "r and s are 0", vec![0; 64]),
        replaced(
            "signature/of-ones",
            "r and s above the group's order",
            vec![0xff; 64],
        ),
        replaced("signature/of-63-bytes", "one byte short", vec![1; 63]),
        replaced("signature/of-65-bytes", "one byte long", vec![1; 65]),
        replaced("signature/of-one-byte", "one byte", vec![1]),
        refuses(
            INVALID,
            "signature/by-another-key",
            "somebody else's, with this certificate",
        )
        .licence(|r| r.issuer_key = Some(Key::p256("somebody else"))),
        sign1(
            refuses(
                INVALID,
                "signature/over-another-object",
                "another security object",
            ),
            |s| s.payload = Payload::Replaced(vec![0xd8, 0x18, 0x41, 0xa0]),
        ),
    ]
}

fn shapes() -> Vec<Draft> {
    let shape = |name, why, change: fn(&mut Value)| {
        abstains(MALFORMED, name, why).licence(|r| r.hooks.issuer_auth = hook(change))
    };
    vec![
        sign1(
            abstains(
                MALFORMED,
                "signature/payload-nil",
                "there is nothing to read",
            ),
            |s| {
                s.payload = Payload::Nil;
            },
        ),
        sign1(
            abstains(
                MALFORMED,
                "signature/tag-18",
                "9.1.2.4: untagged in an mdoc",
            ),
            |s| {
                s.tags = vec![18];
            },
        ),
        sign1(
            abstains(MALFORMED, "signature/tag-98", "COSE_Sign, by its tag"),
            |s| {
                s.tags = vec![98];
            },
        ),
        sign1(
            abstains(MALFORMED, "signature/tag-998", "a tag of nobody"),
            |s| s.tags = vec![998],
        ),
        sign1(abstains(MALFORMED, "signature/tag-61", "no CWT"), |s| {
            s.tags = vec![61, 18]
        }),
        shape("signature/three-parts", "a COSE_Sign1 has four", |v| {
            v.as_array_mut().unwrap().pop();
        }),
        shape("signature/five-parts", "a COSE_Sign1 has four", |v| {
            v.as_array_mut().unwrap().push(Value::Null);
        }),
        shape("signature/as-map", "not an array", |v| {
            *v = Value::Map(Vec::new())
        }),
        shape("signature/signature-as-text", "a signature is bytes", |v| {
            v.as_array_mut().unwrap()[3] = text("signed");
        }),
        shape("signature/payload-as-text", "a payload is bytes", |v| {
            v.as_array_mut().unwrap()[2] = text("payload");
        }),
        shape(
            "signature/protected-bare",
            "the protected header is wrapped in bytes",
            |v| {
                v.as_array_mut().unwrap()[0] = Value::Map(vec![(int(1), int(-7))]);
            },
        ),
        shape(
            "signature/unprotected-as-array",
            "the unprotected header is a map",
            |v| {
                v.as_array_mut().unwrap()[1] = Value::Array(Vec::new());
            },
        ),
    ]
}
