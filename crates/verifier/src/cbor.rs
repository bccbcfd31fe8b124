//! CBOR (RFC 8949) as received: exact spans, nothing re-encoded.
//!
//! [`Item::whole`] is the only way in. It walks the whole input once and takes it only when every
//! item in it is well formed, no map holds a key twice, nothing nests deeper than [`MAX_DEPTH`]
//! and no byte is left over. Behind it an [`Item`] is a span of those bytes; reading one never
//! allocates more than the list of its own members.

mod span;
#[cfg(test)]
mod tests;

use crate::Reason;
use minicbor::data::Type;
use minicbor::decode::{Decoder, Error};
use span::{BREAK, end, head};

/// Nesting taken at most. An mdoc needs 9 and its portrait none; the call stack needs little.
pub(crate) const MAX_DEPTH: usize = 24;

/// One well-formed data item, as the bytes that were received.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    bytes: &'a [u8],
}

/// The members of a map, in the order received; no key twice.
pub(crate) struct Map<'a> {
    /// Keys and values by turns.
    flat: Vec<Item<'a>>,
}

impl<'a> Item<'a> {
    /// The one item that these bytes hold.
    ///
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`.
    pub(crate) fn whole(bytes: &'a [u8]) -> Result<Self, Reason> {
        let mut decoder = Decoder::new(bytes);
        well_formed(&mut decoder, MAX_DEPTH)?;
        if decoder.position() == bytes.len() {
            Ok(Self { bytes })
        } else {
            Err(Reason::Malformed)
        }
    }

    /// The bytes of this item with its head.
    pub(crate) fn encoded(self) -> &'a [u8] {
        self.bytes
    }

    fn decode<T>(self, read: impl FnOnce(&mut Decoder<'a>) -> Result<T, Error>) -> Option<T> {
        read(&mut Decoder::new(self.bytes)).ok()
    }

    pub(crate) fn text(self) -> Option<&'a str> {
        self.decode(Decoder::str)
    }

    /// Whether this is that text. The short form, which is nearly all keys, is compared as it is.
    fn is_text(self, text: &str) -> bool {
        match self.bytes.split_first() {
            Some((head @ 0x60..=0x77, rest)) => {
                usize::from(head - 0x60) == text.len() && rest == text.as_bytes()
            }
            _ => self.text() == Some(text),
        }
    }

    pub(crate) fn bytes(self) -> Option<&'a [u8]> {
        self.decode(Decoder::bytes)
    }

    pub(crate) fn flag(self) -> Option<bool> {
        self.decode(Decoder::bool)
    }

    pub(crate) fn int(self) -> Option<i64> {
        self.decode(Decoder::i64)
    }

    pub(crate) fn uint(self) -> Option<u64> {
        self.decode(Decoder::u64)
    }

    /// The number, whole or not, of at most 2^53: what lies beyond is not exact as a float.
    pub(crate) fn number(self) -> Option<f64> {
        const LIMIT: i64 = 1 << 53;
        let number = match self.int() {
            // Exact up to the limit.
            #[allow(clippy::cast_precision_loss)]
            Some(whole) if (-LIMIT..=LIMIT).contains(&whole) => whole as f64,
            Some(_) => return None,
            None => self.decode(|decoder| match decoder.datatype()? {
                Type::F16 => decoder.f16().map(f64::from),
                Type::F32 => decoder.f32().map(f64::from),
                _ => decoder.f64(),
            })?,
        };
        #[allow(clippy::cast_precision_loss)]
        (number.abs() <= LIMIT as f64).then_some(number)
    }

    pub(crate) fn is_null(self) -> bool {
        self.bytes == [0xf6]
    }

    /// The number of an unassigned simple value (RFC 8949 §3.3).
    pub(crate) fn simple(self) -> Option<u8> {
        match self.bytes {
            [0xf8, number] => Some(*number),
            _ => None,
        }
    }

    /// Whether no array and no map in it has an indefinite length.
    pub(crate) fn is_definite(self) -> bool {
        let is_indefinite = matches!(self.bytes.first(), Some(0x9f | 0xbf));
        !is_indefinite && self.parts().iter().all(|part| part.is_definite())
    }

    /// What stands directly in this item: members of an array, keys and values of a map, what a
    /// tag is on; nothing for any other.
    pub(crate) fn parts(self) -> Vec<Self> {
        if let Some(members) = self.array() {
            return members;
        }
        if let Some(map) = self.map() {
            return map.flat;
        }
        let tagged = self.tag().and_then(|tag| self.tagged(tag));
        tagged.into_iter().collect()
    }

    /// The members of this array.
    pub(crate) fn array(self) -> Option<Vec<Self>> {
        let mut decoder = Decoder::new(self.bytes);
        let count = decoder.array().ok()?;
        members(&decoder, count)
    }

    /// The members of this map.
    pub(crate) fn map(self) -> Option<Map<'a>> {
        let mut decoder = Decoder::new(self.bytes);
        let count = decoder.map().ok()?;
        let flat = members(&decoder, count.map(|pairs| pairs.saturating_mul(2)))?;
        Some(Map { flat })
    }

    /// What stands under this tag.
    pub(crate) fn tagged(self, tag: u64) -> Option<Self> {
        let mut decoder = Decoder::new(self.bytes);
        (decoder.tag().ok()?.as_u64() == tag).then_some(())?;
        Some(Self {
            bytes: self.bytes.get(decoder.position()..)?,
        })
    }

    /// The tag of this item, if it has one.
    pub(crate) fn tag(self) -> Option<u64> {
        self.decode(Decoder::tag).map(minicbor::data::Tag::as_u64)
    }

    /// The item inside tag 24 around a byte string (encoded CBOR, RFC 8949 §3.4.5.1).
    ///
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`.
    pub(crate) fn embedded(self) -> Result<Self, Reason> {
        let inner = self
            .tagged(24)
            .and_then(Self::bytes)
            .ok_or(Reason::Malformed)?;
        Item::whole(inner)
    }
}

