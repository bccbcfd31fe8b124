//! mdoc as other programs captured it: a `DeviceResponse`, with its session or without.

mod forms;
mod handovers;
mod proofs;
mod signers;

use super::{Draft, accepts, hook};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::{Authority, Card, Recipe, Value};
use sha2::{Digest, Sha256};

pub(super) fn drafts() -> Vec<Draft> {
    [
        forms::drafts(),
        handovers::drafts(),
        proofs::drafts(),
        signers::drafts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Draft {
    /// The `DeviceResponse` of a sound presentation of this card, changed.
    fn response(self, card: Card, change: impl FnOnce(&mut Recipe)) -> Self {
        let mut recipe = Recipe::new(card, AT);
        change(&mut recipe);
        let envelope = Authority::built_in().mint(&recipe).envelope;
        let envelope: Value = ciborium::from_reader(envelope.as_slice()).unwrap();
        let mut entries = envelope.into_map().unwrap().into_iter();
        let (_, response) = entries.find(|(key, _)| *key == int(1)).unwrap();
        self.captured(&response.into_bytes().unwrap()).shows(card)
    }

    /// The same of a driving licence whose phone signed this session transcript, in that session.
    fn in_session(self, transcript: &Value, change: impl FnOnce(&mut Recipe)) -> Self {
        self.transcript(&encode(transcript))
            .signed(transcript, change)
    }

    /// The same, whatever the session of the desk.
    fn signed(self, transcript: &Value, change: impl FnOnce(&mut Recipe)) -> Self {
        self.response(Card::Mdl, |r| {
            let transcript = transcript.clone();
            r.hooks.transcript = hook(move |signed: &mut Value| *signed = transcript.clone());
            change(r);
        })
    }
}

/// Accepted in the session of [`redirect`].
fn accepted(name: &'static str, why: &'static str, change: impl FnOnce(&mut Recipe)) -> Draft {
    accepts(name, why).in_session(&redirect(NONCE), change)
}

const CLIENT: &str = "x509_san_dns:verifier.example";
const RESPONSE_URI: &str = "https://verifier.example/response";
const ORIGIN: &str = "https://verifier.example";
const NONCE: &str = "nonce-of-this-session";

/// A session transcript without engagement and reader key, around this handover.
fn online(handover: Vec<Value>) -> Value {
    Value::Array(vec![Value::Null, Value::Null, Value::Array(handover)])
}

/// SHA-256 of the encoded array of these.
fn hash(parts: Vec<Value>) -> Value {
    bytes(&Sha256::digest(encode(&Value::Array(parts))))
}

/// `OpenID4VP` 1.0 by redirect, not encrypted, with this nonce.
fn redirect(nonce: &str) -> Value {
    let hash = hash(vec![
        text(CLIENT),
        text(nonce),
        Value::Null,
        text(RESPONSE_URI),
    ]);
    online(vec![text("OpenID4VPHandover"), hash])
}
