//! Buffers that come back: at thirty frames a second of two megabytes each, asking the system for
//! memory and giving it back costs more than filling it.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// Buffers kept at most: one being filled, one waiting, one being scanned, and one to spare.
const KEPT: usize = 4;

type Shelf = Arc<Mutex<Vec<Vec<u8>>>>;

/// Where buffers wait for their next frame. Clones share it.
#[derive(Clone)]
pub(super) struct Pool(Shelf);

/// Bytes that go back to their pool when they are dropped.
pub(super) struct Buffer {
    bytes: Vec<u8>,
    home: Shelf,
}

impl Pool {
    pub(super) fn new() -> Self {
        // Room for all from the start: giving back never allocates.
        Self(Arc::new(Mutex::new(Vec::with_capacity(KEPT))))
    }

    /// An empty buffer, one that was used before if there is one.
    pub(super) fn take(&self) -> Buffer {
        let used = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut bytes = used.unwrap_or_default();
        bytes.clear();
        Buffer {
            bytes,
            home: Arc::clone(&self.0),
        }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut shelf = self.home.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() < KEPT {
            shelf.push(std::mem::take(&mut self.bytes));
        }
    }
}

impl Deref for Buffer {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.bytes
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_empty_and_with_its_room() {
        let pool = Pool::new();
        let mut buffer = pool.take();
        buffer.extend([7; 1_000]);
        let place = buffer.as_ptr();
        drop(buffer);
        let again = pool.take();
        assert!(again.is_empty());
        assert_eq!((again.as_ptr(), again.capacity() >= 1_000), (place, true));
    }

    #[test]
    fn no_more_are_kept_than_a_stream_needs() {
        let pool = Pool::new();
        let many: Vec<_> = (0..20).map(|_| pool.take()).collect();
        drop(many);
        assert_eq!(pool.0.lock().unwrap().len(), KEPT);
    }
}
