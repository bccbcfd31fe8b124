//! The text form of a presentation: `HWG1:` and base45 (RFC 9285) of a body.

/// How the envelope becomes the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Packing {
    /// zlib where that is shorter, else as it is.
    #[default]
    Smallest,
    /// First byte 0x00, then the envelope.
    Plain,
    /// First byte 0x01, then zlib (RFC 1950) of the envelope.
    Zlib,
}

/// What every presentation begins with.
pub const PREFIX: &str = "HWG1:";

/// The body: a first byte that tells the packing, then the envelope so packed.
#[must_use]
pub fn pack(envelope: &[u8], packing: Packing) -> Vec<u8> {
    let zlib = match packing {
        Packing::Plain => None,
        Packing::Zlib => Some(squeeze(envelope, zopfli::Format::Zlib)),
        Packing::Smallest => {
            Some(squeeze(envelope, zopfli::Format::Zlib)).filter(|z| z.len() < envelope.len())
        }
    };
    let mut body = vec![u8::from(zlib.is_some())];
    body.extend_from_slice(zlib.as_deref().unwrap_or(envelope));
    body
}

/// `HWG1:` and the base45 of `body`.
#[must_use]
pub fn write(body: &[u8]) -> String {
    format!("{PREFIX}{}", base45(body))
}

/// Deflated `bytes` in the wanted wrapping.
pub(crate) fn squeeze(bytes: &[u8], format: zopfli::Format) -> Vec<u8> {
    let mut out = Vec::new();
    // Memory is the only sink here, and it takes all that is written.
    if zopfli::compress(zopfli::Options::default(), format, bytes, &mut out).is_err() {
        out.clear();
    }
    out
}

/// `bytes` in base45 (RFC 9285): the 45 characters of the alphanumeric mode of a QR code.
#[must_use]
pub fn base45(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let digit = |n: u32| {
        usize::try_from(n % 45)
            .ok()
            .and_then(|i| ALPHABET.get(i))
            .map_or('0', |c| char::from(*c))
    };
    let mut out = String::with_capacity(bytes.len() / 2 * 3 + 2);
    for pair in bytes.chunks(2) {
        let number = pair
            .iter()
            .fold(0_u32, |all, byte| all * 256 + u32::from(*byte));
        out.push(digit(number));
        out.push(digit(number / 45));
        if pair.len() == 2 {
            out.push(digit(number / 2025));
        }
    }
    out
}

/// `bytes` in base32 (RFC 4648), upper case, without padding.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    letters(bytes, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5)
}

/// `bytes` in base64 (RFC 4648), padded.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = letters(bytes, ALPHABET, 6);
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

/// `bytes` in base64url (RFC 4648), without padding.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    letters(bytes, ALPHABET, 6)
}

/// A letter for every so many bits, the last of them filled up with zeros.
fn letters(bytes: &[u8], alphabet: &[u8], width: u32) -> String {
    let mut out = String::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    let letter = |value: u32| {
        let place = usize::try_from(value & ((1 << width) - 1)).ok();
        place
            .and_then(|p| alphabet.get(p))
            .map_or('?', |c| char::from(*c))
    };
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xFFFF;
        bits += 8;
        while bits >= width {
            bits -= width;
            out.push(letter(held >> bits));
        }
    }
    if bits > 0 {
        out.push(letter(held << (width - bits)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base45_agrees_with_the_examples_of_the_rfc() {
        assert_eq!(base45(b"AB"), "BB8");
        assert_eq!(base45(b"Hello!!"), "%69 VD92EX0");
        assert_eq!(base45(b"base-45"), "UJCLQE7W581");
    }

    #[test]
    fn base32_and_base64_agree_with_the_examples_of_the_rfc() {
        let base32s = [
            "",
            "MY",
            "MZXQ",
            "MZXW6",
            "MZXW6YQ",
            "MZXW6YTB",
            "MZXW6YTBOI",
        ];
        let base64s = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        for length in 0..=6 {
            let bytes = &b"foobar"[..length];
            assert_eq!(base32(bytes), base32s[length]);
            assert_eq!(base64(bytes), base64s[length]);
        }
        assert_eq!(base64url(&[0xFB, 0xFF]), "-_8");
    }

    #[test]
    fn packs_what_repeats_and_leaves_what_does_not() {
        assert_eq!(pack(&[7; 100], Packing::Smallest).first(), Some(&1));
        assert_eq!(pack(b"ab", Packing::Smallest), [0, b'a', b'b']);
        assert_eq!(pack(&[7; 100], Packing::Plain).len(), 101);
    }
}
