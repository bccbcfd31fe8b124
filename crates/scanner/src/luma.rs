//! The one picture type the scanner takes.

use thiserror::Error;

/// A grey picture: one byte a pixel, rows from top to bottom without padding, 0 is black.
///
/// It exists only with sides and area inside the bounds, and with exactly as many pixels as its
/// sides say.
#[derive(Clone, Copy)]
pub struct Luma<'a> {
    width: u32,
    height: u32,
    pixels: &'a [u8],
}

/// Why bytes are not a [`Luma`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum LumaError {
    /// A side is zero.
    #[error("empty picture")]
    Empty,
    /// A side is longer than [`Luma::MAX_SIDE`] or the area larger than [`Luma::MAX_AREA`].
    #[error("picture too large")]
    TooLarge,
    /// The number of pixels is not width × height.
    #[error("wrong pixel count")]
    WrongLength,
}

impl<'a> Luma<'a> {
    /// The longest side in pixels. Run lengths in the reader are 16 bits, and no camera or page
    /// scan that a desk meets is longer.
    pub const MAX_SIDE: u32 = 8_192;

    /// The largest area in pixels. Time grows with the area; 16.8 million pixels hold a
    /// 12-megapixel phone photograph and an A4 page at 400 dpi.
    pub const MAX_AREA: u32 = 4_096 * 4_096;

    /// The picture, checked.
    ///
    /// # Errors
    /// [`LumaError`], for each bound above.
    pub fn new(width: u32, height: u32, pixels: &'a [u8]) -> Result<Self, LumaError> {
        if width == 0 || height == 0 {
            return Err(LumaError::Empty);
        }
        if width > Self::MAX_SIDE || height > Self::MAX_SIDE {
            return Err(LumaError::TooLarge);
        }
        // At most 2^26, so the product fits.
        let area = width * height;
        if area > Self::MAX_AREA {
            return Err(LumaError::TooLarge);
        }
        if usize::try_from(area) != Ok(pixels.len()) {
            return Err(LumaError::WrongLength);
        }
        Ok(Self {
            width,
            height,
            pixels,
        })
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

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &'a [u8] {
        self.pixels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_sides_that_do_not_fit_the_pixels() {
        assert_eq!(Luma::new(3, 3, &[0; 8]).err(), Some(LumaError::WrongLength));
        assert_eq!(Luma::new(0, 3, &[]).err(), Some(LumaError::Empty));
        assert_eq!(Luma::new(3, 0, &[]).err(), Some(LumaError::Empty));
        assert_eq!(
            Luma::new(u32::MAX, u32::MAX, &[]).err(),
            Some(LumaError::TooLarge)
        );
        assert_eq!(
            Luma::new(8_193, 1, &[0; 8_193]).err(),
            Some(LumaError::TooLarge)
        );
        assert_eq!(
            Luma::new(8_192, 8_192, &[]).err(),
            Some(LumaError::TooLarge)
        );
        assert!(Luma::new(3, 3, &[0; 9]).is_ok());
    }
}
