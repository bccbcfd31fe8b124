//! The path from a signer to its root (ISO/IEC 18013-5 §9.3.3 and annex B).

use super::Anchor;
use super::certificate::Certificate;
use crate::{At, Reason};
use rustls_pki_types::{CertificateDer, TrustAnchor};
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeId, KeyPurposeIdIter};

// Usages are compared as the bytes of their OID: `KeyPurposeId::to_decoded_oid` of rustls-webpki
// 0.103 shifts by eight bits where seven belong, and so misreads every arc above 127.

/// EKU of a document signer (ISO/IEC 18013-5 table B.3): 1.0.18013.5.1.2.
const MDL_DS: &[u8] = &[0x28, 0x81, 0x8c, 0x5d, 5, 1, 2];
/// The same for any document type (ISO/IEC 23220-4): 1.0.23220.4.1.2.
const GENERIC_DS: &[u8] = &[0x28, 0x81, 0xb5, 0x34, 4, 1, 2];
/// EKU of a signer of issuer lists (ISO/IEC 18013-5 annex C): 1.0.18013.5.1.8.
pub(super) const MDL_VICAL: &[u8] = &[0x28, 0x81, 0x8c, 0x5d, 5, 1, 8];
/// The same for any document type: 1.0.23220.4.1.8.
pub(super) const GENERIC_VICAL: &[u8] = &[0x28, 0x81, 0xb5, 0x34, 4, 1, 8];
/// `id-kp-oauthStatusSigning` under 1.3.6.1.5.5.7.3: the last number is not assigned yet, these
/// two are in use.
const STATUS_SIGNERS: [&[u8]; 2] = [
    &[0x2b, 6, 1, 5, 5, 7, 3, 30],
    &[0x2b, 6, 1, 5, 5, 7, 3, 127],
];

impl Anchor {
    /// Succeeds when this root issued this leaf, both are valid now, neither is revoked, and
    /// their profiles allow it.
    pub(super) fn issued(
        &self,
        leaf: &[u8],
        above: &[&[u8]],
        facts: &Certificate,
        usage: &dyn ExtendedKeyUsageValidator,
        at: At,
    ) -> Result<(), Reason> {
        // Between root and signer there is nothing; some send the root itself along.
        if above.iter().any(|other| *other != self.der.as_ref()) {
            return Err(Reason::ChainInvalid);
        }
        if !self.facts.validity.contains(at.time) {
            return Err(Reason::ChainExpired);
        }
        check_path(leaf, &[], &self.prepared, usage, at)?;
        if !facts.may_sign_documents() {
            return Err(Reason::ChainInvalid);
        }
        if facts.country != self.facts.country {
            return Err(Reason::CountryMismatch);
        }
        if self
            .facts
            .state
            .as_ref()
            .is_some_and(|state| facts.state.as_ref() != Some(state))
        {
            return Err(Reason::CountryMismatch);
        }
        self.crl
            .as_ref()
            .map_or(Ok(()), |crl| crl.check(&facts.serial, at))
    }
}

