//! Claims of which some are redacted, and the disclosures that bring them back.

use crate::cbor::{bytes, encode, int, simple, tagged};
use crate::key::Seed;
use crate::recipe::NamedChange;
use ciborium::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The key under which a map has the hashes of its redacted entries, as a simple value.
pub const REDACTED_KEYS: u8 = 59;
/// The tag around the hash that stands for a redacted element of an array.
pub const REDACTED_ELEMENT: u64 = 60;
/// The tag of what an issuer is asked to redact; nothing that was issued has it.
pub const TO_BE_REDACTED: u64 = 58;
/// The tag of where an issuer is asked to put a decoy; nothing that was issued has it.
pub const TO_BE_DECOY: u64 = 62;

/// A value of which parts may be redacted.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A value with nothing redacted in it.
    Open(Value),
    /// A map.
    Map(Claims),
    /// An array.
    Array(Vec<Element>),
    /// The holder's key, as the claim `cnf` has it (RFC 8747).
    Confirmation,
}

/// The entries of a map, in the order written.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Claims(pub Vec<Entry>);

/// An entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its key.
    pub key: Value,
    /// Its value.
    pub node: Node,
    /// How it is redacted, if it is.
    pub redaction: Option<Redaction>,
}

/// An element of an array.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its value.
    pub node: Node,
    /// How it is redacted, if it is.
    pub redaction: Option<Redaction>,
}

/// How a value is redacted; `default()` is soundly, and disclosed.
#[derive(Clone, Debug, PartialEq)]
pub struct Redaction {
    /// Bytes of salt; the draft asks for 16.
    pub salt: usize,
    /// How often the disclosure is sent: once, unless it is withheld.
    pub sent: usize,
    /// The value put in its place after the hash was taken.
    pub altered: Option<Value>,
    /// What stands in the signed token.
    pub hash: Hash,
    /// Is it a decoy, of which the disclosure holds a salt and nothing else?
    pub decoy: bool,
}

/// What stands in the signed token for a redacted value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hash {
    /// The hash of the disclosure, encoded as a byte string.
    #[default]
    Good,
    /// The hash of what is inside that byte string, its head left out.
    WithoutHead,
    /// A hash of something else.
    Wrong,
    /// Nothing.
    Missing,
}

impl Default for Redaction {
    fn default() -> Self {
        Self {
            salt: 16,
            sent: 1,
            altered: None,
            hash: Hash::Good,
            decoy: false,
        }
    }
}

impl Redaction {
    /// Redacted, and the disclosure stays with the holder.
    #[must_use]
    pub fn withheld() -> Self {
        Self {
            sent: 0,
            ..Self::default()
        }
    }

    /// A decoy, whose disclosure stays with the issuer.
    #[must_use]
    pub fn decoy() -> Self {
        Self {
            decoy: true,
            ..Self::withheld()
        }
    }
}

impl Entry {
    /// An entry that is not redacted.
    #[must_use]
    pub fn open(key: Value, value: Value) -> Self {
        Self {
            key,
            node: Node::Open(value),
            redaction: None,
        }
    }

    /// An entry that is redacted as told.
    #[must_use]
    pub fn redacted(key: Value, value: Value, redaction: Redaction) -> Self {
        Self {
            redaction: Some(redaction),
            ..Self::open(key, value)
        }
    }

    /// A decoy. Another `number` is another decoy.
    #[must_use]
    pub fn decoy(number: i64) -> Self {
        Self::redacted(int(number), Value::Null, Redaction::decoy())
    }
}

impl Element {
    /// An element that is redacted as told, or open.
    #[must_use]
    pub fn new(value: Value, redaction: Option<Redaction>) -> Self {
        Self {
            node: Node::Open(value),
            redaction,
        }
    }
}

impl Claims {
    /// The entry with that key, to be changed.
    pub fn find(&mut self, key: &Value) -> Option<&mut Entry> {
        self.0.iter_mut().find(|entry| entry.key == *key)
    }

    /// Gives the entry with that key this value, open; it is the last one if it is new.
    pub fn set(&mut self, key: Value, value: Value) {
        let entry = Entry::open(key, value);
        match self.find(&entry.key) {
            Some(place) => *place = entry,
            None => self.0.push(entry),
        }
    }