impl<'a> Map<'a> {
    /// No members.
    pub(crate) const fn empty() -> Self {
        Self { flat: Vec::new() }
    }

    /// The value under this text key.
    pub(crate) fn text_key(&self, key: &str) -> Option<Item<'a>> {
        self.iter()
            .find(|(k, _)| k.is_text(key))
            .map(|(_, value)| value)
    }

    /// The value under this integer key.
    pub(crate) fn int_key(&self, key: i64) -> Option<Item<'a>> {
        self.iter()
            .find(|(k, _)| k.int() == Some(key))
            .map(|(_, value)| value)
    }

    /// The value that has to stand under this integer key.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn need_int(&self, key: i64) -> Result<Item<'a>, Reason> {
        self.int_key(key).ok_or(Reason::Malformed)
    }

    /// The value that has to stand under this text key.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn need(&self, key: &str) -> Result<Item<'a>, Reason> {
        self.text_key(key).ok_or(Reason::Malformed)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Item<'a>, Item<'a>)> + '_ {
        let pairs = self.flat.chunks_exact(2);
        pairs.filter_map(|pair| match pair {
            [key, value] => Some((*key, *value)),
            _ => None,
        })
    }
}

/// `count` items, or those up to the break of an indefinite length.
fn members<'a>(after_head: &Decoder<'a>, count: Option<u64>) -> Option<Vec<Item<'a>>> {
    let (input, mut at) = (after_head.input(), after_head.position());
    // An item takes a byte at least, so a declared length reserves no more than was received.
    let most = input.len().saturating_sub(at);
    let expected = usize::try_from(count.unwrap_or(8)).unwrap_or(usize::MAX);
    let mut found = Vec::with_capacity(expected.min(most));
    while count.is_none_or(|count| (found.len() as u64) < count) {
        if count.is_none() && input.get(at) == Some(&BREAK) {
            break;
        }
        let end = end(input, at)?;
        found.push(Item {
            bytes: input.get(at..end)?,
        });
        at = end;
    }
    Some(found)
}

/// Steps over one item and everything in it.
fn well_formed(decoder: &mut Decoder<'_>, depth: usize) -> Result<(), Reason> {
    let depth = depth.checked_sub(1).ok_or(Reason::Malformed)?;
    let broken = |_| Reason::Malformed;
    match decoder.datatype().map_err(broken)? {
        Type::Array | Type::ArrayIndef => {
            let count = decoder.array().map_err(broken)?;
            each(decoder, count, |decoder| well_formed(decoder, depth))
        }
        Type::Map | Type::MapIndef => {
            let count = decoder.map().map_err(broken)?;
            let mut keys: Vec<Key<'_>> = Vec::new();
            each(decoder, count, |decoder| {
                let start = decoder.position();
                well_formed(decoder, depth)?;
                let key = decoder
                    .input()
                    .get(start..decoder.position())
                    .ok_or(Reason::Malformed)?;
                keys.push(Key::of(key));
                well_formed(decoder, depth)
            })?;
            if is_any_twice(keys) {
                Err(Reason::DuplicateKey)
            } else {
                Ok(())
            }
        }
        Type::Tag => {
            decoder.tag().map_err(broken)?;
            well_formed(decoder, depth)
        }
        // Strings in pieces are refused: no profile writes them, and a span could not be compared.
        Type::BytesIndef | Type::StringIndef | Type::Break | Type::Unknown(_) => {
            Err(Reason::Malformed)
        }
        Type::String => decoder.str().map(drop).map_err(broken),
        Type::Bytes => decoder.bytes().map(drop).map_err(broken),
        _ => decoder.skip().map_err(broken),
    }
}

fn is_any_twice(mut keys: Vec<Key<'_>>) -> bool {
    keys.sort_unstable();
    keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

fn each<'a>(
    decoder: &mut Decoder<'a>,
    count: Option<u64>,
    mut one: impl FnMut(&mut Decoder<'a>) -> Result<(), Reason>,
) -> Result<(), Reason> {
    let Some(count) = count else {
        while decoder.datatype().map_err(|_| Reason::Malformed)? != Type::Break {
            one(decoder)?;
        }
        return decoder.skip().map_err(|_| Reason::Malformed);
    };
    // A declared length of billions ends at the last byte received, not before.
    for _ in 0..count {
        one(decoder)?;
    }
    Ok(())
}

/// A map key by its value, so that `1` and a longer encoding of `1` are the same key.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Int(i128),
    Text(&'a [u8]),
    Bytes(&'a [u8]),
    Other(&'a [u8]),
}

impl<'a> Key<'a> {
    fn of(encoded: &'a [u8]) -> Self {
        let Some((major, Some(argument), end)) = head(encoded, 0) else {
            return Self::Other(encoded);
        };
        let content = encoded.get(end..).unwrap_or_default();
        match major {
            0 => Self::Int(argument.into()),
            1 => Self::Int(-1 - i128::from(argument)),
            2 => Self::Bytes(content),
            3 => Self::Text(content),
            _ => Self::Other(encoded),
        }
    }
}
