//! Samples of every format and of documents, as the program writes them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod program;

use std::fs;

use hwagin_training::{Authority, Card, Case, DocumentKind, Format};
use program::{Folder, code, err, hwagin, out};

const AT: i64 = 1_795_300_196;

fn written(arguments: &[&str]) -> String {
    let at = AT.to_string();
    let output = hwagin(&[arguments, &["--out", "-", "--at", &at]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    out(&output).trim_end_matches('\n').to_owned()
}

#[test]
fn a_card_is_written_in_the_format_asked_for() {
    for card in Card::ALL {
        for format in Format::ALL {
            let sample = ["sample", card.id(), "stale", "--format", format.id()];
            let minted = Authority::built_in().present_as(format, card, Case::Stale, AT);
            assert!(
                written(&sample) == minted.text,
                "{} {}",
                card.id(),
                format.id()
            );
        }
        let plain = written(&["sample", card.id(), "stale"]);
        assert!(plain == written(&["sample", card.id(), "stale", "--format", "mdoc"]));
    }
}

#[test]
fn an_sd_cwt_is_played_in_parts_where_one_code_is_not_enough() {
    let folder = Folder::new("sd-cwt");
    let frames = folder.path("frames/");
    let sample = [
        "sample",
        "mdl",
        "valid",
        "--format",
        "sd-cwt",
        "--portrait",
        "large",
        "--out",
    ];
    let made = hwagin(&[&sample[..], &[&frames]].concat());
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert!(fs::read_dir(&frames).unwrap().count() > 20);
    let picture = hwagin(&[&sample[..], &[&folder.path("a.png")]].concat());
    assert!(err(&picture).starts_with("hwagin: too_long: "));
}

#[test]
fn a_document_of_every_kind_is_written() {
    for kind in DocumentKind::ALL {
        let (first, last) = (kind.cases().next(), kind.cases().last());
        for case in first.into_iter().chain(last) {
            let minted = Authority::built_in().document(kind, case, AT).unwrap();
            assert_eq!(written(&["sample", kind.id(), case.id()]), minted.text);
        }
    }
    let folder = Folder::new("document");
    let picture = folder.path("a.png");
    let made = hwagin(&["sample", "claim-169", "valid", "--out", &picture]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert!(fs::metadata(&picture).unwrap().len() > 1_000);
}

#[test]
fn what_there_is_no_sample_of_is_answered_with_what_there_is() {
    for (arguments, begins, names) in [
        (
            &["hcert", "encrypted"][..],
            "unknown_case: encrypted",
            "wrong-use",
        ),
        (
            &["nzcp", "revoked"],
            "unknown_case: revoked",
            "altered-name",
        ),
        (
            &["mfc", "encrypted"],
            "unknown_case: encrypted",
            "wrong-device-key",
        ),
        (&["tax", "valid"], "unknown_card: tax", "mdc, mdl, hcert,"),
        (
            &["mfc", "valid", "--format", "jwt"],
            "usage: --format",
            "mdoc, sd-cwt",
        ),
        (
            &["nzcp", "valid", "--format", "mdoc"],
            "usage: --format",
            "only mfc, mpr",
        ),
        (&["nzcp"], "usage: sample", "DOCUMENT"),
    ] {
        let output = hwagin(&[&["sample"], arguments, &["--out", "-"]].concat());
        assert_eq!(code(&output), 3);
        let said = err(&output);
        assert!(
            said.starts_with(&format!("hwagin: {begins}")) && said.contains(names),
            "{said}"
        );
    }
}
