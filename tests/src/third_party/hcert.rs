//! EU digital COVID certificates: the test data of the member states.
//!
//! Each file has the one certificate that counts as a key, the clock, and which steps of a reader
//! succeed. Our walk stops at one step; every step before it succeeded, and what is published of
//! the steps behind it cannot be compared.

use super::{Results, card, desk, files, json, pictures, shown, words};
use crate::world::{Desk, Said};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hwagin_verifier::card::{Card, ClaimKind};
use hwagin_verifier::trust::{IssuerKey, KeyUse};
use hwagin_verifier::{Reason, format, transport};
use serde_json::Value;
use std::path::Path;

/// Where our walk stopped, by the steps that are published.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Prefix,
    TextForm,
    Signature,
    Structure,
    KeyUsage,
    Time,
    Accepted,
    /// At something that no file speaks of.
    Other,
}

/// The members of `EXPECTEDRESULTS` that concern a desk, and the step that each is about. Of the
/// schema our walk knows as much as the structure.
const MEMBERS: [(&str, Step); 8] = [
    ("UNPREFIX", Step::Prefix),
    ("B45DECODE", Step::TextForm),
    ("COMPRESSION", Step::TextForm),
    ("VERIFY", Step::Signature),
    ("DECODE", Step::Structure),
    ("SCHEMAVALIDATION", Step::Structure),
    ("KEYUSAGE", Step::KeyUsage),
    ("EXPIRATIONCHECK", Step::Time),
];

const DOC_TYPES: [&str; 3] = [
    "hcert.dcc.vaccination",
    "hcert.dcc.test",
    "hcert.dcc.recovery",
];

pub(super) fn run(folder: &Path, out: &mut Results) {
    for (name, path) in files(folder, ".json") {
        let file = json(&path);
        let expects = |member: &str| file["EXPECTEDRESULTS"][format!("EXPECTED{member}")].as_bool();
        let desk = desk_of(&file["TESTCTX"]);
        let text = file["PREFIX"].as_str().unwrap();
        let said = desk.read(text.as_bytes());
        compare(&name, stopped(text, &said), &words(&said), &expects, out);
        if file["JSON"].is_object() && said.is_accepted() {
            compare_names(&name, &file["JSON"], &shown(&said), out);
        }
        if let Some(picture) = file["2DCODE"].as_str() {
            let png = BASE64_STANDARD.decode(picture).unwrap_or_default();
            let readable = expects("PICTUREDECODE") != Some(false);
            pictures::compare(&name, &png, Some(text), readable, &desk, out);
        }
    }
}

fn desk_of(context: &Value) -> Desk {
    let certificate = BASE64_STANDARD
        .decode(context["CERTIFICATE"].as_str().unwrap())
        .unwrap();
    let key = IssuerKey::from_certificate(&certificate).unwrap();
    let clock = unix(context["VALIDATIONCLOCK"].as_str().unwrap()).unwrap();
    desk(key, KeyUse::default(), cards(), clock)
}

fn cards() -> Vec<Card> {
    let rows = [
        ("family_name", "hcert", "nam/fnt", ClaimKind::Text),
        ("given_name", "hcert", "nam/gnt", ClaimKind::Text),
        ("birth_date", "hcert", "dob", ClaimKind::Text),
    ];
    DOC_TYPES.map(|doc_type| card(doc_type, &rows)).to_vec()
}

/// Where our walk stopped.
fn stopped(text: &str, said: &Said) -> Step {
    use Reason as R;
    let payload = match transport::read(text.as_bytes()) {
        Err(_) => return Step::TextForm,
        Ok(transport::Scanned::Foreign(_)) => return Step::Prefix,
        Ok(transport::Scanned::Presentation(payload)) => payload,
    };
    match said.reason() {
        None => Step::Accepted,
        // Without a message there is no signature to verify.
        Some(_) if format::parse(&payload).is_err() => Step::Signature,
        Some(R::IssuerUnknown | R::KeyMismatch | R::SignatureInvalid) => Step::Signature,
        Some(R::Malformed | R::Unsupported | R::DuplicateKey) => Step::Structure,
        Some(R::PurposeMismatch) => Step::KeyUsage,
        // The time of the signer's certificate is looked at first, and is the narrower in two files.
        Some(R::ChainExpired | R::NotYet | R::Expired | R::WindowMissing) => Step::Time,
        Some(_) => Step::Other,
    }
}

