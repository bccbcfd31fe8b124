//! What comes into view or is handed over, and what the session says to it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod bench;

use std::time::Duration;

use bench::{Bench, START, in_view, shown};
use hwagin_desk::view::HintCode;
use hwagin_desk::{Refused, scan_picture};
use hwagin_scanner::Located;
use hwagin_training::phone::qr_luma;
use hwagin_training::{Authority, Card, Case, Recipe, Value};
use hwagin_verifier::Hint;
use serde_json::json;

#[test]
fn a_foreign_code_is_a_hint_that_comes_and_goes() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frames(&["https://example.com/"], 1_000);
    assert_eq!(
        bench.told(),
        [json!({ "type": "hint", "hint": "web_link" })]
    );
    bench.frames(&[], 2_000);
    assert_eq!(bench.told(), [json!({ "type": "hint", "hint": null })]);
}

#[test]
fn of_two_codes_in_view_the_presentation_counts() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&["https://example.com/", &shown(Case::Valid, START)]);
    assert_eq!(bench.verdict()["outcome"], "accept");
}

#[test]
fn broken_text_is_undecided_and_not_a_forgery() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&["HWG1:BB8"]);
    let verdict = bench.verdict();
    assert_eq!(verdict["outcome"], "abstain");
    assert_eq!(verdict["reason"], "transport.undecodable");
}

#[test]
fn the_outline_follows_the_symbol_and_goes_with_it() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&["https://example.com/"]);
    bench.wait(500);
    bench.frame(&[]);
    bench.wait(500);
    bench.frame(&[]);
    let told = std::mem::take(&mut *bench.told.lock().unwrap());
    assert_eq!(told.len(), 2);
    let corner = [0, 1].map(|axis| told[0]["corners"][0][axis].as_f64().unwrap());
    assert!((corner[0] - 0.3125).abs() < 1e-6 && (corner[1] - 25.0 / 180.0).abs() < 1e-6);
    assert_eq!(
        told[1],
        json!({ "type": "outline", "corners": null, "read": false })
    );
}

#[test]
fn the_outline_follows_a_symbol_that_is_not_read_yet() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.located(in_view());
    bench.frame(&[&shown(Case::Valid, START)]);
    let told = std::mem::take(&mut *bench.told.lock().unwrap());
    let outlines: Vec<_> = told
        .iter()
        .filter(|event| event["type"] == "outline")
        .collect();
    assert_eq!(outlines.len(), 2);
    assert_eq!(
        (&outlines[0]["read"], &outlines[1]["read"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(outlines[0]["corners"], outlines[1]["corners"]);
}

#[test]
fn a_symbol_held_badly_gets_advice_until_it_is_read() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let far = Located {
        module_px: 1.5,
        ..in_view()
    };
    for _ in 0..20 {
        bench.wait(50);
        bench.located(far);
    }
    assert_eq!(bench.told(), [json!({ "type": "hint", "hint": "closer" })]);
    bench.frame(&["https://example.com/"]);
    assert_eq!(bench.told(), [json!({ "type": "hint", "hint": null })]);
}

#[test]
fn advice_never_covers_a_verdict() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[&shown(Case::Valid, START)]);
    bench.told();
    for _ in 0..40 {
        bench.wait(50);
        bench.located(Located {
            glare: 0.5,
            ..in_view()
        });
    }
    assert!(bench.told().is_empty());
}

#[test]
fn the_time_to_a_verdict_runs_from_the_first_frame_with_the_symbol() {
    let mut bench = Bench::new(Some("hospital-reception"));
    assert_eq!(bench.session.verdict_times(), None);
    let ms = Duration::from_millis;
    bench.wait(1_000);
    // The frame is thirty milliseconds old when it has been scanned.
    bench.session.taken(ms(30));
    bench.located(in_view());
    bench.wait(400);
    bench.frame(&[&shown(Case::Valid, START)]);
    let times = bench.session.verdict_times().unwrap();
    assert_eq!(
        (times.last, times.median, times.count),
        (ms(430), ms(430), 1)
    );
    // The next person, after the verdict was cleared; the first one's phone is still there.
    bench.session.clear();
    bench.frames(&[&shown(Case::Valid, START)], 3_000);
    bench.frame(&[&shown(Case::Valid, START + 1)]);
    let times = bench.session.verdict_times().unwrap();
    assert_eq!((times.last, times.count), (ms(30), 2));
}

#[test]
fn what_is_handed_over_has_no_time() {
    let mut bench = Bench::new(Some("hospital-reception"));
    let text = shown(Case::Valid, START);
    bench
        .session
        .given(&[text.as_bytes()], HintCode::Foreign(Hint::Unrecognised));
    assert_eq!(bench.verdict()["outcome"], "accept");
    assert_eq!(bench.session.verdict_times(), None);
}

