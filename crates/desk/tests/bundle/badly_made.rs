//! Bundles that nobody attacks and that are no good: badly made, cut off, too large.

use std::fs;

use hwagin_desk::bundle::{BundleFlaw, ImportCode, MAX_ALL, MAX_FILE, MAX_FILES};

use crate::maker::{Maker, declared, sha256};
use crate::place::{AT, DAY, FIRST, Place, at, maker, manifest};

fn installed() -> (Place, Maker) {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let mut second = first;
    second.next();
    (place, second)
}

/// The second release is written, one thing is done to the stick, and it is refused.
#[track_caller]
fn refused_after(change: impl Fn(&Place, &Maker), flaw: BundleFlaw, culprit: Option<&str>) {
    let (place, second) = installed();
    second.write(&place.stick());
    change(&place, &second);
    let report = place.refuses(flaw);
    assert_eq!(report.culprit.as_deref(), culprit);
    // Nothing of what was tried is in the way of the whole one.
    place.installs(&second);
}

const LIST: &str = "status-site.cwt";

#[test]
fn an_empty_stick_has_no_bundle() {
    let (place, _) = installed();
    fs::remove_dir_all(place.stick()).unwrap();
    place.refuses(BundleFlaw::Missing);
    fs::create_dir_all(place.stick()).unwrap();
    place.refuses(BundleFlaw::Missing);
    fs::create_dir_all(place.stick().join("metadata")).unwrap();
    place.refuses(BundleFlaw::Missing);
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let cut = |place: &Place, second: &Maker| {
        let target = place.target(second, LIST);
        let bytes = fs::read(&target).unwrap();
        fs::write(target, &bytes[..bytes.len() - 1]).unwrap();
    };
    refused_after(cut, BundleFlaw::TargetWrong, Some(LIST));
    let empty = |place: &Place, second: &Maker| {
        fs::write(place.target(second, LIST), b"").unwrap();
    };
    refused_after(empty, BundleFlaw::TargetWrong, Some(LIST));
}

#[test]
fn a_file_that_is_longer_is_refused() {
    let longer = |place: &Place, second: &Maker| {
        let target = place.target(second, LIST);
        let mut bytes = fs::read(&target).unwrap();
        bytes.push(0);
        fs::write(target, bytes).unwrap();
    };
    refused_after(longer, BundleFlaw::TargetTooLong, Some(LIST));
}

#[test]
fn a_file_whose_length_was_signed_wrong_is_refused() {
    for (more, flaw) in [
        (1, BundleFlaw::TargetWrong),
        (-1, BundleFlaw::TargetTooLong),
    ] {
        let (place, mut second) = installed();
        let bytes = &second.files[LIST];
        let length = (bytes.len() as u64).checked_add_signed(more).unwrap();
        let row = declared(length, &sha256(bytes));
        second.declared.insert(LIST.to_owned(), row);
        let report = place.refuses_of(&second, flaw);
        assert_eq!(report.culprit.as_deref(), Some(LIST));
    }
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    let gone = |place: &Place, second: &Maker| {
        fs::remove_file(place.target(second, LIST)).unwrap();
    };
    refused_after(gone, BundleFlaw::TargetMissing, Some(LIST));
}

#[test]
fn metadata_that_is_not_there_is_refused() {
    for name in ["2.snapshot.json", "2.targets.json"] {
        let gone = |place: &Place, _: &Maker| fs::remove_file(place.metadata(name)).unwrap();
        refused_after(gone, BundleFlaw::Mixed, None);
    }
}

#[test]
fn metadata_that_was_cut_off_or_is_none_is_refused() {
    let (place, second) = installed();
    for bytes in [
        &b""[..],
        b"{",
        b"null",
        b"[]",
        b"{\"signed\":{},\"signatures\":[]}",
        &[0xff; 9],
    ] {
        second.write(&place.stick());
        fs::write(place.metadata("timestamp.json"), bytes).unwrap();
        place.refuses(BundleFlaw::Malformed);
    }
    let deep = "[".repeat(60_000);
    fs::write(place.metadata("timestamp.json"), deep).unwrap();
    place.refuses(BundleFlaw::Malformed);
    for name in ["2.snapshot.json", "2.targets.json"] {
        second.write(&place.stick());
        let bytes = fs::read(place.metadata(name)).unwrap();
        fs::write(place.metadata(name), &bytes[..bytes.len() - 1]).unwrap();
        place.refuses(BundleFlaw::Mixed);
    }
}

