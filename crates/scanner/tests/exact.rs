//! What was encoded comes out byte for byte, with the corners where they were drawn.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect"
)]

mod draw;

use draw::{Picture, Segment, alone, coded};
use hwagin_scanner::{Point, Scanner, Symbol};
use qrcode::{EcLevel, QrCode};

/// The one symbol in the picture.
fn only(picture: &Picture) -> Symbol {
    let mut symbols = Scanner::new().scan(&picture.luma()).symbols;
    assert_eq!(symbols.len(), 1);
    symbols.remove(0)
}

fn near(corners: [Point; 4], expected: [(f32, f32); 4], by: f32) {
    for (corner, (x, y)) in corners.iter().zip(expected) {
        let away = (corner.x - x).abs().max((corner.y - y).abs());
        assert!(away <= by, "{corners:?} is not {expected:?}");
    }
}

/// Text of the 45 characters of alphanumeric mode.
fn alphanumeric(length: usize) -> Vec<u8> {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut text = b"HWG1:".to_vec();
    text.extend((0..length - 5).map(|i| alphabet[(i * i + 7 * i) % alphabet.len()]));
    text
}

#[test]
fn every_byte_value_comes_out_as_it_went_in() {
    let content: Vec<u8> = (0..=255).collect();
    let code = coded(12, EcLevel::L, &[Segment::Bytes(&content)]);
    assert_eq!(only(&alone(&code, 4)).content, content);
    let backwards: Vec<u8> = (0..=255).rev().collect();
    let code = coded(12, EcLevel::L, &[Segment::Bytes(&backwards)]);
    assert_eq!(only(&alone(&code, 4)).content, backwards);
}

#[test]
fn each_single_byte_comes_out_alone() {
    for byte in 0..=255 {
        let code = coded(1, EcLevel::H, &[Segment::Bytes(&[byte])]);
        assert_eq!(only(&alone(&code, 4)).content, [byte]);
    }
}

#[test]
fn bytes_that_look_like_other_encodings_stay_bytes() {
    let samples: [&[u8]; 5] = [
        "확인 é ñ".as_bytes(),
        b"\xEF\xBB\xBFtext",
        b"\x83\x6E\x83\x43\x83\x76",
        b"\xFF\xFE\x41\x00",
        b"\xED\xA0\x80\xC0\xAF",
    ];
    for content in samples {
        let code = coded(5, EcLevel::M, &[Segment::Bytes(content)]);
        assert_eq!(only(&alone(&code, 4)).content, content);
    }
}

#[test]
fn three_thousand_alphanumeric_characters_come_out() {
    let content = alphanumeric(3_000);
    let code = coded(35, EcLevel::L, &[Segment::Alphanumeric(&content)]);
    assert_eq!(only(&alone(&code, 4)).content, content);
}

#[test]
fn the_largest_symbol_comes_out() {
    let content: Vec<u8> = (0..2_953u32).map(|i| (i * i / 3 + i) as u8).collect();
    let code = coded(40, EcLevel::L, &[Segment::Bytes(&content)]);
    assert_eq!(only(&alone(&code, 4)).content, content);
}

#[test]
fn leading_zeros_of_numbers_come_out() {
    for content in [
        &b"0"[..],
        b"00",
        b"000",
        b"0001",
        b"000070001",
        b"12345678901234567890",
    ] {
        let code = coded(3, EcLevel::M, &[Segment::Numeric(content)]);
        assert_eq!(only(&alone(&code, 4)).content, content);
    }
}

#[test]
fn mixed_segments_come_out_one_after_the_other() {
    let segments = [
        Segment::Alphanumeric(b"HWG1:$%"),
        Segment::Bytes(&[0, 255, 128, b'a']),
        Segment::Numeric(b"0042"),
        Segment::Kanji(b"\x93\x5F\xE4\xAA"),
        Segment::Bytes("é".as_bytes()),
    ];
    let content = b"HWG1:$%\x00\xFF\x80a0042\x93\x5F\xE4\xAA\xC3\xA9";
    assert_eq!(
        only(&alone(&coded(6, EcLevel::Q, &segments), 4)).content,
        content
    );
}

