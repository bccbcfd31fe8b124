//! Picture files: what is read, and what is said about what is not.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

use std::io::Cursor;

use hwagin_desk::picture::{self, PictureError};
use hwagin_scanner::Scanner;
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, GrayImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use qrcode::{Color, QrCode};

/// A symbol that says `content`, with modules of `module` pixels.
fn symbol(content: &[u8], module: u32) -> RgbImage {
    let code = QrCode::new(content).unwrap();
    let side = code.width() as u32;
    let colors = code.to_colors();
    RgbImage::from_fn((side + 8) * module, (side + 8) * module, |x, y| {
        let (x, y) = ((x / module).wrapping_sub(4), (y / module).wrapping_sub(4));
        let dark = x < side && y < side && colors[(y * side + x) as usize] == Color::Dark;
        if dark {
            Rgb([0, 0, 60])
        } else {
            Rgb([250, 250, 240])
        }
    })
}

fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

fn scanned(bytes: &[u8]) -> Vec<u8> {
    let picture = picture::read(bytes).unwrap_or_else(|error| panic!("{error}"));
    let symbols = Scanner::new().scan_still(&picture.luma().unwrap());
    symbols
        .into_iter()
        .next()
        .map(|symbol| symbol.content)
        .unwrap_or_default()
}

fn refused(bytes: &[u8]) -> Option<PictureError> {
    picture::read(bytes).err()
}

const FORMATS: [ImageFormat; 5] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::WebP,
    ImageFormat::Bmp,
    ImageFormat::Gif,
];

#[test]
fn reads_a_symbol_from_each_format() {
    let image = DynamicImage::ImageRgb8(symbol(b"HWG1:FORMAT", 6));
    for format in FORMATS {
        assert_eq!(scanned(&file(&image, format)), b"HWG1:FORMAT", "{format:?}");
    }
}

#[test]
fn reads_a_symbol_on_a_transparent_ground() {
    let opaque = symbol(b"HWG1:CLEAR", 6);
    let clear = RgbaImage::from_fn(opaque.width(), opaque.height(), |x, y| {
        let dark = opaque.get_pixel(x, y).0[0] == 0;
        if dark {
            Rgba([0, 0, 0, 255])
        } else {
            Rgba([0, 0, 0, 0])
        }
    });
    let bytes = file(&DynamicImage::ImageRgba8(clear), ImageFormat::Png);
    assert_eq!(scanned(&bytes), b"HWG1:CLEAR");
}

#[test]
fn halves_a_picture_that_is_more_than_the_scanner_takes() {
    let mut large = GrayImage::from_pixel(6_000, 4_500, image::Luma([240]));
    let small = DynamicImage::ImageRgb8(symbol(b"HWG1:LARGE", 40)).to_luma8();
    image::imageops::overlay(&mut large, &small, 900, 700);
    let bytes = file(&DynamicImage::ImageLuma8(large), ImageFormat::Png);
    assert_eq!(scanned(&bytes), b"HWG1:LARGE");
}

#[test]
fn refuses_what_is_not_a_picture() {
    for bytes in [&b""[..], b"HWG1:ABC", b"%PDF-1.7", b"<svg/>", &[0; 4_000]] {
        assert_eq!(refused(bytes), Some(PictureError::NotAPicture));
    }
    assert_eq!(PictureError::NotAPicture.hint(), "picture_unreadable");
}

#[test]
fn refuses_a_truncated_file_of_each_format() {
    let image = DynamicImage::ImageRgb8(symbol(b"HWG1:TRUNCATED", 6));
    for format in FORMATS {
        let whole = file(&image, format);
        for part in [whole.len() / 4, whole.len() / 2, whole.len() * 9 / 10] {
            let error = refused(&whole[..part]);
            assert_eq!(
                error,
                Some(PictureError::Damaged),
                "{format:?} {part} of {}",
                whole.len()
            );
        }
    }
    assert_eq!(PictureError::Damaged.hint(), "picture_unreadable");
}

#[test]
fn takes_no_cut_of_a_file_amiss() {
    let image = DynamicImage::ImageRgb8(symbol(b"CUT", 2));
    for format in FORMATS {
        let whole = file(&image, format);
        for length in (0..whole.len()).step_by(7) {
            let _ = picture::read(&whole[..length]);
            let _ = picture::portrait(&whole[..length]);
            let mut flipped = whole.clone();
            flipped[length] ^= 0x55;
            let _ = picture::read(&flipped);
            let _ = picture::portrait(&flipped);
        }
    }
}

