//! `format` and `validity`: what an issuer signed, and should not have.

use super::{MALFORMED, UNSUPPORTED, refused, undecided};
use crate::mint::{Draft, abstains, hook, refuses};
use crate::world::AT;
use hwagin_training::cbor::{bytes, encode, int, text};
use hwagin_training::cose::ChainPlace;
use hwagin_training::sd_cwt::{Kcwt, SdCwt};
use hwagin_training::{Card, DAY, Status, Value};

const TYPE: &str = "format.type_mismatch";

pub(super) fn drafts() -> Vec<Draft> {
    [types(), places(), times(), windows(), members(), header()]
        .into_iter()
        .flatten()
        .collect()
}

fn types() -> Vec<Draft> {
    let typ = |name, why, change: fn(&mut SdCwt)| refused(TYPE, name, why, change);
    vec![
        typ(
            "sd-cwt/types-swapped",
            "each says that it is the other",
            |r| std::mem::swap(&mut r.token.typ, &mut r.binding.typ),
        ),
        typ("sd-cwt/type-of-binding-inside", "294 inside 294", |r| {
            r.token.typ = Some(int(294));
        }),
        typ("sd-cwt/type-of-token-outside", "293 around 293", |r| {
            r.binding.typ = Some(int(293));
        }),
        typ("sd-cwt/type-missing", "of the credential", |r| {
            r.token.typ = None;
        }),
        typ(
            "sd-cwt/type-missing-of-binding",
            "of the token around",
            |r| {
                r.binding.typ = None;
            },
        ),
        typ(
            "sd-cwt/type-of-a-status-list",
            "signed by the same issuer, and no credential",
            |r| r.token.typ = Some(text("application/statuslist+cwt")),
        ),
        typ("sd-cwt/type-of-a-plain-cwt", "application/cwt", |r| {
            r.token.typ = Some(text("application/cwt"));
        }),
        typ("sd-cwt/type-of-an-sd-jwt", "application/sd-jwt", |r| {
            r.token.typ = Some(text("application/sd-jwt"));
        }),
        typ("sd-cwt/type-as-bytes", "number or text", |r| {
            r.token.typ = Some(bytes(b"sd-cwt"));
        }),
        typ(
            "sd-cwt/type-unprotected",
            "it only counts where it is signed",
            |r| {
                r.token.typ = None;
                r.token.sign1.unprotected.push((int(16), int(293)));
            },
        ),
        refuses(
            TYPE,
            "sd-cwt/bare-with-a-token-inside",
            "a credential that carries another",
        )
        .purpose("document-only")
        .caught(|r| {
            r.bare = true;
            r.token.sign1.protected.push((int(13), int(1)));
        }),
        abstains(
            MALFORMED,
            "sd-cwt/bare-with-type-of-binding",
            "a binding has a token in it; this has claims of a card",
        )
        .caught(|r| {
            r.bare = true;
            r.token.typ = Some(int(294));
        }),
    ]
}

fn places() -> Vec<Draft> {
    let kcwt =
        |name, why, kcwt: Kcwt| undecided(MALFORMED, name, why, move |r| r.binding.kcwt = kcwt);
    vec![
        kcwt(
            "sd-cwt/in-bytes",
            "kcwt holds the token as it is, not in a byte string",
            Kcwt::Wrapped,
        ),
        kcwt(
            "sd-cwt/unprotected",
            "the holder has to sign it",
            Kcwt::Unprotected,
        ),
        kcwt("sd-cwt/missing", "a binding of nothing", Kcwt::Missing),
        undecided(
            MALFORMED,
            "sd-cwt/binding-with-claims-in-header",
            "header 15 is forbidden there",
            |r| {
                let claims = Value::Map(vec![(int(6), int(AT))]);
                r.binding.sign1.protected.push((int(15), claims));
            },
        ),
        refused(
            "holder.proof_invalid",
            "holder/sd-cwt-binding-with-unprotected-header",
            "in the optical presentation the holder signs all of it",
            |r| r.binding.sign1.unprotected.push((int(4), bytes(b"1"))),
        ),
        undecided(
            MALFORMED,
            "sd-cwt/in-an-envelope",
            "an envelope is for an mdoc",
            |r| {
                r.hooks.kbt_bytes = hook(|kbt: &mut Vec<u8>| {
                    let entries = [(1, bytes(kbt)), (2, int(AT)), (3, bytes(&[3; 16]))];
                    let entries = entries.map(|(key, value)| (int(key), value));
                    *kbt = encode(&Value::Map(entries.to_vec()));
                });
            },
        ),
    ]
}

