//! Frames one after the other, as a webcam gives them: what several show together is read, and
//! never what none of them shows.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect"
)]

mod draw;

use draw::Picture;
use hwagin_frames::{Code, Conditions, Ecc, Finger, Frame, Random, Sequence, blank, take};
use hwagin_scanner::{Luma, Scanner, Sighting};
use qrcode::{EcLevel, QrCode};

const WIDTH: usize = 960;
const HEIGHT: usize = 540;

/// A lit screen with some lens blur, noise and a hand's motion.
fn desk(seed: u64) -> Conditions {
    Conditions {
        cover: 0.7,
        blur: 0.8,
        read_noise: 0.004,
        shot_noise: 0.012,
        barrel: 0.03,
        vignette: 0.15,
        ..Conditions::clean(seed).sized(WIDTH, HEIGHT)
    }
}

fn seen(scanner: &mut Scanner, luma: &[u8]) -> Sighting {
    scanner.scan(&Luma::new(WIDTH as u32, HEIGHT as u32, luma).unwrap())
}

fn reads_alone(frame: &Frame) -> bool {
    !seen(&mut Scanner::new(), &frame.luma).symbols.is_empty()
}

fn code(seed: u64, count: usize) -> Code {
    Code::random(&mut Random::new(seed), count, false, Ecc::L)
}

/// The number of the code that was read, if one was.
fn number_of(codes: &[Code], sighting: &Sighting, frame: usize) -> Option<usize> {
    let symbol = sighting.symbols.first()?;
    let found = codes.iter().position(|code| code.truth == symbol.content);
    assert!(found.is_some(), "frame {frame}: none of those shown");
    found
}

#[test]
fn a_held_phone_is_read_exactly_and_its_corners_follow_it() {
    for seed in [1, 2, 3] {
        let code = code(seed, 350);
        let mut scanner = Scanner::new();
        let mut read = 0;
        for frame in Sequence::new(vec![code.clone()], 0.0, desk(seed)).take(15) {
            let sighting = seen(&mut scanner, &frame.luma);
            if sighting.symbols.is_empty() {
                continue;
            }
            read += 1;
            assert_eq!(sighting.symbols.len(), 1);
            assert!(sighting.symbols[0].content == code.truth, "seed {seed}");
            let located = sighting.located.unwrap();
            assert_eq!(located.modules as usize, code.modules);
            assert_eq!(located.gathered, 0);
            for (corner, (x, y)) in located.corners.iter().zip(frame.corners) {
                let off = (corner.x - x).hypot(corner.y - y);
                assert!(off < 1.5 * located.module_px, "{off} pixels off");
            }
        }
        assert!(read >= 13, "seed {seed}: read in {read} of 15 frames");
    }
}

#[test]
fn what_no_frame_gives_alone_several_give_together() {
    let hard = [
        (11, 1_000, 0.22, 1.2),
        (14, 1_000, 0.25, 1.2),
        (11, 700, 0.15, 1.8),
        (12, 700, 0.15, 1.8),
    ];
    for (seed, size, read_noise, blur) in hard {
        let code = code(seed, size);
        let conditions = Conditions {
            read_noise,
            blur,
            ..desk(seed)
        };
        let frames: Vec<Frame> = Sequence::new(vec![code.clone()], 0.0, conditions)
            .take(12)
            .collect();
        let what = format!("seed {seed}, {size} bytes");
        let alone = frames.iter().filter(|frame| reads_alone(frame)).count();
        assert_eq!(alone, 0, "{what}: one frame is enough; add noise");
        let mut scanner = Scanner::new();
        let mut gathered = 0;
        let first = frames.iter().position(|frame| {
            let sighting = seen(&mut scanner, &frame.luma);
            for symbol in &sighting.symbols {
                assert!(symbol.content == code.truth, "{what}");
            }
            gathered = gathered.max(sighting.located.map_or(0, |located| located.gathered));
            !sighting.symbols.is_empty()
        });
        assert!(first.is_some(), "{what}: not together either");
        assert!(gathered > 0, "{what}");
    }
}

