//! `cargo xtask evidence bundle`: what the bundle of a desk's knowledge has to show.

mod publisher;
mod reach;
mod scale;
mod server;
mod silence;
mod sync;
mod tests;
mod tuftool;

pub(crate) use scale::bench;

use super::Show;
use crate::failure::Outcome;

/// The sections, in order.
const SECTIONS: [(&str, Show); 11] = [
    ("kill", tests::kill),
    ("attacks", tests::attacks),
    ("tampering", tests::tampering),
    ("python-tuf", tests::python_tuf),
    ("tuftool", tuftool::lines),
    ("bench", scale::lines),
    ("sync", sync::lines),
    ("network", reach::network),
    ("strace", reach::strace),
    ("silence", silence::lines),
    ("window", tests::window),
];

/// Everything was run, printed and written down; nothing is short.
pub(crate) fn bundle(sections: &[&str]) -> Outcome {
    super::run_sections("bundle", &SECTIONS, sections)
}
