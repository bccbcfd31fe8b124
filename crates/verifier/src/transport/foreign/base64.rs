//! base64 and base64url (RFC 4648), as far as telling what lies in it needs.

use zeroize::Zeroizing;

/// The bytes of a text in either alphabet, with or without padding; wiped when dropped. `None` for
/// any other letter. No longer than three quarters of the text.
pub(super) fn decode(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    let text = text.get(..text.len() - padding.min(2))?;
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() / 4 * 3 + 3));
    for group in text.chunks(4) {
        let mut bits = 0_u32;
        for letter in group {
            bits = bits << 6 | u32::from(value(*letter)?);
        }
        bits <<= 6 * (4 - group.len());
        let [_, bytes @ ..] = bits.to_be_bytes();
        out.extend_from_slice(bytes.get(..group.len() - 1)?);
    }
    Some(out)
}

/// Whether these are letters of base64url, and some.
pub(super) fn is_url_text(text: &[u8]) -> bool {
    let is_letter = |byte: &u8| value(*byte).is_some() && !b"+/".contains(byte);
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    let letters = text.get(..text.len() - padding.min(2)).unwrap_or_default();
    !letters.is_empty() && letters.iter().all(is_letter)
}

fn value(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_both_alphabets_with_and_without_padding() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zg", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(
                decode(text.as_bytes()).unwrap().as_slice(),
                bytes.as_bytes()
            );
        }
        assert_eq!(decode(b"-_+/").unwrap().as_slice(), [0xfb, 0xff, 0xbf]);
        for broken in ["Zm9v\n", "Zm 9", "Zg===", "=Zg", "Zm.9"] {
            assert!(decode(broken.as_bytes()).is_none(), "{broken}");
        }
    }
}
