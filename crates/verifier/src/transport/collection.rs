//! The parts of one message, as equations: complete when there are as many independent ones as
//! fragments, whichever they are.

use super::crc32;
use super::fountain::Degrees;
use super::part::{Message, Part};
use zeroize::Zeroizing;

/// Parts of one message. Memory is bounded by the message's own bounds, whatever comes: there are
/// never more rows than fragments, and a row has the size of a fragment.
pub(super) struct Collection {
    message: Message,
    degrees: Degrees,
    /// Row `n` has fragment `n` in its sum and none before it.
    rows: Vec<Option<Row>>,
    received: usize,
}

/// The sum of some fragments.
struct Row {
    of: Fragments,
    sum: Zeroizing<Vec<u8>>,
}

/// A set of fragments, a bit each.
struct Fragments(Vec<u64>);

impl Collection {
    /// Nothing of `message` yet. To be called for one that is not too large.
    pub(super) fn new(message: Message) -> Self {
        Self {
            message,
            degrees: Degrees::new(message.count()),
            rows: (0..message.count()).map(|_| None).collect(),
            received: 0,
        }
    }

    pub(super) fn message(&self) -> Message {
        self.message
    }

    /// Parts that told something that the others had not, and how many it takes.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.received, self.rows.len())
    }

    pub(super) fn is_complete(&self) -> bool {
        self.received == self.rows.len()
    }

    /// Takes what the part has to tell, if that is anything new.
    pub(super) fn add(&mut self, part: Part) {
        let drawn = self
            .degrees
            .fragments(part.sequence, self.message.checksum());
        let mut row = Row {
            of: Fragments::of(&drawn, self.rows.len()),
            sum: part.data,
        };
        while let Some(first) = row.of.first() {
            let Some(place) = self.rows.get_mut(first) else {
                return;
            };
            let Some(known) = place else {
                *place = Some(row);
                self.received += 1;
                return;
            };
            row.subtract(known);
        }
    }

    /// The message, where it is complete and is what its checksum says.
    pub(super) fn message_bytes(self) -> Option<Zeroizing<Vec<u8>>> {
        let size = self.message.fragment();
        let mut bytes = Zeroizing::new(vec![0; size.checked_mul(self.rows.len())?]);
        for (at, row) in self.rows.into_iter().enumerate().rev() {
            let Row { of, mut sum } = row?;
            // All fragments behind this one are known by now.
            for other in of.iter().filter(|other| *other > at) {
                add_to(&mut sum, bytes.get(other * size..(other + 1) * size)?);
            }
            bytes
                .get_mut(at * size..(at + 1) * size)?
                .copy_from_slice(&sum);
        }
        let (message, padding) = bytes.split_at_checked(self.message.length())?;
        let is_right =
            padding.iter().all(|byte| *byte == 0) && crc32::sum(message) == self.message.checksum();
        bytes.truncate(self.message.length());
        is_right.then_some(bytes)
    }
}

impl Row {
    fn subtract(&mut self, other: &Self) {
        for (word, others) in self.of.0.iter_mut().zip(&other.of.0) {
            *word ^= others;
        }
        add_to(&mut self.sum, &other.sum);
    }
}

fn add_to(sum: &mut [u8], other: &[u8]) {
    for (byte, others) in sum.iter_mut().zip(other) {
        *byte ^= others;
    }
}

impl Fragments {
    fn of(drawn: &[usize], count: usize) -> Self {
        let mut words = vec![0; count.div_ceil(64)];
        for fragment in drawn {
            if let Some(word) = words.get_mut(fragment / 64) {
                *word |= 1 << (fragment % 64);
            }
        }
        Self(words)
    }

    fn first(&self) -> Option<usize> {
        let (at, word) = self.0.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(at * 64 + usize::try_from(word.trailing_zeros()).ok()?)
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        let has = |(at, word): (usize, &u64)| {
            let word = *word;
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        };
        self.0.iter().enumerate().flat_map(has)
    }
}
