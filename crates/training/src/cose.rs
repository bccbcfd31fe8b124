//! `COSE_Sign1` and `COSE_Mac0` (RFC 9052) from plain descriptions, sound or flawed.

use crate::cbor::{bytes, encode, int, text};
use crate::key::{Secret, sha256, to_der_signature};
use ciborium::Value;

/// Where the algorithm is written.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum AlgHeader {
    /// In the protected header, the one of the key.
    #[default]
    OfKey,
    /// In the protected header, this value whatever the key.
    Protected(Value),
    /// Only in the unprotected header, the one of the key.
    Unprotected,
    /// Nowhere.
    Missing,
}

/// Which payload the message carries. The signature is over the right one in any case.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Payload {
    /// As the format has it: carried by the issuer, detached by the device.
    #[default]
    AsSpecified,
    /// Carried.
    Attached,
    /// Nil.
    Nil,
    /// These bytes in its place.
    Replaced(Vec<u8>),
}

/// What stands where the signature should.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Signature {
    /// The signature.
    #[default]
    Good,
    /// No byte at all.
    Empty,
    /// The signature with its last bit turned over.
    Flipped,
    /// The signature in DER form.
    Der,
    /// These bytes.
    Replaced(Vec<u8>),
}

/// Where the certificate chain (label 33, RFC 9360) is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ChainPlace {
    /// In the unprotected header.
    #[default]
    Unprotected,
    /// In the protected header.
    Protected,
    /// Nowhere.
    Missing,
}

/// Describes a `COSE_Sign1`; `default()` is a sound one.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sign1 {
    /// Where the algorithm is.
    pub alg: AlgHeader,
    /// More entries of the protected header.
    pub protected: Vec<(Value, Value)>,
    /// More entries of the unprotected header.
    pub unprotected: Vec<(Value, Value)>,
    /// The protected header byte for byte, in place of all the above. `h'A0'` is signed as empty.
    pub protected_bytes: Option<Vec<u8>>,
    /// Which payload it carries.
    pub payload: Payload,
    /// What stands for the signature.
    pub signature: Signature,
    /// Where the chain is.
    pub chain: ChainPlace,
    /// Is a chain of one written as an array?
    pub chain_as_array: bool,
    /// These tags around it, outermost first (18 is `COSE_Sign1`).
    pub tags: Vec<u64>,
}

/// A message to be signed.
pub(crate) struct Message<'a> {
    pub(crate) key: &'a Secret,
    pub(crate) payload: &'a [u8],
    pub(crate) detached: bool,
    /// Leaf first.
    pub(crate) chain: &'a [Vec<u8>],
}

impl Sign1 {
    pub(crate) fn make(&self, message: &Message<'_>) -> Value {
        let kind = message.key.kind();
        let mut protected = match &self.alg {
            AlgHeader::OfKey => vec![(int(1), int(kind.alg()))],
            AlgHeader::Protected(value) => vec![(int(1), value.clone())],
            AlgHeader::Unprotected | AlgHeader::Missing => Vec::new(),
        };
        protected.extend(self.protected.iter().cloned());
        let mut unprotected = Vec::new();
        if self.alg == AlgHeader::Unprotected {
            unprotected.push((int(1), int(kind.alg())));
        }
        let chain = chain(message.chain, self.chain_as_array).map(|c| (int(33), c));
        match self.chain {
            ChainPlace::Unprotected => unprotected.extend(chain),
            ChainPlace::Protected => protected.extend(chain),
            ChainPlace::Missing => {}
        }
        unprotected.extend(self.unprotected.iter().cloned());

        let protected = match (&self.protected_bytes, protected.is_empty()) {
            (Some(given), _) => given.clone(),
            (None, true) => Vec::new(),
            (None, false) => encode(&Value::Map(protected)),
        };
        let signed_protected: &[u8] = if protected == [0xA0] { &[] } else { &protected };
        let structure = Value::Array(vec![
            text("Signature1"),
            bytes(signed_protected),
            bytes(&[]),
            bytes(message.payload),
        ]);
        let signature = self.signature(message.key.sign(&encode(&structure)));
        let payload = match (&self.payload, message.detached) {
            (Payload::Replaced(other), _) => bytes(other),
            (Payload::Nil, _) | (Payload::AsSpecified, true) => Value::Null,
            (Payload::Attached, _) | (Payload::AsSpecified, false) => bytes(message.payload),
        };
        let parts = vec![
            bytes(&protected),
            Value::Map(unprotected),
            payload,
            bytes(&signature),
        ];
        self.tags
            .iter()
            .rev()
            .fold(Value::Array(parts), |inner, tag| {
                Value::Tag(*tag, Box::new(inner))
            })
    }

    fn signature(&self, mut good: Vec<u8>) -> Vec<u8> {
        match &self.signature {
            Signature::Good => good,
            Signature::Empty => Vec::new(),
            Signature::Flipped => {
                if let Some(last) = good.last_mut() {
                    *last ^= 1;
                }
                good
            }
            Signature::Der => to_der_signature(&good),
            Signature::Replaced(other) => other.clone(),
        }
    }
}

fn chain(certificates: &[Vec<u8>], as_array: bool) -> Option<Value> {
    match certificates {
        [] => None,
        [one] if !as_array => Some(bytes(one)),
        all => Some(Value::Array(all.iter().map(|c| bytes(c)).collect())),
    }
}

/// A `COSE_Mac0` with HMAC 256/256 in its header. Its tag is no MAC: without a reader key there is none.
pub(crate) fn mac0(payload: &[u8]) -> Value {
    let protected = encode(&Value::Map(vec![(int(1), int(5))]));
    let tag = sha256(&[b"no reader key", payload]);
    Value::Array(vec![
        bytes(&protected),
        Value::Map(Vec::new()),
        Value::Null,
        bytes(&tag),
    ])
}
