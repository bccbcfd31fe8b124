//! A presentation that is too large for one code, as a phone plays it: parts by UR 2
//! (BCR-2020-005, BCR-2024-001), upper case for the alphanumeric mode of a QR code.
//!
//! The figures of the optical presentation stand here and nowhere else.

use crate::cbor::{bytes, encode};
use crate::mint::Presentation;

/// A body of up to so many bytes is shown as one code: of version 25, which webcams read well.
pub const SINGLE_UP_TO: usize = 1_232;

/// Bytes of the presentation in each part: a code of version 11.
pub const PART_BYTES: usize = 200;

/// Bytes of a part at most: a code of version 14, and 15 is the largest that a phone should play.
pub const PART_BYTES_MAX: usize = 300;

/// Codes that a phone shows in a second.
pub const CODES_A_SECOND: u32 = 10;

/// The parts of one presentation, without end: its fragments, then as many sums of them, then the
/// fragments again, then other sums, and so on.
///
/// Who begins to look somewhere in the middle soon has many fragments; who lost some of them gets
/// them from the sums. Only sums of at least half of the fragments are played: one of few tells
/// nothing new in most cases to who has nearly all.
pub struct Parts {
    encoder: Option<Encoder>,
    fragments: Vec<String>,
    played: usize,
}

/// Writes the parts, and knows which fragments are in them.
struct Encoder {
    texts: ur::Encoder<'static>,
    sums: ur::fountain::Encoder,
}

impl Parts {
    /// The parts of a message with this body, of at most so many bytes each.
    #[must_use]
    pub fn new(body: &[u8], part_bytes: usize) -> Self {
        // A byte string is never empty, not even around nothing, so there is an encoder.
        let (message, size) = (encode(&bytes(body)), part_bytes.max(1));
        let texts = ur::Encoder::bytes(&message, size).ok();
        let sums = ur::fountain::Encoder::new(&message, size).ok();
        let encoder = texts.zip(sums).map(|(texts, sums)| Encoder { texts, sums });
        Self {
            encoder,
            fragments: Vec::new(),
            played: 0,
        }
    }

    /// Parts that it takes at least.
    #[must_use]
    pub fn needed(&self) -> usize {
        let count = |encoder: &Encoder| encoder.sums.fragment_count();
        self.encoder.as_ref().map_or(0, count)
    }
}

impl Iterator for Parts {
    type Item = String;

    /// The content of the next code.
    fn next(&mut self) -> Option<String> {
        let encoder = self.encoder.as_mut()?;
        let count = encoder.sums.fragment_count();
        let place = self.played % (2 * count).max(1);
        self.played += 1;
        if place >= count {
            return encoder.next_of(count.div_ceil(2));
        }
        if let Some(fragment) = self.fragments.get(place) {
            return Some(fragment.clone());
        }
        let fragment = encoder.next_of(1)?;
        self.fragments.push(fragment.clone());
        Some(fragment)
    }
}

impl Encoder {
    /// The next part that is the sum of at least so many fragments.
    fn next_of(&mut self, fragments: usize) -> Option<String> {
        loop {
            let (part, text) = (self.sums.next_part(), self.texts.next_part().ok()?);
            if part.indexes().len() >= fragments {
                return Some(text.to_ascii_uppercase());
            }
        }
    }
}

impl Presentation {
    /// Whether a phone shows it as a sequence of codes, and not as one.
    #[must_use]
    pub fn is_animated(&self) -> bool {
        self.body.len() > SINGLE_UP_TO
    }

    /// Its parts, of [`PART_BYTES`] each.
    #[must_use]
    pub fn parts(&self) -> Parts {
        Parts::new(&self.body, PART_BYTES)
    }
}
