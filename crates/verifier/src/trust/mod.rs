//! Whose signatures count: roots bound to document types, and the path from a signer to its root.
//!
//! `rustls-webpki` checks the path. What it leaves to its caller is done here and in
//! [`certificate`]: the root's own validity, CA flag, path length and key usage; the signer's key
//! usage; equal countries and states; no intermediates; the document types a root is good for.
//! Revocation lists are verified once, when they arrive. Issuers without certificates are in
//! [`keys`], lists of roots in [`vical`].

mod anchor;
mod certificate;
mod crl;
mod keys;
mod path;
mod signer;
pub mod vical;

use crate::crypto::PublicKey;
use crate::issuer::Issuer;
use crate::{At, Reason, UnixTime};
use anchor::{Anchor, NamedBy, Unfit};
use certificate::Certificate;
use crl::UnverifiedCrl;
use keys::KeyAnchor;
use path::{DocumentSigner, StatusSigner};
use signer::PathSigner;
use std::marker::PhantomData;
use vical::Held;
use webpki::ExtendedKeyUsageValidator;

pub use certificate::RootFlaw;
pub(crate) use keys::{HealthUsage, KeySigner};
pub use keys::{IssuerKey, KeyUse, TRAINING_HOST};
pub(crate) use signer::Signer;

/// Root certificates of a training authority carry this organisation and no others do.
pub const TRAINING_ORGANISATION: &str = "Hwagin Training";

mod realm {
    pub trait Realm {
        const TRAINING: bool;
    }
}

/// Roots of real authorities.
pub enum Production {}
/// Roots of the training authority.
pub enum Training {}

impl realm::Realm for Production {
    const TRAINING: bool = false;
}
impl realm::Realm for Training {
    const TRAINING: bool = true;
}

/// Why a certificate is no root for this desk, or a revocation list no use to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnchorFlaw {
    /// Not an X.509 certificate this desk can read.
    NotACertificate,
    /// Not a root by ISO/IEC 18013-5 table B.1: self-issued, CA, path length 0, may sign
    /// certificates, with a key of a curve this desk verifies, for 20 years at most.
    NotARoot,
    /// A training root among production roots, or the other way round.
    OtherRealm,
    /// Not a revocation list that one of these roots has signed.
    BadCrl,
    /// Not a public key of a kind that this desk verifies.
    NotAKey,
}

/// Which authority, within one [`Trust`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AnchorId {
    /// A root certificate.
    Root(usize),
    /// The first key of an issuer that publishes keys.
    Key(usize),
}

impl From<Unfit> for AnchorFlaw {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NotACertificate => Self::NotACertificate,
            Unfit::Profile(_) => Self::NotARoot,
            Unfit::OtherRealm => Self::OtherRealm,
        }
    }
}

/// The roots of one realm. Production and training roots cannot be mixed:
///
/// ```compile_fail
/// use hwagin_verifier::trust::{Anchors, Training, Trust};
/// let training: Anchors<Training> = Anchors::new();
/// let trust = Trust::production(training);
/// ```
pub struct Anchors<R: realm::Realm> {
    roots: Vec<Anchor>,
    keys: Vec<KeyAnchor>,
    lists: Vec<Held>,
    realm: PhantomData<R>,
}

impl<R: realm::Realm> Default for Anchors<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: realm::Realm> Anchors<R> {
    /// No roots.
    pub const fn new() -> Self {
        Self {
            roots: Vec::new(),
            keys: Vec::new(),
            lists: Vec::new(),
            realm: PhantomData,
        }
    }

    /// Takes this certificate as a root for these document types, beside those it is named for
    /// already.
    ///
    /// # Errors
    /// The [`AnchorFlaw`] that keeps it out; the other roots stay.
    pub fn add(&mut self, der: &[u8], doc_types: Vec<String>) -> Result<(), AnchorFlaw> {
        self.name(Anchor::read(der, R::TRAINING)?, NamedBy::Desk, doc_types);
        Ok(())
    }

    fn name(&mut self, mut root: Anchor, by: NamedBy, doc_types: Vec<String>) {
        let known = self.roots.iter_mut().find(|known| known.der == root.der);
        if let Some(known) = known {
            known.name(by, doc_types);
        } else {
            root.name(by, doc_types);
            self.roots.push(root);
        }
    }

    /// Takes this key of an issuer.
    ///
    /// # Errors
    /// [`AnchorFlaw::OtherRealm`]; the other keys stay.
    pub fn add_key(&mut self, key: IssuerKey, usage: KeyUse) -> Result<(), AnchorFlaw> {
        self.keys.push(KeyAnchor::new(key, usage, R::TRAINING)?);
        Ok(())
    }

    /// Takes this revocation list (DER) for the root that signed it; the newest one stays.
    ///
    /// # Errors
    /// [`AnchorFlaw::BadCrl`].
    pub fn add_crl(&mut self, der: &[u8]) -> Result<(), AnchorFlaw> {
        // Read once, however many roots there are.
        let unverified = UnverifiedCrl::read(der).ok_or(AnchorFlaw::BadCrl)?;
        let mut taken = false;
        for anchor in &mut self.roots {
            let Some(crl) = unverified.signed_by(&anchor.facts) else {
                continue;
            };
            taken = true;
            if anchor
                .crl
                .as_ref()
                .is_none_or(|held| held.issued < crl.issued)
            {
                anchor.crl = Some(crl);
            }
        }
        if taken {
            Ok(())
        } else {
            Err(AnchorFlaw::BadCrl)
        }
    }
}

/// What this desk trusts: the roots and keys of exactly one realm.
pub struct Trust {
    training: bool,
    anchors: Vec<Anchor>,
    keys: Vec<KeyAnchor>,
    lists: Vec<Held>,
}

