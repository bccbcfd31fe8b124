//! Files that are never half there.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};

use crate::failure::Failure;

/// What a file is called while it is written. No target and no metadata can be called so.
const UNFINISHED: char = '~';

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// The whole file, if it is one and not longer than that.
pub(crate) fn read(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let file = File::open(path).ok()?;
    let is_fit = file
        .metadata()
        .is_ok_and(|about| about.is_file() && about.len() <= limit);
    let mut bytes = Vec::new();
    let read = is_fit && file.take(limit).read_to_end(&mut bytes).is_ok();
    read.then_some(bytes)
}

/// The file has these bytes, on the disk and at once; whether they are others than before.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<bool, Failure> {
    let path = folder.join(name);
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if read(&path, length).is_some_and(|there| there == bytes) {
        return Ok(false);
    }
    let unfinished = folder.join(format!("{UNFINISHED}{name}"));
    let written = File::create(&unfinished).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&unfinished, &path))
        .map_err(|_| Failure::disk(&path))?;
    Ok(true)
}

/// The finished part is the file of that name, at once.
pub(crate) fn place(part: &Path, folder: &Path, name: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    fs::rename(part, &path).map_err(|_| Failure::disk(&path))
}

/// What was renamed in this folder is renamed on the disk too.
pub(crate) fn settle(folder: &Path) -> Result<(), Failure> {
    // Folders cannot be opened on Windows, where a rename needs no more.
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|_| Failure::disk(folder))?;
    }
    Ok(())
}

/// No other files than these are in the folder; whether there were.
pub(crate) fn keep_only(folder: &Path, is_kept: impl Fn(&str) -> bool) -> Result<bool, Failure> {
    let entries = fs::read_dir(folder).map_err(|_| Failure::disk(folder))?;
    let mut has_removed = false;
    for entry in entries.flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let name = entry.file_name();
        if is_folder || name.to_str().is_some_and(&is_kept) {
            continue;
        }
        fs::remove_file(entry.path()).map_err(|_| Failure::disk(&entry.path()))?;
        has_removed = true;
    }
    Ok(has_removed)
}

/// The names of the files in a folder; none if there is no such folder.
pub(crate) fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

/// The SHA-256 of these bytes.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    aws_lc_rs::digest::digest(&SHA256, bytes).as_ref().to_vec()
}

/// The SHA-256 of a file, if it has that length.
pub(crate) fn sha256_of_file(path: &Path, length: u64) -> Option<Vec<u8>> {
    let mut file = File::open(path).ok()?;
    let about = file.metadata().ok()?;
    if !about.is_file() || about.len() != length {
        return None;
    }
    let mut context = Context::new(&SHA256);
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk).ok()? {
            0 => return Some(context.finish().as_ref().to_vec()),
            count => context.update(chunk.get(..count)?),
        }
    }
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
