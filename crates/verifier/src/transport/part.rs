//! One part of a presentation in parts: `ur:bytes/SEQUENCE-COUNT/WORDS` (BCR-2020-005,
//! BCR-2024-001).

use super::{MAX_MESSAGE, MAX_PARTS, bytewords};
use minicbor::Decoder;
use zeroize::Zeroizing;

const SCHEME: &[u8] = b"ur:bytes/";

/// Characters of a part at most: what one symbol holds.
const MAX_PART_TEXT: usize = 4_296;

/// Which message a part belongs to: the same for all parts of one, as good as never for those of
/// two. It says nothing of the content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Message {
    checksum: u32,
    length: u32,
    count: u32,
    fragment: u32,
}

impl Message {
    /// The message that this symbol is a sound part of, if it is one.
    pub fn of(symbol: &[u8]) -> Option<Self> {
        let UrText::Part { text, .. } = UrText::of(symbol)? else {
            return None;
        };
        Part::read(text).map(|part| part.message)
    }

    /// The checksum that the whole must have.
    pub(super) fn checksum(self) -> u32 {
        self.checksum
    }

    /// Bytes of the whole.
    pub(super) fn length(self) -> usize {
        whole(self.length)
    }

    /// Fragments that it is cut into.
    pub(super) fn count(self) -> usize {
        whole(self.count)
    }

    /// Bytes of a fragment.
    pub(super) fn fragment(self) -> usize {
        whole(self.fragment)
    }

    /// More than is taken.
    pub(super) fn is_too_large(self) -> bool {
        self.length() > MAX_MESSAGE || self.count() > MAX_PARTS
    }

    /// So many fragments of this size hold so much and no fragment is empty.
    fn is_sound(self) -> bool {
        let [length, count, fragment] = [self.length, self.count, self.fragment].map(u64::from);
        count > 0 && fragment * count >= length && fragment * (count - 1) < length
    }
}

/// A part, read and with its own CRC-32 in order.
pub(super) struct Part {
    pub(super) message: Message,
    pub(super) sequence: u32,
    /// A fragment, or the sum of several. Wiped when dropped.
    pub(super) data: Zeroizing<Vec<u8>>,
}

impl Part {
    /// The part behind `ur:bytes/`. `None` where it is damaged or contradicts itself.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        if text.len() > MAX_PART_TEXT {
            return None;
        }
        let mut pieces = text.split(|byte| *byte == b'/');
        let (place, words, None) = (pieces.next()?, pieces.next()?, pieces.next()) else {
            return None;
        };
        let bytes = bytewords::decode(words)?;
        let mut decoder = Decoder::new(&bytes);
        let Ok(Some(5)) = decoder.array() else {
            return None;
        };
        let mut number = || decoder.u32().ok();
        let (sequence, count, length, checksum) = (number()?, number()?, number()?, number()?);
        let data = decoder.bytes().ok()?;
        let message = Message {
            checksum,
            length,
            count,
            fragment: u32::try_from(data.len()).ok()?,
        };
        let is_whole = decoder.position() == bytes.len();
        let is_sound = is_whole && sequence > 0 && message.is_sound();
        (is_sound && numbers(place)? == (sequence, count)).then(|| Self {
            message,
            sequence,
            data: Zeroizing::new(data.to_vec()),
        })
    }
}

