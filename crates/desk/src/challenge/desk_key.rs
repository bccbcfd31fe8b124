//! The key that a desk signs its challenges with, and the certificate that names the desk.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use data_encoding::HEXLOWER;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use thiserror::Error;
use x509_parser::certificate::X509Certificate;
use x509_parser::x509::AttributeTypeAndValue;
use zeroize::Zeroizing;

use super::key_place::{CHAIN, SECRET};
use crate::knowledge::{Problem, ProblemCode};

/// A reader's key (ISO/IEC 18013-5 annex B.1.7).
const READER: [u64; 6] = [1, 0, 18013, 5, 1, 6];

/// From and until which year a certificate of its own lasts. It says nothing that could go out of
/// date, and a desk whose clock is wrong makes one as good.
const OWN_LASTS: (i32, i32) = (2026, 2056);

/// Letters of a name at most (docs/optical-presentation.md, 3b).
const MAX_NAME: usize = 80;

/// Certificates above the desk's at most.
const MAX_CHAIN: usize = 4;

/// Why there is no key, or none of that kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum KeyFlaw {
    /// It could not be made, or nothing signed with it.
    #[error("desk_key_unusable")]
    Unusable,
    /// The place where it is kept could not be read or written.
    #[error("desk_key_storage")]
    Storage,
    /// The certificate is none, or not of this key.
    #[error("desk_key_certificate")]
    Certificate,
    /// Somebody certified a key that is nowhere to be found.
    #[error("desk_key_lost")]
    Lost,
    /// The key store of the operating system is locked, or out of reach.
    #[error("desk_key_locked")]
    Locked,
}

impl KeyFlaw {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unusable => "desk_key_unusable",
            Self::Storage => "desk_key_storage",
            Self::Certificate => "desk_key_certificate",
            Self::Lost => "desk_key_lost",
            Self::Locked => "desk_key_locked",
        }
    }

    /// The file of the desk's folder that is to blame.
    pub(crate) fn problem(self) -> Problem {
        let (file, code) = match self {
            Self::Unusable => (SECRET, ProblemCode::NotAKey),
            Self::Storage => (SECRET, ProblemCode::Unreadable),
            Self::Certificate => (CHAIN, ProblemCode::NotACertificate),
            Self::Lost => (SECRET, ProblemCode::Missing),
            Self::Locked => (SECRET, ProblemCode::KeyStoreLocked),
        };
        Problem::new(file, None, code)
    }
}

/// A desk's key with its certificates, the desk's first.
pub struct DeskKey {
    secret: Zeroizing<Vec<u8>>,
    chain: Vec<Vec<u8>>,
}

