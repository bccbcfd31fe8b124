//! Issuer lists (VICAL): the two that are published, entry by entry and at their clocks.

mod signers;

use super::certificates::certificate;
use super::edit::decoded;
use super::{Results, json};
use aws_lc_rs::digest::{SHA256, digest};
use ciborium::Value as Cbor;
use hwagin_verifier::trust::vical::{EntryFlaw, EntryOutcome, VicalEntry, VicalFlaw, VicalReport};
use hwagin_verifier::trust::{Anchors, Production, RootFlaw};
use hwagin_verifier::{At, CalendarDate, Trust, UnixTime};
use serde_json::Value;
use std::path::Path;

const AAMVA: &str = "aamva-2025-08-05";
const RDW: &str = "rdw-test-2025-02-25";
const ROOT: &str = "aamva-root";
const BETWEEN: &str = "aamva-intermediate";
const PINNED: &str = "rdw-test-signer";

/// 2025-08-05T21:00:00Z
const AAMVA_AT: i64 = 1_754_427_600;
/// 2025-06-01T00:00:00Z
const RDW_AT: i64 = 1_748_736_000;

/// List, clock, what is to be said, and why.
const CLOCKS: [(&str, i64, &str, &str); 11] = [
    (AAMVA, AAMVA_AT, "taken", "fresh"),
    (AAMVA, 1_756_684_800, "taken, overdue", "nextUpdate passed"),
    (
        AAMVA,
        1_776_533_921,
        "taken, overdue",
        "in its signer's last second",
    ),
    (
        AAMVA,
        1_776_533_922,
        "vical.signer_expired",
        "a second later",
    ),
    (
        AAMVA,
        1_777_593_600,
        "vical.signer_expired",
        "signer expired",
    ),
    (
        AAMVA,
        1_681_689_600,
        "vical.signer_expired",
        "the day before its signer begins",
    ),
    (
        AAMVA,
        1_754_424_000,
        "vical.dated_ahead",
        "an hour before its date",
    ),
    (RDW, RDW_AT, "taken", "fresh"),
    (RDW, 1_780_272_000, "taken, overdue", "nextUpdate passed"),
    (
        RDW,
        1_842_220_800,
        "taken, overdue",
        "the day before its signer ends",
    ),
    (
        RDW,
        1_842_393_600,
        "vical.signer_expired",
        "the day after its signer ends",
    ),
];

/// How many entries of the RDW list are for each document type.
const RDW_TYPES: [(&str, usize); 7] = [
    ("org.iso.18013.5.1.mDL", 40),
    ("eu.europa.ec.eudi.pid.1", 37),
    ("org.iso.23220.photoid.1", 36),
    ("org.iso.7367.1.mVRC", 36),
    ("eu.europa.ec.eudi.ehic.1", 35),
    ("org.micov.1", 35),
    ("org.iso.7816.5.A0000002471001", 1),
];

/// An entry that has what is odd.
type IsOdd = fn(&Cbor) -> bool;

/// How often something odd occurs in a list, in entries that are good otherwise: a desk takes them.
const TOLERATED: [(&str, &str, usize, IsOdd); 4] = [
    (AAMVA, "`Extensions` with a capital", 13, |entry| {
        member(entry, "Extensions").is_some()
    }),
    (AAMVA, "`CertificateProfile` with a capital", 1, |entry| {
        member(entry, "CertificateProfile").is_some()
    }),
    (AAMVA, "`ski` as a DER OCTET STRING", 13, |entry| {
        let listed = member(entry, "ski").and_then(Cbor::as_bytes);
        // With the head of the one around it, as the extension's value has it.
        listed.is_some_and(|listed| listed.starts_with(&[4, 22, 4, 20]))
    }),
    (AAMVA, "a serial number under tag 2", 13, |entry| {
        matches!(member(entry, "serialNumber"), Some(Cbor::Tag(2, _)))
    }),
];

pub(super) fn run(folder: &Path, out: &mut Results) {
    let expected = json(&folder.join("expected.json"));
    let lists = [
        (AAMVA, AAMVA_AT, of_aamva as fn(usize) -> EntryOutcome),
        (RDW, RDW_AT, of_rdw),
    ];
    for (name, at, outcome) in lists {
        let list = List::read(folder, name, &expected);
        let mut anchors = Anchors::<Production>::new();
        let taken = anchors.add_vical(&list.bytes, &[&list.held], clock(at));
        out.same(name, "at its clock", "taken", &words(&taken));
        let Ok(report) = taken else { continue };
        list.head(&report, at, out);
        for (number, entry) in report.entries.iter().enumerate() {
            list.entry(number, entry, outcome(number), out);
        }
        list.roots(&Trust::production(anchors), &report, out);
    }
    for (name, at, published, about) in CLOCKS {
        let list = List::read(folder, name, &expected);
        let said = words(&list.judged(&[&list.held], at));
        out.same(name, &format!("{about}, at {at}"), published, &said);
    }
    later(&List::read(folder, AAMVA, &expected), out);
    signers::chain(folder, &List::read(folder, AAMVA, &expected), out);
    signers::pinned(folder, &List::read(folder, RDW, &expected), out);
}