    /// Leaves out the entry with that key.
    pub fn remove(&mut self, key: &Value) {
        self.0.retain(|entry| entry.key != *key);
    }
}

/// Builds signed values, and gathers the disclosures on the way: children before their parents.
pub(super) struct Builder<'a> {
    pub(super) seed: &'a Seed,
    /// Told the salts of one card from those of another.
    pub(super) card: &'a str,
    /// `sd_alg`.
    pub(super) algorithm: Option<&'a Value>,
    pub(super) confirmation: &'a Value,
    pub(super) before: Option<&'a NamedChange<Value>>,
    pub(super) after: Option<&'a NamedChange<Vec<u8>>>,
    pub(super) disclosures: Vec<Vec<u8>>,
}

impl Builder<'_> {
    pub(super) fn claims(&mut self, claims: &Claims, path: &str) -> Value {
        let (mut entries, mut hashes) = (Vec::new(), Vec::new());
        for entry in &claims.0 {
            let path = format!("{path}/{}", name(&entry.key));
            let value = self.node(&entry.node, &path);
            match &entry.redaction {
                None => entries.push((entry.key.clone(), value)),
                Some(how) => hashes.extend(self.redact(how, &value, Some(&entry.key), &path)),
            }
        }
        if !hashes.is_empty() {
            // In an order that says nothing of the one they had.
            hashes.sort();
            let hashes = hashes.into_iter().map(Value::Bytes).collect();
            entries.push((simple(REDACTED_KEYS), Value::Array(hashes)));
        }
        Value::Map(entries)
    }

    fn node(&mut self, node: &Node, path: &str) -> Value {
        match node {
            Node::Open(value) => value.clone(),
            Node::Map(claims) => self.claims(claims, path),
            Node::Confirmation => Value::Map(vec![(int(1), self.confirmation.clone())]),
            Node::Array(elements) => {
                let mut written = Vec::new();
                for (number, element) in elements.iter().enumerate() {
                    let path = format!("{path}/{number}");
                    let value = self.node(&element.node, &path);
                    match &element.redaction {
                        None => written.push(value),
                        Some(how) => {
                            let hash = self.redact(how, &value, None, &path);
                            written.extend(hash.map(|h| tagged(REDACTED_ELEMENT, bytes(&h))));
                        }
                    }
                }
                Value::Array(written)
            }
        }
    }

    /// The hash that stands for `value`; its disclosure is kept if it is sent.
    fn redact(
        &mut self,
        how: &Redaction,
        value: &Value,
        key: Option<&Value>,
        path: &str,
    ) -> Option<Vec<u8>> {
        let salt = self.seed.derive(&["sd-cwt salt", self.card, path]);
        let salt = salt.get(..how.salt).unwrap_or(&salt);
        let name = path.rsplit('/').next().unwrap_or_default();
        let content = |value: &Value| {
            let mut parts = vec![bytes(salt)];
            if !how.decoy {
                parts.push(value.clone());
                parts.extend(key.cloned());
            }
            let mut content = Value::Array(parts);
            if let Some(hook) = self.before {
                hook(name, &mut content);
            }
            encode(&content)
        };
        let signed = content(value);
        let mut sent = how.altered.as_ref().map_or_else(|| signed.clone(), content);
        if let Some(hook) = self.after {
            hook(name, &mut sent);
        }
        for _ in 0..how.sent {
            self.disclosures.push(sent.clone());
        }
        let good = self.hash(&encode(&bytes(&signed)));
        match how.hash {
            Hash::Good => Some(good),
            Hash::WithoutHead => Some(self.hash(&signed)),
            Hash::Wrong => Some(self.hash(&good)),
            Hash::Missing => None,
        }
    }

    /// SHA-256, unless the header says SHA-384 or SHA-512 (RFC 9054).
    fn hash(&self, data: &[u8]) -> Vec<u8> {
        match self.algorithm.and_then(Value::as_integer).map(i128::from) {
            Some(-43) => Sha384::digest(data).to_vec(),
            Some(-44) => Sha512::digest(data).to_vec(),
            _ => Sha256::digest(data).to_vec(),
        }
    }
}

/// The key of an entry as a word.
fn name(key: &Value) -> String {
    match key {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => i128::from(*number).to_string(),
        other => format!("{other:?}"),
    }
}