#[test]
fn an_eci_marker_changes_no_byte() {
    for eci in [3, 20, 26, 899] {
        let segments = [
            Segment::Eci(eci),
            Segment::Bytes(b"\xC3\xA9\x80"),
            Segment::Numeric(b"7"),
        ];
        let content = only(&alone(&coded(4, EcLevel::M, &segments), 4)).content;
        assert_eq!(content, b"\xC3\xA9\x807", "ECI {eci}");
    }
}

#[test]
fn corners_start_at_the_symbols_own_top_left() {
    let code = QrCode::new(b"corners").unwrap();
    let side = code.width() as f32 * 6.0;
    let mut picture = Picture::filled(640, 480, 235);
    picture.draw(&code, 6, 100, 60);
    let (left, top, right, bottom) = (100.0, 60.0, 100.0 + side, 60.0 + side);
    let upright = [(left, top), (right, top), (right, bottom), (left, bottom)];
    near(only(&picture).corners, upright, 2.0);
    // Turned right by a quarter, (x, y) lies at (480 - y, x).
    let turned = upright.map(|(x, y)| (480.0 - y, x));
    near(only(&picture.turned_right()).corners, turned, 2.0);
}

#[test]
fn a_symbol_found_in_a_shrunk_copy_has_its_corners_in_the_whole_picture() {
    let code = QrCode::new(b"a third").unwrap();
    let mut picture = Picture::filled(1_280, 720, 235);
    picture.draw(&code, 24, 300, 50);
    // A screen's own pixels: dark lines through every module, which only shrinking removes.
    for (i, pixel) in picture.pixels.iter_mut().enumerate() {
        if (i % 1_280) % 3 == 0 || (i / 1_280) % 3 == 0 {
            *pixel = 20;
        }
    }
    let side = code.width() as f32 * 24.0;
    let (right, bottom) = (300.0 + side, 50.0 + side);
    let symbol = only(&picture);
    assert_eq!(symbol.content, b"a third");
    near(
        symbol.corners,
        [
            (300.0, 50.0),
            (right, 50.0),
            (right, bottom),
            (300.0, bottom),
        ],
        12.0,
    );
}

#[test]
fn drawn_symbols_are_read_at_every_module_size_and_place() {
    // With modules of 8 pixels on a grid of 8, no block of the search's thresholds has contrast.
    for module in 2..=20 {
        for shift in [0, 1, 4, 7] {
            let code = coded(2, EcLevel::M, &[Segment::Bytes(b"on the grid")]);
            let mut picture = Picture::filled(640, 640, 235);
            picture.draw(&code, module, 64 + shift, 64 + shift);
            assert_eq!(
                only(&picture).content,
                b"on the grid",
                "{module} pixels, {shift}"
            );
        }
    }
}

#[test]
fn several_symbols_in_a_frame_are_all_read() {
    let mut picture = Picture::filled(1_280, 720, 235);
    picture.draw(&QrCode::new(b"left").unwrap(), 8, 80, 200);
    picture.draw(&QrCode::new(b"right").unwrap(), 8, 800, 300);
    let symbols = Scanner::new().scan(&picture.luma()).symbols;
    let mut contents: Vec<_> = symbols.into_iter().map(|symbol| symbol.content).collect();
    contents.sort();
    assert_eq!(contents, [b"left".to_vec(), b"right".to_vec()]);
}

#[test]
fn a_light_on_dark_symbol_is_read_by_the_fifth_frame_and_followed_from_there() {
    let picture = alone(&QrCode::new(b"inverted").unwrap(), 6).inverted();
    let mut scanner = Scanner::new();
    for frame in 1..=20 {
        let read = !scanner.scan(&picture.luma()).symbols.is_empty();
        assert_eq!(read, frame >= 5, "frame {frame}");
    }
}

#[test]
fn a_light_on_dark_symbol_is_read_in_a_still() {
    let picture = alone(&QrCode::new(b"inverted").unwrap(), 6).inverted();
    let symbols = Scanner::new().scan_still(&picture.luma());
    assert_eq!(
        symbols.first().map(|symbol| symbol.content.as_slice()),
        Some(&b"inverted"[..])
    );
}

#[test]
fn a_mirrored_symbol_is_read() {
    let mut picture = alone(&QrCode::new(b"mirrored").unwrap(), 6);
    let width = picture.width as usize;
    picture
        .pixels
        .chunks_exact_mut(width)
        .for_each(<[u8]>::reverse);
    assert_eq!(only(&picture).content, b"mirrored");
}
