//! A clerk's session, from frames to verdicts and to nothing again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod bench;

use std::time::Duration;

use bench::{Bench, START, shown};
use hwagin_desk::view::AskedView;
use hwagin_desk::{Phase, Refused};
use hwagin_scanner::{Luma, Scanner};
use hwagin_training::Case;
use hwagin_training::phone::phone_screen;
use serde_json::{Value as Json, json};

#[test]
fn a_phone_before_the_camera_is_accepted_and_then_forgotten() {
    let mut bench = Bench::new(Some("hospital-reception"));
    assert_eq!(bench.session.phase(), Phase::Idle);
    let picture = phone_screen(&shown(Case::Valid, START), 1_280, 720, 3)
        .unwrap()
        .luma();
    let luma = Luma::new(picture.width, picture.height, &picture.pixels).unwrap();
    let sighting = Scanner::new().scan(&luma);
    assert_eq!(sighting.symbols.len(), 1);
    bench
        .session
        .seen(&sighting, (picture.width, picture.height));
    assert_eq!(
        bench.session.phase(),
        Phase::Showing(Duration::from_secs(60))
    );
    let verdict = bench.verdict();
    assert_eq!(verdict["outcome"], "accept");
    assert_eq!(verdict["clearsIn"], 60);
    assert_eq!(verdict["decidedAt"], START);
    bench.wait(59_999);
    bench.session.tick();
    assert_eq!(bench.told(), Vec::<Json>::new());
    bench.wait(1);
    bench.session.tick();
    assert_eq!(bench.told(), [json!({ "type": "cleared" })]);
    assert_eq!(bench.session.phase(), Phase::Idle);
}

#[test]
fn only_what_the_purpose_shows_is_told() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[&shown(Case::Valid, START)]);
    let verdict = bench.verdict();
    let accepted = &verdict["accepted"];
    let claims = accepted["claims"].as_array().unwrap();
    let told: Vec<_> = claims
        .iter()
        .map(|claim| claim["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        told,
        ["SPECIMEN", "TESTINA ALEXANDRA MARIA", "990101-•••••••"]
    );
    assert_eq!(accepted["card"]["ko"], "외국인등록증");
    assert_eq!(accepted["binding"], "fresh");
    assert_eq!(accepted["proofAge"], 0);
    assert_eq!(accepted["issuer"]["country"], "ZZ");
    assert_eq!(accepted["surplus"], 5);
    assert!(accepted["portrait"]["rgba"].as_str().unwrap().len() > 1_000);
    let text = verdict.to_string();
    for kept_back in ["6000000", "1999-01-01", "E-9", "2028-12-31"] {
        assert!(!text.contains(kept_back), "{kept_back}");
    }
}

#[test]
fn a_refused_credential_shows_nothing_of_itself() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[&shown(Case::AlteredName, START)]);
    let verdict = bench.verdict();
    assert_eq!(verdict["outcome"], "refuse");
    assert_eq!(verdict["reason"], "digest.mismatch");
    assert_eq!(verdict["accepted"], Json::Null);
    assert!(!verdict.to_string().contains("SPECIM"));
}

#[test]
fn a_phone_left_lying_there_is_not_judged_again() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let text = shown(Case::Valid, START);
    bench.frame(&[&text]);
    assert_eq!(bench.verdict()["outcome"], "accept");
    bench.frames(&[&text], 2_000);
    bench.session.clear();
    assert_eq!(bench.told(), [json!({ "type": "cleared" })]);
    bench.frames(&[&text], 30_000);
    bench.frames(&[], 1_500);
    bench.frames(&[&text], 1_000);
    assert_eq!(bench.told(), Vec::<Json>::new());
    assert_eq!(bench.session.phase(), Phase::Scanning);
}

#[test]
fn the_same_presentation_shown_again_was_already_used() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let text = shown(Case::Valid, START);
    bench.frame(&[&text]);
    bench.session.clear();
    bench.told();
    bench.frames(&[], 2_100);
    bench.frame(&[&text]);
    let verdict = bench.verdict();
    assert_eq!(
        (&verdict["outcome"], &verdict["reason"]),
        (&json!("refuse"), &json!("holder.replayed"))
    );
}

