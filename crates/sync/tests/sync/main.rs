//! The program as people run it, against a server on this machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod gather;
mod hostile;
mod interrupted;
mod program;
mod pull;
mod repository;
mod safe;
mod server;
mod trust;
