//! What one run leaves for the next, in `.sync` below the folder.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::failure::{Code, Failure};
use crate::mirror;

/// How long the timestamp alone is asked for: a root that was changed alone is seen within a day.
const FULL_WALK_SECONDS: i64 = 24 * 60 * 60;

/// The longest record read. It has a row for each target, of which there are 20,000 at most.
const MAX_RECORD: u64 = 16 * 1024 * 1024;

/// The folder `.sync`, which belongs to this run until it is dropped.
pub(crate) struct Room {
    folder: PathBuf,
    // The lock ends with the file.
    _lock: File,
}

impl Room {
    /// Takes the room below that folder, and makes both if need be; `busy` if another run has it.
    pub(crate) fn enter(below: &Path) -> Result<Self, Failure> {
        let folder = below.join(".sync");
        fs::create_dir_all(&folder).map_err(|_| Failure::disk(&folder))?;
        let path = folder.join("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|_| Failure::disk(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                folder,
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => {
                Err(Failure::new(Code::Busy, below.display().to_string()))
            }
            Err(TryLockError::Error(_)) => Err(Failure::disk(&path)),
        }
    }

    /// The folder of that name in this room, made if need be.
    pub(crate) fn folder(&self, name: &str) -> Result<PathBuf, Failure> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder).map_err(|_| Failure::disk(&folder))?;
        Ok(folder)
    }

    /// The record of that name, if there is one that can be read.
    pub(crate) fn read<T: for<'a> Deserialize<'a>>(&self, name: &str) -> Option<T> {
        let bytes = mirror::read(&self.folder.join(name), MAX_RECORD)?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps a record under that name.
    pub(crate) fn write<T: Serialize>(&self, name: &str, record: &T) -> Result<(), Failure> {
        let path = self.folder.join(name);
        let bytes = serde_json::to_vec(record).map_err(|_| Failure::disk(&path))?;
        mirror::write(&self.folder, name, &bytes).map(drop)
    }
}

/// What was in the folder when it was last complete.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Complete {
    /// The root it was verified from.
    pub(crate) root_sha256: String,
    /// The first second at which something in it is out of date.
    pub(crate) expires: i64,
    /// When everything was asked for.
    pub(crate) walked: i64,
    /// The length of each file, by its path below the folder.
    pub(crate) files: BTreeMap<String, u64>,
}

impl Complete {
    /// Nothing has to be asked for as long as the timestamp is the same.
    pub(crate) fn still_holds(&self, folder: &Path, root_sha256: &str, now: i64) -> bool {
        let is_there = |(path, length): (&String, &u64)| {
            fs::metadata(folder.join(path))
                .is_ok_and(|file| file.is_file() && file.len() == *length)
        };
        self.root_sha256 == root_sha256
            && now < self.expires
            && (self.walked..self.walked.saturating_add(FULL_WALK_SECONDS)).contains(&now)
            && self.files.iter().all(is_there)
    }
}

/// The second that it is now.
pub(crate) fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}
