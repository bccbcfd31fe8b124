//! Revocation lists (RFC 5280 §5, ISO/IEC 18013-5 table B.6): verified once, when they arrive.

use super::certificate::Certificate;
use crate::{At, Reason, UnixTime};
use x509_parser::prelude::{CertificateRevocationList, FromDer};

/// The serial numbers that a root has revoked.
pub(crate) struct Crl {
    pub(crate) issued: UnixTime,
    pub(crate) next_due: UnixTime,
    /// Sorted.
    revoked: Vec<Vec<u8>>,
}

/// A list as it was read. Nobody vouches for it yet.
pub(crate) struct UnverifiedCrl<'a>(CertificateRevocationList<'a>);

impl<'a> UnverifiedCrl<'a> {
    /// The list in this DER.
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        // webpki refuses what is no full, direct list or has critical extensions; it keeps the
        // entries to itself, so they are read below.
        webpki::OwnedCertRevocationList::from_der(der).ok()?;
        let (rest, crl) = CertificateRevocationList::from_der(der).ok()?;
        rest.is_empty().then_some(Self(crl))
    }

    /// The list, if this root has signed it.
    pub(crate) fn signed_by(&self, root: &Certificate) -> Option<Crl> {
        let Self(crl) = self;
        if crl.issuer().as_raw() != root.subject || !root.may_sign_crls() {
            return None;
        }
        let algorithm = crl.signature_algorithm.algorithm.to_id_string();
        let key = root.key.as_ref()?;
        key.verify_list(
            &algorithm,
            crl.tbs_cert_list.as_ref(),
            &crl.signature_value.data,
        )?;
        let mut revoked: Vec<Vec<u8>> = crl
            .iter_revoked_certificates()
            .map(|entry| entry.raw_serial().to_vec())
            .collect();
        revoked.sort_unstable();
        Some(Crl {
            issued: UnixTime(crl.last_update().timestamp()),
            next_due: UnixTime(crl.next_update()?.timestamp()),
            revoked,
        })
    }
}

impl Crl {
    /// Succeeds when this serial number is not on the list and the list is not past its time.
    ///
    /// # Errors
    /// `issuer.revoked`, `issuer.crl_stale`. A certificate on an old list stays revoked.
    pub(crate) fn check(&self, serial: &[u8], at: At) -> Result<(), Reason> {
        if self
            .revoked
            .binary_search_by(|listed| listed.as_slice().cmp(serial))
            .is_ok()
        {
            return Err(Reason::IssuerRevoked);
        }
        if at.time > self.next_due {
            Err(Reason::CrlStale)
        } else {
            Ok(())
        }
    }
}
