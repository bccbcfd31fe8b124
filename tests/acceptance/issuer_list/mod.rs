//! Issuer lists made here, sound or not, from certificates of the training authority.
//!
//! The list and its signature are written without the code that makes them for training.

mod entries;
mod signers;

use hwagin_tests::world::{AT, MDL};
use hwagin_training::cbor::{bytes, encode, int, map, tdate, text};
use hwagin_training::x509::{Certificate, Extension};
use hwagin_training::{Authority, DAY, Value, der};
use hwagin_verifier::trust::vical::{VicalFlaw, VicalReport};
use hwagin_verifier::trust::{Anchors, Production};
use hwagin_verifier::{At, UnixTime};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha512};

/// The usage of a signer of issuer lists.
pub const LIST_SIGNER: &str = "1.0.18013.5.1.8";

/// The P-256 key of the training authority under this label, as its documentation derives it.
fn key(label: &str) -> SigningKey {
    let mut hash = Sha512::new_with_prefix(b"Hwagin training seed, not secret");
    for part in ["key", label, "0"] {
        hash.update(u64::try_from(part.len()).unwrap().to_be_bytes());
        hash.update(part);
    }
    SigningKey::from_slice(&hash.finalize()[..32]).unwrap()
}

/// The DER of this certificate under that one.
pub fn issued(certificate: &Certificate, by: &Certificate) -> Vec<u8> {
    Authority::built_in().certificate(certificate, by)
}

/// The DER of a root.
pub fn own(root: &Certificate) -> Vec<u8> {
    issued(root, root)
}

/// A root of a ministry, which is no training root.
pub fn ministry(label: &str) -> Certificate {
    let mut root = Certificate::iaca(label, &format!("{label} IACA"));
    root.subject.organisation = Some("Some Ministry".to_owned());
    root
}

/// The authority over the signers of lists; it may have authorities below it.
pub fn association() -> Certificate {
    let mut root = ministry("association root");
    root.replace(Extension::basic_constraints(true, None));
    root
}

/// An authority between.
pub fn between(label: &str) -> Certificate {
    let mut authority = ministry(label);
    authority.replace(Extension::basic_constraints(true, None));
    authority
}

/// A signer of lists.
pub fn signer() -> Certificate {
    let mut signer = Certificate::document_signer("list signer", AT);
    signer.subject.common_name = "Some list signer".to_owned();
    signer.replace(Extension::key_usage(&[1]));
    signer.replace(Extension::extended_key_usage(&[LIST_SIGNER]));
    signer
}

/// A list; `new` is a sound one.
pub struct List {
    pub members: Vec<(Value, Value)>,
    pub signer: Certificate,
    /// In place of the signer alone.
    pub chain: Option<Value>,
    pub protected: Vec<(Value, Value)>,
    pub chain_protected: bool,
    /// The payload as it is signed.
    pub payload: Option<Vec<u8>>,
}

impl List {
    pub fn new(entries: Vec<Value>) -> Self {
        let [version, provider] = [("version", text("1.0")), ("vicalProvider", text("Some"))];
        let [date, next] = [
            ("date", tdate(AT - DAY)),
            ("nextUpdate", tdate(AT + 30 * DAY)),
        ];
        let members = map([
            version,
            provider,
            date,
            ("vicalIssueID", int(7)),
            next,
            ("certificateInfos", Value::Array(entries)),
        ]);
        Self {
            members: members.into_map().unwrap(),
            signer: signer(),
            chain: None,
            protected: vec![(int(1), int(-7))],
            chain_protected: false,
            payload: None,
        }
    }

    /// The same list with this member, or without it.
    pub fn with(mut self, name: &str, value: Option<Value>) -> Self {
        self.members.retain(|(key, _)| *key != text(name));
        self.members.extend(value.map(|value| (text(name), value)));
        self
    }

    pub fn message(&self) -> Value {
        let payload = self.payload.clone();
        let payload = payload.unwrap_or_else(|| encode(&Value::Map(self.members.clone())));
        let chain = self.chain.clone();
        let chain = chain.unwrap_or_else(|| bytes(&issued(&self.signer, &association())));
        let chain = (int(33), chain);
        let (mut protected, mut open) = (self.protected.clone(), Vec::new());
        if self.chain_protected {
            protected.push(chain);
        } else {
            open.push(chain);
        }
        let protected = bytes(&encode(&Value::Map(protected)));
        let signed = Value::Array(vec![
            text("Signature1"),
            protected.clone(),
            bytes(&[]),
            bytes(&payload),
        ]);
        let signature: Signature = key(&self.signer.key.label).sign(&encode(&signed));
        Value::Array(vec![
            protected,
            Value::Map(open),
            bytes(&payload),
            bytes(&signature.to_bytes()),
        ])
    }

    pub fn bytes(&self) -> Vec<u8> {
        encode(&self.message())
    }

    /// What a real desk that holds the association's root makes of it.
    pub fn judged(&self) -> Result<VicalReport, VicalFlaw> {
        judged(&self.bytes(), &own(&association()))
    }
}

/// What a real desk that holds this certificate makes of these bytes.
pub fn judged(list: &[u8], held: &[u8]) -> Result<VicalReport, VicalFlaw> {
    Anchors::<Production>::new().add_vical(list, &[held], at())
}

/// A list of one root, for driving licences.
pub fn sound() -> List {
    List::new(vec![entry(&ministry("north"), &[MDL])])
}

/// Now.
pub fn at() -> At {
    At::utc(UnixTime(AT))
}

/// The entry of this root for these document types.
pub fn entry(root: &Certificate, doc_types: &[&str]) -> Value {
    let doc_types = doc_types.iter().map(|name| text(name)).collect();
    map([
        ("certificate", bytes(&own(root))),
        ("serialNumber", Value::Tag(2, Box::new(bytes(&root.serial)))),
        ("docType", Value::Array(doc_types)),
        ("Extensions", Value::Map(Vec::new())),
    ])
}

/// The entry of this root for driving licences, with one member changed or left out.
pub fn changed(root: &Certificate, name: &str, value: Option<Value>) -> Value {
    let mut members = entry(root, &[MDL]).into_map().unwrap();
    members.retain(|(key, _)| *key != text(name));
    members.extend(value.map(|value| (text(name), value)));
    Value::Map(members)
}

/// A DER OCTET STRING.
pub fn octets(content: &[u8]) -> Vec<u8> {
    der::tlv(4, content)
}
