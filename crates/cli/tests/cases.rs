//! Every sample through the real binary.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod program;

use hwagin_training::{Card, Case, DocumentKind, Format};
use program::{Folder, code, err, hwagin, json, out};
use serde_json::Value;

/// Exit code, outcome, and reason or caution.
fn expected(case: Case) -> (i32, &'static str, &'static str) {
    match case {
        Case::Valid | Case::LargePortrait => (0, "accept", ""),
        Case::EndingSoon => (0, "accept", "ending_soon"),
        Case::Suspended => (1, "refuse", "status.suspended"),
        Case::Revoked => (1, "refuse", "status.revoked"),
        Case::Expired => (1, "refuse", "validity.expired"),
        Case::NotYet => (1, "refuse", "validity.not_yet"),
        Case::AlteredName => (1, "refuse", "digest.mismatch"),
        Case::MissingDigest => (1, "refuse", "digest.missing"),
        Case::WrongIssuer => (2, "abstain", "issuer.unknown"),
        Case::DsRevoked => (1, "refuse", "issuer.revoked"),
        Case::DsCountry => (1, "refuse", "issuer.country_mismatch"),
        Case::DoctypeSwapped => (1, "refuse", "format.type_mismatch"),
        Case::Stale => (1, "refuse", "holder.too_old"),
        Case::Replayed => (1, "refuse", "holder.replayed"),
        Case::OtherDesk => (1, "refuse", "holder.challenge_mismatch"),
        Case::WrongDeviceKey => (1, "refuse", "holder.proof_invalid"),
        Case::Future => (2, "abstain", "holder.from_future"),
    }
}

#[test]
fn every_case_of_every_card_is_judged_from_its_picture() {
    let folder = Folder::new("cases");
    for card in Card::ALL {
        for case in Case::ALL {
            // Too large for one code: the frames of a phone that plays it.
            let end = if case == Case::LargePortrait {
                "/"
            } else {
                ".png"
            };
            let file = folder.path(&format!("{}-{}{end}", card.id(), case.id()));
            let made = hwagin(&["sample", card.id(), case.id(), "--out", &file]);
            assert_eq!(code(&made), 0, "{}", err(&made));
            // A hospital takes no civil servant card.
            let purpose = match card {
                Card::Mcs => "age-19",
                _ => "hospital-reception",
            };
            let verified = hwagin(&["verify", "--json", "--purpose", purpose, &file]);
            let answer = &json(&verified)[0];
            let (exit, outcome, word) = expected(case);
            assert_eq!(code(&verified), exit, "{answer}");
            assert_eq!(answer["outcome"], outcome, "{answer}");
            assert_eq!(answer["mode"], "training");
            let found = match outcome {
                "accept" => answer["cautions"].as_array().unwrap().first().cloned(),
                _ => Some(answer["reason"].clone()),
            };
            assert_eq!(
                found.as_ref().and_then(Value::as_str).unwrap_or(""),
                word,
                "{answer}"
            );
            assert!(answer.get("accepted").is_none(), "only with --show");
        }
    }
}

#[test]
fn the_table_of_cases_is_as_expected() {
    let table = hwagin(&["cases"]);
    assert_eq!(code(&table), 0, "{}", out(&table));
    let text = out(&table);
    let cards = Format::ALL.len() * Card::ALL.len() * Case::ALL.len();
    let documents = DocumentKind::ALL
        .iter()
        .map(|kind| kind.cases().count())
        .sum::<usize>();
    assert!(text.starts_with("TRAINING"));
    assert_eq!(
        text.lines().filter(|line| line.ends_with(" ok")).count(),
        cards + documents
    );
    for case in Case::ALL {
        let (_, outcome, word) = expected(case);
        let wanted = format!("{outcome} {word}");
        let row =
            |line: &&str| line.starts_with("mdl ") && line.contains(&format!(" {} ", case.id()));
        let row = text.lines().find(row).unwrap();
        assert!(row.contains(wanted.trim()), "{row}");
    }
}