/// What may be told of a root or key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnchorFacts {
    /// Its name and country.
    pub issuer: Issuer,
    /// The document types it is good for.
    pub doc_types: Vec<String>,
    /// The last moment of its validity.
    pub valid_until: UnixTime,
    /// Whether nobody but an issuer list names it.
    pub is_listed_only: bool,
    /// When its revocation list was issued and when the next is due, where there is one.
    pub crl: Option<(UnixTime, UnixTime)>,
}

/// The last moment of this certificate (DER).
pub fn valid_until(der: &[u8]) -> Option<UnixTime> {
    Certificate::read(der).map(|facts| facts.validity.until)
}

/// From the first to the last moment, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Validity {
    pub(crate) from: UnixTime,
    pub(crate) until: UnixTime,
}

impl Validity {
    pub(crate) fn contains(self, time: UnixTime) -> bool {
        self.from <= time && time <= self.until
    }
}

impl Trust {
    /// Real roots.
    pub fn production(anchors: Anchors<Production>) -> Self {
        Self {
            training: false,
            anchors: anchors.roots,
            keys: anchors.keys,
            lists: anchors.lists,
        }
    }

    /// Training roots.
    pub fn training(anchors: Anchors<Training>) -> Self {
        Self {
            training: true,
            anchors: anchors.roots,
            keys: anchors.keys,
            lists: anchors.lists,
        }
    }

    /// Whether this is training.
    pub const fn is_training(&self) -> bool {
        self.training
    }

    /// What may be told of each root, and then of each key.
    pub fn anchors(&self) -> impl Iterator<Item = AnchorFacts> + '_ {
        let roots = self.anchors.iter().map(|anchor| AnchorFacts {
            issuer: anchor.facts.issuer(),
            doc_types: anchor.doc_types.clone(),
            valid_until: anchor.facts.validity.until,
            is_listed_only: anchor.is_listed_only(),
            crl: anchor.crl.as_ref().map(|crl| (crl.issued, crl.next_due)),
        });
        roots.chain(self.keys.iter().map(|key| AnchorFacts {
            issuer: key.facts.clone(),
            doc_types: key.doc_types.clone(),
            valid_until: key.validity.until,
            is_listed_only: false,
            crl: None,
        }))
    }

    /// When the next issue of each issuer list is due, where it says so.
    pub fn lists_due(&self) -> impl Iterator<Item = UnixTime> + '_ {
        self.lists.iter().filter_map(Held::next_due)
    }

    fn is_empty(&self) -> bool {
        self.anchors.is_empty() && self.keys.is_empty()
    }

    /// The document signer at the head of this chain.
    fn path_signer(&self, chain: &[&[u8]], at: At) -> Result<PathSigner<'_>, Reason> {
        let (facts, number) = self.path(chain, &DocumentSigner, at)?;
        let anchor = self.anchors.get(number).ok_or(Reason::IssuerUnknown)?;
        Ok(PathSigner {
            key: facts.key.ok_or(Reason::AlgorithmRefused)?,
            validity: facts.validity,
            country: facts.country,
            state: facts.state,
            issuer: anchor.facts.issuer(),
            id: AnchorId::Root(number),
            doc_types: &anchor.doc_types,
        })
    }

    /// The status list signer at the head of this chain, and its root.
    ///
    /// # Errors
    /// `desk.bundle_missing`, `issuer.*`.
    pub(crate) fn status_signer(
        &self,
        chain: &[&[u8]],
        at: At,
    ) -> Result<(PublicKey, AnchorId), Reason> {
        let (facts, number) = self.path(chain, &StatusSigner, at)?;
        let key = facts.key.ok_or(Reason::AlgorithmRefused)?;
        Ok((key, AnchorId::Root(number)))
    }

    /// The leaf of this chain under one of the roots that bear its issuer's name.
    fn path(
        &self,
        chain: &[&[u8]],
        usage: &dyn ExtendedKeyUsageValidator,
        at: At,
    ) -> Result<(Certificate, usize), Reason> {
        if self.is_empty() {
            return Err(Reason::BundleMissing);
        }
        let (leaf, above) = chain.split_first().ok_or(Reason::IssuerUnknown)?;
        let facts = Certificate::read(leaf).ok_or(Reason::ChainInvalid)?;
        // Roots are rolled over under the same name: the first that holds counts, else the last
        // failure is told.
        let mut outcome = None;
        for (index, anchor) in self.anchors.iter().enumerate() {
            if anchor.facts.subject != facts.issuer_name {
                continue;
            }
            let issued = anchor.issued(leaf, above, &facts, usage, at);
            outcome = Some(issued.map(|()| index));
            if issued.is_ok() {
                break;
            }
        }
        outcome
            .unwrap_or_else(|| Err(self.stranger(&facts, above)))
            .map(|number| (facts, number))
    }

    /// Why a signer that none of our roots has issued is not taken.
    ///
    /// A path that reaches a root by way of another certificate is a bad one, not an unknown one:
    /// a root of this PKI has path length 0 (ISO/IEC 18013-5 table B.1).
    fn stranger(&self, leaf: &Certificate, above: &[&[u8]]) -> Reason {
        let is_ours = |name: &[u8]| self.anchors.iter().any(|known| known.facts.subject == name);
        let mut between = above.iter().filter_map(|der| Certificate::read(der));
        if between.any(|certificate| is_ours(&certificate.issuer_name)) {
            Reason::ChainInvalid
        } else if !self.training && leaf.is_training() {
            Reason::TrainingOnly
        } else {
            Reason::IssuerUnknown
        }
    }
}
