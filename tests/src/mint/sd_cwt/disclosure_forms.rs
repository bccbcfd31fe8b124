//! `digest`: what a disclosure and the hash that stands for it are made of (draft, 4).

use super::{MALFORMED, undecided};
use crate::mint::Draft;
use hwagin_training::Value;
use hwagin_training::cbor::{bytes, int, simple, tagged, text};
use hwagin_training::sd_cwt::{Claims, Element, Entry, Node, Redaction};
use hwagin_training::sd_cwt::{TO_BE_DECOY, TO_BE_REDACTED};

pub(super) fn drafts() -> Vec<Draft> {
    [shapes(), marks()].into_iter().flatten().collect()
}

/// A disclosure of the family name that holds this and has the hash of this.
fn holding(name: &'static str, why: &'static str, content: fn(&mut Vec<Value>)) -> Draft {
    undecided(MALFORMED, name, why, |r| {
        r.hooks.disclosure = Some(Box::new(move |claim, disclosure: &mut Value| {
            if claim == "family_name" {
                content(disclosure.as_array_mut().unwrap());
            }
        }));
    })
}

fn shapes() -> Vec<Draft> {
    vec![
        holding("digest/sd-cwt-salt-of-8-bytes", "128 bits at least", |d| {
            d[0] = bytes(&[1; 8]);
        }),
        holding("digest/sd-cwt-salt-empty", "128 bits at least", |d| {
            d[0] = bytes(&[]);
        }),
        holding("digest/sd-cwt-salt-as-text", "a salt is bytes", |d| {
            d[0] = text("0123456789abcdef");
        }),
        holding("digest/sd-cwt-of-four", "salt, value, key", |d| {
            d.push(int(1));
        }),
        holding("digest/sd-cwt-of-nothing", "salt, value, key", Vec::clear),
        holding(
            "digest/sd-cwt-element-of-an-array-in-a-map",
            "a key is needed there",
            |d| d.truncate(2),
        ),
        holding("digest/sd-cwt-key-as-bytes", "number or text", |d| {
            d[2] = bytes(b"family_name");
        }),
        holding("digest/sd-cwt-key-of-256-bytes", "255 at most", |d| {
            d[2] = text(&"k".repeat(256));
        }),
        holding(
            "digest/sd-cwt-key-that-redacts",
            "simple(59) is no name of a claim",
            |d| d[2] = simple(59),
        ),
        undecided(
            MALFORMED,
            "digest/sd-cwt-entry-of-a-map-in-an-array",
            "an element of an array has no key",
            |r| {
                let element = Element::new(int(1), Some(Redaction::default()));
                r.token.claims.0.push(Entry {
                    key: int(500),
                    node: Node::Array(vec![element]),
                    redaction: None,
                });
                r.hooks.disclosure = Some(Box::new(|claim, disclosure: &mut Value| {
                    if claim == "0" {
                        disclosure.as_array_mut().unwrap().push(text("key"));
                    }
                }));
            },
        ),
        undecided(MALFORMED, "digest/sd-cwt-as-map", "an array", |r| {
            r.token.foreign = vec![vec![0xa0]];
        }),
        undecided(MALFORMED, "digest/sd-cwt-junk", "not CBOR", |r| {
            r.token.foreign = vec![vec![0xff]];
        }),
        undecided(
            MALFORMED,
            "digest/sd-cwt-hashes-as-map",
            "simple(59) has an array",
            |r| {
                let none = Value::Map(Vec::new());
                let odd = Claims(vec![Entry::open(simple(59), none)]);
                r.token.claims.0.push(Entry {
                    key: int(500),
                    node: Node::Map(odd),
                    redaction: None,
                });
            },
        ),
        undecided(
            MALFORMED,
            "digest/sd-cwt-hash-as-text",
            "a hash is bytes",
            |r| {
                let hashes = Value::Array(vec![text("hash")]);
                let odd = Value::Map(vec![(simple(59), hashes)]);
                r.token.claims.set(int(500), odd);
            },
        ),
    ]
}

fn marks() -> Vec<Draft> {
    let value = |name, why, tag: u64| {
        undecided(MALFORMED, name, why, move |r| {
            r.token.claims.set(int(500), tagged(tag, int(1)));
        })
    };
    let key = |name, why, tag: u64| {
        undecided(MALFORMED, name, why, move |r| {
            let entry = Entry::open(tagged(tag, int(1)), Value::Null);
            r.token.claims.0.push(entry);
        })
    };
    vec![
        value(
            "digest/sd-cwt-to-be-redacted",
            "a mark of before it was issued",
            TO_BE_REDACTED,
        ),
        key(
            "digest/sd-cwt-key-to-be-redacted",
            "a mark of before it was issued",
            TO_BE_REDACTED,
        ),
        key(
            "digest/sd-cwt-to-be-decoy",
            "a mark of before it was issued",
            TO_BE_DECOY,
        ),
        undecided(
            MALFORMED,
            "digest/sd-cwt-to-be-redacted-in-a-disclosure",
            "nor in what the holder shows",
            |r| {
                let country = r.element("issuing_country").unwrap();
                country.node = Node::Open(tagged(TO_BE_REDACTED, text("ZZ")));
            },
        ),
        undecided(
            MALFORMED,
            "digest/sd-cwt-to-be-redacted-deep-in-a-list",
            "nor in a value that is shown as a whole",
            |r| {
                let list = Value::Array(vec![tagged(TO_BE_REDACTED, int(1))]);
                r.token.claims.set(int(500), list);
            },
        ),
    ]
}
