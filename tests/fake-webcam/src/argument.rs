//! Reading and writing the structures of Video4Linux.

/// The structure that a request points at.
pub(crate) struct Argument(pub(crate) *mut u8);

impl Argument {
    pub(crate) fn get(&self, offset: usize) -> u32 {
        // SAFETY: `answer` was promised a structure that is longer than every offset used for its
        // request; it need not be aligned.
        unsafe { self.0.add(offset).cast::<u32>().read_unaligned() }
    }

    pub(crate) fn set(&self, offset: usize, value: u32) {
        // SAFETY: as above.
        unsafe { self.0.add(offset).cast::<u32>().write_unaligned(value) };
    }

    pub(crate) fn set_text(&self, offset: usize, text: &[u8]) {
        // SAFETY: as above; the texts below are shorter than their fields, which the caller zeroed
        // or which end here.
        unsafe {
            self.0
                .add(offset)
                .copy_from_nonoverlapping(text.as_ptr(), text.len());
            self.0.add(offset + text.len()).write(0);
        }
    }
}
