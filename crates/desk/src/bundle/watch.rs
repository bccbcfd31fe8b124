//! Looks whether a bundle lies in a folder, and whether it is still being copied.
//!
//! A folder is looked at every other second: sticks come and go with their mounts, and file shares
//! tell nobody what changes on them.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What a folder looked like: when it looks the same twice, nobody is copying to it any more.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Look {
    timestamp: Vec<u8>,
    files: usize,
    bytes: u64,
    newest: Option<SystemTime>,
}

/// The last look, and the one that led to an import.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    last: Option<Look>,
    tried: Option<Look>,
}

/// The longest timestamp that is compared; that of a bundle has less than a thousand bytes.
const MAX_TIMESTAMP: u64 = 64 * 1024;

/// Files of a folder that are looked at, at most.
const MAX_FILES: usize = 20_000;

impl Watch {
    /// Whether there is something to take: a bundle that has not changed since the look before, and
    /// has since it was tried the last time.
    pub(crate) fn look(&mut self, folder: &Path) -> bool {
        let now = Look::at(folder);
        let settled = now.is_some() && now == self.last;
        self.last.clone_from(&now);
        if !settled || now == self.tried {
            return false;
        }
        self.tried = now;
        true
    }
}

impl Look {
    fn at(folder: &Path) -> Option<Self> {
        let timestamp = folder.join("metadata").join("timestamp.json");
        let facts = fs::symlink_metadata(&timestamp).ok()?;
        if !facts.is_file() || facts.len() > MAX_TIMESTAMP {
            return None;
        }
        let mut look = Self {
            timestamp: fs::read(&timestamp).ok()?,
            ..Self::default()
        };
        for area in ["metadata", "targets"] {
            let entries = fs::read_dir(folder.join(area)).ok()?;
            for entry in entries.flatten().take(MAX_FILES) {
                let Ok(facts) = entry.metadata() else {
                    continue;
                };
                look.files += 1;
                look.bytes = look.bytes.saturating_add(facts.len());
                look.newest = look.newest.max(facts.modified().ok());
            }
        }
        Some(look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_taken_once_it_has_settled_and_again_when_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::default();
        assert!(!watch.look(folder.path()));
        for area in ["metadata", "targets"] {
            fs::create_dir(folder.path().join(area)).unwrap();
        }
        let timestamp = folder.path().join("metadata/timestamp.json");
        fs::write(&timestamp, "1").unwrap();
        assert!(!watch.look(folder.path()), "it may still be being copied");
        fs::write(folder.path().join("targets/a"), "a").unwrap();
        assert!(!watch.look(folder.path()), "it is being copied");
        assert!(watch.look(folder.path()));
        assert!(!watch.look(folder.path()), "it was tried");
        fs::write(&timestamp, "22").unwrap();
        assert!(!watch.look(folder.path()));
        assert!(watch.look(folder.path()));
        // A stick that was pulled out is tried again when it comes back changed only.
        fs::rename(folder.path().join("metadata"), folder.path().join("away")).unwrap();
        assert!(!watch.look(folder.path()));
    }
}