#[test]
fn of_a_symbol_that_changes_every_third_frame_only_those_shown_are_read() {
    let codes: Vec<Code> = (0..10).map(|at| code(100 + at, 300)).collect();
    let mut scanner = Scanner::new();
    let mut read = vec![false; codes.len()];
    for frame in Sequence::new(codes.clone(), 10.0, desk(21)).take(45) {
        let sighting = seen(&mut scanner, &frame.luma);
        if let Some(number) = number_of(&codes, &sighting, frame.number) {
            assert!(
                frame.shown.contains(&number),
                "frame {} shows {:?}, read {number}",
                frame.number,
                frame.shown
            );
            read[number] = true;
        }
    }
    let count = read.iter().filter(|read| **read).count();
    assert!(count >= 9, "{count} of 10 were read");
}

/// The code's payload with a share of its bytes changed, in a symbol of the same version.
fn almost(code: &Code, share: f32, seed: u64) -> Code {
    let mut random = Random::new(seed);
    let mut bytes = code.truth.clone();
    let count = (bytes.len() as f32 * share).ceil() as usize;
    for _ in 0..count {
        let at = random.below(bytes.len());
        bytes[at] ^= 1 + random.below(255) as u8;
    }
    let version = Some(code.version() as i16);
    Code::new(&bytes, Ecc::L, version).unwrap()
}

#[test]
fn of_symbols_that_are_almost_the_same_only_those_shown_are_read_through_noise() {
    for (seed, noise, size) in [
        (31, 0.004, 800),
        (32, 0.05, 350),
        (33, 0.08, 350),
        (34, 0.10, 350),
    ] {
        let first = code(seed, size);
        let mut codes = vec![first.clone()];
        codes.extend((1..6).map(|at| almost(&first, 0.05, seed * 100 + at)));
        let conditions = Conditions {
            read_noise: noise,
            ..desk(seed)
        };
        let mut scanner = Scanner::new();
        let mut read = 0;
        let mut stale = Vec::new();
        for frame in Sequence::new(codes.clone(), 10.0, conditions).take(36) {
            let sighting = seen(&mut scanner, &frame.luma);
            if let Some(number) = number_of(&codes, &sighting, frame.number) {
                read += 1;
                if !frame.shown.contains(&number) {
                    stale.push((frame.number, frame.shown.clone(), number));
                }
            }
        }
        assert!(read > 12, "seed {seed}, noise {noise}: {read} of 36 read");
        assert!(stale.is_empty(), "seed {seed}, noise {noise}: {stale:?}");
    }
}

#[test]
fn one_byte_otherwise_in_the_largest_symbol_is_another_symbol() {
    let mut bytes: Vec<u8> = (0..2_900u32).map(|at| (at * at / 7 + at) as u8).collect();
    let mut scanner = Scanner::new();
    for change in 0..6 {
        bytes[500 * change] ^= 0x41;
        let code = draw::coded(40, EcLevel::L, &[draw::Segment::Bytes(&bytes)]);
        let picture = draw::alone(&code, 4);
        for frame in 0..2 {
            let symbols = scanner.scan(&picture.luma()).symbols;
            assert_eq!(symbols.len(), 1, "change {change}, frame {frame}");
            assert!(
                symbols[0].content == bytes,
                "change {change}, frame {frame}: read as it was before the change"
            );
        }
    }
}

#[test]
fn after_the_phone_has_left_nothing_is_reported() {
    let code = code(41, 300);
    let mut scanner = Scanner::new();
    let frames: Vec<Frame> = Sequence::new(vec![code], 0.0, desk(41)).take(5).collect();
    let read = frames
        .iter()
        .filter(|frame| !seen(&mut scanner, &frame.luma).symbols.is_empty())
        .count();
    assert!(read >= 4, "{read} of 5");
    let empty = take(
        &Code::new(b"x", Ecc::L, None).unwrap(),
        Conditions {
            offset: (3.0, 0.0),
            ..desk(41)
        },
    );
    for after in 1..=14 {
        let sighting = seen(&mut scanner, &empty.luma);
        assert!(sighting.symbols.is_empty(), "{after} frames after");
        assert_eq!(
            sighting.located.is_some(),
            after <= 10,
            "{after} frames after"
        );
    }
}

#[test]
fn frames_of_rooms_and_desks_hold_nothing() {
    let mut scanner = Scanner::new();
    for seed in 0..12 {
        let still = blank(seed);
        let luma = Luma::new(still.width as u32, still.height as u32, &still.luma).unwrap();
        let sighting = scanner.scan(&luma);
        assert!(sighting.symbols.is_empty(), "seed {seed}");
        assert!(
            sighting.located.is_none(),
            "seed {seed}: {:?}",
            sighting.located
        );
    }
}

