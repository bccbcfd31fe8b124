//! Names of files that would lead somewhere else, signed by the right key.

use std::fs;

use hwagin_desk::bundle::{BundleFlaw, ImportCode};
use hwagin_desk::knowledge::ProblemCode;

use crate::maker::{declared, sha256};
use crate::place::{FIRST, Place, files_below, maker};

const NAMES: [&str; 22] = [
    "../x",
    "../../data/root.json",
    "a/../../x",
    "a/b",
    "a/",
    "/x",
    "/etc/passwd",
    "//host/share",
    "..\\x",
    "C:\\x",
    "C:x",
    "\\\\host\\share",
    "%2e%2e%2fx",
    "status-%2e.cwt",
    "status-a.cwt%00",
    "status-a\0.cwt",
    "status-a.cwt\n",
    ".hidden",
    ".",
    "status a.cwt",
    "status-ä.cwt",
    "status-a.cwt:stream",
];

#[test]
fn a_name_that_is_no_plain_file_name_is_refused() {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let long = format!("status-{}.cwt", "a".repeat(300));
    let names = NAMES.into_iter().chain(["", "..", &long]);
    let around = files_below(place.data().parent().unwrap()).into_keys();
    let around: Vec<_> = around.filter(|path| !path.starts_with("data")).collect();
    for name in names {
        let mut second = first.clone();
        second.next();
        let row = declared(1, &sha256(b"x"));
        second.declared.insert(name.to_owned(), row);
        second.write(&place.stick());
        let before = place.in_force();
        let report = place.take();
        // Names that no target of the Framework can have are malformed already.
        let flaws = [BundleFlaw::TargetName, BundleFlaw::Malformed].map(ImportCode::Refused);
        assert!(
            flaws.contains(&report.outcome),
            "{name:?} {:?}",
            report.outcome
        );
        assert!(place.in_force() == before, "{name:?}");
    }
    assert_eq!(place.says(), FIRST);
    let after = files_below(place.data().parent().unwrap()).into_keys();
    let after: Vec<_> = after.filter(|path| !path.starts_with("data")).collect();
    // Nothing was written beside the stick and the desk.
    let beside = |all: &[std::path::PathBuf]| -> Vec<_> {
        let own = all.iter().filter(|path| !path.starts_with("stick"));
        own.cloned().collect()
    };
    assert_eq!(beside(&after), beside(&around));
}

#[test]
fn the_longest_name_is_taken_and_one_more_letter_is_not() {
    let name = |letters: usize| format!("status-{}.cwt", "a".repeat(letters - 11));
    let first = maker();
    let place = Place::of(&first);
    let mut with = first.clone();
    with.files.insert(name(128), b"no list".to_vec());
    place.installs(&with);
    let mut more = first;
    more.next();
    more.files.insert(name(129), b"no list".to_vec());
    place.refuses_of(&more, BundleFlaw::TargetName);
}

#[test]
fn a_signed_file_of_a_kind_that_nobody_knows_is_kept_and_told() {
    let mut maker = maker();
    for name in ["manual.pdf", "statusses", "bundle.toml.bak"] {
        maker.files.insert(name.to_owned(), b"whatever".to_vec());
    }
    let place = Place::of(&maker);
    let report = place.installs(&maker);
    let told: Vec<_> = report
        .problems
        .iter()
        .map(|one| (&*one.file, one.code))
        .collect();
    let unknown = |name| (name, ProblemCode::UnknownFile);
    assert_eq!(
        told,
        ["bundle.toml.bak", "manual.pdf", "statusses"].map(unknown)
    );
    assert_eq!(place.says(), FIRST);
}

#[test]
fn a_role_whose_name_is_a_path_stays_in_its_folder() {
    let mut maker = crate::delegated::maker_with_role();
    maker.delegated[0].name = "../../../data/root".to_owned();
    let place = Place::of(&maker);
    let root = fs::read(place.data().join("root.json")).unwrap();
    place.refuses_of(&maker, BundleFlaw::Unreadable);
    assert_eq!(fs::read(place.data().join("root.json")).unwrap(), root);
    assert!(place.in_force().is_empty());
}
