//! The text of a symbol to the bytes of a presentation.
//!
//! The text form is `HWG1:` and base45 (RFC 9285) of a body. The first byte of the body says how
//! the rest is packed: `0` as it is, `1` zlib (RFC 1950). The specification is
//! docs/optical-presentation.md. A symbol with anything else is no credential and no failure: it
//! gives a [`Hint`].

use crate::{Reason, base45};
use zeroize::Zeroizing;

/// The text of every presentation starts so.
pub const PREFIX: &str = "HWG1:";

/// Characters taken at most. One symbol holds 4,296; the rest is room for presentations that are
/// pasted or read from a file, with a portrait of 15 KB.
pub const MAX_TEXT: usize = 64 * 1024;

/// Bytes taken at most once inflated: what [`MAX_TEXT`] can hold uncompressed, rounded up, so
/// that zlib never buys a sender more room than plain text has.
pub const MAX_BODY: usize = 48 * 1024;

const PLAIN: u8 = 0;
const ZLIB: u8 = 1;

/// The bytes of one presentation, unread. Wiped when dropped.
pub struct Payload {
    envelope: Zeroizing<Vec<u8>>,
}

impl Payload {
    pub(crate) fn envelope(&self) -> &[u8] {
        &self.envelope
    }
}

/// What a symbol is, when it is not a presentation. Named, never followed, never shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// A later version of the text form.
    NewerVersion,
    /// A link.
    WebLink,
    /// Korea's online mobile ID: a pointer to a relay that has to be asked over the network.
    KoreanMobileId,
    /// An ISO/IEC 18013-5 device engagement: the data travels by radio.
    MdocEngagement,
    /// Something else.
    Unrecognised,
}

/// What came out of a symbol.
pub enum Scanned {
    /// A presentation to verify.
    Presentation(Payload),
    /// Not one.
    Foreign(Hint),
}

