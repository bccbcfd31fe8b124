//! Draws symbols into grey pictures.
#![allow(dead_code, reason = "each test file uses a part")]

use hwagin_scanner::Luma;
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// A grey picture that owns its pixels.
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Vec<u8>,
}

impl Picture {
    pub(crate) fn filled(width: u32, height: u32, value: u8) -> Self {
        Self {
            width,
            height,
            pixels: vec![value; (width * height) as usize],
        }
    }

    pub(crate) fn luma(&self) -> Luma<'_> {
        Luma::new(self.width, self.height, &self.pixels).unwrap()
    }

    /// Draws the code with modules of `module` pixels, the symbol's top left corner at `x`, `y`.
    pub(crate) fn draw(&mut self, code: &QrCode, module: u32, x: u32, y: u32) {
        let side = code.width() as u32;
        for (i, color) in code.to_colors().into_iter().enumerate() {
            let (column, row) = (i as u32 % side, i as u32 / side);
            let value = if color == Color::Dark { 20 } else { 235 };
            for dy in 0..module {
                let start = (y + row * module + dy) * self.width + x + column * module;
                self.pixels[start as usize..(start + module) as usize].fill(value);
            }
        }
    }

    pub(crate) fn inverted(mut self) -> Self {
        self.pixels.iter_mut().for_each(|pixel| *pixel = !*pixel);
        self
    }

    pub(crate) fn turned_right(&self) -> Self {
        let (width, height) = (self.height, self.width);
        let pixels = (0..width * height)
            .map(|i| {
                let (x, y) = (i % width, i / width);
                self.pixels[((self.height - 1 - x) * self.width + y) as usize]
            })
            .collect();
        Self {
            width,
            height,
            pixels,
        }
    }
}

/// The code alone, upright, with a quiet zone of four modules.
pub(crate) fn alone(code: &QrCode, module: u32) -> Picture {
    let side = (code.width() as u32 + 8) * module;
    let mut picture = Picture::filled(side, side, 235);
    picture.draw(code, module, 4 * module, 4 * module);
    picture
}

/// One segment of a symbol.
pub(crate) enum Segment<'a> {
    Numeric(&'a [u8]),
    Alphanumeric(&'a [u8]),
    Bytes(&'a [u8]),
    Kanji(&'a [u8]),
    Eci(u32),
}

/// A code of exactly these segments.
pub(crate) fn coded(version: i16, level: EcLevel, segments: &[Segment<'_>]) -> QrCode {
    let mut bits = Bits::new(Version::Normal(version));
    for segment in segments {
        match segment {
            Segment::Numeric(data) => bits.push_numeric_data(data),
            Segment::Alphanumeric(data) => bits.push_alphanumeric_data(data),
            Segment::Bytes(data) => bits.push_byte_data(data),
            Segment::Kanji(data) => bits.push_kanji_data(data),
            Segment::Eci(number) => bits.push_eci_designator(*number),
        }
        .unwrap();
    }
    bits.push_terminator(level).unwrap();
    QrCode::with_bits(bits, level).unwrap()
}
