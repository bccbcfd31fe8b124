//! base45 (RFC 9285): the alphanumeric letters of a QR code to bytes.

use zeroize::Zeroizing;

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// What stands in [`VALUES`] for a byte that is no letter.
const NONE: u8 = 0xff;

/// The value of every byte as a letter.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0_u8;
    #[allow(clippy::indexing_slicing)] // done by the compiler, which would stop
    while (value as usize) < ALPHABET.len() {
        values[ALPHABET[value as usize] as usize] = value;
        value += 1;
    }
    values
};

/// The bytes that this text writes, in one buffer, wiped when dropped.
///
/// `None` for a letter outside the alphabet (lower case is outside), a group above its two bytes
/// or its one, or a letter alone at the end.
pub(crate) fn decode(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let value = |letter: &u8| {
        let value = VALUES.get(usize::from(*letter)).copied().unwrap_or(NONE);
        (value != NONE).then_some(u32::from(value))
    };
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() / 3 * 2 + 1));
    for group in text.chunks(3) {
        match group {
            [a, b, c] => {
                let number = value(a)? + 45 * value(b)? + 2_025 * value(c)?;
                out.extend_from_slice(&u16::try_from(number).ok()?.to_be_bytes());
            }
            [a, b] => out.push(u8::try_from(value(a)? + 45 * value(b)?).ok()?),
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<Vec<u8>> {
        decode(text.as_bytes()).map(|bytes| bytes.to_vec())
    }

    #[test]
    fn reads_the_examples_of_the_rfc() {
        for (text, bytes) in [
            ("BB8", "AB"),
            ("%69 VD92EX0", "Hello!!"),
            ("UJCLQE7W581", "base-45"),
            ("QED8WEX0", "ietf!"),
            ("", ""),
        ] {
            assert_eq!(decoded(text), Some(bytes.as_bytes().to_vec()));
        }
    }

    #[test]
    fn reads_the_largest_groups_and_none_above() {
        assert_eq!(decoded("FGW"), Some(vec![0xff, 0xff]));
        assert_eq!(decoded("U5"), Some(vec![0xff]));
        for broken in [
            "GGW", ":::", "V5", "::", "A", "BB8A", "bb8", "BB#", "BB8\n", "가나",
        ] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
    }

    #[test]
    fn agrees_with_another_decoder_on_every_pair_of_bytes() {
        for number in 0..=u16::MAX {
            let bytes = number.to_be_bytes();
            let text = ::base45::encode(bytes);
            assert_eq!(decoded(&text), Some(bytes.to_vec()));
            let one = ::base45::encode([bytes[1]]);
            assert_eq!(decoded(&one), Some(vec![bytes[1]]));
        }
    }
}
