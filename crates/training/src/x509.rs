//! Certificates and revocation lists (RFC 5280, ISO/IEC 18013-5 annex B) from plain descriptions.

use crate::der;
use crate::key::{Key, Secret, Seed, sha256};
use crate::time::{DAY, day};
use sha1::{Digest, Sha1};

/// Where the certificates say that the revocation list lies. Nobody serves it: the name is reserved.
pub const CRL_URI: &str = "https://training.hwagin.invalid/crl";
/// `IssuerAltName` of every certificate.
const ISSUER_URI: &str = "https://training.hwagin.invalid";
/// 2025-01-01T00:00:00Z.
pub(crate) const IACA_FROM: i64 = 1_735_689_600;
/// 2044-12-31T23:59:59Z, one second short of twenty years.
pub(crate) const IACA_UNTIL: i64 = 2_366_841_599;

/// Object identifiers of the extensions in use.
pub mod oid {
    /// Extended key usage.
    pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
    /// Key usage.
    pub const KEY_USAGE: &str = "2.5.29.15";
    /// Basic constraints.
    pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
    /// Subject key identifier.
    pub const SUBJECT_KEY_ID: &str = "2.5.29.14";
    /// Authority key identifier.
    pub const AUTHORITY_KEY_ID: &str = "2.5.29.35";
    /// Issuer alternative name.
    pub const ISSUER_ALT_NAME: &str = "2.5.29.18";
    /// CRL distribution points.
    pub const CRL_POINTS: &str = "2.5.29.31";
    /// CRL number.
    pub const CRL_NUMBER: &str = "2.5.29.20";
    /// The purpose of an mDL document signer (ISO/IEC 18013-5 annex B).
    pub const MDL_DOCUMENT_SIGNER: &str = "1.0.18013.5.1.2";
    /// The purpose of a VICAL signer (ISO/IEC 18013-5 annex C).
    pub const VICAL_SIGNER: &str = "1.0.18013.5.1.8";
    /// The purpose of an mdoc reader: wrong for a document signer.
    pub const MDOC_READER: &str = "1.0.18013.5.1.6";
}

/// A distinguished name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// C, two letters.
    pub country: String,
    /// ST.
    pub state: Option<String>,
    /// O.
    pub organisation: Option<String>,
    /// CN.
    pub common_name: String,
}

impl Name {
    /// A name of country ZZ with only a common name.
    #[must_use]
    pub fn new(common_name: &str) -> Self {
        Self {
            country: "ZZ".to_owned(),
            state: None,
            organisation: None,
            common_name: common_name.to_owned(),
        }
    }

    fn der(&self) -> Vec<u8> {
        let part = |kind: &str, tag: u8, text: &str| {
            der::set(&[der::sequence(&[
                der::oid(kind),
                der::tlv(tag, text.as_bytes()),
            ])])
        };
        let mut parts = vec![part("2.5.4.6", 0x13, &self.country)];
        parts.extend(self.state.iter().map(|t| part("2.5.4.8", 0x0C, t)));
        parts.extend(self.organisation.iter().map(|t| part("2.5.4.10", 0x0C, t)));
        parts.push(part("2.5.4.3", 0x0C, &self.common_name));
        der::sequence(&parts)
    }
}

/// One certificate extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Dotted object identifier.
    pub oid: String,
    /// Must a reader that does not know it refuse?
    pub critical: bool,
    /// What it says.
    pub content: Content,
}

/// What an extension says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The key identifier of the certificate's own key (SHA-1, RFC 5280 method 1).
    OwnKeyId,
    /// The key identifier of the issuer's key.
    IssuerKeyId,
    /// This DER.
    Der(Vec<u8>),
}

impl Extension {
    /// An extension with `der` as its value.
    #[must_use]
    pub fn new(oid: &str, critical: bool, der: Vec<u8>) -> Self {
        Self {
            oid: oid.to_owned(),
            critical,
            content: Content::Der(der),
        }
    }

    /// Critical `KeyUsage` with the numbered bits: 0 digitalSignature, 1 nonRepudiation,
    /// 5 keyCertSign, 6 cRLSign.
    #[must_use]
    pub fn key_usage(bits: &[u8]) -> Self {
        Self::new(oid::KEY_USAGE, true, der::named_bits(bits))
    }

