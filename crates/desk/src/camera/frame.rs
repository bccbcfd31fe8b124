//! One picture of a stream, in the two forms the desk needs: grey at full size for the scanner,
//! coloured and small for the eye.

use std::io::Cursor;

use hwagin_scanner::{Luma, LumaError};
use image::{ImageFormat, ImageReader, Limits};
use nokhwa::utils::FrameFormat;
use thiserror::Error;

/// The widest preview: the viewfinder is no wider, and every pixel crosses to the web view.
const PREVIEW_WIDTH: u32 = 640;

/// The longest side of a frame: cameras go to 4,096, twice that is an error of a driver.
const MAX_SIDE: u32 = 4_096;

/// What decoding one frame may allocate: the largest frame in four bytes a pixel.
const MAX_MEMORY: u64 = 64 * 1024 * 1024;

/// One frame: grey pixels for the scanner and a small coloured preview. Neither is mirrored.
pub struct Frame {
    width: u32,
    height: u32,
    luma: Vec<u8>,
    preview: Preview,
}

/// A small picture for the screen, at most 640 wide.
pub struct Preview {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// Rows from top to bottom; red, green, blue and 255.
    pub rgba: Vec<u8>,
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
    /// The JPEG does not decode.
    #[error("undecodable frame")]
    Undecodable,
}

impl Frame {
    /// A frame of red, green and blue bytes, row by row. Sources that are not cameras use this.
    ///
    /// # Errors
    /// [`FrameError`] if sides and bytes do not fit.
    pub fn from_rgb(width: u32, height: u32, rgb: &[u8]) -> Result<Self, FrameError> {
        Self::from_pixels(width, height, rgb, 3, |pixel| match *pixel {
            [red, green, blue] => [red, green, blue],
            _ => [0; 3],
        })
    }

    /// A frame of grey bytes, row by row.
    ///
    /// # Errors
    /// [`FrameError`] if sides and bytes do not fit.
    pub fn from_grey(width: u32, height: u32, grey: &[u8]) -> Result<Self, FrameError> {
        Self::from_pixels(width, height, grey, 1, |pixel| {
            [pixel.first().copied().unwrap_or(0); 3]
        })
    }

    /// What a camera gave, in its own format.
    pub(super) fn decode(
        format: FrameFormat,
        width: u32,
        height: u32,
        bytes: &[u8],
    ) -> Result<Self, FrameError> {
        match format {
            FrameFormat::MJPEG => Self::from_jpeg(bytes),
            FrameFormat::YUYV => Self::from_yuyv(width, height, bytes),
            FrameFormat::NV12 => Self::from_nv12(width, height, bytes),
            FrameFormat::GRAY => Self::from_grey(width, height, bytes),
            FrameFormat::RAWRGB => Self::from_rgb(width, height, bytes),
            FrameFormat::RAWBGR => {
                Self::from_pixels(width, height, bytes, 3, |pixel| match *pixel {
                    [blue, green, red] => [red, green, blue],
                    _ => [0; 3],
                })
            }
        }
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

    /// The frame as the scanner takes it.
    ///
    /// # Errors
    /// None that the constructors leave possible; the scanner checks again.
    pub fn luma(&self) -> Result<Luma<'_>, LumaError> {
        Luma::new(self.width, self.height, &self.luma)
    }