impl DeskKey {
    /// A new key, certified by nobody but itself for a desk of this name.
    ///
    /// # Errors
    /// [`KeyFlaw::Unusable`].
    pub fn generate(desk: &str, organisation: &str) -> Result<Self, KeyFlaw> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(|_| KeyFlaw::Unusable)?;
        Self::certified(Zeroizing::new(key.serialize_der()), desk, organisation)
    }

    /// The key in this PKCS#8 structure, certified by nobody but itself for a desk of this name.
    pub(super) fn certified(
        secret: Zeroizing<Vec<u8>>,
        desk: &str,
        organisation: &str,
    ) -> Result<Self, KeyFlaw> {
        let chain = Vec::new();
        let key = Self { secret, chain };
        let certificate = params(desk, organisation)?.self_signed(&key.key_pair()?);
        let certificate = certificate.map_err(|_| KeyFlaw::Unusable)?;
        key.with_chain(vec![certificate.der().to_vec()])
    }

    /// The key in this PKCS#8 structure, with certificates of it.
    ///
    /// # Errors
    /// [`KeyFlaw::Unusable`], [`KeyFlaw::Certificate`].
    pub fn read(secret: Zeroizing<Vec<u8>>, chain: Vec<Vec<u8>>) -> Result<Self, KeyFlaw> {
        let key = Self {
            secret,
            chain: Vec::new(),
        };
        key.with_chain(chain)
    }

    /// The same key with these certificates (DER): the desk's own first, then who issued each.
    ///
    /// # Errors
    /// [`KeyFlaw::Unusable`]; [`KeyFlaw::Certificate`]: the first is not of this key, one does not
    /// bear the name of the issuer of the one before, or there are more than four.
    pub fn with_chain(mut self, chain: Vec<Vec<u8>>) -> Result<Self, KeyFlaw> {
        let public = self.pair()?.public_key().as_ref().to_vec();
        let certificates = chain.iter().map(|der| certificate(der));
        let certificates = certificates
            .collect::<Option<Vec<_>>>()
            .ok_or(KeyFlaw::Certificate)?;
        let is_of_it =
            |first: &X509Certificate<'_>| *first.public_key().subject_public_key.data == *public;
        let is_linked = certificates.windows(2).all(|pair| match pair {
            [below, above] => below.issuer() == above.subject(),
            _ => false,
        });
        let is_good = certificates.first().is_some_and(is_of_it) && is_linked;
        if chain.len() > MAX_CHAIN || !is_good {
            return Err(KeyFlaw::Certificate);
        }
        drop(certificates);
        self.chain = chain;
        Ok(self)
    }

    /// The certificates in this PEM file.
    ///
    /// # Errors
    /// [`KeyFlaw::Certificate`].
    pub fn chain_of_pem(pem: &[u8]) -> Result<Vec<Vec<u8>>, KeyFlaw> {
        CertificateDer::pem_slice_iter(pem)
            .map(|found| found.map(|der| der.to_vec()))
            .collect::<Result<_, _>>()
            .map_err(|_| KeyFlaw::Certificate)
    }

    /// The same key, certified by itself for this name; as it is where somebody else certified it, or
    /// where that is its name already.
    ///
    /// # Errors
    /// [`KeyFlaw`].
    pub(super) fn named(self, desk: &str, organisation: &str) -> Result<Self, KeyFlaw> {
        let wanted = (cut(desk), cut(organisation));
        if !is_own(&self.chain) || self.names() == wanted {
            return Ok(self);
        }
        Self::certified(self.secret, desk, organisation)
    }

    /// What the certificate calls the desk, and whose it says it is: a challenge says the same.
    #[must_use]
    pub fn names(&self) -> (String, String) {
        let Some(certificate) = self.chain.first().and_then(|first| certificate(first)) else {
            return (String::new(), String::new());
        };
        let subject = certificate.subject();
        let text = |found: Option<&AttributeTypeAndValue<'_>>| {
            cut(found.and_then(|one| one.as_str().ok()).unwrap_or_default())
        };
        (
            text(subject.iter_common_name().next()),
            text(subject.iter_organization().next()),
        )
    }

    /// A request for a certificate of this key (PKCS #10, PEM).
    ///
    /// # Errors
    /// [`KeyFlaw::Unusable`].
    pub fn request(&self, desk: &str, organisation: &str) -> Result<String, KeyFlaw> {
        let key = self.key_pair()?;
        let request = params(desk, organisation)?.serialize_request(&key);
        let request = request.map_err(|_| KeyFlaw::Unusable)?;
        request.pem().map_err(|_| KeyFlaw::Unusable)
    }

    /// SHA-256 of the desk's certificate, by which one desk is told from another.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut out = [0; 32];
        let first = self.chain.first().map_or(&[][..], Vec::as_slice);
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, first);
        for (to, from) in out.iter_mut().zip(digest.as_ref()) {
            *to = *from;
        }
        out
    }

    /// A key for something else that follows from this one: whoever has it does not have this.
    #[must_use]
    pub fn derive(&self, what: &[u8]) -> [u8; 32] {
        use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
        let mut out = [0; 32];
        let salt = Salt::new(HKDF_SHA256, b"hwagin desk key");
        let derived = salt.extract(&self.secret);
        let filled = derived
            .expand(&[what], HKDF_SHA256)
            .and_then(|key| key.fill(&mut out));
        // It fails only for a length that is not the one asked for here.
        debug_assert!(filled.is_ok());
        out
    }

    /// The certificates, DER, the desk's first.
    #[must_use]
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    pub(super) fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// An ES256 signature, r and s side by side (RFC 9053, section 2.1).
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFlaw> {
        let signature = self.pair()?.sign(&SystemRandom::new(), message);
        Ok(signature.map_err(|_| KeyFlaw::Unusable)?.as_ref().to_vec())
    }

    /// As rcgen has it.
    fn key_pair(&self) -> Result<KeyPair, KeyFlaw> {
        let der = rustls_pki_types::PrivatePkcs8KeyDer::from(self.secret.as_slice());
        KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_ECDSA_P256_SHA256)
            .map_err(|_| KeyFlaw::Unusable)
    }

    fn pair(&self) -> Result<EcdsaKeyPair, KeyFlaw> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &self.secret)
            .map_err(|_| KeyFlaw::Unusable)
    }
}

