//! A signed CWT (RFC 8392) of an issuer whose key is known by its `kid`, every part open to change.

use crate::cbor::{bytes, encode, int};
use crate::cose::{Message, Payload, Sign1};
use crate::key::{Key, Seed};
use crate::recipe::{Change, Hooks};
use crate::status_claim::Status;
use ciborium::Value;

/// Describes a token.
pub struct Cwt {
    /// Signs.
    pub key: Key,
    /// Where the `kid` (4) of the key is.
    pub kid: KidHeader,
    /// The signature and its headers.
    pub sign1: Sign1,
    /// The claims, in the order written.
    pub claims: Vec<(Value, Value)>,
    /// Changes that no field describes.
    pub hooks: CwtHooks,
}

/// Where the `kid` is.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct KidHeader {
    /// In the protected header.
    pub protected: Option<Kid>,
    /// In the unprotected header.
    pub unprotected: Option<Kid>,
}

/// Which `kid`.
#[derive(Clone, Debug, PartialEq)]
pub enum Kid {
    /// That of the key.
    OfKey,
    /// Another.
    Other(Value),
}

impl KidHeader {
    /// That of the key, in the protected header.
    #[must_use]
    pub fn protected() -> Self {
        Self {
            protected: Some(Kid::OfKey),
            unprotected: None,
        }
    }
}

/// Changes that no field describes, in the order in which they are made.
#[derive(Default)]
pub struct CwtHooks {
    /// The claims before they are signed.
    pub claims: Option<Change<Value>>,
    /// The same, encoded.
    pub claims_bytes: Option<Change<Vec<u8>>>,
    /// The claims after they were signed: the signature is over what they were before.
    pub altered: Option<Change<Value>>,
    /// The token.
    pub token: Option<Change<Value>>,
    /// The same, encoded.
    pub token_bytes: Option<Change<Vec<u8>>>,
}

impl Cwt {
    /// A token with these claims, tagged as `COSE_Sign1`, the `kid` protected.
    #[must_use]
    pub fn new(key: Key, claims: Vec<(Value, Value)>) -> Self {
        Self {
            key,
            kid: KidHeader::protected(),
            sign1: Sign1 {
                tags: vec![18],
                ..Sign1::default()
            },
            claims,
            hooks: CwtHooks::default(),
        }
    }

    /// The claim with that key, to be changed.
    pub fn claim(&mut self, key: &Value) -> Option<&mut Value> {
        let entry = self.claims.iter_mut().find(|(k, _)| k == key);
        entry.map(|(_, value)| value)
    }

    /// Gives the claim with that number this value; it is the last one if it is new.
    pub fn set(&mut self, key: i64, value: Value) {
        match self.claim(&int(key)) {
            Some(place) => *place = value,
            None => self.claims.push((int(key), value)),
        }
    }

    /// Leaves out the claim with that number.
    pub fn remove(&mut self, key: i64) {
        self.claims.retain(|(k, _)| *k != int(key));
    }

    /// Says of the credential's status (65535) what `status` says, or nothing.
    pub fn status(&mut self, status: &Status) {
        match status.value() {
            Some(value) => self.set(65_535, value),
            None => self.remove(65_535),
        }
    }

    /// The claims as they are signed.
    pub(crate) fn payload(&self) -> (Value, Vec<u8>) {
        let mut claims = Value::Map(self.claims.clone());
        Hooks::run(&self.hooks.claims, &mut claims);
        let mut encoded = encode(&claims);
        Hooks::run(&self.hooks.claims_bytes, &mut encoded);
        (claims, encoded)
    }

    /// The token, encoded; `kid` is that of the key.
    pub(crate) fn sign(&self, seed: &Seed, kid: &[u8]) -> Vec<u8> {
        let (mut claims, payload) = self.payload();
        let mut sign1 = self.sign1.clone();
        let header = |kind: &Kid| match kind {
            Kid::OfKey => (int(4), bytes(kid)),
            Kid::Other(value) => (int(4), value.clone()),
        };
        let protected = self.kid.protected.iter().map(header);
        sign1.protected.splice(0..0, protected);
        let unprotected = self.kid.unprotected.iter().map(header);
        sign1.unprotected.splice(0..0, unprotected);
        if let Some(altered) = &self.hooks.altered {
            altered(&mut claims);
            sign1.payload = Payload::Replaced(encode(&claims));
        }
        let mut token = sign1.make(&Message {
            key: &seed.key(&self.key),
            payload: &payload,
            detached: false,
            chain: &[],
        });
        Hooks::run(&self.hooks.token, &mut token);
        let mut token = encode(&token);
        Hooks::run(&self.hooks.token_bytes, &mut token);
        token
    }
}
