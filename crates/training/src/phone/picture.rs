//! Pictures in memory, and their encodings.

use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};

/// A grey picture, row by row, one byte a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LumaPicture {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width` times `height` bytes.
    pub pixels: Vec<u8>,
}

/// A colour picture, row by row, red, green and blue bytes for a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RgbPicture {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Three times `width` times `height` bytes.
    pub pixels: Vec<u8>,
}

impl LumaPicture {
    /// The picture as a PNG file.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        png(&self.pixels, self.width, self.height, ExtendedColorType::L8)
    }

    /// The picture as a JPEG file of quality 1 to 100.
    #[must_use]
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        jpeg(
            &self.pixels,
            self.width,
            self.height,
            ExtendedColorType::L8,
            quality,
        )
    }
}

impl RgbPicture {
    /// The picture as a PNG file.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        png(
            &self.pixels,
            self.width,
            self.height,
            ExtendedColorType::Rgb8,
        )
    }

    /// The picture as a JPEG file of quality 1 to 100.
    #[must_use]
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        jpeg(
            &self.pixels,
            self.width,
            self.height,
            ExtendedColorType::Rgb8,
            quality,
        )
    }

    /// The picture without colour (weights of ITU-R BT.601).
    #[must_use]
    pub fn luma(&self) -> LumaPicture {
        let grey = |pixel: &[u8]| {
            let weighed: u32 = pixel
                .iter()
                .zip([77_u32, 150, 29])
                .map(|(part, w)| u32::from(*part) * w)
                .sum();
            u8::try_from(weighed >> 8).unwrap_or(u8::MAX)
        };
        let pixels = self.pixels.chunks_exact(3).map(grey).collect();
        LumaPicture {
            width: self.width,
            height: self.height,
            pixels,
        }
    }
}

// Both write to memory from a buffer of the right length, which has no way to fail. Were it to,
// the file would be empty.

fn png(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut out = Vec::new();
    if PngEncoder::new(&mut out)
        .write_image(pixels, width, height, colour)
        .is_err()
    {
        out.clear();
    }
    out
}

fn jpeg(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, quality.clamp(1, 100));
    if encoder.write_image(pixels, width, height, colour).is_err() {
        out.clear();
    }
    out
}
