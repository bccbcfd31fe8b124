//! Bundles that are attacked, broken or badly made: none is taken, and the desk goes on with the one
//! in force.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test stops at what it did not expect, and says what it counted"
)]

mod attacks;
mod badly_made;
mod carriers;
mod delegated;
mod desk_folder;
mod keys;
mod maker;
mod names;
mod place;
mod site_purposes;
mod tampering;
mod training;
