//! `hwagin vical`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use hwagin_desk::clock;
use hwagin_desk::knowledge::vical_report;
use hwagin_verifier::trust::vical::{EntryOutcome, VicalEntry, VicalFlaw, VicalReport};
use hwagin_verifier::{At, Outcome};
use lexopt::{Arg, Parser};
use serde_json::{Value, json};

use crate::failure::{Failure, USAGE};
use crate::out::Out;
use crate::verify::worse;
use crate::{help, input, world};

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut anchors, mut at, mut json) = (None::<PathBuf>, None, false);
    let mut files: Vec<OsString> = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("anchors") => anchors = Some(parser.value()?.into()),
            Arg::Long("json") => json = true,
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::VICAL);
                return Ok(0);
            }
            Arg::Value(file) => files.push(file),
            other => return Err(other.unexpected().into()),
        }
    }
    if files.is_empty() {
        return Err(Failure::usage("vical: no file"));
    }
    if let Some(missing) = anchors.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(Failure::new("no_folder", missing.display().to_string()));
    }
    let at = at.unwrap_or_else(clock::now);
    let mut worst = 0;
    for file in &files {
        let code = match input::file(Path::new(file)) {
            Ok(list) => {
                let name = file.to_string_lossy();
                tell(&name, &list, anchors.as_deref(), at, json, out)
            }
            Err(failure) => {
                out.error(failure.code, &failure.what);
                USAGE
            }
        };
        worst = worse(worst, code);
    }
    Ok(worst)
}

/// If this input is an issuer list by its looks, says what becomes of it; its exit code.
pub(crate) fn tell_if_one(
    input: &OsString,
    anchors: Option<&Path>,
    at: At,
    json: bool,
    out: &mut Out,
) -> Option<u8> {
    let list = input::issuer_list(input)?;
    let name = input.to_string_lossy();
    Some(tell(&name, &list, anchors, at, json, out))
}

/// Says what becomes of this issuer list; its exit code.
fn tell(name: &str, list: &[u8], anchors: Option<&Path>, at: At, json: bool, out: &mut Out) -> u8 {
    let (judged, problems) = vical_report(list, anchors, at);
    world::tell(&problems, out);
    let entries = judged.as_ref().map_or(&[][..], |report| &report.entries);
    for (number, entry) in entries.iter().enumerate() {
        out.line(if json {
            entry_json(name, number, entry).to_string()
        } else {
            entry_line(name, number, entry)
        });
    }
    out.line(match (json, &judged) {
        (true, judged) => list_json(name, judged).to_string(),
        (false, Ok(report)) => list_line(name, report),
        (false, Err(flaw)) => format!("{name}: {} {}", word(*flaw), flaw.code()),
    });
    match judged.err().map(VicalFlaw::outcome) {
        None => 0,
        Some(Outcome::Refuse) => 1,
        Some(_) => 2,
    }
}

/// The outcome, and the code of the flaw if there is one.
fn outcome(entry: &VicalEntry) -> (&'static str, Option<&'static str>) {
    match entry.outcome {
        EntryOutcome::Taken => ("taken", None),
        EntryOutcome::Expired => ("expired", None),
        EntryOutcome::NotYetValid => ("not_yet_valid", None),
        EntryOutcome::Refused(flaw) => ("refused", Some(flaw.code())),
    }
}

fn word(flaw: VicalFlaw) -> &'static str {
    match flaw.outcome() {
        Outcome::Refuse => "refused",
        _ => "undecided",
    }
}

/// Of the entries: how many count, and how many do not.
fn counts(report: &VicalReport) -> (usize, usize) {
    let is_refused = |entry: &&VicalEntry| matches!(entry.outcome, EntryOutcome::Refused(_));
    let refused = report.entries.iter().filter(is_refused).count();
    (report.entries.len() - refused, refused)
}

fn entry_json(name: &str, number: usize, entry: &VicalEntry) -> Value {
    let (outcome, flaw) = outcome(entry);
    json!({
        "input": name,
        "entry": number,
        "outcome": outcome,
        "flaw": flaw,
        "issuer": entry.issuer.name,
        "country": entry.issuer.country,
        "doc_types": entry.doc_types,
        "valid_until": entry.valid_until.map(clock::rfc3339),
    })
}

fn list_json(name: &str, judged: &Result<VicalReport, VicalFlaw>) -> Value {
    match judged {
        Err(flaw) => json!({
            "input": name,
            "outcome": word(*flaw),
            "flaw": flaw.code(),
            "provider": null,
        }),
        Ok(report) => {
            let (taken, refused) = counts(report);
            json!({
                "input": name,
                "outcome": "taken",
                "flaw": null,
                "provider": report.provider,
                "issue_id": report.issue,
                "date": clock::rfc3339(report.date),
                "next_update": report.next_update.map(clock::rfc3339),
                "overdue": report.is_stale,
                "signer": report.signer.name,
                "entries": report.entries.len(),
                "taken": taken,
                "refused": refused,
            })
        }
    }
}

fn entry_line(name: &str, number: usize, entry: &VicalEntry) -> String {
    let (outcome, flaw) = outcome(entry);
    let flaw = flaw.map_or_else(String::new, |flaw| format!(" {flaw}"));
    let until = entry.valid_until.map(clock::rfc3339);
    format!(
        "{name}: {number}: {outcome}{flaw}: {}, {}, until {}, {}",
        plain(&entry.issuer.name),
        plain(entry.issuer.country.as_deref().unwrap_or("-")),
        until.as_deref().unwrap_or("-"),
        plain(&entry.doc_types.join(" ")),
    )
}

fn list_line(name: &str, report: &VicalReport) -> String {
    let (taken, refused) = counts(report);
    let issue = report.issue.map(|issue| format!(" {issue}"));
    let next = report.next_update.map(clock::rfc3339);
    let overdue = if report.is_stale { " (overdue)" } else { "" };
    format!(
        "{name}: taken: {}{} of {}, next {}{overdue}, signed by {}; {taken} entries taken, {refused} refused",
        plain(&report.provider),
        issue.unwrap_or_default(),
        clock::rfc3339(report.date),
        next.as_deref().unwrap_or("-"),
        plain(&report.signer.name),
    )
}

/// Somebody else's words, without what a terminal would obey.
fn plain(words: &str) -> String {
    let shown = |letter: char| {
        if letter.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            letter
        }
    };
    words.chars().map(shown).collect()
}
