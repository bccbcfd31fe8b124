//! What a desk asks, and what becomes of answers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod bench;

use std::path::Path;

use bench::{Bench, START};
use hwagin_desk::challenge::{Challenger, DeskKey, KeyPlace};
use hwagin_desk::view::AskedView;
use hwagin_training::{Authority, Card, Case, Challenge, ChallengeFlaw, Format};
use hwagin_verifier::{At, UnixTime};
use serde_json::{Value as Json, json};

/// A bench whose desk asks, for a purpose that needs an answer.
fn asking() -> Bench {
    let mut bench = Bench::new(None);
    bench.session.ask_with(challenger(None));
    choose(&mut bench, "bank-teller", &AskedView::default());
    bench
}

fn at() -> At {
    At::utc(UnixTime(START))
}

fn challenger(folder: Option<&Path>) -> Challenger {
    let key = match folder {
        Some(folder) => KeyPlace::in_files(folder).read_or_make("창구 3", "확인 은행"),
        None => DeskKey::generate("창구 3", "확인 은행"),
    };
    Challenger::new(key.unwrap(), folder, at())
}

fn choose(bench: &mut Bench, id: &str, asked: &AskedView) {
    bench.session.choose_purpose(id, asked).unwrap();
}

/// The challenge on the screen, as a phone reads it.
fn read(bench: &Bench, at: i64) -> Challenge {
    let text = bench.session.challenge_text().unwrap();
    Challenge::read(&text, at).unwrap()
}

fn answer(challenge: &Challenge, card: Card, at: i64) -> String {
    let authority = Authority::built_in();
    authority
        .answer(challenge, Format::Mdoc, card, Case::Valid, at)
        .text
}

/// What the desk says to a text that the clerk hands over.
fn said(bench: &mut Bench, text: &str) -> Json {
    use hwagin_desk::view::HintCode;
    let nothing = HintCode::PictureWithoutCode;
    bench.told();
    bench.session.given(&[text.as_bytes()], nothing);
    let told = bench.told();
    let verdict = told.iter().find(|event| event["type"] == "verdict");
    verdict.unwrap_or_else(|| panic!("{told:?}"))["verdict"].clone()
}

#[test]
fn a_challenge_says_who_asks_what_for_and_which_items() {
    let bench = asking();
    let told = bench.told();
    let event = told.iter().find(|event| event["type"] == "challenge");
    let shown = &event.unwrap()["challenge"];
    assert_eq!(shown["organisation"], "확인 은행");
    assert_eq!(shown["purpose"], "bank-teller");
    assert_eq!(shown["answered"], false);
    let size = usize::try_from(shown["size"].as_u64().unwrap()).unwrap();
    assert_eq!(shown["modules"].as_str().unwrap().len(), size * size);
    let read = read(&bench, START);
    assert_eq!((read.desk.as_str(), read.is_displayed), ("창구 3", true));
    assert_eq!(
        read.items_of(Card::Mrc).unwrap(),
        [
            "portrait",
            "issue_date",
            "expiry_date",
            "given_name_unicode",
            "family_name_unicode",
            "registration_number",
        ]
    );
    assert_eq!(read.items_of(Card::Mdl), None);
    let mrc = shown["cards"].as_array().unwrap().iter();
    let mut mrc = mrc.filter(|card| card["id"] == "mrc");
    assert_eq!(mrc.next().unwrap()["items"].as_array().unwrap().len(), 6);
}

#[test]
fn an_answer_is_accepted_once_and_another_challenge_stands() {
    let mut bench = asking();
    let asked = read(&bench, START);
    let text = answer(&asked, Card::Mfc, START);
    let verdict = said(&mut bench, &text);
    assert_eq!(verdict["accepted"]["binding"], "challenged");
    assert_eq!(verdict["accepted"]["surplus"], 0);
    assert_eq!(verdict["accepted"]["cautions"], json!([]));
    let next = read(&bench, START);
    assert_ne!(next.hash, asked.hash);
    assert_eq!(said(&mut bench, &text)["reason"], "holder.replayed");
    let other_phone = answer(&asked, Card::Mrc, START);
    assert_eq!(said(&mut bench, &other_phone)["reason"], "holder.replayed");
    let text = answer(&next, Card::Mrc, START);
    assert_eq!(said(&mut bench, &text)["outcome"], "accept");
}

