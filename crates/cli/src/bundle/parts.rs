//! A folder of parts becomes the files of a bundle: `status/a.cwt` is `status-a.cwt` there.

use std::fs;
use std::path::Path;

use hwagin_desk::bundle::{MAX_FILE, target_name};
use hwagin_publisher::release::Files;

use crate::failure::Failure;
use crate::out::Out;

/// The folders of a site's parts.
const FOLDERS: [&str; 9] = [
    "",
    "cards",
    "purposes",
    "site-purposes",
    "trust-anchors",
    "trust-anchors/production",
    "trust-anchors/training",
    "crl",
    "status",
];
const HEALTH: &str = "dcc-revocation";

/// The files of this folder, by their names in a bundle. Files that no bundle has are left alone, and
/// a key that signs stays at home: that is said.
pub(super) fn read(folder: &Path, out: &mut Out) -> Result<Files, Failure> {
    let mut files = Files::new();
    for under in FOLDERS.into_iter().chain([HEALTH]) {
        let Ok(entries) = fs::read_dir(folder.join(under)) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = match under {
                "" => name,
                _ => format!("{under}/{name}"),
            };
            let Some(target) = target_name(&path) else {
                continue;
            };
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if !is_file || !is_part(&path) {
                continue;
            }
            let bytes = fs::read(entry.path());
            let bytes = bytes.map_err(|_| Failure::new("unreadable", path.clone()))?;
            if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_FILE) {
                return Err(Failure::new("too_large", path));
            }
            if holds_a_secret(&bytes) {
                out.error("secret_left_out", &path);
                continue;
            }
            files.insert(target, bytes);
        }
    }
    if files.is_empty() {
        return Err(Failure::new("no_parts", folder.display().to_string()));
    }
    Ok(files)
}

/// Whether somebody put a key that signs among the parts.
fn holds_a_secret(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"PRIVATE KEY-----";
    bytes.windows(MARK.len()).any(|window| window == MARK)
}

/// Whether the file has the ending that a desk looks for.
fn is_part(path: &str) -> bool {
    let ends = |ending: &str| path.ends_with(ending);
    match path.split_once('/') {
        None => path == "bundle.toml",
        Some(("cards" | "purposes" | "site-purposes", _)) => ends(".toml"),
        Some(("crl", _)) => ends(".crl"),
        Some(("status", _)) => ends(".cwt"),
        Some((HEALTH, _)) => ends(".json"),
        // The root of trust comes with the desk, and secrets stay at home.
        Some(_) => !ends("/root.json") && !ends(".pk8") && !ends(".md"),
    }
}
