//! One picture of a stream, in the two forms the desk needs: grey at full size for the scanner,
//! and now and then coloured and small for the eye.

use std::time::{Duration, Instant};

use hwagin_scanner::{Luma, LumaError};
use thiserror::Error;

use super::format::Coding;
use super::pool::Buffer;
use super::preview::Preview;

/// The longest side of a frame: cameras go to 4,096, twice that is an error of a driver.
pub(super) const MAX_SIDE: u32 = 4_096;

/// One frame: grey pixels for the scanner and, if one was due, a small coloured preview. Neither
/// is mirrored.
pub struct Frame {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) luma: Buffer,
    pub(super) preview: Option<Preview>,
    pub(super) coding: Coding,
    pub(super) taken: Instant,
}

/// Why bytes of a camera are not a frame.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum FrameError {
    /// A side is zero or too long.
    #[error("sides unfit")]
    Sides,
    /// There are fewer bytes than the sides need.
    #[error("frame too short")]
    Short,
    /// The JPEG does not decode, or ends before its last row.
    #[error("undecodable frame")]
    Undecodable,
}

impl Frame {
    /// A frame of red, green and blue bytes, row by row, with a preview. Sources that are not
    /// cameras use this.
    ///
    /// # Errors
    /// [`FrameError`] if sides and bytes do not fit.
    pub fn from_rgb(width: u32, height: u32, rgb: &[u8]) -> Result<Self, FrameError> {
        super::decode::Decoder::default().frame(Coding::Rgb, width, height, 0, rgb)
    }

    /// A frame of grey bytes, row by row, with a preview.
    ///
    /// # Errors
    /// [`FrameError`] if sides and bytes do not fit.
    pub fn from_grey(width: u32, height: u32, grey: &[u8]) -> Result<Self, FrameError> {
        super::decode::Decoder::default().frame(Coding::Grey, width, height, 0, grey)
    }

    /// The width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// The height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// How the camera wrote it.
    #[must_use]
    pub fn coding(&self) -> Coding {
        self.coding
    }

    /// How long ago the camera gave it.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.taken.elapsed()
    }

    /// The frame as the scanner takes it.
    ///
    /// # Errors
    /// None that the constructors leave possible; the scanner checks again.
    pub fn luma(&self) -> Result<Luma<'_>, LumaError> {
        Luma::new(self.width, self.height, &self.luma)
    }

    /// The frame as the screen shows it, if it was due; once.
    #[must_use]
    pub fn take_preview(&mut self) -> Option<Preview> {
        self.preview.take()
    }
}

pub(super) fn area(width: u32, height: u32) -> Result<usize, FrameError> {
    let in_range = |side| (1..=MAX_SIDE).contains(&side);
    if !in_range(width) || !in_range(height) {
        return Err(FrameError::Sides);
    }
    Ok(usize_of(width) * usize_of(height))
}

pub(super) fn usize_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