#[test]
fn a_second_phone_is_read_within_four_frames_while_the_first_is_followed() {
    let first = QrCode::new(b"the first one").unwrap();
    let second = QrCode::new(b"the second one").unwrap();
    let mut alone = Picture::filled(1_280, 720, 200);
    alone.draw(&first, 8, 100, 200);
    let mut scanner = Scanner::new();
    for offset in 0..4 {
        for _ in 0..20 + offset {
            let contents = scanner.scan(&alone.luma()).symbols;
            assert!(
                contents
                    .iter()
                    .all(|symbol| symbol.content == b"the first one")
            );
        }
        let mut both = Picture::filled(1_280, 720, 200);
        both.draw(&first, 8, 100, 200);
        both.draw(&second, 8, 800, 300);
        let came = (1..=4).find(|_| {
            let symbols = scanner.scan(&both.luma()).symbols;
            symbols
                .iter()
                .any(|symbol| symbol.content == b"the second one")
        });
        assert!(came.is_some(), "offset {offset}");
    }
}

#[test]
fn a_finger_over_any_one_finder_pattern_hides_nothing() {
    let code = Code::random(&mut Random::new(51), 250, false, Ecc::M);
    for (x, y) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5)] {
        let conditions = Conditions {
            fingers: vec![Finger {
                tip: (x * 0.92, y * 0.92),
                from: (x * 2.4, y * 2.4),
                radius: 0.06,
                skin: 0.4,
            }],
            ..desk(51)
        };
        let mut scanner = Scanner::new();
        let read = Sequence::new(vec![code.clone()], 0.0, conditions)
            .take(6)
            .filter(|frame| {
                let symbols = seen(&mut scanner, &frame.luma).symbols;
                assert!(symbols.iter().all(|symbol| symbol.content == code.truth));
                !symbols.is_empty()
            })
            .count();
        assert!(read >= 4, "finger at {x}, {y}: read in {read} of 6 frames");
    }
}

/// The picture without that many of its columns on the left, or on the right.
fn cut(picture: &Picture, left: u32, right: u32) -> Picture {
    let width = picture.width as usize;
    let kept = left as usize..width - right as usize;
    let rows = picture.pixels.chunks_exact(width);
    Picture {
        width: kept.len() as u32,
        height: picture.height,
        pixels: rows.flat_map(|row| row[kept.clone()].to_vec()).collect(),
    }
}

#[test]
fn a_code_cut_by_the_edge_within_one_finder_pattern_is_read_and_past_two_is_not() {
    let content: Vec<u8> = (0..100).map(|at: u8| at.wrapping_mul(31)).collect();
    let code = draw::coded(12, EcLevel::H, &[draw::Segment::Bytes(&content)]);
    let whole = draw::alone(&code, 5);
    for modules in 0..=30 {
        // Its top right finder pattern at the edge; and the two on its left.
        let one = cut(&whole, 0, (4 + modules) * 5);
        let two = cut(&whole, (4 + modules) * 5, 0);
        for (is_one, mut picture) in [(true, one), (false, two)] {
            for turn in 0..4 {
                let symbols = Scanner::new().scan(&picture.luma()).symbols;
                let what = format!("cut by {modules}, turned {turn}, one pattern: {is_one}");
                assert!(
                    symbols.iter().all(|symbol| symbol.content == content),
                    "{what}"
                );
                if is_one && modules < 7 {
                    assert_eq!(symbols.len(), 1, "{what}");
                }
                if !is_one && modules > 7 {
                    assert!(symbols.is_empty(), "{what}");
                }
                picture = picture.turned_right();
            }
        }
    }
}

#[test]
fn a_code_at_the_very_edge_without_a_quiet_zone_is_read_in_a_still() {
    let content: Vec<u8> = (0..100).collect();
    let code = draw::coded(8, EcLevel::M, &[draw::Segment::Bytes(&content)]);
    for module in 2..=8 {
        let whole = draw::alone(&code, module);
        let mut picture = cut(&whole, 4 * module, 4 * module);
        for turn in 0..2 {
            let symbols = Scanner::new().scan_still(&picture.luma());
            assert_eq!(symbols.len(), 1, "{module} pixels, turned {turn}");
            assert_eq!(symbols[0].content, content);
            picture = picture.turned_right();
        }
    }
}
