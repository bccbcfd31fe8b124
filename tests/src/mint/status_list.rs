//! `status`: lists that are no use, and the order in which they arrive.

use super::{Draft, abstains, refuses, token};
use crate::world::AT;
use hwagin_training::cbor::{int, text};
use hwagin_training::cose::{AlgHeader, ChainPlace, Payload, Signature};
use hwagin_training::x509::{Certificate, Extension, oid};
use hwagin_training::{
    Authority, Card, DAY, Key, KeyKind, ListPacking, STATUS_URI, StatusList, Value, status_index,
};

const INVALID: &str = "status.list_invalid";
const STALE: &str = "status.stale";
const UNKNOWN: &str = "status.list_unknown";

pub(super) fn drafts() -> Vec<Draft> {
    [contents(), times(), envelopes(), signers(), arrivals()]
        .into_iter()
        .flatten()
        .collect()
}

/// A sound presentation at a desk with the training list, changed.
fn listed(draft: Draft, change: impl FnOnce(&mut StatusList)) -> Draft {
    draft.licence(|_| {}).list(change)
}

fn bad(name: &'static str, why: &'static str, change: impl FnOnce(&mut StatusList)) -> Draft {
    listed(abstains(INVALID, name, why), change)
}

/// The same of a token that hides its own name: the carrier knows where it was fetched.
fn unread(name: &'static str, why: &'static str, change: impl FnOnce(&mut StatusList)) -> Draft {
    bad(name, why, change).fetched_from(STATUS_URI)
}

fn contents() -> Vec<Draft> {
    let packed = |name, why, packing: ListPacking| bad(name, why, |list| list.packing = packing);
    vec![
        bad("status/bits-3", "an entry has 1, 2, 4 or 8 bits", |list| {
            list.bits = 3
        }),
        bad("status/bits-0", "an entry has 1, 2, 4 or 8 bits", |list| {
            list.bits = 0
        }),
        bad("status/bits-16", "an entry has 1, 2, 4 or 8 bits", |list| {
            list.bits = 16
        }),
        packed(
            "status/gzip",
            "only very old drafts had it",
            ListPacking::Gzip,
        ),
        packed(
            "status/raw-deflate",
            "RFC 1951 without its RFC 1950 wrapping",
            ListPacking::Raw,
        ),
        packed(
            "status/not-packed",
            "lst is a zlib stream",
            ListPacking::None,
        ),
        bad("status/zlib-bomb", "above 16 MiB", |list| {
            list.bits = 8;
            list.entries = (16 << 20) + 1;
            list.values.clear();
        }),
        unread("status/claims-replaced", "not what was signed", |list| {
            list.sign1.payload = Payload::Replaced(vec![0xa0]);
        }),
        unread("status/claims-nil", "there is nothing to read", |list| {
            list.sign1.payload = Payload::Nil;
        }),
    ]
}

fn times() -> Vec<Draft> {
    vec![
        listed(
            abstains(STALE, "status/ended", "exp passed, though ttl has not"),
            |list| {
                list.expires = Some(AT - 1);
                list.ttl = Some(30 * DAY);
            },
        ),
        listed(
            abstains(STALE, "status/ends-now", "exp is the first moment after"),
            |list| {
                list.expires = Some(AT);
            },
        ),
        listed(
            abstains(STALE, "status/older-than-the-purpose-allows", "eight days"),
            |list| {
                list.issued = AT - 8 * DAY;
            },
        ),
        listed(
            abstains(
                STALE,
                "status/ended-and-revoked",
                "an ended list says nothing at all",
            ),
            |list| {
                list.expires = Some(AT - 1);
                list.values = vec![(status_index(Card::Mdl), 1)];
            },
        ),
        bad(
            "status/without-end",
            "ISO 12.3.6.3: exp is required",
            |list| list.expires = None,
        ),
        bad("status/time-to-live-0", "ttl is above 0", |list| {
            list.ttl = Some(0)
        }),
        bad("status/time-to-live-negative", "ttl is above 0", |list| {
            list.ttl = Some(-1)
        }),
        bad(
            "status/made-in-the-future",
            "iat is an hour ahead",
            |list| {
                list.issued = AT + 3_600;
            },
        ),
    ]
}

