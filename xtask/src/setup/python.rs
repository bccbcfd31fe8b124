//! A Python of our own with the packages that mint credentials for the tests, under `target/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Outcome, While};
use crate::{shell, tree};

/// Where that Python is.
pub(crate) fn path() -> PathBuf {
    tree::target().join("python").join("bin").join("python")
}

/// That Python has what `tests/interop/requirements.txt` lists; a copy of the list remembers for
/// which it was made.
pub(super) fn install() -> Outcome {
    let list = tree::root().join("tests/interop/requirements.txt");
    let wanted = fs::read(&list).while_doing(list.display())?;
    let home = tree::target().join("python");
    let stamp = home.join("installed-from.txt");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    shell::must(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&home),
    )?;
    let words = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ];
    shell::must(Command::new(path()).args(words).arg(&list))
        .map_err(|failure| Failure::new(format!("{failure}\nIs PyPI within reach?")))?;
    fs::write(&stamp, wanted).while_doing(stamp.display())
}
