//! Reads files of a folder that somebody else fills: regular files only, links not followed, so
//! that nothing outside the folder is ever read; bounded in number and length.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::problem::{Problem, ProblemCode};

/// The longest file read. A status list of a million cards, two bits each, is 250 kB.
pub(super) const MAX_BYTES: u64 = 1024 * 1024;

/// Files read from one folder at most; a desk has a handful of each kind.
pub(super) const MAX_FILES: usize = 256;

/// One file, named from the desk's data folder with `/` between.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The files in `root/under` with one of these extensions, in the order of their names.
///
/// A folder that is not there holds no files, which is no problem.
pub(super) fn read(
    root: &Path,
    under: &str,
    extensions: &[&str],
    problems: &mut Vec<Problem>,
) -> Vec<Found> {
    let folder = if under.is_empty() {
        root.to_owned()
    } else {
        root.join(under)
    };
    let named = |file: &str| match under {
        "" => file.to_owned(),
        _ => format!("{under}/{file}"),
    };
    let mut names = match names(&folder, extensions) {
        Ok(names) => names,
        Err(ProblemCode::Missing) => return Vec::new(),
        Err(code) => {
            problems.push(Problem::new(under, None, code));
            return Vec::new();
        }
    };
    if names.len() > MAX_FILES {
        problems.push(Problem::new(under, None, ProblemCode::TooLarge));
        names.truncate(MAX_FILES);
    }
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        match read_file(&folder.join(&name)) {
            Ok(bytes) => found.push(Found {
                name: named(&name),
                bytes,
            }),
            Err(code) => problems.push(Problem::new(named(&name), None, code)),
        }
    }
    found
}

/// The bytes of one regular file.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, ProblemCode> {
    let facts = fs::symlink_metadata(path).map_err(|error| code(&error))?;
    if !facts.is_file() {
        return Err(ProblemCode::Unreadable);
    }
    let file = File::open(path).map_err(|error| code(&error))?;
    let mut bytes = Vec::new();
    // Read to the bound and not to the length: the file may grow meanwhile.
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|_| ProblemCode::Unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_BYTES) {
        Ok(bytes)
    } else {
        Err(ProblemCode::TooLarge)
    }
}

/// Whether this is a folder, and not a link to one.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|facts| facts.is_dir())
}

fn names(folder: &Path, extensions: &[&str]) -> Result<Vec<String>, ProblemCode> {
    let facts = fs::symlink_metadata(folder).map_err(|error| code(&error))?;
    if !facts.is_dir() {
        return Err(ProblemCode::Unreadable);
    }
    let entries = fs::read_dir(folder).map_err(|error| code(&error))?;
    let wanted = |name: &String| {
        let extension = Path::new(name)
            .extension()
            .and_then(|extension| extension.to_str());
        extension.is_some_and(|found| extensions.iter().any(|e| found.eq_ignore_ascii_case(e)))
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(wanted)
        .collect();
    names.sort_unstable();
    Ok(names)
}

fn code(error: &std::io::Error) -> ProblemCode {
    match error.kind() {
        ErrorKind::NotFound => ProblemCode::Missing,
        _ => ProblemCode::Unreadable,
    }
}
