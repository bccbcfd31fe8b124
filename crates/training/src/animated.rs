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

/// The parts of one presentation, without end: first its fragments, then sums of them.
pub struct Parts {
    encoder: Option<ur::Encoder<'static>>,
}

impl Parts {
    /// The parts of a message with this body, of at most so many bytes each.
    #[must_use]
    pub fn new(body: &[u8], part_bytes: usize) -> Self {
        // A byte string is never empty, not even around nothing, so there is an encoder.
        let message = encode(&bytes(body));
        let encoder = ur::Encoder::bytes(&message, part_bytes.max(1));
        Self {
            encoder: encoder.ok(),
        }
    }

    /// Parts that it takes at least.
    #[must_use]
    pub fn needed(&self) -> usize {
        self.encoder.as_ref().map_or(0, ur::Encoder::fragment_count)
    }
}

impl Iterator for Parts {
    type Item = String;

    /// The content of the next code.
    fn next(&mut self) -> Option<String> {
        let part = self.encoder.as_mut()?.next_part();
        part.ok().map(|text| text.to_ascii_uppercase())
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
