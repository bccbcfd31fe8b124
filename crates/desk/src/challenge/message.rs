//! A challenge as a signed message, and as the text of a symbol.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use coset::cbor::value::Value;
use coset::{
    CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana,
};
use hwagin_verifier::UnixTime;
use hwagin_verifier::holder::Challenge;

use super::desk_key::{DeskKey, KeyFlaw};
use super::items::AskedCard;
use super::symbol::{self, Symbol};
use crate::view::LabelView;

/// What every challenge begins with.
const PREFIX: &str = "HWC1:";

/// `typ` (16, RFC 9596) of the protected header.
const TYP: (i64, &str) = (16, "application/hwagin-challenge+cbor");

/// `x5chain` (33, RFC 9360).
const X5CHAIN: i64 = 33;

/// Inflated bytes at most: what version 40 holds, packed ten times.
const MAX_BODY: usize = 32 * 1024;

/// Bytes of a nonce.
const NONCE: usize = 16;

/// What a challenge says.
pub(super) struct Message<'a> {
    pub(super) desk: &'a str,
    pub(super) organisation: &'a str,
    pub(super) purpose: &'a str,
    pub(super) version: u32,
    pub(super) label: &'a LabelView,
    pub(super) cards: &'a [AskedCard],
    pub(super) made: UnixTime,
    pub(super) ends: UnixTime,
    pub(super) is_displayed: bool,
}

/// A challenge on its way to a screen or to paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Displayed {
    /// The content of the symbol.
    pub text: String,
    /// Its modules.
    pub symbol: Symbol,
    /// What the purpose is called.
    pub label: LabelView,
    /// What is asked of each card.
    pub cards: Vec<AskedCard>,
    /// What an answer is held against.
    pub challenge: Challenge,
}

impl Message<'_> {
    /// The challenge, signed.
    ///
    /// # Errors
    /// [`KeyFlaw::Unusable`]: it could not be signed, or no symbol holds it.
    pub(super) fn sign(&self, key: &DeskKey) -> Result<Displayed, KeyFlaw> {
        let body = self.body(key)?;
        let text = write(&body);
        Ok(Displayed {
            symbol: symbol::of(&text).ok_or(KeyFlaw::Unusable)?,
            text,
            label: self.label.clone(),
            cards: self.cards.to_vec(),
            challenge: Challenge {
                hash: Challenge::hash_of(&body),
                purpose: self.purpose.to_owned(),
                ends: self.ends,
                is_displayed: self.is_displayed,
            },
        })
    }

    fn body(&self, key: &DeskKey) -> Result<Vec<u8>, KeyFlaw> {
        let chain = key.chain().iter().cloned().map(Value::Bytes);
        let chain = match key.chain() {
            [only] => Value::Bytes(only.clone()),
            _ => Value::Array(chain.collect()),
        };
        let header = HeaderBuilder::new()
            .algorithm(iana::Algorithm::ES256)
            .value(TYP.0, Value::Text(TYP.1.to_owned()))
            .value(X5CHAIN, chain)
            .build();
        let payload = self.payload()?.to_vec().map_err(|_| KeyFlaw::Unusable)?;
        CoseSign1Builder::new()
            .protected(header)
            .payload(payload)
            .try_create_signature(&[], |message| key.sign(message))?
            .build()
            .to_tagged_vec()
            .map_err(|_| KeyFlaw::Unusable)
    }

    fn payload(&self) -> Result<Value, KeyFlaw> {
        let text = |text: &str| Value::Text(text.to_owned());
        let nonce = self.is_displayed.then(nonce).transpose()?;
        let labels = [("en", &self.label.en), ("ko", &self.label.ko)];
        let labels = labels.map(|(language, words)| (text(language), text(words)));
        let entries = [
            (1, nonce.map(Value::Bytes)),
            (2, Some(Value::from(self.made.0))),
            (3, Some(Value::from(self.ends.0))),
            (4, Some(text(self.desk))),
            (5, Some(text(self.organisation))),
            (6, Some(text(self.purpose))),
            (7, Some(Value::from(self.version))),
            (8, Some(Value::Map(labels.to_vec()))),
            (
                9,
                Some(Value::Array(self.cards.iter().map(request).collect())),
            ),
        ];
        let entries = entries
            .into_iter()
            .filter_map(|(key, value)| Some((Value::from(key), value?)));
        Ok(Value::Map(entries.collect()))
    }
}

/// An `ItemsRequest` (ISO/IEC 18013-5 §8.3.2.1.2.1); nothing is kept.
fn request(card: &AskedCard) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    let spaces = card.by_namespace().into_iter();
    let spaces = spaces.map(|((_, namespace), elements)| {
        let elements = elements.into_iter();
        let elements = elements.map(|element| (text(element), Value::Bool(false)));
        (text(namespace), Value::Map(elements.collect()))
    });
    Value::Map(vec![
        (text("docType"), text(&card.doc_type)),
        (text("nameSpaces"), Value::Map(spaces.collect())),
    ])
}

/// What an answer to the challenge in this text is held against: for whoever did not ask it, and wants
/// to know whether it was answered. Its signature is not looked at; the answer names the whole of it.
#[must_use]
pub fn read(text: &str) -> Option<Challenge> {
    let packed = base45::decode(text.trim().strip_prefix(PREFIX)?).ok()?;
    let body = match packed.split_first()? {
        (0, body) => body.to_vec(),
        (1, zlib) => {
            miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(zlib, MAX_BODY).ok()?
        }
        _ => return None,
    };
    let message = CoseSign1::from_tagged_slice(&body).ok()?;
    let payload = Value::from_slice(&message.payload?).ok()?;
    let entries = payload.as_map()?;
    let entry = |key: i64| {
        let mut found = entries
            .iter()
            .filter(|(known, _)| *known == Value::from(key));
        found.next().map(|(_, value)| value)
    };
    Some(Challenge {
        hash: Challenge::hash_of(&body),
        purpose: entry(6)?.as_text()?.to_owned(),
        ends: UnixTime(entry(3)?.as_integer()?.try_into().ok()?),
        is_displayed: entry(1).is_some(),
    })
}

fn nonce() -> Result<Vec<u8>, KeyFlaw> {
    let mut nonce = vec![0; NONCE];
    let filled = SystemRandom::new().fill(&mut nonce);
    filled.map_err(|_| KeyFlaw::Unusable)?;
    Ok(nonce)
}

/// The text form: packed where that is shorter.
fn write(body: &[u8]) -> String {
    let zlib = miniz_oxide::deflate::compress_to_vec_zlib(body, 10);
    let (packing, content) = if zlib.len() < body.len() {
        (1, zlib.as_slice())
    } else {
        (0, body)
    };
    let mut packed = vec![packing];
    packed.extend_from_slice(content);
    format!("{PREFIX}{}", base45::encode(&packed))
}
