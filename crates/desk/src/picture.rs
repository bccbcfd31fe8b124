//! Bytes of a file or the clipboard become a grey picture for the scanner, and a holder's portrait
//! becomes pixels for the screen.
//!
//! Both are a stranger's bytes, so every step is bounded before it starts: input length, sides,
//! area and memory.

use std::io::{Cursor, ErrorKind};

use hwagin_scanner::{Luma, LumaError};
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::{ImageError, LimitErrorKind};
use image::imageops::FilterType;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

/// The longest file read: a 12-megapixel photograph as PNG is about 20 MiB.
pub const MAX_BYTES: usize = 24 * 1024 * 1024;

/// The largest area read, in pixels: a 24-megapixel photograph, at 4 bytes a pixel 128 MiB.
pub const MAX_AREA: u64 = 1 << 25;

/// What a decoder may allocate: the largest area at 4 bytes a pixel, and half of it to work in.
const MAX_MEMORY: u64 = MAX_AREA * 6;

/// The longest portrait read. Cards carry 1 to 20 kB; a symbol carries 3.
pub const MAX_PORTRAIT_BYTES: usize = 64 * 1024;

/// The longest side of a portrait in pixels; ISO/IEC 18013-2 asks for 192 × 240 and more.
const MAX_PORTRAIT_SIDE: u32 = 1_024;

/// The height a portrait is shrunk to at most; the screen shows it no larger.
pub const PORTRAIT_HEIGHT: u32 = 360;

/// Why bytes are not a picture for this desk.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum PictureError {
    /// The bytes begin like none of PNG, JPEG, WebP, BMP and GIF.
    #[error("not a picture")]
    NotAPicture,
    /// The bytes begin like a picture and end too early, or contradict themselves.
    #[error("damaged picture")]
    Damaged,
    /// The file, a side, the area or the memory needed is beyond the bounds.
    #[error("picture too large")]
    TooLarge,
    /// The picture has more than one frame, so which one counts is unknown.
    #[error("animated picture")]
    Animated,
}

impl PictureError {
    /// The hint code that the screen shows for it.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::NotAPicture | Self::Damaged => "picture_unreadable",
            Self::TooLarge => "picture_too_large",
            Self::Animated => "picture_animated",
        }
    }
}

/// A grey picture from a file; zeroised on drop, as the symbol in it is a holder's.
pub struct LumaPicture {
    width: u32,
    height: u32,
    pixels: Zeroizing<Vec<u8>>,
}

impl LumaPicture {
    /// The picture as the scanner takes it.
    ///
    /// # Errors
    /// None that [`read`] leaves possible; the scanner checks again.
    pub fn luma(&self) -> Result<Luma<'_>, LumaError> {
        Luma::new(self.width, self.height, &self.pixels)
    }
}

/// A colour picture, 8 bits each of red, green, blue and alpha; zeroised on drop. It has no
/// `Debug`: a portrait is a claim value.
pub struct RgbaPicture {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// Rows from top to bottom, four bytes a pixel.
    pub rgba: Zeroizing<Vec<u8>>,
}

/// The picture in a PNG, JPEG, WebP, BMP or GIF file, in grey, transparent parts white, and halved
/// until the scanner takes it.
///
/// # Errors
/// [`PictureError`], each variant.
pub fn read(bytes: &[u8]) -> Result<LumaPicture, PictureError> {
    if bytes.len() > MAX_BYTES {
        return Err(PictureError::TooLarge);
    }
    let image = decode(bytes, Luma::MAX_SIDE, &FILE_FORMATS)?;
    let mut picture = grey(&image);
    wipe(image);
    while u64::from(picture.width) * u64::from(picture.height) > u64::from(Luma::MAX_AREA) {
        picture = halved(&picture);
    }
    Ok(picture)
}

/// The portrait in a JPEG, PNG or WebP, at most [`PORTRAIT_HEIGHT`] high.
///
/// JPEG 2000, which ISO/IEC 18013-5 allows beside JPEG, is not read.
///
/// # Errors
/// [`PictureError`], each variant.
pub fn portrait(bytes: &[u8]) -> Result<RgbaPicture, PictureError> {
    if bytes.len() > MAX_PORTRAIT_BYTES {
        return Err(PictureError::TooLarge);
    }
    let mut image = decode(bytes, MAX_PORTRAIT_SIDE, &PORTRAIT_FORMATS)?;
    if image.height() > PORTRAIT_HEIGHT {
        let small = image.resize(MAX_PORTRAIT_SIDE, PORTRAIT_HEIGHT, FilterType::CatmullRom);
        wipe(std::mem::replace(&mut image, small));
    }
    let (width, height) = (image.width(), image.height());
    let rgba = match image {
        DynamicImage::ImageRgba8(pixels) => pixels.into_raw(),
        other => {
            let rgba = other.to_rgba8().into_raw();
            wipe(other);
            rgba
        }
    };
    Ok(RgbaPicture {
        width,
        height,
        rgba: Zeroizing::new(rgba),
    })
}

const FILE_FORMATS: [ImageFormat; 5] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::WebP,
    ImageFormat::Bmp,
    ImageFormat::Gif,
];

const PORTRAIT_FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

