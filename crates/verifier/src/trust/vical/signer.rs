//! Who signed a list: a signer under a certificate that this desk holds, or one that it holds itself.

use super::VicalFlaw;
use crate::cose::UnverifiedSign1;
use crate::crypto::PublicKey;
use crate::issuer::Issuer;
use crate::trust::certificate::Certificate;
use crate::trust::path::{ListSigner, check_path};
use crate::{At, Reason};
use rustls_pki_types::CertificateDer;

/// Authorities between a signer and the certificate that this desk holds, at most.
const MAX_BETWEEN: usize = 2;

/// A signer that counts.
pub(super) struct ListedBy<'s> {
    pub(super) key: PublicKey,
    pub(super) issuer: Issuer,
    /// The certificate that this desk holds, and its place among those given.
    pub(super) authority: &'s [u8],
    pub(super) vouched_by: usize,
}

/// The signer at the head of this message's chain, if one of the certificates held vouches for it.
/// It has to be valid now, as has all above it.
pub(super) fn known<'s>(
    message: &UnverifiedSign1<'_>,
    held: &[&'s [u8]],
    training: bool,
    at: At,
) -> Result<ListedBy<'s>, VicalFlaw> {
    let chain = chain(message)?;
    let (leaf, above) = chain.split_first().ok_or(VicalFlaw::SignerUnknown)?;
    let signer = Certificate::read(leaf).ok_or(VicalFlaw::SignerInvalid)?;
    // The first that holds counts, else the last failure is told.
    let mut outcome = Err(VicalFlaw::SignerUnknown);
    for (number, authority) in held.iter().enumerate() {
        let vouched = if authority == leaf {
            Ok(())
        } else if let Some(path) = Path::between(leaf, above, authority) {
            path.check(&signer, at)
        } else {
            continue;
        };
        outcome = vouched.map(|()| (number, *authority));
        if outcome.is_ok() {
            break;
        }
    }
    if signer.is_training() != training {
        return Err(VicalFlaw::OtherRealm);
    }
    let (vouched_by, authority) = outcome?;
    if !signer.validity.contains(at.time) {
        return Err(VicalFlaw::SignerExpired);
    }
    if !signer.may_sign_issuer_lists() {
        return Err(VicalFlaw::SignerNotAllowed);
    }
    Ok(ListedBy {
        issuer: signer.issuer(),
        key: signer.key.ok_or(VicalFlaw::Unsupported)?,
        authority,
        vouched_by,
    })
}

/// In the unprotected header (first edition) or the protected one.
fn chain<'a>(message: &UnverifiedSign1<'a>) -> Result<Vec<&'a [u8]>, VicalFlaw> {
    let open = message.unprotected_chain();
    let open = open.map_err(VicalFlaw::of_message)?;
    if open.is_empty() {
        message.protected_chain().map_err(VicalFlaw::of_message)
    } else {
        Ok(open)
    }
}

/// A chain whose names lead from a signer to a certificate that this desk holds.
struct Path<'a> {
    leaf: &'a [u8],
    between: &'a [&'a [u8]],
    facts: Vec<Certificate>,
    authority: &'a [u8],
    above: Certificate,
}

impl<'a> Path<'a> {
    /// The path that these certificates make, each issued by the next; `None` where this authority
    /// is not the one at its end. Some send the authority itself along.
    fn between(leaf: &'a [u8], above: &'a [&'a [u8]], authority: &'a [u8]) -> Option<Self> {
        let between = match above.split_last() {
            Some((last, others)) if *last == authority => others,
            _ => above,
        };
        let facts: Option<Vec<_>> = between.iter().map(|der| Certificate::read(der)).collect();
        let (facts, signer) = (facts?, Certificate::read(leaf)?);
        let above = Certificate::read(authority)?;
        let last = facts.last().unwrap_or(&signer);
        (last.issuer_name == above.subject).then_some(())?;
        Some(Self {
            leaf,
            between,
            facts,
            authority,
            above,
        })
    }

    fn check(&self, signer: &Certificate, at: At) -> Result<(), VicalFlaw> {
        // Every certificate that was sent is on the way: names lead from each to the next, and
        // only the last one's to the authority.
        let below = std::iter::once(signer).chain(&self.facts);
        let is_in_order = below
            .zip(&self.facts)
            .all(|(below, next)| below.issuer_name == next.subject);
        let may_vouch = |(count, facts): (usize, &Certificate)| {
            facts.subject != self.above.subject && facts.may_vouch_over(count)
        };
        let is_sound = self.facts.len() <= MAX_BETWEEN
            && is_in_order
            && self.facts.iter().enumerate().all(may_vouch)
            && self.above.may_vouch_over(self.facts.len());
        if !is_sound || self.above.is_training() != signer.is_training() {
            return Err(VicalFlaw::SignerInvalid);
        }
        if !self.above.validity.contains(at.time) {
            return Err(VicalFlaw::SignerExpired);
        }
        let authority = CertificateDer::from(self.authority);
        let root = webpki::anchor_from_trusted_cert(&authority);
        let root = root.map_err(|_| VicalFlaw::SignerInvalid)?;
        let between = self.between.iter().map(|der| CertificateDer::from(*der));
        let between: Vec<_> = between.collect();
        check_path(self.leaf, &between, &root, &ListSigner, at).map_err(|reason| match reason {
            Reason::ChainExpired => VicalFlaw::SignerExpired,
            Reason::PurposeMismatch => VicalFlaw::SignerNotAllowed,
            _ => VicalFlaw::SignerInvalid,
        })
    }
}
