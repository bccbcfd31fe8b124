//! What a presentation is made of, every part open to change.
//!
//! [`Recipe::new`] describes a sound presentation; a test changes one field, or hangs a hook where
//! no field reaches, and mints it.

use crate::card::{Card, Item};
use crate::cbor::{encode, int};
use crate::cose::Sign1;
use crate::key::{Key, sha256};
use crate::portrait::Portrait;
use crate::status_claim::Status;
pub use crate::status_claim::{IdentifierClaim, StatusClaim};
use crate::text::Packing;
use crate::time::{DAY, day};
use crate::x509::Certificate;
use ciborium::Value;

/// Changes a thing on its way.
pub type Change<T> = Box<dyn Fn(&mut T)>;
/// The same, told the name of the element.
pub type NamedChange<T> = Box<dyn Fn(&str, &mut T)>;

/// Describes a presentation.
pub struct Recipe {
    /// The kind of card.
    pub card: Card,
    /// docType of the document and of the device signature.
    pub doc_type: String,
    /// The disclosed elements, in order; each item's place is its digestID.
    pub items: Vec<Item>,
    /// The root.
    pub root: Certificate,
    /// Authorities between the root and the signer, the one under the root first. Normally none.
    pub intermediates: Vec<Certificate>,
    /// The document signer.
    pub signer: Certificate,
    /// Signs in place of the signer's own key.
    pub issuer_key: Option<Key>,
    /// The signed object.
    pub mso: Mso,
    /// The signature over the signed object.
    pub issuer_auth: Sign1,
    /// The holder's phone.
    pub holder: Holder,
    /// The response around the document.
    pub response: Response,
    /// The envelope around the response.
    pub envelope: Envelope,
    /// How the envelope is packed.
    pub packing: Packing,
    /// Changes that no field describes.
    pub hooks: Hooks,
}

/// The signed object (ISO/IEC 18013-5 9.1.2.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Mso {
    /// version.
    pub version: String,
    /// digestAlgorithm. "SHA-384" and "SHA-512" are used as such; any other name gets SHA-256.
    pub digest_algorithm: String,
    /// docType.
    pub doc_type: String,
    /// validityInfo, or none of it.
    pub validity: Option<Validity>,
    /// The status list of its status, or none.
    pub status: Option<StatusClaim>,
    /// The identifier list of its status, or none.
    pub identifier: Option<IdentifierClaim>,
    /// The device key as written, in place of the holder's.
    pub device_key: Option<Value>,
    /// More entries.
    pub extra: Vec<(Value, Value)>,
}

/// validityInfo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// signed.
    pub signed: i64,
    /// validFrom.
    pub from: i64,
    /// validUntil.
    pub until: i64,
}

/// How the holder proves possession.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Proof {
    /// deviceSignature.
    #[default]
    Signature,
    /// deviceMac, which a one-way QR can't carry soundly.
    Mac,
    /// An empty deviceAuth.
    Empty,
    /// No deviceSigned at all.
    Missing,
}

/// The holder's phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    /// The key that the signed object names.
    pub key: Key,
    /// Signs in its place.
    pub signs_with: Option<Key>,
    /// How possession is proven.
    pub proof: Proof,
    /// The signature.
    pub sign1: Sign1,
    /// Elements signed by the device: name space to elements. An empty map normally.
    pub name_spaces: Value,
    /// First text of the handover.
    pub handover: String,
    /// Handover inputs as signed, where they differ from the envelope's.
    pub signed_envelope: Option<Envelope>,
}

/// The response (ISO/IEC 18013-5 8.3.2.1.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// version.
    pub version: String,
    /// status.
    pub status: i64,
    /// How often the document is in it; none leaves `documents` out.
    pub documents: usize,
}

/// The envelope of the optical presentation.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// Entry 2, unix seconds.
    pub issued: Value,
    /// Entry 3, 16 bytes.
    pub cti: Vec<u8>,
    /// Entry 4.
    pub purpose: Option<String>,
    /// Entry 5, 32 bytes.
    pub challenge_hash: Option<Vec<u8>>,
}

/// Changes that no field describes, in the order in which they are made.
#[derive(Default)]
pub struct Hooks {
    /// An issuer-signed item, by its name, before its digest is taken.
    pub item: Option<NamedChange<Value>>,
    /// The same, encoded (inside tag 24), after its digest is taken.
    pub item_bytes: Option<NamedChange<Vec<u8>>>,
    /// The signed object before it is signed.
    pub mso: Option<Change<Value>>,
    /// The same, encoded.
    pub mso_bytes: Option<Change<Vec<u8>>>,
    /// issuerAuth after it is signed.
    pub issuer_auth: Option<Change<Value>>,
    /// The session transcript before the device signs it.
    pub transcript: Option<Change<Value>>,
    /// The document.
    pub document: Option<Change<Value>>,
    /// The response.
    pub response: Option<Change<Value>>,
    /// The same, encoded.
    pub response_bytes: Option<Change<Vec<u8>>>,
    /// The envelope.
    pub envelope: Option<Change<Value>>,
    /// The same, encoded.
    pub envelope_bytes: Option<Change<Vec<u8>>>,
    /// The body, packed.
    pub body: Option<Change<Vec<u8>>>,
    /// The text.
    pub text: Option<Change<String>>,
}

impl Hooks {
    /// Runs `hook` on `thing` if there is one.
    pub(crate) fn run<T>(hook: &Option<Change<T>>, thing: &mut T) {
        if let Some(hook) = hook {
            hook(thing);
        }
    }
}

