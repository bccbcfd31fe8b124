//! Options that several commands share, and the knowledge they make.

use std::ffi::OsString;
use std::path::PathBuf;

use hwagin_desk::knowledge::Problem;
use hwagin_desk::{Knowledge, Sources, clock};
use hwagin_verifier::{At, CalendarDate};

use crate::failure::Failure;
use crate::out::Out;

/// The time that was asked for, or now.
pub(crate) fn time(value: &OsString) -> Result<At, Failure> {
    let text = value.to_string_lossy();
    clock::parse(&text).ok_or_else(|| Failure::usage(format!("--at: no time: {text:?}")))
}

/// The day that a purpose asks for.
pub(crate) fn day(value: &OsString) -> Result<CalendarDate, Failure> {
    let text = value.to_string_lossy();
    CalendarDate::from_iso(&text).ok_or_else(|| Failure::usage(format!("--on: no day: {text:?}")))
}

/// What is known at this moment; problems go to standard error.
pub(crate) fn knowledge(sources: &Sources, at: At, out: &mut Out) -> Result<Knowledge, Failure> {
    let folders = sources.data.iter().chain(&sources.parts);
    let folders: Vec<&PathBuf> = folders.chain(&sources.anchors).collect();
    if let Some(missing) = folders.into_iter().find(|folder| !folder.is_dir()) {
        return Err(Failure::new("no_folder", missing.display().to_string()));
    }
    let knowledge = Knowledge::load(sources, at);
    tell(knowledge.problems(), out);
    Ok(knowledge)
}

/// Problems go to standard error.
pub(crate) fn tell(problems: &[Problem], out: &mut Out) {
    for problem in problems {
        let place = match problem.line {
            Some(line) => format!("{}:{line}", problem.file),
            None => problem.file.clone(),
        };
        out.error(problem.code.code(), &place);
    }
}
