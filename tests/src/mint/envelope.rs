//! `format`: the envelope, and CBOR as such.

use super::{Draft, abstains, hook, refuses};
use hwagin_training::Value;
use hwagin_training::cbor::{bytes, int, text};

const MALFORMED: &str = "format.malformed";
const TWICE: &str = "format.duplicate_key";
const UNSUPPORTED: &str = "format.unsupported";

pub(super) fn drafts() -> Vec<Draft> {
    [structure(), entries(), encodings()]
        .into_iter()
        .flatten()
        .collect()
}

/// The envelope as a value, changed.
fn value(draft: Draft, change: fn(&mut Vec<(Value, Value)>)) -> Draft {
    draft.licence(|r| {
        r.hooks.envelope = hook(move |envelope: &mut Value| change(envelope.as_map_mut().unwrap()));
    })
}

/// The envelope as bytes, changed.
fn encoded(draft: Draft, change: fn(&mut Vec<u8>)) -> Draft {
    draft.licence(|r| r.hooks.envelope_bytes = hook(change))
}

fn malformed(name: &'static str, why: &'static str) -> Draft {
    abstains(MALFORMED, name, why)
}

fn structure() -> Vec<Draft> {
    let key = |key: i64| move |entry: &(Value, Value)| entry.0 != int(key);
    let without = |name, why, gone: i64| {
        malformed(name, why).licence(|r| {
            r.hooks.envelope = hook(move |envelope: &mut Value| {
                envelope.as_map_mut().unwrap().retain(key(gone));
            });
        })
    };
    vec![
        without("envelope/no-response", "there is no document", 1),
        without("envelope/no-time", "no iat: its age cannot be told", 2),
        without("envelope/no-id", "no cti: a replay could not be told", 3),
        value(
            abstains(
                UNSUPPORTED,
                "envelope/unknown-key",
                "an extension takes a new text form",
            ),
            |map| map.push((int(6), int(0))),
        ),
        value(
            abstains(UNSUPPORTED, "envelope/text-key", "keys are numbers"),
            |map| {
                map.push((text("1"), int(0)));
            },
        ),
        value(
            refuses(TWICE, "envelope/two-times", "iat twice: which one counts?"),
            |map| {
                map.push((int(2), int(0)));
            },
        ),
        malformed("envelope/array", "not a map").licence(|r| {
            r.hooks.envelope = hook(|envelope: &mut Value| {
                *envelope = Value::Array(vec![envelope.clone()]);
            });
        }),
        malformed("envelope/tagged", "no tag belongs around it").licence(|r| {
            r.hooks.envelope = hook(|envelope: &mut Value| {
                *envelope = Value::Tag(55_799, Box::new(envelope.clone()));
            });
        }),
    ]
}

fn entries() -> Vec<Draft> {
    let issued =
        |name, why, issued: Value| malformed(name, why).licence(|r| r.envelope.issued = issued);
    let id = |name, why, length: usize| {
        malformed(name, why).licence(|r| r.envelope.cti = vec![7; length])
    };
    vec![
        issued(
            "envelope/time-as-float",
            "whole seconds only",
            Value::Float(1.8e9),
        ),
        issued("envelope/time-as-text", "not a number", text("1800000000")),
        issued("envelope/time-negative", "before 1970", int(-1)),
        issued(
            "envelope/time-above-63-bits",
            "no clock says so",
            Value::Integer(u64::MAX.into()),
        ),
        issued(
            "envelope/time-as-bignum",
            "tag 2 where a uint fits",
            Value::Tag(2, Box::new(bytes(&[0x6b, 0x49, 0xd2, 0x00]))),
        ),
        id(
            "envelope/id-of-15-bytes",
            "16 bytes, so that none collides",
            15,
        ),
        id(
            "envelope/id-of-17-bytes",
            "16 bytes, so that none collides",
            17,
        ),
        id("envelope/id-empty", "16 bytes, so that none collides", 0),
        malformed("envelope/challenge-hash-of-31-bytes", "SHA-256 has 32")
            .licence(|r| r.envelope.challenge_hash = Some(vec![1; 31])),
        value(
            malformed("envelope/purpose-as-bytes", "a purpose is text"),
            |map| {
                map.push((int(4), bytes(b"landlord")));
            },
        ),
        value(
            malformed("envelope/response-as-map", "the response is a byte string"),
            |map| {
                map[0].1 = Value::Map(Vec::new());
            },
        ),
    ]
}

fn encodings() -> Vec<Draft> {
    vec![
        encoded(malformed("cbor/empty", "not one item"), Vec::clear),
        encoded(malformed("cbor/cut", "the end is missing"), |bytes| {
            bytes.truncate(bytes.len() - 1);
        }),
        encoded(
            malformed("cbor/byte-left-over", "one item and no more"),
            |bytes| bytes.push(0),
        ),
        encoded(
            malformed("cbor/depth-bomb", "40,000 arrays in each other"),
            |bytes| {
                *bytes = vec![0x81; 40_000];
            },
        ),
        encoded(
            malformed("cbor/tag-bomb", "40,000 tags on each other"),
            |bytes| {
                *bytes = vec![0xc1; 40_000];
            },
        ),
        encoded(
            malformed("cbor/huge-array", "2^64 - 1 items declared, none there"),
            |bytes| {
                *bytes = [&[0x9b][..], &[0xff; 8]].concat();
            },
        ),
        encoded(
            malformed("cbor/huge-map", "2^64 - 1 pairs declared, one there"),
            |bytes| {
                *bytes = [&[0xbb][..], &[0xff; 8], &[1, 1]].concat();
            },
        ),
        encoded(
            malformed("cbor/huge-bytes", "2^64 - 1 bytes declared, none there"),
            |bytes| {
                *bytes = [&[0xa1, 1, 0x5b][..], &[0xff; 8]].concat();
            },
        ),
        encoded(
            malformed("cbor/reserved-head", "additional information 28 to 30"),
            |bytes| {
                bytes[0] = 0xbc;
            },
        ),
        encoded(
            malformed("cbor/break-alone", "a break outside an indefinite length"),
            |bytes| {
                *bytes = vec![0xff];
            },
        ),
        encoded(
            malformed("cbor/no-break", "an indefinite map without its end"),
            |bytes| {
                bytes[0] = 0xbf;
            },
        ),
        encoded(
            refuses(
                TWICE,
                "cbor/key-twice-in-two-lengths",
                "1 and a longer 1 are one key",
            ),
            |bytes| {
                bytes[0] += 1;
                bytes.extend([0x18, 0x01, 0x40]);
            },
        ),
        malformed(
            "cbor/bytes-in-pieces",
            "an indefinite byte string has no one span",
        )
        .licence(|r| {
            r.hooks.envelope_bytes = hook(|bytes: &mut Vec<u8>| {
                // Key 3, the id, is the last entry: 03 50 and 16 bytes.
                let at = bytes.len() - 17;
                bytes.insert(at, 0x5f);
                bytes.push(0xff);
            });
        }),
        encoded(
            malformed(
                "cbor/text-not-utf-8",
                "RFC 8949 3.1: a text string is UTF-8",
            ),
            |bytes| {
                bytes[0] += 1;
                bytes.extend([4, 0x62, 0xc3, 0x28]);
            },
        ),
    ]
}
