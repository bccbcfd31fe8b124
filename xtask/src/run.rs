//! `cargo xtask run`: opens the desk.

use crate::failure::{Failure, Outcome};
use crate::{setup, shell};

/// What stands in the way of a window, and what to do about it.
const NO_SCREEN: &str = "\
there is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set.
On a machine without one, lend it one:

  sudo apt-get install xvfb && xvfb-run cargo xtask run";

/// The desk was open, and was closed.
pub(crate) fn run(arguments: &[&str]) -> Outcome {
    if cfg!(target_os = "linux") && !has_screen() {
        return Err(Failure::new(NO_SCREEN));
    }
    setup::prepare(setup::For::Run)?;
    // What "Update now" starts lies beside the desk.
    shell::must(shell::cargo().args(["build", "--package", "hwagin-sync"]))?;
    let mut command = shell::cargo();
    command
        .args(["run", "--package", "hwagin-window", "--bin", "hwagin-desk"])
        .arg("--")
        .args(arguments);
    shell::must(&mut command)
}

fn has_screen() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
