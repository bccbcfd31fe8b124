//! Pixels become symbols: a luma picture goes in, the QR symbols seen in it come out with their
//! exact bytes and their four corners.
//!
//! This crate knows nothing of credentials, cameras or files. Two ways in:
//!
//! * [`Scanner::scan`] for a stream of frames, where what one frame does not give the next one may;
//! * [`Scanner::scan_still`] for a single picture, where there is no next one.
//!
//! ```
//! use hwagin_scanner::{Luma, Scanner};
//!
//! let white = vec![255; 640 * 480];
//! let frame = Luma::new(640, 480, &white)?;
//! assert!(Scanner::new().scan(&frame).symbols.is_empty());
//! # Ok::<(), hwagin_scanner::LumaError>(())
//! ```
//!
//! Neither panics, whatever the pixels are, and the work is bounded: see [`Luma`] and the limits
//! in the `reader` module.

mod find;
mod grey;
mod layout;
mod luma;
mod read;
mod scanner;
mod sighting;
#[cfg(test)]
mod sketch;
mod symbol;
mod track;

pub use luma::{Luma, LumaError};
pub use scanner::Scanner;
pub use sighting::{Light, Located, Sighting};
pub use symbol::{Point, Symbol};
