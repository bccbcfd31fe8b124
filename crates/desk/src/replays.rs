//! What was accepted, kept over a restart: a keyed hash each, and until when it counts.
//!
//! Nothing in it says whose proof it was, and without the desk's own key nobody can tell whether a
//! proof is among them. A file that cannot be read or written costs what it is for, and nothing else.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use hwagin_verifier::{At, Replays, UnixTime};

use crate::bundle::{read_regular, replace};

const FILE: &str = "accepted.json";

/// The file at most: some 40,000 proofs, where a desk accepts a hundred in ten minutes.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// What counts for longer than this was not accepted here: the longest window of a purpose is ten
/// minutes.
const LONGEST_SECONDS: i64 = 3_600;

/// Where it is kept.
pub(crate) struct ReplayFile(PathBuf);

impl ReplayFile {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// What was accepted before, and counts still.
    pub(crate) fn read(&self, key: [u8; 32], at: At) -> Replays {
        let mut replays = Replays::keyed(key);
        for (hash, until) in self.rows().unwrap_or_default() {
            let left = until.saturating_sub(at.time.0);
            let hash = HEXLOWER.decode(hash.as_bytes()).ok();
            let hash = hash.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            if let Some(hash) = hash.filter(|_| (0..=LONGEST_SECONDS).contains(&left)) {
                replays.restore(hash, UnixTime(until));
            }
        }
        replays
    }

    pub(crate) fn write(&self, replays: &Replays, at: At) {
        let is_ours = |until: UnixTime| until.seconds_since(at.time) <= LONGEST_SECONDS;
        let rows: Vec<(String, i64)> = replays
            .kept()
            .filter(|(_, until)| is_ours(*until))
            .map(|(hash, until)| (HEXLOWER.encode(hash), until.0))
            .collect();
        if let Ok(bytes) = serde_json::to_vec(&rows) {
            let _ = replace(&self.0, FILE, &bytes);
        }
    }

    fn rows(&self) -> Option<Vec<(String, i64)>> {
        let bytes = read_regular(&self.0.join(FILE), MAX_FILE).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hwagin_verifier::holder::ProofId;

    #[test]
    fn what_was_accepted_counts_after_a_restart_until_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = ReplayFile::new(folder.path());
        let at = |seconds| At::utc(UnixTime(seconds));
        let proof = ProofId::new(b"key", &[1; 16]);
        let mut replays = Replays::keyed([7; 32]);
        replays.remember(proof, UnixTime(160), at(100));
        file.write(&replays, at(100));
        assert!(file.read([7; 32], at(150)).contains(proof));
        assert!(!file.read([8; 32], at(150)).contains(proof));
        assert!(!file.read([7; 32], at(161)).contains(proof));
        std::fs::write(folder.path().join(FILE), b"[[\"00\", 150], 3]").unwrap();
        assert!(!file.read([7; 32], at(120)).contains(proof));
    }
}
