//! `trust-anchors/anchors.toml`: which root certificates and which keys of issuers count, and for
//! which document types.
//!
//! The folder of a file is its realm: `production/` or `training/`. A certificate that lies in a
//! folder and is not named here does not count.

use hwagin_verifier::CalendarDate;
use hwagin_verifier::trust::KeyUse;
use serde::Deserialize;
use toml::Spanned;

use super::problem::{Problem, ProblemCode};
use super::site::start_of;
use super::toml_file::{Day, Line, Source};
use super::vicals::{self, ListedVical, VicalFile};

/// Where it lies in the desk's data.
pub(super) const MANIFEST: &str = "trust-anchors/anchors.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnchorsFile {
    as_of: Day,
    #[serde(default)]
    anchor: Vec<AnchorFile>,
    #[serde(default)]
    key: Vec<KeyFile>,
    #[serde(default)]
    vical: Vec<VicalFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnchorFile {
    file: Spanned<Line>,
    doc_types: Spanned<Vec<Line>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    file: Spanned<Line>,
    doc_types: Spanned<Vec<Line>>,
    issuer: Option<Line>,
    name: Option<Line>,
    country: Option<Line>,
    /// As text, or as hexadecimal digits.
    kid: Option<Line>,
    kid_hex: Option<Spanned<Line>>,
    not_before: Option<Day>,
    not_after: Option<Day>,
}

/// One line of the manifest.
pub(super) struct Listed {
    /// `production` or `training`.
    pub(super) realm: String,
    /// The file in that folder.
    pub(super) name: String,
    pub(super) doc_types: Vec<String>,
    /// What the keys in it are good for; `None` where it holds root certificates.
    pub(super) key: Option<KeyUse>,
    /// What to say if the file is not there.
    pub(super) missing: Problem,
}

/// Realm and file of a path in the manifest.
pub(super) fn place(path: &str) -> Option<(&str, &str)> {
    path.split_once('/').filter(|(realm, name)| {
        matches!(*realm, "production" | "training") && !name.contains(['/', '\\'])
    })
}

/// The date of the manifest, and what it lists. Entries that contradict are problems and left out.
pub(super) fn read(
    source: &Source<'_>,
    problems: &mut Vec<Problem>,
) -> Option<(CalendarDate, Vec<Listed>, Vec<ListedVical>)> {
    let file: AnchorsFile = match source.read() {
        Ok(file) => file,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let mut listed: Vec<Listed> = Vec::new();
    for anchor in file.anchor {
        match entry(source, &anchor.file, &anchor.doc_types, None) {
            Ok(entry) => add(&mut listed, entry, problems),
            Err(problem) => problems.push(problem),
        }
    }
    for key in file.key {
        let usage = match usage(source, &key) {
            Ok(usage) => usage,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        match entry(source, &key.file, &key.doc_types, Some(usage)) {
            Ok(entry) => add(&mut listed, entry, problems),
            Err(problem) => problems.push(problem),
        }
    }
    let lists = vicals::listed(file.vical, source, problems);
    Some((file.as_of.0, listed, lists))
}

/// Adds an entry whose file no other names.
fn add(listed: &mut Vec<Listed>, entry: Listed, problems: &mut Vec<Problem>) {
    let same = |known: &Listed| known.realm == entry.realm && known.name == entry.name;
    if listed.iter().any(same) {
        problems.push(Problem {
            code: ProblemCode::Duplicate,
            ..entry.missing
        });
    } else {
        listed.push(entry);
    }
}

fn entry(
    source: &Source<'_>,
    file: &Spanned<Line>,
    doc_types: &Spanned<Vec<Line>>,
    key: Option<KeyUse>,
) -> Result<Listed, Problem> {
    let bad = |span| source.problem(&span, ProblemCode::BadValue);
    let (realm, name) = place(&file.get_ref().0).ok_or_else(|| bad(file.span()))?;
    if doc_types.get_ref().is_empty() {
        return Err(bad(doc_types.span()));
    }
    Ok(Listed {
        realm: realm.to_owned(),
        name: name.to_owned(),
        doc_types: lines(doc_types.get_ref()),
        key,
        missing: source.problem(&file.span(), ProblemCode::Missing),
    })
}

fn usage(source: &Source<'_>, key: &KeyFile) -> Result<KeyUse, Problem> {
    let id = match (&key.kid, &key.kid_hex) {
        (None, None) => None,
        (Some(text), None) => Some(text.0.as_bytes().to_vec()),
        (None, Some(digits)) if hex(&digits.get_ref().0).is_some() => hex(&digits.get_ref().0),
        (_, Some(digits)) => return Err(source.problem(&digits.span(), ProblemCode::BadValue)),
    };
    let text = |line: &Option<Line>| line.as_ref().map(|line| line.0.clone());
    let start = |day: Option<Day>| start_of(day.map(|day| day.0));
    Ok(KeyUse {
        issuer: text(&key.issuer),
        name: text(&key.name),
        country: text(&key.country),
        id,
        doc_types: lines(key.doc_types.get_ref()),
        from: start(key.not_before),
        // To the end of that day.
        until: start(key.not_after).map(|time| time.plus_seconds(86_399)),
    })
}

fn lines(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| line.0.clone()).collect()
}

/// The bytes that these hexadecimal digits write.
fn hex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect::<Option<Vec<u8>>>()
        .filter(|_| digits.len().is_multiple_of(2))
}
