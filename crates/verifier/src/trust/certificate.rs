//! What a certificate says of itself, as far as ISO/IEC 18013-5 annex B asks.

use super::keys::HealthUsages;
use super::path::{GENERIC_VICAL, MDL_VICAL};
use super::{TRAINING_ORGANISATION, Validity};
use crate::UnixTime;
use crate::crypto::{KeyKind, PublicKey};
use crate::issuer::Issuer;
use x509_parser::certificate::X509CertificateParser;
use x509_parser::der_parser::oid::Oid;
use x509_parser::error::X509Error;
use x509_parser::nom::Parser;
use x509_parser::oid_registry::{
    OID_X509_EXT_BASIC_CONSTRAINTS, OID_X509_EXT_EXTENDED_KEY_USAGE, OID_X509_EXT_KEY_USAGE,
    OID_X509_EXT_SUBJECT_KEY_IDENTIFIER,
};
use x509_parser::prelude::{BasicConstraints, FromDer, KeyUsage, X509Certificate};
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// Seconds of a root's validity at most: 20 years (table B.1), and a day for authorities that begin
/// some minutes before they sign.
const MAX_ROOT_SECONDS: i64 = (20 * 1_461 / 4 + 1) * 86_400;

/// The rule of ISO/IEC 18013-5 table B.1 that a certificate breaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RootFlaw {
    /// Its subject is not its issuer.
    NotSelfIssued,
    /// Basic constraints are absent, or do not say CA.
    NotAnAuthority,
    /// The path length is absent, or not 0.
    PathLength,
    /// It may not sign certificates.
    KeyUsage,
    /// This desk does not verify certificates signed by a key of this kind.
    KeyKind,
    /// It is valid for more than 20 years.
    TooLong,
}

impl RootFlaw {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSelfIssued => "root.not_self_issued",
            Self::NotAnAuthority => "root.not_an_authority",
            Self::PathLength => "root.path_length",
            Self::KeyUsage => "root.key_usage",
            Self::KeyKind => "root.key_kind",
            Self::TooLong => "root.too_long",
        }
    }
}

/// The facts of one certificate. They are true only of a certificate whose signature was checked.
pub(crate) struct Certificate {
    /// The subject's name, DER as received.
    pub(crate) subject: Vec<u8>,
    /// The issuer's name, DER as received.
    pub(crate) issuer_name: Vec<u8>,
    pub(crate) country: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) serial: Vec<u8>,
    pub(crate) validity: Validity,
    /// `None` where the key is of a kind this desk does not verify.
    pub(crate) key: Option<PublicKey>,
    /// What health certificates its holder may sign.
    pub(super) health_usages: HealthUsages,
    /// Its subject key identifier, where it has one.
    pub(super) key_id: Option<Vec<u8>>,
    /// Whether its extended key usage is that of a signer of issuer lists.
    signs_lists: bool,
    name: String,
    training: bool,
    constraints: Option<BasicConstraints>,
    usage: Option<KeyUsage>,
}

impl Certificate {
    /// The facts of this certificate (DER, nothing behind it).
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        // Of the extensions few are read; webpki judges the others.
        let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
        let (rest, certificate) = parser.parse(der).ok()?;
        if !rest.is_empty() {
            return None;
        }
        let (subject, issuer) = (certificate.subject(), certificate.issuer());
        let organisation = first(subject.iter_organization());
        let purposes = purposes(&certificate)?;
        let time = |time: x509_parser::time::ASN1Time| UnixTime(time.timestamp());
        Some(Self {
            subject: subject.as_raw().to_vec(),
            issuer_name: issuer.as_raw().to_vec(),
            country: first(subject.iter_country()),
            state: first(subject.iter_state_or_province()),
            serial: certificate.raw_serial().to_vec(),
            validity: Validity {
                from: time(certificate.validity().not_before),
                until: time(certificate.validity().not_after),
            },
            key: PublicKey::from_certificate(certificate.public_key()),
            training: is_training(subject) || is_training(issuer),
            name: organisation
                .or_else(|| first(subject.iter_common_name()))
                .unwrap_or_default(),
            health_usages: health_usages(&purposes),
            signs_lists: purposes
                .iter()
                .any(|purpose| [MDL_VICAL, GENERIC_VICAL].contains(&purpose.as_bytes())),
            key_id: certificate
                .get_extension_unique(&OID_X509_EXT_SUBJECT_KEY_IDENTIFIER)
                .ok()?
                .and_then(|found| octets(found.value))
                .map(<[u8]>::to_vec),
            constraints: constraints(&certificate).ok()?,
            usage: extension(&certificate, &OID_X509_EXT_KEY_USAGE).ok()?,
        })
    }

    fn may(&self, usage: fn(&KeyUsage) -> bool) -> bool {
        self.usage.as_ref().is_some_and(usage)
    }

    fn is_ca(&self) -> bool {
        self.constraints.as_ref().is_some_and(|found| found.ca)
    }

    fn path_length(&self) -> Option<u32> {
        self.constraints.as_ref()?.path_len_constraint
    }

    /// Succeeds when this has the profile of a root (table B.1), as far as it decides anything:
    /// what is tolerated is in docs/tolerance.md.
    pub(crate) fn check_root(&self) -> Result<(), RootFlaw> {
        let rules = [
            (self.subject == self.issuer_name, RootFlaw::NotSelfIssued),
            (self.is_ca(), RootFlaw::NotAnAuthority),
            (self.path_length() == Some(0), RootFlaw::PathLength),
            (self.may(KeyUsage::key_cert_sign), RootFlaw::KeyUsage),
            (self.key_signs_certificates(), RootFlaw::KeyKind),
            (
                self.validity.until.seconds_since(self.validity.from) <= MAX_ROOT_SECONDS,
                RootFlaw::TooLong,
            ),
        ];
        rules
            .into_iter()
            .find(|(kept, _)| !kept)
            .map_or(Ok(()), |(_, flaw)| Err(flaw))
    }

    /// Whether this may stand above a signer, with so many authorities in between.
    pub(super) fn may_vouch_over(&self, between: usize) -> bool {
        let far_enough = |length| usize::try_from(length).is_ok_and(|length| length >= between);
        self.is_ca()
            && self.may(KeyUsage::key_cert_sign)
            && self.path_length().is_none_or(far_enough)
    }

    /// Whether certificates signed by its key are verified here.
    fn key_signs_certificates(&self) -> bool {
        self.key.as_ref().is_some_and(|key| {
            matches!(
                key.kind(),
                KeyKind::P256 | KeyKind::P384 | KeyKind::P521 | KeyKind::Ed25519
            )
        })
    }

    /// Whether this has the key usage of a signer (table B.3), and not that of an authority.
    pub(crate) fn may_sign_documents(&self) -> bool {
        self.may(KeyUsage::digital_signature) && !self.may(KeyUsage::key_cert_sign) && !self.is_ca()
    }

    /// Whether this has the profile of a signer of issuer lists (annex C): the usage nonRepudiation,
    /// or digitalSignature as some write it, and the extended usage for it.
    pub(super) fn may_sign_issuer_lists(&self) -> bool {
        let may_sign = self.may(KeyUsage::non_repudiation) || self.may(KeyUsage::digital_signature);
        may_sign && self.signs_lists && !self.may(KeyUsage::key_cert_sign) && !self.is_ca()
    }

    /// Whether this may sign revocation lists.
    pub(crate) fn may_sign_crls(&self) -> bool {
        self.may(KeyUsage::crl_sign)
    }

    /// Whether this, or its issuer, belongs to the training authority.
    pub(crate) fn is_training(&self) -> bool {
        self.training
    }

    pub(crate) fn issuer(&self) -> Issuer {
        Issuer {
            name: self.name.clone(),
            country: self.country.clone(),
        }
    }
}

