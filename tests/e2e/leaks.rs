//! Where a value of a person could have been left behind.

use std::path::{Path, PathBuf};

/// The files below `folder` that hold one of `values`, as text or as UTF-16.
pub fn found_in_files(folder: &Path, values: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files_below(folder) {
        let Ok(bytes) = std::fs::read(&file) else {
            continue;
        };
        for value in values {
            if contains(&bytes, value) {
                found.push(format!("{value} in {}", file.display()));
            }
        }
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

fn contains(bytes: &[u8], value: &str) -> bool {
    let wide: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [value.as_bytes(), &wide]
        .iter()
        .any(|form| bytes.windows(form.len()).any(|w| w == *form))
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
