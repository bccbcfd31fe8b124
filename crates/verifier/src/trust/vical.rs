//! Issuer lists (VICAL, ISO/IEC 18013-5 annex C): roots that a provider vouches for, each for the
//! document types that it names and no others.
//!
//! A list is verified once, when it arrives. It counts whole or not at all as far as its signature
//! goes; its entries are judged one by one, and a bad one costs nobody else. What is tolerated is
//! in docs/tolerance.md.

mod content;
mod entry;
mod signer;
#[cfg(test)]
mod tests;

use super::anchor::NamedBy;
use super::{Anchors, realm};
use crate::cbor::Item;
use crate::cose::{Profile, UnverifiedSign1};
use crate::crypto::sha256;
use crate::issuer::Issuer;
use crate::{At, Outcome, Reason, UnixTime};
use content::Content;

pub use entry::{EntryFlaw, EntryOutcome, VicalEntry};

/// Bytes of a list at most: ten times the largest that is published.
pub const MAX_VICAL: usize = 1024 * 1024;

/// How far a list's date may lie ahead of this desk's clock: as with status lists.
const MAX_SKEW_SECONDS: i64 = 300;

/// Why a list is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VicalFlaw {
    /// It is longer than [`MAX_VICAL`], or has more entries than are read.
    TooLarge,
    /// It is not what annex C describes.
    Malformed,
    /// Its version, its algorithm or a critical header is not one that this desk reads.
    Unsupported,
    /// No certificate that this desk holds vouches for its signer.
    SignerUnknown,
    /// The certificates between its signer and the one that this desk holds do not hold.
    SignerInvalid,
    /// Its signer, or a certificate above, is not valid at this time.
    SignerExpired,
    /// Its signer may not sign such lists.
    SignerNotAllowed,
    /// Its signature does not hold.
    SignatureInvalid,
    /// It, or its signer, belongs to a training authority at a real desk, or the other way round.
    OtherRealm,
    /// It is dated after now.
    DatedAhead,
    /// Its own last moment has passed.
    Ended,
    /// This desk holds a newer one, or another one of the same number.
    Older,
}

impl VicalFlaw {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "vical.too_large",
            Self::Malformed => "vical.malformed",
            Self::Unsupported => "vical.unsupported",
            Self::SignerUnknown => "vical.signer_unknown",
            Self::SignerInvalid => "vical.signer_invalid",
            Self::SignerExpired => "vical.signer_expired",
            Self::SignerNotAllowed => "vical.signer_not_allowed",
            Self::SignatureInvalid => "vical.signature_invalid",
            Self::OtherRealm => "vical.other_realm",
            Self::DatedAhead => "vical.dated_ahead",
            Self::Ended => "vical.ended",
            Self::Older => "vical.older",
        }
    }

    /// What follows: a list whose signer nobody here knows can be neither taken nor called bad.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::SignerUnknown => Outcome::Abstain,
            _ => Outcome::Refuse,
        }
    }

    fn of_message(reason: Reason) -> Self {
        match reason {
            Reason::SignatureMissing | Reason::SignatureInvalid | Reason::KeyMismatch => {
                Self::SignatureInvalid
            }
            Reason::AlgorithmRefused | Reason::Unsupported => Self::Unsupported,
            _ => Self::Malformed,
        }
    }
}

/// What a list that was taken says, and what came of each entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VicalReport {
    /// Who published it.
    pub provider: String,
    /// Its number, where it has one; they only ever go up.
    pub issue: Option<u64>,
    /// When it was made.
    pub date: UnixTime,
    /// When the next one is due, where it says so.
    pub next_update: Option<UnixTime>,
    /// Whether that moment has passed. Such a list still counts: roots live longer than lists.
    pub is_stale: bool,
    /// Who signed it, by its certificate.
    pub signer: Issuer,
    /// Which of the certificates given vouches for the signer, or is the signer.
    pub vouched_by: usize,
    /// The entries, in order.
    pub entries: Vec<VicalEntry>,
}