/// The basic constraints, if they are there. Whether `cA` is true has to be what every reader
/// reads: DER has one way to write it, and some readers take `01` for it while others do not.
fn constraints(certificate: &X509Certificate<'_>) -> Result<Option<BasicConstraints>, X509Error> {
    let found = certificate.get_extension_unique(&OID_X509_EXT_BASIC_CONSTRAINTS)?;
    match found.map(|found| found.value) {
        Some([_, _, 1, 1, 1..=0xfe, ..]) => Err(X509Error::InvalidExtensions),
        _ => extension(certificate, &OID_X509_EXT_BASIC_CONSTRAINTS),
    }
}

/// The extension with this OID, if it is there.
///
/// # Errors
/// It cannot be read, or is there twice.
fn extension<'a, T: FromDer<'a, X509Error>>(
    certificate: &X509Certificate<'a>,
    oid: &Oid<'_>,
) -> Result<Option<T>, X509Error> {
    let Some(found) = certificate.get_extension_unique(oid)? else {
        return Ok(None);
    };
    match T::from_der(found.value) {
        Ok(([], value)) => Ok(Some(value)),
        _ => Err(X509Error::InvalidExtensions),
    }
}

/// Purposes of a signer of health certificates: `1.3.6.1.4.1.1847.2021.1` and a number, or, as
/// most test certificates write it, `1.3.6.1.4.1.0.1847.2021.1`.
const HEALTH: [&[u8]; 2] = [
    &[0x2b, 6, 1, 4, 1, 0x8e, 0x37, 0x8f, 0x65, 1],
    &[0x2b, 6, 1, 4, 1, 0, 0x8e, 0x37, 0x8f, 0x65, 1],
];

/// What the extended key usage names. An empty one, which no library reads, is in use and says
/// nothing.
fn purposes<'a>(certificate: &X509Certificate<'a>) -> Option<Vec<Oid<'a>>> {
    let found = certificate
        .get_extension_unique(&OID_X509_EXT_EXTENDED_KEY_USAGE)
        .ok()?;
    match found.map(|found| found.value) {
        None | Some([0x30, 0]) => Some(Vec::new()),
        Some(value) => Some(<Vec<Oid<'_>>>::from_der(value).ok()?.1),
    }
}

fn health_usages(purposes: &[Oid<'_>]) -> HealthUsages {
    let mut usages = HealthUsages::default();
    for purpose in purposes {
        let number = HEALTH
            .iter()
            .find_map(|arc| purpose.as_bytes().strip_prefix(*arc));
        match number {
            Some([1]) => usages.test = true,
            Some([2]) => usages.vaccination = true,
            Some([3]) => usages.recovery = true,
            _ => {}
        }
    }
    usages
}

/// What is in this DER OCTET STRING of less than 128 bytes.
pub(super) fn octets(der: &[u8]) -> Option<&[u8]> {
    match der {
        [4, length @ 0..=127, content @ ..] if usize::from(*length) == content.len() => {
            Some(content)
        }
        _ => None,
    }
}

fn is_training(name: &X509Name<'_>) -> bool {
    first(name.iter_organization()).is_some_and(|name| name == TRAINING_ORGANISATION)
}

fn first<'a>(
    mut attributes: impl Iterator<Item = &'a AttributeTypeAndValue<'a>>,
) -> Option<String> {
    attributes.next()?.as_str().ok().map(str::to_owned)
}
