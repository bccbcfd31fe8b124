//! `status`: the list that the credential names (Token Status List, CWT form).

use super::{Draft, abstains, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, map, text};
use hwagin_training::recipe::StatusClaim;
use hwagin_training::{Card, DAY, STATUS_URI, StatusList, Value, status_index};

const UNKNOWN: &str = "status.list_unknown";
const RANGE: &str = "status.index_out_of_range";

pub(super) fn drafts() -> Vec<Draft> {
    [values(), references()].into_iter().flatten().collect()
}

/// A presentation whose card stands at this entry.
fn at_index(draft: Draft, index: usize) -> Draft {
    draft.licence(|r| r.mso.status = Some(StatusClaim::at(index)))
}

/// A sound presentation at a desk with the training list, changed.
fn listed(draft: Draft, change: impl FnOnce(&mut StatusList)) -> Draft {
    draft.licence(|_| {}).list(change)
}

fn values() -> Vec<Draft> {
    let valid = status_index(Card::Mdl);
    let of_four_bits = |value: u8| {
        move |list: &mut StatusList| {
            list.bits = 4;
            list.values = vec![(valid, value)];
        }
    };
    let unknown = |name, why| abstains("status.unknown_value", name, why);
    vec![
        at_index(
            refuses("status.suspended", "status/suspended", "value 2"),
            valid + 1,
        ),
        at_index(
            refuses("status.revoked", "status/revoked", "value 1"),
            valid + 2,
        ),
        at_index(
            unknown(
                "status/value-3",
                "value 3 is the application's, and unknown",
            ),
            valid + 3,
        ),
        listed(
            unknown("status/value-11", "0x0B was dropped from the draft"),
            of_four_bits(11),
        ),
        listed(
            unknown("status/value-15", "0x0F is the application's"),
            of_four_bits(15),
        ),
        listed(
            refuses("status.revoked", "status/revoked-in-four-bits", "1"),
            of_four_bits(1),
        ),
        listed(
            refuses("status.revoked", "status/revoked-in-one-bit", "value 1"),
            |list| {
                list.bits = 1;
                list.values = vec![(valid, 1)];
            },
        ),
        listed(
            refuses(
                "status.suspended",
                "status/suspended-in-eight-bits",
                "value 2",
            ),
            |list| {
                list.bits = 8;
                list.values = vec![(valid, 2)];
            },
        ),
        listed(
            refuses(
                "status.revoked",
                "status/revoked-on-an-old-list",
                "old, and still it counts",
            ),
            |list| {
                list.issued = AT - 20 * DAY;
                list.values = vec![(valid, 1)];
            },
        ),
    ]
}

fn references() -> Vec<Draft> {
    let status = |draft: Draft, claim: StatusClaim| draft.licence(|r| r.mso.status = Some(claim));
    let uri = |name, why, uri: String| {
        let claim = StatusClaim {
            uri,
            ..StatusClaim::at(status_index(Card::Mdl))
        };
        status(abstains(UNKNOWN, name, why), claim)
    };
    let index = |name, why, index: u64| {
        let claim = StatusClaim {
            index: Value::Integer(index.into()),
            ..StatusClaim::at(0)
        };
        status(refuses(RANGE, name, why), claim)
    };
    let other_mechanism = map([(
        "identifier_list",
        map([
            ("id", bytes(&[0xcc])),
            ("uri", text("https://training.hwagin.invalid/ids/1")),
        ]),
    )]);
    vec![
        abstains(
            "status.missing",
            "status/missing",
            "the purpose asks for one",
        )
        .licence(|r| r.mso.status = None),
        abstains(
            "status.list_unknown",
            "status/identifier-list-unknown",
            "an identifier list that this desk does not hold",
        )
        .licence(|r| {
            r.mso.status = None;
            r.mso.extra.push((text("status"), other_mechanism));
        }),
        uri(
            "status/another-list",
            "this desk does not hold it",
            format!("{STATUS_URI}2"),
        ),
        uri(
            "status/address-with-slash",
            "compared byte for byte",
            format!("{STATUS_URI}/"),
        ),
        uri(
            "status/address-upper-case",
            "byte for byte",
            STATUS_URI.to_uppercase(),
        ),
        uri(
            "status/address-empty",
            "no list is held under no name",
            String::new(),
        ),
        abstains(UNKNOWN, "status/no-lists", "a desk without any list")
            .licence(|_| {})
            .tokens(vec![]),
        index(
            "status/index-one-beyond",
            "4,096 entries: 0 to 4,095",
            4_096,
        ),
        index("status/index-of-64-bits", "no list is so long", u64::MAX),
        listed(
            refuses(RANGE, "status/list-empty", "a list of no entry"),
            |list| {
                list.entries = 0;
            },
        ),
    ]
}
