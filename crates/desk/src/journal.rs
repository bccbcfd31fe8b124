//! `journal.sqlite` in the desk's folder: when a clerk had a masked value shown, or a value copied,
//! for which purpose, and which item it was.
//!
//! Nothing of the person is in it, not even a hash: who stood there cannot be found by it. It is for
//! whoever answers for the desk, and says how often a purpose's masks are lifted. A value that cannot
//! be journalled is not given out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use hwagin_verifier::UnixTime;
use rusqlite::{Connection, OpenFlags, params};
use thiserror::Error;

use crate::knowledge::{Problem, ProblemCode};
use crate::view::codes;

const FILE: &str = "journal.sqlite";

/// For how long a row is kept. Records of who used identification numbers are asked for after two
/// years.
const KEPT_SECONDS: i64 = 3 * 366 * 86_400;

/// Rows at most, the newest: some 20 MB, where a desk that lifts a mask each minute writes 150,000 a
/// year.
const MAX_ROWS: i64 = 500_000;

/// How long another program may hold the file, while the clerk waits.
const PATIENCE: Duration = Duration::from_secs(2);

const TABLE: &str = include_str!("journal/table.sql");
const NOTE: &str = include_str!("journal/note.sql");
const SINCE: &str = include_str!("journal/since.sql");
const FORGET: &str = include_str!("journal/forget.sql");

codes! {
    /// What a clerk did with a value.
    Act {
        /// A masked value was shown in full.
        Revealed = "revealed",
        /// A value was put on the clipboard.
        Copied = "copied",
    }
}

/// The file cannot be written, or is none of ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("journal_unusable")]
pub struct JournalFlaw;

impl JournalFlaw {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        "journal_unusable"
    }

    pub(crate) fn problem(self) -> Problem {
        Problem::new(FILE, None, ProblemCode::Unreadable)
    }
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When.
    pub at: UnixTime,
    /// What was done, as [`Act`] has it.
    pub act: String,
    /// For which purpose, by id.
    pub purpose: String,
    /// In which of its versions.
    pub version: u32,
    /// With which item, by its name in the cards.
    pub claim: String,
}

/// A desk's journal. The file is open only while something is done to it.
pub struct Journal(PathBuf);

impl Journal {
    /// That in this folder.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(folder.join(FILE))
    }

    /// It can be written, and what is too old, or too much, is gone.
    ///
    /// # Errors
    /// [`JournalFlaw`].
    pub fn tidy(&self, now: UnixTime) -> Result<(), JournalFlaw> {
        let oldest = now.0.saturating_sub(KEPT_SECONDS);
        self.writing()?
            .execute(FORGET, params![oldest, MAX_ROWS])
            .map(|_| ())
            .map_err(|_| JournalFlaw)
    }

    /// This is in the journal, and on the disk.
    ///
    /// # Errors
    /// [`JournalFlaw`].
    pub fn note(
        &self,
        at: UnixTime,
        act: Act,
        (purpose, version): (&str, u32),
        claim: &str,
    ) -> Result<(), JournalFlaw> {
        self.writing()?
            .execute(NOTE, params![at.0, act.code(), purpose, version, claim])
            .map(|_| ())
            .map_err(|_| JournalFlaw)
    }

    /// What was noted since then, the oldest first; nothing where there is no journal yet.
    ///
    /// # Errors
    /// [`JournalFlaw`].
    pub fn since(&self, then: UnixTime) -> Result<Vec<Entry>, JournalFlaw> {
        if !self.0.exists() {
            return Ok(Vec::new());
        }
        let read = || {
            let connection =
                Connection::open_with_flags(&self.0, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            connection.busy_timeout(PATIENCE)?;
            let mut rows = connection.prepare(SINCE)?;
            let rows = rows.query_map(params![then.0], |row| {
                Ok(Entry {
                    at: UnixTime(row.get(0)?),
                    act: row.get(1)?,
                    purpose: row.get(2)?,
                    version: row.get(3)?,
                    claim: row.get(4)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|_| JournalFlaw)
    }

    fn writing(&self) -> Result<Connection, JournalFlaw> {
        let open = || {
            let connection = Connection::open(&self.0)?;
            connection.busy_timeout(PATIENCE)?;
            connection.execute_batch(TABLE)?;
            Ok::<_, rusqlite::Error>(connection)
        };
        open().map_err(|_| JournalFlaw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_795_651_200);

    fn note(journal: &Journal, at: UnixTime) {
        journal
            .note(at, Act::Revealed, ("bank-teller", 2), "registration_number")
            .unwrap();
    }

    #[test]
    fn what_was_done_stands_in_its_order_and_goes_after_three_years() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path());
        assert!(journal.since(UnixTime(0)).unwrap().is_empty());
        assert!(!folder.path().join(FILE).exists(), "reading makes no file");
        journal.tidy(NOW).unwrap();
        note(&journal, UnixTime(NOW.0 - KEPT_SECONDS));
        note(&journal, NOW);
        journal
            .note(NOW, Act::Copied, ("consular-service", 1), "family_name")
            .unwrap();
        let entries = journal.since(UnixTime(0)).unwrap();
        let acts: Vec<_> = entries.iter().map(|entry| entry.act.as_str()).collect();
        assert_eq!(acts, ["revealed", "revealed", "copied"]);
        assert_eq!(journal.since(NOW).unwrap().len(), 2);
        journal.tidy(NOW.plus_seconds(1)).unwrap();
        assert_eq!(journal.since(UnixTime(0)).unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_journal_stays_as_it_is_and_nothing_is_noted() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        std::fs::write(&file, b"a shopping list, and rather a long one").unwrap();
        let journal = Journal::new(folder.path());
        assert_eq!(journal.tidy(NOW), Err(JournalFlaw));
        let noted = journal.note(NOW, Act::Copied, ("bank-teller", 2), "family_name");
        assert_eq!(noted, Err(JournalFlaw));
        assert_eq!(journal.since(NOW), Err(JournalFlaw));
        let kept = std::fs::read(&file).unwrap();
        assert_eq!(kept, b"a shopping list, and rather a long one");
    }
}
