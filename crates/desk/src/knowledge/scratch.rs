//! The bytes of status lists on the disk: inflated once, when the desk learns them, and mapped into
//! memory, so that a look-up touches one byte and a nation's lists take none of the desk's own memory.
//!
//! The files have no name. What is in them was verified a moment before, so there is nothing at rest
//! that somebody could edit to turn a revoked card valid: a desk that starts again verifies and
//! inflates again, which takes a nation's lists a fraction of a second (`cargo xtask bench bundle`).

use std::io::Write;
use std::path::{Path, PathBuf};

use hwagin_verifier::status::{Keep, KeptBytes};
use mmap_io::{MemoryMappedFile, MmapMode};

/// Lists shorter than a page stay in memory: a file would not be smaller than the bookkeeping.
const SMALL: usize = 4 * 1024;

/// Makes a nameless file for each list.
pub(super) struct Scratch(PathBuf);

/// A list in such a file.
struct Mapped(MemoryMappedFile);

impl Scratch {
    /// On the disk of that folder; where nothing can be written there, where the system keeps what is
    /// passing.
    pub(super) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// These bytes in a file; `None` where none can be made, or the disk is full.
    fn mapped(&self, bytes: &[u8]) -> Option<Mapped> {
        let made = tempfile::tempfile_in(&self.0).or_else(|_| tempfile::tempfile());
        let mut file = made.ok()?;
        // Written, and not only made longer: a page that the disk has no room for cannot be read.
        file.write_all(bytes).ok()?;
        let mapped = MemoryMappedFile::from_file(file, MmapMode::ReadOnly, "status list");
        let mapped = Mapped(mapped.ok()?);
        (mapped.bytes().len() == bytes.len()).then_some(mapped)
    }
}

impl Keep for Scratch {
    fn keep(&mut self, bytes: Vec<u8>) -> Box<dyn KeptBytes> {
        if bytes.len() < SMALL {
            return Box::new(bytes);
        }
        match self.mapped(&bytes) {
            Some(mapped) => Box::new(mapped),
            // A full disk costs memory and no verdict.
            None => Box::new(bytes),
        }
    }
}

impl Mapped {
    fn bytes(&self) -> &[u8] {
        let all = self.0.as_slice_bytes(0, self.0.len());
        all.unwrap_or_default()
    }
}

impl KeptBytes for Mapped {
    fn count(&self) -> u64 {
        self.0.len()
    }

    fn byte(&self, place: u64) -> Option<u8> {
        self.0.as_slice_bytes(place, 1).ok()?.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_back_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let mut scratch = Scratch::new(folder.path());
        let pattern = |seed: u8, length: usize| -> Vec<u8> {
            (0..length).map(|at| (at % 251) as u8 ^ seed).collect()
        };
        let lists: Vec<_> = [(1, 5_000), (2, 100), (3, 70_000), (4, 4_096)]
            .map(|(seed, length)| pattern(seed, length))
            .into();
        let kept: Vec<_> = lists
            .iter()
            .map(|list| scratch.keep(list.clone()))
            .collect();
        for (list, kept) in lists.iter().zip(&kept) {
            assert_eq!(kept.count(), list.len() as u64);
            for (place, byte) in list.iter().enumerate() {
                assert_eq!(kept.byte(place as u64), Some(*byte));
            }
            assert_eq!(kept.byte(list.len() as u64), None);
        }
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 0, "no file has a name");
    }

    #[test]
    fn where_no_file_can_be_made_lists_are_kept_all_the_same() {
        let mut scratch = Scratch::new(Path::new("no/such/folder"));
        let kept = scratch.keep(vec![7; 10_000]);
        assert_eq!((kept.count(), kept.byte(9_999)), (10_000, Some(7)));
    }
}
