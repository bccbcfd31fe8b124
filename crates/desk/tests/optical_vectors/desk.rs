//! What a desk says.

use hwagin_desk::knowledge::{Asked, KnownPurpose};
use hwagin_desk::view::VerdictView;
use hwagin_desk::{Judge, Knowledge, Read, Sources};
use hwagin_verifier::{At, Payload, Reason, UnixTime};
use serde_json::Value as Json;

use super::file::{int, named, text, vectors};

pub(super) fn at(seconds: i64) -> At {
    At::utc(UnixTime(seconds))
}

/// A desk as it comes, which asked what this vector says.
pub(super) fn judge(file: &Json, desk: &Json) -> Judge {
    let moment = at(int(&desk["at"]));
    let mut judge = Judge::new(Knowledge::load(&Sources::default(), moment), moment);
    if !desk["challenge"].is_null() {
        let asked = named(vectors(file, "challenges", 1), &desk["challenge"]);
        judge.ask(vec![
            hwagin_desk::challenge::read(text(&asked["text"])).unwrap(),
        ]);
    }
    judge
}

pub(super) fn view(judge: &Judge, read: &Read, desk: &Json) -> VerdictView {
    let purpose = judge.knowledge().purpose(text(&desk["purpose"])).unwrap();
    match read {
        Read::Judged(judged) => {
            let moment = at(int(&desk["at"]));
            judged.view(purpose, &Asked::default(), judge.knowledge(), moment)
        }
        Read::Hint(hint) => panic!("{}", hint.code()),
    }
}

/// What the desk says to a payload, or to why there is none.
pub(super) fn said(judge: &mut Judge, payload: Result<&Payload, Reason>, desk: &Json) -> Json {
    said_by(judge, desk, |judge, purpose, moment| {
        judge.judge_payload(payload, purpose, &Asked::default(), moment)
    })
}

/// What the desk says to a symbol with this text.
pub(super) fn said_to(judge: &mut Judge, symbol: &str, desk: &Json) -> Json {
    said_by(judge, desk, |judge, purpose, moment| {
        judge.judge(symbol.as_bytes(), purpose, &Asked::default(), moment)
    })
}

fn said_by(
    judge: &mut Judge,
    desk: &Json,
    reads: impl FnOnce(&mut Judge, &KnownPurpose, At) -> Read,
) -> Json {
    let purpose = judge.knowledge().purpose(text(&desk["purpose"]));
    let purpose = purpose.unwrap().clone();
    let moment = at(int(&desk["at"]));
    let read = reads(judge, &purpose, moment);
    serde_json::to_value(view(judge, &read, desk)).unwrap()
}

/// It says what the vector says, down to each value shown.
pub(super) fn assert_says(verdict: &Json, desk: &Json, name: &Json) {
    assert_eq!(verdict["outcome"], desk["outcome"], "{name}: {verdict}");
    assert_eq!(verdict["reason"], desk["reason"], "{name}");
    if desk["outcome"] == "accept" {
        let accepted = &verdict["accepted"];
        assert_eq!(accepted["binding"], desk["binding"], "{name}");
        let claims = accepted["claims"].as_array().unwrap().iter();
        let claims = claims.map(|claim| (text(&claim["name"]).to_owned(), claim["text"].clone()));
        let claims: serde_json::Map<String, Json> = claims.collect();
        assert_eq!(Json::Object(claims), desk["shows"], "{name}");
    }
}
