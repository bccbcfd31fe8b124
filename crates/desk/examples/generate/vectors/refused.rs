//! Presentations that a desk does not accept, and why.

use std::error::Error;

use hwagin_training::cbor::{int, text};
use hwagin_training::cose::Signature;
use hwagin_training::recipe::Proof;
use hwagin_training::{Authority, Key, Recipe, SdCwt, Value};
use serde_json::{Value as Json, json};

use super::challenges::Challenges;
use super::presentations::{answer, answered, sd_cwt_answer, sd_cwt_sound};
use super::{CHECK, MADE, Says, TELLER, desk, sound, with};

pub(super) fn all(authority: &Authority, asked: &Challenges) -> Result<Vec<Json>, Box<dyn Error>> {
    let mut all = texts(authority);
    all.extend(envelopes(authority));
    all.extend(proofs(authority));
    all.extend(times(authority));
    all.extend(challenges(authority, asked));
    all.extend(key_bindings(authority, asked));
    Ok(all)
}

/// A sound presentation, changed, and what the desk says to it.
fn changed(
    authority: &Authority,
    name: &str,
    says: &Json,
    change: impl FnOnce(&mut Recipe),
) -> Json {
    let mut recipe = sound();
    change(&mut recipe);
    vector(name, &authority.mint(&recipe).text, says)
}

fn vector(name: &str, text: &str, says: &Json) -> Json {
    json!({ "name": name, "text": text, "desk": says })
}

fn texts(authority: &Authority) -> Vec<Json> {
    let says = desk(CHECK).abstain("transport.undecodable");
    let text = |name, change: fn(&mut String)| {
        changed(authority, name, &says, |r| {
            r.hooks.text = Some(Box::new(change));
        })
    };
    let body = |name, change: fn(&mut Vec<u8>)| {
        changed(authority, name, &says, |r| {
            r.hooks.body = Some(Box::new(change));
        })
    };
    vec![
        text("lower-case", |text| {
            let letters = text.split_off("HWG1:".len());
            text.push_str(&letters.to_ascii_lowercase());
        }),
        body("packing-02", |body| {
            if let Some(packing) = body.first_mut() {
                *packing = 2;
            }
        }),
        body("byte-behind-the-zlib-stream", |body| body.push(0)),
        body("zlib-cut", |body| body.truncate(body.len() - 4)),
    ]
}

fn envelopes(authority: &Authority) -> Vec<Json> {
    let entry = |name, says: Json, key: i64, value: Value| {
        changed(authority, name, &says, |r| {
            r.hooks.envelope = Some(Box::new(move |envelope| {
                if let Value::Map(entries) = envelope {
                    entries.push((int(key), value.clone()));
                }
            }));
        })
    };
    let several = desk(CHECK).abstain("format.several_documents");
    vec![
        entry(
            "envelope-key-6",
            desk(CHECK).abstain("format.unsupported"),
            6,
            int(1),
        ),
        entry(
            "envelope-key-twice",
            desk(CHECK).refuse("format.duplicate_key"),
            2,
            int(MADE),
        ),
        entry(
            "envelope-purpose-null",
            desk(CHECK).abstain("format.malformed"),
            4,
            Value::Null,
        ),
        changed(
            authority,
            "cti-of-15-bytes",
            &desk(CHECK).abstain("format.malformed"),
            |r| r.envelope.cti.truncate(15),
        ),
        changed(authority, "two-documents", &several, |r| {
            r.response.documents = 2;
        }),
    ]
}

fn proofs(authority: &Authority) -> Vec<Json> {
    let invalid = |name, change: fn(&mut Recipe)| {
        changed(
            authority,
            name,
            &desk(CHECK).refuse("holder.proof_invalid"),
            change,
        )
    };
    vec![
        invalid("signature-altered", |r| {
            r.holder.sign1.signature = Signature::Flipped;
        }),
        invalid("signature-of-der-form", |r| {
            r.holder.sign1.signature = Signature::Der;
        }),
        invalid("another-key", |r| {
            r.holder.signs_with = Some(Key::p256("another phone"));
        }),
        invalid("another-handover", |r| {
            r.holder.handover = "HwaginOpticalHandover-2".to_owned();
        }),
        invalid("handover-of-openid4vp", |r| {
            r.holder.handover = "OpenID4VPHandover".to_owned();
        }),
        invalid("time-altered", |r| {
            r.holder.signed_envelope = Some(r.envelope.clone());
            r.envelope.issued = int(MADE + 1);
        }),
        invalid("purpose-added", |r| {
            r.holder.signed_envelope = Some(r.envelope.clone());
            r.envelope.purpose = Some(CHECK.to_owned());
        }),
        changed(
            authority,
            "mac-in-place-of-a-signature",
            &desk("age-19").refuse("holder.proof_missing"),
            |r| r.holder.proof = Proof::Mac,
        ),
        changed(
            authority,
            "family-name-altered",
            &desk(CHECK).refuse("digest.mismatch"),
            |r| {
                if let Some(item) = r.item("family_name_latin1") {
                    item.altered = Some(text("SPECIMAN"));
                }
            },
        ),
    ]
}

