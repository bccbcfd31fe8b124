//! `cargo xtask checks`: which check of which format is proven by which vector.

use crate::bench::{self, Figures};
use crate::failure::{Failure, Outcome};
use crate::{build, setup, shell};

/// The program that prints the table, and its package.
const PROGRAM: (&str, &str) = ("hwagin-tests", "print-checks");

/// Each check of each format is proven, or cannot be.
pub(crate) fn run() -> Outcome {
    match ran()? {
        (_figures, true) => Ok(()),
        (_figures, false) => Err(Failure::new("a check is not proven")),
    }
}

/// Shows the table; its figures, and whether nothing is missing.
pub(crate) fn ran() -> Outcome<(Figures, bool)> {
    setup::prepare_build_only()?;
    let built = build::packages(&[PROGRAM.0])?;
    let mut command = built.command(PROGRAM.0, PROGRAM.1)?;
    let done = shell::watched(&mut command)?;
    let figures = bench::figures(&done.text);
    if figures.is_empty() {
        return Err(Failure::new("the table could not be printed"));
    }
    Ok((figures, done.ok()))
}
