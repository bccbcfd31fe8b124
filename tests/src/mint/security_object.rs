//! `format` and `validity`: what an issuer signed, and should not have.

use super::{Draft, abstains, entry, hook, refuses, without};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, tdate, text};
use hwagin_training::recipe::Validity;
use hwagin_training::{DAY, Recipe, Value, day};

const MALFORMED: &str = "format.malformed";
const UNSUPPORTED: &str = "format.unsupported";

pub(super) fn drafts() -> Vec<Draft> {
    [members(), times(), windows()]
        .into_iter()
        .flatten()
        .collect()
}

/// The security object, changed before it is signed.
fn in_mso(draft: Draft, change: fn(&mut Value)) -> Draft {
    draft.licence(|r| r.hooks.mso = hook(change))
}

fn malformed(name: &'static str, why: &'static str, change: fn(&mut Value)) -> Draft {
    in_mso(abstains(MALFORMED, name, why), change)
}

fn members() -> Vec<Draft> {
    let algorithm = |name, named: &str| {
        abstains(
            UNSUPPORTED,
            name,
            "9.1.2.5: SHA-256, SHA-384 and SHA-512, by exact name",
        )
        .licence(|r| r.mso.digest_algorithm = named.to_owned())
    };
    vec![
        abstains(UNSUPPORTED, "mso/version-2", "a version to come")
            .licence(|r| r.mso.version = "2.0".to_owned()),
        algorithm("mso/digest-algorithm-sha-1", "SHA-1"),
        algorithm("mso/digest-algorithm-lower-case", "sha-256"),
        algorithm("mso/digest-algorithm-md5", "MD5"),
        in_mso(
            refuses(
                "format.duplicate_key",
                "mso/key-twice",
                "docType twice, signed",
            ),
            |mso| {
                mso.as_map_mut()
                    .unwrap()
                    .push((text("docType"), text("other")));
            },
        ),
        in_mso(
            refuses(
                "format.duplicate_key",
                "mso/digest-id-twice",
                "one digestID, two digests",
            ),
            |mso| {
                let spaces = entry(mso, "valueDigests").as_map_mut().unwrap();
                let ids = spaces[0].1.as_map_mut().unwrap();
                ids.push((int(0), bytes(&[0; 32])));
            },
        ),
        malformed("mso/without-version", "version is required", |mso| {
            without(mso, "version")
        }),
        malformed("mso/without-type", "docType is required", |mso| {
            without(mso, "docType")
        }),
        malformed("mso/without-digests", "valueDigests is required", |mso| {
            without(mso, "valueDigests");
        }),
        malformed(
            "mso/without-device-key",
            "deviceKeyInfo is required",
            |mso| {
                without(mso, "deviceKeyInfo");
            },
        ),
        malformed("mso/digest-as-text", "a digest is a byte string", |mso| {
            let spaces = entry(mso, "valueDigests").as_map_mut().unwrap();
            spaces[0].1.as_map_mut().unwrap()[0].1 = text("digest");
        }),
        malformed("mso/digest-id-negative", "a digestID is unsigned", |mso| {
            let spaces = entry(mso, "valueDigests").as_map_mut().unwrap();
            spaces[0].1.as_map_mut().unwrap()[0].0 = int(-1);
        }),
        malformed("mso/status-as-text", "status is a map", |mso| {
            *entry(mso, "status") = text("valid");
        }),
        malformed("mso/status-index-negative", "idx is unsigned", |mso| {
            *entry(entry(entry(mso, "status"), "status_list"), "idx") = int(-1);
        }),
        malformed("mso/status-index-as-text", "idx is a number", |mso| {
            *entry(entry(entry(mso, "status"), "status_list"), "idx") = text("2100");
        }),
        malformed("mso/status-without-address", "uri is required", |mso| {
            without(entry(entry(mso, "status"), "status_list"), "uri");
        }),
        abstains(
            MALFORMED,
            "mso/not-in-tag-24",
            "9.1.2.4: the payload is tag 24",
        )
        .licence(|r| {
            r.hooks.mso_bytes = hook(|mso: &mut Vec<u8>| {
                // What is signed is tag 24 around these bytes; they are no CBOR any more.
                mso.truncate(mso.len() - 1);
            });
        }),
        abstains(MALFORMED, "mso/followed-by-a-byte", "one item and no more")
            .licence(|r| r.hooks.mso_bytes = hook(|mso: &mut Vec<u8>| mso.push(0))),
        abstains(MALFORMED, "mso/array", "not a map").licence(|r| {
            r.hooks.mso_bytes = hook(|mso: &mut Vec<u8>| *mso = encode(&Value::Array(Vec::new())));
        }),
    ]
}