/// An overdue list counts for what it lists, but for roots that have ended since.
fn later(list: &List<'_>, out: &mut Results) {
    // 2025-09-01, and 2026-02-01: one root of Virginia ended on 10 January.
    for (at, published) in [(1_756_684_800, "none"), (1_769_904_000, "2 expired")] {
        let report = list.judged(&[&list.held], at).unwrap();
        let judged = report.entries.iter().enumerate();
        let others = judged.filter(|(_, entry)| entry.outcome != EntryOutcome::Taken);
        let others: Vec<_> = others
            .map(|(number, entry)| format!("{number} {}", outcome(entry.outcome)))
            .collect();
        let said = if others.is_empty() {
            "none".to_owned()
        } else {
            others.join(", ")
        };
        out.same(
            list.name,
            &format!("entries not taken, at {at}"),
            published,
            &said,
        );
    }
}

/// All are good.
fn of_aamva(_number: usize) -> EntryOutcome {
    EntryOutcome::Taken
}

/// What the rules for roots make of each of the 45.
fn of_rdw(number: usize) -> EntryOutcome {
    let not_a_root = |flaw| EntryOutcome::Refused(EntryFlaw::NotARoot(flaw));
    match number {
        2 | 4 | 9 | 14 | 23..=25 => not_a_root(RootFlaw::PathLength),
        6 | 7 => not_a_root(RootFlaw::NotSelfIssued),
        30 => EntryOutcome::Expired,
        // cA is written as 01, which is not DER: some readers see an authority and some do not.
        31 | 34 | 35 => EntryOutcome::Refused(EntryFlaw::NotACertificate),
        // brainpoolP512r1
        32 => not_a_root(RootFlaw::KeyKind),
        38..=40 => not_a_root(RootFlaw::NotAnAuthority),
        _ => EntryOutcome::Taken,
    }
}

/// A list, what is published of it, and the certificate that a desk has to hold for it.
struct List<'a> {
    name: &'a str,
    bytes: Vec<u8>,
    parts: Vec<Cbor>,
    payload: Cbor,
    expected: &'a Value,
    held: Vec<u8>,
}

impl<'a> List<'a> {
    fn read(folder: &Path, name: &'a str, expected: &'a Value) -> Self {
        let bytes = std::fs::read(folder.join(format!("{name}.cbor"))).unwrap();
        let parts = decoded(&bytes).into_array().unwrap();
        let held = match name {
            AAMVA => certificate(folder, ROOT),
            _ => std::fs::read(folder.join(format!("{PINNED}.der"))).unwrap(),
        };
        Self {
            name,
            payload: decoded(parts[2].as_bytes().unwrap()),
            parts,
            bytes,
            expected: &expected[format!("{name}.cbor")],
            held,
        }
    }

    fn judged(&self, held: &[&[u8]], at: i64) -> Result<VicalReport, VicalFlaw> {
        judged(&self.bytes, held, at)
    }

    /// The certificates of its chain, the signer first.
    fn chain(&self) -> Vec<Vec<u8>> {
        let open = self.parts[1].as_map().unwrap();
        let found = open.iter().find(|(label, _)| *label == Cbor::from(33));
        match &found.unwrap().1 {
            Cbor::Bytes(one) => vec![one.clone()],
            many => {
                let many = many.as_array().unwrap().iter();
                many.map(|one| one.as_bytes().unwrap().clone()).collect()
            }
        }
    }

    fn entries(&self) -> &[Cbor] {
        member(&self.payload, "certificateInfos")
            .and_then(Cbor::as_array)
            .unwrap()
    }

