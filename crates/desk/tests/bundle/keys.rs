//! Keys that do not count, too few of them, and keys that were lost to somebody else.

use std::fs;

use hwagin_desk::bundle::{BundleFlaw, ImportCode};
use hwagin_publisher::root::SignedRoot;

use crate::maker::{Key, LATER, Maker, Role};
use crate::place::{AT, FIRST, LATER as SAYS_LATER, Place, later_content, maker};

type Part = fn(&mut Maker) -> &mut Role;
const PARTS: [(&str, Part); 3] = [
    ("timestamp", |maker| &mut maker.timestamp),
    ("snapshot", |maker| &mut maker.snapshot),
    ("targets", |maker| &mut maker.targets),
];

fn installed() -> (Place, Maker) {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let mut second = first;
    second.next();
    second.files = later_content();
    (place, second)
}

#[test]
fn what_a_key_signed_that_does_not_count_is_refused() {
    for (_, part) in PARTS {
        let (place, mut second) = installed();
        part(&mut second).signers = vec![Key::new()];
        place.refuses_of(&second, BundleFlaw::WrongKey);
    }
}

#[test]
fn what_the_key_of_another_role_signed_is_refused() {
    for (_, part) in PARTS {
        let (place, mut second) = installed();
        part(&mut second).signers = second.root.signers.clone();
        place.refuses_of(&second, BundleFlaw::WrongKey);
    }
    let (place, mut second) = installed();
    second.targets.signers = second.timestamp.signers.clone();
    place.refuses_of(&second, BundleFlaw::WrongKey);
}

#[test]
fn what_nobody_signed_is_refused() {
    for (_, part) in PARTS {
        let (place, mut second) = installed();
        part(&mut second).signers.clear();
        place.refuses_of(&second, BundleFlaw::WrongKey);
    }
}

#[test]
fn a_bundle_under_another_root_is_refused() {
    let (place, _) = installed();
    let mut stranger = maker();
    stranger.timestamp.version = 9;
    place.refuses_of(&stranger, BundleFlaw::WrongKey);
}

#[test]
fn fewer_signatures_than_have_to_be_are_refused() {
    for (_, part) in PARTS {
        let mut first = maker();
        *part(&mut first) = Role::of(vec![Key::new(), Key::new(), Key::new()], 2, AT + LATER);
        first.roots.clear();
        first.root.version = 0;
        first.next_root(&[]);
        let place = Place::of(&first);
        place.installs(&first);
        let mut second = first.clone();
        second.next();
        part(&mut second).signers.truncate(1);
        place.refuses_of(&second, BundleFlaw::BelowThreshold);
        // One key twice is still one.
        let once = part(&mut second).signers[0].clone();
        part(&mut second).signers.push(once);
        place.refuses_of(&second, BundleFlaw::Malformed);
        // A stranger does not help.
        part(&mut second).signers[1] = Key::new();
        place.refuses_of(&second, BundleFlaw::BelowThreshold);
        part(&mut second).signers = part(&mut second).keys[1..].to_vec();
        place.installs(&second);
    }
}

#[test]
fn a_next_root_counts_only_if_both_say_so() {
    let (place, second) = installed();
    let old = second.root.clone();
    let mut usurper = second.clone();
    usurper.root = Role {
        version: 1,
        ..Role::of(vec![Key::new()], 1, AT + LATER)
    };
    usurper.next_root(&[]);
    place.refuses_of(&usurper, BundleFlaw::WrongKey);
    // Signed by the one before, and not by its own.
    let mut orphan = second;
    orphan.root = Role {
        version: 1,
        signers: Vec::new(),
        ..usurper.root
    };
    orphan.next_root(&old.signers);
    place.refuses_of(&orphan, BundleFlaw::WrongKey);
}

#[test]
fn a_root_that_skips_a_version_is_refused() {
    let (place, mut second) = installed();
    second.root.version = 2;
    second.next_root(&[]);
    // Named as the second, and says that it is the third.
    place.refuses_of(&second, BundleFlaw::Older);
}

/// The same maker with other keys for everything but roots, and a root that says so.
fn rotated(maker: &Maker) -> Maker {
    let mut next = maker.clone();
    for (_, part) in PARTS {
        *part(&mut next) = Role::of(vec![Key::new()], 1, AT + LATER);
    }
    next.next_root(&[]);
    next
}

