//! A desk's challenge as a holder's phone reads it (docs/optical-presentation.md, 3b).

mod form;
mod question;

pub use question::{Asked, NameSpaces, Question};

use crate::card::Card;
use crate::cbor::text;
use crate::key::sha256;
use crate::portrait::Portrait;
use crate::recipe::Recipe;
use crate::sd_cwt::{SdCwt, audience};
use form::{Message, Said};

/// What every challenge begins with.
const PREFIX: &str = "HWC1:";

/// The symbol at most: a symbol of version 40 holds no more.
const MAX_TEXT: usize = 4_296;

/// Inflated bytes at most.
const MAX_BODY: usize = 48 * 1024;

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
        let message = Message::read(&body).ok_or(flaw)?;
        let said = Said::read(&message.payload).ok_or(flaw)?;
        let key = message.key(&said).ok_or(flaw)?;
        if !message.is_signed_by(&key) {
            return Err(ChallengeFlaw::Signature);
        }
        if said.iat > at.saturating_add(MAX_AHEAD) {
            return Err(ChallengeFlaw::Ahead);
        }
        if said.exp < said.iat || said.exp <= at {
            return Err(ChallengeFlaw::Ended);
        }
        Ok(Self {
            hash: sha256(&[&body]),
            desk: said.desk,
            organisation: said.organisation,
            purpose: said.purpose,
            is_displayed: said.is_displayed,
            items: said.items,
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