    /// What it says of itself.
    fn head(&self, report: &VicalReport, at: i64, out: &mut Results) {
        let published = |name: &str| match &self.expected[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let next = report.next_update.map(rfc3339).unwrap_or_default();
        for (name, said) in [
            ("sha256", sha256(&self.bytes)),
            ("provider", report.provider.clone()),
            ("date", rfc3339(report.date)),
            ("nextUpdate", next),
            (
                "vicalIssueID",
                report.issue.map_or(String::new(), |it| it.to_string()),
            ),
            ("x5chain_length", self.chain().len().to_string()),
        ] {
            out.same(self.name, name, &published(name), &said);
        }
        let entries = self.expected["entries"].as_array().unwrap().len();
        let said = report.entries.len().to_string();
        out.same(self.name, "entries", &entries.to_string(), &said);
        let mut altered = self.bytes.clone();
        *altered.last_mut().unwrap() ^= 1;
        let said = words(&judged(&altered, &[&self.held], at));
        let about = "another signature";
        out.same(self.name, about, "vical.signature_invalid", &said);
    }

    fn entry(&self, number: usize, said: &VicalEntry, published: EntryOutcome, out: &mut Results) {
        let file = format!("{}#{number}", self.name);
        let expected = &self.expected["entries"][number];
        let text = |name: &str| expected[name].as_str().unwrap().to_owned();
        let mut same = |about: &str, published: &str, said: &str| {
            out.same(&file, about, published, said);
        };
        let der = member(&self.entries()[number], "certificate").and_then(Cbor::as_bytes);
        same("sha256", &text("sha256"), &sha256(der.unwrap()));
        let country = said.issuer.country.as_deref().unwrap_or_default();
        same("country", &text("country"), country);
        let listed = expected["docTypes"].as_array().unwrap().iter();
        let listed: Vec<_> = listed.map(|name| name.as_str().unwrap()).collect();
        let mut types = said.doc_types.clone();
        types.sort_unstable();
        same("document types", &listed.join(" "), &types.join(" "));
        same("judged", &outcome(published), &outcome(said.outcome));
        let is_strict = expected["extensions_der_strict"].as_bool().unwrap();
        let unread = EntryOutcome::Refused(EntryFlaw::NotACertificate);
        let is_read = said.outcome != unread;
        same("read as DER", &is_strict.to_string(), &is_read.to_string());
        let key = text("key");
        if !key.starts_with("secp") {
            same(
                "a root of a key that verifies none",
                "true",
                &is_refused(said).to_string(),
            );
        }
        same(
            "is named",
            "true",
            &(!said.issuer.name.is_empty()).to_string(),
        );
    }

    /// How many roots count then, for what, and what is odd about their entries.
    fn roots(&self, trust: &Trust, report: &VicalReport, out: &mut Results) {
        // One of the 29 of RDW is there twice.
        let count = if self.name == AAMVA { "13" } else { "28" };
        let roots = trust.anchors().count().to_string();
        out.same(self.name, "roots that count", count, &roots);
        let beside = trust.anchors().filter(|root| !root.is_listed_only).count();
        out.same(self.name, "roots by other means", "0", &beside.to_string());
        let listed = |name: &str| {
            let all = report.entries.iter();
            all.filter(|entry| entry.doc_types.iter().any(|known| known == name))
                .count()
        };
        let counts: &[(&str, usize)] = match self.name {
            AAMVA => &[("org.iso.18013.5.1.mDL", 13)],
            _ => &RDW_TYPES,
        };
        for (name, count) in counts {
            let said = listed(name).to_string();
            out.same(
                self.name,
                &format!("entries for {name}"),
                &count.to_string(),
                &said,
            );
        }
        for (list, about, count, is_odd) in TOLERATED {
            if list == self.name {
                let both = self.entries().iter().zip(&report.entries);
                let taken = both.filter(|(entry, judged)| {
                    is_odd(entry) && judged.outcome == EntryOutcome::Taken
                });
                let taken = taken.count().to_string();
                out.same(
                    self.name,
                    &format!("taken with {about}"),
                    &count.to_string(),
                    &taken,
                );
            }
        }
    }
}

fn is_refused(entry: &VicalEntry) -> bool {
    matches!(entry.outcome, EntryOutcome::Refused(_))
}

fn judged(list: &[u8], held: &[&[u8]], at: i64) -> Result<VicalReport, VicalFlaw> {
    Anchors::<Production>::new().add_vical(list, held, clock(at))
}

fn clock(at: i64) -> At {
    At::utc(UnixTime(at))
}

fn words(judged: &Result<VicalReport, VicalFlaw>) -> String {
    match judged {
        Ok(report) if report.is_stale => "taken, overdue".to_owned(),
        Ok(_) => "taken".to_owned(),
        Err(flaw) => flaw.code().to_owned(),
    }
}

fn outcome(outcome: EntryOutcome) -> String {
    match outcome {
        EntryOutcome::Taken => "taken".to_owned(),
        EntryOutcome::Expired => "expired".to_owned(),
        EntryOutcome::NotYetValid => "not yet valid".to_owned(),
        EntryOutcome::Refused(flaw) => format!("refused {}", flaw.code()),
    }
}

fn sha256(bytes: &[u8]) -> String {
    let hash = digest(&SHA256, bytes);
    hash.as_ref().iter().map(|it| format!("{it:02x}")).collect()
}

/// A moment as a tdate has it.
fn rfc3339(time: UnixTime) -> String {
    let second = time.0.rem_euclid(86_400);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    let day = CalendarDate::utc(time).to_iso();
    format!("{day}T{hour:02}:{minute:02}:{:02}Z", second % 60)
}

/// What stands under this name.
fn member<'c>(map: &'c Cbor, name: &str) -> Option<&'c Cbor> {
    let members = map.as_map()?.iter();
    let mut found = members.filter(|(key, _)| key.as_text() == Some(name));
    found.next().map(|(_, value)| value)
}
