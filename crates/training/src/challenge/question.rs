//! A challenge as a desk signs it, every part open to change.
//!
//! A real desk's nonce and signatures are random; these follow from what is asked, so that a vector
//! stays as it is.

use crate::cbor::{bytes, encode, int, map, text};
use crate::cose::{ChainPlace, Message, Sign1};
use crate::key::{Key, Seed, sha256};
use crate::recipe::{Change, Hooks};
use crate::text::{Packing, base45, pack};
use crate::x509::{Certificate, Extension, Name, oid, serial};
use ciborium::Value;

/// How long a displayed one may be answered.
const DISPLAYED_SECONDS: i64 = 120;

/// From when until when the desk's certificate is valid: 2026-01-01 to 2055-12-31.
const CERTIFIED: (i64, i64) = (1_767_225_600, 2_713_910_399);

/// Elements by namespace.
pub type NameSpaces = Vec<(String, Vec<String>)>;

/// Describes a challenge.
pub struct Question {
    /// The desk's certificate, signed by itself, and the key that signs.
    pub certificate: Certificate,
    /// Certificates (DER) that follow the desk's own.
    pub above: Vec<Vec<u8>>,
    /// Entry 1.
    pub nonce: Option<Vec<u8>>,
    /// Entry 2.
    pub iat: i64,
    /// Entry 3.
    pub exp: i64,
    /// Entry 4.
    pub desk: String,
    /// Entry 5.
    pub organisation: String,
    /// Entry 6.
    pub purpose: String,
    /// Entry 7.
    pub version: i64,
    /// Entry 8, by language.
    pub label: Vec<(String, String)>,
    /// Entry 9: document types, and what is asked of each.
    pub items: Vec<(String, NameSpaces)>,
    /// The signature and its headers.
    pub sign1: Sign1,
    /// How the message is packed.
    pub packing: Packing,
    /// Changes the payload before it is encoded.
    pub payload: Option<Change<Value>>,
    /// Changes the payload, encoded, before it is signed.
    pub payload_bytes: Option<Change<Vec<u8>>>,
    /// Changes the message, signed.
    pub message: Option<Change<Value>>,
    /// Changes the text.
    pub text: Option<Change<String>>,
}

/// A challenge, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The content of the symbol.
    pub text: String,
    /// The `COSE_Sign1`, which the hash is made of.
    pub body: Vec<u8>,
    /// Its payload.
    pub payload: Vec<u8>,
    /// The desk's certificate, DER.
    pub certificate: Vec<u8>,
}

impl Question {
    /// A displayed challenge made at `at` for this purpose, for 120 seconds.
    #[must_use]
    pub fn new(desk: &str, organisation: &str, purpose: &str, at: i64) -> Self {
        let mut question = Self {
            certificate: desk_certificate(),
            above: Vec::new(),
            nonce: Some(nonce(purpose, at)),
            iat: at,
            exp: at.saturating_add(DISPLAYED_SECONDS),
            desk: String::new(),
            organisation: String::new(),
            purpose: purpose.to_owned(),
            version: 1,
            label: vec![("en".to_owned(), purpose.to_owned())],
            items: Vec::new(),
            sign1: Sign1 {
                protected: vec![(int(16), text("application/hwagin-challenge+cbor"))],
                chain: ChainPlace::Protected,
                tags: vec![18],
                ..Sign1::default()
            },
            packing: Packing::Smallest,
            payload: None,
            payload_bytes: None,
            message: None,
            text: None,
        };
        question.rename(desk, organisation);
        question
    }

    /// Names the desk so, and its certificate with it.
    pub fn rename(&mut self, desk: &str, organisation: &str) {
        desk.clone_into(&mut self.desk);
        organisation.clone_into(&mut self.organisation);
        desk.clone_into(&mut self.certificate.subject.common_name);
        self.certificate.subject.organisation = Some(organisation.to_owned());
    }

    /// The same on paper: without a nonce, until `exp`.
    #[must_use]
    pub fn printed(mut self, exp: i64) -> Self {
        self.nonce = None;
        self.exp = exp;
        self
    }

    pub(crate) fn ask(&self, seed: &Seed) -> Asked {
        let certificate = self.certificate.sign(&self.certificate, seed);
        let chain = [&certificate].into_iter().chain(&self.above).cloned();
        let mut payload = self.said();
        Hooks::run(&self.payload, &mut payload);
        let mut payload = encode(&payload);
        Hooks::run(&self.payload_bytes, &mut payload);
        let mut message = self.sign1.make(&Message {
            key: &seed.key(&self.certificate.key),
            payload: &payload,
            detached: false,
            chain: &chain.collect::<Vec<_>>(),
        });
        Hooks::run(&self.message, &mut message);
        let body = encode(&message);
        let mut text = format!("{}{}", super::PREFIX, base45(&pack(&body, self.packing)));
        Hooks::run(&self.text, &mut text);
        Asked {
            text,
            body,
            payload,
            certificate,
        }
    }

    /// The payload, its maps in the order of deterministic encoding (RFC 8949 §4.2.1).
    fn said(&self) -> Value {
        let label = self.label.iter().map(|(key, said)| (text(key), text(said)));
        let items = self.items.iter().map(request).collect();
        let entries = [
            (1, self.nonce.as_deref().map(bytes)),
            (2, Some(int(self.iat))),
            (3, Some(int(self.exp))),
            (4, Some(text(&self.desk))),
            (5, Some(text(&self.organisation))),
            (6, Some(text(&self.purpose))),
            (7, Some(int(self.version))),
            (8, Some(sorted(label.collect()))),
            (9, Some(Value::Array(items))),
        ];
        let entries = entries.into_iter();
        Value::Map(
            entries
                .filter_map(|(key, value)| Some((int(key), value?)))
                .collect(),
        )
    }
}

fn request((doc_type, name_spaces): &(String, NameSpaces)) -> Value {
    let spaces = name_spaces.iter().map(|(namespace, elements)| {
        let elements = elements.iter();
        let elements = elements.map(|element| (text(element), Value::Bool(false)));
        (text(namespace), sorted(elements.collect()))
    });
    map([
        ("docType", text(doc_type)),
        ("nameSpaces", sorted(spaces.collect())),
    ])
}

fn sorted(mut entries: Vec<(Value, Value)>) -> Value {
    entries.sort_by_key(|(key, _)| encode(key));
    Value::Map(entries)
}

/// Sixteen bytes that follow from purpose and time.
fn nonce(purpose: &str, at: i64) -> Vec<u8> {
    let hash = sha256(&[b"nonce", purpose.as_bytes(), &at.to_be_bytes()]);
    hash.into_iter().take(16).collect()
}

/// A reader's certificate (ISO/IEC 18013-5 annex B.1.7), as far as a challenge needs it.
fn desk_certificate() -> Certificate {
    Certificate {
        key: Key::p256("desk"),
        subject: Name::new(""),
        serial: serial("desk"),
        not_before: CERTIFIED.0,
        not_after: CERTIFIED.1,
        extensions: vec![
            Extension::key_usage(&[0]),
            Extension::extended_key_usage(&[oid::MDOC_READER]),
        ],
    }
}
