//! The two published lists, entry by entry, and every way to spoil them.

use super::*;
use crate::tests::{folder, json};
use crate::trust::{Anchors, Production, RootFlaw, Trust};
use std::path::PathBuf;

const AAMVA: &str = "aamva-2025-08-05.cbor";
const RDW: &str = "rdw-test-2025-02-25.cbor";

fn at(text: &str) -> At {
    At::utc(UnixTime::from_rfc3339(text).unwrap())
}

struct Lists(PathBuf);

impl Lists {
    fn find() -> Option<Self> {
        Some(Self(folder()?.join("vical")))
    }

    #[allow(clippy::disallowed_methods)] // tests read files
    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap()
    }

    /// A certificate of a PEM file.
    fn pem(&self, name: &str) -> Vec<u8> {
        use rustls_pki_types::pem::PemObject;
        let pem = self.read(name);
        let der = rustls_pki_types::CertificateDer::from_pem_slice(&pem).unwrap();
        der.to_vec()
    }

    fn aamva(&self, signers: &[&[u8]], time: &str) -> Result<VicalReport, VicalFlaw> {
        Anchors::<Production>::new().add_vical(&self.read(AAMVA), signers, at(time))
    }
}

fn outcomes(report: &VicalReport) -> Vec<EntryOutcome> {
    report.entries.iter().map(|entry| entry.outcome).collect()
}

/// The report has the provider, dates, countries and document types that `expected.json` has.
fn compare(lists: &Lists, name: &str, report: &VicalReport) {
    let expected = &json(&lists.0.join("expected.json"))[name];
    let time = |key: &str| UnixTime::from_rfc3339(expected[key].as_str().unwrap());
    assert_eq!(report.provider, expected["provider"].as_str().unwrap());
    assert_eq!(report.issue, expected["vicalIssueID"].as_u64());
    assert_eq!(Some(report.date), time("date"));
    assert_eq!(report.next_update, time("nextUpdate"));
    let entries = expected["entries"].as_array().unwrap();
    assert_eq!(report.entries.len(), entries.len());
    for (number, (found, expected)) in report.entries.iter().zip(entries).enumerate() {
        let country = found.issuer.country.as_deref();
        assert_eq!(country, expected["country"].as_str(), "{number}");
        let mut types = found.doc_types.clone();
        types.sort_unstable();
        let listed: Vec<_> = expected["docTypes"].as_array().unwrap().iter().collect();
        let listed: Vec<_> = listed.iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(types, listed, "{number}");
        let strict = expected["extensions_der_strict"].as_bool().unwrap();
        let unread = EntryOutcome::Refused(EntryFlaw::NotACertificate);
        assert_eq!(found.outcome != unread, strict, "{number}");
        assert!(!found.issuer.name.is_empty(), "{number}");
    }
}

#[test]
fn all_thirteen_of_the_aamva_list_are_taken() {
    let Some(lists) = Lists::find() else { return };
    let root = lists.pem("aamva-root.pem");
    let mut anchors = Anchors::<Production>::new();
    let report = anchors.add_vical(&lists.read(AAMVA), &[&root], at("2025-08-05T21:00:00Z"));
    let report = report.unwrap();
    compare(&lists, AAMVA, &report);
    assert_eq!(outcomes(&report), vec![EntryOutcome::Taken; 13]);
    assert!(!report.is_stale);
    assert_eq!(
        report.signer.name,
        "American Association of Motor Vehicle Administrators"
    );
    let trust = Trust::production(anchors);
    assert_eq!(trust.anchors().count(), 13);
    let mdl = ["org.iso.18013.5.1.mDL".to_owned()];
    assert!(
        trust
            .anchors()
            .all(|root| root.is_listed_only && root.doc_types == mdl)
    );
    assert_eq!(trust.lists_due().count(), 1);
}

#[test]
fn the_aamva_list_is_taken_by_any_certificate_on_its_way() {
    let Some(lists) = Lists::find() else { return };
    let fresh = "2025-08-05T21:00:00Z";
    let (root, between) = (
        lists.pem("aamva-root.pem"),
        lists.pem("aamva-intermediate.pem"),
    );
    let message = lists.read(AAMVA);
    let message = Item::whole(&message).unwrap_or_else(|_| panic!("CBOR"));
    let chain = message.array().unwrap()[1].map().unwrap();
    let chain = chain.int_key(33).unwrap().array().unwrap();
    let signer = chain[0].bytes().unwrap();
    assert_eq!(chain[1].bytes(), Some(between.as_slice()));
    for (held, number) in [
        (vec![signer], 0),
        (vec![root.as_slice()], 0),
        (vec![&[], &[0x30, 0], root.as_slice()], 2),
    ] {
        let report = lists.aamva(&held, fresh).unwrap();
        assert_eq!(report.vouched_by, number);
    }
    // The authority in the middle has the root above it in the chain, which leads away from it.
    assert_eq!(
        lists.aamva(&[&between], fresh),
        Err(VicalFlaw::SignerUnknown)
    );
    let other = lists.read("rdw-test-signer.der");
    for strangers in [&[][..], &[other.as_slice()]] {
        assert_eq!(lists.aamva(strangers, fresh), Err(VicalFlaw::SignerUnknown));
    }
}

