//! Writes what the training holder in the web (`holder-web/`) carries: the training issuer's keys and
//! the sample cards. `cargo run -p hwagin-desk --example holder_web -- OUT.json`
//!
//! All of it is public and worth nothing: anybody can have the training authority's seed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hwagin_desk::{Knowledge, Sources};
use hwagin_training::cbor::encode;
use hwagin_training::{Authority, Card, DAY, Recipe, STATUS_URI, status_index};
use hwagin_verifier::{At, UnixTime};
use serde_json::{Value, json};

/// 26 November 2026: from then on the issuer's certificate is good for 14 months.
const MADE: i64 = 1_795_651_200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args()
        .nth(1)
        .ok_or("usage: holder_web OUT.json")?;
    let authority = Authority::built_in();
    let knowledge = Knowledge::load(&Sources::default(), At::utc(UnixTime(MADE)));
    let cards: Result<Vec<Value>, _> = Card::ALL
        .into_iter()
        .map(|card| wallet_card(card, &authority, &knowledge).ok_or("a card without a file"))
        .collect();
    let any = Recipe::new(Card::Mfc, MADE);
    let certificate = authority.certificate(&any.signer, &any.root);
    let file = json!({
        "made": MADE,
        "issuer": {
            "key": private(&authority, &any.signer.key)?,
            "x5chain": [STANDARD.encode(certificate)],
            "ends": any.signer.not_after,
        },
        "statusUri": STATUS_URI,
        "cards": cards?,
    });
    std::fs::write(out, serde_json::to_string_pretty(&file)? + "\n")?;
    Ok(())
}

fn private(
    authority: &Authority,
    key: &hwagin_training::Key,
) -> Result<Value, Box<dyn std::error::Error>> {
    let jwk = authority.private_jwk(key).ok_or("no P-256 key")?;
    Ok(serde_json::from_str(&jwk)?)
}

fn wallet_card(card: Card, authority: &Authority, knowledge: &Knowledge) -> Option<Value> {
    let known = knowledge.card(card.id())?;
    let recipe = Recipe::new(card, MADE - DAY);
    let items = card.items(MADE, hwagin_training::Portrait::Small);
    let items = items.iter().map(|item| {
        let claim = known.card.claims.iter();
        let claim = claim
            .filter(|claim| claim.namespace == item.namespace && claim.element == item.name)
            .find_map(|claim| known.claim_label(&claim.name));
        json!({
            "namespace": item.namespace,
            "element": item.name,
            "value": STANDARD.encode(encode(&item.value)),
            "label": claim,
            "default": card.disclosed().contains(&item.name.as_str()),
        })
    });
    let good = status_index(card);
    Some(json!({
        "id": card.id(),
        "docType": card.doc_type(),
        "label": known.label,
        "device": private(authority, &recipe.holder.key).ok()?,
        "status": { "good": good, "suspended": good + 1, "revoked": good + 2 },
        "items": items.collect::<Vec<_>>(),
    }))
}