#[test]
fn refuses_a_side_or_an_area_beyond_the_bounds() {
    let long = DynamicImage::ImageLuma8(GrayImage::new(8_193, 2));
    assert_eq!(
        refused(&file(&long, ImageFormat::Png)),
        Some(PictureError::TooLarge)
    );
    // 8,000 × 8,000 is inside the sides and beyond the area; as PNG it is a small file.
    let wide = DynamicImage::ImageLuma8(GrayImage::new(8_000, 8_000));
    assert_eq!(
        refused(&file(&wide, ImageFormat::Png)),
        Some(PictureError::TooLarge)
    );
    assert_eq!(
        refused(&vec![0; picture::MAX_BYTES + 1]),
        Some(PictureError::TooLarge)
    );
    assert_eq!(PictureError::TooLarge.hint(), "picture_too_large");
}

#[test]
fn refuses_an_animated_gif_and_takes_one_that_stands_still() {
    let frame = DynamicImage::ImageRgb8(symbol(b"GIF", 4)).to_rgba8();
    let encoded = |frames: usize| {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for _ in 0..frames {
            encoder.encode_frame(Frame::new(frame.clone())).unwrap();
        }
        drop(encoder);
        bytes
    };
    assert_eq!(scanned(&encoded(1)), b"GIF");
    assert_eq!(refused(&encoded(2)), Some(PictureError::Animated));
    assert_eq!(PictureError::Animated.hint(), "picture_animated");
}

#[test]
fn refuses_an_animated_png() {
    let still = file(
        &DynamicImage::ImageRgb8(symbol(b"PNG", 4)),
        ImageFormat::Png,
    );
    // An animation control chunk (two frames) goes right after the header chunk.
    let header = 8 + 25;
    let control = [&b"acTL"[..], &[0, 0, 0, 2, 0, 0, 0, 0]].concat();
    let mut bytes = still[..header].to_vec();
    bytes.extend(8u32.to_be_bytes());
    bytes.extend(&control);
    bytes.extend(crc(&control).to_be_bytes());
    bytes.extend(&still[header..]);
    assert_eq!(refused(&bytes), Some(PictureError::Animated));
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| {
        if crc & 1 == 1 {
            (crc >> 1) ^ 0xEDB8_8320
        } else {
            crc >> 1
        }
    };
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), step)
    })
}

#[test]
fn refuses_an_animated_webp() {
    // VP8X with its animation flag, then the animation's header and one frame of one pixel.
    let still = file(
        &DynamicImage::ImageRgb8(RgbImage::new(1, 1)),
        ImageFormat::WebP,
    );
    let mut frame = vec![0; 16];
    frame[12] = 100;
    frame.extend(&still[12..]);
    let mut body = b"WEBP".to_vec();
    for (name, content) in [
        (b"VP8X", &[0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0][..]),
        (b"ANIM", &[0; 6]),
        (b"ANMF", &frame),
    ] {
        body.extend(name);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(content);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    let bytes = [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat();
    assert_eq!(refused(&bytes), Some(PictureError::Animated));
}

#[test]
fn a_portrait_is_shrunk_to_the_height_shown_and_keeps_its_shape() {
    let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(600, 800, Rgb([200, 120, 40])));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let portrait =
            picture::portrait(&file(&image, format)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((portrait.width, portrait.height), (270, 360));
        assert_eq!(portrait.rgba.len(), 270 * 360 * 4);
        let middle = &portrait.rgba[(180 * 270 + 135) * 4..][..4];
        let near = middle
            .iter()
            .zip([200, 120, 40, 255])
            .all(|(a, b): (&u8, u8)| a.abs_diff(b) < 6);
        assert!(near, "{middle:?}");
    }
}

#[test]
fn a_small_portrait_stays_as_it_is() {
    let image = DynamicImage::ImageRgb8(RgbImage::new(96, 128));
    let portrait = picture::portrait(&file(&image, ImageFormat::Png))
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((portrait.width, portrait.height), (96, 128));
}

#[test]
fn refuses_a_portrait_beyond_its_bounds() {
    let wide = DynamicImage::ImageLuma8(GrayImage::new(1_025, 20));
    assert_eq!(
        picture::portrait(&file(&wide, ImageFormat::Png)).err(),
        Some(PictureError::TooLarge)
    );
    let long = vec![0xFF; picture::MAX_PORTRAIT_BYTES + 1];
    assert_eq!(picture::portrait(&long).err(), Some(PictureError::TooLarge));
    let gif = file(
        &DynamicImage::ImageRgb8(RgbImage::new(20, 20)),
        ImageFormat::Gif,
    );
    assert_eq!(
        picture::portrait(&gif).err(),
        Some(PictureError::NotAPicture)
    );
}