    /// Critical `ExtendedKeyUsage` with these purposes.
    #[must_use]
    pub fn extended_key_usage(purposes: &[&str]) -> Self {
        let purposes: Vec<Vec<u8>> = purposes.iter().map(|p| der::oid(p)).collect();
        Self::new(oid::EXTENDED_KEY_USAGE, true, der::sequence(&purposes))
    }

    /// Critical `BasicConstraints`: CA or not, and how many authorities may stand below.
    #[must_use]
    pub fn basic_constraints(authority: bool, path_length: Option<u8>) -> Self {
        let mut parts = Vec::new();
        if authority {
            parts.push(der::tlv(0x01, &[0xFF]));
        }
        parts.extend(path_length.map(|n| der::unsigned(&[n])));
        Self::new(oid::BASIC_CONSTRAINTS, true, der::sequence(&parts))
    }

    pub(crate) fn key_id(oid: &str, content: Content) -> Self {
        Self {
            oid: oid.to_owned(),
            critical: false,
            content,
        }
    }

    fn der(&self, own: &Secret, issuer: &Secret) -> Vec<u8> {
        let value = match &self.content {
            Content::OwnKeyId => der::tlv(0x04, &key_id(own)),
            Content::IssuerKeyId => authority_key_id(issuer),
            Content::Der(bytes) => bytes.clone(),
        };
        let mut parts = vec![der::oid(&self.oid)];
        if self.critical {
            parts.push(der::tlv(0x01, &[0xFF]));
        }
        parts.push(der::tlv(0x04, &value));
        der::sequence(&parts)
    }
}

/// The key identifier (SHA-1, RFC 5280 method 1) of a key.
pub(crate) fn key_id(key: &Secret) -> [u8; 20] {
    Sha1::digest(key.public()).into()
}

fn authority_key_id(issuer: &Secret) -> Vec<u8> {
    der::sequence(&[der::tlv(0x80, &key_id(issuer))])
}

/// Describes a certificate; who signs it is said when it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The certified key.
    pub key: Key,
    /// Whose it is.
    pub subject: Name,
    /// Big-endian serial number.
    pub serial: Vec<u8>,
    /// First second of validity.
    pub not_before: i64,
    /// Last second of validity.
    pub not_after: i64,
    /// Extensions, in the order written.
    pub extensions: Vec<Extension>,
}

impl Certificate {
    /// A training root: annex B profile, 2025-01-01 to 2044-12-31, path length 0.
    #[must_use]
    pub fn iaca(label: &str, common_name: &str) -> Self {
        let organisation = Some("Hwagin Training".to_owned());
        Self {
            key: Key::p256(label),
            subject: Name {
                organisation,
                ..Name::new(common_name)
            },
            serial: serial(label),
            not_before: IACA_FROM,
            not_after: IACA_UNTIL,
            extensions: vec![
                Extension::basic_constraints(true, Some(0)),
                Extension::key_usage(&[5, 6]),
                Extension::key_id(oid::SUBJECT_KEY_ID, Content::OwnKeyId),
                issuer_alt_name(),
            ],
        }
    }

    /// A document signer: annex B profile, valid from 30 days before the day of `at` for 456 days.
    #[must_use]
    pub fn document_signer(label: &str, at: i64) -> Self {
        let mut signer = Self::leaf(label, "Hwagin Training DS", at);
        signer
            .extensions
            .push(Extension::extended_key_usage(&[oid::MDL_DOCUMENT_SIGNER]));
        signer
    }

    /// A status list signer: as a document signer, without an extended key usage.
    #[must_use]
    pub fn status_signer(label: &str, at: i64) -> Self {
        Self::leaf(label, "Hwagin Training Status", at)
    }

    pub(crate) fn leaf(label: &str, common_name: &str, at: i64) -> Self {
        let not_before = day(at).saturating_sub(30 * DAY);
        Self {
            key: Key::p256(label),
            subject: Name::new(common_name),
            serial: serial(label),
            not_before,
            not_after: not_before.saturating_add(456 * DAY - 1),
            extensions: vec![
                Extension::key_id(oid::AUTHORITY_KEY_ID, Content::IssuerKeyId),
                Extension::key_id(oid::SUBJECT_KEY_ID, Content::OwnKeyId),
                Extension::key_usage(&[0]),
                issuer_alt_name(),
                crl_point(),
            ],
        }
    }

    /// Takes out the extension `oid`.
    pub fn remove(&mut self, oid: &str) {
        self.extensions.retain(|e| e.oid != oid);
    }

