//! A desk's challenge as a holder's phone reads it (docs/optical-presentation.md, 3b).

use crate::card::Card;
use crate::cbor::text;
use crate::key::sha256;
use crate::portrait::Portrait;
use crate::recipe::Recipe;
use crate::sd_cwt::{SdCwt, audience};
use ciborium::Value;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};

/// What every challenge begins with.
const PREFIX: &str = "HWC1:";

/// The symbol at most: a symbol of version 40 holds no more.
const MAX_TEXT: usize = 4_296;

/// Inflated bytes at most.
const MAX_BODY: usize = 16 * 1024;

/// How far a desk's clock may be ahead of the phone's.
const MAX_AHEAD: i64 = 60;

/// A challenge that the phone may answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Challenge {
    /// What an answer names it by.
    pub hash: [u8; 32],
    /// Who asks.
    pub desk: String,
    /// Whose desk it is.
    pub organisation: String,
    /// What for, as an id.
    pub purpose: String,
    /// Whether it has a nonce.
    pub is_displayed: bool,
    /// Document type, and the elements asked of it: namespace and name.
    pub items: Vec<(String, Vec<(String, String)>)>,
}

/// Why a text is no challenge that may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeFlaw {
    /// It is something else.
    Foreign,
    /// It is not as the specification has it.
    Malformed,
    /// Its signature does not hold.
    Signature,
    /// It has ended.
    Ended,
    /// It is of a time to come.
    Ahead,
}

impl ChallengeFlaw {
    /// The name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Foreign => "foreign",
            Self::Malformed => "malformed",
            Self::Signature => "signature",
            Self::Ended => "ended",
            Self::Ahead => "ahead",
        }
    }
}

impl Challenge {
    /// The challenge in this text, at `at`.
    ///
    /// # Errors
    /// [`ChallengeFlaw`].
    pub fn read(symbol: &str, at: i64) -> Result<Self, ChallengeFlaw> {
        let body = unpack(symbol)?;
        let flaw = ChallengeFlaw::Malformed;
        let message: Value = ciborium::from_reader(body.as_slice()).map_err(|_| flaw)?;
        let parts = match &message {
            Value::Tag(18, inner) => inner.as_array().ok_or(flaw)?.as_slice(),
            _ => return Err(flaw),
        };
        let [protected, Value::Map(unprotected), payload, signature] = parts else {
            return Err(flaw);
        };
        let (protected, payload) = (protected.as_bytes(), payload.as_bytes());
        let (protected, payload) = (protected.ok_or(flaw)?, payload.ok_or(flaw)?);
        if !unprotected.is_empty() {
            return Err(flaw);
        }
        let header: Value = ciborium::from_reader(protected.as_slice()).map_err(|_| flaw)?;
        let key = signer(&header).ok_or(flaw)?;
        let signed = crate::cbor::encode(&Value::Array(vec![
            text("Signature1"),
            Value::Bytes(protected.clone()),
            Value::Bytes(Vec::new()),
            Value::Bytes(payload.clone()),
        ]));
        let signature = Signature::from_slice(signature.as_bytes().ok_or(flaw)?);
        let signature = signature.map_err(|_| ChallengeFlaw::Signature)?;
        key.verify(&signed, &signature)
            .map_err(|_| ChallengeFlaw::Signature)?;
        let payload: Value = ciborium::from_reader(payload.as_slice()).map_err(|_| flaw)?;
        Self::of_payload(&payload, sha256(&[&body]), at)
    }

    fn of_payload(payload: &Value, hash: [u8; 32], at: i64) -> Result<Self, ChallengeFlaw> {
        let flaw = ChallengeFlaw::Malformed;
        let time = |key| entry(payload, key).and_then(Value::as_integer);
        let time = |key| time(key).and_then(|n| i64::try_from(n).ok()).ok_or(flaw);
        let words = |key| entry(payload, key).and_then(Value::as_text);
        let words = |key| words(key).map(str::to_owned).ok_or(flaw);
        if time(2)? > at.saturating_add(MAX_AHEAD) {
            return Err(ChallengeFlaw::Ahead);
        }
        if time(3)? <= at {
            return Err(ChallengeFlaw::Ended);
        }
        let is_displayed = match entry(payload, 1) {
            None => false,
            Some(Value::Bytes(nonce)) if nonce.len() == 16 => true,
            Some(_) => return Err(flaw),
        };
        let requests = entry(payload, 9).and_then(Value::as_array).ok_or(flaw)?;
        let items: Option<Vec<_>> = requests.iter().map(request).collect();
        Ok(Self {
            hash,
            desk: words(4)?,
            organisation: words(5)?,
            purpose: words(6)?,
            is_displayed,
            items: items.filter(|items| !items.is_empty()).ok_or(flaw)?,
        })
    }

