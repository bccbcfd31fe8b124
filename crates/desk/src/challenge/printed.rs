//! Challenges that were printed. They are answered for months, so they are known again after a
//! restart: what is kept says what was asked, and of nobody.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use hwagin_verifier::holder::Challenge;
use hwagin_verifier::{At, UnixTime};
use serde::{Deserialize, Serialize};

use crate::bundle::{read_regular, replace};

const FILE: &str = "printed.json";

/// Posters that a desk answers for at most; the oldest makes room.
const KEPT: usize = 64;

/// The file at most.
const MAX_FILE: u64 = 64 * 1024;

#[derive(Serialize, Deserialize)]
struct Row {
    hash: String,
    purpose: String,
    ends: i64,
}

/// What was printed and may still be answered.
#[derive(Default)]
pub(super) struct Printed {
    folder: Option<PathBuf>,
    challenges: Vec<Challenge>,
}

impl Printed {
    /// What this folder says; without one, nothing is kept.
    pub(super) fn read(folder: Option<&Path>, at: At) -> Self {
        let rows = folder.and_then(rows).unwrap_or_default();
        let challenges = rows.iter().filter_map(Row::read);
        Self {
            folder: folder.map(Path::to_owned),
            challenges: challenges.filter(|one| one.ends > at.time).collect(),
        }
    }

    pub(super) fn challenges(&self) -> &[Challenge] {
        &self.challenges
    }

    /// This one is printed. One that cannot be kept is answered until the desk ends.
    pub(super) fn add(&mut self, challenge: Challenge) {
        self.challenges.push(challenge);
        let over = self.challenges.len().saturating_sub(KEPT);
        self.challenges.drain(..over);
        let rows: Vec<Row> = self.challenges.iter().map(Row::new).collect();
        if let (Some(folder), Ok(bytes)) = (&self.folder, serde_json::to_vec(&rows)) {
            let _ = replace(folder, FILE, &bytes);
        }
    }
}

fn rows(folder: &Path) -> Option<Vec<Row>> {
    let bytes = read_regular(&folder.join(FILE), MAX_FILE).ok()?;
    serde_json::from_slice(&bytes).ok()
}

impl Row {
    fn new(challenge: &Challenge) -> Self {
        Self {
            hash: HEXLOWER.encode(&challenge.hash),
            purpose: challenge.purpose.clone(),
            ends: challenge.ends.0,
        }
    }

    fn read(&self) -> Option<Challenge> {
        let hash = HEXLOWER.decode(self.hash.as_bytes()).ok()?;
        Some(Challenge {
            hash: hash.try_into().ok()?,
            purpose: self.purpose.clone(),
            ends: UnixTime(self.ends),
            is_displayed: false,
        })
    }
}