    /// The frame as the screen shows it.
    #[must_use]
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// A camera's buffer is longer than its JPEG, and some leave out tables that every decoder
    /// knows; the decoder takes both. Sides are those of the JPEG, whatever the driver said.
    fn from_jpeg(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_MEMORY);
        reader.limits(limits);
        let rgb = reader
            .decode()
            .map_err(|_| FrameError::Undecodable)?
            .into_rgb8();
        Self::from_rgb(rgb.width(), rgb.height(), rgb.as_raw())
    }

    /// Two pixels in four bytes: Y, U, Y, V.
    fn from_yuyv(width: u32, height: u32, bytes: &[u8]) -> Result<Self, FrameError> {
        let bytes = bytes
            .get(..area(width, height)? * 2)
            .ok_or(FrameError::Short)?;
        let luma = bytes.iter().step_by(2).copied().collect();
        let row = usize_of(width) * 2;
        let colour = |x: u32, y: u32| {
            let start = usize_of(y) * row + usize_of(x / 2) * 4;
            match bytes.get(start..start + 4) {
                Some(&[_, u, _, v]) => (u, v),
                _ => (128, 128),
            }
        };
        Ok(Self::from_luma(width, height, luma, colour))
    }

    /// All Y, then a U and V for each two by two pixels.
    fn from_nv12(width: u32, height: u32, bytes: &[u8]) -> Result<Self, FrameError> {
        let area = area(width, height)?;
        let (luma, chroma) = bytes.split_at_checked(area).ok_or(FrameError::Short)?;
        let row = usize_of(width.next_multiple_of(2));
        let colour = |x: u32, y: u32| {
            let start = usize_of(y / 2) * row + usize_of(x / 2) * 2;
            match chroma.get(start..start + 2) {
                Some(&[u, v]) => (u, v),
                _ => (128, 128),
            }
        };
        Ok(Self::from_luma(width, height, luma.to_vec(), colour))
    }

    /// From grey pixels and a way to ask for the colour (U, V) at a place.
    fn from_luma(
        width: u32,
        height: u32,
        luma: Vec<u8>,
        colour: impl Fn(u32, u32) -> (u8, u8),
    ) -> Self {
        let preview = Preview::shrunk(width, height, |x, y| {
            let grey = luma
                .get(usize_of(y) * usize_of(width) + usize_of(x))
                .copied();
            let (u, v) = colour(x, y);
            rgb_of(grey.unwrap_or(0), u, v)
        });
        Self {
            width,
            height,
            luma,
            preview,
        }
    }

    /// From pixels of `size` bytes each.
    fn from_pixels(
        width: u32,
        height: u32,
        bytes: &[u8],
        size: usize,
        rgb: impl Fn(&[u8]) -> [u8; 3],
    ) -> Result<Self, FrameError> {
        let bytes = bytes
            .get(..area(width, height)? * size)
            .ok_or(FrameError::Short)?;
        let luma = bytes
            .chunks_exact(size)
            .map(|pixel| grey_of(rgb(pixel)))
            .collect();
        let preview = Preview::shrunk(width, height, |x, y| {
            let start = (usize_of(y) * usize_of(width) + usize_of(x)) * size;
            bytes.get(start..start + size).map_or([0; 3], &rgb)
        });
        Ok(Self {
            width,
            height,
            luma,
            preview,
        })
    }
}

impl Preview {
    /// Each pixel the mean of a square of as many pixels as make the picture narrow enough.
    fn shrunk(width: u32, height: u32, rgb: impl Fn(u32, u32) -> [u8; 3]) -> Self {
        let by = width.div_ceil(PREVIEW_WIDTH).max(1).min(width).min(height);
        let (small_width, small_height) = (width / by, height / by);
        let mut rgba = Vec::with_capacity(usize_of(small_width) * usize_of(small_height) * 4);
        for y in 0..small_height {
            for x in 0..small_width {
                let mut sum = [0_u32; 3];
                for dy in 0..by {
                    for dx in 0..by {
                        let pixel = rgb(x * by + dx, y * by + dy);
                        sum.iter_mut()
                            .zip(pixel)
                            .for_each(|(sum, part)| *sum += u32::from(part));
                    }
                }
                rgba.extend(sum.map(|sum| u8::try_from(sum / (by * by)).unwrap_or(u8::MAX)));
                rgba.push(u8::MAX);
            }
        }
        Self {
            width: small_width,
            height: small_height,
            rgba,
        }
    }
}

fn area(width: u32, height: u32) -> Result<usize, FrameError> {
    let in_range = |side| (1..=MAX_SIDE).contains(&side);
    if !in_range(width) || !in_range(height) {
        return Err(FrameError::Sides);
    }
    Ok(usize_of(width) * usize_of(height))
}