#[test]
fn what_answers_nothing_here_is_not_accepted() {
    let mut bench = asking();
    let other = asking();
    let foreign = answer(&read(&other, START), Card::Mfc, START);
    let reason = |bench: &mut Bench, text: &str| said(bench, text)["reason"].clone();
    assert_eq!(reason(&mut bench, &foreign), "holder.challenge_mismatch");
    let fresh = Authority::built_in()
        .present(Card::Mfc, Case::Valid, START)
        .text;
    let verdict = said(&mut bench, &fresh);
    assert_eq!(verdict["outcome"], "abstain");
    assert_eq!(verdict["reason"], "holder.challenge_missing");
    let asked = read(&bench, START);
    let licence = answer(&asked, Card::Mdl, START);
    assert_eq!(reason(&mut bench, &licence), "purpose.type_not_accepted");
    let contract = AskedView::on("2027-01-01");
    let text = answer(&asked, Card::Mfc, START);
    choose(&mut bench, "employer-contract", &contract);
    assert_eq!(reason(&mut bench, &text), "holder.wrong_purpose");
    choose(&mut bench, "bank-teller", &AskedView::default());
    assert_eq!(said(&mut bench, &text)["outcome"], "accept", "asked before");
}

#[test]
fn a_challenge_makes_room_after_a_minute_and_ends_after_two() {
    let mut bench = asking();
    let first = read(&bench, START);
    bench.wait(59_000);
    bench.session.tick();
    assert_eq!(read(&bench, START + 59).hash, first.hash);
    bench.wait(2_000);
    bench.session.tick();
    let second = read(&bench, START + 61);
    assert_ne!(second.hash, first.hash);
    let text = answer(&first, Card::Mfc, START + 61);
    assert_eq!(said(&mut bench, &text)["outcome"], "accept", "a slow phone");
    bench.wait(61_000);
    let late = answer(&first, Card::Mrc, START + 122);
    assert_eq!(said(&mut bench, &late)["reason"], "holder.too_old");
    let text = bench.session.challenge_text().unwrap();
    assert_eq!(
        Challenge::read(&text, START + 600),
        Err(ChallengeFlaw::Ended)
    );
    assert_eq!(
        Challenge::read(&text, START - 600),
        Err(ChallengeFlaw::Ahead)
    );
}

#[test]
fn nothing_is_asked_for_a_purpose_that_asks_nothing_or_waits() {
    let mut bench = asking();
    choose(&mut bench, "hospital-reception", &AskedView::default());
    let told = bench.told();
    assert_eq!(
        told.last().unwrap(),
        &json!({ "type": "challenge", "challenge": null })
    );
    assert!(bench.session.challenge_text().is_none());
    assert!(bench.session.print_challenge().is_err());
    choose(&mut bench, "employer-contract", &AskedView::default());
    assert!(bench.session.challenge_text().is_none(), "no day yet");
    choose(
        &mut bench,
        "employer-contract",
        &AskedView::on("2027-01-01"),
    );
    assert!(bench.session.challenge_text().is_some());
}