    /// The elements that it asks of this card; none where it does not take it.
    #[must_use]
    pub fn items_of(&self, card: Card) -> Option<Vec<&str>> {
        let is = |(doc_type, _): &&(String, _)| doc_type == card.doc_type();
        let (_, elements) = self.items.iter().find(is)?;
        Some(elements.iter().map(|(_, name)| name.as_str()).collect())
    }
}

impl Recipe {
    /// Answers this challenge, with what it asks of the card and no more. A card that it does not
    /// take shows what it would have shown.
    pub fn answer(&mut self, challenge: &Challenge, at: i64) {
        self.envelope.challenge_hash = Some(challenge.hash.to_vec());
        self.envelope.purpose = Some(challenge.purpose.clone());
        if let Some(names) = challenge.items_of(self.card) {
            self.disclose(&names, at, Portrait::Small);
        }
    }
}

impl SdCwt {
    /// The same in a key-binding token.
    pub fn answer(&mut self, challenge: &Challenge, at: i64) {
        self.binding.cnonce = Some(challenge.hash.to_vec());
        self.binding.aud = Some(text(&audience(&challenge.purpose)));
        if let Some(names) = challenge.items_of(self.card) {
            self.disclose(&names, at, Portrait::Small);
        }
    }
}

fn unpack(symbol: &str) -> Result<Vec<u8>, ChallengeFlaw> {
    let letters = symbol.strip_prefix(PREFIX).ok_or(ChallengeFlaw::Foreign)?;
    let flaw = ChallengeFlaw::Malformed;
    if symbol.len() > MAX_TEXT {
        return Err(flaw);
    }
    let packed = base45::decode(letters).map_err(|_| flaw)?;
    match packed.split_first().ok_or(flaw)? {
        (0, body) => Ok(body.to_vec()),
        (1, zlib) => miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(zlib, MAX_BODY)
            .map_err(|_| flaw),
        _ => Err(flaw),
    }
}

/// The key of the first certificate of a sound header.
fn signer(header: &Value) -> Option<VerifyingKey> {
    let is_es256 = entry(header, 1)? == &Value::from(-7);
    let is_challenge = entry(header, 16)?.as_text() == Some("application/hwagin-challenge+cbor");
    let first = match entry(header, 33)? {
        Value::Bytes(only) => only,
        Value::Array(chain) => chain.first()?.as_bytes()?,
        _ => return None,
    };
    let (_, certificate) = x509_parser::parse_x509_certificate(first).ok()?;
    let point = &certificate.public_key().subject_public_key.data;
    let key = VerifyingKey::from_sec1_bytes(point).ok()?;
    (is_es256 && is_challenge).then_some(key)
}

fn request(request: &Value) -> Option<(String, Vec<(String, String)>)> {
    let of = |map: &Value, name: &str| {
        let entries = map.as_map()?.iter();
        let mut found = entries.filter(|(key, _)| key.as_text() == Some(name));
        found.next().map(|(_, value)| value.clone())
    };
    let doc_type = of(request, "docType")?.as_text()?.to_owned();
    let mut items = Vec::new();
    for (namespace, elements) in of(request, "nameSpaces")?.as_map()? {
        for (element, _) in elements.as_map()? {
            items.push((
                namespace.as_text()?.to_owned(),
                element.as_text()?.to_owned(),
            ));
        }
    }
    Some((doc_type, items))
}

fn entry(map: &Value, key: i64) -> Option<&Value> {
    let entries = map.as_map()?.iter();
    let mut found = entries.filter(|(known, _)| known == &Value::from(key));
    found.next().map(|(_, value)| value)
}
