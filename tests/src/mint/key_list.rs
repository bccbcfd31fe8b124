//! `key-list`: status of documents without a certificate path, by lists that a key signed.

mod references;

use super::{Draft, abstains, accepts, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, text};
use hwagin_training::cose::{AlgHeader, Signature};
use hwagin_training::issuer::{ID_ISSUER, ID_KID, NZCP_ISSUER, NZCP_KID, id_key, nzcp_key};
use hwagin_training::{
    Authority, Claim169, DAY, GOOD_DOCUMENT, ID_STATUS_URI, Key, KeyKind, REVOKED_DOCUMENT, Recipe,
    STATUS_URI, Status, StatusClaim, StatusList,
};

const INVALID: &str = "status.list_invalid";
const REVOKED: &str = "status.revoked";

pub(super) fn drafts() -> Vec<Draft> {
    [values(), signers(), envelopes(), references::drafts()]
        .into_iter()
        .flatten()
        .collect()
}

/// An identity document that stands at this entry of its authority's list.
fn at_entry(draft: Draft, index: usize) -> Draft {
    let status = Status {
        list: Some(StatusClaim {
            uri: ID_STATUS_URI.to_owned(),
            ..StatusClaim::at(index)
        }),
        ..Status::default()
    };
    identity(draft, |c| c.cwt.status(&status))
}

/// An identity document, changed, at a desk that holds the list of its authority.
fn identity(draft: Draft, change: impl FnOnce(&mut Claim169)) -> Draft {
    let mut recipe = Claim169::new(AT);
    change(&mut recipe);
    let minted = Authority::built_in().mint_claim_169(&recipe);
    draft
        .document(minted.text, &["full_name"])
        .cautions(&["holder_not_proven"])
        .tokens(vec![("id-status.cwt", Vec::new())])
}

/// The authority's list, changed.
fn list(change: impl FnOnce(&mut StatusList)) -> Vec<u8> {
    let mut list = Authority::id_status_recipe(AT);
    change(&mut list);
    Authority::built_in().token(&list)
}

/// A document in good standing at a desk with the authority's list, changed.
fn listed(draft: Draft, change: impl FnOnce(&mut StatusList)) -> Draft {
    at_entry(draft, GOOD_DOCUMENT).tokens(vec![("own.cwt", list(change))])
}

fn sign_by(list: &mut StatusList, key: Key, kid: &[u8]) {
    list.sign1.protected.retain(|(label, _)| *label != int(4));
    list.sign_by(key, kid);
}

fn cose_key(key: &Key) -> Option<Vec<u8>> {
    Some(Authority::built_in().public_key(key).cose_key)
}

fn second_key() -> Key {
    Key::new(KeyKind::Ed25519, "second id authority")
}

fn values() -> Vec<Draft> {
    let valued = |draft, value: u8| {
        listed(draft, |list| {
            list.values = vec![(GOOD_DOCUMENT, value)];
        })
    };
    vec![
        at_entry(
            accepts("accept/claim-169-status", "good by its authority's list"),
            GOOD_DOCUMENT,
        ),
        at_entry(
            refuses(REVOKED, "key-list/revoked", "value 1"),
            REVOKED_DOCUMENT,
        ),
        valued(
            refuses("status.suspended", "key-list/suspended", "value 2"),
            2,
        ),
        valued(
            abstains(
                "status.unknown_value",
                "key-list/value-3",
                "the application's",
            ),
            3,
        ),
        at_entry(
            refuses(
                "status.index_out_of_range",
                "key-list/index-one-beyond",
                "4,096 entries",
            ),
            4_096,
        ),
        listed(
            abstains("status.stale", "key-list/ended", "a second ago"),
            |list| list.expires = Some(AT - 1),
        ),
        listed(
            accepts("accept/claim-169-status-refresh-due", "past its ttl"),
            |list| {
                list.issued = AT - 2 * DAY;
                list.ttl = Some(3_600);
            },
        )
        .cautions(&["holder_not_proven", "status_refresh_due"]),
        at_entry(
            abstains("status.list_unknown", "key-list/no-lists", "none is held"),
            GOOD_DOCUMENT,
        )
        .tokens(vec![]),
    ]
}

