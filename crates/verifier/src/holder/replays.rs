//! What a desk accepted already.

use super::Challenge;
use crate::crypto::sha256;
use crate::{At, UnixTime};
use std::collections::BTreeMap;

/// What a proof, or an answered challenge, is remembered by, so that it counts once.
///
/// That of a proof is made of the device key and the presentation's id, both under a signature. The
/// signature itself would not do: of an ECDSA signature anybody can make a second valid one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProofId([u8; 32]);

impl ProofId {
    /// The proof made with this key (a `COSE_Key` as in the MSO) for this presentation id.
    pub fn new(device_key: &[u8], presentation_id: &[u8]) -> Self {
        Self(sha256(&[device_key, presentation_id]))
    }

    /// That an answer to this challenge was accepted.
    pub fn of_challenge(asked: &Challenge) -> Self {
        Self(sha256(&[b"challenge", &asked.hash]))
    }
}

/// The proofs a desk has accepted, each until it would be too old anyway.
///
/// Each is kept as a hash under this desk's own key, so that what a desk keeps on its disk says
/// nothing: not whose proof it was, and not whether another desk saw it too.
#[derive(Clone, Default)]
pub struct Replays {
    key: [u8; 32],
    seen: BTreeMap<[u8; 32], UnixTime>,
}

impl Replays {
    /// Nothing seen, under this key.
    pub const fn keyed(key: [u8; 32]) -> Self {
        Self {
            key,
            seen: BTreeMap::new(),
        }
    }

    /// Remembers this proof until that moment, and forgets those whose moment is past.
    pub fn remember(&mut self, proof: ProofId, until: UnixTime, at: At) {
        self.seen.retain(|_, until| *until >= at.time);
        self.seen.insert(self.hash(proof), until);
    }

    /// Whether this proof was accepted before.
    pub fn contains(&self, proof: ProofId) -> bool {
        self.seen.contains_key(&self.hash(proof))
    }

    /// What is remembered, as it may be kept on a disk: a keyed hash each, and until when.
    pub fn kept(&self) -> impl Iterator<Item = (&[u8; 32], UnixTime)> {
        self.seen.iter().map(|(hash, until)| (hash, *until))
    }

    /// Remembers again what was kept under the same key.
    pub fn restore(&mut self, hash: [u8; 32], until: UnixTime) {
        self.seen.insert(hash, until);
    }

    /// Both parts have a fixed length and the key comes first: no two pairs hash alike, and only a
    /// prefix of a message that is hashed here could be extended, of which there is none.
    fn hash(&self, proof: ProofId) -> [u8; 32] {
        sha256(&[&self.key, &proof.0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> At {
        At::utc(UnixTime(seconds))
    }

    #[test]
    fn a_proof_is_forgotten_once_it_is_too_old_anyway() {
        let (first, second) = (
            ProofId::new(b"key", &[1; 16]),
            ProofId::new(b"key", &[2; 16]),
        );
        let mut replays = Replays::default();
        replays.remember(first, UnixTime(100), at(40));
        assert!(replays.contains(first) && !replays.contains(second));
        replays.remember(second, UnixTime(200), at(101));
        assert!(!replays.contains(first) && replays.contains(second));
    }

    #[test]
    fn what_was_kept_is_remembered_under_its_own_key_only() {
        let proof = ProofId::new(b"key", &[1; 16]);
        let mut before = Replays::keyed([1; 32]);
        before.remember(proof, UnixTime(100), at(40));
        let restored = |key| {
            let mut after = Replays::keyed(key);
            for (hash, until) in before.kept() {
                after.restore(*hash, until);
            }
            after
        };
        assert!(restored([1; 32]).contains(proof));
        assert!(!restored([2; 32]).contains(proof));
    }
}