#[test]
fn a_printed_challenge_is_as_fresh_as_its_answer_and_known_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let contract = AskedView::on("2027-01-01");
    let mut bench = Bench::new(None);
    bench.session.ask_with(challenger(Some(folder.path())));
    choose(&mut bench, "employer-contract", &contract);
    let poster = bench.session.print_challenge().unwrap();
    assert_eq!(poster.ends, START + 365 * 86_400);

    let mut again = Bench::new(None);
    let mut printer = challenger(Some(folder.path()));
    let knowledge = again.knowledge();
    let purpose = knowledge.purpose("employer-contract").unwrap();
    let asked =
        hwagin_desk::knowledge::Asked::on(hwagin_verifier::CalendarDate::from_iso("2027-01-01"));
    let rules = purpose.rules(&asked, at().today).unwrap();
    let printed = printer.print(purpose, &rules, &knowledge, at());
    let printed = Challenge::read(&printed.unwrap().text, START).unwrap();
    assert!(!printed.is_displayed);
    again.session.ask_with(challenger(Some(folder.path())));
    choose(&mut again, "employer-contract", &contract);
    for card in [Card::Mfc, Card::Mpr] {
        let verdict = said(&mut again, &answer(&printed, card, START));
        assert_eq!(verdict["accepted"]["binding"], "fresh", "{verdict}");
        assert_eq!(verdict["accepted"]["cautions"], json!(["not_challenged"]));
    }
}

#[test]
fn what_was_accepted_is_not_accepted_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPlace::in_files(folder.path())
        .read_or_make("a", "b")
        .unwrap()
        .derive(b"accepted");
    let fresh = Authority::built_in()
        .present(Card::Mfc, Case::Valid, START)
        .text;
    let desk = |key: [u8; 32]| {
        let mut bench = Bench::new(Some("hospital-reception"));
        bench.session.remember_in(folder.path(), key);
        said(&mut bench, &fresh)
    };
    assert_eq!(desk(key)["outcome"], "accept");
    assert_eq!(desk(key)["reason"], "holder.replayed");
    let kept = std::fs::read_to_string(folder.path().join("accepted.json")).unwrap();
    assert_eq!(kept.matches('"').count(), 2, "one hash: {kept}");
    let device = Authority::built_in().replayed_proof_input(Card::Mfc).0;
    let hex: String = device.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(!kept.contains(&hex[..16]));
    assert_eq!(desk([0; 32])["outcome"], "accept", "another desk's key");
}

#[test]
fn a_name_typed_is_compared_with_one_person_only() {
    let mut bench = Bench::new(None);
    let asked: AskedView =
        serde_json::from_value(json!({ "date": null, "area": null, "name": "testina specimen" }))
            .unwrap();
    choose(&mut bench, "hospital-reception", &asked);
    let shown = |at| {
        let authority = Authority::built_in();
        authority.present(Card::Mfc, Case::Valid, at).text
    };
    let verdict = said(&mut bench, &shown(START));
    let decision = &verdict["accepted"]["decisions"][0];
    assert_eq!(decision["rule"], "name_matches");
    assert_eq!(decision["answer"], "part");
    assert_eq!(decision["argument"], "testina specimen");
    bench.session.clear();
    let verdict = said(&mut bench, &shown(START + 1));
    assert_eq!(verdict["accepted"]["decisions"], json!([]));
    for (field, text) in [("name", "…"), ("area", &"a".repeat(401))] {
        let asked: AskedView = serde_json::from_value(json!({ field: text })).unwrap();
        let refused = bench.session.choose_purpose("hospital-reception", &asked);
        assert_eq!(refused, Err(hwagin_desk::Refused::BadText));
    }
}

#[test]
fn only_what_the_purpose_lets_copy_is_copied() {
    let mut bench = Bench::new(Some("hospital-reception"));
    assert!(bench.session.copy("registration_number").is_err());
    let fresh = Authority::built_in().present(Card::Mfc, Case::Valid, START);
    said(&mut bench, &fresh.text);
    let copied = bench.session.copy("registration_number").unwrap();
    assert_eq!(copied.expose(), "990101-6000000");
    assert!(bench.session.copy("family_name").is_err());
    assert!(bench.session.copy("birth_date").is_err());
    bench.session.clear();
    assert!(bench.session.copy("registration_number").is_err());
}
