//! The desk without a window: what it knows, what it sees, what it says.
//!
//! [`Desk::open`] is a desk at work, for a window. [`Judge`] is the same judgement for one symbol
//! after the other, for a command line. Nothing of a person is written anywhere.
//!
//! | Module | Holds |
//! |---|---|
//! | [`knowledge`] | cards, purposes, roots, lists; from the program or from a site's folder |
//! | [`judgement`] | one symbol to one verdict |
//! | [`session`] | `Idle → Scanning → Showing → Idle`, without a thread |
//! | [`desk`] | the threads around it |
//! | [`camera`], [`picture`], [`sample`] | where frames come from |
//! | [`scan`] | the symbols in a picture that comes alone |
//! | [`journal`] | what a clerk had revealed or copied |
//! | [`view`] | what crosses to the window |
//! | [`clock`] | the time |

pub mod bundle;
pub mod camera;
pub mod challenge;
pub mod clock;
pub mod desk;
mod gauge;
pub mod journal;
pub mod judgement;
pub mod knowledge;
pub mod picture;
mod replays;
pub mod sample;
pub mod scan;
pub mod session;
pub mod view;

pub use desk::{Desk, DeskConfig};
pub use journal::Journal;
pub use judgement::{Judge, Judged, Read};
pub use knowledge::{Knowledge, Sources};
pub use scan::{scan_picture, scan_still, symbols_in};
pub use session::{Events, Phase, Refused, Revealed, Session, VerdictTimes};

/// From here on no panic says anything: its message can quote what was being read. For programs,
/// at their start.
pub fn silence_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}
