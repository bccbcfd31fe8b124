//! An SD-CWT in a key-binding token (draft-ietf-spice-sd-cwt), every part open to change.
//!
//! [`SdCwt::new`] describes a sound presentation of a card; a test changes one field, or hangs a
//! hook where no field reaches, and mints it.

mod case;
mod claims;
mod mint;

pub use claims::{
    Claims, Element, Entry, Hash, Node, REDACTED_ELEMENT, REDACTED_KEYS, Redaction, TO_BE_DECOY,
    TO_BE_REDACTED,
};
pub(crate) use mint::mint;

use crate::card::Card;
use crate::cbor::{int, text};
use crate::cose::{ChainPlace, Sign1};
use crate::key::{Key, sha256};
use crate::portrait::Portrait;
use crate::recipe::{Change, NamedChange, cti, holder_key, status_index, training_root};
use crate::status_claim::Status;
use crate::text::Packing;
use crate::time::{DAY, day};
use crate::x509::Certificate;
use ciborium::Value;

/// Whom a key-binding token is for, if it is for any purpose.
pub const AUDIENCE: &str = "hwagin:optical:1";

/// Whom a key-binding token is for, if it is for that purpose.
#[must_use]
pub fn audience(purpose: &str) -> String {
    format!("{AUDIENCE}:{purpose}")
}

/// Describes a presentation.
pub struct SdCwt {
    /// The kind of card.
    pub card: Card,
    /// The root.
    pub root: Certificate,
    /// Authorities between the root and the signer, the one under the root first. Normally none.
    pub intermediates: Vec<Certificate>,
    /// The document signer.
    pub signer: Certificate,
    /// Signs in place of the signer's own key.
    pub issuer_key: Option<Key>,
    /// What the issuer signed.
    pub token: Token,
    /// The key of the holder's phone.
    pub holder_key: Key,
    /// What the phone signs.
    pub binding: Binding,
    /// Is the SD-CWT shown as it is, with no key-binding token around it?
    pub bare: bool,
    /// How it is packed.
    pub packing: Packing,
    /// Changes that no field describes.
    pub hooks: Hooks,
}

/// The SD-CWT.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// `typ` (16) of the protected header.
    pub typ: Option<Value>,
    /// `sd_alg` (170) of the protected header. -43 and -44 are used as such; else it is SHA-256.
    pub sd_alg: Option<Value>,
    /// The claims.
    pub claims: Claims,
    /// Disclosures of another token, each what is inside the byte string.
    pub foreign: Vec<Vec<u8>>,
    /// `sd_claims` (17) of the unprotected header.
    pub sd_claims: SdClaims,
    /// The signature and its headers.
    pub sign1: Sign1,
}

/// What the header `sd_claims` holds.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum SdClaims {
    /// The disclosures; it is left out if there are none.
    #[default]
    Sent,
    /// An array without elements.
    Empty,
    /// It is left out.
    Missing,
    /// This in its place.
    Replaced(Value),
}

/// The key-binding token.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// `typ` (16) of the protected header.
    pub typ: Option<Value>,
    /// Where the SD-CWT is.
    pub kcwt: Kcwt,
    /// Claim 3.
    pub aud: Option<Value>,
    /// Claim 6.
    pub iat: Option<Value>,
    /// Claim 7.
    pub cti: Option<Vec<u8>>,
    /// Claim 39.
    pub cnonce: Option<Vec<u8>>,
    /// More claims.
    pub extra: Vec<(Value, Value)>,
    /// Signs in place of the phone's key.
    pub signs_with: Option<Key>,
    /// The signature and its headers.
    pub sign1: Sign1,
}

/// Where the SD-CWT is in a key-binding token (header 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kcwt {
    /// In the protected header, as it is.
    #[default]
    AsItIs,
    /// In the protected header, in a byte string.
    Wrapped,
    /// In the unprotected header.
    Unprotected,
    /// Nowhere.
    Missing,
}

/// Changes that no field describes, in the order in which they are made.
#[derive(Default)]
pub struct Hooks {
    /// A disclosure, by the name of its claim, before its hash is taken.
    pub disclosure: Option<NamedChange<Value>>,
    /// The same, encoded (inside the byte string), after its hash is taken.
    pub disclosure_bytes: Option<NamedChange<Vec<u8>>>,
    /// The claims before they are signed.
    pub claims: Option<Change<Value>>,
    /// The same, encoded.
    pub claims_bytes: Option<Change<Vec<u8>>>,
    /// The disclosures, in the order sent.
    pub disclosures: Option<Change<Vec<Value>>>,
    /// The SD-CWT after it is signed.
    pub token: Option<Change<Value>>,
    /// The same, encoded.
    pub token_bytes: Option<Change<Vec<u8>>>,
    /// The claims of the key-binding token before they are signed.
    pub binding: Option<Change<Value>>,
    /// The same, encoded.
    pub binding_bytes: Option<Change<Vec<u8>>>,
    /// The key-binding token after it is signed.
    pub kbt: Option<Change<Value>>,
    /// The same, encoded.
    pub kbt_bytes: Option<Change<Vec<u8>>>,
    /// The body, packed.
    pub body: Option<Change<Vec<u8>>>,
    /// The text.
    pub text: Option<Change<String>>,
}

