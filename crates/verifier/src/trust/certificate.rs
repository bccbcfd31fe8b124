//! What a certificate says of itself, as far as ISO/IEC 18013-5 annex B asks.

use super::keys::HealthUsages;
use super::{TRAINING_ORGANISATION, Validity};
use crate::UnixTime;
use crate::crypto::PublicKey;
use crate::issuer::Issuer;
use x509_parser::certificate::X509CertificateParser;
use x509_parser::der_parser::oid::Oid;
use x509_parser::error::X509Error;
use x509_parser::nom::Parser;
use x509_parser::oid_registry::{
    OID_X509_EXT_BASIC_CONSTRAINTS, OID_X509_EXT_EXTENDED_KEY_USAGE, OID_X509_EXT_KEY_USAGE,
};
use x509_parser::prelude::{BasicConstraints, FromDer, KeyUsage, X509Certificate};
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

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
    name: String,
    training: bool,
    constraints: Option<BasicConstraints>,
    usage: Option<KeyUsage>,
}

impl Certificate {
    /// The facts of this certificate (DER, nothing behind it).
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        // Of the extensions only two are read; webpki judges the others.
        let mut parser = X509CertificateParser::new().with_deep_parse_extensions(false);
        let (rest, certificate) = parser.parse(der).ok()?;
        if !rest.is_empty() {
            return None;
        }
        let (subject, issuer) = (certificate.subject(), certificate.issuer());
        let organisation = first(subject.iter_organization());
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
            health_usages: health_usages(&certificate)?,
            constraints: extension(&certificate, &OID_X509_EXT_BASIC_CONSTRAINTS).ok()?,
            usage: extension(&certificate, &OID_X509_EXT_KEY_USAGE).ok()?,
        })
    }

    fn may(&self, usage: fn(&KeyUsage) -> bool) -> bool {
        self.usage.as_ref().is_some_and(usage)
    }

    fn is_ca(&self) -> bool {
        self.constraints.as_ref().is_some_and(|found| found.ca)
    }

    /// Whether this has the profile of a root (table B.1).
    pub(crate) fn is_root(&self) -> bool {
        self.subject == self.issuer_name
            && self.is_ca()
            && self
                .constraints
                .as_ref()
                .and_then(|found| found.path_len_constraint)
                == Some(0)
            && self.may(KeyUsage::key_cert_sign)
            && self.key.is_some()
    }

    /// Whether this has the key usage of a signer (table B.3), and not that of an authority.
    pub(crate) fn may_sign_documents(&self) -> bool {
        self.may(KeyUsage::digital_signature) && !self.may(KeyUsage::key_cert_sign) && !self.is_ca()
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

/// What the extended key usage says of health certificates. An empty one, which no library reads,
/// is in use and says nothing.
fn health_usages(certificate: &X509Certificate<'_>) -> Option<HealthUsages> {
    let found = certificate
        .get_extension_unique(&OID_X509_EXT_EXTENDED_KEY_USAGE)
        .ok()?;
    let mut usages = HealthUsages::default();
    let Some(value) = found
        .map(|found| found.value)
        .filter(|value| *value != [0x30, 0])
    else {
        return Some(usages);
    };
    let (_, purposes) = <Vec<Oid<'_>>>::from_der(value).ok()?;
    for purpose in &purposes {
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
    Some(usages)
}

fn is_training(name: &X509Name<'_>) -> bool {
    first(name.iter_organization()).is_some_and(|name| name == TRAINING_ORGANISATION)
}

fn first<'a>(
    mut attributes: impl Iterator<Item = &'a AttributeTypeAndValue<'a>>,
) -> Option<String> {
    attributes.next()?.as_str().ok().map(str::to_owned)
}
