//! Presentations in any parts, and any bytes at all.

use super::super::*;
use super::parts::{body, ms, parts, received};
use ::ur::bytewords::{Style, encode};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whichever_parts_come_in_whatever_order_the_message_is_the_same(
        length in 2_usize..6_000,
        size in 20_usize..400,
        skip in 0_usize..500,
        order in any::<u64>(),
        lost in 0_u64..70,
    ) {
        let whole = body(length, 3);
        let count = (length + 4).div_ceil(size);
        let mut all = parts(&whole, size, skip + count * 6 + 60).split_off(skip);
        let mut random = order | 1;
        let mut next = || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random
        };
        for at in (1..all.len()).rev() {
            all.swap(at, usize::try_from(next() % (at as u64 + 1)).unwrap());
        }
        let mut theirs = ::ur::Decoder::default();
        let mut assembler = Assembler::new();
        let (mut done, mut before) = (None, 0);
        for part in all {
            if next() % 100 < lost {
                continue;
            }
            theirs.receive(std::str::from_utf8(&part).unwrap()).unwrap();
            match assembler.take(&part, ms(0)) {
                Ok(Taken::Part) => {}
                Ok(Taken::Presentation(payload)) => {
                    done = Some(payload);
                    break;
                }
                _ => prop_assert!(false),
            }
            prop_assert!(!theirs.complete());
            let progress = assembler.progress().unwrap();
            prop_assert!(progress.received >= before && progress.received < progress.needed);
            before = progress.received;
            if next() % 4 == 0 {
                prop_assert!(matches!(assembler.take(&part, ms(0)), Ok(Taken::Part)));
                prop_assert_eq!(received(&assembler), Some(before));
            }
        }
        if let Some(done) = done {
            prop_assert_eq!(done.bytes(), &whole[1..]);
        } else {
            prop_assert!(!theirs.complete());
        }
    }

    #[test]
    fn no_bytes_do_harm(symbols in prop::collection::vec(hostile(), 0..40)) {
        let mut assembler = Assembler::new();
        for (at, symbol) in (0_u64..).zip(symbols) {
            let _ = Message::of(&symbol);
            let _ = assembler.take(&symbol, ms(at * 50));
            if let Some(progress) = assembler.progress() {
                prop_assert!(progress.received <= progress.needed && progress.needed <= MAX_PARTS);
            }
        }
    }
}

/// Texts that are nearly parts.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let numbers = (any::<u32>(), 0_u32..600, any::<u32>(), 0_u32..3);
    let sound = (numbers, prop::collection::vec(any::<u8>(), 0..300)).prop_map(|(n, data)| {
        let (sequence, count, length, checksum) = n;
        let mut cbor = Vec::new();
        let mut encoder = minicbor::Encoder::new(&mut cbor);
        let exact = u32::try_from(data.len()).unwrap().saturating_mul(count);
        let length = if length % 2 == 0 { exact } else { length };
        encoder
            .array(5)
            .unwrap()
            .u32(sequence)
            .unwrap()
            .u32(count)
            .unwrap();
        encoder
            .u32(length)
            .unwrap()
            .u32(checksum)
            .unwrap()
            .bytes(&data)
            .unwrap();
        let words = encode(&cbor, Style::Minimal);
        format!("ur:bytes/{sequence}-{count}/{words}").into_bytes()
    });
    let cbor = prop::collection::vec(any::<u8>(), 0..80)
        .prop_map(|bytes| format!("UR:BYTES/1-1/{}", encode(&bytes, Style::Minimal)).into_bytes());
    let text = "[uU][rR]:bytes/[0-9]{0,12}-?[0-9]{0,12}/?[a-z/]{0,60}".prop_map(String::into_bytes);
    prop_oneof![sound, cbor, text, prop::collection::vec(any::<u8>(), 0..60)]
}
