//! A list of roots (VICAL, ISO/IEC 18013-5 annex C) from plain descriptions.

use crate::cbor::{bytes, encode, int, tagged, tdate, text};
use crate::cose::{Message, Sign1};
use crate::der;
use crate::key::{Key, Seed};
use crate::recipe::{Change, Hooks, training_root};
use crate::time::{DAY, day};
use crate::x509::{Certificate, Extension, key_id, oid};
use ciborium::Value;

/// Describes a VICAL; `new` is a sound one.
pub struct Vical {
    /// Vouches for the signer.
    pub root: Certificate,
    /// Authorities between the root and the signer, the one under the root first. Normally none.
    pub intermediates: Vec<Certificate>,
    /// Does the root go along in the chain? It should not, but some do it.
    pub root_in_chain: bool,
    /// Who signs.
    pub signer: Certificate,
    /// Signs in place of the signer's key.
    pub key: Option<Key>,
    /// version.
    pub version: String,
    /// vicalProvider.
    pub provider: String,
    /// date.
    pub date: Value,
    /// vicalIssueID.
    pub issue: Option<Value>,
    /// nextUpdate.
    pub next_update: Option<Value>,
    /// notAfter.
    pub not_after: Option<Value>,
    /// certificateInfos.
    pub entries: Vec<VicalEntry>,
    /// More members.
    pub extra: Vec<(Value, Value)>,
    /// The signature and its headers.
    pub sign1: Sign1,
    /// Changes that no field describes.
    pub hooks: VicalHooks,
}

/// A root in the list; `new` is a sound entry.
#[derive(Clone, Debug, PartialEq)]
pub struct VicalEntry {
    /// The root, or whatever stands for it.
    pub certificate: Listed,
    /// serialNumber, in place of the certificate's.
    pub serial: Option<Value>,
    /// ski.
    pub ski: Ski,
    /// docType.
    pub doc_types: Vec<String>,
    /// certificateProfile.
    pub profiles: Option<Vec<String>>,
    /// issuingAuthority.
    pub authority: Option<String>,
    /// issuingCountry.
    pub country: Option<String>,
    /// stateOrProvinceName.
    pub state: Option<String>,
    /// Are notBefore and notAfter there?
    pub validity: bool,
    /// Do some names begin with a capital letter, as some lists have them?
    pub capitals: bool,
    /// More members.
    pub extra: Vec<(Value, Value)>,
}

/// The certificate of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// This one, signed by itself.
    Own(Box<Certificate>),
    /// These bytes; the rest of the entry is that of the certificate beside them.
    Der(Vec<u8>, Box<Certificate>),
}

/// The key identifier of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Ski {
    /// That of the certificate's key.
    #[default]
    Bare,
    /// The same with the head of a DER OCTET STRING, as some lists have it.
    Wrapped,
    /// It is left out.
    Missing,
    /// These bytes.
    Other(Vec<u8>),
}

/// Changes that no field describes, in the order in which they are made.
#[derive(Default)]
pub struct VicalHooks {
    /// The list before it is signed.
    pub list: Option<Change<Value>>,
    /// The same, encoded.
    pub list_bytes: Option<Change<Vec<u8>>>,
    /// The signed list.
    pub message: Option<Change<Value>>,
    /// The same, encoded.
    pub message_bytes: Option<Change<Vec<u8>>>,
}

/// The authority over the signer of the training VICAL, as described: what a desk has to hold.
#[must_use]
pub fn vical_root() -> Certificate {
    Certificate::iaca(
        "vical root",
        "Hwagin Training VICAL root – not a real authority",
    )
}

/// A signer of VICALs, as annex C has them.
#[must_use]
pub fn vical_signer(label: &str, at: i64) -> Certificate {
    let mut signer = Certificate::leaf(label, "Hwagin Training VICAL signer", at);
    signer.replace(Extension::key_usage(&[1]));
    signer.replace(Extension::extended_key_usage(&[oid::VICAL_SIGNER]));
    signer
}

impl Vical {
    /// The training VICAL at `at`, made that day and to be replaced in 30: the training root, for
    /// these document types.
    #[must_use]
    pub fn new(doc_types: &[&str], at: i64) -> Self {
        let today = day(at);
        Self {
            root: vical_root(),
            intermediates: Vec::new(),
            root_in_chain: false,
            signer: vical_signer("vical signer", at),
            key: None,
            version: "1.0".to_owned(),
            provider: "Hwagin Training".to_owned(),
            date: tdate(today),
            // One a day: it never goes back.
            issue: Some(int(today.max(0) / DAY)),
            next_update: Some(tdate(today.saturating_add(30 * DAY))),
            not_after: None,
            entries: vec![VicalEntry::new(training_root(), doc_types)],
            extra: Vec::new(),
            sign1: Sign1::default(),
            hooks: VicalHooks::default(),
        }
    }