#[test]
fn an_overdue_list_counts_and_one_of_an_expired_signer_does_not() {
    let Some(lists) = Lists::find() else { return };
    let root = lists.pem("aamva-root.pem");
    let with = |time| lists.aamva(&[&root], time);
    let report = with("2025-09-01T00:00:00Z").unwrap();
    assert!(report.is_stale);
    assert_eq!(outcomes(&report), vec![EntryOutcome::Taken; 13]);
    // One root of Virginia ended on 10 January.
    let report = with("2026-02-01T00:00:00Z").unwrap();
    let expired: Vec<_> = (0..13)
        .filter(|number| report.entries[*number].outcome == EntryOutcome::Expired)
        .collect();
    assert_eq!(expired, [2]);
    assert!(with("2026-04-18T17:38:41Z").is_ok());
    assert_eq!(with("2026-04-18T17:38:42Z"), Err(VicalFlaw::SignerExpired));
    assert_eq!(with("2026-05-01T00:00:00Z"), Err(VicalFlaw::SignerExpired));
    assert_eq!(with("2025-08-05T20:00:00Z"), Err(VicalFlaw::DatedAhead));
}

#[test]
fn each_of_the_forty_five_of_the_rdw_list_is_judged() {
    let Some(lists) = Lists::find() else { return };
    let (list, signer) = (lists.read(RDW), lists.read("rdw-test-signer.der"));
    let mut anchors = Anchors::<Production>::new();
    let report = anchors.add_vical(&list, &[&signer], at("2025-06-01T00:00:00Z"));
    let report = report.unwrap();
    compare(&lists, RDW, &report);
    let not_a_root = |flaw| EntryOutcome::Refused(EntryFlaw::NotARoot(flaw));
    let expected = |number| match number {
        2 | 4 | 9 | 14 | 23..=25 => not_a_root(RootFlaw::PathLength),
        6 | 7 => not_a_root(RootFlaw::NotSelfIssued),
        30 => EntryOutcome::Expired,
        // cA is written as 01, which is not DER: some readers see an authority and some do not.
        31 | 34 | 35 => EntryOutcome::Refused(EntryFlaw::NotACertificate),
        // brainpoolP512r1
        32 => not_a_root(RootFlaw::KeyKind),
        38..=40 => not_a_root(RootFlaw::NotAnAuthority),
        _ => EntryOutcome::Taken,
    };
    let expected: Vec<_> = (0..45).map(expected).collect();
    assert_eq!(outcomes(&report), expected);
    let korea = &report.entries[12];
    assert_eq!(korea.issuer.country.as_deref(), Some("KR"));
    assert_eq!(korea.doc_types.len(), 6);
    let day = crate::CalendarDate::utc(korea.valid_until.unwrap());
    assert_eq!(day.to_iso(), "2032-08-15");
    // 28 taken and one expired, one of which is there twice.
    let trust = Trust::production(anchors);
    assert_eq!(trust.anchors().count(), 28);
    let overdue = Anchors::<Production>::new()
        .add_vical(&list, &[&signer], at("2026-06-01T00:00:00Z"))
        .unwrap();
    assert!(overdue.is_stale);
}

#[test]
fn the_same_list_again_changes_nothing() {
    let Some(lists) = Lists::find() else { return };
    let (list, signer) = (lists.read(RDW), lists.read("rdw-test-signer.der"));
    let root = lists.pem("aamva-root.pem");
    let mut anchors = Anchors::<Production>::new();
    let now = at("2025-08-05T21:00:00Z");
    let first = anchors.add_vical(&list, &[&signer], now).unwrap();
    anchors
        .add_vical(&lists.read(AAMVA), &[&root], now)
        .unwrap();
    assert_eq!(anchors.add_vical(&list, &[&signer], now), Ok(first));
    assert_eq!(Trust::production(anchors).anchors().count(), 28 + 13);
}

/// The bytes from `from` on in which a list is spoiled: each of the first thousand, then some.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).filter(|place| *place < 1_000 || place % 41 == 0)
}

#[test]
fn no_part_and_no_altered_copy_of_a_list_is_taken() {
    let Some(lists) = Lists::find() else { return };
    let (root, signer) = (
        lists.pem("aamva-root.pem"),
        lists.read("rdw-test-signer.der"),
    );
    let now = at("2025-08-05T21:00:00Z");
    for (name, held) in [(AAMVA, &root), (RDW, &signer)] {
        let list = lists.read(name);
        let mut tried = 0;
        let mut refuses = |bytes: &[u8], what: &str, place: usize| {
            let mut anchors = Anchors::<Production>::new();
            let taken = anchors.add_vical(bytes, &[held.as_slice()], now);
            assert!(taken.is_err(), "{name}: {what} at {place}");
            assert_eq!(Trust::production(anchors).anchors().count(), 0);
            tried += 1;
        };
        for place in places(list.len()) {
            refuses(&list[..place], "cut", place);
            for bit in [0x01, 0x10, 0x80, 0xff] {
                let mut altered = list.clone();
                altered[place] ^= bit;
                refuses(&altered, "altered", place);
            }
        }
        refuses(
            &[&list[..], &[0]].concat(),
            "followed by a byte",
            list.len(),
        );
        assert!(tried > 5_000, "{tried}");
    }
}

#[test]
fn a_list_is_known_by_its_looks() {
    assert!(!is_vical(b""));
    assert!(!is_vical(b"HWG1:0"));
    assert!(!is_vical(&[0x84, 0x40, 0xa0, 0x41, 0xa0, 0x41, 0]));
    let Some(lists) = Lists::find() else { return };
    assert!(is_vical(&lists.read(AAMVA)) && is_vical(&lists.read(RDW)));
    assert!(!is_vical(&lists.read("rdw-test-signer.der")));
}
