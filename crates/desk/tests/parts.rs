//! Presentations in parts, from frames to verdicts.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod bench;

use bench::{Bench, START, in_view};
use hwagin_desk::symbols_in;
use hwagin_desk::view::HintCode;
use hwagin_scanner::Located;
use hwagin_training::{Authority, Card, Case};
use hwagin_verifier::Hint;
use serde_json::{Value as Json, json};

/// The first parts of what a phone plays at `at`, and how many it takes.
fn played(case: Case, at: i64) -> (Vec<String>, usize) {
    let shown = Authority::built_in().present(Card::Mfc, case, at);
    assert!(shown.is_animated());
    let parts = shown.parts();
    let needed = parts.needed();
    (parts.take(200).collect(), needed)
}

fn progress(received: usize, needed: usize) -> Json {
    json!({ "type": "progress", "progress": { "received": received, "needed": needed } })
}

const NO_PROGRESS: &str = r#"{"type":"progress","progress":null}"#;

fn no_progress() -> Json {
    serde_json::from_str(NO_PROGRESS).unwrap()
}

#[test]
fn a_phone_that_plays_codes_is_accepted_with_the_last_part_it_takes() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, needed) = played(Case::LargePortrait, START);
    for (at, part) in parts[..needed - 1].iter().enumerate() {
        bench.wait(50);
        bench.frame(&[part]);
        // The camera sees each twice.
        bench.wait(50);
        bench.frame(&[part]);
        assert_eq!(bench.told(), [progress(at + 1, needed)]);
    }
    bench.frame(&[&parts[needed - 1]]);
    let told = bench.told();
    assert_eq!(told[0], no_progress());
    assert_eq!(told[1]["verdict"]["outcome"], "accept");
    let portrait = &told[1]["verdict"]["accepted"]["portrait"];
    assert_eq!(portrait["width"], 200);
}

#[test]
fn lost_frames_cost_few_parts_and_nothing_else() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, needed) = played(Case::Suspended, START);
    let mut seen = 0;
    let mut verdict = None;
    for (number, part) in parts.iter().enumerate() {
        bench.wait(100);
        if number % 3 == 1 {
            bench.frame(&[]);
            continue;
        }
        seen += 1;
        bench.frame(&[part]);
        let told = bench.told();
        verdict = told
            .iter()
            .find(|event| event["type"] == "verdict")
            .cloned();
        if verdict.is_some() {
            break;
        }
    }
    assert_eq!(verdict.unwrap()["verdict"]["reason"], "status.suspended");
    assert!(seen <= needed + 3, "{seen} of {needed}");
}

#[test]
fn what_follows_of_a_judged_presentation_starts_nothing() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, needed) = played(Case::Valid, START);
    for part in &parts[..needed] {
        bench.frame(&[part]);
    }
    assert_eq!(bench.verdict()["outcome"], "accept");
    for part in &parts[needed..needed + 20] {
        bench.wait(100);
        bench.frame(&[part]);
    }
    bench.session.clear();
    assert_eq!(bench.told(), [json!({ "type": "cleared" })]);
    for part in &parts[needed + 20..needed + 60] {
        bench.wait(100);
        bench.frame(&[part]);
    }
    assert_eq!(bench.told(), Vec::<Json>::new());
    bench.frames(&[], 2_100);
    for part in &parts[60..60 + needed * 2] {
        bench.wait(100);
        bench.frame(&[part]);
    }
    assert_eq!(bench.verdict()["reason"], "holder.replayed", "shown again");
}

#[test]
fn the_next_presentation_of_the_phone_takes_over() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (old, _) = played(Case::Valid, START);
    let (new, needed) = played(Case::Valid, START + 1);
    for part in old[..5].iter().chain(&new[..needed]) {
        bench.wait(100);
        bench.frame(&[part]);
    }
    assert_eq!(bench.verdict()["outcome"], "accept");
}

#[test]
fn two_phones_in_view_are_told_apart_from_a_forgery() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (one, _) = played(Case::Valid, START);
    let (other, _) = played(Case::Valid, START + 1);
    let mut verdicts = 0;
    for (one, other) in one.iter().zip(&other).take(40) {
        bench.wait(100);
        bench.frame(&[one, other]);
        bench.wait(33);
        bench.frame(&[one, other]);
        let told = bench.told();
        for event in told.iter().filter(|event| event["type"] == "verdict") {
            verdicts += 1;
            assert_eq!(event["verdict"]["outcome"], "abstain");
            assert_eq!(event["verdict"]["reason"], "transport.part_mismatch");
            assert_eq!(event["verdict"]["accepted"], Json::Null);
            bench.session.clear();
        }
    }
    assert_eq!(verdicts, 1, "said once for as long as both are in view");
}

