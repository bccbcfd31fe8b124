//! Roles that the publisher delegated to: what they may bring, and what not.

use hwagin_desk::bundle::{BundleFlaw, ImportCode};
use hwagin_desk::knowledge::ProblemCode;

use crate::maker::{Delegated, Files, Key, LATER, Maker, Role};
use crate::place::{AT, FIRST, LATER as SAYS_LATER, Place, content, later_content, maker};

/// A maker whose status list is brought by the issuer itself.
pub(crate) fn maker_with_role() -> Maker {
    let mut maker = maker();
    let list = maker.files.remove("status-site.cwt").unwrap();
    maker.delegated.push(Delegated {
        name: "issuer".to_owned(),
        role: Role::of(vec![Key::new()], 1, AT + LATER),
        paths: vec!["status-*".to_owned(), "crl-*".to_owned()],
        files: Files::from([("status-site.cwt".to_owned(), list)]),
    });
    maker
}

/// A desk with the second release of such a maker in force, and the maker of the first.
pub(crate) fn with_role() -> (Place, Maker, Maker) {
    let first = maker_with_role();
    let place = Place::of(&first);
    place.installs(&first);
    assert_eq!(place.says(), FIRST);
    let mut second = first.clone();
    second.next();
    let later = later_content();
    let list = later["status-site.cwt"].clone();
    second.delegated[0]
        .files
        .insert("status-site.cwt".to_owned(), list);
    place.installs(&second);
    assert_eq!(place.says(), SAYS_LATER);
    (place, second, first)
}

#[test]
fn an_older_part_of_a_delegated_role_is_refused() {
    let (place, second, first) = with_role();
    let mut third = second;
    third.next();
    third.delegated = first.delegated;
    place.refuses_of(&third, BundleFlaw::Older);
}

#[test]
fn a_part_that_a_delegated_role_did_not_sign_is_refused() {
    let (place, second, _) = with_role();
    let mut third = second;
    third.next();
    third.delegated[0].role.signers = vec![Key::new()];
    place.refuses_of(&third, BundleFlaw::WrongKey);
    third.delegated[0].role.signers = third.targets.signers.clone();
    place.refuses_of(&third, BundleFlaw::WrongKey);
}

#[test]
fn a_delegated_role_needs_as_many_signatures_as_the_publisher_says() {
    let (place, second, _) = with_role();
    let mut third = second;
    third.next();
    let role = &mut third.delegated[0].role;
    *role = Role {
        version: role.version,
        ..Role::of(vec![Key::new(), Key::new()], 2, AT + LATER)
    };
    role.signers.truncate(1);
    place.refuses_of(&third, BundleFlaw::BelowThreshold);
    let role = &mut third.delegated[0].role;
    role.signers = role.keys.clone();
    place.installs(&third);
}

#[test]
fn a_bundle_ends_with_the_first_of_its_delegated_roles() {
    let (place, second, _) = with_role();
    let mut third = second;
    third.next();
    third.delegated[0].role.ends = AT - 1;
    place.refuses_of(&third, BundleFlaw::Expired);
}

#[test]
fn metadata_of_a_delegated_role_without_end_is_read_to_its_bound_only() {
    let (place, second, _) = with_role();
    let mut third = second;
    third.next();
    third.write(&place.stick());
    let file = place.metadata("3.issuer.json");
    let file = std::fs::OpenOptions::new().write(true).open(file);
    file.unwrap().set_len(64 << 30).unwrap();
    place.refuses(BundleFlaw::TooLarge);
}

#[test]
fn a_delegated_role_brings_no_name_that_is_not_its_own() {
    let (place, second, _) = with_role();
    let mut third = second;
    third.next();
    let list = b"no list".to_vec();
    third.delegated[0]
        .files
        .insert("dcc-x.json".to_owned(), list);
    place.refuses_of(&third, BundleFlaw::Malformed);
}

#[test]
fn a_delegated_role_never_brings_whom_to_trust_or_what_to_show() {
    for name in [
        "anchor-more.der",
        "card-mdl.toml",
        "purpose-age-19.toml",
        "training-x.pem",
    ] {
        let mut maker = maker_with_role();
        maker.delegated[0].paths.push("*".to_owned());
        maker.delegated[0]
            .files
            .insert(name.to_owned(), b"mine".to_vec());
        let place = Place::of(&maker);
        let report = place.installs(&maker);
        let problems: Vec<_> = report
            .problems
            .iter()
            .map(|one| (&*one.file, one.code))
            .collect();
        assert_eq!(problems, [(name, ProblemCode::NotDelegable)]);
        let bundle = place.store().current().unwrap().unwrap();
        assert_eq!(bundle.not_delegable(), [name]);
        assert!(!bundle.files().contains_key(name));
        assert_eq!(place.says(), FIRST);
    }
}

#[test]
fn a_delegated_role_does_not_replace_a_file_of_the_publisher() {
    let mut maker = Maker {
        files: content(),
        ..maker_with_role()
    };
    let later = later_content()["status-site.cwt"].clone();
    maker.delegated[0]
        .files
        .insert("status-site.cwt".to_owned(), later);
    let place = Place::of(&maker);
    place.installs(&maker);
    assert_eq!(place.says(), FIRST);
    for name in ["bundle.toml", "anchors.toml"] {
        let mut second = maker.clone();
        second.next();
        second.delegated[0].paths.push("*".to_owned());
        second.delegated[0]
            .files
            .insert(name.to_owned(), b"mine".to_vec());
        assert_eq!(place.bring(&second).outcome, ImportCode::Installed);
        assert_eq!(place.says(), FIRST);
        maker = second;
    }
}

#[test]
fn a_bundle_says_of_itself_through_the_publisher_only() {
    let mut maker = maker_with_role();
    let manifest = maker.files.remove("bundle.toml").unwrap();
    maker.delegated[0].paths.push("*".to_owned());
    maker.delegated[0]
        .files
        .insert("bundle.toml".to_owned(), manifest);
    let place = Place::of(&maker);
    place.refuses_of(&maker, BundleFlaw::Manifest);
}