/// A text of the type `bytes`.
pub(super) enum UrText<'a> {
    /// The whole message in one: its words.
    Whole(&'a [u8]),
    /// A part of one: its numbers and words.
    Part { text: &'a [u8] },
}

impl<'a> UrText<'a> {
    /// What stands behind `ur:bytes/`; `None` where something else stands in front.
    pub(super) fn of(symbol: &'a [u8]) -> Option<Self> {
        let (scheme, text) = symbol.split_at_checked(SCHEME.len())?;
        if !scheme.eq_ignore_ascii_case(SCHEME) {
            return None;
        }
        Some(if text.contains(&b'/') {
            Self::Part { text }
        } else {
            Self::Whole(text)
        })
    }
}

/// `7-20`: decimal digits only, no more than a number of 32 bits has.
fn numbers(place: &[u8]) -> Option<(u32, u32)> {
    let number = |digits: &[u8]| {
        let is_number = (1..=10).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(digits).ok().filter(|_| is_number)?;
        text.parse().ok()
    };
    let mut pieces = place.split(|byte| *byte == b'-');
    let (sequence, count, None) = (pieces.next()?, pieces.next()?, pieces.next()) else {
        return None;
    };
    Some((number(sequence)?, number(count)?))
}

fn whole(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::ur::bytewords::{Style, encode};

    fn cbor(sequence: u32, count: u32, length: u32, checksum: u32, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = minicbor::Encoder::new(&mut out);
        encoder.array(5).unwrap();
        for number in [sequence, count, length, checksum] {
            encoder.u32(number).unwrap();
        }
        encoder.bytes(data).unwrap();
        out
    }

    fn read(place: &str, cbor: &[u8]) -> Option<Part> {
        Part::read(format!("{place}/{}", encode(cbor, Style::Minimal)).as_bytes())
    }

    #[test]
    fn reads_a_part_and_what_it_belongs_to() {
        let part = read("4-3", &cbor(4, 3, 11, 9, &[1, 2, 3, 4])).unwrap();
        assert_eq!((part.sequence, part.data.to_vec()), (4, vec![1, 2, 3, 4]));
        let message = part.message;
        assert_eq!(
            (
                message.count(),
                message.length(),
                message.fragment(),
                message.checksum()
            ),
            (3, 11, 4, 9)
        );
    }

    #[test]
    fn refuses_a_part_that_contradicts_itself() {
        let sound = |n| cbor(n, 3, 11, 9, &[1, 2, 3, 4]);
        for place in [
            "3-3",
            "4-4",
            "4",
            "-4-3",
            "4-3-",
            "+4-3",
            " 4-3",
            "4-3 ",
            "00000000004-3",
            "",
        ] {
            assert!(read(place, &sound(4)).is_none(), "{place}");
        }
        assert!(
            read("04-3", &sound(4)).is_some(),
            "zeros in front change nothing"
        );
        assert!(
            read("0-3", &sound(0)).is_none(),
            "parts are counted from one"
        );
        for (what, bytes) in [
            ("no fragments", cbor(1, 0, 0, 0, &[])),
            ("empty fragments", cbor(1, 3, 0, 0, &[])),
            ("too short for its length", cbor(1, 3, 13, 9, &[1, 2, 3, 4])),
            ("a fragment to spare", cbor(1, 3, 8, 9, &[1, 2, 3, 4])),
            ("a length of nothing", cbor(1, 1, 0, 9, &[1])),
            ("a byte behind", [sound(4), vec![0]].concat()),
            ("a member missing", vec![0x84, 1, 1, 1, 1]),
            ("no array", vec![0x01]),
            ("nothing", vec![]),
            (
                "a length of 64 bits",
                vec![0x85, 1, 1, 0x1b, 0, 0, 0, 1, 0, 0, 0, 0, 9, 0x41, 1],
            ),
        ] {
            assert!(
                read("1-3", &bytes).is_none() && read("4-3", &bytes).is_none(),
                "{what}"
            );
        }
        assert!(read("1-1", &cbor(1, 1, 1, 9, &[1])).is_some());
    }

    #[test]
    fn a_claim_of_four_thousand_million_costs_nothing() {
        let part = read(
            "4294967295-4294967295",
            &cbor(u32::MAX, u32::MAX, u32::MAX, 0, &[1]),
        );
        assert!(part.unwrap().message.is_too_large());
    }

    #[test]
    fn a_text_longer_than_a_symbol_is_not_looked_at() {
        let part = cbor(1, 1, 3_000, 9, &[7; 3_000]);
        assert!(read("1-1", &part).is_none());
    }
}
