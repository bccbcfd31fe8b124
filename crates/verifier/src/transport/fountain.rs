//! Which fragments of a message a part is the sum of (BCR-2024-001): everybody who knows the
//! part's number and the message's checksum draws the same ones.

use aws_lc_rs::digest::{SHA256, digest};

/// How likely a sum of so many fragments is: 1, 1/2, 1/3 …, to be drawn from in one step (Walker's
/// alias method).
pub(super) struct Degrees {
    rows: Vec<Chance>,
}

/// Of one degree and the one it shares its row with.
#[derive(Clone, Copy)]
struct Chance {
    stays: f64,
    other: usize,
}

impl Degrees {
    /// For a message of this many fragments.
    #[allow(
        clippy::cast_precision_loss,
        reason = "at most `MAX_PARTS`, which a float holds"
    )]
    pub(super) fn new(count: usize) -> Self {
        let weights = (1..=count).map(|degree| 1.0 / degree as f64);
        let scale = count as f64 / weights.clone().sum::<f64>();
        let mut left: Vec<f64> = weights.map(|weight| weight * scale).collect();
        let mut rows: Vec<_> = (0..count)
            .map(|other| Chance { stays: 1.0, other })
            .collect();
        // The order in which rows are paired is part of the specification.
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..count)
            .rev()
            .partition(|row| left.get(*row).is_some_and(|weight| *weight < 1.0));
        while let (Some(one), Some(other)) = (small.last().copied(), large.last().copied()) {
            small.pop();
            large.pop();
            let stays = left.get(one).copied().unwrap_or(1.0);
            if let Some(row) = rows.get_mut(one) {
                *row = Chance { stays, other };
            }
            let Some(rest) = left.get_mut(other) else {
                break;
            };
            *rest += stays - 1.0;
            if *rest < 1.0 {
                small.push(other);
            } else {
                large.push(other);
            }
        }
        Self { rows }
    }

    /// The fragments, counted from 0, that part `sequence` of a message with this checksum is the
    /// sum of. The first parts are the fragments themselves, one each.
    pub(super) fn fragments(&self, sequence: u32, checksum: u32) -> Vec<usize> {
        let count = self.rows.len();
        let first = usize::try_from(sequence).unwrap_or(usize::MAX);
        if first <= count {
            return first.checked_sub(1).into_iter().collect();
        }
        let mut random = Random::new(sequence, checksum);
        let row = random.below(count);
        let Chance { stays, other } = self.rows.get(row).copied().unwrap_or(Chance {
            stays: 1.0,
            other: row,
        });
        let degree = if random.part() < stays { row } else { other } + 1;
        let mut all: Vec<usize> = (0..count).collect();
        let mut drawn = Vec::with_capacity(degree);
        while drawn.len() < degree && !all.is_empty() {
            let at = random.below(all.len());
            drawn.push(all.remove(at.min(all.len() - 1)));
        }
        drawn
    }
}

/// Xoshiro256** (Blackman and Vigna), seeded with a hash.
struct Random([u64; 4]);

impl Random {
    fn new(sequence: u32, checksum: u32) -> Self {
        let seed = u64::from(sequence) << 32 | u64::from(checksum);
        let hash = digest(&SHA256, &seed.to_be_bytes());
        let mut state = [0; 4];
        for (word, bytes) in state.iter_mut().zip(hash.as_ref().chunks_exact(8)) {
            *word = bytes
                .iter()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        Self(state)
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.0;
        let next = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        next
    }

    /// From 0 to just below 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits are what a float holds")]
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 to just below `count`.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a count that a float holds, rounded down"
    )]
    fn below(&mut self, count: usize) -> usize {
        (self.part() * count as f64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `part_of(message, size, sequence)` of the other implementation.
    fn others(count: usize, checksum_of: &[u8]) -> Vec<Vec<usize>> {
        let size = checksum_of.len().div_ceil(count);
        let mut encoder = ::ur::fountain::Encoder::new(checksum_of, size).unwrap();
        assert_eq!(encoder.fragment_count(), count);
        (0..200 + count)
            .map(|_| encoder.next_part().indexes())
            .collect()
    }

    #[test]
    fn draws_the_fragments_that_another_implementation_draws() {
        for (count, length) in [
            (1, 10),
            (2, 11),
            (9, 256),
            (23, 4_600),
            (100, 10_000),
            (511, 40_880),
        ] {
            let message: Vec<u8> = (0..length)
                .map(|at: usize| at.to_le_bytes()[0] ^ 0x5a)
                .collect();
            let checksum = super::super::crc32::sum(&message);
            let degrees = Degrees::new(count);
            for (number, theirs) in (1_u32..).zip(others(count, &message)) {
                assert_eq!(
                    degrees.fragments(number, checksum),
                    theirs,
                    "part {number} of {count}"
                );
            }
        }
    }

    #[test]
    fn every_number_draws_some_and_none_twice() {
        for count in [1, 2, 3, 50, 512] {
            let degrees = Degrees::new(count);
            for sequence in [1, 2, 511, 512, 513, 1_000_000, u32::MAX] {
                let mut drawn = degrees.fragments(sequence, 7);
                assert!(!drawn.is_empty() && drawn.iter().all(|at| *at < count));
                let before = drawn.len();
                drawn.sort_unstable();
                drawn.dedup();
                assert_eq!(drawn.len(), before);
            }
        }
        assert_eq!(Degrees::new(3).fragments(0, 0), Vec::<usize>::new());
        assert_eq!(Degrees::new(0).fragments(1, 0), Vec::<usize>::new());
    }
}
