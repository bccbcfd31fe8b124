//! The last imports, newest first. The file is for people: nothing depends on it, and one that
//! cannot be read or written is as good as none.

use std::path::Path;

use hwagin_verifier::UnixTime;
use serde::{Deserialize, Serialize};

use super::carrier::read_regular;
use super::codes::{BundleFlaw, Change, ImportCode, PartKind};
use super::import::{FileChange, ImportReport};
use super::store::replace;
use crate::knowledge::{Problem, ProblemCode};

const FILE: &str = "history.json";

/// How many are kept.
const KEPT: usize = 10;

/// Rows of one import that are kept; a bundle may have thousands of files.
const ROWS: usize = 500;

/// The file at most: ten imports with every row.
const MAX_FILE: u64 = 2 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Row {
    at: i64,
    outcome: String,
    version: Option<u64>,
    before: Option<u64>,
    culprit: Option<String>,
    changes: Vec<(String, String, String)>,
    problems: Vec<(String, Option<u32>, String)>,
}

/// The last imports, newest first.
pub(crate) fn read(folder: &Path) -> Vec<ImportReport> {
    let Ok(bytes) = read_regular(&folder.join(FILE), MAX_FILE) else {
        return Vec::new();
    };
    let rows: Vec<Row> = serde_json::from_slice(&bytes).unwrap_or_default();
    rows.into_iter()
        .filter_map(Row::report)
        .take(KEPT)
        .collect()
}

/// This import is the newest.
pub(super) fn remember(folder: &Path, report: &ImportReport) {
    let before = read(folder).into_iter().map(|report| Row::new(&report));
    let rows: Vec<Row> = std::iter::once(Row::new(report))
        .chain(before)
        .take(KEPT)
        .collect();
    if let Ok(bytes) = serde_json::to_vec(&rows) {
        let _ = replace(folder, FILE, &bytes);
    }
}

impl Row {
    fn new(report: &ImportReport) -> Self {
        let change = |row: &FileChange| {
            let (kind, change) = (row.kind.code(), row.change.code());
            (kind.to_owned(), row.name.clone(), change.to_owned())
        };
        let problem = |row: &Problem| (row.file.clone(), row.line, row.code.code().to_owned());
        Self {
            at: report.at.0,
            outcome: report.outcome.code().to_owned(),
            version: report.version,
            before: report.before,
            culprit: report.culprit.clone(),
            changes: report.changes.iter().take(ROWS).map(change).collect(),
            problems: report.problems.iter().take(ROWS).map(problem).collect(),
        }
    }

    fn report(self) -> Option<ImportReport> {
        let flaw = |code: &str| BundleFlaw::ALL.iter().find(|flaw| flaw.code() == code);
        let outcome = match self.outcome.as_str() {
            code if code == ImportCode::Installed.code() => ImportCode::Installed,
            code if code == ImportCode::Unchanged.code() => ImportCode::Unchanged,
            code => ImportCode::Refused(*flaw(code)?),
        };
        let change = |(kind, name, change): (String, String, String)| {
            Some(FileChange {
                kind: *PartKind::ALL.iter().find(|one| one.code() == kind)?,
                name,
                change: *Change::ALL.iter().find(|one| one.code() == change)?,
            })
        };
        let problem = |(file, line, code): (String, Option<u32>, String)| {
            let code = ProblemCode::ALL.iter().find(|one| one.code() == code)?;
            Some(Problem::new(file, line, *code))
        };
        Some(ImportReport {
            at: UnixTime(self.at),
            outcome,
            version: self.version,
            before: self.before,
            culprit: self.culprit,
            changes: self.changes.into_iter().filter_map(change).collect(),
            problems: self.problems.into_iter().filter_map(problem).collect(),
        })
    }
}
