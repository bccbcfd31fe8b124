//! Where things are, and the text files of this project.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Outcome, While};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The folder for everything that is built.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Where screenshots go.
pub(crate) fn screens() -> PathBuf {
    target().join("screens")
}

/// A folder under `target/` that exists and is empty.
pub(crate) fn emptied(name: &str) -> Outcome<PathBuf> {
    let folder = target().join("xtask").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).while_doing(folder.display())?;
    }
    fs::create_dir_all(&folder).while_doing(folder.display())?;
    Ok(folder)
}

/// Every file below `folder`, in order, as paths relative to it with `/` between.
pub(crate) fn files_below(folder: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).while_doing(next.display())? {
            let path = entry.while_doing(next.display())?.path();
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                if !is_made_by_tools(folder, &path) {
                    open.push(path);
                }
            } else if let Ok(relative) = path.strip_prefix(folder) {
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Folders that hold nothing anybody wrote.
fn is_made_by_tools(top: &Path, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    if name == ".git" || name == "node_modules" || path == target() {
        return true;
    }
    let relative = path.strip_prefix(top).unwrap_or(path);
    ["target", "ui/dist", "src-tauri/gen"]
        .iter()
        .any(|made| relative == Path::new(made))
}
