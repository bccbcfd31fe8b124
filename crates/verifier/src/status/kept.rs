//! Where the bytes of a status list are kept: in memory, or wherever the caller keeps them. A
//! nation's lists are too much for the memory of a desk and are asked for one byte at a time.

/// The bytes of one list.
pub trait KeptBytes: Send + Sync {
    /// How many there are.
    fn count(&self) -> u64;

    /// The byte at this place below [`Self::count`]; `None` where it cannot be read.
    fn byte(&self, place: u64) -> Option<u8>;
}

/// Keeps the bytes of lists that were verified.
pub trait Keep: Send + Sync {
    /// These bytes, kept.
    fn keep(&mut self, bytes: Vec<u8>) -> Box<dyn KeptBytes>;
}

impl KeptBytes for Vec<u8> {
    fn count(&self) -> u64 {
        self.len() as u64
    }

    fn byte(&self, place: u64) -> Option<u8> {
        self.get(usize::try_from(place).ok()?).copied()
    }
}

/// Keeps them in memory.
pub(super) struct InMemory;

impl Keep for InMemory {
    fn keep(&mut self, bytes: Vec<u8>) -> Box<dyn KeptBytes> {
        Box::new(bytes)
    }
}
