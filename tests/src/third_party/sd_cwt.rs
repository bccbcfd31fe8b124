//! SD-CWT and key binding tokens: the examples of the draft, and what its rules make of changed
//! copies of them.

use super::edit::{decoded, disclosures_of, encoded, flip, take_out, within};
use super::{Results, card, desk, json, shown, words};
use crate::world::{Desk, Said};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ciborium::Value as Cbor;
use hwagin_verifier::card::ClaimKind;
use hwagin_verifier::purpose::Need;
use hwagin_verifier::trust::{IssuerKey, KeyUse};
use hwagin_verifier::{Payload, Session, Verdict};
use serde_json::Value;
use std::path::Path;

/// Three seconds after the holder signed.
const AT: i64 = 1_725_244_240;
const ISSUER: &str = "https://issuer.example";
const AUDIENCE: &str = "https://verifier.example/app";
const NONCE: &str = "8c0f5f523b95bea44a9a48c649240803";

const PRESENTED: [&str; 2] = ["kbt", "nested_kbt"];
const AS_ISSUED: [&str; 4] = ["issuer_cwt", "nested_issuer_cwt", "nested_cwt", "decoy"];

/// The namespace of claims that stand directly in the claims set.
const TOP: &str = "cwt";

/// Claims about the token and not about its subject.
const ABOUT_THE_TOKEN: [&str; 5] = ["1", "2", "4", "5", "6"];

struct Example<'a> {
    name: &'a str,
    bytes: Vec<u8>,
    /// Namespace, element and value of every claim after disclosure.
    claims: Vec<(String, String, Value)>,
    key: Vec<u8>,
}

pub(super) fn run(folder: &Path, out: &mut Results) {
    let expected = json(&folder.join("expected.json"));
    let example = |name| Example::read(folder, name, &expected);
    let foreign = disclosures_of(&mut decoded(&example("nested_issuer_cwt").bytes))[0].clone();
    let other = disclosures_of(&mut decoded(&example("decoy").bytes))[0].clone();
    for name in PRESENTED {
        let example = example(name);
        example.shows_its_claims("holder proven", Need::Fresh, AT, out);
        example.belongs_to_its_session(out);
        example.cannot_be_changed(&foreign, out);
    }
    for name in AS_ISSUED {
        let example = example(name);
        example.shows_its_claims("holder not proven", Need::Bearer, AT, out);
        let said = example.desk(Need::Fresh, AT).read_bytes(&example.bytes);
        out.same(
            name,
            "where a proof is asked for",
            "abstain holder.proof_missing",
            &words(&said),
        );
        let foreign = if name == "nested_issuer_cwt" {
            &other
        } else {
            &foreign
        };
        example.may_lose_a_disclosure_and_gain_none(foreign, out);
    }
}

impl<'a> Example<'a> {
    fn read(folder: &Path, name: &'a str, expected: &Value) -> Self {
        let expected = &expected[format!("{name}.cbor")];
        let expected = if expected["inner"].is_object() {
            &expected["inner"]
        } else {
            expected
        };
        let mut claims = Vec::new();
        for (key, value) in expected["claims_after_disclosure_without_cnf"]
            .as_object()
            .unwrap()
        {
            if !ABOUT_THE_TOKEN.contains(&key.as_str()) {
                leaves(value, key, None, &mut claims);
            }
        }
        let pem = std::fs::read_to_string(folder.join("issuer_pubkey.pem")).unwrap();
        let lines: String = pem
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .collect();
        Self {
            name,
            bytes: std::fs::read(folder.join(format!("{name}.cbor"))).unwrap(),
            claims,
            key: BASE64_STANDARD.decode(lines).unwrap(),
        }
    }