fn compare(
    file: &str,
    stopped: Step,
    words: &str,
    expects: &dyn Fn(&str) -> Option<bool>,
    out: &mut Results,
) {
    let fails = |step: Step| {
        let mut members = MEMBERS.iter().filter(|(_, of)| *of == step);
        members.any(|(member, _)| expects(member) == Some(false))
    };
    let mut all_hold = true;
    for (member, step) in MEMBERS {
        let Some(published) = expects(member) else {
            continue;
        };
        all_hold &= published;
        // Nothing is said behind the step where the walk stopped. Of two members of a step it is
        // the one that is published to fail.
        let is_said = step < stopped || (step == stopped && (!published || !fails(step)));
        if is_said {
            let said = match (step < stopped, step) {
                // As what else it was read, then.
                (true, Step::Prefix) if !published => format!("true: {words}"),
                (true, _) => "true".to_owned(),
                (false, _) => format!("false: {words}"),
            };
            let agrees = published == (step < stopped);
            out.add(file, member, &published.to_string(), &said, agrees);
        }
    }
    let failing = MEMBERS
        .iter()
        .any(|(member, step)| *step != Step::Structure && expects(member) == Some(false));
    let is_published = |step: Step| {
        MEMBERS
            .iter()
            .any(|(member, of)| *of == step && expects(member).is_some())
    };
    if failing || expects("DECODE") == Some(false) {
        out.add(
            file,
            "verdict",
            "not accepted",
            words,
            stopped != Step::Accepted,
        );
    } else if all_hold && (stopped >= Step::Accepted || is_published(stopped)) {
        out.add(
            file,
            "verdict",
            "accepted",
            words,
            stopped == Step::Accepted,
        );
    }
}

/// The names and the date of birth are those of the publisher's own reading.
fn compare_names(file: &str, json: &Value, shown: &[(String, String)], out: &mut Results) {
    let published = [
        ("family_name", &json["nam"]["fnt"]),
        ("given_name", &json["nam"]["gnt"]),
        ("birth_date", &json["dob"]),
    ];
    let published: Vec<_> = published
        .into_iter()
        .filter_map(|(name, value)| {
            Some((name, value.as_str().filter(|text| !text.trim().is_empty())?))
        })
        .map(|(name, text)| format!("{name} {text}"))
        .collect();
    let shown: Vec<_> = shown
        .iter()
        .map(|(name, text)| format!("{name} {text}"))
        .collect();
    out.same(file, "shown", &published.join(", "), &shown.join(", "));
}

/// The moment of an RFC 3339 time; without a zone it is UTC, and a fraction of a second is dropped.
fn unix(text: &str) -> Option<i64> {
    let (date, clock) = text.split_once('T')?;
    let (clock, zone) = match clock.find(['Z', '+']) {
        Some(at) => clock.split_at(at),
        None => (clock, "Z"),
    };
    let number = |text: &str| text.parse::<i64>().ok();
    let mut parts = date.split('-').map(number);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let whole = clock.split('.').next()?;
    let mut parts = whole.split(':').map(number);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let ahead: String = zone.chars().filter(char::is_ascii_digit).collect();
    let ahead = number(&format!("0{ahead}"))?;
    // Years that start in March put the leap day last.
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468;
    let ahead = ahead / 100 * 3_600 + ahead % 100 * 60;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second - ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_in_which_the_files_write_the_time() {
        let expected = Some(1_622_570_400);
        for text in [
            "2021-06-01T18:00:00Z",
            "2021-06-01T20:00:00+02:00",
            "2021-06-01T20:00:00.5+0200",
            "2021-06-01T18:00:00.999999",
        ] {
            assert_eq!(unix(text), expected, "{text}");
        }
        assert_eq!(unix("2021-06-01"), None);
    }
}