    fn list(&self, seed: &Seed) -> Value {
        let mut members = vec![
            (text("version"), text(&self.version)),
            (text("vicalProvider"), text(&self.provider)),
            (text("date"), self.date.clone()),
        ];
        let more = [
            ("vicalIssueID", &self.issue),
            ("nextUpdate", &self.next_update),
            ("notAfter", &self.not_after),
        ];
        for (name, value) in more {
            members.extend(value.iter().map(|value| (text(name), value.clone())));
        }
        let entries = self.entries.iter().map(|entry| entry.value(seed)).collect();
        members.push((text("certificateInfos"), Value::Array(entries)));
        members.extend(self.extra.iter().cloned());
        Value::Map(members)
    }

    fn chain(&self, seed: &Seed) -> Vec<Vec<u8>> {
        let mut chain = crate::mint::chain(&self.root, &self.intermediates, &self.signer, seed);
        if self.root_in_chain {
            chain.push(self.root.sign(&self.root, seed));
        }
        chain
    }

    pub(crate) fn sign(&self, seed: &Seed) -> Vec<u8> {
        let mut list = self.list(seed);
        Hooks::run(&self.hooks.list, &mut list);
        let mut list = encode(&list);
        Hooks::run(&self.hooks.list_bytes, &mut list);
        let mut message = self.sign1.make(&Message {
            key: &seed.key(self.key.as_ref().unwrap_or(&self.signer.key)),
            payload: &list,
            detached: false,
            chain: &self.chain(seed),
        });
        Hooks::run(&self.hooks.message, &mut message);
        let mut message = encode(&message);
        Hooks::run(&self.hooks.message_bytes, &mut message);
        message
    }
}

impl VicalEntry {
    /// The root `certificate`, for these document types.
    #[must_use]
    pub fn new(certificate: Certificate, doc_types: &[&str]) -> Self {
        Self {
            authority: certificate.subject.organisation.clone(),
            country: Some(certificate.subject.country.clone()),
            state: certificate.subject.state.clone(),
            certificate: Listed::Own(Box::new(certificate)),
            serial: None,
            ski: Ski::Bare,
            doc_types: doc_types.iter().map(|&name| name.to_owned()).collect(),
            profiles: None,
            validity: true,
            capitals: false,
            extra: Vec::new(),
        }
    }

    fn value(&self, seed: &Seed) -> Value {
        let (der, described) = match &self.certificate {
            Listed::Own(own) => (own.sign(own, seed), own),
            Listed::Der(der, described) => (der.clone(), described),
        };
        let name = |plain: &str| match plain.split_at_checked(1) {
            Some((first, rest)) if self.capitals => text(&(first.to_ascii_uppercase() + rest)),
            _ => text(plain),
        };
        let serial = self.serial.clone();
        let serial = serial.unwrap_or_else(|| tagged(2, bytes(&described.serial)));
        let mut members = vec![
            (text("certificate"), bytes(&der)),
            (text("serialNumber"), serial),
        ];
        let own = key_id(&seed.key(&described.key));
        let ski = match &self.ski {
            Ski::Bare => Some(own.to_vec()),
            Ski::Wrapped => Some(der::tlv(0x04, &own)),
            Ski::Missing => None,
            Ski::Other(bytes) => Some(bytes.clone()),
        };
        members.extend(ski.map(|ski| (text("ski"), Value::Bytes(ski))));
        let texts = |all: &[String]| Value::Array(all.iter().map(|one| text(one)).collect());
        members.push((text("docType"), texts(&self.doc_types)));
        let profiles = self.profiles.as_deref().map(texts);
        members.extend(profiles.map(|all| (name("certificateProfile"), all)));
        let words = [
            ("issuingAuthority", &self.authority),
            ("issuingCountry", &self.country),
            ("stateOrProvinceName", &self.state),
        ];
        for (key, word) in words {
            members.extend(word.iter().map(|word| (text(key), text(word))));
        }
        if self.validity {
            members.push((text("notBefore"), tdate(described.not_before)));
            members.push((text("notAfter"), tdate(described.not_after)));
        }
        let extra = self.extra.iter().map(|(key, value)| match key {
            Value::Text(key) => (name(key), value.clone()),
            key => (key.clone(), value.clone()),
        });
        members.extend(extra);
        Value::Map(members)
    }
}
