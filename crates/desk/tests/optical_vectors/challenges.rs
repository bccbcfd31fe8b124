//! Challenges, and what is none.

use std::collections::{BTreeMap, BTreeSet};

use ciborium::Value;
use data_encoding::HEXLOWER;
use hwagin_training::{Challenge, ChallengeFlaw};
use serde_json::{Value as Json, json};

use super::file::{bytes, entries, file, int, sha256, text, third, vectors};

#[test]
fn every_challenge_is_what_the_file_says_to_desk_and_phone() {
    let file = file();
    for vector in vectors(&file, "challenges", 5) {
        let name = &vector["name"];
        let asked = hwagin_desk::challenge::read(text(&vector["text"])).unwrap();
        let body = bytes(&vector["body"]);
        assert_eq!(asked.hash[..], sha256(&[&body]), "{name}");
        assert_eq!(asked.hash[..], bytes(&vector["hash"]), "{name}");
        assert_eq!(json!(asked.purpose), vector["purpose"], "{name}");
        assert_eq!(asked.ends.0, int(&vector["exp"]), "{name}");
        assert_eq!(json!(asked.is_displayed), vector["displayed"], "{name}");
        let holds = |part: &Json| {
            let part = bytes(part);
            body.windows(part.len()).any(|window| window == part)
        };
        assert!(holds(&vector["certificate"]), "{name}");
        assert_eq!(third(&body), bytes(&vector["payload"]), "{name}");
        assert_says_what_is_beside_it(vector);
        let read = Challenge::read(text(&vector["text"]), int(&vector["at"])).unwrap();
        assert_eq!(
            json!([read.desk, read.organisation]),
            json!([vector["desk"], vector["organisation"]])
        );
        let types = read.items.iter().map(|(doc_type, _)| doc_type.as_str());
        let listed = vector["items"].as_array().unwrap().iter();
        assert!(
            types.eq(listed.map(|item| text(&item["docType"]))),
            "{name}"
        );
    }
}

/// The payload has each field as the vector says it.
fn assert_says_what_is_beside_it(vector: &Json) {
    let payload = entries(&bytes(&vector["payload"])).into_iter();
    let payload: BTreeMap<_, _> = payload.collect();
    let said = |key: i64| payload.get(&key).map_or(Json::Null, as_json);
    let names = [
        "nonce",
        "iat",
        "exp",
        "desk",
        "organisation",
        "purpose",
        "version",
        "label",
    ];
    for (key, member) in (1..).zip(names) {
        assert_eq!(said(key), vector[member], "{member} of {}", vector["name"]);
    }
    assert_eq!(said(9), items(&vector["items"]), "{}", vector["name"]);
}

/// CBOR as JSON, byte strings in hexadecimal.
fn as_json(value: &Value) -> Json {
    match value {
        Value::Bytes(bytes) => json!(HEXLOWER.encode(bytes)),
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(i64::try_from(*number).unwrap()),
        Value::Bool(flag) => json!(flag),
        Value::Array(items) => items.iter().map(as_json).collect(),
        Value::Map(entries) => {
            let entries = entries.iter();
            let entries =
                entries.map(|(key, value)| (key.as_text().unwrap().to_owned(), as_json(value)));
            Json::Object(entries.collect())
        }
        _ => panic!("{value:?}"),
    }
}

/// What the file lists of each namespace, as an `ItemsRequest` has it: nothing is kept.
fn items(listed: &Json) -> Json {
    let kept = |elements: &Json| -> Json {
        let elements = elements.as_array().unwrap().iter();
        Json::Object(
            elements
                .map(|element| (text(element).to_owned(), json!(false)))
                .collect(),
        )
    };
    let requests = listed.as_array().unwrap().iter().map(|request| {
        let spaces = request["nameSpaces"].as_object().unwrap().iter();
        let spaces = spaces.map(|(namespace, elements)| (namespace.clone(), kept(elements)));
        let spaces = Json::Object(spaces.collect());
        json!({ "docType": request["docType"], "nameSpaces": spaces })
    });
    requests.collect()
}

#[test]
fn what_is_no_challenge_is_none_to_the_phone() {
    let file = file();
    let mut told = BTreeSet::new();
    for vector in vectors(&file, "refused_challenges", 35) {
        let verdict = match Challenge::read(text(&vector["text"]), int(&vector["at"])) {
            Ok(_) => "challenge",
            Err(ChallengeFlaw::Ended) => "ended",
            Err(ChallengeFlaw::Ahead) => "ahead",
            Err(_) => "no challenge",
        };
        assert_eq!(json!(verdict), vector["verdict"], "{}", vector["name"]);
        told.insert(verdict);
    }
    assert_eq!(told.len(), 3);
}
