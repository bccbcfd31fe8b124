//! Where items end, in bytes that were found well formed.

/// The end of an indefinite length.
pub(super) const BREAK: u8 = 0xff;

/// Where the item ends that begins here, in bytes that [`well_formed`] has taken: nothing is
/// checked again, so nothing is decoded again.
pub(super) fn end(input: &[u8], at: usize) -> Option<usize> {
    let (major, argument, mut at) = head(input, at)?;
    let members = match (major, argument) {
        (2 | 3, Some(length)) => return at.checked_add(usize::try_from(length).ok()?),
        (4, Some(count)) => count,
        (5, Some(pairs)) => pairs.checked_mul(2)?,
        (6, _) => 1,
        (2..=5, None) => {
            while *input.get(at)? != BREAK {
                at = end(input, at)?;
            }
            return Some(at + 1);
        }
        // Of a number, a simple value or a float the head is all.
        _ => 0,
    };
    for _ in 0..members {
        at = end(input, at)?;
    }
    Some(at)
}

/// Major type and argument of the head that stands here, and where it ends (RFC 8949 §3).
pub(super) fn head(input: &[u8], at: usize) -> Option<(u8, Option<u64>, usize)> {
    let first = *input.get(at)?;
    let at = at + 1;
    let length = match first & 0x1f {
        short @ 0..=23 => return Some((first >> 5, Some(u64::from(short)), at)),
        long @ 24..=27 => 1_usize << (long - 24),
        _ => return Some((first >> 5, None, at)),
    };
    let bytes = input.get(at..at + length)?;
    let argument = bytes
        .iter()
        .fold(0, |all, byte| all << 8 | u64::from(*byte));
    Some((first >> 5, Some(argument), at + length))
}

#[cfg(test)]
mod tests {
    use super::super::{MAX_DEPTH, well_formed};
    use super::*;
    use minicbor::decode::Decoder;

    #[test]
    fn an_item_ends_where_another_decoder_ends_it() {
        let mut items: Vec<Vec<u8>> = (0..=0x17).map(|short| vec![short]).collect();
        for long in [&[0x18, 200][..], &[0x39, 1, 2], &[0x1a, 1, 2, 3, 4]] {
            items.push(long.to_vec());
        }
        items.push([&[0x1b][..], &[9; 8]].concat());
        items.push([&[0x58, 40][..], &[7; 40]].concat());
        items.push([&[0x79, 1, 0][..], &[b'a'; 256]].concat());
        for simple in [
            &[0xf4][..],
            &[0xf6],
            &[0xf8, 200],
            &[0xf9, 0, 0],
            &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            items.push(simple.to_vec());
        }
        let all = items.concat();
        let count = u8::try_from(items.len()).unwrap();
        for (open, close) in [
            (vec![0x98, count], vec![]),
            (vec![0x9f], vec![BREAK]),
            (vec![0xd8, 24, 0x9f], vec![BREAK]),
            (vec![0x82, 0x01, 0x9f], vec![BREAK]),
            (vec![0xa1, 0x61, b'k', 0x98, count], vec![]),
            (vec![0xbf, 0x61, b'k', 0x9f], vec![BREAK, BREAK]),
        ] {
            let bytes = [open, all.clone(), close, vec![0; 3]].concat();
            let mut decoder = Decoder::new(&bytes);
            well_formed(&mut decoder, MAX_DEPTH).unwrap();
            assert_eq!(end(&bytes, 0), Some(decoder.position()));
        }
    }
}
