//! `holder`: what the key binding token says, against the draft and against the credential in it.

use super::{refused, undecided};
use crate::mint::Draft;
use crate::world::AT;
use hwagin_training::cbor::{int, text};
use hwagin_training::{DAY, SdCwt, Value};

const INVALID: &str = "holder.proof_invalid";

pub(super) fn drafts() -> Vec<Draft> {
    [claims(), times(), nonces()]
        .into_iter()
        .flatten()
        .collect()
}

fn invalid(name: &'static str, why: &'static str, change: impl FnOnce(&mut SdCwt)) -> Draft {
    refused(INVALID, name, why, change)
}

fn claims() -> Vec<Draft> {
    let extra = |name, why, key: i64, value: Value| {
        invalid(name, why, move |r| r.binding.extra.push((int(key), value)))
    };
    vec![
        extra(
            "holder/sd-cwt-binding-names-an-issuer",
            "the holder is its issuer, and nobody else",
            1,
            text("https://issuer.example"),
        ),
        extra(
            "holder/sd-cwt-binding-names-a-subject",
            "the credential says whose it is",
            2,
            text("somebody"),
        ),
        invalid(
            "holder/sd-cwt-binding-without-audience",
            "for anybody",
            |r| r.binding.aud = None,
        ),
        invalid("holder/sd-cwt-audience-as-number", "aud is text", |r| {
            r.binding.aud = Some(int(1))
        }),
        invalid(
            "holder/sd-cwt-audience-as-list",
            "RFC 8392 3.1.3: one text",
            |r| r.binding.aud = Some(Value::Array(vec![text("hwagin:optical:1")])),
        ),
        invalid(
            "holder/sd-cwt-without-time",
            "the optical presentation says when it was made",
            |r| r.binding.iat = None,
        ),
        invalid(
            "holder/sd-cwt-without-id",
            "nothing to remember it by",
            |r| r.binding.cti = None,
        ),
        invalid(
            "holder/sd-cwt-without-time-and-id",
            "the draft: one of the two",
            |r| {
                r.binding.iat = None;
                r.binding.cti = None;
            },
        ),
        invalid(
            "holder/sd-cwt-id-of-15-bytes",
            "16, so that a short one cannot collide",
            |r| r.binding.cti = Some(vec![1; 15]),
        ),
        invalid("holder/sd-cwt-id-of-17-bytes", "16 exactly", |r| {
            r.binding.cti = Some(vec![1; 17]);
        }),
        invalid("holder/sd-cwt-id-empty", "16 exactly", |r| {
            r.binding.cti = Some(Vec::new());
        }),
        invalid("holder/sd-cwt-id-as-text", "bytes", |r| {
            r.binding.cti = None;
            r.binding.extra.push((int(7), text("0123456789abcdef")));
        }),
    ]
}

fn times() -> Vec<Draft> {
    let window = |name, why, entries: Vec<(i64, i64)>| {
        invalid(name, why, move |r| {
            let entries = entries.into_iter().map(|(key, time)| (int(key), int(time)));
            r.binding.extra = entries.collect();
        })
    };
    vec![
        window(
            "holder/sd-cwt-begins-after-it-was-made",
            "nbf has to be at or before iat",
            vec![(5, AT + 1)],
        ),
        window(
            "holder/sd-cwt-ends-when-it-was-made",
            "iat has to be before exp",
            vec![(4, AT)],
        ),
        window(
            "holder/sd-cwt-ends-before-it-was-made",
            "iat has to be before exp",
            vec![(4, AT - 1)],
        ),
        window(
            "holder/sd-cwt-outlives-the-credential",
            "its exp is after that of the credential",
            vec![(4, AT + 900 * DAY)],
        ),
        window(
            "holder/sd-cwt-begins-before-the-credential",
            "its nbf is before that of the credential",
            vec![(5, AT - 900 * DAY)],
        ),
        invalid(
            "holder/sd-cwt-made-before-the-credential",
            "its iat is before that of the credential",
            |r| {
                r.token.claims.set(int(5), int(AT - 9));
                r.token.claims.set(int(6), int(AT - 9));
                r.binding.iat = Some(int(AT - 10));
            },
        ),
        invalid(
            "holder/sd-cwt-made-when-the-credential-ends",
            "its iat has to be before exp of the credential",
            |r| {
                r.token.claims.set(int(4), int(AT + 30));
                r.binding.iat = Some(int(AT + 30));
            },
        ),
        invalid(
            "holder/sd-cwt-window-without-time",
            "no nbf and no exp without iat",
            |r| {
                r.binding.iat = None;
                r.binding.extra = vec![(int(4), int(AT + 60))];
            },
        ),
    ]
}

fn nonces() -> Vec<Draft> {
    vec![
        refused(
            "holder.challenge_mismatch",
            "holder/sd-cwt-for-a-challenge",
            "this desk asked none",
            |r| r.binding.cnonce = Some(vec![1; 32]),
        ),
        invalid(
            "holder/sd-cwt-challenge-of-31-bytes",
            "the hash of a challenge has 32",
            |r| r.binding.cnonce = Some(vec![1; 31]),
        ),
        invalid("holder/sd-cwt-challenge-as-text", "bytes", |r| {
            r.binding.extra.push((int(39), text("nonce")));
        }),
        undecided(
            "holder.from_future",
            "holder/sd-cwt-made-at-the-end-of-the-credential",
            "one clock is wrong, and not the binding",
            |r| {
                let last = r.time(4).unwrap() - 1;
                r.binding.iat = Some(int(last));
            },
        ),
        invalid("holder/sd-cwt-id-null", "left out, not null", |r| {
            r.binding.cti = None;
            r.binding.extra.push((int(7), Value::Null));
        }),
        invalid("holder/sd-cwt-claims-as-list", "a map", |r| {
            r.binding.sign1.payload = hwagin_training::cose::Payload::Replaced(vec![0x80]);
        }),
    ]
}
