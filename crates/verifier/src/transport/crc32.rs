//! CRC-32 as Ethernet and zlib's relatives have it (ISO 3309): finds accidents, not forgeries.

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u32;
    #[allow(clippy::indexing_slicing)] // done by the compiler, which would stop
    while byte < 256 {
        let (mut rest, mut bit) = (byte, 0);
        while bit < 8 {
            rest = if rest & 1 == 1 {
                (rest >> 1) ^ 0xedb8_8320
            } else {
                rest >> 1
            };
            bit += 1;
        }
        table[byte as usize] = rest;
        byte += 1;
    }
    table
};

/// The checksum of these bytes.
pub(super) fn sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        let [low, ..] = sum.to_le_bytes();
        TABLE.get(usize::from(low ^ byte)).copied().unwrap_or(0) ^ (sum >> 8)
    })
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn agrees_with_the_check_value_and_the_specification() {
        assert_eq!(sum(b"123456789"), 0xcbf4_3926);
        // BCR-2024-001
        assert_eq!(sum(b"Hello, world!"), 0xebe6_c6e6);
        assert_eq!(sum(b"Wolf"), 0x598c_84dc);
        assert_eq!(sum(b""), 0);
    }
}