impl SdCwt {
    /// A sound presentation of `card` at `at`: issued 10 days ago, good for 180 days more.
    #[must_use]
    pub fn new(card: Card, at: i64) -> Self {
        let mut new = Self {
            card,
            root: training_root(),
            intermediates: Vec::new(),
            signer: Certificate::document_signer("document signer", at),
            issuer_key: None,
            token: Token::new(card, at),
            holder_key: holder_key(card),
            binding: Binding::new(card, at),
            bare: false,
            packing: Packing::Smallest,
            hooks: Hooks::default(),
        };
        new.disclose(card.disclosed(), at, Portrait::Small);
        new
    }

    /// The element of that name in any of the name spaces, to be changed.
    pub fn element(&mut self, name: &str) -> Option<&mut Entry> {
        let name = text(name);
        let maps = self.token.claims.0.iter_mut().filter(|e| e.key.is_text());
        maps.filter_map(|entry| match &mut entry.node {
            Node::Map(claims) => claims.find(&name),
            _ => None,
        })
        .next()
    }

    /// Keeps the disclosure of the element of that name back; its hash stays in the token.
    pub fn withhold(&mut self, name: &str) {
        if let Some(entry) = self.element(name) {
            entry.redaction = Some(Redaction::withheld());
        }
    }

    /// Has exactly the elements of `names`, of all that the card has at `at`, in card order: each
    /// redacted on its own, and disclosed.
    pub fn disclose(&mut self, names: &[&str], at: i64, portrait: Portrait) {
        let claims = &mut self.token.claims;
        claims.0.retain(|entry| !entry.key.is_text());
        let mut items = self.card.items(at, portrait);
        items.retain(|item| names.contains(&item.name.as_str()));
        for item in items {
            let entry = Entry::redacted(text(&item.name), item.value, Redaction::default());
            let namespace = text(&item.namespace);
            match claims.find(&namespace).map(|found| &mut found.node) {
                Some(Node::Map(map)) => map.0.push(entry),
                _ => claims.0.push(Entry {
                    key: namespace,
                    node: Node::Map(Claims(vec![entry])),
                    redaction: None,
                }),
            }
        }
    }

    /// Gives the presentation the portrait `portrait` in place of the small one.
    pub fn portrait(&mut self, portrait: Portrait) {
        let Some(picture) = portrait.bytes(self.card) else {
            for entry in &mut self.token.claims.0 {
                if let Node::Map(claims) = &mut entry.node {
                    claims.remove(&text("portrait"));
                }
            }
            return;
        };
        if let Some(entry) = self.element("portrait") {
            entry.node = Node::Open(Value::Bytes(picture.to_vec()));
        }
    }

    /// Says of the card's status what `status` says, or nothing.
    pub fn status(&mut self, status: &Status) {
        match status.value() {
            Some(value) => self.token.claims.set(int(65_535), value),
            None => self.token.claims.remove(&int(65_535)),
        }
    }
}

impl Token {
    fn new(card: Card, at: i64) -> Self {
        let issued = day(at).saturating_sub(10 * DAY);
        let until = day(at).saturating_add(180 * DAY);
        let mut claims = Claims(vec![
            Entry::redacted(int(2), text(&subject(card)), Redaction::withheld()),
            Entry::open(int(5), int(issued)),
            Entry::open(int(4), int(until)),
            Entry::open(int(6), int(issued)),
            Entry {
                key: int(8),
                node: Node::Confirmation,
                redaction: None,
            },
            Entry::open(int(11), text(card.doc_type())),
        ]);
        if let Some(status) = Status::at(status_index(card)).value() {
            claims.set(int(65_535), status);
        }
        Self {
            typ: Some(int(293)),
            sd_alg: Some(int(-16)),
            claims,
            foreign: Vec::new(),
            sd_claims: SdClaims::Sent,
            sign1: Sign1 {
                chain: ChainPlace::Protected,
                tags: vec![18],
                ..Sign1::default()
            },
        }
    }
}

impl Binding {
    fn new(card: Card, at: i64) -> Self {
        // Not the cti of an mdoc of that second: a desk that saw the one has not seen the other.
        let what = [&b"sd-cwt"[..], &at.to_be_bytes()].concat();
        Self {
            typ: Some(int(294)),
            kcwt: Kcwt::AsItIs,
            aud: Some(text(AUDIENCE)),
            iat: Some(int(at)),
            cti: Some(cti(card, &what).to_vec()),
            cnonce: None,
            extra: Vec::new(),
            signs_with: None,
            sign1: Sign1 {
                tags: vec![18],
                ..Sign1::default()
            },
        }
    }
}

/// A text that follows from the card and tells nothing of it.
fn subject(card: Card) -> String {
    let hash = sha256(&[b"subject", card.id().as_bytes()]);
    hash.iter().take(16).map(|b| format!("{b:02x}")).collect()
}
