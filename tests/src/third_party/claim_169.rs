//! MOSIP claim 169: a selection of the test vectors of a library for it.
//!
//! "valid" and "edge" there mean that it decodes. Biometrics stand in unsigned files only, so those
//! are signed here with a test key that the same source publishes, to see what is shown of them.

use super::edit::{decoded, encoded, parts};
use super::{Results, card, desk, files, json, shown, shows_all, words};
use crate::world::{Desk, Said};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use ciborium::Value as Cbor;
use hwagin_verifier::card::{Card, ClaimKind};
use hwagin_verifier::trust::{IssuerKey, KeyUse};
use hwagin_verifier::{Cards, Payload, Verdict};
use serde_json::Value;
use std::path::Path;

/// Inside the time of every file but the expired one.
const AT: i64 = 1_760_000_000;

const SIGNED: &str = "valid/ed25519-signed";
const WITH_BIOMETRICS: [&str; 3] = [
    "valid/with-face",
    "valid/with-all-biometrics",
    "valid/claim169-example",
];

/// The keys of biometrics, 50 to 65, all of which the card of the test names.
const BIOMETRICS: [&str; 16] = [
    "50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65",
];

/// What follows from what is wrong with the invalid ones.
const REASONS: [(&str, &str); 3] = [
    ("invalid/bad-base45", "hint.unrecognised"),
    ("invalid/bad-zlib", "hint.unrecognised"),
    ("invalid/not-cose", "abstain format.malformed"),
];

pub(super) fn run(folder: &Path, out: &mut Results) {
    let signed = json(&folder.join(format!("{SIGNED}.json")));
    for (name, path) in files(folder, ".json") {
        let file = json(&path);
        let own = if file["signing_key"].is_object() {
            &file
        } else {
            &signed
        };
        let desk = desk_of(own, &file);
        let said = desk.read(file["qr_data"].as_str().unwrap().as_bytes());
        let published = match file["category"].as_str().unwrap() {
            "edge" => "valid",
            category => category,
        };
        let agrees = said.is_accepted() == (published == "valid");
        out.add(&name, "verdict", published, &words(&said), agrees);
        if let Some((_, expected)) = REASONS.iter().find(|(of, _)| *of == name) {
            out.same(&name, "reason", expected, &words(&said));
        }
        for (claim, text) in shown(&said) {
            let published = file["expected_claim169"][&claim]
                .as_str()
                .unwrap_or_default();
            out.same(&name, &format!("shown {claim}"), published, &text);
        }
        if WITH_BIOMETRICS.contains(&name.as_str()) {
            show_biometrics(&name, &file, &signed, out);
        }
    }
}

/// A desk whose one key is that of `own`, for the issuer that `file` names.
fn desk_of(own: &Value, file: &Value) -> Desk {
    let public = crate::hex(own["signing_key"]["public_key_hex"].as_str().unwrap());
    let key = IssuerKey::from_curve("Ed25519", &public, None).unwrap();
    let issuer = file["expected_cwt_meta"]["issuer"]
        .as_str()
        .map(str::to_owned);
    desk(
        key,
        KeyUse {
            issuer,
            ..KeyUse::default()
        },
        vec![identity()],
        AT,
    )
}

/// A card that would show biometrics if anything did.
fn identity() -> Card {
    let mut rows = vec![
        ("id", "169", "1", ClaimKind::Text),
        ("fullName", "169", "4", ClaimKind::Text),
    ];
    rows.extend(BIOMETRICS.map(|key| (key, "169", key, ClaimKind::Picture)));
    card("mosip.claim-169", &rows)
}

/// The unsigned document, signed: its name is shown, and of its biometrics nothing but how many
/// items there were.
fn show_biometrics(name: &str, file: &Value, signed: &Value, out: &mut Results) {
    let (message, keys) = sign(file, signed);
    let payload = Payload::captured(&message).unwrap();
    let mut desk = desk_of(signed, file);
    let is_biometric = |key: &i128| (50..=65).contains(key);
    for as_picture in [true, false] {
        if !as_picture {
            // As text as well: nothing that a card says opens them.
            let mut card = identity();
            for claim in &mut card.claims {
                claim.kind = ClaimKind::Text;
            }
            desk.purpose = shows_all(std::slice::from_ref(&card));
            desk.cards = Cards::new(vec![card]);
        }
        let verdict = desk.verdict(Ok(&payload));
        let about = format!(
            "signed, biometrics as {}",
            if as_picture { "pictures" } else { "text" }
        );
        let Said::Verdict(Verdict::Accept(accepted)) = &verdict else {
            out.same(name, &about, "accept", &words(&verdict));
            continue;
        };
        let disclosure = accepted.disclosure();
        let names: Vec<_> = disclosure
            .shown()
            .iter()
            .map(|shown| shown.name())
            .collect();
        let portrait = disclosure.portrait().map_or("no picture", |_| "a picture");
        let beyond = keys.iter().filter(|key| ![1, 4].contains(*key)).count();
        let said = format!(
            "{}; {portrait}; {} items beyond",
            names.join(", "),
            disclosure.surplus()
        );
        out.same(
            name,
            &about,
            &format!("id, fullName; no picture; {beyond} items beyond"),
            &said,
        );
        assert!(keys.iter().any(is_biometric), "{name} has no biometrics");
    }
}

/// The message of this file with a signature by the published key, and the keys of its identity
/// data.
fn sign(file: &Value, signed: &Value) -> (Vec<u8>, Vec<i128>) {
    let stream = base45::decode(file["qr_data"].as_str().unwrap()).unwrap();
    let message = miniz_oxide::inflate::decompress_to_vec_zlib(&stream).unwrap();
    let mut message = decoded(&message);
    let parts = parts(&mut message);
    let claims = decoded(parts[2].as_bytes().unwrap());
    let is_169 = |(key, _): &&(Cbor, Cbor)| *key == Cbor::from(169);
    let data = &claims.as_map().unwrap().iter().find(is_169).unwrap().1;
    let keys = data
        .as_map()
        .unwrap()
        .iter()
        .map(|(key, _)| key.as_integer().unwrap().into());
    let keys = keys.collect();
    let signed_bytes = encoded(&Cbor::Array(vec![
        Cbor::from("Signature1"),
        parts[0].clone(),
        Cbor::Bytes(Vec::new()),
        parts[2].clone(),
    ]));
    let key = &signed["signing_key"];
    let seed = crate::hex(key["private_key_hex"].as_str().unwrap());
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap();
    assert_eq!(
        pair.public_key().as_ref(),
        crate::hex(key["public_key_hex"].as_str().unwrap())
    );
    parts[3] = Cbor::Bytes(pair.sign(&signed_bytes).as_ref().to_vec());
    (encoded(&message), keys)
}
