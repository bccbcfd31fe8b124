//! `transport`: from the characters of a QR code to the envelope.

use super::{Draft, abstains, hints, hook};
use crate::world::AT;
use hwagin_training::{Card, Packing, Recipe, base45};

const BROKEN: &str = "transport.undecodable";
const LARGE: &str = "transport.too_large";

pub(super) fn drafts() -> Vec<Draft> {
    [foreign(), letters(), packing(), sizes()]
        .into_iter()
        .flatten()
        .collect()
}

fn foreign() -> Vec<Draft> {
    vec![
        hints("hint.web_link", "transport/web-link", "a link is not followed and no credential")
            .text("https://example.com/verify?id=1"),
        hints(
            "hint.korean_mobile_id",
            "transport/korean-online-code",
            "the online code of Korea's mobile ID points to a relay: named, not followed",
        )
        .text("eyJ0eXBlIjoibWlwIiwidmVyc2lvbiI6IjEuMC4wIiwiY21kIjoiMTIwIn0="),
        hints(
            "hint.mdoc_engagement",
            "transport/mdoc-engagement",
            "ISO/IEC 18013-5 8.2.2.3: the data of this one travels by radio",
        )
        .text("mdoc:owBjMS4wAYIB2BhYS6QBAiABIVggWojRgrzl9C76WZQ_MzWdAuipaP8onZPl-kRLYkNDFn8iWCCRFnIHrQ8ckNOKZ9lkTrzmeHVGU0dUQgqTqC0gcVKmbg"),
        hints("hint.newer_version", "transport/newer-version", "a text form that is yet to come")
            .text("HWG2:6BFOXN"),
        abstains(
            "transport.undecodable",
            "transport/health-certificate-cut-short",
            "it says that it is one",
        )
        .text("HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE"),
        hints("hint.unrecognised", "transport/empty", "nothing at all").text(""),
        hints(
            "hint.newer_version",
            "transport/lower-case",
            "the text form is upper case throughout; lower case is no base45",
        )
        .licence(|r| r.hooks.text = hook(|text: &mut String| text.make_ascii_lowercase())),
        hints(
            "hint.unrecognised",
            "transport/byte-order-mark",
            "a reader in byte mode may put one in front: not taken for the prefix",
        )
        .licence(|r| r.hooks.text = hook(|text: &mut String| text.insert(0, '\u{feff}'))),
    ]
}

fn letters() -> Vec<Draft> {
    let changed = |name, why, change: fn(&mut String)| {
        abstains(BROKEN, name, why).licence(|r| r.hooks.text = hook(change))
    };
    vec![
        abstains(
            BROKEN,
            "transport/nothing-after-prefix",
            "there is no first byte",
        )
        .text("HWG1:"),
        abstains(
            BROKEN,
            "transport/one-letter",
            "RFC 9285: a lone letter codes no byte",
        )
        .text("HWG1:A"),
        abstains(
            BROKEN,
            "transport/base45-above-two-bytes",
            "RFC 9285: `:::` is above 65535",
        )
        .text("HWG1::::"),
        abstains(
            BROKEN,
            "transport/base45-above-one-byte",
            "RFC 9285: `::` is above 255",
        )
        .text("HWG1:BB8::"),
        changed(
            "transport/lower-case-body",
            "RFC 9285 has no lower case",
            |text| {
                *text = text
                    .replace("HWG1:", "hwg1:")
                    .to_ascii_lowercase()
                    .replace("hwg1:", "HWG1:");
            },
        ),
        changed(
            "transport/letter-outside-alphabet",
            "`#` is no letter of base45",
            |text| {
                text.replace_range(40..41, "#");
            },
        ),
        changed(
            "transport/line-break-at-end",
            "what a program put behind it is not cut",
            |text| {
                text.push('\n');
            },
        ),
        changed(
            "transport/blank-in-front",
            "a blank is a letter of base45",
            |text| {
                text.insert(5, ' ');
            },
        ),
        changed(
            "transport/not-ascii",
            "a letter of another script",
            |text| {
                text.replace_range(40..41, "가");
            },
        ),
    ]
}

fn packing() -> Vec<Draft> {
    let body = |name, why, packing: Packing, change: fn(&mut Vec<u8>)| {
        abstains(BROKEN, name, why).licence(|r| {
            r.packing = packing;
            r.hooks.body = hook(change);
        })
    };
    vec![
        body(
            "transport/unknown-packing",
            "only 0 and 1 are defined",
            Packing::Plain,
            |body| {
                body[0] = 2;
            },
        ),
        body(
            "transport/zlib-wrong-checksum",
            "RFC 1950: Adler-32",
            Packing::Zlib,
            |body| {
                *body.last_mut().unwrap() ^= 1;
            },
        ),
        body(
            "transport/zlib-without-checksum",
            "RFC 1950: cut short",
            Packing::Zlib,
            |body| {
                body.truncate(body.len() - 4);
            },
        ),
        body(
            "transport/zlib-cut",
            "half a stream",
            Packing::Zlib,
            |body| {
                body.truncate(body.len() / 2);
            },
        ),
        body(
            "transport/zlib-followed-by-a-byte",
            "RFC 1950: nothing follows",
            Packing::Zlib,
            |body| {
                body.push(0);
            },
        ),
        body(
            "transport/raw-deflate",
            "RFC 1951 without its RFC 1950 wrapping",
            Packing::Zlib,
            |body| {
                let end = body.len() - 4;
                body.drain(end..);
                body.drain(1..3);
            },
        ),
        body(
            "transport/plain-said-to-be-zlib",
            "the first byte is wrong",
            Packing::Plain,
            |body| {
                body[0] = 1;
            },
        ),
        body(
            "transport/zlib-preset-dictionary",
            "RFC 1950: FDICT",
            Packing::Zlib,
            |body| {
                body[2] = 0xbb;
            },
        ),
    ]
}

/// zlib of `count` zeros: stored text of a few hundred bytes.
fn bomb(count: usize) -> Vec<u8> {
    let mut recipe = Recipe::new(Card::Mdl, AT);
    recipe.packing = Packing::Zlib;
    recipe.hooks.envelope_bytes = hook(move |bytes: &mut Vec<u8>| *bytes = vec![0; count]);
    hwagin_training::Authority::built_in()
        .mint(&recipe)
        .text
        .into_bytes()
}

fn sizes() -> Vec<Draft> {
    vec![
        abstains(
            LARGE,
            "transport/zlib-bomb",
            "a megabyte of zeros in a small code",
        )
        .text(bomb(1 << 20)),
        abstains(
            LARGE,
            "transport/zlib-one-byte-too-large",
            "one byte above 48 KiB",
        )
        .text(bomb(48 * 1024 + 1)),
        abstains(
            "format.malformed",
            "transport/zlib-largest",
            "48 KiB are taken; that they are no map is said next",
        )
        .text(bomb(48 * 1024)),
        abstains(LARGE, "transport/text-too-large", "one letter above 64 Ki")
            .text(format!("HWG1:{}", "0".repeat(64 * 1024 + 1))),
        abstains(
            "format.malformed",
            "transport/text-largest",
            "the largest text is taken; that it holds no map is said next",
        )
        .text(format!("HWG1:{}", base45(&[0; 43_690]))),
    ]
}