    /// A desk that shows every claim which is published as disclosed.
    fn desk(&self, needs: Need, at: i64) -> Desk {
        let names: Vec<_> = self
            .claims
            .iter()
            .map(|(space, element, _)| format!("{space} {element}"))
            .collect();
        let rows = self
            .claims
            .iter()
            .zip(&names)
            .map(|((space, element, value), name)| {
                let kind = match value {
                    Value::Bool(_) => ClaimKind::Flag,
                    Value::Number(_) => ClaimKind::Number,
                    _ => ClaimKind::Text,
                };
                (name.as_str(), space.as_str(), element.as_str(), kind)
            });
        let card = card("sd-cwt", &rows.collect::<Vec<_>>());
        let usage = KeyUse {
            issuer: Some(ISSUER.to_owned()),
            ..KeyUse::default()
        };
        let mut desk = desk(
            IssuerKey::from_spki(&self.key).unwrap(),
            usage,
            vec![card],
            at,
        );
        desk.purpose.holder.needs = needs;
        desk.session = session(AUDIENCE, Some(NONCE));
        desk
    }

    fn shows_its_claims(&self, about: &str, needs: Need, at: i64, out: &mut Results) {
        let said = self.desk(needs, at).read_bytes(&self.bytes);
        out.same(self.name, "verdict", "accept", &words(&said));
        let Said::Verdict(Verdict::Accept(accepted)) = &said else {
            return;
        };
        let cautions: Vec<_> = accepted
            .cautions()
            .iter()
            .map(|caution| caution.code())
            .collect();
        let proven = if cautions.contains(&"holder_not_proven") {
            "holder not proven"
        } else {
            "holder proven"
        };
        out.same(self.name, "holder", about, proven);
        let published = self.claims.iter().map(|(space, element, value)| {
            let text = match value {
                Value::Bool(true) => "yes".to_owned(),
                Value::Bool(false) => "no".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            format!("{space} {element} = {text}")
        });
        let published = published.collect::<Vec<_>>().join(", ");
        let shown: Vec<_> = shown(&said)
            .iter()
            .map(|(name, text)| format!("{name} = {text}"))
            .collect();
        out.same(self.name, "claims", &published, &shown.join(", "));
        let hidden = accepted.disclosure().surplus().to_string();
        out.same(self.name, "claims beyond those published", "0", &hidden);
    }

    /// Another audience, another nonce, another time.
    fn belongs_to_its_session(&self, out: &mut Results) {
        let other = NONCE.replace("8c", "8d");
        for (about, audience, nonce, at, published) in [
            (
                "another audience",
                "https://other.example",
                Some(NONCE),
                AT,
                "refuse holder.wrong_purpose",
            ),
            (
                "another cnonce",
                AUDIENCE,
                Some(other.as_str()),
                AT,
                "refuse holder.challenge_mismatch",
            ),
            (
                "no cnonce asked for",
                AUDIENCE,
                None,
                AT,
                "refuse holder.challenge_mismatch",
            ),
            (
                "a minute later",
                AUDIENCE,
                Some(NONCE),
                AT + 60,
                "refuse holder.too_old",
            ),
            (
                "at its end",
                AUDIENCE,
                Some(NONCE),
                1_725_330_600,
                "refuse validity.expired",
            ),
        ] {
            let mut desk = self.desk(Need::Fresh, at);
            desk.session = session(audience, nonce);
            out.same(
                self.name,
                about,
                published,
                &words(&desk.read_bytes(&self.bytes)),
            );
        }
        // The optical presentation has an audience of its own.
        let mut desk = self.desk(Need::Fresh, AT);
        desk.session = Session::default();
        let said = words(&desk.read_bytes(&self.bytes));
        out.same(
            self.name,
            "before a camera",
            "refuse holder.wrong_purpose",
            &said,
        );
    }

    /// The holder's signature covers the disclosures: none can be changed, left out or put in.
    fn cannot_be_changed(&self, foreign: &Cbor, out: &mut Results) {
        let desk = self.desk(Need::Fresh, AT);
        let mut token = decoded(&self.bytes);
        let count = within(&mut token, |inner| disclosures_of(inner).len());
        for number in 0..count {
            let length = within(&mut token, |inner| {
                disclosures_of(inner)[number].as_bytes().unwrap().len()
            });
            let accepted = (0..length).filter(|at| {
                let mut changed = decoded(&self.bytes);
                within(&mut changed, |inner| {
                    flip(&mut disclosures_of(inner)[number], *at)
                });
                desk.read_bytes(&encoded(&changed)).is_accepted()
            });
            let said = format!("{} accepted", accepted.count());
            out.same(
                self.name,
                &format!("a byte of disclosure {number} changed"),
                "0 accepted",
                &said,
            );
        }
        for number in 0..count {
            let mut fewer = decoded(&self.bytes);
            let gone = within(&mut fewer, |inner| take_out(disclosures_of(inner), number));
            let published = gone.unless_parent("refuse holder.proof_invalid");
            let said = words(&desk.read_bytes(&encoded(&fewer)));
            out.same(
                self.name,
                &format!("disclosure {number} left out"),
                published,
                &said,
            );
        }
        let mut more = decoded(&self.bytes);
        within(&mut more, |inner| {
            disclosures_of(inner).push(foreign.clone())
        });
        let said = desk.read_bytes(&encoded(&more));
        out.add(
            self.name,
            "a foreign disclosure",
            "not accepted",
            &words(&said),
            !said.is_accepted(),
        );
        assert_eq!(
            encoded(&decoded(&self.bytes)),
            self.bytes,
            "{} is encoded otherwise",
            self.name
        );
    }

    /// No signature covers the disclosures of a token as it was issued: one may be missing, and then
    /// its claim is; one from elsewhere spoils the whole.
    fn may_lose_a_disclosure_and_gain_none(&self, foreign: &Cbor, out: &mut Results) {
        let desk = self.desk(Need::Bearer, AT);
        let all = shown(&desk.read_bytes(&self.bytes));
        let count = disclosures_of(&mut decoded(&self.bytes)).len();
        for number in 0..count {
            let mut fewer = decoded(&self.bytes);
            let gone = take_out(disclosures_of(&mut fewer), number);
            let said = desk.read_bytes(&encoded(&fewer));
            let about = format!("disclosure {number} left out");
            out.same(
                self.name,
                &about,
                gone.unless_parent("accept"),
                &words(&said),
            );
            if said.is_accepted() {
                let claims = if gone.is_decoy {
                    all.len()
                } else {
                    all.len() - 1
                };
                let about = format!("claims without disclosure {number}");
                out.same(
                    self.name,
                    &about,
                    &claims.to_string(),
                    &shown(&said).len().to_string(),
                );
            }
        }
        let mut more = decoded(&self.bytes);
        disclosures_of(&mut more).push(foreign.clone());
        let said = words(&desk.read_bytes(&encoded(&more)));
        out.same(
            self.name,
            "a foreign disclosure",
            "refuse digest.unused",
            &said,
        );
    }
}

impl Desk {
    /// What it makes of a presentation that was captured.
    fn read_bytes(&self, bytes: &[u8]) -> Said {
        let payload = Payload::captured(bytes).unwrap();
        self.verdict(Ok(&payload))
    }
}

fn session(audience: &str, nonce: Option<&str>) -> Session {
    Session::KeyBinding {
        audience: audience.to_owned(),
        nonce: nonce.map(crate::hex),
    }
}

/// Every value that is no map and no array, with the claim it belongs to and its path there.
fn leaves(
    value: &Value,
    name_space: &str,
    path: Option<&str>,
    out: &mut Vec<(String, String, Value)>,
) {
    let below = |name: &str| path.map_or(name.to_owned(), |path| format!("{path}/{name}"));
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                leaves(value, name_space, Some(&below(name)), out);
            }
        }
        Value::Array(elements) => {
            for (number, value) in elements.iter().enumerate() {
                leaves(value, name_space, Some(&below(&number.to_string())), out);
            }
        }
        leaf => {
            let (name_space, element) = match path {
                Some(path) => (name_space, path),
                None => (TOP, name_space),
            };
            out.push((name_space.to_owned(), element.to_owned(), leaf.clone()));
        }
    }
}
