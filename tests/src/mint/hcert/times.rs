//! When a health certificate is good (RFC 8392 2, hcert specification 3.3.5, 3.3.6).

use super::super::{Draft, abstains, accepts, refuses};
use super::vaccination;
use crate::world::AT;
use hwagin_training::cbor::{bytes, int, tagged, text};
use hwagin_training::{DAY, Value, day};

const EXPIRED: &str = "validity.expired";
const NOT_YET: &str = "validity.not_yet";
const MALFORMED: &str = "format.malformed";

/// The claims of the times.
const EXP: i64 = 4;
const NBF: i64 = 5;
const IAT: i64 = 6;

pub(super) fn drafts() -> Vec<Draft> {
    [accepted(), outside(), odd()]
        .into_iter()
        .flatten()
        .collect()
}

/// A certificate of which this claim is another.
fn with(draft: Draft, claim: i64, value: Value) -> Draft {
    vaccination(draft, |h| h.cwt.set(claim, value))
}

/// A number with a fraction, near enough to `seconds`.
fn float(seconds: i64, fraction: f64) -> Value {
    let whole = f64::from(i32::try_from(seconds).unwrap());
    Value::Float(whole + fraction)
}

fn accepted() -> Vec<Draft> {
    let sound = |name, why, claim, value| with(accepts(name, why), claim, value);
    let ending = |name, why, value| {
        sound(name, why, EXP, value).cautions(&["holder_not_proven", "ending_soon", "no_status"])
    };
    vec![
        sound(
            "accept/hcert-iat-as-float",
            "25 published tests have it so",
            IAT,
            float(day(AT) - DAY, 0.123),
        ),
        sound(
            "accept/hcert-exp-as-float",
            "15 published tests have it so",
            EXP,
            float(day(AT) + 180 * DAY, 0.75),
        ),
        ending(
            "accept/hcert-ends-in-half-a-second",
            "a fraction is time too",
            float(AT, 0.5),
        ),
        ending("accept/hcert-ends-in-a-second", "not now", int(AT + 1)),
        ending("accept/hcert-ending-soon", "three days", int(AT + 3 * DAY)),
        sound("accept/hcert-made-now", "not in the future", IAT, int(AT)),
        sound(
            "accept/hcert-nbf",
            "no claim of the format, and still it counts",
            NBF,
            int(AT),
        ),
        vaccination(
            accepts(
                "accept/hcert-without-iat",
                "nothing is read from it but whether it has begun",
            ),
            |h| h.cwt.remove(IAT),
        ),
    ]
}

fn outside() -> Vec<Draft> {
    let expired = |name, why, value| with(refuses(EXPIRED, name, why), EXP, value);
    let not_yet = |name, why, claim, value| with(refuses(NOT_YET, name, why), claim, value);
    vec![
        expired("hcert/expired", "yesterday", int(AT - DAY)),
        expired(
            "hcert/expires-now",
            "RFC 8392 3.1.4: on exp it is not taken any more",
            int(AT),
        ),
        expired(
            "hcert/expired-half-a-second-ago",
            "a fraction is time too",
            float(AT, -0.5),
        ),
        expired("hcert/exp-negative", "before 1970", int(-1)),
        expired("hcert/exp-zero", "1970", int(0)),
        not_yet("hcert/not-yet", "made tomorrow", IAT, int(AT + DAY)),
        not_yet("hcert/not-yet-for-a-second", "soon", IAT, int(AT + 1)),
        not_yet(
            "hcert/not-yet-for-half-a-second",
            "a fraction is time too",
            IAT,
            float(AT, 0.5),
        ),
        not_yet(
            "hcert/nbf-not-yet",
            "the later of nbf and iat counts",
            NBF,
            int(AT + 1),
        ),
        vaccination(
            refuses(
                "validity.window_missing",
                "hcert/without-exp",
                "3.3.5: it has to have an end",
            ),
            |h| h.cwt.remove(EXP),
        ),
    ]
}

fn odd() -> Vec<Draft> {
    let odd = |name, why, claim, value| with(abstains(MALFORMED, name, why), claim, value);
    vec![
        odd(
            "hcert/exp-as-text",
            "a number",
            EXP,
            text("2030-01-01T00:00:00Z"),
        ),
        odd("hcert/exp-as-bytes", "a number", EXP, bytes(&[1, 2])),
        odd("hcert/exp-null", "a number", EXP, Value::Null),
        odd(
            "hcert/exp-tagged",
            "RFC 8392 2: without tag 1",
            EXP,
            tagged(1, int(AT + DAY)),
        ),
        odd(
            "hcert/exp-above-2-53",
            "no float is exact up there",
            EXP,
            int((1 << 53) + 1),
        ),
        odd(
            "hcert/exp-of-64-bits",
            "beyond every calendar",
            EXP,
            Value::Integer(u64::MAX.into()),
        ),
        odd(
            "hcert/exp-infinite",
            "no moment",
            EXP,
            Value::Float(f64::INFINITY),
        ),
        odd(
            "hcert/exp-not-a-number",
            "no moment",
            EXP,
            Value::Float(f64::NAN),
        ),
        odd("hcert/iat-as-text", "a number", IAT, text("yesterday")),
        odd(
            "hcert/iat-not-a-number",
            "no moment",
            IAT,
            Value::Float(f64::NAN),
        ),
    ]
}
