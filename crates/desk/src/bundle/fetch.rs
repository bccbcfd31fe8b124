//! "Update now": `hwagin-sync`, a program of its own, fetches a bundle to the watched folder. The
//! desk starts it, listens to it, and opens no connection itself.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::codes::UpdateCode;
use super::store::Store;

/// A line of the fetching program at most; those that it writes have less than 200 letters.
const MAX_LINE: usize = 4_096;

/// What the fetching program says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    Progress { done: u64, of: u64 },
    Done { outcome: String },
    Failed { code: String },
}

/// The fetching program, which is installed beside this one.
fn program() -> Option<PathBuf> {
    let name = format!("hwagin-sync{}", std::env::consts::EXE_SUFFIX);
    let program = std::env::current_exe().ok()?.with_file_name(name);
    program.is_file().then_some(program)
}

/// Fetches what is at `url` to `folder`; `progress` hears of the bytes.
pub(crate) fn fetch(
    store: &Store,
    url: &str,
    folder: &Path,
    mut progress: impl FnMut(u64, u64),
) -> UpdateCode {
    let Some(program) = program() else {
        return UpdateCode::Failed;
    };
    let Some(root) = root_file(store) else {
        return UpdateCode::Disk;
    };
    let child = Command::new(program)
        .args(["pull", url, "--json", "--root"])
        .arg(root.path())
        .arg("--to")
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        return UpdateCode::Failed;
    };
    let mut outcome = UpdateCode::Failed;
    let lines = child.stdout.take().map(BufReader::new);
    for line in lines.into_iter().flat_map(BufRead::lines) {
        let Ok(line) = line else { break };
        if line.len() > MAX_LINE {
            break;
        }
        match serde_json::from_str(&line) {
            Ok(Said::Progress { done, of }) => progress(done, of),
            Ok(Said::Done { outcome: code }) => outcome = done(&code),
            Ok(Said::Failed { code }) => outcome = failed(&code),
            Err(_) => {}
        }
    }
    match child.wait() {
        Ok(_) => outcome,
        Err(_) => UpdateCode::Failed,
    }
}

fn root_file(store: &Store) -> Option<tempfile::NamedTempFile> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(store.root().ok()?).ok()?;
    Some(file)
}

fn done(outcome: &str) -> UpdateCode {
    match outcome {
        "unchanged" => UpdateCode::Unchanged,
        _ => UpdateCode::Fetched,
    }
}

fn failed(code: &str) -> UpdateCode {
    match code {
        "busy" => UpdateCode::Busy,
        "disk" => UpdateCode::Disk,
        "network" => UpdateCode::Network,
        code if code.starts_with("http_") => UpdateCode::Network,
        "usage" | "clock" => UpdateCode::Failed,
        _ => UpdateCode::Refused,
    }
}
