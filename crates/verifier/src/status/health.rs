//! Revocation batches of health certificates (EU DCC revocation, batch format 1.0).
//!
//! A batch names certificates by the first half of a SHA-256; which of three things was hashed, it
//! says. Batches end, and what has ended revokes nobody.

use crate::cose::UnverifiedSign1;
use crate::crypto::sha256;
use crate::{At, UnixTime};
use std::collections::BTreeMap;

/// What of a certificate was hashed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HashKind {
    /// Its signature; of an ECDSA one the first half.
    Signature,
    /// Its identifier.
    Identifier,
    /// Its country and its identifier.
    CountryAndIdentifier,
}

/// The first half of a SHA-256.
pub type HealthHash = [u8; 16];

/// A batch, verified by whoever brings it: batches themselves carry no COSE signature.
#[derive(Clone, Debug)]
pub struct HealthBatch {
    /// The signer whose certificates it revokes; `None` for every signer.
    pub signer: Option<Vec<u8>>,
    /// What its hashes are of.
    pub kind: HashKind,
    /// When it ends.
    pub ends: UnixTime,
    /// Its hashes.
    pub hashes: Vec<HealthHash>,
}

/// What batches know a certificate by.
pub(crate) struct HealthCertificate {
    /// The id of the key that signed it, as this desk holds it; `None` where it holds none.
    signer: Option<Vec<u8>>,
    hashes: Vec<(HashKind, HealthHash)>,
}

impl HealthCertificate {
    /// The names of a certificate whose signature held.
    pub(crate) fn new(
        message: &UnverifiedSign1<'_>,
        signer: Option<&[u8]>,
        country: Option<&str>,
        identifiers: &[&str],
    ) -> Self {
        let mut hashes = vec![(
            HashKind::Signature,
            half(&[message.signature_for_batches()]),
        )];
        let country = country.unwrap_or_default().as_bytes();
        for identifier in identifiers.iter().map(|identifier| identifier.as_bytes()) {
            hashes.push((HashKind::Identifier, half(&[identifier])));
            hashes.push((HashKind::CountryAndIdentifier, half(&[country, identifier])));
        }
        Self {
            signer: signer.map(<[u8]>::to_vec),
            hashes,
        }
    }
}

fn half(pieces: &[&[u8]]) -> HealthHash {
    let mut half = [0; 16];
    for (to, from) in half.iter_mut().zip(sha256(pieces)) {
        *to = from;
    }
    half
}

/// The batches that a desk holds.
#[derive(Default)]
pub(super) struct HealthBatches(BTreeMap<(HashKind, HealthHash), Vec<Entry>>);

/// Whose certificates an entry revokes, and until when.
struct Entry {
    signer: Option<Vec<u8>>,
    ends: UnixTime,
}

impl HealthBatches {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub(super) fn add(&mut self, batch: HealthBatch) {
        for hash in batch.hashes {
            self.0.entry((batch.kind, hash)).or_default().push(Entry {
                signer: batch.signer.clone(),
                ends: batch.ends,
            });
        }
    }

    /// Whether a batch that has not ended names this certificate.
    pub(super) fn revoke(&self, certificate: &HealthCertificate, at: At) -> bool {
        let counts = |entry: &Entry| {
            let signer = &entry.signer;
            let any = signer.is_none() || certificate.signer.is_none();
            (any || *signer == certificate.signer) && at.time < entry.ends
        };
        let entries = |name| self.0.get(name).into_iter().flatten();
        certificate
            .hashes
            .iter()
            .any(|name| entries(name).any(counts))
    }
}