    /// Puts `extension` where one with the same identifier was, or last.
    pub fn replace(&mut self, extension: Extension) {
        match self.extensions.iter_mut().find(|e| e.oid == extension.oid) {
            Some(place) => *place = extension,
            None => self.extensions.push(extension),
        }
    }

    /// The certificate as DER, signed by `issuer`, which names itself by its own subject.
    pub(crate) fn sign(&self, issuer: &Self, seed: &Seed) -> Vec<u8> {
        let own = seed.key(&self.key);
        let above = seed.key(&issuer.key);
        let algorithm = above.kind().signature_algorithm();
        let extensions: Vec<Vec<u8>> = self
            .extensions
            .iter()
            .map(|e| e.der(&own, &above))
            .collect();
        let mut parts = vec![
            der::tlv(0xA0, &der::unsigned(&[2])),
            der::unsigned(&self.serial),
            algorithm,
            issuer.subject.der(),
            der::sequence(&[der::time(self.not_before), der::time(self.not_after)]),
            self.subject.der(),
            own.spki(),
        ];
        if !extensions.is_empty() {
            parts.push(der::tlv(0xA3, &der::sequence(&extensions)));
        }
        signed(&der::sequence(&parts), &above)
    }
}

/// A serial number of eight bytes that follows from `label`.
#[must_use]
pub fn serial(label: &str) -> Vec<u8> {
    let mut bytes: Vec<u8> = sha256(&[b"serial", label.as_bytes()])
        .into_iter()
        .take(8)
        .collect();
    if let Some(first) = bytes.first_mut() {
        *first = *first & 0x3F | 0x40;
    }
    bytes
}

fn issuer_alt_name() -> Extension {
    let name = der::sequence(&[der::tlv(0x86, ISSUER_URI.as_bytes())]);
    Extension::new(oid::ISSUER_ALT_NAME, false, name)
}

fn crl_point() -> Extension {
    let names = der::tlv(0xA0, &der::tlv(0xA0, &der::tlv(0x86, CRL_URI.as_bytes())));
    Extension::new(
        oid::CRL_POINTS,
        false,
        der::sequence(&[der::sequence(&[names])]),
    )
}

fn signed(tbs: &[u8], key: &Secret) -> Vec<u8> {
    let signature = der::bit_string(&key.sign_for_x509(tbs));
    der::sequence(&[tbs, &key.kind().signature_algorithm(), &signature])
}

/// Describes a revocation list (annex B: version 2, full, AKI and `CRLNumber` only).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crl {
    /// Who signs.
    pub issuer: Certificate,
    /// When it was made.
    pub this_update: i64,
    /// When the next one is due.
    pub next_update: i64,
    /// Serial numbers of revoked certificates, with the time of revocation.
    pub revoked: Vec<(Vec<u8>, i64)>,
}

impl Crl {
    /// A list made at the last full hour before `at` and good for 60 days.
    #[must_use]
    pub fn new(issuer: Certificate, revoked: &[&[u8]], at: i64) -> Self {
        let this_update = at.saturating_sub(at.rem_euclid(3_600));
        Self {
            issuer,
            this_update,
            next_update: this_update.saturating_add(60 * DAY),
            // A month after the root began.
            revoked: revoked
                .iter()
                .map(|s| (s.to_vec(), IACA_FROM + 31 * DAY))
                .collect(),
        }
    }

    pub(crate) fn sign(&self, seed: &Seed) -> Vec<u8> {
        let key = seed.key(&self.issuer.key);
        let entries: Vec<Vec<u8>> = self
            .revoked
            .iter()
            .map(|(serial, when)| der::sequence(&[der::unsigned(serial), der::time(*when)]))
            .collect();
        let number = self.this_update.max(0).unsigned_abs() / 3_600;
        let extension =
            |oid: &str, value: &[u8]| der::sequence(&[der::oid(oid), der::tlv(4, value)]);
        let extensions = der::sequence(&[
            extension(oid::AUTHORITY_KEY_ID, &authority_key_id(&key)),
            extension(oid::CRL_NUMBER, &der::unsigned(&number.to_be_bytes())),
        ]);
        let mut parts = vec![
            der::unsigned(&[1]),
            key.kind().signature_algorithm(),
            self.issuer.subject.der(),
            der::time(self.this_update),
            der::time(self.next_update),
        ];
        if !entries.is_empty() {
            parts.push(der::sequence(&entries));
        }
        parts.push(der::tlv(0xA0, &extensions));
        signed(&der::sequence(&parts), &key)
    }
}