#[test]
fn after_a_key_was_lost_the_next_root_ends_what_it_signed() {
    let (place, second) = installed();
    // Whoever has the keys counted on, so that nothing of the publisher would be newer.
    let mut stolen = second.clone();
    for (_, part) in PARTS {
        part(&mut stolen).version = 1_000_000;
    }
    place.installs(&stolen);
    place.refuses_of(&second, BundleFlaw::Older);
    // With new keys versions begin anew.
    let recovered = rotated(&second);
    assert_eq!(recovered.timestamp.version, 1);
    let report = place.installs(&recovered);
    assert_eq!((report.before, report.version), (Some(1_000_000), Some(1)));
    assert_eq!(place.says(), SAYS_LATER);
    // The old keys count no more, even on a stick that hides the new root.
    stolen.timestamp.version += 1;
    place.refuses_of(&stolen, BundleFlaw::WrongKey);
    stolen.roots = recovered.roots.clone();
    place.refuses_of(&stolen, BundleFlaw::WrongKey);
}

#[test]
fn after_a_rotation_what_is_older_is_still_refused_at_a_later_start() {
    let (place, second) = installed();
    place.installs(&second);
    let third = rotated(&second);
    place.installs(&third);
    let mut fourth = third.clone();
    fourth.next();
    place.installs(&fourth);
    // Each import opens the store anew, as a desk does that was started again.
    place.refuses_of(&third, BundleFlaw::Older);
    place.refuses_of(&second, BundleFlaw::WrongKey);
    let mut fifth = fourth.clone();
    fifth.next();
    fifth.targets.version = 1;
    place.refuses_of(&fifth, BundleFlaw::Older);
}

#[test]
fn a_desk_with_the_first_root_starts_from_its_own_copy_after_many() {
    let (place, second) = installed();
    let mut maker = second;
    for _ in 0..4 {
        let before = maker.root.signers.clone();
        maker.root.keys = vec![Key::new()];
        maker.root.signers = maker.root.keys.clone();
        let version = maker.timestamp.version;
        maker.timestamp = Role::of(vec![Key::new()], 1, AT + LATER);
        maker.timestamp.version = version;
        maker.next_root(&before);
        maker.next();
        maker.write(&place.stick());
        // A stick of a site has the newest root only.
        for number in 1..maker.root.version {
            drop(fs::remove_file(
                place.metadata(&format!("{number}.root.json")),
            ));
        }
        assert_eq!(place.take().outcome, ImportCode::Installed);
    }
    fs::remove_dir_all(place.stick()).unwrap();
    let bundle = place.store().current().unwrap().unwrap();
    assert_eq!(bundle.root_version(), 5);
    assert_eq!(place.says(), SAYS_LATER);
    // A desk with the first root and nothing else needs the way there.
    let other = Place::of(&maker);
    maker.write(&other.stick());
    fs::remove_file(other.metadata("2.root.json")).unwrap();
    other.refuses(BundleFlaw::WrongKey);
    assert_eq!(other.bring(&maker).outcome, ImportCode::Installed);
}

#[test]
fn a_rotation_of_one_key_keeps_the_rest_from_going_back() {
    let (place, second) = installed();
    place.installs(&second);
    let mut third = second.clone();
    third.root.keys = vec![Key::new()];
    third.root.signers = third.root.keys.clone();
    third.next_root(&second.root.signers);
    third.timestamp.version = 1;
    // Only new keys for timestamp or snapshot let versions begin anew.
    place.refuses_of(&third, BundleFlaw::Older);
    third.timestamp.version = 3;
    place.installs(&third);
}

#[test]
fn what_the_publisher_makes_is_what_the_hand_made() {
    // The maker of these tests shares nothing with the publisher; both read each other's root.
    let first = maker();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("root.json");
    fs::write(&path, &first.roots[0]).unwrap();
    let root = SignedRoot::read(&path).unwrap();
    assert!(
        root.signatures(None)
            .iter()
            .all(hwagin_publisher::Signatures::complete)
    );
    let place = Place::of(&first);
    place.installs(&first);
    assert_eq!(place.says(), FIRST);
}
