//! Codes that are digits and nothing else.

use super::Hint;

/// Digits of the longest number that shops, hospitals and apps print: twice those of a payment
/// app's, which has 24.
const SHORT: usize = 48;

/// Digits of the shortest Aadhaar code: its signature has 256 bytes, which do not shrink.
const AADHAAR: usize = 616;

/// The head of a gzip stream: its mark, and that it is deflated (RFC 1952, 2.3.1).
const GZIP: [u8; 3] = [0x1f, 0x8b, 0x08];

/// What [`front`] is short of the number at most: a step for each digit of the largest code loses
/// less than eleven, and a step is at most 256 once the number is as long as it is held.
const LOST: u128 = 1 << 25;

pub(super) fn recognise(text: &[u8]) -> Option<Hint> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if text.len() >= AADHAAR && text.first() != Some(&b'0') && is_gzip(text) {
        return Some(Hint::Aadhaar);
    }
    (text.len() <= SHORT).then_some(Hint::PlainNumber)
}

/// Whether the number that these digits write begins as a gzip stream does.
fn is_gzip(digits: &[u8]) -> bool {
    let short = front(digits);
    [short, short + LOST].into_iter().any(|number| {
        let bytes = number.to_be_bytes();
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        bytes
            .get(zeros..)
            .is_some_and(|bytes| bytes.starts_with(&GZIP))
    })
}

/// The first fourteen bytes of a number, in one pass and without storage: whole bytes fall off its
/// end, so that its front stays in place, and the digits behind them are not added any more.
fn front(digits: &[u8]) -> u128 {
    let (number, _) = digits
        .iter()
        .fold((0_u128, false), |(number, is_cut), digit| {
            let digit = if is_cut { 0 } else { digit.wrapping_sub(b'0') };
            let number = number * 10 + u128::from(digit);
            let is_long = number >> 112 != 0;
            (
                if is_long { number >> 8 } else { number },
                is_cut || is_long,
            )
        });
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digits of a large number, by the book.
    fn digits(bytes: &[u8]) -> Vec<u8> {
        let mut out = vec![0_u8];
        for byte in bytes {
            let mut carry = u32::from(*byte);
            for digit in &mut out {
                carry += u32::from(*digit) * 256;
                *digit = u8::try_from(carry % 10).unwrap();
                carry /= 10;
            }
            while carry > 0 {
                out.push(u8::try_from(carry % 10).unwrap());
                carry /= 10;
            }
        }
        out.iter().rev().map(|digit| digit + b'0').collect()
    }

    #[test]
    fn knows_the_front_of_a_number_of_any_length() {
        for length in [260, 261, 500, 1_000, 2_943] {
            for fill in [0x00, 0x5a, 0xff] {
                let mut bytes = vec![fill; length];
                let mut is_one = |front: [u8; 3]| {
                    bytes[..3].copy_from_slice(&front);
                    is_gzip(&digits(&bytes))
                };
                assert!(is_one([0x1f, 0x8b, 0x08]), "{length} of {fill}");
                assert!(!is_one([0x1f, 0x8b, 0x06]), "{length} of {fill}");
                assert!(!is_one([0x1f, 0x8b, 0x0a]), "{length} of {fill}");
                assert!(!is_one([0x1e, 0x8b, 0x08]), "{length} of {fill}");
            }
        }
        assert!(digits(&[0x1f; 2_943]).len() <= super::super::MAX_SYMBOL);
    }

    #[test]
    fn a_long_number_is_aadhaar_only_where_it_is_compressed() {
        let code = |front: [u8; 3], length| {
            let mut bytes = vec![0x5a; length];
            bytes[..3].copy_from_slice(&front);
            digits(&bytes)
        };
        assert_eq!(recognise(&code(GZIP, 900)), Some(Hint::Aadhaar));
        assert_eq!(recognise(&code([0x1f, 0x8b, 0x07], 900)), None);
        assert_eq!(recognise(&code([0x78, 0x9c, 0x08], 900)), None);
        assert_eq!(
            recognise(&code(GZIP, 200)),
            None,
            "no room for its signature"
        );
        let zero_in_front = [b"0".to_vec(), code(GZIP, 900)].concat();
        assert_eq!(recognise(&zero_in_front), None);
    }

    #[test]
    fn a_short_number_is_a_number() {
        assert_eq!(recognise(b"8801234567893"), Some(Hint::PlainNumber));
        assert_eq!(recognise(&[b'1'; SHORT]), Some(Hint::PlainNumber));
        assert_eq!(recognise(&[b'1'; SHORT + 1]), None);
        assert_eq!(recognise(b"880-1234"), None);
        assert_eq!(recognise(b""), None);
    }
}
