//! Rules of ISO/IEC 18013-5 annex B: which of them a desk insists on, and which not. The reasons
//! are in docs/tolerance.md.

use hwagin_tests::world::{AT, Desk, doc_types, purpose};
use hwagin_training::x509::{Certificate, Extension, oid};
use hwagin_training::{Authority, Card, DAY, Key, KeyKind, Recipe};
use hwagin_verifier::trust::{AnchorFlaw, Anchors, Training};

/// A driving licence, changed, at a desk that trusts its root.
fn is_accepted(change: impl FnOnce(&mut Recipe)) -> bool {
    let authority = Authority::built_in();
    let mut recipe = Recipe::new(Card::Mdl, AT);
    recipe.mso.status = None;
    change(&mut recipe);
    let root = authority.certificate(&recipe.root, &recipe.root);
    let desk = Desk::training(&[root], None, purpose("document-only"), AT);
    let shown = authority.mint(&recipe);
    desk.read(shown.text.as_bytes()).is_accepted()
}

/// Whether the training root, changed, is taken as one.
fn taken(change: impl FnOnce(&mut Certificate)) -> Result<(), AnchorFlaw> {
    let mut root = Recipe::new(Card::Mdl, AT).root;
    change(&mut root);
    let der = Authority::built_in().certificate(&root, &root);
    Anchors::<Training>::new().add(&der, doc_types())
}

#[test]
fn takes_certificates_without_an_issuer_alternative_name() {
    assert!(is_accepted(|_| {}));
    assert!(is_accepted(|recipe| {
        recipe.root.remove(oid::ISSUER_ALT_NAME);
        recipe.signer.remove(oid::ISSUER_ALT_NAME);
    }));
}

#[test]
fn takes_a_signer_that_is_valid_for_more_than_457_days() {
    assert!(is_accepted(|recipe| {
        recipe.signer.not_after = recipe.signer.not_before + 458 * DAY;
    }));
    assert!(is_accepted(|recipe| {
        recipe.signer.not_after = recipe.signer.not_before + 3_650 * DAY;
    }));
}

#[test]
fn takes_no_root_that_is_valid_for_more_than_twenty_years() {
    const TWENTY_YEARS: i64 = 7_305 * DAY;
    assert_eq!(
        taken(|root| root.not_after = root.not_before + TWENTY_YEARS),
        Ok(())
    );
    // Authorities begin some minutes before they sign.
    assert_eq!(
        taken(|root| root.not_after = root.not_before + TWENTY_YEARS + 3_600),
        Ok(())
    );
    let two_days = taken(|root| root.not_after = root.not_before + TWENTY_YEARS + 2 * DAY);
    assert_eq!(two_days, Err(AnchorFlaw::NotARoot));
}

#[test]
fn takes_items_with_a_short_salt() {
    assert!(is_accepted(|recipe| {
        for item in &mut recipe.items {
            item.salt = 4;
        }
    }));
}

#[test]
fn takes_a_root_that_may_sign_more_or_fewer_lists() {
    // The key usage digitalSignature besides, which is never asked for; no cRLSign, so that it
    // has no revocation list (acceptance/knowledge.rs).
    for bits in [&[0, 5, 6][..], &[5]] {
        assert_eq!(
            taken(|root| root.replace(Extension::key_usage(bits))),
            Ok(())
        );
    }
}

#[test]
fn takes_a_root_with_extensions_that_are_not_critical() {
    assert!(is_accepted(|recipe| {
        for extension in &mut recipe.root.extensions {
            extension.critical = false;
        }
    }));
}

/// An authority by every reading, with `cA` written as this byte.
fn with_flag(flag: u8) -> Result<(), AnchorFlaw> {
    let der = vec![0x30, 6, 1, 1, flag, 2, 1, 0];
    taken(|root| root.replace(Extension::new(oid::BASIC_CONSTRAINTS, true, der)))
}

#[test]
fn takes_no_root_whose_authority_depends_on_the_reader() {
    assert_eq!(with_flag(0xff), Ok(()));
    for flag in [0x01, 0x7f, 0xfe] {
        assert_eq!(with_flag(flag), Err(AnchorFlaw::NotACertificate), "{flag}");
    }
    assert_eq!(with_flag(0x00), Err(AnchorFlaw::NotARoot));
}

#[test]
fn takes_roots_of_the_curves_whose_certificates_are_verified() {
    for kind in [KeyKind::P384, KeyKind::P521, KeyKind::Ed25519] {
        assert_eq!(taken(|root| root.key = Key::new(kind, "odd root")), Ok(()));
    }
}
