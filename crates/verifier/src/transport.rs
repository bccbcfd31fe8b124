//! The text of a symbol to the bytes of a presentation.
//!
//! The text form is `HWG1:` and base45 (RFC 9285) of a body. The first byte of the body says how
//! the rest is packed: `0` as it is, `1` zlib (RFC 1950). A body that is too large for one symbol
//! comes in parts, `ur:bytes/…` (BCR-2020-005), which an [`Assembler`] puts together. The
//! specification is docs/optical-presentation.md. A symbol with anything else is no credential and
//! no failure: it gives a [`Hint`].

mod assembler;
mod bytewords;
mod collection;
mod crc32;
mod document;
mod foreign;
mod fountain;
mod hint;
mod part;
#[cfg(test)]
mod tests;

pub use assembler::{ABANDONED_AFTER, Assembler, Progress, Taken};
pub use hint::Hint;
pub use part::Message;

use crate::{Reason, base45};
use part::UrText;
use zeroize::Zeroizing;

/// The text of every presentation starts so.
pub const PREFIX: &str = "HWG1:";

/// Characters taken at most. One symbol holds 4,296; the rest is room for presentations that are
/// pasted or read from a file, with a portrait of 15 KB.
pub const MAX_TEXT: usize = 64 * 1024;

/// Bytes taken at most once inflated: what [`MAX_TEXT`] can hold uncompressed, rounded up, so
/// that zlib never buys a sender more room than plain text has.
pub const MAX_BODY: usize = 48 * 1024;

/// Bytes of a message in parts at most: what [`MAX_TEXT`] holds, so that parts never buy a sender
/// more room than plain text has, and the head of the byte string around it.
pub const MAX_MESSAGE: usize = MAX_TEXT / 3 * 2 + 3;

/// Parts that a message may take at most. The largest message is 219 parts of 200 bytes; a phone
/// that cuts finer than 86 bytes has no reason to.
pub const MAX_PARTS: usize = 512;

const PLAIN: u8 = 0;
const ZLIB: u8 = 1;

/// The bytes of one presentation, unread. Wiped when dropped.
pub struct Payload {
    bytes: Zeroizing<Vec<u8>>,
    container: Container,
}

/// What a presentation came in, and so what its bytes have to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Container {
    /// The optical presentation: an envelope around an mdoc, or a key binding token.
    Optical,
    /// A `DeviceResponse` by itself.
    Mdoc,
    /// An SD-CWT or a key binding token by itself.
    SdCwt,
    /// `HC1:`
    Hcert,
    /// `LT1:`
    LightHcert,
    /// `NZCP:/1/`
    Nzcp,
    /// base45 of a zlib stream, without a prefix.
    Claim169,
}

impl Payload {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn container(&self) -> Container {
        self.container
    }

    /// Its bytes, text form and packing taken off.
    pub fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it was made to be shown to a desk, and not as a document for anybody.
    pub fn is_optical(&self) -> bool {
        self.container == Container::Optical
    }

    /// A presentation that was captured without its text form: a `DeviceResponse`, an SD-CWT, a
    /// key binding token or another signed document, encoded. `None` for any other bytes.
    pub fn captured(bytes: &[u8]) -> Option<Self> {
        (bytes.len() <= MAX_BODY).then(|| document::captured(bytes))?
    }
}

/// What came out of a symbol.
pub enum Scanned {
    /// A presentation to verify.
    Presentation(Payload),
    /// Not one.
    Foreign(Hint),
}

/// The presentation in a symbol, or what else it is. One that comes in parts is for an
/// [`Assembler`].
///
/// # Errors
/// `transport.too_large`, `transport.undecodable`: it says it is a presentation and is not.
pub fn read(symbol: &[u8]) -> Result<Scanned, Reason> {
    match UrText::of(symbol) {
        Some(UrText::Part { .. }) => return Ok(Scanned::Foreign(Hint::Part)),
        Some(UrText::Whole(words)) if words.len() > 2 * (MAX_MESSAGE + 4) => {
            return Err(Reason::TooLarge);
        }
        Some(UrText::Whole(words)) => {
            let message = bytewords::decode(words).ok_or(Reason::Undecodable)?;
            return whole(&message).map(Scanned::Presentation);
        }
        None => {}
    }
    let Some(body) = symbol.strip_prefix(PREFIX.as_bytes()) else {
        return match document::read(symbol) {
            Some(document) => document.map(Scanned::Presentation),
            None => Ok(Scanned::Foreign(foreign::recognise(symbol))),
        };
    };
    if body.len() > MAX_TEXT {
        return Err(Reason::TooLarge);
    }
    let body = base45::decode(body).ok_or(Reason::Undecodable)?;
    unpack(&body).map(Scanned::Presentation)
}

/// The presentation in a whole message of the UR type `bytes`: one CBOR byte string, and in it
/// what stands behind [`PREFIX`] in base45.
fn whole(message: &[u8]) -> Result<Payload, Reason> {
    let mut decoder = minicbor::Decoder::new(message);
    let body = decoder.bytes().map_err(|_| Reason::Undecodable)?;
    if decoder.position() != message.len() {
        return Err(Reason::Undecodable);
    }
    unpack(body)
}

fn unpack(body: &[u8]) -> Result<Payload, Reason> {
    let bytes = match body.split_first() {
        Some((&PLAIN, rest)) => Zeroizing::new(rest.to_vec()),
        Some((&ZLIB, rest)) => inflate(rest, MAX_BODY, Reason::TooLarge, Reason::Undecodable)?,
        _ => return Err(Reason::Undecodable),
    };
    Ok(Payload {
        bytes,
        container: Container::Optical,
    })
}

/// The content of a whole zlib stream of at most `limit` bytes.
///
/// Bytes after the stream, a missing or wrong checksum, and a preset dictionary are `broken`.
pub(crate) fn inflate(
    stream: &[u8],
    limit: usize,
    too_large: Reason,
    broken: Reason,
) -> Result<Zeroizing<Vec<u8>>, Reason> {
    use miniz_oxide::inflate::TINFLStatus;
    use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

    let flags = inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER
        | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    // Salts and digests do not shrink: half as much again is nearly always enough. Nothing is
    // reserved that a sender could not fill.
    let likely = stream.len().saturating_mul(3) / 2;
    let mut out = Zeroizing::new(vec![0; limit.min(likely).max(64)]);
    let mut state = DecompressorOxide::new();
    let (mut read, mut written) = (0, 0);
    loop {
        let input = stream.get(read..).ok_or(broken)?;
        let (status, consumed, produced) = decompress(&mut state, input, &mut out, written, flags);
        read += consumed;
        written += produced;
        match status {
            TINFLStatus::Done if read == stream.len() => break,
            TINFLStatus::HasMoreOutput if out.len() >= limit => return Err(too_large),
            TINFLStatus::HasMoreOutput => {
                // A new buffer and not a resize, which would leave a copy behind unwiped.
                let mut larger = Zeroizing::new(vec![0; limit.min(out.len().saturating_mul(4))]);
                if let (Some(to), Some(from)) = (larger.get_mut(..written), out.get(..written)) {
                    to.copy_from_slice(from);
                }
                out = larger;
            }
            _ => return Err(broken),
        }
    }
    out.truncate(written);
    Ok(out)
}