/// A list that was taken.
pub(super) struct Held {
    provider: String,
    /// The certificate that vouched for it: another provider cannot replace a list by its name.
    authority: Vec<u8>,
    issue: Option<u64>,
    date: UnixTime,
    next_update: Option<UnixTime>,
    digest: Vec<u8>,
}

impl Held {
    pub(super) fn next_due(&self) -> Option<UnixTime> {
        self.next_update
    }

    /// Whether this one comes after `other`: by number where both have one, else by date.
    fn is_newer_than(&self, other: &Self) -> bool {
        match (self.issue, other.issue) {
            (Some(own), Some(others)) => own > others,
            _ => self.date > other.date,
        }
    }
}

impl<R: realm::Realm> Anchors<R> {
    /// Takes the roots of this issuer list, each for its document types, if one of these
    /// certificates (DER) has signed it or vouches for its signer. It takes the place of an older
    /// list of the same provider.
    ///
    /// # Errors
    /// The [`VicalFlaw`] that keeps it out; what was known before stays.
    pub fn add_vical(
        &mut self,
        bytes: &[u8],
        signers: &[&[u8]],
        at: At,
    ) -> Result<VicalReport, VicalFlaw> {
        if bytes.len() > MAX_VICAL {
            return Err(VicalFlaw::TooLarge);
        }
        let message = Item::whole(bytes)
            .and_then(|item| UnverifiedSign1::read(item, Profile::MDOC))
            .map_err(VicalFlaw::of_message)?;
        let signer = signer::known(&message, signers, R::TRAINING, at)?;
        let payload = message.verify(&signer.key).map_err(VicalFlaw::of_message)?;
        let content = Content::read(payload, at)?;
        let held = Held {
            provider: content.provider.to_owned(),
            authority: signer.authority.to_vec(),
            issue: content.issue,
            date: content.date,
            next_update: content.next_update,
            digest: sha256(&[payload]).to_vec(),
        };
        let number = self.make_room(held)?;
        let entries = content.entries.into_iter().map(|entry| {
            let (judged, root) = entry::judge(entry, R::TRAINING, at);
            if let Some(root) = root {
                self.name(root, NamedBy::List(number), judged.doc_types.clone());
            }
            judged
        });
        Ok(VicalReport {
            provider: content.provider.to_owned(),
            issue: content.issue,
            date: content.date,
            next_update: content.next_update,
            is_stale: content.next_update.is_some_and(|next| next < at.time),
            signer: signer.issuer,
            vouched_by: signer.vouched_by,
            entries: entries.collect(),
        })
    }

    /// The number of this list; what an older one of the same provider named counts no longer.
    fn make_room(&mut self, list: Held) -> Result<usize, VicalFlaw> {
        let same = |held: &Held| held.provider == list.provider && held.authority == list.authority;
        let Some(number) = self.lists.iter().position(same) else {
            self.lists.push(list);
            return Ok(self.lists.len() - 1);
        };
        if let Some(held) = self.lists.get_mut(number) {
            if held.digest != list.digest && !list.is_newer_than(held) {
                return Err(VicalFlaw::Older);
            }
            *held = list;
        }
        self.roots
            .retain_mut(|root| root.still_counts_without(number));
        Ok(number)
    }
}

/// Whether these bytes are an issuer list by their looks. Nothing of it is verified.
#[must_use]
pub fn is_vical(bytes: &[u8]) -> bool {
    let looks = || {
        let message = Item::whole(bytes).ok()?;
        let payload = message.array()?.get(2)?.bytes()?;
        let map = Item::whole(payload).ok()?.map()?;
        map.text_key("vicalProvider")
            .or_else(|| map.text_key("certificateInfos"))
    };
    bytes.len() <= MAX_VICAL && looks().is_some()
}
