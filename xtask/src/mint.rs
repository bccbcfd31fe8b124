//! `cargo xtask mint`: mints our own vectors again from the training authority.

use std::path::Path;

use crate::build::{self, Built};
use crate::failure::Outcome;
use crate::{setup, shell, tree};

/// The program that mints them, and its package. It takes one argument: the folder to write to.
const PROGRAM: (&str, &str) = ("hwagin-tests", "mint-vectors");

/// `tests/vectors` holds what the training authority mints now.
pub(crate) fn mint() -> Outcome {
    setup::prepare_build_only()?;
    let built = build::packages(&[PROGRAM.0])?;
    mint_into(&built, &tree::root().join("tests").join("vectors"))
}

/// The vectors are in that folder.
pub(crate) fn mint_into(built: &Built, folder: &Path) -> Outcome {
    shell::must(built.command(PROGRAM.0, PROGRAM.1)?.arg(folder))
}
