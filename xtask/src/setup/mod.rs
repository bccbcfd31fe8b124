//! Brings a machine that has only Rust and Node to where a command can run.
//!
//! Each step looks first, and does nothing when nothing is missing.

mod node;
mod packages;
mod python;
mod tools;

use std::path::PathBuf;

use crate::failure::Outcome;
pub(crate) use node::{HOLDER, UI, npm};
pub(crate) use python::path as python;
pub(crate) use tools::{CARGO_DENY, CARGO_FUZZ, TAURI_DRIVER, TUFTOOL, Tool};

/// Which command asks, and so what it needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum For {
    /// Opening the desk.
    Run,
    /// The tests, the window's with them.
    Test,
    /// The checks of the source.
    Check,
    /// The bench of the scanner beside its peers.
    Bench,
    /// What the bundle has to show beside programs of others.
    Evidence,
    /// What the holder in the web has to show in a browser.
    Browser,
}

/// Everything `purpose` needs is there, the web part of the window built with it.
pub(crate) fn prepare(purpose: For) -> Outcome {
    packages::install(purpose)?;
    node::build_ui()?;
    match purpose {
        For::Run | For::Bench | For::Evidence | For::Browser => Ok(()),
        For::Test => tools::install(&TAURI_DRIVER).map(|_path| ()),
        For::Check => {
            node::install_holder()?;
            tools::install(&CARGO_DENY).map(|_path| ())
        }
    }
}

/// The system packages that a build without the window needs are there.
pub(crate) fn prepare_build_only() -> Outcome {
    packages::install(For::Run)
}

/// The system packages that the bench of the scanner needs are there.
pub(crate) fn prepare_bench() -> Outcome {
    packages::install(For::Bench)
}

/// The server and the tracer that the evidence of the bundle asks are there.
pub(crate) fn prepare_evidence() -> Outcome {
    packages::install(For::Evidence)
}

/// A browser for the holder in the web, and its packages, are there.
pub(crate) fn prepare_browser() -> Outcome {
    packages::install(For::Browser)?;
    node::install_holder()
}

/// The packages of the holder in the web are there.
pub(crate) fn prepare_holder() -> Outcome {
    node::install_holder()
}

/// The other maker of credentials that the acceptance tests call is there.
pub(crate) fn prepare_interop() -> Outcome {
    packages::install(For::Test)?;
    python::install()
}

/// Where the tool is, installed if it was not.
pub(crate) fn tool(tool: &Tool) -> Outcome<PathBuf> {
    tools::install(tool)
}