/// The presentation in a symbol, or what else it is.
///
/// # Errors
/// `transport.too_large`, `transport.undecodable`: it says it is a presentation and is not.
pub fn read(symbol: &[u8]) -> Result<Scanned, Reason> {
    let Some(body) = symbol.strip_prefix(PREFIX.as_bytes()) else {
        return Ok(Scanned::Foreign(recognise(symbol)));
    };
    if body.len() > MAX_TEXT {
        return Err(Reason::TooLarge);
    }
    let packed = base45::decode(body).ok_or(Reason::Undecodable)?;
    let envelope = match packed.split_first() {
        Some((&PLAIN, rest)) => Zeroizing::new(rest.to_vec()),
        Some((&ZLIB, rest)) => inflate(rest, MAX_BODY, Reason::TooLarge, Reason::Undecodable)?,
        _ => return Err(Reason::Undecodable),
    };
    Ok(Scanned::Presentation(Payload { envelope }))
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

fn recognise(symbol: &[u8]) -> Hint {
    let starts = |prefix: &str| {
        symbol
            .get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if starts("HWG") && symbol.iter().take(8).any(|b| *b == b':') {
        Hint::NewerVersion
    } else if starts("https://") || starts("http://") {
        Hint::WebLink
    } else if starts("mdoc:") {
        Hint::MdocEngagement
    } else if is_korean_mobile_id(symbol) {
        Hint::KoreanMobileId
    } else {
        Hint::Unrecognised
    }
}

/// Whether this is base64 of a JSON object that calls itself `mip`.
///
/// The type stands near the start, so a prefix of the text is enough, and the three ways that
/// base64 can fall on `"mip"` need no decoding.
fn is_korean_mobile_id(symbol: &[u8]) -> bool {
    const SEEN: usize = 4096;
    // `{"` in base64, then `"mip"` at each of the three offsets, as far as its letters are fixed.
    let head = symbol.get(..symbol.len().min(SEEN)).unwrap_or_default();
    head.starts_with(b"eyJ")
        && [b"Im1pcC".as_slice(), b"JtaXAi", b"ibWlwI"]
            .iter()
            .any(|form| head.windows(form.len()).any(|window| window == *form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str) -> Hint {
        match read(text.as_bytes()) {
            Ok(Scanned::Foreign(hint)) => hint,
            _ => panic!("{text} taken for a presentation"),
        }
    }

    fn reason(text: &[u8]) -> Reason {
        read(text).err().unwrap()
    }

    fn text(body: &[u8]) -> Vec<u8> {
        format!("{PREFIX}{}", ::base45::encode(body)).into_bytes()
    }

    #[test]
    fn a_foreign_symbol_is_a_hint_and_not_a_failure() {
        assert_eq!(hint("https://example.com/"), Hint::WebLink);
        assert_eq!(hint("HTTP://EXAMPLE.COM"), Hint::WebLink);
        assert_eq!(hint("mdoc:owBjMS4w"), Hint::MdocEngagement);
        assert_eq!(hint("HWG2:ABC"), Hint::NewerVersion);
        assert_eq!(hint("hwg1:abc"), Hint::NewerVersion);
        assert_eq!(hint("hello"), Hint::Unrecognised);
        assert_eq!(hint(""), Hint::Unrecognised);
        assert_eq!(hint("HC1:6BFOXN"), Hint::Unrecognised);
    }

    #[test]
    fn knows_the_korean_online_code_at_every_offset() {
        // {"type":"mip"…}, with one and two blanks more to move it along
        for code in [
            "eyJ0eXBlIjoibWlwIiwidmVyc2lvbiI6IjEuMC4wIiwiY21kIjoiMTIwIn0=",
            "eyJ0eXBlIjogIm1pcCIsInZlcnNpb24iOiIxLjAuMCIsImNtZCI6IjEyMCJ9",
            "eyJ0eXBlIjogICJtaXAiLCJ2ZXJzaW9uIjoiMS4wLjAiLCJjbWQiOiIxMjAifQ",
        ] {
            assert_eq!(hint(code), Hint::KoreanMobileId, "{code}");
        }
        assert_eq!(hint("eyJ0eXBlIjoibWFwIn0="), Hint::Unrecognised);
    }

    #[test]
    fn broken_text_is_undecodable() {
        for broken in [
            "HWG1:",
            "HWG1:A",
            "HWG1::::",
            "HWG1:bb8",
            "HWG1:BB8\n",
            "HWG1:GGW",
        ] {
            assert_eq!(reason(broken.as_bytes()), Reason::Undecodable, "{broken}");
        }
        assert_eq!(reason(&text(&[2, 1, 2])), Reason::Undecodable);
        assert_eq!(reason(&text(&[1, 0x78, 0x9c])), Reason::Undecodable);
    }

    #[test]
    fn a_zlib_bomb_stops_at_the_cap() {
        let mut body = vec![ZLIB];
        body.extend(miniz_oxide::deflate::compress_to_vec_zlib(
            &vec![0; MAX_BODY + 1],
            9,
        ));
        assert_eq!(reason(&text(&body)), Reason::TooLarge);
        let mut body = vec![ZLIB];
        body.extend(miniz_oxide::deflate::compress_to_vec_zlib(
            &vec![7; MAX_BODY],
            9,
        ));
        let Ok(Scanned::Presentation(payload)) = read(&text(&body)) else {
            panic!("refused")
        };
        assert_eq!(payload.envelope(), vec![7; MAX_BODY]);
        body.push(0);
        assert_eq!(reason(&text(&body)), Reason::Undecodable);
        assert_eq!(
            reason(format!("HWG1:{}", "0".repeat(MAX_TEXT + 1)).as_bytes()),
            Reason::TooLarge
        );
    }

    #[test]
    fn a_changed_checksum_is_undecodable() {
        let mut body = vec![ZLIB];
        body.extend(miniz_oxide::deflate::compress_to_vec_zlib(b"envelope", 9));
        *body.last_mut().unwrap() ^= 1;
        assert_eq!(reason(&text(&body)), Reason::Undecodable);
    }
}
