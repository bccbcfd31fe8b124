//! From a whole, corrected grid to the bytes that were encoded in it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rqrr::{Grid, SimpleGrid};
use rxing::common::BitMatrix;
use rxing::qrcode::cpp_port::decoder;

/// A build that aborts on panic would let one stranger's picture end the desk.
#[cfg(panic = "abort")]
compile_error!("the scanner contains panics of its decoders and needs panic = \"unwind\"");

/// The bytes of the symbol with these modules; `None` if its segments are not whole.
pub(crate) fn content(modules: &[bool], side: usize) -> Option<Vec<u8>> {
    let dark = |x: usize, y: usize| modules.get(y * side + x).copied().unwrap_or(false);
    contained(|| {
        let mut bytes = Vec::new();
        let grid = Grid::new(SimpleGrid::from_func(side, dark));
        if grid.decode_to(&mut bytes).is_ok() {
            return Some(bytes);
        }
        // Symbols in a set of several, and those that mark an application (FNC1), are known to
        // the other decoder only.
        let side = u32::try_from(side).ok()?;
        let mut matrix = BitMatrix::new(side, side).ok()?;
        for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
            if dark(x as usize, y as usize) {
                matrix.set(x, y);
            }
        }
        decoded(&matrix)
    })
}

/// The bytes of a sampled symbol, or `None` if its error correction fails.
pub(crate) fn decoded(bits: &BitMatrix) -> Option<Vec<u8>> {
    let decoded = decoder::Decode(bits).ok()?;
    decoded
        .isValid()
        .then(|| decoded.content().bytes().to_vec())
}

/// What `reading` gives, or nothing if it panics. The message of a panic goes to the process's
/// panic hook, as always; those of the decoders name positions and lengths, never content.
pub(crate) fn contained<T>(reading: impl FnOnce() -> Option<T>) -> Option<T> {
    // Unwind safe: a reading borrows what it cannot change, and makes everything else.
    catch_unwind(AssertUnwindSafe(reading)).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_reads_as_nothing() {
        assert!(contained(|| -> Option<()> { panic!("index out of bounds") }).is_none());
    }
}
