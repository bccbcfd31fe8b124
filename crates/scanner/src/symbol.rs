//! What the scanner found.

use std::fmt;
use std::ops::{Add, Mul, Sub};

/// A place in the picture: `x` to the right, `y` down, in pixels, with (0, 0) the outer corner of
/// the top left pixel, so that the middle of that pixel is (0.5, 0.5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Pixels from the left edge.
    pub x: f32,
    /// Pixels from the top edge.
    pub y: f32,
}

impl Point {
    pub(crate) fn length(self) -> f32 {
        (self.x * self.x + self.y * self.y).sqrt()
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            x: self.x - other.x,
            y: self.y - other.y,
        }
    }
}

impl Mul<f32> for Point {
    type Output = Self;

    fn mul(self, by: f32) -> Self {
        Self {
            x: self.x * by,
            y: self.y * by,
        }
    }
}

/// One QR symbol: what it says, and where it is.
#[derive(Clone, PartialEq)]
pub struct Symbol {
    /// The bytes that were encoded, segment after segment: byte segments as they are, numeric and
    /// alphanumeric segments as ASCII, kanji segments as Shift JIS. An ECI marker changes nothing:
    /// it says how to read bytes, not which bytes.
    pub content: Vec<u8>,
    /// The outer corners of the symbol itself (its quiet zone not counted), in the symbol's own
    /// order: its top left (the corner between the two other finder patterns), top right, bottom
    /// right, bottom left. For an upright symbol that is clockwise from the top left of the
    /// picture. A corner can lie outside the picture by the error of the estimate.
    pub corners: [Point; 4],
}

/// Prints the length and the place, never the content: it is a holder's.
impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Symbol")
            .field("bytes", &self.content.len())
            .field("corners", &self.corners)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_print_the_content() {
        let symbol = Symbol {
            content: b"HWG1:SECRET".to_vec(),
            corners: [Point { x: 0.0, y: 0.0 }; 4],
        };
        let printed = format!("{symbol:?}");
        assert!(printed.contains("11"));
        assert!(!printed.contains("SECRET") && !printed.contains("72"));
    }
}
