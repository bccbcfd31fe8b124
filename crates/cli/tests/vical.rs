//! `hwagin vical`, on the two published lists.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Folder, code, err, hwagin, json, out};

const FRESH: &str = "2025-08-05T21:00:00Z";

fn published() -> Option<PathBuf> {
    let folder = std::env::var_os("HWAGIN_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let required = std::env::var_os("HWAGIN_REQUIRE_VECTORS").is_some();
    assert!(folder.is_dir() || !required, "no third-party vectors");
    let folder = folder.join("vical");
    folder.is_dir().then_some(folder)
}

/// A folder with these files of the published ones.
fn with(name: &str, files: &[&str]) -> Option<Folder> {
    let (from, folder) = (published()?, Folder::new(name));
    for file in files {
        fs::copy(from.join(file), folder.path(file)).unwrap();
    }
    Some(folder)
}

fn path(list: &str) -> String {
    published().unwrap().join(list).to_str().unwrap().to_owned()
}

#[test]
fn tells_every_entry_and_then_the_list() {
    let Some(held) = with("vical-aamva", &["aamva-root.pem"]) else {
        return;
    };
    let (list, held) = (path("aamva-2025-08-05.cbor"), held.path(""));
    let told = hwagin(&["vical", &list, "--anchors", &held, "--at", FRESH, "--json"]);
    assert_eq!(code(&told), 0, "{}", err(&told));
    let lines = json(&told);
    assert_eq!(lines.len(), 14);
    assert_eq!(lines[2]["outcome"], "taken");
    assert_eq!(lines[2]["country"], "US");
    assert_eq!(lines[2]["doc_types"][0], "org.iso.18013.5.1.mDL");
    assert_eq!(lines[2]["valid_until"], "2026-01-10T18:20:55Z");
    let list_line = &lines[13];
    assert_eq!(list_line["provider"], "AAMVA");
    assert_eq!(list_line["issue_id"], 89_782);
    assert_eq!(list_line["date"], "2025-08-05T20:47:21Z");
    assert_eq!(list_line["next_update"], "2025-08-06T20:47:21Z");
    assert_eq!(
        (&list_line["taken"], &list_line["refused"]),
        (&13.into(), &0.into())
    );
    assert_eq!(list_line["overdue"], false);
    let told = hwagin(&[
        "vical",
        &list,
        "--anchors",
        &held,
        "--at",
        "2025-09-01T00:00:00Z",
    ]);
    assert_eq!(code(&told), 0);
    assert!(out(&told).contains("(overdue)"), "{}", out(&told));
    let told = hwagin(&[
        "vical",
        &list,
        "--anchors",
        &held,
        "--at",
        "2026-05-01T00:00:00Z",
    ]);
    assert_eq!(code(&told), 1);
    assert_eq!(
        out(&told),
        format!("{list}: refused vical.signer_expired\n")
    );
}

#[test]
fn names_the_rule_that_an_entry_breaks() {
    let Some(held) = with("vical-rdw", &["rdw-test-signer.der"]) else {
        return;
    };
    let (list, held) = (path("rdw-test-2025-02-25.cbor"), held.path(""));
    let arguments = ["vical", &list, "--anchors", &held, "--at", FRESH];
    let told = hwagin(&[&arguments[..], &["--json"]].concat());
    assert_eq!(code(&told), 0, "{}", err(&told));
    let lines = json(&told);
    let flaw = |entry: usize| lines[entry]["flaw"].as_str().unwrap_or("-").to_owned();
    assert_eq!(flaw(2), "root.path_length");
    assert_eq!(flaw(6), "root.not_self_issued");
    assert_eq!(flaw(12), "-");
    assert_eq!(lines[30]["outcome"], "expired");
    assert_eq!(flaw(31), "entry.not_a_certificate");
    assert_eq!(lines[31]["issuer"], "CN=IACA_mDO_GEN_01, O=T, C=NL");
    assert_eq!(flaw(32), "root.key_kind");
    assert_eq!(flaw(38), "root.not_an_authority");
    assert_eq!(
        (&lines[45]["taken"], &lines[45]["refused"]),
        (&29.into(), &16.into())
    );
    // As an input of verify it is told the same.
    let shown = hwagin(&arguments);
    let verified = hwagin(&["verify", &list, "--anchors", &held, "--at", FRESH]);
    assert_eq!(out(&verified), out(&shown));
    assert_eq!(code(&verified), 0);
}

#[test]
fn a_list_of_an_unknown_signer_is_undecided_and_other_files_are_refused() {
    let Some(held) = with("vical-other", &["rdw-test-signer.der"]) else {
        return;
    };
    let list = path("aamva-2025-08-05.cbor");
    for anchors in [&[][..], &["--anchors", &held.path("")]] {
        let told = hwagin(&[&["vical", &list, "--at", FRESH], anchors].concat());
        assert_eq!(code(&told), 2);
        assert_eq!(
            out(&told),
            format!("{list}: undecided vical.signer_unknown\n")
        );
    }
    let noise = held.path("noise.cbor");
    fs::write(&noise, "noise").unwrap();
    let told = hwagin(&["vical", &noise, &list, "--json"]);
    assert_eq!(code(&told), 1);
    assert_eq!(json(&told)[0]["flaw"], "vical.malformed");
}

#[test]
fn wrong_usage_is_told_from_a_bad_list() {
    assert_eq!(code(&hwagin(&["vical"])), 3);
    assert_eq!(code(&hwagin(&["vical", "no such file"])), 3);
    assert_eq!(
        code(&hwagin(&["vical", "x", "--anchors", "no such folder"])),
        3
    );
    assert_eq!(code(&hwagin(&["vical", "--data", "x"])), 3);
    let help = hwagin(&["vical", "--help"]);
    assert!(code(&help) == 0 && out(&help).starts_with("hwagin vical "));
}
