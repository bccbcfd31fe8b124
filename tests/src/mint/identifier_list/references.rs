//! Cards that name an identifier, another mechanism, or two.

use super::super::{Draft, abstains, accepts, refuses};
use super::{REVOKED, UNKNOWN, list};
use crate::world::AT;
use hwagin_training::cbor::{int, map, text};
use hwagin_training::recipe::{identifier, revoked_identifier};
use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, Card, DAY, IdentifierClaim, Recipe, StatusClaim, status_index};

pub(super) fn drafts() -> Vec<Draft> {
    [references(), certificates(), both()]
        .into_iter()
        .flatten()
        .collect()
}

fn references() -> Vec<Draft> {
    let malformed = |name, why, id| {
        abstains("format.malformed", name, why).licence(|r| {
            r.mso.status = None;
            r.mso.identifier = Some(IdentifierClaim {
                id,
                ..IdentifierClaim::of(&[])
            });
        })
    };
    let other = || {
        map([(
            "other_mechanism",
            map([("uri", text("https://elsewhere.invalid"))]),
        )])
    };
    let only = |draft: Draft| {
        draft.licence(|r| {
            r.mso.status = None;
            r.mso.extra.push((text("status"), other()));
        })
    };
    vec![
        malformed("identifier-list/identifier-as-text", "bytes", text("abc")),
        malformed("identifier-list/identifier-as-number", "bytes", int(1)),
        only(abstains(
            "status.missing",
            "status/of-another-mechanism",
            "a mechanism that is not known says nothing",
        )),
        only(
            accepts(
                "accept/status-of-another-mechanism",
                "nothing is known of it, and the purpose does not ask",
            )
            .purpose("document-only")
            .cautions(&["no_status"]),
        ),
    ]
}

/// A card that names the certificate which vouches for the signer of its list (12.3.6).
fn certificates() -> Vec<Draft> {
    let stranger = || Certificate::iaca("foreign root", "Somebody Else IACA");
    let der = |root: &Certificate| Authority::built_in().certificate(root, root);
    let named = |draft: Draft, root: &Certificate| {
        let certificate = Some(der(root));
        draft.licence(|r| r.mso.status.as_mut().unwrap().certificate = certificate)
    };
    vec![
        named(
            abstains(
                "status.list_invalid",
                "status/certificate-of-a-stranger",
                "the card names it, and this desk does not hold it",
            ),
            &stranger(),
        )
        .list(|list| list.root = stranger()),
        named(
            accepts(
                "accept/status-certificate-of-its-root",
                "what it would be without",
            ),
            &Recipe::new(Card::Mdl, AT).root,
        ),
    ]
}

/// A card with an entry in a status list and an identifier too: each has to be passed.
fn both() -> Vec<Draft> {
    let of = |draft: Draft, entry: usize, id: Vec<u8>| {
        draft
            .licence(|r| {
                r.mso.status = Some(StatusClaim::at(entry));
                r.mso.identifier = Some(IdentifierClaim::of(&id));
            })
            .tokens(vec![
                ("status.cwt", Vec::new()),
                ("identifiers.cwt", Vec::new()),
            ])
    };
    let (entry, id) = (status_index(Card::Mdl), identifier(Card::Mdl));
    vec![
        of(
            accepts("accept/status-of-both-kinds", "good by both"),
            entry,
            id.clone(),
        ),
        of(
            refuses(
                REVOKED,
                "status/both-revoked-by-identifier",
                "one is enough",
            ),
            entry,
            revoked_identifier(Card::Mdl),
        ),
        of(
            refuses(REVOKED, "status/both-revoked-by-entry", "one is enough"),
            entry + 2,
            id.clone(),
        ),
        of(
            refuses(
                "status.suspended",
                "status/both-suspended-by-entry",
                "one is enough",
            ),
            entry + 1,
            id.clone(),
        ),
        of(
            abstains(
                UNKNOWN,
                "status/both-and-no-identifier-list",
                "each has to be passed, and one is not held",
            ),
            entry,
            id.clone(),
        )
        .tokens(vec![("status.cwt", Vec::new())]),
        of(
            abstains(
                UNKNOWN,
                "status/both-and-no-status-list",
                "each has to be passed, and one is not held",
            ),
            entry,
            id.clone(),
        )
        .tokens(vec![("identifiers.cwt", Vec::new())]),
        of(
            refuses(
                REVOKED,
                "status/both-revoked-and-one-list-unknown",
                "what is known to be revoked is, whatever else is not known",
            ),
            entry,
            revoked_identifier(Card::Mdl),
        )
        .tokens(vec![("identifiers.cwt", Vec::new())]),
        of(
            accepts(
                "accept/status-of-both-kinds-one-list-old",
                "the older of the two is what is said",
            )
            .cautions(&["status_refresh_due"]),
            entry,
            id,
        )
        .tokens(vec![
            ("status.cwt", Vec::new()),
            ("own.cwt", list(|list| list.issued = AT - 2 * DAY)),
        ]),
    ]
}
