//! What is in a health certificate. All of it is invented, down to the codes.

use super::HcertKind;
use crate::cbor::{int, map, text};
use crate::time::{DAY, day, rfc3339};
use ciborium::Value;

/// The country, the product and the maker of nothing.
const COUNTRY: &str = "ZZ";
const ISSUER: &str = "Hwagin Training";
const PRODUCT: &str = "EU/0/00/0000";
const MAKER: &str = "ORG-000000000";
/// COVID-19 and its vaccines, as their code lists have them.
const DISEASE: &str = "840539006";
const VACCINE: &str = "1119349007";

/// The certificate of that kind, of things that happened in the months before `at`.
pub(super) fn content(kind: HcertKind, at: i64) -> Value {
    match kind {
        HcertKind::Vaccination => dcc("v", vaccination(at)),
        HcertKind::Test => dcc("t", test(at)),
        HcertKind::Recovery => dcc("r", recovery(at)),
        HcertKind::Light => map([
            ("ver", text("1.0.0")),
            ("nam", name()),
            ("dob", text("1999-01-01")),
        ]),
        HcertKind::DdccVs => ddcc_vs(at),
        HcertKind::DdccTr => ddcc_tr(at),
        HcertKind::Dvc => dvc(at),
    }
}

/// The identifier of a certificate of that kind: one that is good, and one that is revoked.
pub(super) fn uvci(kind: HcertKind, revoked: bool) -> String {
    let what = match kind {
        HcertKind::Test => 'T',
        HcertKind::Recovery => 'R',
        _ => 'V',
    };
    let word = if revoked { "REVOKED" } else { "SPECIMEN" };
    format!("URN:UVCI:01:{COUNTRY}:HWAGIN/{word}000{what}")
}

/// The one entry of a DCC.
pub(super) fn entry_of_dcc(certificate: &mut Value) -> Option<&mut Vec<(Value, Value)>> {
    let entries = certificate.as_map_mut()?.iter_mut();
    let list = entries.filter_map(|(_, value)| value.as_array_mut()).next();
    list?.first_mut()?.as_map_mut()
}

/// The day so many days before `at`.
fn date(at: i64, days: i64) -> Value {
    let moment = rfc3339(day(at).saturating_sub(days * DAY));
    text(moment.get(..10).unwrap_or_default())
}

fn name() -> Value {
    map([
        ("fn", text("SPECIMEN")),
        ("gn", text("Testina Alexandra Maria")),
        ("fnt", text("SPECIMEN")),
        ("gnt", text("TESTINA<ALEXANDRA<MARIA")),
    ])
}

fn dcc(kind: &str, entry: Value) -> Value {
    map([
        ("ver", text("1.3.0")),
        ("nam", name()),
        ("dob", text("1999-01-01")),
        (kind, Value::Array(vec![entry])),
    ])
}

fn vaccination(at: i64) -> Value {
    map([
        ("tg", text(DISEASE)),
        ("vp", text(VACCINE)),
        ("mp", text(PRODUCT)),
        ("ma", text(MAKER)),
        ("dn", int(2)),
        ("sd", int(2)),
        ("dt", date(at, 30)),
        ("co", text(COUNTRY)),
        ("is", text(ISSUER)),
        ("ci", text(&uvci(HcertKind::Vaccination, false))),
    ])
}

fn test(at: i64) -> Value {
    map([
        ("tg", text(DISEASE)),
        ("tt", text("LP6464-4")),
        ("nm", text("Hwagin specimen test")),
        ("sc", Value::Text(rfc3339(day(at).saturating_sub(11 * DAY)))),
        ("tr", text("260415000")),
        ("tc", text("Hwagin Training Centre")),
        ("co", text(COUNTRY)),
        ("is", text(ISSUER)),
        ("ci", text(&uvci(HcertKind::Test, false))),
    ])
}

fn recovery(at: i64) -> Value {
    map([
        ("tg", text(DISEASE)),
        ("fr", date(at, 60)),
        ("co", text(COUNTRY)),
        ("is", text(ISSUER)),
        ("df", date(at, 49)),
        ("du", date(at, -120)),
        ("ci", text(&uvci(HcertKind::Recovery, false))),
    ])
}

/// The parts that the two certificates of the WHO's core data set share.
fn ddcc(what: &str, event: Value, at: i64) -> Value {
    let period = map([("start", date(at, 10)), ("end", date(at, -180))]);
    let certificate = map([
        ("issuer", map([("identifier", text(ISSUER))])),
        ("hcid", text("HWAGIN-TRAINING-0000")),
        ("version", text("RC2")),
        ("period", period),
    ]);
    map([
        ("name", text("SPECIMEN Testina Alexandra Maria")),
        ("birthDate", text("1999-01-01")),
        ("sex", text("female")),
        ("identifier", text("SPECIMEN-000000")),
        (what, event),
        ("certificate", certificate),
    ])
}

fn ddcc_vs(at: i64) -> Value {
    let event = map([
        ("vaccine", text("XM68M6")),
        ("brand", text("HWAGIN-NONE")),
        ("manufacturer", text(MAKER)),
        ("lot", text("LOT-0000")),
        ("date", date(at, 30)),
        ("dose", int(2)),
        ("totalDoses", int(2)),
        ("country", text("ZZZ")),
        ("centre", text("Hwagin Training Centre")),
        ("disease", text("RA01")),
    ]);
    ddcc("vaccination", event, at)
}

fn ddcc_tr(at: i64) -> Value {
    let event = map([
        ("pathogen", text("XN109")),
        ("type", text("LP6464-4")),
        ("brand", text("HWAGIN-NONE")),
        ("sampleDate", date(at, 11)),
        ("reportDate", date(at, 10)),
        ("result", text("260415000")),
        ("centre", text("Hwagin Training Centre")),
        ("country", text("ZZZ")),
    ]);
    ddcc("test", event, at)
}

fn dvc(at: i64) -> Value {
    let vaccination = map([
        ("vp", text("HwaginNoVaccine")),
        ("dt", date(at, 30)),
        ("bo", text("LOT-0000")),
        ("vls", date(at, 20)),
        ("vle", date(at, -180)),
        ("cn", text("SPECIMEN Clinician")),
        ("is", text(ISSUER)),
    ]);
    map([
        ("n", text("SPECIMEN Testina Alexandra Maria")),
        ("dob", text("1999-01-01")),
        ("s", text("female")),
        ("ntl", text("ZZZ")),
        ("nid", text("SPECIMEN-000000")),
        ("v", vaccination),
    ])
}
