//! One build for all the tests, so that nothing is compiled twice.
//!
//! Cargo chooses the features of a dependency by the packages that are built together; building
//! package by package would compile the large ones again and again.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::failure::{Failure, Outcome, While};
use crate::shell;

/// A program that a build made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Program {
    /// The package it belongs to.
    pub(crate) package: String,
    /// The name of its target.
    pub(crate) name: String,
    /// `bin`, `lib`, `test`, `bench`, `cdylib`, …
    pub(crate) kind: String,
    /// Whether it runs tests rather than what it is named for.
    pub(crate) tests: bool,
    /// The file.
    pub(crate) path: PathBuf,
    /// The folder of the package, in which Cargo starts tests.
    pub(crate) folder: PathBuf,
}

/// What one build made.
pub(crate) struct Built {
    programs: Vec<Program>,
}

/// Every target of the whole workspace, tests and benches with it, is built.
pub(crate) fn everything() -> Outcome<Built> {
    build(&["--workspace", "--all-targets"])
}

/// Every target of these packages is built.
pub(crate) fn packages(names: &[&str]) -> Outcome<Built> {
    let mut words = vec!["--all-targets"];
    for name in names {
        words.extend(["--package", name]);
    }
    build(&words)
}

fn build(words: &[&str]) -> Outcome<Built> {
    println!("$ cargo build {}", words.join(" "));
    let output = shell::cargo()
        .args(["build", "--message-format", "json-render-diagnostics"])
        .args(words)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .while_doing("cargo build")?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "the build failed ({})",
            output.status
        )));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(Built {
        programs: said.lines().filter_map(read).flatten().collect(),
    })
}

/// The programs of one of Cargo's messages; `None` when it is about something else.
fn read(line: &str) -> Option<Vec<Program>> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message.get("reason")?.as_str()? != "compiler-artifact" {
        return None;
    }
    let folder = Path::new(message.get("manifest_path")?.as_str()?)
        .parent()?
        .to_path_buf();
    if !folder.starts_with(crate::tree::root()) {
        return None;
    }
    let package = name_in(message.get("package_id")?.as_str()?)?.to_owned();
    let target = message.get("target")?;
    let name = target.get("name")?.as_str()?.to_owned();
    let kind = target
        .get("kind")?
        .as_array()?
        .first()?
        .as_str()?
        .to_owned();
    let tests = message.get("profile")?.get("test")?.as_bool()?;
    let executable = message.get("executable").and_then(Value::as_str);
    let library = message
        .get("filenames")?
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .filter(|file| {
            kind == "cdylib" && Path::new(file).extension().is_some_and(|end| end != "rlib")
        });
    let program = |path: &str| Program {
        package: package.clone(),
        name: name.clone(),
        kind: kind.clone(),
        tests,
        path: path.into(),
        folder: folder.clone(),
    };
    Some(match executable {
        Some(path) => vec![program(path)],
        None => library.map(program).collect(),
    })
}

/// The name in a package id: `path+file:///…/crates/desk#hwagin-desk@0.1.0` or `…/xtask#0.1.0`.
fn name_in(id: &str) -> Option<&str> {
    let (place, rest) = id.rsplit_once('#')?;
    match rest.split_once('@') {
        Some((name, _version)) => Some(name),
        None => place.rsplit('/').next(),
    }
}

impl Built {
    /// The programs that run the tests of a package.
    pub(crate) fn tests_of(&self, package: &str) -> Vec<&Program> {
        let is_bench = |program: &Program| program.kind == "bench";
        self.programs
            .iter()
            .filter(|program| program.tests && program.package == package && !is_bench(program))
            .collect()
    }

    /// The program or library of that name.
    pub(crate) fn path(&self, package: &str, name: &str) -> Outcome<&Path> {
        self.programs
            .iter()
            .find(|program| !program.tests && program.package == package && program.name == name)
            .map(|program| program.path.as_path())
            .ok_or_else(|| Failure::new(format!("package {package} built no `{name}`")))
    }

    /// A command that starts the program of that name.
    pub(crate) fn command(&self, package: &str, name: &str) -> Outcome<Command> {
        Ok(shell::program(self.path(package, name)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_name_in_both_forms_of_a_package_id() {
        assert_eq!(
            name_in("path+file:///p/crates/desk#hwagin-desk@0.1.0"),
            Some("hwagin-desk")
        );
        assert_eq!(name_in("path+file:///p/xtask#0.1.0"), Some("xtask"));
    }

    #[test]
    fn reads_a_test_program_from_the_message_of_a_build() {
        let root = crate::tree::root();
        let line = serde_json::json!({
            "reason": "compiler-artifact",
            "package_id": "path+file:///p/tests#hwagin-tests@0.1.0",
            "manifest_path": root.join("tests/Cargo.toml"),
            "target": {"name": "window", "kind": ["test"]},
            "profile": {"test": true},
            "filenames": ["/t/deps/window-1"],
            "executable": "/t/deps/window-1",
        });
        let programs = read(&line.to_string()).unwrap();
        assert_eq!(programs.len(), 1);
        assert_eq!(programs[0].package, "hwagin-tests");
        assert!(programs[0].tests);
        assert_eq!(programs[0].folder, root.join("tests"));
    }

    #[test]
    fn finds_the_library_that_is_loaded_at_run_time() {
        let root = crate::tree::root();
        let line = serde_json::json!({
            "reason": "compiler-artifact",
            "package_id": "path+file:///p/tests/fake-webcam#0.1.0",
            "manifest_path": root.join("tests/fake-webcam/Cargo.toml"),
            "target": {"name": "fake_webcam", "kind": ["cdylib"]},
            "profile": {"test": false},
            "filenames": ["/t/libfake_webcam.so"],
            "executable": null,
        });
        let built = Built {
            programs: read(&line.to_string()).unwrap(),
        };
        let path = built.path("fake-webcam", "fake_webcam").unwrap();
        assert_eq!(path, Path::new("/t/libfake_webcam.so"));
    }
}
