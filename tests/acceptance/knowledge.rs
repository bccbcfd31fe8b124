//! What a desk takes for a root, a revocation list or a status list, and what not.

use hwagin_tests::world::{AT, doc_types};
use hwagin_training::x509::{Certificate, Crl, Extension, oid};
use hwagin_training::{Authority, Card, DAY, Recipe};
use hwagin_verifier::status::ListFlaw;
use hwagin_verifier::trust::{AnchorFlaw, Anchors, Production, Training};
use hwagin_verifier::{At, Statuses, Trust, UnixTime};

fn root() -> Certificate {
    Recipe::new(Card::Mdl, AT).root
}

/// Whether the training root, changed, is taken as one.
fn taken(change: impl FnOnce(&mut Certificate)) -> Result<(), AnchorFlaw> {
    let mut root = root();
    change(&mut root);
    let der = Authority::built_in().certificate(&root, &root);
    Anchors::<Training>::new().add(&der, doc_types())
}

#[test]
fn takes_a_root_with_the_profile_of_one() {
    assert_eq!(taken(|_| {}), Ok(()));
}

#[test]
fn takes_no_root_without_the_profile_of_one() {
    type Flaw = fn(&mut Certificate);
    let flaws: [(&str, Flaw); 8] = [
        ("no CA", |root| {
            root.replace(Extension::basic_constraints(false, None))
        }),
        ("no basic constraints", |root| {
            root.remove(oid::BASIC_CONSTRAINTS)
        }),
        ("path length 1", |root| {
            root.replace(Extension::basic_constraints(true, Some(1)))
        }),
        ("no path length", |root| {
            root.replace(Extension::basic_constraints(true, None))
        }),
        ("may not sign certificates", |root| {
            root.replace(Extension::key_usage(&[6]))
        }),
        ("signs documents only", |root| {
            root.replace(Extension::key_usage(&[0]))
        }),
        ("no key usage", |root| root.remove(oid::KEY_USAGE)),
        ("no extension at all", |root| root.extensions.clear()),
    ];
    for (what, change) in flaws {
        assert_eq!(taken(change), Err(AnchorFlaw::NotARoot), "{what}");
    }
}

#[test]
fn takes_no_root_that_another_has_issued() {
    let (above, root) = (Certificate::iaca("above", "Above"), root());
    let der = Authority::built_in().certificate(&root, &above);
    let taken = Anchors::<Training>::new().add(&der, doc_types());
    assert_eq!(taken, Err(AnchorFlaw::NotARoot));
}

#[test]
fn keeps_training_and_real_roots_apart() {
    let authority = Authority::built_in();
    let taken = Anchors::<Production>::new().add(&authority.iaca_der(), doc_types());
    assert_eq!(taken, Err(AnchorFlaw::OtherRealm));
    let mut real = root();
    real.subject.organisation = None;
    let taken = Anchors::<Training>::new().add(&authority.certificate(&real, &real), doc_types());
    assert_eq!(taken, Err(AnchorFlaw::OtherRealm));
}

#[test]
fn takes_no_root_out_of_junk_or_part_of_one() {
    let der = Authority::built_in().iaca_der();
    let longer = [der.as_slice(), &[0]].concat();
    let pem = b"-----BEGIN CERTIFICATE-----".as_slice();
    let mut anchors = Anchors::<Training>::new();
    for junk in [
        &b""[..],
        b"junk",
        pem,
        &longer,
        &der[..der.len() - 1],
        &der[1..],
    ] {
        assert_eq!(
            anchors.add(junk, doc_types()),
            Err(AnchorFlaw::NotACertificate)
        );
    }
    // What came before stays, and what comes after is taken.
    assert_eq!(anchors.add(&der, doc_types()), Ok(()));
    assert_eq!(Trust::training(anchors).anchors().count(), 1);
}

/// Whether a revocation list is taken by a desk that trusts the training root.
fn listed(crl: &[u8]) -> Result<(), AnchorFlaw> {
    let mut anchors = Anchors::<Training>::new();
    anchors
        .add(&Authority::built_in().iaca_der(), doc_types())
        .unwrap();
    anchors.add_crl(crl)
}

#[test]
fn takes_a_revocation_list_of_its_root_and_of_nobody_else() {
    let authority = Authority::built_in();
    assert_eq!(listed(&authority.crl_der(AT)), Ok(()));
    let bad = Err(AnchorFlaw::BadCrl);
    let stranger = Certificate::iaca("stranger", "Stranger");
    assert_eq!(listed(&authority.crl(&Crl::new(stranger, &[], AT))), bad);
    let mut namesake = root();
    namesake.key.label = "namesake".to_owned();
    assert_eq!(listed(&authority.crl(&Crl::new(namesake, &[], AT))), bad);
    let der = authority.crl_der(AT);
    let mut changed = der.clone();
    *changed.last_mut().unwrap() ^= 1;
    let longer = [der.as_slice(), &[0]].concat();
    for junk in [&b""[..], b"junk", &der[..der.len() / 2], &changed, &longer] {
        assert_eq!(listed(junk), bad);
    }
}

#[test]
fn a_revocation_list_of_a_root_that_may_not_sign_any_is_not_taken() {
    let mut root = root();
    root.replace(Extension::key_usage(&[5]));
    let authority = Authority::built_in();
    let mut anchors = Anchors::<Training>::new();
    anchors
        .add(&authority.certificate(&root, &root), doc_types())
        .unwrap();
    let crl = authority.crl(&Crl::new(root, &[], AT));
    assert_eq!(anchors.add_crl(&crl), Err(AnchorFlaw::BadCrl));
}

#[test]
fn the_newest_revocation_list_stays() {
    let authority = Authority::built_in();
    let mut anchors = Anchors::<Training>::new();
    anchors.add(&authority.iaca_der(), doc_types()).unwrap();
    for made in [AT - DAY, AT, AT - 2 * DAY] {
        anchors
            .add_crl(&authority.crl(&Crl::new(root(), &[], made)))
            .unwrap();
    }
    let trust = Trust::training(anchors);
    let facts = trust.anchors().next().unwrap();
    assert_eq!(facts.crl.unwrap().0, UnixTime(AT - AT % 3_600));
}

#[test]
fn a_status_list_is_taken_once_verified_and_an_older_one_is_not() {
    let authority = Authority::built_in();
    let mut anchors = Anchors::<Training>::new();
    anchors.add(&authority.iaca_der(), doc_types()).unwrap();
    let (trust, at) = (Trust::training(anchors), At::utc(UnixTime(AT)));
    let mut statuses = Statuses::new();
    assert_eq!(statuses.add(b"junk", None, &trust, at), Err(ListFlaw::Bad));
    assert_eq!(
        statuses.add(&authority.status_list(AT), None, &trust, at),
        Ok(())
    );
    let mut older = Authority::status_recipe(AT);
    older.issued = AT - DAY;
    let older = authority.token(&older);
    assert_eq!(statuses.add(&older, None, &trust, at), Err(ListFlaw::Older));
    let hour = AT - AT % 3_600;
    let ages: Vec<_> = statuses
        .facts()
        .map(|list| (list.issued, list.ends))
        .collect();
    assert_eq!(ages, [(UnixTime(hour), UnixTime(hour + 30 * DAY))]);
}