impl Recipe {
    /// A sound presentation of `card` at `at`: signed 10 days ago, good for 180 days more.
    #[must_use]
    pub fn new(card: Card, at: i64) -> Self {
        let today = day(at);
        let disclosed = card.disclosed();
        let mut items = card.items(at, Portrait::Small);
        items.retain(|item| disclosed.contains(&item.name.as_str()));
        Self {
            card,
            doc_type: card.doc_type().to_owned(),
            items,
            root: training_root(),
            intermediates: Vec::new(),
            signer: Certificate::document_signer("document signer", at),
            issuer_key: None,
            mso: Mso {
                version: "1.0".to_owned(),
                digest_algorithm: "SHA-256".to_owned(),
                doc_type: card.doc_type().to_owned(),
                validity: Some(Validity {
                    signed: today.saturating_sub(10 * DAY),
                    from: today.saturating_sub(10 * DAY),
                    until: today.saturating_add(180 * DAY),
                }),
                status: Some(StatusClaim::at(status_index(card))),
                identifier: None,
                device_key: None,
                extra: Vec::new(),
            },
            issuer_auth: Sign1::default(),
            holder: Holder {
                key: holder_key(card),
                signs_with: None,
                proof: Proof::Signature,
                sign1: Sign1::default(),
                name_spaces: Value::Map(Vec::new()),
                handover: "HwaginOpticalHandover-1".to_owned(),
                signed_envelope: None,
            },
            response: Response {
                version: "1.0".to_owned(),
                status: 0,
                documents: 1,
            },
            envelope: Envelope::new(card, at),
            packing: Packing::Smallest,
            hooks: Hooks::default(),
        }
    }

    /// The item of that name, to be changed.
    pub fn item(&mut self, name: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.name == name)
    }

    /// Leaves out the item of that name, and its digest with it.
    pub fn withhold(&mut self, name: &str) {
        self.items.retain(|item| item.name != name);
    }

    /// Discloses exactly the elements of `names`, of all that the card has at `at`, in card order.
    pub fn disclose(&mut self, names: &[&str], at: i64, portrait: Portrait) {
        self.items = self.card.items(at, portrait);
        self.items
            .retain(|item| names.contains(&item.name.as_str()));
    }

    /// Gives the presentation the portrait `portrait` in place of the small one.
    pub fn portrait(&mut self, portrait: Portrait) {
        let card = self.card;
        match portrait.bytes(card) {
            None => self.withhold("portrait"),
            Some(picture) => {
                if let Some(item) = self.item("portrait") {
                    item.value = Value::Bytes(picture.to_vec());
                }
            }
        }
    }
}

impl Mso {
    /// Where its status is to be found, as it is written.
    pub(crate) fn status(&self) -> Option<Value> {
        let status = Status {
            list: self.status.clone(),
            identifier: self.identifier.clone(),
            extra: Vec::new(),
        };
        status.value()
    }
}

impl Envelope {
    /// An envelope made at `at`, with a cti that follows from card and time.
    #[must_use]
    pub fn new(card: Card, at: i64) -> Self {
        Self {
            issued: int(at),
            cti: cti(card, &at.to_be_bytes()).to_vec(),
            purpose: None,
            challenge_hash: None,
        }
    }

    /// What the handover hashes: `[challenge hash, purpose, iat, cti]`, encoded.
    pub(crate) fn handover_input(&self) -> Vec<u8> {
        let challenge = self
            .challenge_hash
            .clone()
            .map_or(Value::Null, Value::Bytes);
        let purpose = self.purpose.clone().map_or(Value::Null, Value::Text);
        encode(&Value::Array(vec![
            challenge,
            purpose,
            self.issued.clone(),
            Value::Bytes(self.cti.clone()),
        ]))
    }
}

/// The identifier of a card in good standing, as an identifier list would name it.
#[must_use]
pub fn identifier(card: Card) -> Vec<u8> {
    cti(card, b"identifier").to_vec()
}

/// The identifier that the training list names: that of a revoked card.
#[must_use]
pub fn revoked_identifier(card: Card) -> Vec<u8> {
    cti(card, b"revoked identifier").to_vec()
}

/// Sixteen bytes that follow from the card and `what`.
pub(crate) fn cti(card: Card, what: &[u8]) -> [u8; 16] {
    let hash = sha256(&[b"cti", card.id().as_bytes(), what]);
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(hash) {
        *to = from;
    }
    out
}

/// The key of the phone that a card is in: the same whatever the format it is presented in.
pub(crate) fn holder_key(card: Card) -> Key {
    Key::p256(&format!("phone {}", card.id()))
}

/// The training root, as described.
pub(crate) fn training_root() -> Certificate {
    Certificate::iaca(
        "training root",
        "Hwagin Training IACA – not a real authority",
    )
}

/// The entry of a card in good standing. The next three are suspended, revoked, and of value 3.
#[must_use]
pub fn status_index(card: Card) -> usize {
    match card {
        Card::Mfc => 1_100,
        Card::Mpr => 1_200,
        Card::Mor => 1_300,
        Card::Mep => 1_400,
        Card::Mrc => 1_500,
        Card::Kdl => 1_600,
        Card::Mcs => 1_700,
        Card::Mnh => 1_800,
        Card::Mdc => 1_900,
        Card::Mdl => 2_100,
    }
}