fn times() -> Vec<Draft> {
    let until = |name, why, value: fn() -> Value| {
        abstains(MALFORMED, name, why).licence(|r| {
            r.hooks.mso = hook(move |mso: &mut Value| {
                *entry(entry(mso, "validityInfo"), "validUntil") = value();
            });
        })
    };
    vec![
        until("mso/time-without-tag", "a tdate carries tag 0", || {
            text("2027-06-30T00:00:00Z")
        }),
        until("mso/time-with-offset", "9.1.2.4: UTC, written Z", || {
            Value::Tag(0, Box::new(text("2027-06-30T00:00:00+09:00")))
        }),
        until("mso/time-that-is-a-date", "tag 0 on a bare date", || {
            Value::Tag(0, Box::new(text("2027-06-30")))
        }),
        until(
            "mso/time-as-full-date",
            "tag 1004 where a tdate belongs",
            || Value::Tag(1004, Box::new(text("2027-06-30"))),
        ),
        until("mso/time-as-seconds", "tag 1 where a tdate belongs", || {
            Value::Tag(1, Box::new(int(AT + DAY)))
        }),
        until("mso/time-of-no-calendar", "30 February", || {
            Value::Tag(0, Box::new(text("2027-02-30T00:00:00Z")))
        }),
        malformed("mso/time-missing", "validUntil is required", |mso| {
            without(entry(mso, "validityInfo"), "validUntil");
        }),
    ]
}

fn windows() -> Vec<Draft> {
    let window = |draft: Draft, signed: i64, from: i64, until: i64| {
        draft.licence(|r: &mut Recipe| {
            r.mso.validity = Some(Validity {
                signed,
                from,
                until,
            })
        })
    };
    let start = day(AT) - 10 * DAY;
    vec![
        refuses(
            "validity.window_missing",
            "mso/without-window",
            "valid for how long?",
        )
        .licence(|r| r.mso.validity = None),
        window(
            refuses(
                "validity.expired",
                "mso/expired",
                "validUntil was yesterday",
            ),
            start,
            start,
            AT - DAY,
        ),
        window(
            refuses(
                "validity.expired",
                "mso/expired-a-second-ago",
                "both ends belong to it",
            ),
            start,
            start,
            AT - 1,
        ),
        window(
            refuses("validity.not_yet", "mso/not-yet", "validFrom is tomorrow"),
            start,
            AT + DAY,
            AT + 2 * DAY,
        ),
        window(
            refuses(
                "validity.not_yet",
                "mso/not-yet-for-a-second",
                "both ends belong to it",
            ),
            start,
            AT + 1,
            AT + 2 * DAY,
        ),
        window(
            refuses(
                "validity.not_yet",
                "mso/ends-before-it-begins",
                "validUntil < validFrom",
            ),
            start,
            AT + DAY,
            AT - DAY,
        ),
        in_mso(
            refuses(
                "validity.expired",
                "mso/expired-though-card-says-later",
                "the window of what was signed counts, not expiry_date on the card",
            ),
            |mso| *entry(entry(mso, "validityInfo"), "validUntil") = tdate(AT - 1),
        ),
    ]
}
