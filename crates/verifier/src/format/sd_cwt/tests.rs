use super::*;
use crate::tests::{bytes, folder, json};
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

/// Claims about the token, which `open` leaves out.
const ABOUT_THE_TOKEN: [&str; 5] = ["1", "2", "4", "5", "6"];

/// What is expected of the claims about the subject, each under its path.
fn expected(claims: &Value) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for (key, claim) in claims.as_object().unwrap() {
        if !ABOUT_THE_TOKEN.contains(&key.as_str()) {
            flatten(key, claim, &mut out);
        }
    }
    out
}

fn flatten(path: &str, claim: &Value, out: &mut BTreeMap<String, Value>) {
    match claim {
        Value::Object(map) => map.iter().for_each(|(key, claim)| {
            flatten(&format!("{path}/{key}"), claim, out);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(number, claim)| {
            flatten(&format!("{path}/{number}"), claim, out);
        }),
        other => drop(out.insert(path.to_owned(), other.clone())),
    }
}

/// The claims as they were opened, likewise.
fn found(opened: &Opened<'_>) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for claim in &opened.contents.claims {
        let path = match claim.name_space.as_ref() {
            "cwt" => claim.element.to_string(),
            name_space => format!("{name_space}/{}", claim.element),
        };
        flatten(&path, &plain(claim.value), &mut out);
    }
    out
}

fn plain(item: Item<'_>) -> Value {
    if let Some(list) = item.array() {
        return list.into_iter().map(plain).collect();
    }
    let text = item.text().map(|text| value!(text));
    let flag = item.flag().map(|flag| value!(flag));
    text.or(flag).unwrap_or_else(|| value!(item.int().unwrap()))
}

fn payload<'a>(token: &UnverifiedSign1<'a>) -> &'a [u8] {
    token.unverified_payload().unwrap()
}

#[test]
fn every_example_of_the_draft_opens_to_the_claims_it_is_meant_to() {
    let Some(folder) = folder() else { return };
    let folder = folder.join("sd-cwt");
    let all = json(&folder.join("expected.json"));
    for name in [
        "issuer_cwt",
        "nested_issuer_cwt",
        "nested_cwt",
        "decoy",
        "kbt",
        "nested_kbt",
    ] {
        let file = format!("{name}.cbor");
        let token = bytes(&folder.join(&file));
        let presentation = read(&token).unwrap_or_else(|reason| panic!("{}", reason.code()));
        let of_file = &all[&file];
        let inner = of_file.get("inner").unwrap_or(of_file);
        assert_eq!(
            presentation.binding.is_some(),
            of_file.get("inner").is_some(),
            "{name}"
        );
        let opened = presentation.open(payload(&presentation.token));
        let opened = opened.unwrap_or_else(|reason| panic!("{name}: {}", reason.code()));
        let wanted = expected(&inner["claims_after_disclosure_without_cnf"]);
        assert!(wanted.len() > 1, "{name}");
        assert_eq!(found(&opened), wanted, "{name}");
        assert!(opened.key.is_some(), "{name}");
    }
}

#[test]
fn a_disclosure_that_was_taken_away_takes_its_claim_along_and_no_other() {
    let Some(folder) = folder() else { return };
    let token = bytes(&folder.join("sd-cwt/issuer_cwt.cbor"));
    let whole = read(&token).unwrap_or_else(|_| panic!());
    let all = found(
        &whole
            .open(payload(&whole.token))
            .unwrap_or_else(|_| panic!()),
    );
    for gone in 0..whole.disclosures.len() {
        let mut fewer = read(&token).unwrap_or_else(|_| panic!());
        fewer.disclosures.remove(gone);
        let opened = fewer
            .open(payload(&fewer.token))
            .unwrap_or_else(|_| panic!());
        // The place of an element of an array may have moved up.
        assert!(found(&opened).len() < all.len());
    }
}

#[test]
fn a_disclosure_sent_twice_or_belonging_nowhere_spoils_the_token() {
    let Some(folder) = folder() else { return };
    let read_file = |name: &str| bytes(&folder.join("sd-cwt").join(name));
    let (token, other) = (
        read_file("issuer_cwt.cbor"),
        read_file("nested_issuer_cwt.cbor"),
    );
    let of = |bytes| read(bytes).unwrap_or_else(|_| panic!());
    let reason =
        |presentation: &Presentation<'_>| presentation.open(payload(&presentation.token)).err();
    for (from, at) in [(&token, 0), (&other, 0)] {
        let mut more = of(&token);
        more.disclosures.push(of(from).disclosures[at]);
        assert_eq!(reason(&more), Some(Reason::DigestUnused));
    }
}
