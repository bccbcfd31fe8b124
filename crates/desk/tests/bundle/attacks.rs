//! What somebody between publisher and desk can try: the attacks of The Update Framework, 1.5.2.

use std::fs;

use hwagin_desk::bundle::{BundleFlaw, ImportCode};

use crate::maker::{Maker, Role};
use crate::place::{AT, DAY, FIRST, LATER, Place, at, later_content, maker};

/// A desk with the second release in force, its maker, and the maker of the first.
fn with_second() -> (Place, Maker, Maker) {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    assert_eq!(place.says(), FIRST);
    let mut second = first.clone();
    second.next();
    second.files = later_content();
    place.installs(&second);
    assert_eq!(place.says(), LATER);
    (place, second, first)
}

#[test]
fn a_newer_release_takes_the_place_of_an_older_one() {
    let (place, second, _) = with_second();
    let report = place.bring(&second);
    assert_eq!(report.outcome, ImportCode::Unchanged);
    assert_eq!((report.version, report.before), (Some(2), Some(2)));
    assert_eq!(report.changes, []);
}

#[test]
fn a_release_of_the_past_is_refused() {
    let (place, _, first) = with_second();
    let report = place.refuses_of(&first, BundleFlaw::Older);
    assert_eq!(report.before, Some(2));
}

type Part = fn(&mut Maker) -> &mut Role;
const PARTS: [(&str, Part); 4] = [
    ("root", |maker| &mut maker.root),
    ("timestamp", |maker| &mut maker.timestamp),
    ("snapshot", |maker| &mut maker.snapshot),
    ("targets", |maker| &mut maker.targets),
];

#[test]
fn an_older_timestamp_over_newer_parts_is_refused() {
    let (place, second, _) = with_second();
    let mut third = second;
    third.next();
    third.timestamp.version = 1;
    place.refuses_of(&third, BundleFlaw::Older);
}

#[test]
fn an_older_snapshot_under_a_newer_timestamp_is_refused() {
    let (place, second, _) = with_second();
    let mut third = second;
    third.next();
    third.snapshot.version = 1;
    place.refuses_of(&third, BundleFlaw::Older);
}

#[test]
fn older_targets_under_a_newer_snapshot_are_refused() {
    let (place, second, first) = with_second();
    let mut third = second;
    third.next();
    third.targets.version = 1;
    third.files = first.files;
    place.refuses_of(&third, BundleFlaw::Older);
}

#[test]
fn a_release_whose_time_is_over_is_refused_whichever_part_ended() {
    for (name, part) in PARTS {
        let first = maker();
        let place = Place::of(&first);
        place.installs(&first);
        let mut frozen = first.clone();
        frozen.next();
        part(&mut frozen).ends = AT - 1;
        if name == "root" {
            frozen.next_root(&[]);
        }
        let report = place.refuses_of(&frozen, BundleFlaw::Expired);
        assert_eq!(report.version, Some(2), "{name}");
        // The same with a minute left is taken.
        part(&mut frozen).ends = AT + 60;
        if name == "root" {
            frozen.roots.pop();
            frozen.root.version -= 1;
            frozen.next_root(&[]);
        }
        place.installs(&frozen);
    }
}

#[test]
fn a_bundle_in_force_that_ended_is_replaced_by_none_that_ended() {
    let (place, second, _) = with_second();
    second.write(&place.stick());
    let late = at(AT + 40 * DAY);
    let report = place.store().import(&place.stick(), late);
    assert_eq!(report.outcome, ImportCode::Refused(BundleFlaw::Expired));
}

#[test]
fn parts_of_two_releases_together_are_refused() {
    for pins in [true, false] {
        for name in ["snapshot", "targets"] {
            let first = Maker { pins, ..maker() };
            let place = Place::of(&first);
            place.installs(&first);
            let (mut second, mut third) = (first.clone(), first.clone());
            second.next();
            third.next();
            third.next();
            third.write(&place.stick());
            let third_part = fs::read(place.metadata(&format!("3.{name}.json"))).unwrap();
            second.write(&place.stick());
            // Signed by the right key, and of another release.
            fs::write(place.metadata(&format!("2.{name}.json")), third_part).unwrap();
            place.refuses(BundleFlaw::Mixed);
        }
    }
}

#[test]
fn a_snapshot_that_forgets_a_role_is_refused() {
    let (place, second, _) = crate::delegated::with_role();
    let mut third = second.clone();
    third.next();
    third.delegated.clear();
    place.refuses_of(&third, BundleFlaw::Older);
}

#[test]
fn metadata_without_end_is_read_to_its_bound_only() {
    // Where length and digest are named: by the parent. Where they are not: by the desk's bounds.
    for pins in [true, false] {
        for name in ["timestamp.json", "2.snapshot.json", "2.targets.json"] {
            let first = Maker { pins, ..maker() };
            let place = Place::of(&first);
            place.installs(&first);
            let mut second = first.clone();
            second.next();
            second.write(&place.stick());
            let file = fs::OpenOptions::new()
                .write(true)
                .open(place.metadata(name));
            file.unwrap().set_len(64 << 30).unwrap();
            place.refuses(BundleFlaw::TooLarge);
        }
    }
}

#[test]
fn a_next_root_without_end_is_read_to_its_bound_only() {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let file = fs::File::create(place.metadata("2.root.json")).unwrap();
    file.set_len(64 << 30).unwrap();
    place.refuses(BundleFlaw::TooLarge);
}

#[test]
fn a_target_without_end_is_read_to_its_length_only() {
    let (place, second, _) = with_second();
    let mut third = second;
    third.next();
    third.write(&place.stick());
    let target = place.target(&third, "status-site.cwt");
    let file = fs::OpenOptions::new().write(true).open(target);
    file.unwrap().set_len(64 << 30).unwrap();
    let report = place.refuses(BundleFlaw::TargetTooLong);
    assert_eq!(report.culprit.as_deref(), Some("status-site.cwt"));
}

#[test]
fn a_file_that_was_altered_is_refused_and_named() {
    let (place, second, _) = with_second();
    for name in second.files.keys() {
        let mut third = second.clone();
        third.next();
        third.write(&place.stick());
        let target = place.target(&third, name);
        let mut bytes = fs::read(&target).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&target, bytes).unwrap();
        let report = place.refuses(BundleFlaw::TargetWrong);
        // What the bundle says of itself is read before anything is known of a file.
        let named = (name != "bundle.toml").then_some(&**name);
        assert_eq!(report.culprit.as_deref(), named);
    }
}

#[test]
fn a_file_that_nobody_signed_is_never_opened() {
    let (place, second, _) = with_second();
    let mut third = second;
    third.next();
    third.write(&place.stick());
    // Whoever opens this waits for ever for somebody to write.
    for name in ["status-more.cwt", "anchor-more.der"] {
        make_fifo(&place.stick().join("targets").join(name));
    }
    make_fifo(&place.stick().join("metadata").join("more.json"));
    make_fifo(&place.stick().join("autorun.inf"));
    let report = place.take();
    assert_eq!(report.outcome, ImportCode::Installed);
    assert!(place.in_force().keys().all(|path| {
        let path = path.to_string_lossy();
        !path.contains("more") && !path.contains("autorun")
    }));
}

pub(crate) fn make_fifo(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}
