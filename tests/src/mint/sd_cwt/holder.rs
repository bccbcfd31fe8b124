//! `holder`: whose phone made it, when, for whom, and whether it was shown before.

use super::accept_forms::{NONCE, VERIFIER};
use super::{parts, refused, undecided};
use crate::mint::{Draft, abstains, hook, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::sd_cwt::audience;
use hwagin_training::{Authority, Card, Case, Key, KeyKind, SdCwt, Value};

const INVALID: &str = "holder.proof_invalid";
const MISSING: &str = "holder.proof_missing";
const PURPOSE: &str = "holder.wrong_purpose";

pub(super) fn drafts() -> Vec<Draft> {
    [
        missing(),
        keys(),
        altered(),
        audiences(),
        ages(),
        captured(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn missing() -> Vec<Draft> {
    vec![
        abstains(
            MISSING,
            "holder/sd-cwt-bare",
            "this purpose cannot decide without a proof",
        )
        .sd_cwt(Card::Mdl, |r| r.bare = true),
        refuses(
            MISSING,
            "holder/sd-cwt-bare-where-refused",
            "this purpose refuses without",
        )
        .purpose("landlord")
        .sd_cwt(Card::Mfc, |r| r.bare = true),
        abstains(
            MISSING,
            "holder/sd-cwt-bare-captured",
            "this purpose cannot decide without a proof",
        )
        .caught(|r| r.bare = true),
        abstains(
            MISSING,
            "holder/sd-cwt-bare-captured-in-a-session",
            "a session proves nothing of a token that is not bound",
        )
        .audience(VERIFIER, Some(&NONCE))
        .caught(|r| r.bare = true),
    ]
}

fn keys() -> Vec<Draft> {
    let key = |name, why, entries: Vec<(i64, Value)>| {
        refused(INVALID, name, why, move |r| {
            let entries = entries
                .into_iter()
                .map(|(label, value)| (int(label), value));
            let key = Value::Map(entries.collect());
            let confirmation = Value::Map(vec![(int(1), key)]);
            r.token.claims.set(int(8), confirmation);
        })
    };
    let point = |curve: i64| {
        let (x, y) = (bytes(&[1; 32]), bytes(&[2; 32]));
        vec![(1, int(2)), (-1, int(curve)), (-2, x), (-3, y)]
    };
    vec![
        refused(
            INVALID,
            "holder/sd-cwt-another-phone",
            "the card is bound to another key",
            |r| r.binding.signs_with = Some(Key::p256("another phone")),
        ),
        refused(
            INVALID,
            "holder/sd-cwt-another-phone-of-another-curve",
            "and of another curve",
            |r| r.binding.signs_with = Some(Key::new(KeyKind::P384, "another phone")),
        ),
        refused(
            INVALID,
            "holder/sd-cwt-signed-by-the-issuer",
            "the issuer is not the holder",
            |r| r.binding.signs_with = Some(r.signer.key.clone()),
        ),
        key(
            "holder/sd-cwt-key-of-unknown-curve",
            "secp256k1 is no curve of this profile",
            point(8),
        ),
        key("holder/sd-cwt-key-off-the-curve", "no point", point(1)),
        key(
            "holder/sd-cwt-key-symmetric",
            "a key that both sides know",
            vec![(1, int(4)), (-1, bytes(&[7; 32]))],
        ),
        key("holder/sd-cwt-key-empty", "no key at all", Vec::new()),
        refused(
            INVALID,
            "holder/sd-cwt-key-as-thumbprint",
            "RFC 9679: a key that the desk would have to know",
            |r| {
                let thumbprint = Value::Map(vec![(int(5), bytes(&[5; 32]))]);
                r.token.claims.set(int(8), thumbprint);
            },
        ),
        refuses(
            INVALID,
            "holder/sd-cwt-broken-where-none-is-needed",
            "it is there, so it has to hold",
        )
        .purpose("document-only")
        .sd_cwt(Card::Mdl, |r| {
            r.binding.signs_with = Some(Key::p256("another phone"));
        }),
    ]
}

/// The SD-CWT in the protected header of a key binding token, changed after the holder signed.
fn in_kcwt(kbt: &mut Value, change: impl Fn(&mut Vec<Value>)) {
    let header = parts(kbt)[0].as_bytes().unwrap().clone();
    let mut header: Value = ciborium::from_reader(header.as_slice()).unwrap();
    let entries = header.as_map_mut().unwrap().iter_mut();
    let (_, token) = entries.into_iter().find(|(k, _)| *k == int(13)).unwrap();
    change(parts(token));
    parts(kbt)[0] = bytes(&encode(&header));
}

/// The disclosures among the parts of an SD-CWT.
fn disclosures(token: &mut [Value]) -> &mut Vec<Value> {
    let header = token[1].as_map_mut().unwrap();
    let sent = &mut header.last_mut().unwrap().1;
    sent.as_array_mut().unwrap()
}

fn altered() -> Vec<Draft> {
    let after = |code, name, why, change: fn(&mut Vec<Value>)| {
        refused(code, name, why, move |r| {
            r.hooks.kbt = hook(move |kbt: &mut Value| in_kcwt(kbt, change));
        })
    };
    vec![
        after(
            "digest.unused",
            "holder/sd-cwt-disclosure-changed",
            "one byte of a value: no hash stands for it any more",
            |token| {
                let first = disclosures(token)[0].as_bytes_mut().unwrap();
                let place = first.windows(8).position(|part| part == b"SPECIMEN");
                first[place.unwrap()] = b'X';
            },
        ),
        after(
            INVALID,
            "holder/sd-cwt-disclosure-taken-out",
            "the holder signed what he showed, all of it",
            |token| {
                disclosures(token).pop();
            },
        ),
        after(
            INVALID,
            "holder/sd-cwt-disclosures-reordered",
            "another order is another token",
            |token| disclosures(token).reverse(),
        ),
        after(
            INVALID,
            "holder/sd-cwt-header-added-inside",
            "the holder signed the open header, too",
            |token| {
                let header = token[1].as_map_mut().unwrap();
                header.push((int(99), int(1)));
            },
        ),
        refused(
            INVALID,
            "holder/sd-cwt-time-changed",
            "an old proof with a new time",
            |r| {
                r.hooks.kbt = hook(|kbt: &mut Value| {
                    let claims = parts(kbt)[2].as_bytes().unwrap().clone();
                    let mut claims: Value = ciborium::from_reader(claims.as_slice()).unwrap();
                    for (key, value) in claims.as_map_mut().unwrap() {
                        if *key == int(6) {
                            *value = int(AT - 1);
                        }
                    }
                    parts(kbt)[2] = bytes(&encode(&claims));
                });
            },
        ),
    ]
}

fn audiences() -> Vec<Draft> {
    let aud =
        |name, why, aud: &str| refused(PURPOSE, name, why, |r| r.binding.aud = Some(text(aud)));
    vec![
        aud(
            "holder/sd-cwt-for-another-purpose",
            "made for a landlord",
            &audience("landlord"),
        ),
        aud(
            "holder/sd-cwt-for-an-empty-purpose",
            "made for none's name",
            &audience(""),
        ),
        aud(
            "holder/sd-cwt-for-a-purpose-in-upper-case",
            "compared byte for byte",
            &audience("HOSPITAL-RECEPTION"),
        ),
        aud(
            "holder/sd-cwt-for-a-longer-purpose",
            "not by its beginning",
            &audience("hospital-reception-2"),
        ),
        aud(
            "holder/sd-cwt-for-a-website",
            "made to be sent to a website",
            VERIFIER,
        ),
        aud(
            "holder/sd-cwt-for-a-later-version",
            "made for another presentation",
            "hwagin:optical:2",
        ),
        aud(
            "holder/sd-cwt-for-version-10",
            "not by its beginning",
            "hwagin:optical:10",
        ),
        aud("holder/sd-cwt-for-nobody", "an empty audience", ""),
    ]
}

fn ages() -> Vec<Draft> {
    let made = |ago: i64| move |r: &mut SdCwt| r.binding.iat = Some(int(AT - ago));
    let (key, cti) = Authority::built_in().replayed_proof_input(Card::Mdl);
    vec![
        refused(
            "holder.too_old",
            "holder/sd-cwt-made-ten-minutes-ago",
            "a screenshot",
            made(600),
        ),
        refused(
            "holder.too_old",
            "holder/sd-cwt-made-a-second-too-early",
            "121 seconds",
            made(121),
        ),
        undecided(
            "holder.from_future",
            "holder/sd-cwt-made-in-ten-minutes",
            "one clock is wrong",
            made(-600),
        ),
        undecided(
            "holder.from_future",
            "holder/sd-cwt-made-a-second-too-late",
            "61 seconds ahead",
            made(-61),
        ),
        refuses(
            "holder.too_old",
            "holder/sd-cwt-stale-where-none-is-needed",
            "it is there, so it counts",
        )
        .purpose("document-only")
        .sd_cwt(Card::Mdl, made(600)),
        refuses(
            "holder.replayed",
            "holder/sd-cwt-replayed",
            "this desk has accepted it before",
        )
        .sd_cwt(Card::Mdl, |r| *r = SdCwt::of(Card::Mdl, Case::Replayed, AT))
        .seen(key.clone(), cti.to_vec()),
        refuses(
            "holder.replayed",
            "holder/sd-cwt-replayed-in-the-other-format",
            "the same phone and the same id: seen of the mdoc",
        )
        .sd_cwt(Card::Mdl, |r| {
            r.binding.cti = Some(cti.to_vec());
            r.binding.aud = Some(text(&audience("hospital-reception")));
        })
        .seen(key, cti.to_vec()),
    ]
}

fn captured() -> Vec<Draft> {
    let bound = |code, name, why, nonce: Option<&[u8]>, change: fn(&mut SdCwt)| {
        refuses(code, name, why)
            .audience(VERIFIER, nonce)
            .caught(|r| {
                r.binding.aud = Some(text(VERIFIER));
                r.binding.cnonce = nonce.map(<[u8]>::to_vec);
                change(r);
            })
    };
    let challenge = "holder.challenge_mismatch";
    vec![
        bound(
            PURPOSE,
            "holder/sd-cwt-captured-for-another-verifier",
            "aud is somebody else",
            Some(&NONCE),
            |r| r.binding.aud = Some(text("https://other.example")),
        ),
        bound(
            PURPOSE,
            "holder/sd-cwt-captured-optical-in-a-session",
            "made for a desk, and not for this verifier",
            Some(&NONCE),
            |r| r.binding.aud = Some(text("hwagin:optical:1")),
        ),
        bound(
            challenge,
            "holder/sd-cwt-captured-with-another-nonce",
            "of another session",
            Some(&NONCE),
            |r| r.binding.cnonce = Some(vec![1; 32]),
        ),
        bound(
            challenge,
            "holder/sd-cwt-captured-nonce-missing",
            "the verifier asked one",
            Some(&NONCE),
            |r| r.binding.cnonce = None,
        ),
        bound(
            challenge,
            "holder/sd-cwt-captured-nonce-not-asked",
            "of another session",
            None,
            |r| r.binding.cnonce = Some(vec![1; 32]),
        ),
        bound(
            INVALID,
            "holder/sd-cwt-captured-without-time-and-nonce",
            "cti alone: nothing says when",
            None,
            |r| r.binding.iat = None,
        ),
        bound(
            "holder.too_old",
            "holder/sd-cwt-captured-ten-minutes-ago",
            "older than the purpose allows",
            Some(&NONCE),
            |r| r.binding.iat = Some(int(AT - 600)),
        ),
        bound(
            INVALID,
            "holder/sd-cwt-captured-of-another-phone",
            "the card is bound to another key",
            Some(&NONCE),
            |r| r.binding.signs_with = Some(Key::p256("another phone")),
        ),
        refuses(
            PURPOSE,
            "holder/sd-cwt-captured-without-session",
            "made for a verifier that this desk is not",
        )
        .caught(|r| r.binding.aud = Some(text(VERIFIER))),
    ]
}
