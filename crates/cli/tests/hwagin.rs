//! The program as people run it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use hwagin_training::{Authority, Card};
use program::{Folder, code, err, hwagin, json, out};
use serde_json::Value;

#[test]
fn the_same_file_twice_was_already_used() {
    let folder = Folder::new("twice");
    let file = folder.path("a.txt");
    hwagin(&["sample", "mfc", "valid", "--out", &file]);
    let verified = hwagin(&["verify", &file, &file]);
    assert_eq!(code(&verified), 1);
    let text = out(&verified);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], format!("TRAINING {file}: accept"));
    assert_eq!(lines[1], format!("TRAINING {file}: refuse holder.replayed"));
}

#[test]
fn shows_what_the_purpose_shows_and_no_more() {
    let at = "1795300196";
    let folder = Folder::new("show");
    let file = folder.path("a.png");
    hwagin(&["sample", "mfc", "valid", "--out", &file, "--at", at]);
    let verified = hwagin(&["verify", "--at", at, "--show", &file]);
    let text = out(&verified);
    for shown in [
        "SPECIMEN",
        "TESTINA ALEXANDRA MARIA",
        "990101-•••••••",
        "portrait: ",
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    for kept_back in ["6000000", "1999", "E-9", "2028"] {
        assert!(!text.contains(kept_back), "{kept_back}: {text}");
    }
    let lease = [
        "verify",
        "--at",
        at,
        "--show",
        "--json",
        "--purpose",
        "landlord",
        &file,
    ];
    let without = hwagin(&lease);
    assert_eq!(code(&without), 3);
    assert!(
        err(&without).starts_with("hwagin: asked_missing: "),
        "{}",
        err(&without)
    );
    let with = hwagin(&[&lease[..], &["--on", "2028-12-31"]].concat());
    let answer = &json(&with)[0];
    assert_eq!(answer["accepted"]["decisions"][0]["answer"], "yes");
    assert_eq!(
        answer["accepted"]["portrait"].as_object().unwrap().len(),
        2,
        "sides only"
    );
    let later = hwagin(&[&lease[..], &["--on", "2029-01-01"]].concat());
    assert_eq!(json(&later)[0]["reason"], "purpose.condition_not_met");
    let under = hwagin(&["verify", "--at", at, "--purpose", "age-19", &file]);
    assert_eq!(out(&under), format!("TRAINING {file}: accept\n"));
}

#[test]
fn reads_frames_of_a_phone_and_standard_input() {
    let folder = Folder::new("frames");
    let frames = folder.path("frames/");
    let made = hwagin(&["sample", "mfc", "valid", "--out", &frames]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert!(fs::read_dir(&frames).unwrap().count() > 12);
    let verified = hwagin(&["verify", &frames]);
    assert_eq!(code(&verified), 0, "{}", out(&verified));

    let text = hwagin(&["sample", "mdl", "valid", "--out", "-"]).stdout;
    let mut child = Command::new(env!("CARGO_BIN_EXE_hwagin"))
        .args(["verify", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    let verified = child.wait_with_output().unwrap();
    assert_eq!(out(&verified), "TRAINING -: accept\n");
}

#[test]
fn a_large_portrait_fits_a_text_and_no_single_code() {
    let folder = Folder::new("large");
    let text = folder.path("a.txt");
    let sample = ["sample", "mfc", "valid", "--portrait", "large", "--out"];
    assert_eq!(code(&hwagin(&[&sample[..], &[&text]].concat())), 0);
    assert_eq!(code(&hwagin(&["verify", &text])), 0);
    let picture = hwagin(&[&sample[..], &[&folder.path("a.png")]].concat());
    assert_eq!(code(&picture), 3);
    assert!(err(&picture).starts_with("hwagin: too_long: "));
    let none = folder.path("none.jpg");
    hwagin(&[
        "sample",
        "mfc",
        "valid",
        "--portrait",
        "none",
        "--out",
        &none,
    ]);
    let verified = hwagin(&["verify", &none]);
    assert!(
        out(&verified).contains("abstain purpose.attribute_missing"),
        "{}",
        out(&verified)
    );
}

#[test]
fn what_is_no_presentation_is_named() {
    let folder = Folder::new("foreign");
    let (link, noise) = (folder.path("link.txt"), folder.path("noise.png"));
    fs::write(&link, "https://example.com/\n").unwrap();
    fs::write(&noise, b"\x89PNG\r\n\x1a\n\xff\xfe").unwrap();
    let verified = hwagin(&["verify", "--json", &link, &noise]);
    assert_eq!(code(&verified), 2);
    let answers = json(&verified);
    assert_eq!(answers[0]["hint"], "web_link");
    assert_eq!(answers[0]["outcome"], Value::Null);
    assert_eq!(answers[1]["hint"], "picture_unreadable");
}

/// Roots and lists of the training authority, as if they were those of a real one, are refused;
/// so a real desk is shown by what it no longer trusts.
#[test]
fn other_anchors_take_the_place_of_the_training_authority() {
    let folder = Folder::new("anchors");
    let file = folder.path("a.txt");
    hwagin(&["sample", "mfc", "valid", "--out", &file]);
    let empty = folder.path("empty");
    fs::create_dir_all(&empty).unwrap();
    let verified = hwagin(&["verify", "--anchors", &empty, &file]);
    assert_eq!(code(&verified), 2);
    assert_eq!(
        out(&verified),
        format!("{file}: abstain desk.bundle_missing\n")
    );

    let mut root = hwagin_training::x509::Certificate::iaca("cli test", "Some Country IACA");
    root.subject.organisation = Some("Some Ministry".to_owned());
    let authority = Authority::built_in();
    fs::write(
        Path::new(&empty).join("root.der"),
        authority.certificate(&root, &root),
    )
    .unwrap();
    let verified = hwagin(&["verify", "--json", "--anchors", &empty, &file]);
    assert_eq!(code(&verified), 1);
    assert_eq!(json(&verified)[0]["reason"], "issuer.training_only");
    assert_eq!(json(&verified)[0]["mode"], "production");

    fs::write(Path::new(&empty).join("training.der"), authority.iaca_der()).unwrap();
    let verified = hwagin(&["verify", "--anchors", &empty, &file]);
    assert!(err(&verified).contains("hwagin: training_in_production: training.der"));
    assert_eq!(code(&verified), 1);
}

#[test]
fn a_newer_status_list_counts() {
    let (at, later) = (1_795_300_196_i64, 1_795_300_196 + 7_200);
    let folder = Folder::new("status");
    let (file, list) = (folder.path("a.txt"), folder.path("later.cwt"));
    hwagin(&[
        "sample",
        "mfc",
        "valid",
        "--out",
        &file,
        "--at",
        &at.to_string(),
    ]);
    let authority = Authority::built_in();
    let mut recipe = Authority::status_recipe(later);
    recipe.issued = at + 30;
    recipe
        .values
        .push((hwagin_training::status_index(Card::Mfc), 1));
    fs::write(&list, authority.token(&recipe)).unwrap();
    let verified = hwagin(&[
        "verify",
        "--at",
        &(at + 40).to_string(),
        "--status",
        &list,
        &file,
    ]);
    assert!(
        out(&verified).ends_with("refuse status.revoked\n"),
        "{}{}",
        out(&verified),
        err(&verified)
    );
}

#[test]
fn symbols_are_told_byte_for_byte() {
    let folder = Folder::new("symbols");
    let (picture, text) = (folder.path("a.png"), folder.path("a.txt"));
    for file in [&picture, &text] {
        hwagin(&[
            "sample",
            "mdl",
            "valid",
            "--at",
            "1795300196",
            "--out",
            file,
        ]);
    }
    let found = hwagin(&["symbols", "--json", &picture]);
    assert_eq!(code(&found), 0);
    let object = &json(&found)[0];
    let hex = object["symbols"][0]["bytes"].as_str().unwrap();
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap())
        .collect();
    assert_eq!(bytes, fs::read(&text).unwrap());
    assert_eq!(object["symbols"][0]["corners"].as_array().unwrap().len(), 4);
    assert!(object["cpu_ms"].as_f64().unwrap() > 0.0);
    let none = hwagin(&["symbols", "--json", &text]);
    assert_eq!(
        (code(&none), &json(&none)[0]["error"]),
        (2, &Value::from("picture_unreadable"))
    );
}

#[test]
fn inspect_tells_no_value() {
    let folder = Folder::new("inspect");
    let file = folder.path("a.png");
    hwagin(&[
        "sample",
        "mfc",
        "valid",
        "--at",
        "1795300196",
        "--out",
        &file,
    ]);
    let inspected = hwagin(&["inspect", "--at", "1795300196", &file]);
    assert_eq!(code(&inspected), 0, "{}", err(&inspected));
    let text = out(&inspected);
    for told in [
        "presentation",
        "structure: well_formed",
        "document type hwagin.provisional.kr.mfc.1",
        "hwagin.provisional.kr.1 registration_number, digest",
        "holder's proof: signature",
        "hospital-reception: accept",
        "age-19: accept",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for value in ["SPECIMEN", "990101", "TESTINA", "E-9"] {
        assert!(!text.contains(value), "{value}");
    }
    let link = folder.path("b.txt");
    fs::write(&link, "https://example.com/").unwrap();
    let inspected = hwagin(&["inspect", "--json", &link]);
    assert_eq!(code(&inspected), 2);
    assert_eq!(json(&inspected)[0]["symbol"]["kind"], "web_link");
    assert!(!out(&inspected).contains("example.com"));
}

#[test]
fn wrong_usage_is_three_and_has_a_code() {
    for arguments in [
        &[][..],
        &["frobnicate"],
        &["verify"],
        &["verify", "--at", "yesterday", "x"],
        &["verify", "--on", "2027-02-29", "x"],
        &["verify", "--purpose", "nothing", "x"],
        &["verify", "--data", "no-such-folder", "x"],
        &["verify", "--frob", "x"],
        &["verify", "no-such-file.png"],
        &["sample", "mfc"],
        &["sample", "mfc", "valid"],
        &["sample", "passport", "valid", "--out", "-"],
        &["sample", "mfc", "forged", "--out", "-"],
        &["sample", "mfc", "valid", "--out", "x.pdf"],
        &["symbols"],
        &["inspect"],
        &["cases", "extra"],
    ] {
        let output = hwagin(arguments);
        assert_eq!(code(&output), 3, "{arguments:?}");
        assert!(
            err(&output).starts_with("hwagin: "),
            "{arguments:?}: {}",
            err(&output)
        );
        assert!(out(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn every_command_explains_itself() {
    for command in ["verify", "sample", "symbols", "inspect", "cases"] {
        let output = hwagin(&[command, "--help"]);
        assert_eq!(code(&output), 0);
        assert!(out(&output).contains("Exit code"), "{command}");
        assert!(out(&hwagin(&["--help"])).contains(&format!("hwagin {command}")));
    }
    assert!(out(&hwagin(&["--version"])).starts_with("hwagin 0."));
}

#[test]
fn problems_of_a_site_are_named_and_the_rest_works() {
    let folder = Folder::new("site");
    fs::create_dir_all(folder.path("purposes")).unwrap();
    fs::write(
        folder.path("purposes/bad.toml"),
        "id = \"bad\"\nnonsense = 1\n",
    )
    .unwrap();
    let file = folder.path("a.txt");
    hwagin(&["sample", "mfc", "valid", "--out", &file]);
    let verified = hwagin(&["verify", "--parts", folder.0.to_str().unwrap(), &file]);
    assert_eq!(code(&verified), 0);
    assert_eq!(
        err(&verified),
        "hwagin: unknown_field: purposes/bad.toml:2\n"
    );
}
