//! What the training holder in the web (`holder-web/`) carries: the training issuer's keys and the
//! sample cards.
//!
//! All of it is public and worth nothing: anybody can have the training authority's seed.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hwagin_desk::Knowledge;
use hwagin_training::cbor::encode;
use hwagin_training::{Authority, Card, DAY, Recipe, STATUS_URI, status_index};
use serde_json::{Value, json};

use super::{Done, MADE};

pub(super) fn write(folder: &Path) -> Done {
    let (authority, knowledge) = (Authority::built_in(), super::knowledge());
    let cards: Result<Vec<Value>, _> = Card::ALL
        .into_iter()
        .map(|card| wallet_card(card, &authority, &knowledge).ok_or("a card without a file"))
        .collect();
    // Its signer is good for 14 months from then on.
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
    let text = serde_json::to_string_pretty(&file)? + "\n";
    std::fs::write(folder.join("training.json"), text)?;
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
