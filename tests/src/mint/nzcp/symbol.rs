//! From the characters of a QR code to a pass (section 4).

use super::super::{Draft, abstains, hints, hook};
use super::pass;

const BROKEN: &str = "transport.undecodable";

pub(super) fn drafts() -> Vec<Draft> {
    [prefixes(), letters()].into_iter().flatten().collect()
}

fn text(draft: Draft, change: fn(&mut String)) -> Draft {
    pass(draft, |n| n.hooks.text = hook(change))
}

fn prefixes() -> Vec<Draft> {
    let other =
        |name, why, change: fn(&mut String)| text(hints("hint.unrecognised", name, why), change);
    vec![
        other(
            "nzcp/prefix-in-lower-case",
            "a symbol in alphanumeric mode has capitals",
            |text| text.replace_range(..4, "nzcp"),
        ),
        other("nzcp/prefix-without-version", "NZCP:/", |text| {
            text.replace_range(..8, "NZCP:/");
        }),
        other("nzcp/version-0", "there is none", |text| {
            text.replace_range(6..7, "0");
        }),
        other("nzcp/version-01", "1 is written 1", |text| {
            text.replace_range(6..7, "01");
        }),
        text(
            hints("hint.health_certificate", "nzcp/version-2", "yet to come"),
            |text| text.replace_range(6..7, "2"),
        ),
    ]
}

fn letters() -> Vec<Draft> {
    let broken = |name, why, change: fn(&mut String)| text(abstains(BROKEN, name, why), change);
    vec![
        broken("nzcp/body-in-lower-case", "RFC 4648 6: capitals", |text| {
            *text = format!("NZCP:/1/{}", text[8..].to_ascii_lowercase())
        }),
        broken("nzcp/padded", "4: without padding", |text| {
            while !(text.len() - 8).is_multiple_of(8) {
                text.push('=');
            }
            if (text.len() - 8).is_multiple_of(8) && !text.ends_with('=') {
                text.push_str("========");
            }
        }),
        broken(
            "nzcp/letter-outside-alphabet",
            "0, 1, 8 and 9 are left out",
            |text| text.replace_range(40..41, "1"),
        ),
        broken(
            "nzcp/length-of-no-bytes",
            "a letter alone codes no byte",
            |text| {
                let whole = (text.len() - 8) / 8 * 8;
                text.truncate(8 + whole);
                text.push('A');
            },
        ),
        broken(
            "nzcp/bits-left-over",
            "what is behind the last byte has to be 0",
            |text| {
                let whole = (text.len() - 8) / 8 * 8;
                text.truncate(8 + whole);
                text.push_str("AB");
            },
        ),
        broken("nzcp/line-break-at-end", "not cut off", |text| {
            text.push('\n');
        }),
        abstains(
            "format.malformed",
            "nzcp/nothing-after-prefix",
            "no byte is no message",
        )
        .document("NZCP:/1/".to_owned(), &[]),
        abstains(
            "transport.too_large",
            "nzcp/text-too-large",
            "one letter above 64 Ki",
        )
        .document(format!("NZCP:/1/{}", "A".repeat(64 * 1024 + 1)), &[]),
    ]
}
