//! Merchant-presented payment codes (EMV QRCPS 1.1), as they stand on Korean counters.

use super::Hint;

/// Begins with the format indicator, ends with a checksum over all that stands in front of it,
/// and the checksum is right.
pub(super) fn recognise(text: &[u8]) -> Option<Hint> {
    let (body, sum) = text.split_at_checked(text.len().checked_sub(4)?)?;
    let is_code = body.starts_with(b"000201") && body.ends_with(b"6304");
    let sum = std::str::from_utf8(sum).ok()?;
    let is_hex = sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_sound = is_hex && u16::from_str_radix(sum, 16).ok()? == crc16(body);
    (is_code && is_sound).then_some(Hint::Payment)
}

/// CRC-16 with the polynomial 0x1021 and all ones at the start (ISO/IEC 13239).
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte) << 8, |sum: u16, _| {
            if sum & 0x8000 == 0 {
                sum << 1
            } else {
                sum << 1 ^ 0x1021
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_books() {
        assert_eq!(crc16(b"123456789"), 0x29b1);
    }

    #[test]
    fn a_code_whose_checksum_is_wrong_is_none() {
        let sound =
            |body: &str| format!("{body}6304{:04X}", crc16(format!("{body}6304").as_bytes()));
        let code = sound("00020101021129300012D156000000000510A93FO3230Q5802KR5906SAMPLE");
        assert_eq!(recognise(code.as_bytes()), Some(Hint::Payment));
        assert_eq!(recognise(code.to_lowercase().as_bytes()), None);
        assert_eq!(recognise(&code.as_bytes()[1..]), None);
        assert_eq!(recognise(code.replace("SAMPLE", "SIMPLE").as_bytes()), None);
        assert_eq!(recognise(sound("000301").as_bytes()), None);
        assert_eq!(recognise(b"0002016304+1AB"), None);
        assert_eq!(recognise(b"6304"), None);
    }
}