#[test]
fn another_symbol_does_not_overwrite_a_verdict() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[&shown(Case::Revoked, START)]);
    assert_eq!(bench.verdict()["reason"], "status.revoked");
    let other = shown(Case::Valid, START + 1);
    bench.frames(&[&other], 3_000);
    assert_eq!(bench.told(), Vec::<Json>::new());
    bench.session.clear();
    bench.frame(&[&other]);
    let told = bench.told();
    assert_eq!(told[0], json!({ "type": "cleared" }));
    assert_eq!(told[1]["verdict"]["outcome"], "accept");
}

#[test]
fn another_purpose_clears_and_judges_anew() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[&shown(Case::Valid, START)]);
    bench.told();
    assert_eq!(
        bench
            .session
            .choose_purpose("age-19", &AskedView::default()),
        Ok(())
    );
    assert_eq!(bench.told(), [json!({ "type": "cleared" })]);
    assert_eq!(bench.session.purpose(), Some("age-19"));
    bench.frame(&[&shown(Case::Valid, START + 1)]);
    let accepted = bench.verdict()["accepted"].clone();
    assert_eq!(accepted["claims"], json!([]));
    let decision = &accepted["decisions"][0];
    assert_eq!(decision["rule"], "age_over");
    assert_eq!(
        (&decision["argument"], &decision["answer"]),
        (&json!("19"), &json!("yes"))
    );
    assert_eq!(
        bench
            .session
            .choose_purpose("nothing", &AskedView::default()),
        Err(Refused::UnknownPurpose)
    );
    assert_eq!(
        bench.told(),
        Vec::<Json>::new(),
        "a wrong wish changes nothing"
    );
    assert!(matches!(bench.session.phase(), Phase::Showing(_)));
}

#[test]
fn without_a_purpose_there_is_a_hint_and_then_a_verdict() {
    let mut bench = Bench::new(None);
    let text = shown(Case::Valid, START);
    bench.frames(&[&text], 1_000);
    assert_eq!(
        bench.told(),
        [json!({ "type": "hint", "hint": "no_purpose" })]
    );
    bench
        .session
        .choose_purpose("hospital-reception", &AskedView::default())
        .unwrap();
    bench.frame(&[&text]);
    let told = bench.told();
    assert_eq!(told[0], json!({ "type": "hint", "hint": null }));
    assert_eq!(told[1]["verdict"]["outcome"], "accept");
}

#[test]
fn a_landlord_picks_the_day() {
    let mut bench = Bench::new(Some("landlord"));
    let text = shown(Case::Valid, START);
    bench.frames(&[&text], 500);
    assert_eq!(
        bench.told(),
        [json!({ "type": "hint", "hint": "no_purpose" })]
    );
    assert_eq!(
        bench
            .session
            .choose_purpose("landlord", &AskedView::on("2027-02-29")),
        Err(Refused::BadDate)
    );
    bench
        .session
        .choose_purpose("landlord", &AskedView::on("2028-11-30"))
        .unwrap();
    bench.frame(&[&text]);
    let verdict = bench.verdict();
    let decisions = json!([{
        "rule": "stay_valid_on", "argument": "2028-11-30", "answer": "yes",
        "label": { "ko": "임대차 종료일까지 체류 가능", "en": "May stay until the lease ends" },
        "next": null, "asOf": "2026-11-11", "tableAsOf": null,
    }]);
    assert_eq!(verdict["accepted"]["decisions"], decisions);
    assert!(
        !verdict.to_string().contains("2028-12-31"),
        "the day behind the answer"
    );
    bench
        .session
        .choose_purpose("landlord", &AskedView::on("2029-01-01"))
        .unwrap();
    bench.frame(&[&shown(Case::Valid, START + 1)]);
    let verdict = bench.verdict();
    assert_eq!(verdict["reason"], "purpose.condition_not_met");
}
