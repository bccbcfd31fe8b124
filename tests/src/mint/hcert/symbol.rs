//! From the characters of a QR code to a health certificate.

use super::super::{Draft, abstains, hints, hook};
use super::vaccination;
use hwagin_training::documents::Compression;

const BROKEN: &str = "transport.undecodable";
const LARGE: &str = "transport.too_large";

pub(super) fn drafts() -> Vec<Draft> {
    [prefixes(), letters(), compression()]
        .into_iter()
        .flatten()
        .collect()
}

fn text(draft: Draft, change: fn(&mut String)) -> Draft {
    vaccination(draft, |h| h.hooks.text = hook(change))
}

fn prefixes() -> Vec<Draft> {
    let other =
        |name, why, change: fn(&mut String)| text(hints("hint.unrecognised", name, why), change);
    vec![
        other(
            "hcert/prefix-in-lower-case",
            "the prefix is HC1, and a symbol of ours is in capitals",
            |text| text.replace_range(..3, "hc1"),
        ),
        other("hcert/prefix-in-mixed-case", "Hc1", |text| {
            text.replace_range(..3, "Hc1");
        }),
        other(
            "hcert/byte-order-mark",
            "a reader in byte mode may put one in front",
            |text| text.insert(0, '\u{feff}'),
        ),
        other("hcert/blank-in-front", "not taken for the prefix", |text| {
            text.insert(0, ' ');
        }),
        other("hcert/prefix-of-version-0", "there is none", |text| {
            text.replace_range(..3, "HC0");
        }),
        text(
            hints(
                "hint.health_certificate",
                "hcert/prefix-of-version-2",
                "yet to come",
            ),
            |text| text.replace_range(..3, "HC2"),
        ),
    ]
}

fn letters() -> Vec<Draft> {
    let broken = |name, why, change: fn(&mut String)| text(abstains(BROKEN, name, why), change);
    vec![
        broken("hcert/nothing-after-prefix", "no byte", |text| {
            text.truncate(4);
        }),
        broken("hcert/body-in-lower-case", "no letters of base45", |text| {
            *text = format!("HC1:{}", text[4..].to_ascii_lowercase());
        }),
        broken("hcert/letter-outside-alphabet", "# is none", |text| {
            text.replace_range(40..41, "#");
        }),
        broken("hcert/base45-odd", "a letter alone codes no byte", |text| {
            let whole = (text.len() - 4) / 3 * 3;
            text.truncate(4 + whole);
            text.push('A');
        }),
        broken("hcert/base45-above-65535", ":::", |text| {
            text.replace_range(40..43, ":::");
        }),
        broken("hcert/base45-above-255", "two letters: one byte", |text| {
            let whole = (text.len() - 4) / 3 * 3;
            text.truncate(4 + whole);
            text.push_str("::");
        }),
        broken("hcert/line-break-at-end", "not cut off", |text| {
            text.push('\n');
        }),
        broken("hcert/blank-at-end", "a letter of base45", |text| {
            text.push(' ');
        }),
    ]
}

fn compression() -> Vec<Draft> {
    let packed = |name, why, how: Compression| {
        vaccination(abstains(BROKEN, name, why), |h| h.compression = how)
    };
    let body = |name, why, change: fn(&mut Vec<u8>)| {
        vaccination(abstains(BROKEN, name, why), |h| h.hooks.body = hook(change))
    };
    let bomb = |name, why, count: usize| {
        vaccination(abstains(LARGE, name, why), |h| {
            h.cwt.hooks.token_bytes = hook(move |bytes: &mut Vec<u8>| *bytes = vec![0; count]);
        })
    };
    vec![
        packed(
            "hcert/not-compressed",
            "the specification has no other way than zlib (4.2.1)",
            Compression::None,
        ),
        packed("hcert/zlib-cut", "half a stream", Compression::Broken),
        body("hcert/zlib-followed-by-a-byte", "nothing follows", |body| {
            body.push(0);
        }),
        body("hcert/zlib-wrong-checksum", "Adler-32", |body| {
            *body.last_mut().unwrap() ^= 1;
        }),
        body("hcert/raw-deflate", "RFC 1951 without RFC 1950", |body| {
            let end = body.len() - 4;
            body.truncate(end);
            body.drain(..2);
        }),
        body("hcert/zlib-preset-dictionary", "FDICT", |body| {
            body[1] = 0xbb;
        }),
        bomb(
            "hcert/zlib-bomb",
            "a megabyte of zeros in a small code",
            1 << 20,
        ),
        bomb(
            "hcert/zlib-one-byte-too-large",
            "above 48 KiB",
            48 * 1024 + 1,
        ),
    ]
}
