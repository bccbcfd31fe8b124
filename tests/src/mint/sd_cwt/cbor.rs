//! `cbor`: bytes that no SD-CWT may be made of (RFC 8949, and the draft's own rules).

use super::{DUPLICATE, MALFORMED, parts, refused, undecided};
use crate::mint::{Draft, hook};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, indefinite, int, raw, tagged, text};
use hwagin_training::{SdCwt, Value};

const PROOF: &str = "holder.proof_invalid";

pub(super) fn drafts() -> Vec<Draft> {
    [duplicates(), lengths(), depths(), numbers(), keys()]
        .into_iter()
        .flatten()
        .collect()
}

/// The claims, changed before they are signed.
fn claims(change: impl Fn(&mut Vec<(Value, Value)>) + 'static) -> impl FnOnce(&mut SdCwt) {
    move |r| {
        r.hooks.claims = hook(move |claims: &mut Value| change(claims.as_map_mut().unwrap()));
    }
}

fn duplicates() -> Vec<Draft> {
    vec![
        refused(
            DUPLICATE,
            "cbor/sd-cwt-claim-twice",
            "exp twice, signed",
            claims(|map| map.push((int(4), int(AT + 9)))),
        ),
        refused(
            DUPLICATE,
            "cbor/sd-cwt-claim-twice-in-longer-bytes",
            "compared by preferred encoding: 04 and 18 04 are one key",
            claims(|map| map.push((raw(vec![0x18, 4]), int(AT + 9)))),
        ),
        refused(
            DUPLICATE,
            "cbor/sd-cwt-key-twice-in-a-value",
            "in any map at any depth",
            claims(|map| {
                let twice = vec![(text("a"), int(1)), (text("a"), int(2))];
                map.push((int(500), Value::Map(twice)));
            }),
        ),
        refused(
            DUPLICATE,
            "cbor/sd-cwt-key-twice-in-a-disclosure",
            "in any map at any depth",
            |r| {
                let twice = vec![(text("a"), int(1)), (text("a"), int(2))];
                let name = r.element("issuing_country").unwrap();
                name.node = hwagin_training::sd_cwt::Node::Open(Value::Map(twice));
            },
        ),
        refused(
            DUPLICATE,
            "cbor/sd-cwt-number-and-text-of-one-name",
            "500 and \\\"500\\\" would be one claim on a card",
            claims(|map| {
                map.push((int(500), int(1)));
                map.push((text("500"), int(2)));
            }),
        ),
        refused(
            PROOF,
            "cbor/sd-cwt-binding-claim-twice",
            "which iat counts?",
            |r| r.binding.extra.push((int(6), int(AT))),
        ),
    ]
}

fn lengths() -> Vec<Draft> {
    let spoiled = |name, why, change: fn(&mut SdCwt)| undecided(MALFORMED, name, why, change);
    vec![
        spoiled(
            "cbor/sd-cwt-claims-of-indefinite-length",
            "the draft: a decoder has to reject it",
            |r| r.hooks.claims = hook(|claims: &mut Value| *claims = indefinite(claims)),
        ),
        spoiled(
            "cbor/sd-cwt-value-of-indefinite-length",
            "anywhere in it",
            |r| {
                let list = indefinite(&Value::Array(vec![int(1)]));
                r.token.claims.set(int(500), list);
            },
        ),
        spoiled(
            "cbor/sd-cwt-disclosure-of-indefinite-length",
            "anywhere in it",
            |r| {
                r.hooks.disclosure = Some(Box::new(|_, content: &mut Value| {
                    *content = indefinite(content)
                }));
            },
        ),
        spoiled(
            "cbor/sd-cwt-message-of-indefinite-length",
            "anywhere in it",
            |r| {
                r.hooks.token = hook(|token: &mut Value| {
                    *token = tagged(18, indefinite(&Value::Array(parts(token).clone())));
                });
            },
        ),
        spoiled(
            "cbor/sd-cwt-disclosures-of-indefinite-length",
            "anywhere in it",
            |r| {
                r.hooks.token = hook(|token: &mut Value| {
                    let header = parts(token)[1].as_map_mut().unwrap();
                    let sent = &mut header.last_mut().unwrap().1;
                    *sent = indefinite(sent);
                });
            },
        ),
        spoiled(
            "cbor/sd-cwt-binding-message-of-indefinite-length",
            "anywhere in it",
            |r| {
                r.hooks.kbt = hook(|kbt: &mut Value| {
                    *kbt = tagged(18, indefinite(&Value::Array(parts(kbt).clone())));
                });
            },
        ),
        refused(
            PROOF,
            "cbor/sd-cwt-binding-claims-of-indefinite-length",
            "the holder's own claims",
            |r| r.hooks.binding = hook(|claims: &mut Value| *claims = indefinite(claims)),
        ),
        spoiled(
            "cbor/sd-cwt-text-in-pieces",
            "a text of indefinite length",
            |r| {
                let pieces = raw(vec![0x7f, 0x61, b'a', 0x61, b'b', 0xff]);
                r.token.claims.set(int(500), pieces);
            },
        ),
        spoiled("cbor/sd-cwt-claims-followed-by-a-byte", "one item", |r| {
            r.hooks.claims_bytes = hook(|bytes: &mut Vec<u8>| bytes.push(0));
        }),
        spoiled("cbor/sd-cwt-claims-cut", "the last byte is missing", |r| {
            r.hooks.claims_bytes = hook(|bytes: &mut Vec<u8>| {
                bytes.pop();
            });
        }),
        spoiled("cbor/sd-cwt-followed-by-a-byte", "one item", |r| {
            r.hooks.kbt_bytes = hook(|bytes: &mut Vec<u8>| bytes.push(0));
        }),
        refused(
            PROOF,
            "cbor/sd-cwt-binding-claims-followed-by-a-byte",
            "one item",
            |r| r.hooks.binding_bytes = hook(|bytes: &mut Vec<u8>| bytes.push(0)),
        ),
        spoiled(
            "cbor/sd-cwt-disclosure-followed-by-a-byte",
            "one item, hashed with the byte",
            |r| {
                r.hooks.disclosure = Some(Box::new(|_, content: &mut Value| {
                    *content = raw([encode(content), vec![0]].concat());
                }));
            },
        ),
        spoiled(
            "cbor/sd-cwt-claims-of-a-billion",
            "a declared length that nothing follows",
            |r| {
                r.hooks.claims_bytes = hook(|bytes: &mut Vec<u8>| {
                    *bytes = vec![0xba, 0x3b, 0x9a, 0xca, 0];
                });
            },
        ),
    ]
}