#[test]
fn a_masked_number_is_revealed_for_seconds_and_only_while_it_stands() {
    let mut bench = Bench::new(Some("hospital-reception"));
    assert_eq!(
        bench.session.reveal("registration_number").err(),
        Some(Refused::NothingHidden)
    );
    bench.frame(&[&shown(Case::Valid, START)]);
    let revealed = bench.session.reveal("registration_number").unwrap();
    assert_eq!(revealed.text.expose(), "990101-6000000");
    assert_eq!(revealed.seconds, 10);
    for never in [
        "family_name",
        "birth_date",
        "status_of_stay",
        "portrait",
        "",
    ] {
        assert_eq!(
            bench.session.reveal(never).err(),
            Some(Refused::NothingHidden),
            "{never}"
        );
    }
    bench.wait(57_000);
    assert_eq!(
        bench.session.reveal("registration_number").unwrap().seconds,
        3
    );
    bench.wait(3_000);
    assert_eq!(
        bench.session.reveal("registration_number").err(),
        Some(Refused::NothingHidden),
        "over, even if nobody looked at the time since"
    );
    bench.session.clear();
    assert_eq!(
        bench.session.reveal("registration_number").err(),
        Some(Refused::NothingHidden)
    );
}

#[test]
fn without_a_face_to_compare_nobody_is_accepted() {
    let mut recipe = Recipe::of(Card::Mfc, Case::Valid, START);
    recipe.item("portrait").unwrap().value = Value::Bytes(b"no picture".to_vec());
    let text = Authority::built_in().mint(&recipe).text;
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[&text]);
    let verdict = bench.verdict();
    assert_eq!(verdict["outcome"], "abstain");
    assert_eq!(verdict["reason"], "purpose.attribute_missing");
}

#[test]
fn what_the_clerk_hands_over_is_judged_even_while_a_verdict_stands() {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.frame(&[&shown(Case::Revoked, START)]);
    bench.told();
    let text = shown(Case::Valid, START + 1);
    let picture = qr_luma(&text, 4, 4).unwrap().png();
    let contents = scan_picture(&picture).unwrap();
    let contents: Vec<&[u8]> = contents.iter().map(|content| content.as_slice()).collect();
    bench.session.given(&contents, HintCode::PictureWithoutCode);
    let told = bench.told();
    assert_eq!(told[0], json!({ "type": "cleared" }));
    assert_eq!(told[1]["verdict"]["outcome"], "accept");
    bench.session.given(&contents, HintCode::PictureWithoutCode);
    let told = bench.told();
    assert_eq!(told[1]["verdict"]["reason"], "holder.replayed");
    bench.session.given(&[], HintCode::PictureWithoutCode);
    let told = bench.told();
    assert_eq!(
        told[1],
        json!({ "type": "hint", "hint": "picture_without_code" })
    );
}

#[test]
fn pictures_that_cannot_be_read_are_hints() {
    assert_eq!(
        scan_picture(b"no picture").err(),
        Some(HintCode::PictureUnreadable)
    );
    assert_eq!(
        scan_picture(&vec![0; 25 * 1024 * 1024]).err(),
        Some(HintCode::PictureTooLarge)
    );
    let mut half = qr_luma("HELLO", 4, 4).unwrap().png();
    half.truncate(half.len() / 2);
    assert_eq!(scan_picture(&half).err(), Some(HintCode::PictureUnreadable));
}

#[test]
fn every_case_has_its_reason() {
    let expected = |case| match case {
        Case::Valid | Case::EndingSoon | Case::LargePortrait => None,
        Case::Suspended => Some("status.suspended"),
        Case::Revoked => Some("status.revoked"),
        Case::Expired => Some("validity.expired"),
        Case::NotYet => Some("validity.not_yet"),
        Case::AlteredName => Some("digest.mismatch"),
        Case::MissingDigest => Some("digest.missing"),
        Case::WrongIssuer => Some("issuer.unknown"),
        Case::DsRevoked => Some("issuer.revoked"),
        Case::DsCountry => Some("issuer.country_mismatch"),
        Case::DoctypeSwapped => Some("format.type_mismatch"),
        Case::Stale => Some("holder.too_old"),
        Case::Replayed => Some("holder.replayed"),
        Case::OtherDesk => Some("holder.challenge_mismatch"),
        Case::WrongDeviceKey => Some("holder.proof_invalid"),
        Case::Future => Some("holder.from_future"),
    };
    for card in Card::ALL {
        // A hospital takes no civil servant card.
        let purpose = match card {
            Card::Mcs => "age-19",
            _ => "hospital-reception",
        };
        let mut bench = Bench::new(Some(purpose));
        for (second, case) in (0_i64..).zip(Case::ALL) {
            // Two samples of one second share their presentation id.
            let text = Authority::built_in()
                .present(card, case, START + second)
                .text;
            bench
                .session
                .given(&[text.as_bytes()], HintCode::Foreign(Hint::Unrecognised));
            let verdict = bench.verdict();
            assert_eq!(
                verdict["reason"].as_str(),
                expected(case),
                "{} {}",
                card.id(),
                case.id()
            );
        }
    }
}