fn times(authority: &Authority) -> Vec<Json> {
    let at = |at| Says { at, ..desk(CHECK) };
    let same = |name, says: Json| changed(authority, name, &says, |_| {});
    let again = changed(
        authority,
        "shown-twice",
        &desk(CHECK).refuse("holder.replayed"),
        |_| {},
    );
    // The desk accepts it, and then says this.
    let again = with(again, json!({ "again": true }));
    vec![
        same(
            "made-61-seconds-ahead",
            at(MADE - 61).abstain("holder.from_future"),
        ),
        // This purpose takes what is 120 seconds old.
        same(
            "made-121-seconds-ago",
            at(MADE + 121).refuse("holder.too_old"),
        ),
        changed(
            authority,
            "for-another-purpose",
            &desk(CHECK).refuse("holder.wrong_purpose"),
            |r| r.envelope.purpose = Some(TELLER.to_owned()),
        ),
        again,
    ]
}

fn challenges(authority: &Authority, asked: &Challenges) -> Vec<Json> {
    let answer_text = |change: fn(&mut Recipe)| {
        let mut recipe = answer(asked);
        change(&mut recipe);
        authority.mint(&recipe).text
    };
    let mut to_printed = answer(asked);
    to_printed.envelope.challenge_hash = Some(asked.to_printed.hash.to_vec());
    let printed = Says {
        challenge: Some("printed"),
        ..desk(TELLER)
    };
    let late = Says {
        at: asked.displayed.exp,
        ..answered()
    };
    vec![
        vector(
            "answer-to-another-desk",
            &answer_text(|_| {}),
            &printed.refuse("holder.challenge_mismatch"),
        ),
        vector(
            "no-answer",
            &answer_text(|r| r.envelope.challenge_hash = None),
            &answered().abstain("holder.challenge_missing"),
        ),
        vector(
            "answer-to-a-printed-one",
            &authority.mint(&to_printed).text,
            &printed.abstain("holder.challenge_missing"),
        ),
        vector(
            "answer-at-the-end",
            &answer_text(|r| r.envelope.issued = int(MADE + 115)),
            &late.refuse("holder.too_old"),
        ),
        vector(
            "answer-for-another-purpose",
            &answer_text(|r| r.envelope.purpose = Some(CHECK.to_owned())),
            &answered().refuse("holder.wrong_purpose"),
        ),
        changed(
            authority,
            "challenge-of-31-bytes",
            &desk(CHECK).abstain("format.malformed"),
            |r| r.envelope.challenge_hash = Some(vec![0xaa; 31]),
        ),
    ]
}

fn key_bindings(authority: &Authority, asked: &Challenges) -> Vec<Json> {
    let made = |name, says: Json, recipe: &SdCwt| {
        let shown = authority.mint_sd_cwt(recipe);
        vector(name, &shown.text, &says)
    };
    let bound = |name, reason, change: fn(&mut SdCwt)| {
        let mut recipe = sd_cwt_sound();
        change(&mut recipe);
        made(name, desk(CHECK).refuse(reason), &recipe)
    };
    let mut short = sd_cwt_answer(asked);
    short.binding.cnonce = Some(vec![0xaa; 31]);
    vec![
        bound("sd-cwt-signature-altered", "holder.proof_invalid", |r| {
            r.binding.sign1.signature = Signature::Flipped;
        }),
        bound("sd-cwt-cti-of-15-bytes", "holder.proof_invalid", |r| {
            r.binding.cti = Some(vec![5; 15]);
        }),
        bound("sd-cwt-for-a-website", "holder.wrong_purpose", |r| {
            r.binding.aud = Some(text("https://verifier.example"));
        }),
        bound("sd-cwt-for-a-later-version", "holder.wrong_purpose", |r| {
            r.binding.aud = Some(text("hwagin:optical:2"));
        }),
        bound("sd-cwt-disclosure-sent-twice", "digest.unused", |r| {
            r.hooks.disclosures = Some(Box::new(|sent| sent.extend(sent.clone())));
        }),
        made(
            "sd-cwt-cnonce-of-31-bytes",
            answered().refuse("holder.proof_invalid"),
            &short,
        ),
    ]
}
