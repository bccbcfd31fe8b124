//! A site narrows what its publisher allows, and never widens it.

use std::fs;
use std::path::Path;

use hwagin_desk::knowledge::ProblemCode;

use crate::maker::Maker;
use crate::place::{FIRST, Place, maker};

fn program(id: &str) -> String {
    let file = format!("../../purposes/{id}.toml");
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// A desk whose bundle has this purpose of the site.
fn with(text: String) -> Place {
    let mut maker = maker();
    maker
        .files
        .insert("site-purpose-ours.toml".to_owned(), text.into_bytes());
    placed(&maker)
}

fn placed(maker: &Maker) -> Place {
    let place = Place::of(maker);
    place.installs(maker);
    place
}

/// A purpose of the program with one thing changed is not taken, for this reason; the program's own
/// stays, and the desk gives its verdicts.
#[track_caller]
fn widened(id: &str, from: &str, to: &str, code: ProblemCode) {
    let text = program(id);
    assert!(text.contains(from), "{from}");
    let place = with(text.replacen(from, to, 1));
    let knowledge = place.knowledge();
    let told: Vec<_> = knowledge.problems().iter().map(|one| one.code).collect();
    assert_eq!(told, [code]);
    assert_eq!(knowledge.problems()[0].file, "site-purposes/ours.toml");
    let plain = placed(&maker());
    let plain = plain.knowledge();
    let rules = |known: &hwagin_desk::Knowledge| format!("{:?}", known.purpose(id).unwrap());
    assert_eq!(rules(&knowledge), rules(&plain));
    assert_eq!(place.says(), FIRST);
}

#[test]
fn a_site_lets_nothing_more_be_copied() {
    widened(
        "hospital-reception",
        "claim = \"document_number\"\nmasked = true\n",
        "claim = \"document_number\"\nmasked = true\ncopyable = true\n",
        ProblemCode::WidensCopying,
    );
}

#[test]
fn a_site_asks_no_less_of_the_holder_than_an_answer() {
    let code = ProblemCode::WidensHolder;
    widened(
        "bank-teller",
        "needs = \"challenge\"\n",
        "needs = \"fresh\"\noffers_challenge = true\n",
        code,
    );
    widened(
        "employer-contract",
        "offers_challenge = true",
        "offers_challenge = false",
        code,
    );
}

#[test]
fn a_site_takes_no_card_more() {
    let code = ProblemCode::WidensCards;
    widened(
        "hospital-reception",
        "[\"mfc\", ",
        "[\"mcs\", \"mfc\", ",
        code,
    );
}

#[test]
fn a_site_shows_no_claim_more() {
    let code = ProblemCode::WidensShown;
    widened(
        "age-19",
        "[[show]]",
        "[[show]]\nclaim = \"family_name\"\n\n[[show]]",
        code,
    );
}

#[test]
fn a_site_unmasks_nothing() {
    let show = "[[show]]\nclaim = \"family_name\"";
    let masked = program("landlord").replacen(show, &format!("{show}\nmasked = true"), 1);
    let mut maker = maker();
    let files = &mut maker.files;
    files.insert("purpose-landlord.toml".to_owned(), masked.into_bytes());
    let open = program("landlord").into_bytes();
    files.insert("site-purpose-landlord.toml".to_owned(), open);
    let place = placed(&maker);
    assert_eq!(
        place.knowledge().problems()[0].code,
        ProblemCode::WidensMasked
    );
    // A number that is one person's is in the open nowhere.
    let bare = program("hospital-reception").replacen("masked = true", "masked = false", 1);
    let knowledge = with(bare).knowledge();
    assert_eq!(knowledge.problems()[0].code, ProblemCode::BadValue);
}

#[test]
fn a_site_leaves_out_no_condition() {
    let code = ProblemCode::WidensDecision;
    widened("age-19", "years = 19", "years = 18", code);
    widened(
        "age-19",
        "years = 19\nrequired = true",
        "years = 19\nrequired = false",
        code,
    );
    widened(
        "age-19",
        "claim = \"portrait\"\nrequired = true",
        "claim = \"portrait\"",
        code,
    );
    let text = program("age-19");
    let decision = text.find("[[decision]]").unwrap();
    widened("age-19", &text[decision..], "", code);
}

#[test]
fn a_site_asks_the_holder_for_no_less() {
    let code = ProblemCode::WidensHolder;
    widened("age-19", "needs = \"fresh\"", "needs = \"bearer\"", code);
    widened(
        "age-19",
        "unproven = \"refuse\"",
        "unproven = \"abstain\"",
        code,
    );
}

#[test]
fn a_site_puts_up_with_no_older_proof() {
    let code = ProblemCode::WidensFreshness;
    widened(
        "age-19",
        "freshness_seconds = 60",
        "freshness_seconds = 61",
        code,
    );
}

#[test]
fn a_site_puts_up_with_no_older_status_and_with_none_missing() {
    let code = ProblemCode::WidensStatusAge;
    widened("age-19", "max_age_hours = 168", "max_age_hours = 169", code);
    widened(
        "age-19",
        "required = true\nmax_age",
        "required = false\nmax_age",
        code,
    );
}

#[test]
fn a_site_leaves_no_verdict_on_the_screen_for_longer() {
    let code = ProblemCode::WidensClearing;
    widened(
        "age-19",
        "clear_after_seconds = 20",
        "clear_after_seconds = 21",
        code,
    );
}

#[test]
fn a_site_makes_no_purpose_of_its_own() {
    let place = with(program("age-19").replacen("age-19", "age-16", 1));
    let knowledge = place.knowledge();
    assert!(knowledge.purpose("age-16").is_none());
    assert_eq!(knowledge.problems()[0].code, ProblemCode::NothingToNarrow);
}

#[test]
fn a_site_that_narrows_is_in_force() {
    let text = program("age-19")
        .replacen("\"mfc\", ", "", 1)
        .replacen("max_age_hours = 168", "max_age_hours = 1", 1)
        .replacen("clear_after_seconds = 20", "clear_after_seconds = 10", 1)
        .replacen("years = 19", "years = 21", 1);
    let place = with(text);
    let knowledge = place.knowledge();
    assert_eq!(knowledge.problems(), []);
    assert_eq!(
        knowledge.purpose("age-19").unwrap().clear_after.as_secs(),
        10
    );
    // A list of an hour ago is too old for it.
    assert_eq!(
        place.says(),
        ["status.stale", "status.suspended", "status.revoked"]
    );
}

#[test]
fn a_site_narrows_what_the_publisher_says_and_not_what_the_program_says() {
    let mut maker = maker();
    let own = program("age-19").replacen("max_age_hours = 168", "max_age_hours = 12", 1);
    maker
        .files
        .insert("purpose-age-19.toml".to_owned(), own.into_bytes());
    let site = program("age-19").replacen("max_age_hours = 168", "max_age_hours = 24", 1);
    maker
        .files
        .insert("site-purpose-age-19.toml".to_owned(), site.into_bytes());
    let place = placed(&maker);
    let knowledge = place.knowledge();
    assert_eq!(knowledge.problems()[0].code, ProblemCode::WidensStatusAge);
    assert_eq!(place.says(), FIRST);
}
