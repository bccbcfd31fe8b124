//! Bytewords in their minimal form (BCR-2020-012): two letters a byte, a CRC-32 behind them.

use super::crc32;
use zeroize::Zeroizing;

/// First and last letter of the word of each byte, from 0 to 255, 32 a row.
const LETTERS: [&[u8; 64]; 8] = [
    b"aeadaoaxaaahamatayasbkbdbnbtbabsbebybgbwbbbzcmchcscfcycwcecackct",
    b"cxclcpcndkdadsdidedtdrdndwdpdmdldyeheyeoeeecenemetesftfrfnfsfmfh",
    b"fzfpfwfxfyfefgflfdgagegrgsgtglgwgdgygmgughgohfhghdhkhthphhhlhyhe",
    b"hnhsidiaieihiyioisinimjejzjnjtjljojsjpjkjykpkoktkskkknkgkekikblb",
    b"lalylflslrlplnltloldlelulklgmnmymhmemomumwmdmtmsmknlnyndnsntnnne",
    b"nboyoeotoxonolospdptpkpypspmplpepfpaprqdqzrerprlrorhrdrkrfryrnrs",
    b"rtsesasrssskswstspsosgsbsfsntotktitttdtetytltbtstptatnuyuoutueur",
    b"vtvyvovlvevwvavdvswlwdwmwpwewywswtwnwzwfwkykynylyaytzszoztzczezm",
];

/// Pairs of letters.
const PAIRS: usize = 26 * 26;

/// What stands in [`VALUES`] for a pair that is no word.
const NONE: u16 = 0x100;

/// The value of every pair of letters.
const VALUES: [u16; PAIRS] = {
    let mut values = [NONE; PAIRS];
    let mut value = 0_u16;
    #[allow(clippy::indexing_slicing)] // done by the compiler, which would stop
    while value < 256 {
        let (row, at) = (LETTERS[value as usize / 32], value as usize % 32 * 2);
        let (first, last) = (row[at] - b'a', row[at + 1] - b'a');
        values[first as usize * 26 + last as usize] = value;
        value += 1;
    }
    values
};

/// The bytes that these letters write, in one buffer, wiped when dropped.
///
/// `None` for a pair that is no word, a letter alone, and where the CRC-32 is not theirs. The case
/// of the letters is of no matter.
pub(super) fn decode(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let letter = |letter: u8| {
        let letter = letter.to_ascii_lowercase();
        letter
            .is_ascii_lowercase()
            .then(|| usize::from(letter - b'a'))
    };
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    for pair in text.chunks_exact(2) {
        let [first, last] = pair else { return None };
        let value = VALUES.get(letter(*first)? * 26 + letter(*last)?)?;
        out.push(u8::try_from(*value).ok()?);
    }
    let end = out.len().checked_sub(4)?;
    let (bytes, sum) = out.split_at_checked(end)?;
    if crc32::sum(bytes).to_be_bytes() != sum {
        return None;
    }
    out.truncate(end);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::ur::bytewords::{Style, encode};

    #[test]
    fn reads_what_another_encoder_writes_in_any_letter_case() {
        let all: Vec<u8> = (0..=255).collect();
        let text = encode(&all, Style::Minimal);
        assert_eq!(decode(text.as_bytes()).unwrap().to_vec(), all);
        assert_eq!(
            decode(text.to_ascii_uppercase().as_bytes())
                .unwrap()
                .to_vec(),
            all
        );
        assert_eq!(decode(b"AEtdAOwslg").unwrap().to_vec(), [0]);
        assert_eq!(
            decode(encode(&[], Style::Minimal).as_bytes())
                .unwrap()
                .len(),
            0
        );
    }

    #[test]
    fn a_changed_letter_is_found() {
        let text = encode(b"a part of a message", Style::Minimal);
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'z' {
                b'a'
            } else {
                changed[at] + 1
            };
            assert!(decode(&changed).is_none(), "letter {at}");
        }
    }

    #[test]
    fn what_is_no_word_is_nothing() {
        for broken in [
            "",
            "ae",
            "aetdaowsl",
            "aetdaowslg0",
            "aa",
            "a#tdaowslg",
            "aetdaowslgae",
        ] {
            assert!(decode(broken.as_bytes()).is_none(), "{broken}");
        }
        assert!(decode("가나다라".as_bytes()).is_none());
    }
}
