//! Roots and lists of a site.

use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, StatusList};

use super::*;

/// A root that is real as far as this desk can tell: not of the training authority.
fn real_root() -> Certificate {
    let mut root = Certificate::iaca("site test", "Some Country IACA");
    root.subject.organisation = Some("Some Ministry".to_owned());
    root
}

fn real_der() -> Vec<u8> {
    Authority::built_in().certificate(&real_root(), &real_root())
}

const MANIFEST: &str = "as_of = 2026-11-21\n\n[[anchor]]\nfile = \"production/root.der\"\n\
                        doc_types = [\"org.iso.18013.5.1.mDL\"]\n";

#[test]
fn real_roots_make_a_real_desk() {
    let site = Site::new("real")
        .with("trust-anchors/anchors.toml", MANIFEST)
        .with("trust-anchors/production/root.der", real_der());
    let knowledge = site.load();
    assert_eq!(knowledge.problems(), []);
    assert!(!knowledge.is_training());
    assert_eq!(knowledge.trust().anchors().count(), 1);
    // Not even the list of the training authority.
    assert_eq!(knowledge.statuses().facts().count(), 0);
    assert_eq!(knowledge.keys_as_of(), Some(UnixTime(1_795_219_200)));
}

#[test]
fn a_real_desk_with_broken_roots_trusts_nobody() {
    for manifest in ["as_of =", "as_of = 2026-11-21\nanchors = 1\n", MANIFEST] {
        let site = Site::new("broken").with("trust-anchors/anchors.toml", manifest);
        let knowledge = site.load();
        assert!(!knowledge.is_training(), "{manifest}");
        assert_eq!(knowledge.trust().anchors().count(), 0);
        assert_eq!(knowledge.problems().len(), 1);
    }
    let site = Site::new("bare").with("trust-anchors/production/root.der", real_der());
    assert_eq!(site.problems(), ["trust-anchors/anchors.toml missing"]);
    let nowhere = Some(std::env::temp_dir().join("hwagin-knowledge-nowhere"));
    let knowledge = Knowledge::load(
        &Sources {
            parts: nowhere,
            ..Sources::default()
        },
        at(),
    );
    assert!(!knowledge.is_training());
    assert_eq!(knowledge.problems()[0].code, ProblemCode::Missing);
}

#[test]
fn roots_are_named_with_what_is_wrong() {
    let file = "trust-anchors/production/root.der";
    let with = |der: Vec<u8>| {
        let site = Site::new("roots").with("trust-anchors/anchors.toml", MANIFEST);
        site.with(file, der).problems()
    };
    assert_eq!(
        with(b"no certificate".to_vec()),
        [format!("{file} not_a_certificate")]
    );
    let pem = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert_eq!(with(pem.to_vec()), [format!("{file} not_a_certificate")]);
    let signer = Certificate::document_signer("site test signer", AT);
    let signer = Authority::built_in().certificate(&signer, &real_root());
    assert_eq!(with(signer), [format!("{file} not_a_root")]);
    let training = Authority::built_in().iaca_der();
    assert_eq!(with(training), [format!("{file} training_in_production")]);
    let mut old = real_root();
    (old.not_before, old.not_after) = (AT - 2_000_000, AT - 1_000_000);
    let old = Authority::built_in().certificate(&old, &old);
    assert_eq!(with(old), [format!("{file} expired")]);
}

#[test]
fn the_manifest_is_held_to_its_own_rules() {
    let with = |manifest: &str| {
        let site = Site::new("manifest").with("trust-anchors/anchors.toml", manifest);
        site.with("trust-anchors/production/root.der", real_der())
            .problems()
    };
    let file = "trust-anchors/anchors.toml";
    for path in [
        "root.der",
        "../root.der",
        "production/../../x",
        "elsewhere/root.der",
    ] {
        let manifest = MANIFEST.replace("production/root.der", path);
        assert_eq!(with(&manifest), [format!("{file}:4 bad_value")], "{path}");
    }
    let training = MANIFEST.replace("production/", "training/");
    assert_eq!(
        with(&training),
        [format!("{file}:4 training_in_production")]
    );
    let missing = MANIFEST.replace("root.der", "other.der");
    assert_eq!(with(&missing), [format!("{file}:4 missing")]);
    let none = MANIFEST.replace("[\"org.iso.18013.5.1.mDL\"]", "[]");
    assert_eq!(with(&none), [format!("{file}:5 bad_value")]);
    let twice = format!("{MANIFEST}{}", &MANIFEST["as_of = 2026-11-21\n".len()..]);
    assert_eq!(with(&twice), [format!("{file}:8 duplicate")]);
}

#[test]
fn lists_that_no_root_vouches_for_are_named() {
    let authority = Authority::built_in();
    let site = Site::new("lists")
        .with("trust-anchors/anchors.toml", MANIFEST)
        .with("trust-anchors/production/root.der", real_der())
        .with("crl/training.crl", authority.crl_der(AT))
        .with("crl/noise.crl", "noise")
        .with("status/training.cwt", authority.status_list(AT))
        .with("status/noise.cwt", "noise");
    assert_eq!(
        site.problems(),
        [
            "crl/noise.crl bad_crl",
            "crl/training.crl bad_crl",
            "status/noise.cwt bad_list",
            "status/training.cwt bad_list",
        ]
    );
}

#[test]
fn lists_of_a_real_root_count() {
    let authority = Authority::built_in();
    let mut signer = StatusList::new(real_root(), &[], AT);
    signer.signer.subject = real_root().subject;
    signer.signer.subject.common_name = "Some status signer".to_owned();
    let crl = hwagin_training::x509::Crl::new(real_root(), &[], AT);
    let site = Site::new("good-lists")
        .with("trust-anchors/anchors.toml", MANIFEST)
        .with("trust-anchors/production/root.der", real_der())
        .with("crl/ours.crl", authority.crl(&crl))
        .with("status/ours.cwt", authority.token(&signer));
    let knowledge = site.load();
    assert_eq!(knowledge.problems(), []);
    assert_eq!(knowledge.statuses().facts().count(), 1);
    assert!(
        knowledge
            .trust()
            .anchors()
            .all(|anchor| anchor.crl.is_some())
    );
}
