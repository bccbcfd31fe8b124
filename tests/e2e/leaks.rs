//! Where a value of a person could have been left behind.

use std::path::{Path, PathBuf};

/// The files below `folder` that hold one of `values`, as text or as UTF-16.
pub fn found_in_files(folder: &Path, values: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files_below(folder) {
        let Ok(bytes) = std::fs::read(&file) else {
            continue;
        };
        let readings = readings(&bytes);
        let is_there = |value: &&&str| readings.iter().any(|reading| reading.contains(**value));
        let told = |value: &&str| format!("{value} in {}", file.display());
        found.extend(values.iter().filter(is_there).map(told));
    }
    found
}

/// Which of `values` stand in `text`, each with what stands before it.
pub fn found_in_text(text: &str, values: &[&str]) -> Vec<String> {
    let before = |value: &str| {
        let (before, _) = text.split_once(value)?;
        let start = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        Some(format!("{value} after {:?}", &before[start..]))
    };
    values.iter().filter_map(|value| before(value)).collect()
}

/// What these bytes may say: as UTF-8, and as UTF-16 from either byte on.
fn readings(bytes: &[u8]) -> [String; 3] {
    let wide = |from: usize| {
        let pairs = bytes.get(from..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = pairs
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    [
        String::from_utf8_lossy(bytes).into_owned(),
        wide(0),
        wide(1),
    ]
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            files.extend(files_below(&entry.path()));
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    files
}

/// Says where was searched, for the evidence.
pub fn note(place: &str, what: &str) {
    if let Some(folder) = std::env::var_os("HWAGIN_LEAK_NOTES") {
        let folder = PathBuf::from(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(place), what).unwrap();
    }
}
