//! The test vectors of the optical presentation (docs/optical-presentation.md, section 7).
//!
//! What a desk, or a holder's app, has to say of each is written here from the specification. Tests
//! hold the desk and the holder in the web to it.

mod challenges;
mod names;
mod parts;
mod presentations;
mod refused;
mod refused_challenges;

use std::error::Error;
use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use data_encoding::HEXLOWER;
use hwagin_training::{Authority, Card, Key, Recipe, Value};
use serde_json::{Value as Json, json};

use super::{Done, MADE};

/// The card of every vector.
const CARD: Card = Card::Mfc;

/// Any card and no proof of a challenge: three elements fit one symbol.
const CHECK: &str = "credential-check";

/// A purpose that needs an answer.
const TELLER: &str = "bank-teller";

/// What is shown where nobody asked.
const SHOWN: [&str; 3] = ["family_name_latin1", "given_name_latin1", "birth_date"];

pub(super) fn write(folder: &Path) -> Done {
    let authority = Authority::built_in();
    let asked = challenges::Challenges::new(&authority)?;
    let any = Recipe::new(CARD, MADE);
    let sample = authority.mint(&any);
    let file = json!({
        "made": MADE,
        "issuer": {
            "root": hex(&sample.root),
            "signer": hex(&sample.signer),
        },
        "device": {
            "doc_type": CARD.doc_type(),
            "private_key": private(&authority, &any.holder.key)?,
            "cose_key": hex(&sample.device_key),
        },
        "desk_key": private(&authority, &asked.displayed.certificate.key)?,
        "presentations": presentations::all(&authority, &asked)?,
        "parts": parts::all(&authority, &asked)?,
        "refused_parts": parts::refused(),
        "refused": refused::all(&authority, &asked)?,
        "names": names::all(&authority),
        "challenges": challenges::all(&authority, &asked),
        "refused_challenges": refused_challenges::all(&authority, &asked),
    });
    let text = serde_json::to_string_pretty(&file)? + "\n";
    std::fs::write(folder.join("optical-vectors.json"), text)?;
    Ok(())
}

/// What a desk says, when, and what for; `challenge` names the one that it asked.
struct Says<'a> {
    at: i64,
    purpose: &'a str,
    challenge: Option<&'a str>,
}

impl Says<'_> {
    fn accept(&self, binding: &str, shows: &Json) -> Json {
        self.json(
            "accept",
            None,
            json!({ "binding": binding, "shows": shows }),
        )
    }

    fn refuse(&self, reason: &str) -> Json {
        self.json("refuse", Some(reason), json!({}))
    }

    fn abstain(&self, reason: &str) -> Json {
        self.json("abstain", Some(reason), json!({}))
    }

    fn json(&self, outcome: &str, reason: Option<&str>, more: Json) -> Json {
        let said = json!({
            "at": self.at,
            "purpose": self.purpose,
            "challenge": self.challenge,
            "outcome": outcome,
            "reason": reason,
        });
        with(said, more)
    }
}

/// The members of both objects.
fn with(mut object: Json, more: Json) -> Json {
    if let (Json::Object(object), Json::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

/// A desk for this purpose, at the moment that all vectors are of, which asked nothing.
fn desk(purpose: &str) -> Says<'_> {
    Says {
        at: MADE,
        purpose,
        challenge: None,
    }
}

/// A sound presentation of [`SHOWN`] in one symbol.
fn sound() -> Recipe {
    let mut recipe = Recipe::new(CARD, MADE);
    recipe.disclose(&SHOWN, MADE, hwagin_training::Portrait::None);
    recipe
}

fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// The private number of a P-256 key.
fn private(authority: &Authority, key: &Key) -> Result<String, Box<dyn Error>> {
    let jwk: Json = serde_json::from_str(&authority.private_jwk(key).ok_or("no P-256 key")?)?;
    let number = jwk.get("d").and_then(Json::as_str);
    let number = number.ok_or("no private part")?;
    Ok(hex(&URL_SAFE_NO_PAD.decode(number)?))
}

/// The entry of a CBOR map under this key.
fn entry<'a>(map: &'a Value, key: &Value) -> Option<&'a Value> {
    let mut entries = map.as_map()?.iter();
    entries
        .find(|(known, _)| known == key)
        .map(|(_, value)| value)
}