#[test]
fn files_that_belong_to_nothing_are_left_alone() {
    let (place, second) = installed();
    second.write(&place.stick());
    for name in [
        "readme.txt",
        "metadata/9.targets.json",
        "targets/status-evil.cwt",
    ] {
        fs::write(place.stick().join(name), b"whatever").unwrap();
    }
    fs::create_dir_all(place.stick().join("targets/folder/more")).unwrap();
    let report = place.take();
    assert_eq!(report.outcome, ImportCode::Installed);
    assert_eq!(report.problems, []);
    assert!(place.in_force().values().all(|bytes| bytes != b"whatever"));
}

#[test]
fn more_bytes_than_a_desk_takes_are_refused_before_they_are_read() {
    let row = |length| declared(length, &sha256(b"x"));
    let (place, mut second) = installed();
    second
        .declared
        .insert("status-huge.cwt".to_owned(), row(1 << 30));
    second.write(&place.stick());
    let huge = place
        .stick()
        .join("targets")
        .join(format!("{}.status-huge.cwt", sha256(b"x")));
    fs::File::create(huge).unwrap().set_len(1 << 30).unwrap();
    place.refuses(BundleFlaw::TooLarge);
    second
        .declared
        .insert("status-huge.cwt".to_owned(), row(MAX_FILE + 1));
    place.refuses_of(&second, BundleFlaw::TooLarge);
    // Each is short enough, and all of them are not.
    let many = MAX_ALL / MAX_FILE + 1;
    let all = (0..many).map(|number| (format!("status-{number}.cwt"), row(MAX_FILE)));
    second.declared = all.collect();
    place.refuses_of(&second, BundleFlaw::TooLarge);
    second.declared.clear();
    second
        .declared
        .insert("status-most.cwt".to_owned(), row(u64::MAX));
    let report = place.bring(&second);
    assert!(matches!(report.outcome, ImportCode::Refused(_)));
}

#[test]
fn more_files_than_a_desk_takes_are_refused() {
    let (place, mut second) = installed();
    let row = declared(1, &sha256(b"x"));
    let all = (0..MAX_FILES).map(|number| (format!("crl-{number}.crl"), row.clone()));
    second.declared = all.collect();
    place.refuses_of(&second, BundleFlaw::TooLarge);
}

#[test]
fn a_bundle_that_does_not_say_when_it_was_issued_is_refused() {
    let (place, mut second) = installed();
    second.files.remove("bundle.toml");
    place.refuses_of(&second, BundleFlaw::Manifest);
    for text in [
        &b""[..],
        b"name = \"a\"\n",
        b"\xff",
        b"name = \"a\"\nissued = 2026-11-26\n",
    ] {
        second.files.insert("bundle.toml".to_owned(), text.to_vec());
        place.refuses_of(&second, BundleFlaw::Manifest);
    }
}

#[test]
fn a_bundle_that_was_issued_after_its_end_is_refused() {
    let (place, mut second) = installed();
    second
        .files
        .insert("bundle.toml".to_owned(), manifest(AT + 31 * DAY));
    place.refuses_of(&second, BundleFlaw::Manifest);
}

#[test]
fn a_desk_without_a_bundle_refuses_the_same_and_stays_without() {
    let first = maker();
    let place = Place::of(&first);
    first.write(&place.stick());
    fs::remove_file(place.target(&first, LIST)).unwrap();
    let report = place.refuses(BundleFlaw::TargetMissing);
    assert_eq!((report.before, report.version), (None, Some(1)));
    assert_eq!(place.store().current().err(), None);
    let late = place.store().import(&place.stick(), at(AT + 40 * DAY));
    assert_eq!(late.outcome, ImportCode::Refused(BundleFlaw::Expired));
    place.installs(&first);
}

#[test]
fn without_consistent_snapshots_the_same_holds() {
    let mut first = Maker {
        consistent: false,
        ..maker()
    };
    first.roots.clear();
    first.root.version = 0;
    first.next_root(&[]);
    let place = Place::of(&first);
    place.installs(&first);
    assert_eq!(place.says(), FIRST);
    let mut second = first.clone();
    second.next();
    second.write(&place.stick());
    fs::write(place.stick().join("targets").join(LIST), b"other").unwrap();
    place.refuses(BundleFlaw::TargetWrong);
    second.write(&place.stick());
    let snapshot = fs::read(place.metadata("snapshot.json")).unwrap();
    second.next();
    second.write(&place.stick());
    fs::write(place.metadata("snapshot.json"), snapshot).unwrap();
    place.refuses(BundleFlaw::Mixed);
}
