//! `cargo xtask vectors`: runs the vectors of others, a line a folder.

use std::fs;

use crate::bench::{self, Figures};
use crate::build::{self, Built};
use crate::failure::{Failure, Outcome, While};
use crate::{setup, shell, test, tree};

/// The program that runs them and holds each to what is published, and its package.
const PROGRAM: (&str, &str) = ("hwagin-tests", "run-vectors");

/// The package whose own tests run what only they can reach, and where those stand in it.
const INSIDE: (&str, [&str; 3]) = ("hwagin-verifier", ["cose::", "crypto::", "status::list::"]);

/// Where the folder of vectors may be missing, it may not be here.
const REQUIRE: &str = "HWAGIN_REQUIRE_VECTORS";

/// Every folder came out as published or for a written reason.
pub(crate) fn run() -> Outcome {
    match ran()? {
        (_figures, true) => Ok(()),
        (_figures, false) => Err(Failure::new(
            "something is unexplained, or passes unexpectedly",
        )),
    }
}

/// Runs every folder and shows its line; the figures, and whether nothing is unexplained.
pub(crate) fn ran() -> Outcome<(Figures, bool)> {
    setup::prepare_build_only()?;
    let built = build::packages(&[PROGRAM.0, INSIDE.0])?;
    let file = tree::emptied("vectors")?.join("said.txt");
    fs::write(&file, inside(&built)?).while_doing(file.display())?;
    let mut command = built.command(PROGRAM.0, PROGRAM.1)?;
    let done = shell::watched(command.arg(&file).env(REQUIRE, "1"))?;
    let figures = bench::figures(&done.text);
    if figures.is_empty() {
        return Err(Failure::new("the vectors could not be run"));
    }
    Ok((figures, done.ok()))
}

/// What the tests inside the package print, all of which passed.
fn inside(built: &Built) -> Outcome<String> {
    let mut text = String::new();
    for program in built.tests_of(INSIDE.0) {
        let mut command = test::start(program)?;
        command
            .arg("--show-output")
            .args(INSIDE.1)
            .env(REQUIRE, "1");
        let done = shell::quiet(&mut command)?;
        if !done.ok() {
            return Err(Failure::new(format!(
                "{}\ntests of {} failed",
                done.text, INSIDE.0
            )));
        }
        text.push_str(&done.text);
    }
    Ok(text)
}