fn times() -> Vec<Draft> {
    let order = |name, why, nbf: i64, iat: i64, exp: i64| {
        undecided(MALFORMED, name, why, move |r| {
            for (key, time) in [(5, nbf), (6, iat), (4, exp)] {
                r.token.claims.set(int(key), int(time));
            }
        })
    };
    let (past, later) = (AT - 9 * DAY, AT + 90 * DAY);
    vec![
        order(
            "sd-cwt/issued-before-it-begins",
            "nbf has to be at or before iat",
            past + 1,
            past,
            later,
        ),
        order(
            "sd-cwt/ends-when-it-begins",
            "nbf has to be before exp",
            AT - 9,
            AT - 9,
            AT - 9,
        ),
        order(
            "sd-cwt/ends-before-it-begins",
            "nbf has to be before exp",
            AT - 5,
            AT - 5,
            AT - 9,
        ),
        order(
            "sd-cwt/ends-when-it-was-issued",
            "iat has to be before exp",
            past,
            AT + 9,
            AT + 9,
        ),
        order(
            "sd-cwt/issued-after-its-end",
            "iat has to be before exp",
            past,
            later + 1,
            later,
        ),
    ]
}

fn windows() -> Vec<Draft> {
    let times = |code, name, why, nbf: i64, iat: i64, exp: i64| {
        refused(code, name, why, move |r| {
            for (key, time) in [(5, nbf), (6, iat), (4, exp)] {
                r.token.claims.set(int(key), int(time));
            }
        })
    };
    let (past, later) = (AT - 9 * DAY, AT + 90 * DAY);
    let (expired, not_yet) = ("validity.expired", "validity.not_yet");
    vec![
        times(
            expired,
            "sd-cwt/expired",
            "exp was yesterday",
            past,
            past,
            AT - DAY,
        ),
        times(
            expired,
            "sd-cwt/expired-this-second",
            "RFC 8392 3.1.4: at exp it is not valid any more",
            past,
            past,
            AT,
        ),
        times(
            not_yet,
            "sd-cwt/not-yet",
            "nbf is tomorrow",
            AT + DAY,
            AT + DAY,
            later,
        ),
        times(
            not_yet,
            "sd-cwt/not-yet-for-a-second",
            "nbf is in a second",
            AT + 1,
            AT + 1,
            later,
        ),
        times(
            not_yet,
            "sd-cwt/issued-tomorrow",
            "it begins today and was issued tomorrow",
            past,
            AT + DAY,
            later,
        ),
        refused(
            "validity.window_missing",
            "sd-cwt/without-end",
            "valid for how long?",
            |r| r.token.claims.remove(&int(4)),
        ),
        refused(
            "validity.not_yet",
            "sd-cwt/begins-in-half-a-second",
            "a fraction begins with the next whole second",
            |r| {
                #[allow(clippy::cast_precision_loss)] // far below 2^53
                r.token.claims.set(int(5), Value::Float(AT as f64 + 0.5));
                r.token.claims.remove(&int(6));
            },
        ),
        refused(
            "validity.expired",
            "sd-cwt/ended-before-the-epoch",
            "a negative number is a time, too",
            |r| {
                r.token.claims.set(int(4), int(-5));
                r.token.claims.remove(&int(5));
                r.token.claims.remove(&int(6));
            },
        ),
    ]
}