#[test]
fn who_holds_a_phone_so_that_parts_come_hears_nothing() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, _) = played(Case::Valid, START);
    let between = Located {
        blur_px: 4.0,
        motion_px: 20.0,
        ..in_view()
    };
    let told = |bench: &Bench| {
        let mut told = bench.told();
        told.retain(|event| event["type"] == "hint");
        told
    };
    // Of each second two codes are read; what lies between them is neither sharp nor still.
    for part in &parts[..10] {
        bench.wait(50);
        bench.frame(&[part]);
        for _ in 0..9 {
            bench.wait(50);
            bench.located(between);
        }
    }
    assert_eq!(told(&bench), Vec::<Json>::new());
    for _ in 0..20 {
        bench.wait(50);
        bench.located(between);
    }
    assert_eq!(
        told(&bench),
        Vec::<Json>::new(),
        "1.45 s after the last part"
    );
    for _ in 0..4 {
        bench.wait(50);
        bench.located(between);
    }
    assert_eq!(
        told(&bench),
        [json!({ "type": "hint", "hint": "hold_still" })]
    );
    bench.frame(&[&parts[10]]);
    assert_eq!(told(&bench), [json!({ "type": "hint", "hint": null })]);
}

#[test]
fn the_outline_of_a_phone_that_plays_codes_stays_as_it_is() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, _) = played(Case::Valid, START);
    for part in &parts[..8] {
        bench.wait(33);
        bench.frame(&[part]);
        bench.wait(33);
        bench.located(in_view());
        bench.wait(33);
        bench.frame(&[]);
    }
    let told = std::mem::take(&mut *bench.told.lock().unwrap());
    let outlines: Vec<_> = told
        .iter()
        .filter(|event| event["type"] == "outline")
        .collect();
    assert_eq!(outlines.len(), 16);
    assert!(outlines.iter().all(|outline| *outline == outlines[0]));
    assert_eq!(outlines[0]["read"], true);
}

#[test]
fn a_phone_that_goes_leaves_nothing() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, needed) = played(Case::Valid, START);
    bench.frame(&[&parts[0]]);
    bench.frame(&[&parts[1]]);
    assert_eq!(bench.told(), [progress(1, needed), progress(2, needed)]);
    bench.frames(&[], 3_900);
    assert_eq!(bench.told(), Vec::<Json>::new());
    bench.frames(&[], 200);
    assert_eq!(bench.told(), [no_progress()]);
    bench.frame(&[&parts[2]]);
    assert_eq!(bench.told(), [progress(1, needed)]);
    bench.session.clear();
    assert_eq!(bench.told(), [no_progress()], "the clerk clears that too");
}

#[test]
fn a_still_picture_of_one_part_is_named() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, needed) = played(Case::Valid, START);
    bench.frames(&[&parts[3]], 10_000);
    let told = bench.told();
    let expected = [
        progress(1, needed),
        no_progress(),
        json!({ "type": "hint", "hint": "part" }),
    ];
    assert_eq!(told, expected);
}

#[test]
fn without_a_purpose_no_part_is_collected() {
    let mut bench = Bench::new(None);
    let (parts, _) = played(Case::Valid, START);
    for part in &parts[..30] {
        bench.wait(100);
        bench.frame(&[part]);
    }
    assert_eq!(
        bench.told(),
        [json!({ "type": "hint", "hint": "no_purpose" })]
    );
}

#[test]
fn parts_that_the_clerk_pastes_are_put_together() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let (parts, needed) = played(Case::Valid, START);
    let text = format!("\n {}\n", parts[..needed].join("\n"));
    let symbols = symbols_in(&text);
    assert_eq!(symbols.len(), needed);
    bench
        .session
        .given(&symbols, HintCode::Foreign(Hint::Unrecognised));
    assert_eq!(bench.verdict()["outcome"], "accept");
    let joined = parts[..needed].concat();
    assert_eq!(
        symbols_in(&joined),
        symbols,
        "as a field for one line has it"
    );
    bench
        .session
        .given(&symbols[1..], HintCode::Foreign(Hint::Unrecognised));
    assert_eq!(bench.told()[1], json!({ "type": "hint", "hint": "part" }));
    assert_eq!(symbols_in(" HWG1:A B "), [b"HWG1:A B"]);
}

#[test]
fn too_large_a_presentation_is_told_with_its_first_part_and_once() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let parts: Vec<String> = hwagin_training::animated::Parts::new(&vec![0; 50_000], 200)
        .take(20)
        .collect();
    bench.frame(&[&parts[0]]);
    assert_eq!(bench.verdict()["reason"], "transport.too_large");
    bench.session.clear();
    bench.told();
    for part in &parts[1..] {
        bench.wait(100);
        bench.frame(&[part]);
    }
    assert_eq!(bench.told(), Vec::<Json>::new());
}
