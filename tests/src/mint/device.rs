//! `holder`: the phone's proof (ISO/IEC 18013-5 9.1.3 over the optical handover).

use super::{Draft, abstains, entry, hook, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, embedded, encode, int, map, text};
use hwagin_training::cose::{AlgHeader, Payload, Sign1, Signature};
use hwagin_training::recipe::{Envelope, Proof};
use hwagin_training::{Authority, Card, Case, Key, KeyKind, Recipe, Value};

const MISSING: &str = "holder.proof_missing";
const INVALID: &str = "holder.proof_invalid";

pub(super) fn drafts() -> Vec<Draft> {
    [
        missing(),
        keys(),
        signatures(),
        transcripts(),
        bindings(),
        ages(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn invalid(name: &'static str, why: &'static str, change: impl FnOnce(&mut Recipe)) -> Draft {
    refuses(INVALID, name, why).licence(change)
}

fn missing() -> Vec<Draft> {
    vec![
        abstains(
            MISSING,
            "holder/no-proof",
            "this purpose cannot decide without",
        )
        .licence(|r| r.holder.proof = Proof::Missing),
        refuses(
            MISSING,
            "holder/no-proof-where-refused",
            "this purpose refuses without",
        )
        .purpose("landlord")
        .minted(Card::Mfc, |r| r.holder.proof = Proof::Missing),
        abstains(
            MISSING,
            "holder/mac",
            "9.1.3.5: proves nothing without a reader's key",
        )
        .licence(|r| r.holder.proof = Proof::Mac),
    ]
}

fn keys() -> Vec<Draft> {
    vec![
        invalid(
            "holder/another-phone",
            "the card is bound to another key",
            |r| {
                r.holder.signs_with = Some(Key::p256("another phone"));
            },
        ),
        invalid(
            "holder/another-phone-of-another-curve",
            "and of another curve",
            |r| {
                r.holder.signs_with = Some(Key::new(KeyKind::P384, "another phone"));
            },
        ),
        invalid(
            "holder/key-of-unknown-curve",
            "secp256k1 is no curve of this profile",
            |r| {
                let (x, y) = (bytes(&[1; 32]), bytes(&[2; 32]));
                r.mso.device_key = Some(Value::Map(vec![
                    (int(1), int(2)),
                    (int(-1), int(8)),
                    (int(-2), x),
                    (int(-3), y),
                ]));
            },
        ),
        invalid("holder/key-off-the-curve", "no point of P-256", |r| {
            let (x, y) = (bytes(&[1; 32]), bytes(&[2; 32]));
            r.mso.device_key = Some(Value::Map(vec![
                (int(1), int(2)),
                (int(-1), int(1)),
                (int(-2), x),
                (int(-3), y),
            ]));
        }),
        invalid("holder/key-symmetric", "a key that both sides know", |r| {
            r.mso.device_key = Some(Value::Map(vec![
                (int(1), int(4)),
                (int(-1), bytes(&[7; 32])),
            ]));
        }),
        invalid("holder/key-empty", "no key at all", |r| {
            r.mso.device_key = Some(Value::Map(Vec::new()));
        }),
    ]
}

fn signatures() -> Vec<Draft> {
    let sign1 = |name, why, change: fn(&mut Sign1)| {
        invalid(name, why, move |r| change(&mut r.holder.sign1))
    };
    vec![
        sign1("holder/signature-changed", "one bit", |s| {
            s.signature = Signature::Flipped
        }),
        sign1("holder/signature-empty", "no byte", |s| {
            s.signature = Signature::Empty
        }),
        sign1("holder/signature-in-der-form", "RFC 9053 2.1", |s| {
            s.signature = Signature::Der
        }),
        sign1("holder/signature-of-zeros", "r and s are 0", |s| {
            s.signature = Signature::Replaced(vec![0; 64]);
        }),
        sign1(
            "holder/alg-unprotected",
            "alg only counts where it is signed",
            |s| {
                s.alg = AlgHeader::Unprotected;
            },
        ),
        sign1(
            "holder/alg-of-another-curve",
            "ES384 with a P-256 key",
            |s| {
                s.alg = AlgHeader::Protected(int(-35));
            },
        ),
        sign1("holder/alg-hmac", "a MAC is no signature", |s| {
            s.alg = AlgHeader::Protected(int(5));
        }),
        sign1("holder/critical-header", "RFC 9052 3.1: not known", |s| {
            s.protected.push((int(2), Value::Array(vec![int(99)])));
        }),
        sign1("holder/tag-18", "9.1.3.6: untagged in an mdoc", |s| {
            s.tags = vec![18]
        }),
        sign1(
            "holder/attached-and-different",
            "not what this desk rebuilds",
            |s| {
                s.payload = Payload::Replaced(vec![0xd8, 0x18, 0x41, 0xf6]);
            },
        ),
        sign1(
            "holder/attached-and-empty",
            "an empty payload is not a missing one",
            |s| {
                s.payload = Payload::Replaced(Vec::new());
            },
        ),
        invalid(
            "holder/signature-and-mac-swapped",
            "a MAC under the signature's name",
            |r| {
                r.holder.proof = Proof::Mac;
                r.hooks.document = hook(|document: &mut Value| {
                    let auth = entry(entry(document, "deviceSigned"), "deviceAuth");
                    auth.as_map_mut().unwrap()[0].0 = text("deviceSignature");
                });
            },
        ),
    ]
}

fn transcripts() -> Vec<Draft> {
    let transcript = |name, why, change: fn(&mut Vec<Value>)| {
        invalid(name, why, move |r| {
            r.hooks.transcript = hook(move |t: &mut Value| change(t.as_array_mut().unwrap()));
        })
    };
    let handover = |name, why, kind: &'static str| {
        invalid(name, why, move |r| r.holder.handover = kind.to_owned())
    };
    vec![
        handover(
            "holder/online-handover",
            "OpenID4VP: for a website",
            "OpenID4VPHandover",
        ),
        handover(
            "holder/browser-handover",
            "DC API: for a website",
            "OpenID4VPDCAPIHandover",
        ),
        handover(
            "holder/handover-of-a-later-version",
            "for another",
            "HwaginOpticalHandover-2",
        ),
        handover("holder/handover-without-name", "for anything", ""),
        transcript("holder/radio-handover", "18013-5 QR: handover null", |t| {
            t[2] = Value::Null
        }),
        transcript("holder/with-engagement", "for a radio session", |t| {
            t[0] = embedded(encode(&map([])));
        }),
        transcript("holder/with-reader-key", "for a reader with a key", |t| {
            t[1] = embedded(encode(&map([])));
        }),
        transcript("holder/transcript-of-four", "one element too many", |t| {
            t.push(Value::Null)
        }),
        transcript("holder/handover-of-other-length", "the hash is cut", |t| {
            let Some(hash) = t[2].as_array_mut().and_then(|h| h[1].as_bytes_mut()) else {
                return;
            };
            hash.truncate(31);
        }),
    ]
}

fn bindings() -> Vec<Draft> {
    let signed = |name, why, change: fn(&mut Envelope)| {
        invalid(name, why, move |r| {
            r.holder.signed_envelope = Some(r.envelope.clone());
            change(&mut r.envelope);
        })
    };
    vec![
        signed("holder/time-changed", "an old proof with a new time", |e| {
            e.issued = int(AT - 1)
        }),
        signed("holder/id-changed", "an old proof with a new id", |e| {
            e.cti = vec![9; 16]
        }),
        signed(
            "holder/purpose-added",
            "a proof for no purpose, given one",
            |e| {
                e.purpose = Some("hospital-reception".to_owned());
            },
        ),
        signed(
            "holder/challenge-added",
            "a proof for no challenge, given one",
            |e| {
                e.challenge_hash = Some(vec![1; 32]);
            },
        ),
        invalid(
            "holder/purpose-removed",
            "a proof for another purpose, hidden",
            |r| {
                let mut signed = r.envelope.clone();
                signed.purpose = Some("landlord".to_owned());
                r.holder.signed_envelope = Some(signed);
            },
        ),
        invalid(
            "holder/device-elements-added",
            "elements that the phone did not sign",
            |r| {
                r.hooks.document = hook(|document: &mut Value| {
                    let added = map([(
                        "org.iso.18013.5.1",
                        map([("age_over_19", Value::Bool(true))]),
                    )]);
                    *entry(entry(document, "deviceSigned"), "nameSpaces") =
                        embedded(encode(&added));
                });
            },
        ),
        refuses(
            "holder.wrong_purpose",
            "holder/for-another-purpose",
            "made for a landlord",
        )
        .licence(|r| r.envelope.purpose = Some("landlord".to_owned())),
        refuses(
            "holder.wrong_purpose",
            "holder/for-an-empty-purpose",
            "made for none's name",
        )
        .licence(|r| r.envelope.purpose = Some(String::new())),
        refuses(
            "holder.challenge_mismatch",
            "holder/for-a-challenge",
            "this desk asked none",
        )
        .licence(|r| r.envelope.challenge_hash = Some(vec![1; 32])),
    ]
}

fn ages() -> Vec<Draft> {
    let made = |draft: Draft, ago: i64| draft.licence(|r| r.envelope.issued = int(AT - ago));
    let (key, cti) = Authority::built_in().replayed_proof_input(Card::Mdl);
    vec![
        made(
            refuses(
                "holder.too_old",
                "holder/made-ten-minutes-ago",
                "a screenshot",
            ),
            600,
        ),
        made(
            refuses(
                "holder.too_old",
                "holder/made-a-second-too-early",
                "121 seconds",
            ),
            121,
        ),
        made(
            refuses(
                "holder.too_old",
                "holder/made-in-1970",
                "a phone without a clock",
            ),
            AT,
        ),
        made(
            abstains(
                "holder.from_future",
                "holder/made-in-ten-minutes",
                "one clock is wrong",
            ),
            -600,
        ),
        made(
            abstains(
                "holder.from_future",
                "holder/made-a-second-too-late",
                "61 seconds ahead",
            ),
            -61,
        ),
        abstains(
            "holder.from_future",
            "holder/made-at-the-end-of-time",
            "2^63 - 1",
        )
        .licence(|r| r.envelope.issued = int(i64::MAX)),
        refuses(
            "holder.replayed",
            "holder/replayed",
            "this desk has accepted it before",
        )
        .licence(|r| *r = Recipe::of(Card::Mdl, Case::Replayed, AT))
        .seen(key.clone(), cti.to_vec()),
        refuses(
            "holder.replayed",
            "holder/replayed-with-another-signature",
            "of an ECDSA signature anybody can make a second: the id counts, not the signature",
        )
        .licence(|r| {
            *r = Recipe::of(Card::Mdl, Case::Replayed, AT);
            r.hooks.document = hook(|document: &mut Value| {
                let auth = entry(entry(document, "deviceSigned"), "deviceAuth");
                let sign1 = entry(auth, "deviceSignature").as_array_mut().unwrap();
                negate_s(sign1[3].as_bytes_mut().unwrap());
            });
        })
        .seen(key, cti.to_vec()),
        refuses(
            "holder.too_old",
            "holder/stale-where-none-is-needed",
            "it is there, so it counts",
        )
        .purpose("document-only")
        .licence(|r| r.envelope.issued = int(AT - 600)),
        refuses(
            INVALID,
            "holder/broken-where-none-is-needed",
            "it is there, so it has to hold",
        )
        .purpose("document-only")
        .licence(|r| r.holder.sign1.signature = Signature::Flipped),
    ]
}

/// Turns the s of a P-256 signature into the group's order minus s: as good as before.
fn negate_s(signature: &mut [u8]) {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
        0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let mut borrow = 0;
    for at in (0..32).rev() {
        let difference = i16::from(ORDER[at]) - i16::from(signature[32 + at]) - borrow;
        borrow = i16::from(difference < 0);
        signature[32 + at] = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
}
