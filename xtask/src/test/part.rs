//! The parts the tests come in.

use crate::build::{Built, Program};
use crate::failure::{Failure, Outcome};

/// Tests that belong together, under the name they are asked for by.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// The packages whose tests they are; none for the web part.
    pub(crate) packages: &'static [&'static str],
    /// The packages among those with a library, and so with documentation tests.
    libraries: &'static [&'static str],
}

/// The part that needs a screen.
pub(crate) const WINDOW: &str = "window";

/// The part over all crates without a screen.
pub(crate) const ACCEPTANCE: &str = "acceptance";

/// The command line, whose bundles another maker's client follows.
pub(crate) const CLI: &str = "cli";

/// The part that Vitest runs.
pub(crate) const UI: &str = "ui";

/// The holder in the web, by Vitest too.
pub(crate) const HOLDER: &str = "holder-web";

/// The package of the tests over all crates; its target `window` drives the real window.
const TESTS: &str = "hwagin-tests";

const fn of(name: &'static str, packages: &'static [&'static str]) -> Part {
    Part {
        name,
        packages,
        libraries: packages,
    }
}

const fn without_library(name: &'static str, packages: &'static [&'static str]) -> Part {
    Part {
        name,
        packages,
        libraries: &[],
    }
}

/// All of them, quick ones first.
pub(crate) const PARTS: [Part; 13] = [
    without_library("xtask", &["xtask"]),
    of("scanner", &["hwagin-scanner"]),
    of("frames", &["hwagin-frames"]),
    of("verifier", &["hwagin-verifier"]),
    of("training", &["hwagin-training"]),
    of("desk", &["hwagin-desk"]),
    of("publisher", &["hwagin-publisher"]),
    without_library(CLI, &["hwagin-cli"]),
    without_library("sync", &["hwagin-sync"]),
    of(ACCEPTANCE, &[TESTS]),
    without_library(UI, &[]),
    without_library(HOLDER, &[]),
    without_library(WINDOW, &["hwagin-window", "fake-webcam", TESTS]),
];

impl Part {
    /// Its test programs in that build.
    pub(crate) fn programs<'a>(&self, built: &'a Built) -> Vec<&'a Program> {
        let is_ours = |program: &&Program| {
            let drives_window = program.package == TESTS && program.name == WINDOW;
            if self.name == WINDOW {
                program.package != TESTS || drives_window
            } else {
                !drives_window
            }
        };
        self.packages
            .iter()
            .flat_map(|package| built.tests_of(package))
            .filter(is_ours)
            .collect()
    }
}

/// The parts of those names; all of them for none.
pub(crate) fn chosen(names: &[&str]) -> Outcome<Vec<&'static Part>> {
    if names.is_empty() {
        return Ok(PARTS.iter().collect());
    }
    let known = || {
        PARTS
            .iter()
            .map(|part| part.name)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let find = |name: &&str| {
        PARTS
            .iter()
            .find(|part| part.name == *name)
            .ok_or_else(|| Failure::usage(&format!("no part `{name}`; there are: {}", known())))
    };
    names.iter().map(find).collect()
}

/// What has to be built for the parts.
pub(crate) fn packages(parts: &[&'static Part]) -> Vec<&'static str> {
    let mut names: Vec<_> = parts
        .iter()
        .flat_map(|part| part.packages)
        .copied()
        .collect();
    // Its tests call the command line.
    if names.contains(&TESTS) {
        names.push("hwagin-cli");
    }
    // What the window starts when it is asked to fetch lies beside it.
    if names.contains(&"hwagin-window") {
        names.push("hwagin-sync");
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// The packages whose documentation tests belong to the parts.
pub(crate) fn libraries(parts: &[&'static Part]) -> Vec<&'static str> {
    parts
        .iter()
        .flat_map(|part| part.libraries)
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_all_parts() {
        assert_eq!(chosen(&[]).unwrap().len(), PARTS.len());
    }

    #[test]
    fn an_unknown_part_is_refused_with_the_known_ones() {
        let said = chosen(&["scaner"]).err().unwrap().to_string();
        assert!(said.contains("scaner") && said.contains("scanner"));
    }

    #[test]
    fn the_tests_of_the_desk_do_not_build_the_window() {
        let parts = chosen(&["verifier", "desk", "acceptance"]).unwrap();
        assert!(!packages(&parts).contains(&"hwagin-window"));
    }

    #[test]
    fn every_member_of_the_workspace_belongs_to_a_part() {
        let manifest = std::fs::read_to_string(crate::tree::root().join("Cargo.toml")).unwrap();
        let members: Vec<&str> = manifest
            .lines()
            .skip_while(|line| *line != "members = [")
            .skip(1)
            .take_while(|line| *line != "]")
            .collect();
        let ours = packages(&PARTS.iter().collect::<Vec<_>>());
        assert_eq!(members.len(), ours.len(), "{members:?} {ours:?}");
    }
}
