//! The bytes of status lists on the disk: inflated once, when the desk learns them, and read a byte
//! at a time.
//!
//! The file has no name. What is in it was verified a moment before, so there is nothing at rest that
//! somebody could edit to turn a revoked card valid: a desk that starts again verifies and inflates
//! again, which takes a nation's lists a fraction of a second (`cargo xtask bench bundle`).

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use hwagin_verifier::status::{Keep, KeptBytes};

/// Lists shorter than this stay in memory: a file would not be smaller than the bookkeeping.
const SMALL: usize = 4 * 1024;

/// A nameless file, and how much is in it.
pub(super) struct Scratch {
    file: Option<Arc<File>>,
    length: u64,
}

/// A list in that file.
struct Slice {
    file: Arc<File>,
    from: u64,
    count: u64,
}

impl Scratch {
    /// A file on the disk of that folder; where none can be made, lists stay in memory.
    pub(super) fn new(folder: &Path) -> Self {
        let file = tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile());
        Self {
            file: file.ok().map(Arc::new),
            length: 0,
        }
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<Slice> {
        let shared = self.file.as_ref().ok_or(io::ErrorKind::NotFound)?;
        let (mut file, from) = (shared.as_ref(), self.length);
        file.seek(SeekFrom::Start(from))?;
        file.write_all(bytes)?;
        let count = bytes.len() as u64;
        self.length += count;
        Ok(Slice {
            file: Arc::clone(shared),
            from,
            count,
        })
    }
}

impl Keep for Scratch {
    fn keep(&mut self, bytes: Vec<u8>) -> Box<dyn KeptBytes> {
        if bytes.len() < SMALL {
            return Box::new(bytes);
        }
        match self.append(&bytes) {
            Ok(slice) => Box::new(slice),
            // A full disk costs memory and no verdict.
            Err(_) => {
                self.file = None;
                Box::new(bytes)
            }
        }
    }
}

impl KeptBytes for Slice {
    fn count(&self) -> u64 {
        self.count
    }

    fn byte(&self, place: u64) -> Option<u8> {
        let mut byte = [0];
        read_at(&self.file, &mut byte, self.from.checked_add(place)?).ok()?;
        let [byte] = byte;
        Some(byte)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], place: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, place)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], place: u64) -> io::Result<()> {
    match std::os::windows::fs::FileExt::seek_read(file, bytes, place)? {
        read if read == bytes.len() => Ok(()),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_back_byte_for_byte() {
        let mut scratch = Scratch::new(&std::env::temp_dir());
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
        }
    }

    #[test]
    fn without_a_disk_lists_stay_in_memory() {
        let mut scratch = Scratch {
            file: None,
            length: 0,
        };
        let kept = scratch.keep(vec![7; 10_000]);
        assert_eq!((kept.count(), kept.byte(9_999)), (10_000, Some(7)));
    }
}
