//! Issuer lists of a site: the two that are published, read from the third-party vectors.

use std::path::Path;

use hwagin_verifier::trust::vical::VicalFlaw;

use super::*;
use crate::view::KnowledgeView;

const AAMVA: &str = "aamva-2025-08-05.cbor";
const RDW: &str = "rdw-test-2025-02-25.cbor";
/// 2025-08-05T21:00:00Z, a quarter of an hour after the AAMVA list was made.
const FRESH: i64 = 1_754_427_600;
/// 2025-09-01T00:00:00Z
const OVERDUE: i64 = 1_756_684_800;
/// 2026-05-01T00:00:00Z
const SIGNER_EXPIRED: i64 = 1_777_593_600;

fn published(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("HWAGIN_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let required = std::env::var_os("HWAGIN_REQUIRE_VECTORS").is_some();
    assert!(folder.is_dir() || !required, "no third-party vectors");
    fs::read(folder.join("vical").join(name)).ok()
}

const MANIFEST: &str = "as_of = 2025-08-05\n\n[[vical]]\nfile = \"production/list.cbor\"\n\
                        root = \"production/root.pem\"\n";

/// A site with the AAMVA list and its root, and this manifest.
fn site(manifest: &str) -> Option<Site> {
    let site = Site::new("vical")
        .with("trust-anchors/anchors.toml", manifest)
        .with("trust-anchors/production/list.cbor", published(AAMVA)?)
        .with(
            "trust-anchors/production/root.pem",
            published("aamva-root.pem")?,
        );
    Some(site)
}

fn load(sources: &Sources, time: i64) -> (Knowledge, Vec<String>) {
    let knowledge = Knowledge::load(sources, At::utc(UnixTime(time)));
    let text = |problem: &Problem| match problem.line {
        Some(line) => format!("{}:{line} {}", problem.file, problem.code.code()),
        None => format!("{} {}", problem.file, problem.code.code()),
    };
    let problems = knowledge.problems().iter().map(text).collect();
    (knowledge, problems)
}

fn of_site(site: &Site, time: i64) -> (Knowledge, Vec<String>) {
    let parts = Some(site.0.clone());
    load(
        &Sources {
            parts,
            ..Sources::default()
        },
        time,
    )
}

fn of_folder(site: &Site, time: i64) -> (Knowledge, Vec<String>) {
    let anchors = Some(site.0.clone());
    load(
        &Sources {
            anchors,
            ..Sources::default()
        },
        time,
    )
}

#[test]
fn a_list_of_the_manifest_counts_for_what_it_lists() {
    let Some(site) = site(MANIFEST) else { return };
    let (knowledge, problems) = of_site(&site, FRESH);
    assert_eq!(problems, [""; 0]);
    assert!(!knowledge.is_training());
    let anchors: Vec<_> = knowledge.trust().anchors().collect();
    assert_eq!(anchors.len(), 13);
    assert!(
        anchors
            .iter()
            .all(|root| root.doc_types == ["org.iso.18013.5.1.mDL"])
    );
    let view = KnowledgeView::new(
        &knowledge,
        knowledge.bundle_times(),
        At::utc(UnixTime(FRESH)),
    );
    assert_eq!(view.issuers, 9); // some have several roots
    // Due a day after it was made.
    assert_eq!(view.ends_at, Some(1_754_513_241));
}

#[test]
fn an_overdue_list_still_counts_and_one_of_an_expired_signer_does_not() {
    let Some(site) = site(MANIFEST) else { return };
    let (knowledge, problems) = of_site(&site, OVERDUE);
    let file = "trust-anchors/production/list.cbor";
    assert_eq!(problems, [format!("{file} vical_overdue")]);
    assert_eq!(knowledge.trust().anchors().count(), 13);
    let (knowledge, problems) = of_site(&site, SIGNER_EXPIRED);
    assert_eq!(problems, [format!("{file} bad_vical")]);
    assert_eq!(knowledge.trust().anchors().count(), 0);
}

#[test]
fn a_list_of_the_manifest_is_named_with_what_is_wrong() {
    let file = "trust-anchors/anchors.toml";
    for (from, to, expected) in [
        ("production/list", "list", ":4 bad_value"),
        ("production/root", "../root", ":5 bad_value"),
        (
            "production/list",
            "training/list",
            ":4 training_in_production",
        ),
        ("list.cbor", "other.cbor", ":4 missing"),
        ("root.pem", "other.pem", ":5 missing"),
        ("root =", "rooot =", ":5 unknown_field"),
    ] {
        let Some(site) = site(&MANIFEST.replace(from, to)) else {
            return;
        };
        let (knowledge, problems) = of_site(&site, FRESH);
        assert_eq!(problems, [format!("{file}{expected}")], "{to}");
        assert_eq!(knowledge.trust().anchors().count(), 0);
    }
    let twice = format!("{MANIFEST}{}", &MANIFEST["as_of = 2025-08-05\n".len()..]);
    let Some(site) = site(&twice) else { return };
    let (_, problems) = of_site(&site, FRESH);
    assert_eq!(problems, [format!("{file}:8 duplicate")]);
    // Another certificate, and none.
    let list = "trust-anchors/production/list.cbor";
    let root = "trust-anchors/production/root.pem";
    let other = published("rdw-test-signer.der").unwrap();
    let Some(changed) = self::site(MANIFEST).map(|site| site.with(root, other)) else {
        return;
    };
    let (_, problems) = of_site(&changed, FRESH);
    assert_eq!(problems, [format!("{list} vical_signer_unknown")]);
    let (_, problems) = of_site(&changed.with(root, "noise"), FRESH);
    let expected = [
        format!("{root} not_a_certificate"),
        format!("{list} vical_signer_unknown"),
    ];
    assert_eq!(problems, expected);
}

#[test]
fn lists_in_a_folder_of_certificates_are_vouched_for_by_one_of_them() {
    let (Some(aamva), Some(rdw)) = (published(AAMVA), published(RDW)) else {
        return;
    };
    let authority = Authority::built_in();
    let mut root = hwagin_training::x509::Certificate::iaca("site test", "Some Country IACA");
    root.subject.organisation = Some("Some Ministry".to_owned());
    let site = Site::new("vical-folder")
        .with("a.cbor", aamva)
        .with("aamva-root.pem", published("aamva-root.pem").unwrap())
        .with("b.vical", rdw)
        .with("rdw-signer.der", published("rdw-test-signer.der").unwrap())
        .with("own.der", authority.certificate(&root, &root));
    let (knowledge, problems) = of_folder(&site, FRESH);
    // What vouches for a list is no root of cards, and no problem either.
    assert_eq!(problems, ["b.vical vical_entries_left_out"]);
    assert_eq!(knowledge.trust().anchors().count(), 13 + 28 + 1);
    fs::remove_file(site.0.join("rdw-signer.der")).unwrap();
    let (knowledge, problems) = of_folder(&site, FRESH);
    assert_eq!(problems, ["b.vical vical_signer_unknown"]);
    assert_eq!(knowledge.trust().anchors().count(), 13 + 1);
    let site = site.with("noise.cbor", "noise");
    let (_, problems) = of_folder(&site, FRESH);
    assert_eq!(
        problems,
        ["b.vical vical_signer_unknown", "noise.cbor bad_vical"]
    );
}

#[test]
fn what_a_real_desk_would_say_of_a_list_is_told_without_one() {
    let Some(list) = published(RDW) else { return };
    let site = Site::new("vical-report")
        .with("list.cbor", list)
        .with("signer.der", published("rdw-test-signer.der").unwrap());
    let report = vical_report(
        &fs::read(site.0.join("list.cbor")).unwrap(),
        Some(&site.0),
        At::utc(UnixTime(FRESH)),
    );
    let (Ok(report), problems) = report else {
        panic!("not taken")
    };
    assert_eq!((report.entries.len(), problems.len()), (45, 0));
    let alone = vical_report(b"noise", None, At::utc(UnixTime(FRESH)));
    assert_eq!(alone.0, Err(VicalFlaw::Malformed));
}