fn signers() -> Vec<Draft> {
    let both = |draft: Draft, second| {
        draft.keys(vec![("id.cose", None), (second, cose_key(&second_key()))])
    };
    let by_second = |draft| listed(draft, |list| sign_by(list, second_key(), b"id-2"));
    let bad = |name, why, change: fn(&mut StatusList)| listed(abstains(INVALID, name, why), change);
    let held = |draft: Draft| draft.keys(vec![("id-1-kid-69642d31.cose", cose_key(&id_key()))]);
    let nzcp_named = |list: &mut StatusList| {
        sign_by(list, nzcp_key(), NZCP_KID.as_bytes());
        list.extra.push((int(1), text(NZCP_ISSUER)));
    };
    vec![
        listed(
            accepts("accept/claim-169-list-names-its-issuer", "the same one"),
            |list| list.extra.push((int(1), text(ID_ISSUER))),
        ),
        bad(
            "key-list/of-another-issuer",
            "iss is somebody else",
            |list| {
                list.extra.push((int(1), text("https://elsewhere.invalid")));
            },
        ),
        listed(
            abstains(
                INVALID,
                "key-list/by-another-known-issuer",
                "the health authority may not speak for the identity authority",
            ),
            nzcp_named,
        ),
        bad(
            "key-list/by-another-known-issuer-unnamed",
            "the same, saying nothing of who it is",
            |list| sign_by(list, nzcp_key(), NZCP_KID.as_bytes()),
        ),
        bad("key-list/by-nobody", "a key that is not held", |list| {
            sign_by(list, second_key(), ID_KID.as_bytes());
        }),
        held(listed(
            abstains(INVALID, "key-list/kid-wrong", "no key has this id"),
            |list| sign_by(list, id_key(), b"id-9"),
        )),
        held(at_entry(
            accepts("accept/claim-169-list-by-kid", "the id of the key"),
            GOOD_DOCUMENT,
        )),
        both(
            by_second(accepts(
                "accept/claim-169-list-by-another-key",
                "of the same issuer",
            )),
            "id-2.cose",
        ),
        both(
            by_second(abstains(
                INVALID,
                "key-list/key-ended",
                "a list is fetched now, and its key ended yesterday",
            )),
            "id-2-until-1799913600.cose",
        ),
        at_entry(
            abstains(
                INVALID,
                "key-list/under-a-root",
                "the authority of cards may not speak for that of documents",
            ),
            GOOD_DOCUMENT,
        )
        .tokens(vec![(
            "own.cwt",
            super::token(|list| list.subject = ID_STATUS_URI.to_owned()),
        )]),
        at_entry(
            refuses(
                REVOKED,
                "key-list/another-authority-at-its-address",
                "a list of cards that takes its name does not take its place",
            ),
            REVOKED_DOCUMENT,
        )
        .tokens(vec![
            ("id-status.cwt", Vec::new()),
            (
                "own.cwt",
                super::token(|list| list.subject = ID_STATUS_URI.to_owned()),
            ),
        ]),
        abstains(
            INVALID,
            "status/by-a-key",
            "the authority of documents may not speak for that of cards",
        )
        .licence(|_: &mut Recipe| {})
        .tokens(vec![(
            "own.cwt",
            list(|list| list.subject = STATUS_URI.to_owned()),
        )]),
    ]
}

fn envelopes() -> Vec<Draft> {
    let bad = |name, why, change: fn(&mut StatusList)| {
        listed(abstains(INVALID, name, why), change).fetched_from(ID_STATUS_URI)
    };
    vec![
        bad(
            "key-list/alg-unprotected",
            "only where it is signed",
            |list| {
                list.sign1.alg = AlgHeader::Unprotected;
            },
        ),
        bad("key-list/signature-changed", "one bit", |list| {
            list.sign1.signature = Signature::Flipped;
        }),
        bad("key-list/unsigned", "no byte of a signature", |list| {
            list.sign1.signature = Signature::Empty;
        }),
        bad("key-list/tag-61", "the CWT tag must not be there", |list| {
            list.sign1.tags = vec![61, 18];
        }),
        bad(
            "key-list/without-end",
            "exp is asked of every list",
            |list| {
                list.expires = None;
            },
        ),
        listed(
            accepts(
                "accept/claim-169-list-with-kid-unprotected",
                "as the draft's own example: it only selects",
            ),
            |list| {
                list.sign1.protected.retain(|(label, _)| *label != int(4));
                list.sign1
                    .unprotected
                    .push((int(4), bytes(ID_KID.as_bytes())));
            },
        ),
        listed(
            accepts(
                "accept/claim-169-list-with-typ-as-number",
                "279: seen of one library",
            ),
            |list| {
                list.sign1.protected.retain(|(label, _)| *label != int(16));
                list.sign1.protected.push((int(16), int(279)));
            },
        ),
    ]
}
