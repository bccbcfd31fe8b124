//! What real wallets write otherwise than the standard, and what is too much.

use super::{NONCE, accepted, redirect};
use crate::mint::{Draft, abstains, entry, hook, refuses, without};
use hwagin_training::cbor::{int, map, tagged, tdate, text};
use hwagin_training::{Item, Recipe, Value};

pub(super) fn drafts() -> Vec<Draft> {
    [times(), encodings(), members(), refused()]
        .into_iter()
        .flatten()
        .collect()
}

/// Text under tag 0.
fn tag_0(time: &str) -> Value {
    tagged(0, text(time))
}

fn times() -> Vec<Draft> {
    let birth_date = |name, why, value: Value| {
        accepted(name, why, |r| r.item("birth_date").unwrap().value = value)
    };
    vec![
        accepted(
            "accept/captured-times-with-fraction",
            "forbidden, and written by wallets: in all three times",
            |r| {
                r.hooks.mso = hook(|mso: &mut Value| {
                    let info = entry(mso, "validityInfo");
                    for (key, time) in [
                        ("signed", "2027-01-01T00:00:00.123Z"),
                        ("validFrom", "2027-01-01T00:00:00.123456789Z"),
                        ("validUntil", "2027-06-01T00:00:00.9Z"),
                    ] {
                        *entry(info, key) = tag_0(time);
                    }
                });
            },
        ),
        birth_date(
            "accept/captured-date-under-tag-0",
            "tag 0 is for a time; wallets write it on a bare date",
            tag_0("1999-01-01"),
        ),
        birth_date(
            "accept/captured-date-as-time",
            "a tdate where a full-date belongs: its day in UTC",
            tag_0("1999-01-01T00:00:00Z"),
        ),
        birth_date(
            "accept/captured-date-as-text",
            "a date without its tag is still a date",
            text("1999-01-01"),
        ),
    ]
}

/// The head of the outermost map with one byte more than needed, or two.
fn longer_head(bytes: &mut Vec<u8>) {
    let entries = bytes[0] & 0x1f;
    assert!(bytes[0] >> 5 == 5 && entries < 24);
    bytes.splice(0..1, [0xb9, 0, entries]);
}

fn encodings() -> Vec<Draft> {
    vec![
        accepted(
            "accept/captured-longer-head-of-response",
            "b9 0003 has been seen",
            |r| r.hooks.response_bytes = hook(longer_head),
        ),
        accepted(
            "accept/captured-longer-head-of-security-object",
            "longer than needed, and signed so",
            |r| r.hooks.mso_bytes = hook(longer_head),
        ),
        accepted(
            "accept/captured-response-of-indefinite-length",
            "a stream is a response as well",
            |r| {
                r.hooks.response_bytes = hook(|bytes: &mut Vec<u8>| {
                    bytes[0] = 0xbf;
                    bytes.push(0xff);
                });
            },
        ),
        accepted(
            "accept/captured-in-another-order",
            "the order of a map is free",
            |r| {
                r.hooks.response = hook(|map: &mut Value| map.as_map_mut().unwrap().reverse());
                r.hooks.mso = hook(|map: &mut Value| map.as_map_mut().unwrap().reverse());
            },
        ),
        accepted(
            "accept/captured-salts-of-8-bytes",
            "old wallets: below the 16 that are asked for",
            |r| {
                for item in &mut r.items {
                    item.salt = 8;
                }
            },
        ),
    ]
}

fn members() -> Vec<Draft> {
    let added = |name, why, key: &'static str, value: fn() -> Value| {
        accepted(name, why, move |r| {
            r.hooks.response = hook(move |response: &mut Value| {
                response.as_map_mut().unwrap().push((text(key), value()));
            });
        })
    };
    vec![
        accepted("accept/captured-version-1-1", "a minor version", |r| {
            r.response.version = "1.1".to_owned();
        }),
        added(
            "accept/captured-with-errors",
            "what a wallet could not send beside what it did",
            "documentErrors",
            || Value::Array(vec![map([("org.iso.23220.photoid.1", int(0))])]),
        ),
        added(
            "accept/captured-with-unknown-member",
            "reserved for future use",
            "future",
            || Value::Null,
        ),
        accepted(
            "accept/captured-key-authorizations",
            "what the device may sign: nothing of it is read",
            |r| {
                r.hooks.mso = hook(|mso: &mut Value| {
                    let allowed = map([("nameSpaces", Value::Array(vec![text("a")]))]);
                    let info = entry(mso, "deviceKeyInfo").as_map_mut().unwrap();
                    info.push((text("keyAuthorizations"), allowed));
                });
            },
        ),
        accepted(
            "accept/captured-expected-update",
            "an optional time of the security object",
            |r| {
                r.hooks.mso = hook(|mso: &mut Value| {
                    let info = entry(mso, "validityInfo").as_map_mut().unwrap();
                    info.push((text("expectedUpdate"), tdate(1_900_000_000)));
                });
            },
        ),
        accepted(
            "accept/captured-unknown-element",
            "counted, not shown",
            |r| {
                r.items
                    .push(Item::new("org.iso.18013.5.1", "shoe_size", int(38)));
            },
        )
        .surplus(5),
    ]
}

fn refused() -> Vec<Draft> {
    let in_session =
        |draft: Draft, change: fn(&mut Recipe)| draft.in_session(&redirect(NONCE), change);
    vec![
        in_session(
            abstains(
                "format.several_documents",
                "mdoc/captured-two-documents",
                "which one is meant?",
            ),
            |r| r.response.documents = 2,
        ),
        in_session(
            abstains(
                "format.unsupported",
                "mdoc/captured-without-documents",
                "second edition: encrypted, or proven in zero knowledge",
            ),
            |r| r.response.documents = 0,
        ),
        in_session(
            abstains(
                "format.unsupported",
                "mdoc/captured-error",
                "status 10: the wallet reports an error",
            ),
            |r| r.response.status = 10,
        ),
        in_session(
            abstains(
                "format.unsupported",
                "mdoc/captured-version-2",
                "a version to come",
            ),
            |r| r.response.version = "2.0".to_owned(),
        ),
        in_session(
            refuses(
                "digest.mismatch",
                "digest/captured-family-name",
                "another name than the signed one",
            ),
            |r| r.item("family_name").unwrap().altered = Some(text("SPECIMAN")),
        ),
        in_session(
            refuses(
                "format.type_mismatch",
                "mdoc/captured-type-swapped",
                "outside another type than inside",
            ),
            |r| r.doc_type = "hwagin.provisional.kr.mfc.1".to_owned(),
        ),
        in_session(
            abstains(
                "format.malformed",
                "mdoc/captured-time-that-is-a-date",
                "tag 0 on a bare date, where a window needs a time",
            ),
            |r| {
                r.hooks.mso = hook(|mso: &mut Value| {
                    *entry(entry(mso, "validityInfo"), "validUntil") = tag_0("2027-06-30");
                });
            },
        ),
        in_session(
            abstains(
                "format.malformed",
                "mdoc/captured-issuer-signed-alone",
                "issuerSigned without the document around it",
            ),
            |r| {
                r.hooks.document = hook(|document: &mut Value| without(document, "docType"));
            },
        ),
        in_session(
            abstains(
                "format.malformed",
                "mdoc/captured-document-as-text",
                "a document is a map",
            ),
            |r| {
                r.hooks.document = hook(|document: &mut Value| {
                    *document = text("document");
                });
            },
        ),
    ]
}
