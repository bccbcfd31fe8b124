//! From the characters of a QR code to an identity document: without a mark of its own, so that
//! what does not decode is some other text.

use super::super::{Draft, abstains, hints, hook};
use super::identity;
use hwagin_training::documents::Compression;

pub(super) fn drafts() -> Vec<Draft> {
    let other = |name, why, change: fn(&mut String)| {
        identity(hints("hint.unrecognised", name, why), |c| {
            c.hooks.text = hook(change);
        })
    };
    let body = |name, why, change: fn(&mut Vec<u8>)| {
        identity(hints("hint.unrecognised", name, why), |c| {
            c.hooks.body = hook(change);
        })
    };
    let packed = |name, why, how: Compression| {
        identity(hints("hint.unrecognised", name, why), |c| {
            c.compression = how;
        })
    };
    vec![
        other("claim-169/in-lower-case", "no base45", |text| {
            text.make_ascii_lowercase();
        }),
        other("claim-169/base45-odd", "a letter alone", |text| {
            let whole = text.len() / 3 * 3;
            text.truncate(whole);
            text.push('A');
        }),
        other("claim-169/base45-above-65535", ":::", |text| {
            text.replace_range(30..33, ":::");
        }),
        other("claim-169/blank-in-front", "not how it begins", |text| {
            text.insert(0, ' ');
        }),
        other("claim-169/line-break-at-end", "not cut off", |text| {
            text.push('\n');
        }),
        packed(
            "claim-169/not-compressed",
            "nothing tells it from any other text",
            Compression::None,
        ),
        packed("claim-169/zlib-cut", "half a stream", Compression::Broken),
        body("claim-169/zlib-wrong-checksum", "Adler-32", |body| {
            *body.last_mut().unwrap() ^= 1;
        }),
        body(
            "claim-169/zlib-followed-by-a-byte",
            "nothing follows",
            |body| {
                body.push(0);
            },
        ),
        identity(
            abstains(
                "transport.too_large",
                "claim-169/zlib-bomb",
                "a megabyte of zeros in a small code",
            ),
            |c| c.cwt.hooks.token_bytes = hook(|bytes: &mut Vec<u8>| *bytes = vec![0; 1 << 20]),
        ),
        identity(
            abstains(
                "format.malformed",
                "claim-169/zlib-of-text",
                "compressed words, and no CBOR",
            ),
            |c| {
                c.cwt.hooks.token_bytes = hook(|bytes: &mut Vec<u8>| {
                    *bytes =
                        b"{\"name\":\"SPECIMEN\",\"sentence\":\"nobody signed this\"}".to_vec();
                });
            },
        ),
    ]
}