/// Whether nobody but the key itself certified it, if anybody did.
pub(super) fn is_own(chain: &[Vec<u8>]) -> bool {
    match chain {
        [] => true,
        [only] => certificate(only).is_some_and(|only| only.subject() == only.issuer()),
        _ => false,
    }
}

/// Which key it is that these certificates are of: SHA-256 of its `SubjectPublicKeyInfo`.
pub(super) fn id_of(chain: &[Vec<u8>]) -> Option<String> {
    let first = certificate(chain.first()?)?;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, first.public_key().raw);
    Some(HEXLOWER.encode(digest.as_ref()))
}

fn certificate(der: &[u8]) -> Option<X509Certificate<'_>> {
    let read = x509_parser::parse_x509_certificate(der);
    read.ok().map(|(_, certificate)| certificate)
}

/// Of a name so many letters, so that no name makes a symbol too large.
fn cut(name: &str) -> String {
    name.chars().take(MAX_NAME).collect()
}

fn params(desk: &str, organisation: &str) -> Result<CertificateParams, KeyFlaw> {
    let mut params = CertificateParams::new(Vec::new()).map_err(|_| KeyFlaw::Unusable)?;
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, cut(organisation));
    name.push(DnType::CommonName, cut(desk));
    params.distinguished_name = name;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::Other(READER.to_vec())];
    params.not_before = rcgen::date_time_ymd(OWN_LASTS.0, 1, 1);
    params.not_after = rcgen::date_time_ymd(OWN_LASTS.1, 1, 1);
    Ok(params)
}

/// A certificate of this key, for its first name, by somebody else.
#[cfg(test)]
pub(super) fn issued_for(key: &DeskKey) -> Vec<u8> {
    use rcgen::{BasicConstraints, IsCa, Issuer};
    let mut above = CertificateParams::new(Vec::new()).unwrap();
    above.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    above
        .distinguished_name
        .push(DnType::CommonName, "authority");
    let issuer = Issuer::new(above, KeyPair::generate().unwrap());
    let (desk, organisation) = key.names();
    let issued = params(&desk, &organisation).unwrap();
    let issued = issued.signed_by(&key.key_pair().unwrap(), &issuer).unwrap();
    issued.der().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_that_was_certified_keeps_the_name_it_was_certified_for() {
        let key = DeskKey::generate("counter 1", "house").unwrap();
        let issued = issued_for(&key);
        let key = key.with_chain(vec![issued]).unwrap();
        let print = key.fingerprint();
        let named = key.named("counter 9", "elsewhere").unwrap();
        assert_eq!(named.names(), ("counter 1".to_owned(), "house".to_owned()));
        assert_eq!(named.fingerprint(), print);
    }

    #[test]
    fn certificates_that_do_not_follow_from_each_other_are_no_chain() {
        let (key, other) = (
            DeskKey::generate("a", "b").unwrap(),
            DeskKey::generate("c", "d").unwrap(),
        );
        let issued = issued_for(&key);
        let stranger = other.chain().concat();
        let flaw = key.with_chain(vec![issued, stranger]).err();
        assert_eq!(flaw, Some(KeyFlaw::Certificate));
    }
}
