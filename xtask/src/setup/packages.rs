//! System packages, by their Debian names.

use std::path::Path;
use std::process::Command;

use super::For;
use crate::failure::{Failure, Outcome};
use crate::shell;

/// What building the desk links against or calls.
const BUILD: [&str; 5] = [
    "build-essential",
    "libdbus-1-dev",         // the key store of the session
    "libclang-dev",          // bindings to the camera interface of the kernel
    "libwebkit2gtk-4.1-dev", // the web view; brings GTK 3
    "pkg-config",
];

/// What the bench of the scanner needs on top, for a peer in C++.
const BENCH: [&str; 1] = ["cmake"];

/// What the evidence of the bundle asks on top.
const EVIDENCE: [&str; 2] = [
    "nginx-light", // serves a repository to hwagin-sync, on loopback
    "strace",      // counts the sockets that are asked for
];

/// What the evidence of the purposes asks on top.
const BROWSER: [&str; 1] = [
    "chromium", // opens the holder in the web as a phone does
];

/// What driving the window without a screen needs on top.
const TEST: [&str; 6] = [
    "dbus-daemon",    // the session that a desk's key is kept in
    "fonts-noto-cjk", // for Hangul outside the bundled font: menus of the system
    "gnome-keyring",  // and its key store
    "python3-venv",   // a second maker of credentials, from PyPI
    "webkit2gtk-driver",
    "xvfb",
];

const ELSEWHERE: &str = "\
This system is not Debian or Ubuntu, so nothing is installed for you.
  macOS:   xcode-select --install
  Windows: Visual Studio Build Tools with C++, and WebView2 (there since Windows 11)
  Linux:   WebKitGTK 4.1 and libdbus with headers, libclang, pkg-config, a C compiler;
           for the tests also dbus-daemon and GNOME Keyring, WebKitWebDriver and Xvfb
  Any:     CMake for `bench scan`; nginx and strace for `evidence bundle`
Going on.";

/// The packages are installed, or the failure says how to install them.
pub(super) fn install(purpose: For) -> Outcome {
    if !shell::is_on_path("dpkg-query") {
        println!("{ELSEWHERE}");
        return Ok(());
    }
    let missing = missing_of(&needed(purpose))?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing system packages: {}", missing.join(" "));
    let Some(asker) = who_may_install() else {
        return Err(Failure::new(by_hand(&missing)));
    };
    asker.apt_get(&["update"])?;
    let mut words = vec!["install", "--yes", "--no-install-recommends"];
    words.extend(missing.iter().copied());
    asker.apt_get(&words)?;
    let still = missing_of(&needed(purpose))?;
    if still.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(by_hand(&still)))
    }
}

fn needed(purpose: For) -> Vec<&'static str> {
    match purpose {
        For::Run | For::Check => BUILD.to_vec(),
        For::Test => BUILD.into_iter().chain(TEST).collect(),
        For::Bench => BUILD.into_iter().chain(BENCH).collect(),
        For::Browser => BUILD.into_iter().chain(BROWSER).collect(),
        For::Evidence => BUILD.into_iter().chain(EVIDENCE).collect(),
    }
}

fn by_hand(missing: &[&str]) -> String {
    format!(
        "system packages are missing, and this account may not install them. Run:\n\n  \
         sudo apt-get update && sudo apt-get install --no-install-recommends {}\n",
        missing.join(" ")
    )
}

fn missing_of(names: &[&'static str]) -> Outcome<Vec<&'static str>> {
    // It exits with 1 when it does not know one of them, and still lists the others.
    let listed = shell::quiet(
        Command::new("dpkg-query")
            .args(["-W", "-f=${Package} ${db:Status-Status}\n"])
            .args(names),
    )?;
    Ok(absent(names, &listed.text))
}

fn absent(names: &[&'static str], listed: &str) -> Vec<&'static str> {
    let has = |name: &str| {
        listed
            .lines()
            .any(|line| line == format!("{name} installed"))
    };
    names.iter().copied().filter(|name| !has(name)).collect()
}

/// The ways to be allowed to install.
enum Asker {
    Root,
    Sudo,
}

fn who_may_install() -> Option<Asker> {
    if !shell::is_on_path("apt-get") {
        return None;
    }
    let is_root = shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if is_root {
        return Some(Asker::Root);
    }
    let sudo = Path::new("/usr/bin/sudo");
    let without_password = sudo.exists()
        && shell::quiet(Command::new(sudo).args(["-n", "true"])).is_ok_and(|done| done.ok());
    without_password.then_some(Asker::Sudo)
}

impl Asker {
    fn apt_get(&self, words: &[&str]) -> Outcome {
        let mut command = match self {
            Self::Root => Command::new("env"),
            Self::Sudo => {
                let mut sudo = Command::new("/usr/bin/sudo");
                sudo.args(["-n", "env"]);
                sudo
            }
        };
        command
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"])
            .args(words);
        shell::must(&mut command).map_err(|failure| {
            Failure::new(format!(
                "{failure}\nIs there a network, and no other apt running?"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_was_removed_but_not_purged_is_missing() {
        let listed = "xvfb installed\npkg-config config-files\n";
        assert_eq!(
            absent(&["xvfb", "pkg-config", "libclang-dev"], listed),
            ["pkg-config", "libclang-dev"]
        );
    }

    #[test]
    fn the_tests_need_all_that_the_build_needs() {
        let test = needed(For::Test);
        assert!(needed(For::Run).iter().all(|name| test.contains(name)));
        assert!(test.contains(&"webkit2gtk-driver"));
    }

    #[test]
    fn says_the_exact_command_to_run_by_hand() {
        let text = by_hand(&["xvfb", "libclang-dev"]);
        assert!(text.contains("sudo apt-get install --no-install-recommends xvfb libclang-dev\n"));
    }
}
