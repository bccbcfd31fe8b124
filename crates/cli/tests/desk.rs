//! A desk's key and its journal, as whoever looks after desks sees them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod program;

use std::fs;

use hwagin_desk::Journal;
use hwagin_desk::journal::Act;
use hwagin_verifier::UnixTime;
use program::{Folder, code, err, hwagin, json, out};

/// A desk's folder whose key stays in it.
fn desk(name: &str) -> Folder {
    let folder = Folder::new(name);
    let settings = "name = \"Counter 3\"\norganisation = \"House\"\ndesk_key = \"file\"\n";
    fs::write(folder.path("desk.toml"), settings).unwrap();
    folder
}

#[test]
fn a_key_is_made_shown_requested_for_and_changed() {
    let folder = desk("desk-key");
    let data = folder.0.to_str().unwrap();
    let ask = |words: &[&str]| hwagin(&[&["desk-key"], words, &["--data", data]].concat());
    let none = ask(&["show"]);
    assert_eq!(
        (code(&none), err(&none).contains("desk_key_missing")),
        (3, true)
    );
    let made = ask(&["rotate"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert!(out(&made).ends_with("certificates 1\nkept file\n"));
    assert_eq!(out(&ask(&["show"])), out(&made));
    let request = out(&ask(&["request"]));
    assert!(request.starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
    fs::write(folder.path("none.pem"), request).unwrap();
    let installed = ask(&["install", &folder.path("none.pem")]);
    assert!(err(&installed).contains("desk_key_certificate"));
    assert_eq!(out(&ask(&["show"])), out(&made), "nothing was lost");
    assert_ne!(out(&ask(&["rotate"])), out(&made));
}

#[test]
fn a_journal_is_told_a_line_an_entry_from_a_time_on() {
    let folder = desk("journal");
    let data = folder.0.to_str().unwrap();
    let empty = hwagin(&["journal", "--data", data]);
    assert_eq!((code(&empty), out(&empty)), (0, String::new()));
    let journal = Journal::new(&folder.0);
    let at = UnixTime(1_795_651_200);
    let purpose = ("bank-teller", 1);
    journal
        .note(at, Act::Revealed, purpose, "registration_number")
        .unwrap();
    journal
        .note(at.plus_seconds(60), Act::Copied, purpose, "family_name")
        .unwrap();
    let all = hwagin(&["journal", "--data", data]);
    let lines = "2026-11-26T00:00:00Z revealed bank-teller 1 registration_number\n\
                 2026-11-26T00:01:00Z copied bank-teller 1 family_name\n";
    assert_eq!(out(&all), lines);
    let since = ["--since", "2026-11-26T00:00:30Z", "--json"];
    let late = json(&hwagin(
        &[&["journal", "--data", data], &since[..]].concat(),
    ));
    assert_eq!(late.len(), 1);
    assert_eq!(late[0]["act"], "copied");
    fs::write(
        folder.path("journal.sqlite"),
        "something else, and long enough to be read",
    )
    .unwrap();
    let broken = hwagin(&["journal", "--data", data]);
    assert_eq!(
        (code(&broken), err(&broken).contains("journal_unusable")),
        (3, true)
    );
}