fn usize_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// ITU-R BT.601 weights, in 256ths.
fn grey_of([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

/// ITU-R BT.601, full range, in 256ths.
fn rgb_of(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (i32::from(y) << 8, i32::from(u) - 128, i32::from(v) - 128);
    [y + 359 * v, y - 88 * u - 183 * v, y + 454 * u]
        .map(|part| u8::try_from((part >> 8).clamp(0, 255)).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixel(frame: &Frame) -> &[u8] {
        &frame.preview().rgba[..4]
    }

    #[test]
    fn formats_of_one_red_picture_give_the_same_frame() {
        let (width, height) = (8, 4);
        let area = 32;
        let rgb = Frame::from_rgb(width, height, &[254, 0, 0].repeat(area)).unwrap();
        let bgr = Frame::decode(
            FrameFormat::RAWBGR,
            width,
            height,
            &[0, 0, 254].repeat(area),
        );
        let yuyv = Frame::decode(
            FrameFormat::YUYV,
            width,
            height,
            &[76, 85, 76, 255].repeat(16),
        );
        let nv12 = [vec![76; area], [85, 255].repeat(8)].concat();
        let nv12 = Frame::decode(FrameFormat::NV12, width, height, &nv12);
        let mut jpeg = Vec::new();
        let image = image::RgbImage::from_pixel(width, height, image::Rgb([254, 0, 0]));
        image
            .write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg)
            .unwrap();
        jpeg.resize(jpeg.len() + 1_000, 0);
        let jpeg = Frame::decode(FrameFormat::MJPEG, 0, 0, &jpeg);
        for frame in [Ok(rgb), bgr, yuyv, nv12, jpeg].map(Result::unwrap) {
            assert_eq!((frame.width(), frame.height()), (width, height));
            let grey = frame.luma().unwrap().pixels()[0];
            assert!(grey.abs_diff(76) <= 2, "{grey}");
            let near = pixel(&frame)
                .iter()
                .zip([254, 0, 0, 255])
                .all(|(a, b)| a.abs_diff(b) <= 4);
            assert!(near, "{:?}", pixel(&frame));
        }
    }

    #[test]
    fn grey_stays_grey() {
        let frame = Frame::from_grey(2, 2, &[10, 20, 30, 40]).unwrap();
        assert_eq!(frame.luma().unwrap().pixels(), [10, 20, 30, 40]);
        assert_eq!(pixel(&frame), [10, 10, 10, 255]);
    }

    #[test]
    fn previews_are_at_most_640_wide() {
        for (width, height, small) in [
            (1_920, 1_080, (640, 360)),
            (1_280, 720, (640, 360)),
            (640, 480, (640, 480)),
            (641, 3, (320, 1)),
            (4_000, 2, (2_000, 1)),
        ] {
            let area = (width * height) as usize;
            let frame = Frame::from_grey(width, height, &vec![9; area]).unwrap();
            let preview = frame.preview();
            assert_eq!((preview.width, preview.height), small);
            assert_eq!(preview.rgba.len() as u32, small.0 * small.1 * 4);
        }
    }

    #[test]
    fn short_or_impossible_frames_are_refused() {
        for format in [
            FrameFormat::YUYV,
            FrameFormat::NV12,
            FrameFormat::GRAY,
            FrameFormat::RAWRGB,
        ] {
            assert_eq!(
                Frame::decode(format, 64, 48, &[0; 100]).err(),
                Some(FrameError::Short)
            );
            assert_eq!(
                Frame::decode(format, 0, 48, &[0; 100]).err(),
                Some(FrameError::Sides)
            );
            assert_eq!(
                Frame::decode(format, 5_000, 48, &[]).err(),
                Some(FrameError::Sides)
            );
        }
        let jpeg = Frame::decode(FrameFormat::MJPEG, 64, 48, &[0xFF, 0xD8, 0, 0]);
        assert_eq!(jpeg.err(), Some(FrameError::Undecodable));
    }
}
