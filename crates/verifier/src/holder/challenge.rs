//! What this desk asked, as far as an answer is held against it (docs/optical-presentation.md, 3b).

use crate::crypto::sha256;
use crate::{Reason, UnixTime};

/// A challenge of this desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Challenge {
    /// By which an answer names it.
    pub hash: [u8; 32],
    /// The id of the purpose that it asks for.
    pub purpose: String,
    /// From when on it is answered too late.
    pub ends: UnixTime,
    /// Whether it has a nonce: it serves one answer, which proves that this desk was asked. A printed
    /// one has none, and proves nothing but that both mean the same purpose.
    pub is_displayed: bool,
}

impl Challenge {
    /// The hash of a challenge with this body: the whole `COSE_Sign1`, with its signature.
    #[must_use]
    pub fn hash_of(body: &[u8]) -> [u8; 32] {
        sha256(&[body])
    }

    /// The challenge that this answers.
    ///
    /// # Errors
    /// `holder.challenge_mismatch`: this desk did not ask it, or so long ago that it forgot.
    pub(super) fn answered<'c>(hash: &[u8], asked: &'c [Self]) -> Result<&'c Self, Reason> {
        let found = asked.iter().find(|asked| asked.hash == hash);
        found.ok_or(Reason::ChallengeMismatch)
    }
}
