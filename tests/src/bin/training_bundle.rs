//! Issues a training bundle in a folder: `training-bundle FOLDER [VALUE]`, where VALUE is the status
//! of the first good card (0 valid, 2 suspended).
#![allow(clippy::unwrap_used, reason = "a tool of the tests")]

use hwagin_tests::training_bundle::{files, issue};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().unwrap());
    let value = words.next().map_or(0, |value| value.parse().unwrap());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = i64::try_from(now.as_secs()).unwrap();
    issue(&folder, files(now, value), now);
}