fn depths() -> Vec<Draft> {
    let bomb = |depth: usize| raw([vec![0x81; depth], vec![0]].concat());
    vec![
        undecided(
            MALFORMED,
            "cbor/sd-cwt-depth-bomb",
            "a thousand arrays, one in another",
            move |r| r.token.claims.set(int(500), bomb(1_000)),
        ),
        undecided(
            MALFORMED,
            "cbor/sd-cwt-depth-bomb-in-a-disclosure",
            "a thousand arrays, one in another",
            move |r| {
                let name = r.element("issuing_country").unwrap();
                name.node = hwagin_training::sd_cwt::Node::Open(bomb(1_000));
            },
        ),
        undecided(
            MALFORMED,
            "cbor/sd-cwt-tags-bomb",
            "a thousand tags, one in another",
            |r| {
                let tags = raw([vec![0xc1; 1_000], vec![0]].concat());
                r.token.claims.set(int(500), tags);
            },
        ),
    ]
}

fn numbers() -> Vec<Draft> {
    let time = |name, why, key: i64, value: Value| {
        undecided(MALFORMED, name, why, move |r| {
            r.token.claims.set(int(key), value);
        })
    };
    let made =
        |name, why, value: Value| refused(PROOF, name, why, move |r| r.binding.iat = Some(value));
    vec![
        time(
            "cbor/sd-cwt-end-nan",
            "no number",
            4,
            Value::Float(f64::NAN),
        ),
        time(
            "cbor/sd-cwt-end-infinite",
            "the draft: finite",
            4,
            Value::Float(f64::INFINITY),
        ),
        time(
            "cbor/sd-cwt-start-infinitely-early",
            "the draft: finite",
            5,
            Value::Float(f64::NEG_INFINITY),
        ),
        time(
            "cbor/sd-cwt-end-float-beyond-2-53",
            "not exact any more",
            4,
            Value::Float(1e16),
        ),
        time(
            "cbor/sd-cwt-end-beyond-2-53",
            "no date of this world",
            4,
            int((1 << 53) + 2),
        ),
        time("cbor/sd-cwt-end-2-63", "no date", 4, int(i64::MAX)),
        time("cbor/sd-cwt-end-as-text", "a number", 4, text("2027-06-30")),
        time(
            "cbor/sd-cwt-end-tagged",
            "RFC 8392 2: a NumericDate leaves out tag 1",
            4,
            tagged(1, int(AT + 9_000)),
        ),
        time(
            "cbor/sd-cwt-end-as-big-number",
            "tag 2 where a number fits",
            4,
            tagged(2, bytes(&[0x7f, 0, 0, 0])),
        ),
        time("cbor/sd-cwt-end-null", "left out, not null", 4, Value::Null),
        made(
            "cbor/sd-cwt-binding-made-nan",
            "no number",
            Value::Float(f64::NAN),
        ),
        made(
            "cbor/sd-cwt-binding-made-beyond-2-53",
            "not exact any more",
            Value::Float(1e16),
        ),
        made("cbor/sd-cwt-binding-made-as-text", "a number", text("now")),
        made(
            "cbor/sd-cwt-binding-made-tagged",
            "a NumericDate leaves out tag 1",
            tagged(1, int(AT)),
        ),
    ]
}

fn keys() -> Vec<Draft> {
    let key = |name, why, key: Value| {
        undecided(
            MALFORMED,
            name,
            why,
            claims(move |map| map.push((key.clone(), int(1)))),
        )
    };
    vec![
        key("cbor/sd-cwt-key-as-bytes", "number or text", bytes(b"key")),
        key(
            "cbor/sd-cwt-key-as-flag",
            "number or text",
            Value::Bool(true),
        ),
        key(
            "cbor/sd-cwt-key-of-256-bytes",
            "255 at most",
            text(&"k".repeat(256)),
        ),
        key(
            "cbor/sd-cwt-key-of-another-simple-value",
            "58 means nothing",
            hwagin_training::cbor::simple(58),
        ),
    ]
}
