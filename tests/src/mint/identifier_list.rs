//! `identifier-list`: ISO/IEC 18013-5 second edition 12.3.6.4, and both mechanisms in one card.

mod references;

use super::{Draft, abstains, accepts, refuses, token};
use crate::world::AT;
use hwagin_training::cbor::{int, map, text};
use hwagin_training::cose::{ChainPlace, Payload, Signature};
use hwagin_training::recipe::{identifier, revoked_identifier};
use hwagin_training::x509::Certificate;
use hwagin_training::{
    Authority, Card, DAY, IDENTIFIERS_URI, IdentifierClaim, IdentifierList, STATUS_URI,
};

const INVALID: &str = "status.list_invalid";
const STALE: &str = "status.stale";
const UNKNOWN: &str = "status.list_unknown";
const REVOKED: &str = "status.revoked";

pub(super) fn drafts() -> Vec<Draft> {
    [
        identifiers(),
        times(),
        envelopes(),
        signers(),
        arrivals(),
        references::drafts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A card that is named by this identifier, and by no entry of a list.
fn named(draft: Draft, id: &[u8]) -> Draft {
    draft
        .licence(|r| {
            r.mso.status = None;
            r.mso.identifier = Some(IdentifierClaim::of(id));
        })
        .tokens(vec![("identifiers.cwt", Vec::new())])
}

/// A card in good standing.
fn good(draft: Draft) -> Draft {
    named(draft, &identifier(Card::Mdl))
}

/// The training list, changed, as a token.
fn list(change: impl FnOnce(&mut IdentifierList)) -> Vec<u8> {
    let mut list = Authority::identifier_recipe(AT);
    change(&mut list);
    Authority::built_in().identifier_token(&list)
}

/// The same for a card in good standing.
fn listed(draft: Draft, change: impl FnOnce(&mut IdentifierList)) -> Draft {
    good(draft).tokens(vec![("own.cwt", list(change))])
}

fn identifiers() -> Vec<Draft> {
    let revoked = revoked_identifier(Card::Mdl);
    let longer = [&revoked[..], &[0]].concat();
    vec![
        named(
            refuses(REVOKED, "identifier-list/revoked", "it is named"),
            &revoked,
        ),
        good(accepts("accept/identifier-not-listed", "not named")),
        named(
            accepts(
                "accept/identifier-prefix-of-a-listed-one",
                "exactly, and of the same length",
            ),
            &revoked[..15],
        ),
        named(
            accepts(
                "accept/identifier-longer-than-a-listed-one",
                "exactly, and of the same length",
            ),
            &longer,
        ),
        named(accepts("accept/identifier-of-no-byte", "not named"), &[]),
        listed(
            accepts("accept/identifier-list-empty", "of nobody"),
            |list| {
                list.identifiers.clear();
            },
        ),
        listed(
            refuses(REVOKED, "identifier-list/last-of-many", "1,000 before it"),
            |list| {
                list.identifiers = (0..1_000_u32).map(|n| n.to_be_bytes().to_vec()).collect();
                list.identifiers.push(identifier(Card::Mdl));
            },
        ),
        listed(
            accepts(
                "accept/identifier-list-with-more",
                "further members: reserved",
            ),
            |list| {
                list.extra.push((text("more"), int(1)));
            },
        ),
    ]
}

fn times() -> Vec<Draft> {
    let revoking = |list: &mut IdentifierList| list.identifiers.push(identifier(Card::Mdl));
    vec![
        listed(
            accepts(
                "accept/identifier-list-past-its-time-to-live",
                "refresh due, not ended",
            ),
            |list| {
                list.issued = AT - 2 * DAY;
                list.ttl = Some(3_600);
            },
        )
        .cautions(&["status_refresh_due"]),
        listed(
            abstains(INVALID, "identifier-list/without-end", "12.3.6.3: exp"),
            |list| list.expires = None,
        ),
        listed(
            abstains(STALE, "identifier-list/ended", "a second ago"),
            |list| list.expires = Some(AT - 1),
        ),
        listed(
            abstains(
                STALE,
                "identifier-list/ends-now",
                "exp is the first moment after",
            ),
            |list| list.expires = Some(AT),
        ),
        listed(
            abstains(
                STALE,
                "identifier-list/ended-and-revoked",
                "an ended list says nothing at all",
            ),
            |list| {
                list.expires = Some(AT - 1);
                revoking(list);
            },
        ),
        listed(
            abstains(
                STALE,
                "identifier-list/older-than-the-purpose-allows",
                "eight days",
            ),
            |list| list.issued = AT - 8 * DAY,
        ),
        listed(
            refuses(
                REVOKED,
                "identifier-list/revoked-on-an-old-list",
                "old, and still it counts",
            ),
            |list| {
                list.issued = AT - 20 * DAY;
                revoking(list);
            },
        ),
        listed(
            abstains(
                INVALID,
                "identifier-list/made-in-the-future",
                "iat is an hour ahead",
            ),
            |list| list.issued = AT + 3_600,
        ),
        listed(
            abstains(INVALID, "identifier-list/time-to-live-0", "above 0"),
            |list| list.ttl = Some(0),
        ),
    ]
}

fn envelopes() -> Vec<Draft> {
    let bad = |name, why, change: fn(&mut IdentifierList)| {
        listed(abstains(INVALID, name, why), change).fetched_from(IDENTIFIERS_URI)
    };
    let typ = |name, why, typ: &'static str| {
        listed(abstains(INVALID, name, why), |list| {
            list.sign1.protected = vec![(int(16), text(typ))];
        })
    };
    vec![
        typ(
            "identifier-list/typ-of-the-other-kind",
            "it says status list, and has none",
            "application/statuslist+cwt",
        ),
        typ(
            "identifier-list/typ-jwt",
            "the other form",
            "application/identifierlist+jwt",
        ),
        bad("identifier-list/typ-missing", "what is it?", |list| {
            list.sign1.protected.clear();
        }),
        bad(
            "identifier-list/with-a-status-list",
            "12.3.6: claim 65533 must not be beside it",
            |list| {
                let entries = map([
                    ("bits", int(1)),
                    (
                        "lst",
                        hwagin_training::cbor::bytes(&[0x78, 0xda, 3, 0, 0, 0, 0, 1]),
                    ),
                ]);
                list.extra.push((int(65_533), entries));
            },
        ),
        bad("identifier-list/signature-changed", "one bit", |list| {
            list.sign1.signature = Signature::Flipped;
        }),
        bad("identifier-list/unsigned", "no byte", |list| {
            list.sign1.signature = Signature::Empty;
        }),
        bad(
            "identifier-list/untagged",
            "tag 18 has to be there",
            |list| {
                list.sign1.tags.clear();
            },
        ),
        bad("identifier-list/claims-replaced", "not signed", |list| {
            list.sign1.payload = Payload::Replaced(vec![0xa0]);
        }),
        bad(
            "identifier-list/chain-unprotected",
            "the chain is signed too",
            |list| list.sign1.chain = ChainPlace::Unprotected,
        ),
        listed(
            accepts(
                "accept/identifier-list-with-typ-in-short",
                "seen without the prefix",
            ),
            |list| list.sign1.protected = vec![(int(16), text("identifierlist+cwt"))],
        ),
    ]
}

fn signers() -> Vec<Draft> {
    let second = || Certificate::iaca("second root", "Second IACA");
    let first = hwagin_training::Recipe::new(Card::Mdl, AT).root;
    vec![
        listed(
            abstains(
                INVALID,
                "identifier-list/under-an-unknown-root",
                "a root that this desk does not hold",
            ),
            |list| list.root = Certificate::iaca("foreign root", "Somebody Else IACA"),
        ),
        listed(
            abstains(
                INVALID,
                "identifier-list/under-another-trusted-root",
                "trusted, but not the root of this card: it may not speak for it",
            ),
            |list| list.root = second(),
        )
        .roots(&[("iaca.der", &first), ("second.der", &second())]),
    ]
}

fn arrivals() -> Vec<Draft> {
    let revoking = || {
        list(|list| {
            list.issued = AT - DAY;
            list.identifiers.push(identifier(Card::Mdl));
        })
    };
    let older = || list(|list| list.issued = AT - 2 * DAY);
    let entries = |address: &'static str| token(|list| list.subject = address.to_owned());
    vec![
        good(refuses(
            REVOKED,
            "identifier-list/rollback",
            "an older list does not bring it back",
        ))
        .tokens(vec![("newer.cwt", revoking()), ("older.cwt", older())]),
        good(refuses(
            REVOKED,
            "identifier-list/newer-list",
            "the newer list counts",
        ))
        .tokens(vec![("older.cwt", older()), ("newer.cwt", revoking())]),
        listed(
            abstains(
                UNKNOWN,
                "identifier-list/subject-with-slash",
                "another list's name",
            ),
            |list| list.subject = format!("{IDENTIFIERS_URI}/"),
        ),
        good(abstains(
            INVALID,
            "identifier-list/status-list-in-its-place",
            "a list of entries says nothing of an identifier",
        ))
        .tokens(vec![("own.cwt", entries(IDENTIFIERS_URI))]),
        abstains(
            INVALID,
            "status/identifier-list-in-its-place",
            "a list of identifiers says nothing of an entry",
        )
        .licence(|_| {})
        .tokens(vec![(
            "own.cwt",
            list(|list| list.subject = STATUS_URI.to_owned()),
        )]),
        good(abstains(
            UNKNOWN,
            "identifier-list/no-lists",
            "a desk without any list",
        ))
        .tokens(vec![]),
    ]
}
