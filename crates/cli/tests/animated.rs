//! Presentations in parts through the real binary.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod program;

use std::fs;

use hwagin_training::{Authority, Card, Case};
use program::{Folder, code, err, hwagin, json, out};
use serde_json::Value;

#[test]
fn an_animated_code_is_put_together_from_frames_files_and_lines() {
    let at = "1795300196";
    let folder = Folder::new("animated");
    let frames = folder.path("frames/");
    let made = hwagin(&[
        "sample",
        "mfc",
        "large-portrait",
        "--out",
        &frames,
        "--at",
        at,
    ]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    let verified = hwagin(&["verify", "--at", at, &frames]);
    assert_eq!(out(&verified), format!("TRAINING {frames}: accept\n"));
    let inspected = hwagin(&["inspect", "--at", at, &frames]);
    assert!(
        out(&inspected).contains("hospital-reception: accept"),
        "{}",
        out(&inspected)
    );

    let shown = Authority::built_in().present(Card::Mfc, Case::LargePortrait, 1_795_300_196);
    let needed = shown.parts().needed();
    let parts: Vec<String> = shown.parts().skip(3).take(needed * 2).collect();
    let lines = folder.path("lines.txt");
    fs::write(&lines, parts.join("\n")).unwrap();
    let verified = hwagin(&["verify", "--at", at, &lines]);
    assert_eq!(out(&verified), format!("TRAINING {lines}: accept\n"));

    let half = folder.path("half.txt");
    fs::write(&half, parts[..5].join("\n")).unwrap();
    let rest = folder.path("rest.txt");
    fs::write(&rest, parts[5..].join("\r\n")).unwrap();
    let verified = hwagin(&["verify", "--at", at, &half, &rest]);
    assert_eq!(
        out(&verified),
        format!("TRAINING {half} … {rest}: accept\n")
    );
    let verified = hwagin(&["verify", "--json", "--at", at, &half]);
    assert_eq!(
        (code(&verified), &json(&verified)[0]["hint"]),
        (2, &Value::from("part"))
    );

    let other = Authority::built_in().present(Card::Mfc, Case::LargePortrait, 1_795_300_197);
    let mixed: Vec<String> = shown
        .parts()
        .zip(other.parts())
        .take(9)
        .flat_map(|(a, b)| [a, b])
        .collect();
    fs::write(&lines, mixed.join("\n")).unwrap();
    let verified = hwagin(&["verify", "--at", at, &lines]);
    assert_eq!(code(&verified), 2);
    assert_eq!(
        out(&verified),
        format!("TRAINING {lines}: abstain transport.part_mismatch\n")
    );
}
