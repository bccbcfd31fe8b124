//! A bundle comes in: everything is verified, written beside the one in force, verified there, and
//! put in force in one rename. Whatever goes wrong before, the one in force stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hwagin_verifier::{At, UnixTime};

use super::codes::{BundleFlaw, Change, ImportCode, PartKind};
use super::flaw::of_store;
use super::history;
use super::opened::{Bundle, Listed};
use super::store::{Store, sync, sync_file, write_through};
use crate::knowledge::{Knowledge, Problem, ProblemCode};

/// What became of a bundle that came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportReport {
    /// When.
    pub at: UnixTime,
    /// What became of it.
    pub outcome: ImportCode,
    /// Its version, where it could be read.
    pub version: Option<u64>,
    /// The version that was in force before.
    pub before: Option<u64>,
    /// The file to blame, where one is.
    pub culprit: Option<String>,
    /// What changed, a row a file.
    pub changes: Vec<FileChange>,
    /// What of it was left out, and why.
    pub problems: Vec<Problem>,
}

/// A file of a bundle that came, changed or went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileChange {
    /// What it is.
    pub kind: PartKind,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub change: Change,
}

/// A flaw, and the file that has it.
struct Fault(BundleFlaw, Option<String>);

impl From<BundleFlaw> for Fault {
    fn from(flaw: BundleFlaw) -> Self {
        Self(flaw, None)
    }
}

impl Store {
    /// Takes the bundle in this folder, if it verifies up to the root of trust, is not older than
    /// the one in force, and has not ended. What became of it is in the history, too.
    pub fn import(&self, from: &Path, at: At) -> ImportReport {
        self.import_and_load(from, at).0
    }

    /// The same, with what the desk knows then, if it is other than before. What of the bundle is
    /// left out is in the report.
    pub fn import_and_load(&self, from: &Path, at: At) -> (ImportReport, Option<Knowledge>) {
        let mut report = ImportReport {
            at: at.time,
            outcome: ImportCode::Unchanged,
            version: None,
            before: self.current_version(),
            culprit: None,
            changes: Vec::new(),
            problems: Vec::new(),
        };
        let mut known = None;
        match self.take(from, at, &mut report) {
            Ok(None) => {}
            Ok(Some(bundle)) => {
                report.outcome = ImportCode::Installed;
                let knowledge = Knowledge::of_bundle(&bundle, self, at);
                report.problems.extend_from_slice(knowledge.problems());
                known = Some(knowledge);
            }
            Err(Fault(flaw, culprit)) => {
                report.outcome = ImportCode::Refused(flaw);
                report.culprit = culprit;
            }
        }
        // That a folder still holds what is in force is no news, and would push out what is.
        if report.outcome != ImportCode::Unchanged {
            history::remember(self.folder(), &report);
        }
        (report, known)
    }

    fn take(
        &self,
        from: &Path,
        at: At,
        report: &mut ImportReport,
    ) -> Result<Option<Bundle>, Fault> {
        let pinned = self.root()?;
        let writing = self.write()?;
        let (current, flaw) = match self.current() {
            Ok(current) => (current, None),
            Err(flaw) => (None, Some(flaw)),
        };
        let known = current.as_ref().and_then(Bundle::known);
        let root = current.as_ref().map_or(pinned, Bundle::root);
        let new = Bundle::open(from, root, known.as_ref())?;
        report.version = Some(new.version());
        // Of a bundle in force that is damaged its name still says how new it was; of one that leads
        // to another root of trust, as after that was replaced, it says nothing.
        let counts = !matches!(
            flaw,
            Some(BundleFlaw::WrongKey | BundleFlaw::BelowThreshold)
        );
        let before = report.before.filter(|_| current.is_none() && counts);
        if before.is_some_and(|before| new.version() < before) {
            return Err(BundleFlaw::Older.into());
        }
        if new.ends() <= at.time {
            return Err(BundleFlaw::Expired.into());
        }
        let timestamp = |bundle: &Bundle| bundle.known().map(|known| known.timestamp);
        // One in force that is damaged is mended by the same one.
        let is_same = |old: &Bundle| timestamp(old) == timestamp(&new) && old.is_whole();
        if current.as_ref().is_some_and(is_same) {
            return Ok(None);
        }
        let unfinished = self.unfinished(&writing)?;
        let written = write_all(&new, current.as_ref(), &unfinished)
            .and_then(|()| Ok(self.finish(&writing, &unfinished)?));
        if written.is_err() {
            let _ = fs::remove_dir_all(&unfinished);
        }
        let installed = written?;
        let before = current.as_ref().map(Bundle::files);
        report.changes = changes(before, installed.files());
        report.problems = left_out(&installed);
        Ok(Some(installed))
    }
}

/// Writes this bundle with every root of trust on the way to it.
fn write_all(new: &Bundle, current: Option<&Bundle>, folder: &Path) -> Result<(), Fault> {
    let store = |error: std::io::Error| Fault::from(of_store(&error));
    let is_root = |(name, _): &(String, Vec<u8>)| name.ends_with(".root.json");
    let roots = current.map(Bundle::metadata).unwrap_or_default();
    let metadata = folder.join("metadata");
    for (name, bytes) in roots.into_iter().filter(is_root).chain(new.metadata()) {
        write_through(&metadata.join(name), &bytes).map_err(store)?;
    }
    let targets = folder.join("targets");
    let mut places = Vec::new();
    for (name, listed) in new.files() {
        let blamed = |flaw| Fault(flaw, Some(name.clone()));
        let bytes = new.read(name).map_err(blamed)?;
        let place = targets.join(new.file_name(name, listed));
        fs::write(&place, bytes).map_err(|error| blamed(of_store(&error)))?;
        places.push((name, place));
    }
    // In a second round: by then the system has written most of a thousand small files together.
    for (name, place) in places {
        let blamed = |error| Fault(of_store(&error), Some(name.clone()));
        sync_file(&place).map_err(blamed)?;
    }
    for written in [&metadata, &targets, &folder.to_owned()] {
        sync(written).map_err(store)?;
    }
    Ok(())
}

/// What is other than before, a row a file.
pub fn changes(
    before: Option<&BTreeMap<String, Listed>>,
    after: &BTreeMap<String, Listed>,
) -> Vec<FileChange> {
    let none = BTreeMap::new();
    let before = before.unwrap_or(&none);
    let row = |name: &String, listed: &Listed, change| FileChange {
        kind: listed.kind,
        name: name.clone(),
        change,
    };
    let mut rows: Vec<FileChange> = Vec::new();
    for (name, listed) in after {
        match before.get(name) {
            None => rows.push(row(name, listed, Change::Added)),
            Some(old) if old.digest != listed.digest => {
                rows.push(row(name, listed, Change::Changed));
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(name, _)| !after.contains_key(*name));
    rows.extend(gone.map(|(name, listed)| row(name, listed, Change::Removed)));
    rows
}

/// Files that count for nothing.
fn left_out(bundle: &Bundle) -> Vec<Problem> {
    let unknown = bundle.files().iter();
    let unknown = unknown.filter(|(_, listed)| listed.kind == PartKind::Other);
    let unknown = unknown.map(|(name, _)| Problem::new(name, None, ProblemCode::UnknownFile));
    let foreign = bundle.not_delegable().iter();
    let foreign = foreign.map(|name| Problem::new(name, None, ProblemCode::NotDelegable));
    unknown.chain(foreign).collect()
}