/// Succeeds when signatures lead from this leaf, by way of these, to this root, all valid now.
pub(super) fn check_path(
    leaf: &[u8],
    between: &[CertificateDer<'_>],
    root: &TrustAnchor<'_>,
    usage: &dyn ExtendedKeyUsageValidator,
    at: At,
) -> Result<(), Reason> {
    let leaf = CertificateDer::from(leaf);
    let leaf = EndEntityCert::try_from(&leaf).map_err(|_| Reason::ChainInvalid)?;
    let seconds = u64::try_from(at.time.0).map_err(|_| Reason::ChainExpired)?;
    let time =
        rustls_pki_types::UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    let roots = std::slice::from_ref(root);
    leaf.verify_for_usage(SIGNATURES, roots, between, time, Usage(usage), None, None)
        .map(drop)
        .map_err(|error| path_reason(&error))
}

/// Algorithms that certificates of this PKI are signed with (ISO/IEC 18013-5 annex B).
const SIGNATURES: &[&dyn rustls_pki_types::SignatureVerificationAlgorithm] = &[
    webpki::aws_lc_rs::ECDSA_P256_SHA256,
    webpki::aws_lc_rs::ECDSA_P256_SHA384,
    webpki::aws_lc_rs::ECDSA_P256_SHA512,
    webpki::aws_lc_rs::ECDSA_P384_SHA256,
    webpki::aws_lc_rs::ECDSA_P384_SHA384,
    webpki::aws_lc_rs::ECDSA_P384_SHA512,
    webpki::aws_lc_rs::ECDSA_P521_SHA256,
    webpki::aws_lc_rs::ECDSA_P521_SHA384,
    webpki::aws_lc_rs::ECDSA_P521_SHA512,
    webpki::aws_lc_rs::ED25519,
];

fn path_reason(error: &webpki::Error) -> Reason {
    use webpki::Error;
    match error {
        Error::CertExpired { .. } | Error::CertNotValidYet { .. } => Reason::ChainExpired,
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => Reason::PurposeMismatch,
        _ => Reason::ChainInvalid,
    }
}

/// The two usages share one path; webpki takes the validator by value.
struct Usage<'a>(&'a dyn ExtendedKeyUsageValidator);

impl ExtendedKeyUsageValidator for Usage<'_> {
    fn validate(&self, usages: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        self.0.validate(usages)
    }
}

/// One that may sign documents: the EKU has to be there and to say so.
pub(super) struct DocumentSigner;

impl ExtendedKeyUsageValidator for DocumentSigner {
    fn validate(&self, usages: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        named(usages, &[MDL_DS, GENERIC_DS])?
            .then_some(())
            .ok_or(webpki::Error::EmptyEkuExtension)
    }
}

/// One that may sign status lists: a delegate with the EKU for it, the document signer itself, or
/// a certificate that leaves the EKU out (ISO/IEC 18013-5 second edition, table B.9).
pub(super) struct StatusSigner;

impl ExtendedKeyUsageValidator for StatusSigner {
    fn validate(&self, usages: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        let mut usages = usages.peekable();
        if usages.peek().is_none() {
            return Ok(());
        }
        let [draft, placeholder] = STATUS_SIGNERS;
        named(usages, &[draft, placeholder, MDL_DS, GENERIC_DS])?
            .then_some(())
            .ok_or(webpki::Error::EmptyEkuExtension)
    }
}

/// One that may sign issuer lists. Authorities on the way leave the EKU out; that the signer has it
/// is its own profile.
pub(super) struct ListSigner;

impl ExtendedKeyUsageValidator for ListSigner {
    fn validate(&self, usages: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        let mut usages = usages.peekable();
        if usages.peek().is_none() || named(usages, &[MDL_VICAL, GENERIC_VICAL])? {
            return Ok(());
        }
        Err(webpki::Error::EmptyEkuExtension)
    }
}

/// Whether one of these usages is one of those allowed.
fn named<'a>(
    usages: impl Iterator<Item = Result<KeyPurposeId<'a>, webpki::Error>>,
    allowed: &[&'static [u8]],
) -> Result<bool, webpki::Error> {
    for usage in usages {
        let usage = usage?;
        if allowed.iter().any(|oid| usage == KeyPurposeId::new(oid)) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usages_with_long_arcs_are_told_apart() {
        let is_signer = |oid: &'static [u8]| {
            named(
                [Ok(KeyPurposeId::new(oid))].into_iter(),
                &[MDL_DS, GENERIC_DS],
            )
        };
        assert_eq!(is_signer(&[0x28, 0x81, 0x8c, 0x5d, 5, 1, 2]), Ok(true));
        assert_eq!(is_signer(&[0x28, 0x81, 0xb5, 0x34, 4, 1, 2]), Ok(true));
        // A reader (ISO/IEC 18013-5 table B.5), and an arc that the wrong decoding runs together.
        assert_eq!(is_signer(&[0x28, 0x81, 0x8c, 0x5d, 5, 1, 6]), Ok(false));
        assert_eq!(is_signer(&[0x28, 0x84, 0x98, 0x5d, 5, 1, 2]), Ok(false));
    }
}
