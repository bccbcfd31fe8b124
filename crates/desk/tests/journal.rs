//! What leaves a desk because a clerk asked for it is journalled first, and nothing of the person is.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod bench;

use bench::{Bench, START};
use hwagin_desk::{Journal, Refused};
use hwagin_training::{Authority, Card, Case};
use hwagin_verifier::UnixTime;
use std::path::Path;

/// A desk that journals in this folder, with an accepted card before it.
fn accepted(folder: &Path) -> Bench {
    let mut bench = Bench::new(Some("hospital-reception"));
    bench.session.journal_in(Journal::new(folder));
    let shown = Authority::built_in().present(Card::Mfc, Case::Valid, START);
    bench.frame(&[&shown.text]);
    bench
}

fn rows(folder: &Path) -> Vec<String> {
    let entries = Journal::new(folder).since(UnixTime(START)).unwrap();
    let rows = entries.iter().map(|one| {
        assert!((START..START + 60).contains(&one.at.0));
        format!("{} {} {}", one.act, one.purpose, one.claim)
    });
    rows.collect()
}

#[test]
fn a_mask_that_is_lifted_and_a_value_that_is_copied_are_noted_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let bench = accepted(folder.path());
    assert_eq!(rows(folder.path()), [""; 0]);
    bench.session.reveal("registration_number").unwrap();
    assert!(bench.session.reveal("birth_date").is_err());
    bench.session.copy("registration_number").unwrap();
    assert!(bench.session.copy("family_name").is_err());
    let noted =
        ["revealed", "copied"].map(|act| format!("{act} hospital-reception registration_number"));
    assert_eq!(rows(folder.path()), noted);
}

#[test]
fn a_journal_has_nothing_of_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let bench = accepted(folder.path());
    let value = bench.session.reveal("registration_number").unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let has = |text: &str| {
            bytes
                .windows(text.len())
                .any(|here| here == text.as_bytes())
        };
        assert!(has("registration_number"), "the search finds what is there");
        assert!(!has(value.text.expose()) && !has("990101") && !has("SPECIMEN"));
    }
}

#[test]
fn what_cannot_be_journalled_is_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("journal.sqlite")).unwrap();
    let bench = accepted(folder.path());
    let revealed = bench.session.reveal("registration_number").err();
    assert_eq!(revealed, Some(Refused::NotJournalled));
    let copied = bench.session.copy("registration_number").err();
    assert_eq!(copied, Some(Refused::NotJournalled));
}
