//! DER written by hand (ITU-T X.690): the few shapes that certificates and CRLs need.
//!
//! A library would refuse to write most of the flawed certificates that a test asks for.

/// One value with `tag` around `content`.
#[must_use]
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if let Some(short) = u8::try_from(length).ok().filter(|n| *n < 0x80) {
        out.push(short);
    } else {
        let bytes = length.to_be_bytes();
        let digits: Vec<u8> = bytes.into_iter().skip_while(|b| *b == 0).collect();
        out.push(0x80 | u8::try_from(digits.len()).unwrap_or(8));
        out.extend(digits);
    }
    out.extend_from_slice(content);
    out
}

/// A SEQUENCE of already encoded `parts`.
#[must_use]
pub fn sequence<P: AsRef<[u8]>>(parts: &[P]) -> Vec<u8> {
    tlv(0x30, &joined(parts))
}

/// A SET of already encoded `parts`, in the order given.
#[must_use]
pub fn set<P: AsRef<[u8]>>(parts: &[P]) -> Vec<u8> {
    tlv(0x31, &joined(parts))
}

fn joined<P: AsRef<[u8]>>(parts: &[P]) -> Vec<u8> {
    parts
        .iter()
        .flat_map(|p| p.as_ref().iter().copied())
        .collect()
}

/// A non-negative INTEGER from big-endian bytes.
#[must_use]
pub fn unsigned(big_endian: &[u8]) -> Vec<u8> {
    let mut digits: Vec<u8> = big_endian.iter().copied().skip_while(|b| *b == 0).collect();
    if digits.first().is_none_or(|b| *b >= 0x80) {
        digits.insert(0, 0);
    }
    tlv(0x02, &digits)
}

/// An OBJECT IDENTIFIER from its dotted form.
#[must_use]
pub fn oid(dotted: &str) -> Vec<u8> {
    let mut arcs = dotted.split('.').filter_map(|arc| arc.parse::<u64>().ok());
    let first = arcs.next().unwrap_or(0).saturating_mul(40);
    let head = first.saturating_add(arcs.next().unwrap_or(0));
    let mut content = Vec::new();
    for arc in std::iter::once(head).chain(arcs) {
        let mut groups = vec![u8::try_from(arc & 0x7f).unwrap_or(0)];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.push(0x80 | u8::try_from(rest & 0x7f).unwrap_or(0));
            rest >>= 7;
        }
        content.extend(groups.into_iter().rev());
    }
    tlv(0x06, &content)
}

/// A BIT STRING of whole bytes.
#[must_use]
pub fn bit_string(bytes: &[u8]) -> Vec<u8> {
    let mut content = vec![0];
    content.extend_from_slice(bytes);
    tlv(0x03, &content)
}

/// A named BIT STRING (`KeyUsage`, for one) with exactly the numbered `bits` (0 to 7) set.
#[must_use]
pub fn named_bits(bits: &[u8]) -> Vec<u8> {
    let byte = bits.iter().fold(0_u8, |all, bit| {
        all | 0x80_u8.checked_shr((*bit).into()).unwrap_or(0)
    });
    if byte == 0 {
        return tlv(0x03, &[0]);
    }
    tlv(
        0x03,
        &[u8::try_from(byte.trailing_zeros()).unwrap_or(0), byte],
    )
}

/// A time, as `UTCTime` before 2050 and `GeneralizedTime` from then on.
#[must_use]
pub fn time(at: i64) -> Vec<u8> {
    let (digits, general) = crate::time::x509_time(at);
    tlv(if general { 0x18 } else { 0x17 }, digits.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_document_signer_purpose_as_the_standard_prints_it() {
        assert_eq!(
            oid("1.0.18013.5.1.2"),
            [6, 7, 0x28, 0x81, 0x8C, 0x5D, 5, 1, 2]
        );
    }

    #[test]
    fn writes_long_lengths_and_high_bits() {
        assert_eq!(tlv(4, &[0; 300]).get(..4), Some(&[4, 0x82, 1, 0x2C][..]));
        assert_eq!(unsigned(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[]), [2, 1, 0]);
        assert_eq!(named_bits(&[5, 6]), [3, 2, 1, 0x06]);
    }
}
