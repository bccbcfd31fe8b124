//! `status`: claim 65535 of the credential, against the lists of the desk.

use super::accept_keys::{KID, card_key};
use super::{cose_key, refused, sign_by, undecided};
use crate::mint::Draft;
use crate::world::AT;
use hwagin_training::cbor::bytes;
use hwagin_training::recipe::revoked_identifier;
use hwagin_training::{
    Card, DAY, KeyKind, STATUS_URI, SdCwt, Status, StatusClaim, Value, status_index,
};

pub(super) fn drafts() -> Vec<Draft> {
    [values(), references(), lists()]
        .into_iter()
        .flatten()
        .collect()
}

/// Whose card stands at this entry after the good one.
fn entry(number: usize) -> impl FnOnce(&mut SdCwt) {
    move |r| r.status(&Status::at(status_index(Card::Mdl) + number))
}

fn values() -> Vec<Draft> {
    vec![
        refused(
            "status.suspended",
            "status/sd-cwt-suspended",
            "value 2",
            entry(1),
        ),
        refused(
            "status.revoked",
            "status/sd-cwt-revoked",
            "value 1",
            entry(2),
        ),
        undecided(
            "status.unknown_value",
            "status/sd-cwt-value-3",
            "value 3 is the application's, and unknown",
            entry(3),
        ),
        refused(
            "status.revoked",
            "status/sd-cwt-identifier-revoked",
            "its identifier is listed",
            |r| r.status(&Status::identifier(&revoked_identifier(Card::Mdl))),
        )
        .tokens(vec![("identifiers.cwt", Vec::new())]),
        refused(
            "status.revoked",
            "status/sd-cwt-revoked-by-one-of-two",
            "a good entry, and an identifier that is listed: both count",
            |r| {
                let both = Status {
                    identifier: Status::identifier(&revoked_identifier(Card::Mdl)).identifier,
                    ..Status::at(status_index(Card::Mdl))
                };
                r.status(&both);
            },
        )
        .tokens(vec![
            ("status.cwt", Vec::new()),
            ("identifiers.cwt", Vec::new()),
        ]),
        refused(
            "status.revoked",
            "status/sd-cwt-revoked-where-none-is-needed",
            "it names a status, so it counts",
            entry(2),
        )
        .purpose("document-only"),
    ]
}

fn references() -> Vec<Draft> {
    let at = |index: u64, uri: &str| Status {
        list: Some(StatusClaim {
            index: Value::Integer(index.into()),
            uri: uri.to_owned(),
            certificate: None,
        }),
        ..Status::default()
    };
    let range = |name, why, index: u64| {
        let status = at(index, STATUS_URI);
        refused("status.index_out_of_range", name, why, move |r| {
            r.status(&status);
        })
    };
    let unknown = |name, why, uri: String| {
        let status = at(2_100, &uri);
        undecided("status.list_unknown", name, why, move |r| r.status(&status))
    };
    vec![
        undecided(
            "status.missing",
            "status/sd-cwt-missing",
            "the purpose asks for one",
            |r| r.status(&Status::default()),
        ),
        range(
            "status/sd-cwt-index-one-beyond",
            "4,096 entries: 0 to 4,095",
            4_096,
        ),
        range(
            "status/sd-cwt-index-of-64-bits",
            "no list is so long",
            u64::MAX,
        ),
        unknown(
            "status/sd-cwt-another-list",
            "this desk does not hold it",
            format!("{STATUS_URI}2"),
        ),
        unknown(
            "status/sd-cwt-address-upper-case",
            "compared byte for byte",
            STATUS_URI.to_uppercase(),
        ),
        undecided(
            "status.list_unknown",
            "status/sd-cwt-no-lists",
            "a desk without any list",
            |_| {},
        )
        .tokens(Vec::new()),
        undecided(
            "status.list_unknown",
            "status/sd-cwt-identifier-list-unknown",
            "a list of identifiers that this desk does not hold",
            |r| r.status(&Status::identifier(&[7; 16])),
        ),
    ]
}

fn lists() -> Vec<Draft> {
    vec![
        undecided(
            "status.stale",
            "status/sd-cwt-list-ended",
            "a list says nothing after its end",
            |_| {},
        )
        .list(|list| list.expires = Some(AT)),
        undecided(
            "status.stale",
            "status/sd-cwt-list-too-old",
            "older than the purpose allows",
            |_| {},
        )
        .list(|list| list.issued = AT - 8 * DAY),
        undecided(
            "status.list_invalid",
            "status/sd-cwt-list-of-another-authority",
            "a credential by key, and a list under a root",
            |r| sign_by(r, &card_key(KeyKind::P256), bytes(KID)),
        )
        .keys(vec![(
            "issuer-card.cose",
            Some(cose_key(&card_key(KeyKind::P256), Some(KID))),
        )]),
    ]
}
