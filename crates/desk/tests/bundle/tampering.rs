//! Somebody edits the desk's folder: nothing becomes acceptable that was not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hwagin_desk::bundle::ImportCode;

use crate::place::{GOOD, LATER, LOST, Place, WITHDRAWN, files_below, later_content, maker, shown};
use crate::training;

type Sample = (String, String, &'static str);

/// The names of those samples that a desk with this folder accepts.
fn accepted(data: &Path, samples: &[Sample]) -> BTreeSet<String> {
    let said = training::said_of(data, samples).into_iter();
    said.filter(|(_, said)| said == "accept")
        .map(|(name, _)| name)
        .collect()
}

/// Places in a file of this length: more of them where `HWAGIN_TAMPER` says so.
fn places(length: usize) -> BTreeSet<usize> {
    let pieces = std::env::var("HWAGIN_TAMPER")
        .ok()
        .and_then(|pieces| pieces.parse().ok());
    let pieces: usize = pieces.unwrap_or(4);
    let last = length.saturating_sub(1);
    (0..=pieces).map(|piece| last * piece / pieces).collect()
}

/// Every file below the folder, with a byte changed at each of its places.
fn each_byte(
    data: &Path,
    samples: &[Sample],
    mut allowed: impl FnMut(&BTreeSet<String>, &str),
) -> usize {
    let mut tried = 0;
    for (path, bytes) in files_below(data) {
        let all = path == Path::new("current");
        let places = if all {
            (0..bytes.len()).collect()
        } else {
            places(bytes.len())
        };
        for place in places.into_iter().filter(|place| *place < bytes.len()) {
            for flip in [0x01, 0x80] {
                let mut changed = bytes.clone();
                changed[place] ^= flip;
                fs::write(data.join(&path), changed).unwrap();
                allowed(
                    &accepted(data, samples),
                    &format!("{} {place}", path.display()),
                );
                tried += 1;
            }
        }
        fs::write(data.join(&path), &bytes).unwrap();
    }
    tried
}

/// A real desk with two releases, where the newer one suspends the good card.
fn real_desk() -> (Place, Vec<Sample>) {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let mut second = first;
    second.next();
    second.files = later_content();
    place.installs(&second);
    let real = [
        ("good", GOOD),
        ("lost", LOST),
        ("withdrawn", WITHDRAWN),
        ("other", 9),
    ];
    let mut samples: Vec<Sample> = real
        .map(|(name, entry)| (name.to_owned(), shown(entry), "age-19"))
        .into();
    samples.extend(training::samples());
    (place, samples)
}

#[test]
fn no_changed_byte_makes_a_real_desk_accept_more() {
    let (place, samples) = real_desk();
    let whole = accepted(&place.data(), &samples);
    assert_eq!(whole, BTreeSet::from(["other".to_owned()]));
    let mut fewer = 0;
    let tried = each_byte(&place.data(), &samples, |accepted, what| {
        assert!(accepted.is_subset(&whole), "{what}: {accepted:?}");
        fewer += usize::from(*accepted != whole);
    });
    println!("figure tampering.real {tried}");
    println!("figure tampering.real_fewer {fewer}");
    assert!(tried > 150 && fewer > 80, "{tried} {fewer}");
    assert_eq!(accepted(&place.data(), &samples), whole);
}

#[test]
fn no_changed_byte_makes_a_desk_in_training_accept_more() {
    let place = Place::in_training();
    training::write(&place.stick(), &training::content());
    assert_eq!(place.take().outcome, ImportCode::Installed);
    let samples = training::samples();
    let whole = accepted(&place.data(), &samples);
    assert!(
        whole.len() > 8 && whole.len() < samples.len() / 2,
        "{whole:?}"
    );
    let tried = each_byte(&place.data(), &samples, |accepted, what| {
        assert!(accepted.is_subset(&whole), "{what}: {accepted:?}");
    });
    println!("figure tampering.training {tried}");
    assert!(tried > 100, "{tried}");
}

/// The folders of the older bundle and of the one in force.
fn both(place: &Place) -> (PathBuf, PathBuf) {
    let now = fs::read_to_string(place.data().join("current")).unwrap();
    let bundles = place.data().join("bundles");
    let now = bundles.join(now.trim());
    let all = fs::read_dir(bundles)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    (all.into_iter().find(|path| *path != now).unwrap(), now)
}

#[test]
fn no_missing_file_makes_a_real_desk_accept_more() {
    let (place, samples) = real_desk();
    let whole = accepted(&place.data(), &samples);
    let mut tried = 0;
    for (path, bytes) in files_below(&place.data()) {
        fs::remove_file(place.data().join(&path)).unwrap();
        let accepted = accepted(&place.data(), &samples);
        assert!(
            accepted.is_subset(&whole),
            "{} {accepted:?}",
            path.display()
        );
        fs::write(place.data().join(&path), bytes).unwrap();
        tried += 1;
    }
    println!("figure tampering.missing {tried}");
    let (_, now) = both(&place);
    fs::remove_dir_all(now).unwrap();
    assert!(accepted(&place.data(), &samples).is_empty());
}

#[test]
fn the_older_bundle_is_not_in_force_by_a_digit_of_its_name() {
    let (place, samples) = real_desk();
    let whole = accepted(&place.data(), &samples);
    let (old, now) = both(&place);
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let (old_name, now_name) = (name(&old), name(&now));
    let current = place.data().join("current");
    for place_in in 0..old_name.len() {
        let mut bytes = old_name.clone().into_bytes();
        bytes[place_in] = if bytes[place_in] == b'0' { b'1' } else { b'0' };
        fs::write(&current, bytes).unwrap();
        assert!(accepted(&place.data(), &samples).is_empty());
    }
    for text in ["", "..", "../..", ".", "-", "1", "2-", "/", &now_name[1..]] {
        fs::write(&current, text).unwrap();
        assert!(accepted(&place.data(), &samples).is_empty(), "{text}");
    }
    // The older folder under the name of the newer one.
    fs::write(&current, &now_name).unwrap();
    fs::rename(&now, place.data().join("aside")).unwrap();
    fs::rename(&old, &now).unwrap();
    assert!(accepted(&place.data(), &samples).is_empty());
    fs::rename(&now, &old).unwrap();
    fs::rename(place.data().join("aside"), &now).unwrap();
    assert_eq!(accepted(&place.data(), &samples), whole);
    assert_eq!(place.says(), LATER);
}

#[test]
fn the_files_of_two_bundles_exchanged_are_no_bundle() {
    let (place, samples) = real_desk();
    let whole = accepted(&place.data(), &samples);
    let (old, now) = both(&place);
    for area in ["metadata", "targets"] {
        for one in files_below(&old.join(area)).into_keys() {
            for other in files_below(&now.join(area)).into_keys() {
                let target = now.join(area).join(&other);
                let kept = fs::read(&target).unwrap();
                fs::write(&target, fs::read(old.join(area).join(&one)).unwrap()).unwrap();
                let accepted = accepted(&place.data(), &samples[..4]);
                assert!(
                    accepted.is_subset(&whole),
                    "{one:?} as {other:?}: {accepted:?}"
                );
                fs::write(&target, kept).unwrap();
            }
        }
        let aside = place.data().join("aside");
        fs::rename(now.join(area), &aside).unwrap();
        fs::rename(old.join(area), now.join(area)).unwrap();
        assert!(accepted(&place.data(), &samples).is_empty(), "{area}");
        fs::rename(now.join(area), old.join(area)).unwrap();
        fs::rename(&aside, now.join(area)).unwrap();
    }
    assert_eq!(accepted(&place.data(), &samples), whole);
}
