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
use hwagin_scanner::{Luma, LumaError, Scanner, Sighting};
use qrcode::{EcLevel, QrCode, Version};

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
    let code = QrCode::new([0x5A; 200]).unwrap();
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

#[test]
fn a_photo_of_40_megapixels_is_refused_before_it_is_looked_at() {
    for (width, height) in [
        (7_296, 5_472),
        (8_000, 5_000),
        (5_472, 7_296),
        (8_192, 8_192),
    ] {
        let pixels = vec![255; (width * height) as usize];
        let refused = Luma::new(width, height, &pixels).err();
        assert_eq!(refused, Some(LumaError::TooLarge), "{width} by {height}");
    }
    let pixels = vec![255; 4_096 * 4_096];
    assert!(Luma::new(4_096, 4_096, &pixels).is_ok());
}

#[test]
fn of_a_sheet_with_hundreds_of_codes_eight_are_given_at_most() {
    let mut sheet = Picture::filled(2_480, 3_508, 240);
    let mut contents = Vec::new();
    for row in 0..22 {
        for column in 0..18 {
            let content = format!("label {row} {column}");
            let code = QrCode::with_version(&content, Version::Normal(2), EcLevel::M).unwrap();
            sheet.draw(&code, 4, 60 + column * 132, 60 + row * 156);
            contents.push(content.into_bytes());
        }
    }
    let started = Instant::now();
    let mut scanner = Scanner::new();
    let mut seen = 0;
    for _ in 0..4 {
        let symbols = scanner.scan(&sheet.luma()).symbols;
        assert!(symbols.len() <= 8, "{} symbols", symbols.len());
        assert!(
            symbols
                .iter()
                .all(|symbol| contents.contains(&symbol.content))
        );
        seen += symbols.len();
    }
    let symbols = scanner.scan_still(&sheet.luma());
    assert_eq!(symbols.len(), 8);
    assert!(
        symbols
            .iter()
            .all(|symbol| contents.contains(&symbol.content))
    );
    assert!(seen > 0);
    assert!(started.elapsed() < LONGEST * 2);
}

#[test]
fn pictures_with_nothing_in_them_say_so() {
    let sizes = [
        (1_280, 720),
        (1_280, 1),
        (1, 720),
        (8_192, 1),
        (3, 3),
        (63, 64),
        (640, 2),
    ];
    for (width, height) in sizes {
        for value in [0, 1, 127, 254, 255] {
            let picture = Picture::filled(width, height, value);
            let mut scanner = Scanner::new();
            let Sighting {
                symbols,
                located,
                light,
            } = scanner.scan(&picture.luma());
            assert!(symbols.is_empty() && located.is_none());
            let is_light = f32::from(value) / 255.0;
            assert!((light.mean - is_light).abs() < 0.001, "{light:?}");
            assert!((light.brightest - is_light).abs() < 0.001, "{light:?}");
            assert!(scanner.scan_still(&picture.luma()).is_empty());
        }
    }
}

#[test]
fn the_largest_symbol_at_a_pixel_a_module_is_taken_and_read_rightly_or_not_at_all() {
    let content: Vec<u8> = (0..2_953u32).map(|at| (at * at / 5 + at) as u8).collect();
    let code = draw::coded(40, EcLevel::L, &[draw::Segment::Bytes(&content)]);
    let mut frame = Picture::filled(1_280, 720, 235);
    frame.draw(&code, 1, 400, 200);
    for picture in [draw::alone(&code, 1), frame] {
        let mut scanner = Scanner::new();
        let mut symbols = scanner.scan(&picture.luma()).symbols;
        symbols.extend(scanner.scan_still(&picture.luma()));
        assert!(symbols.iter().all(|symbol| symbol.content == content));
        scan_in_time("177 pixels", &picture);
    }
}

/// Draws squares of `module` pixels where `is_dark` says, the first at (200, 150).
fn squares(side: u32, module: u32, is_dark: impl Fn(u32, u32) -> bool) -> Picture {
    let mut picture = Picture::filled(640, 480, 235);
    for y in 0..side * module {
        for x in 0..side * module {
            if is_dark(x / module, y / module) {
                picture.pixels[((y + 150) * 640 + x + 200) as usize] = 20;
            }
        }
    }
    picture
}

#[test]
fn symbols_of_other_kinds_are_passed_over() {
    let mut noise = Noise(21);
    let data: Vec<bool> = (0..64 * 64).map(|_| noise.byte() < 128).collect();
    let at = |x: u32, y: u32| data[(y * 64 + x) as usize];
    // An Aztec code has rings around its middle, a data matrix an L and a dotted line, a sheet of
    // several finder patterns no data that holds.
    let aztec = squares(27, 6, |x, y| {
        let ring = x.abs_diff(13).max(y.abs_diff(13));
        if ring < 7 { ring % 2 == 0 } else { at(x, y) }
    });
    let matrix = squares(26, 6, |x, y| match (x, y) {
        (0, _) | (_, 25) => true,
        (_, 0) => x % 2 == 0,
        (25, _) => y % 2 == 1,
        _ => at(x, y),
    });
    let lines = squares(50, 4, |x, _| at(x, 0));
    let finders_only = squares(45, 4, |x, y| {
        let (x, y) = (x % 19, y % 19);
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        if x < 8 && y < 8 {
            ring != 2 && ring < 4
        } else {
            at(x, y)
        }
    });
    let mut micro = Vec::new();
    for version in 1..=4 {
        let level = EcLevel::L;
        let code = QrCode::with_version(b"12345", Version::Micro(version), level).unwrap();
        let side = code.width() as u32;
        let colors = code.to_colors();
        micro.push(squares(side, 8, |x, y| {
            colors[(y * side + x) as usize] == qrcode::Color::Dark
        }));
    }
    for picture in [aztec, matrix, lines, finders_only].iter().chain(&micro) {
        let mut scanner = Scanner::new();
        for _ in 0..6 {
            let sighting = scanner.scan(&picture.luma());
            assert!(sighting.symbols.is_empty());
        }
        assert!(scanner.scan_still(&picture.luma()).is_empty());
    }
}

#[test]
fn the_same_frames_give_the_same_sightings() {
    use hwagin_frames::{Code, Conditions, Ecc, Random, Sequence, blank};
    let codes: Vec<Code> = (0..4)
        .map(|seed| Code::random(&mut Random::new(seed), 300, seed % 2 == 0, Ecc::L))
        .collect();
    let conditions = Conditions::webcam(9).sized(640, 480);
    let mut frames: Vec<Vec<u8>> = Sequence::new(codes, 8.0, conditions)
        .take(20)
        .map(|frame| frame.luma)
        .collect();
    let mut noise = Noise(4);
    frames.push((0..640 * 480).map(|_| noise.byte()).collect());
    let still = blank(3);
    frames.push(still.luma.into_iter().take(640 * 480).collect());
    let run = || -> Vec<Sighting> {
        let mut scanner = Scanner::new();
        let scan = |luma: &Vec<u8>| scanner.scan(&Luma::new(640, 480, luma).unwrap());
        frames.iter().map(scan).collect()
    };
    let first = run();
    assert!(first == run());
    // And the buffers of one life have no say in the next.
    let mut used = Scanner::new();
    let _ = used.scan(&Luma::new(640, 480, &frames[5]).unwrap());
    let stills = frames.iter().map(|luma| {
        let luma = Luma::new(640, 480, luma).unwrap();
        used.scan_still(&luma) == Scanner::new().scan_still(&luma)
    });
    assert_eq!(stills.filter(|same| *same).count(), frames.len());
}