fn envelopes() -> Vec<Draft> {
    let typ = |name, why, typ: &'static str| {
        bad(name, why, move |list| {
            list.sign1.protected = vec![(int(16), text(typ))]
        })
    };
    vec![
        typ(
            "status/typ-jwt",
            "the other form",
            "application/statuslist+jwt",
        ),
        typ(
            "status/typ-identifier-list",
            "another mechanism",
            "application/identifierlist+cwt",
        ),
        typ(
            "status/typ-upper-case",
            "compared exactly",
            "application/STATUSLIST+CWT",
        ),
        bad(
            "status/typ-missing",
            "RFC 9596: required by the draft",
            |list| {
                list.sign1.protected.clear();
            },
        ),
        bad(
            "status/typ-unprotected",
            "it only counts where it is signed",
            |list| {
                list.sign1.unprotected = std::mem::take(&mut list.sign1.protected);
            },
        ),
        unread(
            "status/tag-17",
            "a MAC that only its maker can check",
            |list| {
                list.sign1.tags = vec![17];
            },
        ),
        unread("status/tag-61", "the CWT tag must not be there", |list| {
            list.sign1.tags = vec![61, 18];
        }),
        unread("status/untagged", "the tag must be there", |list| {
            list.sign1.tags.clear()
        }),
        bad(
            "status/alg-unprotected",
            "alg only counts where it is signed",
            |list| {
                list.sign1.alg = AlgHeader::Unprotected;
            },
        ),
        bad(
            "status/critical-header",
            "RFC 9052 3.1: not known",
            |list| {
                list.sign1
                    .protected
                    .push((int(2), Value::Array(vec![int(99)])));
            },
        ),
        bad("status/signature-empty", "no byte of a signature", |list| {
            list.sign1.signature = Signature::Empty;
        }),
        bad("status/signature-changed", "one bit", |list| {
            list.sign1.signature = Signature::Flipped;
        }),
        bad("status/signature-in-der-form", "RFC 9053 2.1", |list| {
            list.sign1.signature = Signature::Der;
        }),
        bad(
            "status/chain-unprotected",
            "ISO: the chain is signed too",
            |list| {
                list.sign1.chain = ChainPlace::Unprotected;
            },
        ),
        bad("status/chain-missing", "who signed?", |list| {
            list.sign1.chain = ChainPlace::Missing;
        }),
    ]
}

fn signers() -> Vec<Draft> {
    let second = || Certificate::iaca("second root", "Second IACA");
    let own = token(|list| list.root = second());
    vec![
        bad(
            "status/under-an-unknown-root",
            "a root that this desk does not hold",
            |list| {
                list.root = Certificate::iaca("foreign root", "Somebody Else IACA");
            },
        ),
        abstains(
            INVALID,
            "status/under-another-trusted-root",
            "trusted, but not the root of this card: it may not speak for it",
        )
        .licence(|_| {})
        .roots(&[("iaca.der", &second()), ("second.der", &second())])
        .tokens(vec![("own.cwt", own)]),
        bad(
            "status/signer-is-a-reader",
            "a reader's certificate",
            |list| {
                list.signer
                    .replace(Extension::extended_key_usage(&[oid::MDOC_READER]));
            },
        ),
        bad("status/signer-is-an-authority", "CA:TRUE", |list| {
            list.signer
                .replace(Extension::basic_constraints(true, Some(0)));
        }),
        bad(
            "status/signer-expired",
            "its certificate ended yesterday",
            |list| {
                list.signer.not_after = AT - DAY;
            },
        ),
        bad(
            "status/signer-of-another-country",
            "C of root and signer differ",
            |list| {
                list.signer.subject.country = "ZY".to_owned();
            },
        ),
        bad(
            "status/signer-of-another-curve",
            "ES256 with a P-384 key",
            |list| {
                list.signer.key = Key::new(KeyKind::P384, "status signer");
                list.sign1.alg = AlgHeader::Protected(int(-7));
            },
        ),
    ]
}

fn arrivals() -> Vec<Draft> {
    let revoked = |issued: i64| {
        token(|list| {
            list.issued = issued;
            list.values = vec![(status_index(Card::Mdl), 1)];
        })
    };
    let older = token(|list| list.issued = AT - 2 * DAY);
    let elsewhere = |name, why| {
        abstains(INVALID, name, why)
            .licence(|_| {})
            .list(|list| list.subject = format!("{STATUS_URI}/"))
            .fetched_from(STATUS_URI)
    };
    let mut cut = Authority::built_in().status_list(AT);
    cut.truncate(cut.len() / 2);
    vec![
        refuses(
            "status.revoked",
            "status/rollback",
            "an older list does not bring it back",
        )
        .licence(|_| {})
        .tokens(vec![
            ("newer.cwt", revoked(AT - DAY)),
            ("older.cwt", older.clone()),
        ]),
        refuses(
            "status.revoked",
            "status/newer-list",
            "the newer list counts",
        )
        .licence(|_| {})
        .tokens(vec![("older.cwt", older), ("newer.cwt", revoked(AT - DAY))]),
        elsewhere(
            "status/subject-is-not-the-address",
            "sub is another list's name",
        ),
        listed(
            abstains(
                UNKNOWN,
                "status/subject-with-slash",
                "the list is another's",
            ),
            |list| list.subject = format!("{STATUS_URI}/"),
        ),
        abstains(
            INVALID,
            "status/cut",
            "half a token, fetched from the right place",
        )
        .licence(|_| {})
        .tokens(vec![("own.cwt", cut)])
        .fetched_from(STATUS_URI),
        abstains(INVALID, "status/followed-by-a-byte", "one item and no more")
            .licence(|_| {})
            .tokens(vec![(
                "own.cwt",
                [Authority::built_in().status_list(AT), vec![0]].concat(),
            )])
            .fetched_from(STATUS_URI),
        abstains(INVALID, "status/junk", "no token at all")
            .licence(|_| {})
            .tokens(vec![("own.cwt", b"<html>not found</html>".to_vec())])
            .fetched_from(STATUS_URI),
    ]
}
