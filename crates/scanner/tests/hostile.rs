//! Pictures made to break a reader: nothing panics, and nothing takes long.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect"
)]

mod draw;

use std::time::{Duration, Instant};

use draw::Picture;
use hwagin_scanner::{Luma, Scanner};

/// A frame may not hold the desk longer than this even on a slow machine and in a debug build.
const LONGEST: Duration = Duration::from_secs(10);

struct Noise(u64);

impl Noise {
    fn byte(&mut self) -> u8 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 56) as u8
    }
}

fn scan_in_time(name: &str, picture: &Picture) {
    let started = Instant::now();
    let _ = Scanner::new().scan(&picture.luma());
    let _ = Scanner::new().scan_still(&picture.luma());
    let took = started.elapsed();
    assert!(took < LONGEST, "{name}: {took:?}");
}

#[test]
fn pictures_of_every_small_size_are_taken() {
    let mut noise = Noise(7);
    for width in 1..=48 {
        for height in 1..=48 {
            let pixels: Vec<u8> = (0..width * height)
                .map(|_| if noise.byte() < 128 { 0 } else { 255 })
                .collect();
            let luma = Luma::new(width, height, &pixels).unwrap();
            let mut scanner = Scanner::new();
            let _ = scanner.scan(&luma);
            let _ = scanner.scan_still(&luma);
        }
    }
}

#[test]
fn the_longest_and_thinnest_pictures_are_taken() {
    for (width, height) in [
        (Luma::MAX_SIDE, 1),
        (1, Luma::MAX_SIDE),
        (Luma::MAX_SIDE, 2_048),
        (2_048, Luma::MAX_SIDE),
    ] {
        let mut picture = Picture::filled(width, height, 255);
        picture
            .pixels
            .iter_mut()
            .step_by(3)
            .for_each(|pixel| *pixel = 0);
        scan_in_time("stripes", &picture);
    }
}

#[test]
fn noise_ends_in_time() {
    let mut noise = Noise(1);
    for (width, height) in [(1_280, 720), (4_096, 4_096)] {
        let mut picture = Picture::filled(width, height, 0);
        picture
            .pixels
            .iter_mut()
            .for_each(|pixel| *pixel = noise.byte());
        scan_in_time("noise", &picture);
    }
}

#[test]
fn a_field_of_finder_patterns_ends_in_time() {
    for (side, module) in [
        (1_080, 1),
        (1_080, 2),
        (1_080, 3),
        (4_096, 2),
        (4_096, 6),
        (4_096, 7),
        (4_096, 9),
    ] {
        let mut picture = Picture::filled(side, side, 255);
        for (i, pixel) in picture.pixels.iter_mut().enumerate() {
            let (x, y) = (i as u32 % side / module % 8, i as u32 / side / module % 8);
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            *pixel = if ring == 2 || ring == 4 { 255 } else { 0 };
        }
        scan_in_time(
            &format!("finder patterns of {module} px in {side}"),
            &picture,
        );
    }
}

#[test]
fn symbols_with_pieces_missing_are_taken() {
    let mut noise = Noise(3);
    let code = qrcode::QrCode::new([0x5A; 200]).unwrap();
    let whole = draw::alone(&code, 3);
    for _ in 0..150 {
        let mut picture = draw::alone(&code, 3);
        for _ in 0..noise.byte() % 12 {
            let side = u32::from(noise.byte() % 60) + 1;
            let x = u32::from(noise.byte()) % (whole.width - side);
            let y = u32::from(noise.byte()) % (whole.height - side);
            let value = noise.byte();
            for row in y..y + side {
                let start = (row * whole.width + x) as usize;
                picture.pixels[start..start + side as usize].fill(value);
            }
        }
        for symbol in Scanner::new().scan(&picture.luma()).symbols {
            assert_eq!(symbol.content, [0x5A; 200]);
        }
    }
}