fn decode(
    bytes: &[u8],
    max_side: u32,
    accepted: &[ImageFormat],
) -> Result<DynamicImage, PictureError> {
    let format = image::guess_format(bytes).map_err(|_| PictureError::NotAPicture)?;
    if !accepted.contains(&format) {
        return Err(PictureError::NotAPicture);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(max_side);
    limits.max_image_height = Some(max_side);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let (width, height) = reader.into_dimensions().map_err(|error| fault(&error))?;
    if width > max_side || height > max_side || u64::from(width) * u64::from(height) > MAX_AREA {
        return Err(PictureError::TooLarge);
    }
    if animated(bytes, format, &limits).map_err(|error| fault(&error))? {
        return Err(PictureError::Animated);
    }
    if format == ImageFormat::Jpeg && !ends(bytes) {
        return Err(PictureError::Damaged);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader.decode().map_err(|error| fault(&error))
}

fn animated(bytes: &[u8], format: ImageFormat, limits: &Limits) -> Result<bool, ImageError> {
    match format {
        ImageFormat::Png => PngDecoder::with_limits(Cursor::new(bytes), limits.clone())?.is_apng(),
        ImageFormat::WebP => Ok(WebPDecoder::new(Cursor::new(bytes))?.has_animation()),
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(Cursor::new(bytes))?;
            decoder.set_limits(limits.clone())?;
            let mut frames = decoder.into_frames();
            frames.next().transpose()?;
            // Even a damaged second frame is one.
            Ok(frames.next().is_some())
        }
        _ => Ok(false),
    }
}

/// Whether the file walks from one JPEG marker to the next up to the end of the image. The decoder
/// fills a missing rest with grey, which would read as a picture without a code.
fn ends(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    loop {
        match rest {
            [0xFF, 0xD9, ..] => return true,
            // Stuffing, restarts, fill bytes and markers without a length.
            [0xFF, 0x00 | 0x01 | 0xD0..=0xD8, tail @ ..] => rest = tail,
            [0xFF, 0xFF, ..] => rest = rest.get(1..).unwrap_or_default(),
            [0xFF, _, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(2 + length..).unwrap_or_default();
            }
            // Inside a scan: on to the next marker.
            [_, tail @ ..] => {
                let next = tail
                    .iter()
                    .position(|&byte| byte == 0xFF)
                    .unwrap_or(tail.len());
                rest = tail.get(next..).unwrap_or_default();
            }
            [] => return false,
        }
    }
}

fn fault(error: &ImageError) -> PictureError {
    match error {
        ImageError::Limits(limit) => match limit.kind() {
            LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory => {
                PictureError::TooLarge
            }
            _ => PictureError::Damaged,
        },
        ImageError::IoError(io) if io.kind() == ErrorKind::OutOfMemory => PictureError::TooLarge,
        _ => PictureError::Damaged,
    }
}

/// In grey, with transparent pixels as if printed on white paper.
fn grey(image: &DynamicImage) -> LumaPicture {
    let pixels = if image.color().has_alpha() {
        let both = image.to_luma_alpha8();
        let mut both = Zeroizing::new(both.into_raw());
        let flat = both.chunks_exact(2).map(|pixel| match *pixel {
            [grey, alpha] => on_white(grey, alpha),
            _ => u8::MAX,
        });
        let flat = flat.collect();
        both.zeroize();
        flat
    } else {
        image.to_luma8().into_raw()
    };
    LumaPicture {
        width: image.width(),
        height: image.height(),
        pixels: Zeroizing::new(pixels),
    }
}

fn on_white(grey: u8, alpha: u8) -> u8 {
    let (grey, alpha) = (u16::from(grey), u16::from(alpha));
    u8::try_from((grey * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
}

fn halved(picture: &LumaPicture) -> LumaPicture {
    let row = usize::try_from(picture.width).unwrap_or(usize::MAX);
    let mut pixels = Vec::with_capacity(picture.pixels.len() / 4);
    for two_rows in picture.pixels.chunks_exact(row.saturating_mul(2)) {
        let (upper, lower) = two_rows.split_at(row);
        let boxes = upper.chunks_exact(2).zip(lower.chunks_exact(2));
        pixels.extend(boxes.map(|(a, b)| {
            let sum: u16 = a.iter().chain(b).map(|&pixel| u16::from(pixel)).sum();
            u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX)
        }));
    }
    LumaPicture {
        width: picture.width / 2,
        height: picture.height / 2,
        pixels: Zeroizing::new(pixels),
    }
}

/// Overwrites the decoded pixels. What the decoder itself worked in is beyond reach.
fn wipe(image: DynamicImage) {
    match image {
        DynamicImage::ImageLuma8(buffer) => buffer.into_raw().zeroize(),
        DynamicImage::ImageLumaA8(buffer) => buffer.into_raw().zeroize(),
        DynamicImage::ImageRgb8(buffer) => buffer.into_raw().zeroize(),
        DynamicImage::ImageRgba8(buffer) => buffer.into_raw().zeroize(),
        DynamicImage::ImageLuma16(buffer) => buffer.into_raw().zeroize(),
        DynamicImage::ImageLumaA16(buffer) => buffer.into_raw().zeroize(),
        DynamicImage::ImageRgb16(buffer) => buffer.into_raw().zeroize(),
        DynamicImage::ImageRgba16(buffer) => buffer.into_raw().zeroize(),
        _ => {}
    }
}
