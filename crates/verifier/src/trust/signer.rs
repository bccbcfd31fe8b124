//! Who signed a credential: a signer under a root, or a key that this desk holds.

use super::keys::{HealthUsage, KeySigner};
use super::{AnchorId, Trust, Validity};
use crate::cose::UnverifiedSign1;
use crate::crypto::PublicKey;
use crate::format::cwt::claimed_issuer;
use crate::issuer::Issuer;
use crate::{At, Reason, UnixTime};

/// A document signer whose path to its root held.
pub(crate) struct PathSigner<'t> {
    pub(super) key: PublicKey,
    pub(super) validity: Validity,
    pub(super) country: Option<String>,
    pub(super) state: Option<String>,
    pub(super) issuer: Issuer,
    pub(super) id: AnchorId,
    pub(super) doc_types: &'t [String],
}

/// Whoever signed a credential.
pub(crate) enum Signer<'t> {
    /// Under a root.
    Path(PathSigner<'t>),
    /// By a key that this desk holds.
    Key(KeySigner<'t>),
}

impl Signer<'_> {
    /// Succeeds when it may sign documents of this type.
    ///
    /// # Errors
    /// `issuer.purpose_mismatch`.
    pub(crate) fn check_use(&self, doc_type: &str) -> Result<(), Reason> {
        match self {
            Self::Path(signer) => {
                let known = signer.doc_types.iter().any(|known| known == doc_type);
                known.then_some(()).ok_or(Reason::PurposeMismatch)
            }
            Self::Key(signer) => signer.check_use(doc_type, HealthUsage::Any),
        }
    }

    /// Succeeds when it was valid when this was signed. That it is valid now, the path has shown.
    ///
    /// # Errors
    /// `issuer.chain_expired`.
    pub(crate) fn check_time(&self, made: Option<UnixTime>, at: At) -> Result<(), Reason> {
        match self {
            Self::Path(signer) => {
                let held = made.is_none_or(|made| signer.validity.contains(made));
                held.then_some(()).ok_or(Reason::ChainExpired)
            }
            Self::Key(signer) => signer.check_time(made, at),
        }
    }

    /// Its country, as far as it is known.
    pub(crate) fn country(&self) -> Option<&str> {
        match self {
            Self::Path(signer) => signer.country.as_deref(),
            Self::Key(signer) => signer.issuer().country.as_deref(),
        }
    }

    /// Its state or province, likewise.
    pub(crate) fn state(&self) -> Option<&str> {
        match self {
            Self::Path(signer) => signer.state.as_deref(),
            Self::Key(_) => None,
        }
    }

    /// Who it is, and under which authority.
    pub(crate) fn authority(&self) -> (Issuer, AnchorId) {
        match self {
            Self::Path(signer) => (signer.issuer.clone(), signer.id),
            Self::Key(signer) => (signer.issuer().clone(), signer.id),
        }
    }
}

impl Trust {
    /// The payload of this message, and who signed it: the head of its chain of certificates, or
    /// without a chain a key of its issuer. A signer whose certificate this desk holds by itself
    /// needs no root.
    ///
    /// `doc_type` is what the document around the message says that it is, where it says so.
    ///
    /// # Errors
    /// `desk.bundle_missing`, `issuer.*`, `signature.invalid`, `format.malformed`.
    pub(crate) fn verified<'a>(
        &self,
        message: &UnverifiedSign1<'a>,
        chain: &[&[u8]],
        doc_type: Option<&str>,
        at: At,
    ) -> Result<(&'a [u8], Signer<'_>), Reason> {
        let may_sign = |signer: &Signer<'_>| doc_type.map_or(Ok(()), |it| signer.check_use(it));
        let Some(leaf) = chain.first() else {
            let issuer = claimed_issuer(message.unverified_payload())?;
            let (payload, signer) = match doc_type {
                // A security object has no issuer in it.
                Some(_) => self.verify_by_key_id(message)?,
                None => self.verify_by_key(message, issuer)?,
            };
            let signer = Signer::Key(signer);
            may_sign(&signer)?;
            return Ok((payload, signer));
        };
        let signer = match (self.path_signer(chain, at), self.pinned(leaf)) {
            (Err(Reason::IssuerUnknown), Some(pinned)) => Signer::Key(pinned),
            (signer, _) => Signer::Path(signer?),
        };
        may_sign(&signer)?;
        let key = match &signer {
            Signer::Path(signer) => &signer.key,
            Signer::Key(signer) => signer.key(),
        };
        let payload = message.verify(key)?;
        Ok((payload, signer))
    }
}