fn members() -> Vec<Draft> {
    let set = |code, name, why, key: i64, value: Value| {
        undecided(code, name, why, move |r| {
            r.token.claims.set(int(key), value);
        })
    };
    vec![
        undecided(
            MALFORMED,
            "sd-cwt/without-holder-key",
            "the draft: cnf is required",
            |r| r.token.claims.remove(&int(8)),
        ),
        set(
            MALFORMED,
            "sd-cwt/holder-key-as-bytes",
            "cnf is a map",
            8,
            bytes(b"key"),
        ),
        set(
            UNSUPPORTED,
            "sd-cwt/credential-type-as-number",
            "no card of this desk has a number",
            11,
            int(65_000),
        ),
        refused(
            "issuer.purpose_mismatch",
            "sd-cwt/without-credential-type",
            "its issuer is known for cards, and this says not what it is",
            |r| r.token.claims.remove(&int(11)),
        ),
        refused(
            "issuer.purpose_mismatch",
            "sd-cwt/unknown-credential-type",
            "its issuer is not known for it",
            |r| {
                r.token.claims.set(int(11), text("some.other.card"));
            },
        ),
        set(
            MALFORMED,
            "sd-cwt/status-as-text",
            "status is a map",
            65_535,
            text("valid"),
        ),
        undecided(
            MALFORMED,
            "sd-cwt/status-index-negative",
            "idx is unsigned",
            |r| {
                let mut status = Status::at(0);
                status.list.as_mut().unwrap().index = int(-1);
                r.status(&status);
            },
        ),
        undecided(
            MALFORMED,
            "sd-cwt/claims-in-a-list",
            "claims are a map",
            |r| {
                r.hooks.claims = hook(|claims: &mut Value| *claims = Value::Array(Vec::new()));
            },
        ),
        refuses(
            "purpose.type_not_accepted",
            "purpose/sd-cwt-driving-licence-for-a-landlord",
            "a landlord asks for the registration card",
        )
        .purpose("landlord")
        .sd_cwt(Card::Mdl, |_| {}),
        refuses(
            "purpose.condition_not_met",
            "purpose/sd-cwt-stay-ends-before",
            "genuine, and the stay is too short",
        )
        .purpose("landlord")
        .sd_cwt(Card::Mfc, |r| {
            let until = r.element("stay_until").unwrap();
            let date = hwagin_training::cbor::full_date("2027-06-29");
            until.node = hwagin_training::sd_cwt::Node::Open(date);
        }),
    ]
}

fn header() -> Vec<Draft> {
    let claims = |code, name, why, entries: Vec<(Value, Value)>| {
        refused(code, name, why, move |r| {
            let claims = Value::Map(entries);
            r.token.sign1.protected.push((int(15), claims));
        })
    };
    vec![
        claims(
            TYPE,
            "sd-cwt/header-claims-another-type",
            "vct in the header differs from vct in the claims",
            vec![(int(11), text(Card::Mfc.doc_type()))],
        ),
        claims(
            TYPE,
            "sd-cwt/header-claims-another-end",
            "exp in the header differs from exp in the claims",
            vec![(int(4), int(AT + 9_000))],
        ),
        abstains(
            MALFORMED,
            "sd-cwt/header-claims-as-list",
            "header 15 is a map",
        )
        .sd_cwt(Card::Mdl, |r| {
            let list = Value::Array(Vec::new());
            r.token.sign1.protected.push((int(15), list));
        }),
        abstains(
            "issuer.unknown",
            "issuer/sd-cwt-chain-unprotected",
            "a certificate that nobody signed says nothing, and there is no other",
        )
        .sd_cwt(Card::Mdl, |r| {
            r.token.sign1.chain = ChainPlace::Unprotected;
        }),
    ]
}
