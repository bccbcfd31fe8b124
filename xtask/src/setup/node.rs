//! The web parts: the window's page and the holder in the web. Packages by npm, pages by Vite.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::failure::{Failure, Outcome, While};
use crate::{shell, tree};

/// The oldest Node that Vite and Vitest support.
const NODE: u32 = 20;

/// `ui/dist` holds what `ui/src` says.
pub(super) fn build_ui() -> Outcome {
    check_version()?;
    let ui = tree::root().join("ui");
    install(UI)?;
    if is_stale(&ui)? {
        shell::must(npm(UI).args(["run", "build"]))?;
    }
    Ok(())
}

/// The packages of the holder in the web are there.
pub(super) fn install_holder() -> Outcome {
    check_version()?;
    install(HOLDER)
}

/// The folder of the window's page.
pub(crate) const UI: &str = "ui";

/// The folder of the holder in the web.
pub(crate) const HOLDER: &str = "holder-web";

/// npm in this folder.
pub(crate) fn npm(folder: &str) -> Command {
    let mut command = shell::program("npm");
    command.current_dir(tree::root().join(folder));
    command
}

fn check_version() -> Outcome {
    let said = shell::output(Command::new("node").arg("--version")).unwrap_or_default();
    match major(&said) {
        Some(found) if found >= NODE => Ok(()),
        Some(found) => Err(Failure::new(format!(
            "Node {found} is too old: install Node {NODE} or newer"
        ))),
        None => Err(Failure::new(format!(
            "Node is missing: install Node {NODE} or newer"
        ))),
    }
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// `node_modules` is what the lock file says; a copy of that file remembers for which it was.
fn install(folder: &str) -> Outcome {
    let place = tree::root().join(folder);
    let lock = place.join("package-lock.json");
    let wanted = fs::read(&lock).while_doing(lock.display())?;
    let stamp = place.join("node_modules").join(".installed-from.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    shell::must(npm(folder).args(["ci", "--no-audit", "--no-fund"]))
        .map_err(|failure| Failure::new(format!("{failure}\nIs the npm registry within reach?")))?;
    fs::write(&stamp, wanted).while_doing(stamp.display())
}

/// Whether a file that the pages are made from is newer than the pages.
///
/// Not built when nothing changed: new pages make Cargo embed them and link again.
fn is_stale(ui: &Path) -> Outcome<bool> {
    let Some(built) = modified(&ui.join("dist").join("index.html")) else {
        return Ok(true);
    };
    let sources = tree::files_below(ui)?;
    Ok(sources
        .iter()
        .filter(|path| !path.starts_with("dist/"))
        .filter_map(|path| modified(&ui.join(path)))
        .any(|changed| changed > built))
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version_of_node() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("node: not found"), None);
    }
}
