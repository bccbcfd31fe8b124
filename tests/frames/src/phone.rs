//! Phones, and what is on their screens.

use crate::{Code, Random};

/// A phone and the app it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phone {
    /// Pixels of the screen, across and down.
    pub pixels: (usize, usize),
    /// The width of the screen in millimetres.
    pub width_mm: f32,
    /// The frame around the screen in millimetres.
    pub bezel_mm: f32,
    /// The radius of the screen's corners in millimetres.
    pub radius_mm: f32,
    /// The light of the body, where a white page is 1.
    pub body: f32,
    /// The light of a black pixel over that of a white one.
    pub black: f32,
    /// The symbol's side over the width of the screen.
    pub symbol: f32,
    /// How many modules of quiet zone there are; ISO/IEC 18004 asks for four.
    pub quiet: f32,
    /// Where the middle of the symbol is on the screen, 0 its top and 1 its bottom.
    pub height: f32,
    /// The app around the symbol is dark.
    pub dark: bool,
    /// The symbol itself is light on dark.
    pub inverted: bool,
}

impl Default for Phone {
    /// A mid-range phone of 6.1 inches.
    fn default() -> Self {
        Self {
            pixels: (1080, 2340),
            width_mm: 65.0,
            bezel_mm: 2.5,
            radius_mm: 6.0,
            body: 0.05,
            black: 0.01,
            symbol: 0.8,
            quiet: 4.0,
            height: 0.45,
            dark: false,
            inverted: false,
        }
    }
}

/// Screens that are sold: pixels, width in millimetres, bezel, corner radius.
const MODELS: [((usize, usize), f32, f32, f32); 8] = [
    ((1080, 2340), 65.0, 2.5, 6.0),
    ((1170, 2532), 64.5, 3.0, 8.0),
    ((1440, 3088), 71.0, 2.0, 2.0),
    ((720, 1600), 68.0, 4.0, 5.0),
    ((1080, 2400), 68.5, 2.5, 5.0),
    ((750, 1334), 58.5, 4.5, 0.0),
    ((1290, 2796), 71.5, 2.2, 9.0),
    ((720, 1280), 62.0, 5.0, 0.0),
];

impl Phone {
    /// One of the phones that are sold, its app as chance will have it; one in thirty shows the
    /// symbol light on dark.
    #[must_use]
    pub fn random(random: &mut Random) -> Self {
        let (pixels, width_mm, bezel_mm, radius_mm) = *random.pick(&MODELS);
        Self {
            pixels,
            width_mm,
            bezel_mm,
            radius_mm,
            body: *random.pick(&[0.03, 0.05, 0.3, 0.7]),
            black: random.between(0.005, 0.06),
            symbol: random.between(0.72, 0.92),
            quiet: *random.pick(&[1.0, 2.0, 4.0, 4.0, 4.0]),
            height: random.between(0.36, 0.6),
            dark: random.chance(0.25),
            inverted: random.chance(1.0 / 30.0),
        }
    }

    /// The side of the symbol in millimetres.
    pub(crate) fn symbol_mm(&self) -> f32 {
        self.symbol * self.width_mm
    }
}

/// The picture on a screen: values as an app sets them, 255 white.
pub(crate) struct Screen {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Screen {
    /// The app with the symbol; without one, some other page of it.
    pub(crate) fn of(phone: &Phone, code: Option<&Code>, seed: u64) -> Self {
        let (width, height) = phone.pixels;
        let ground = if phone.dark { 24 } else { 238 };
        let mut screen = Self {
            width,
            height,
            pixels: vec![ground; width * height],
        };
        let random = &mut Random::at(seed, 0x5c4e);
        screen.app(phone, random);
        match code {
            Some(code) => screen.symbol(phone, code),
            None => screen.page(phone, random),
        }
        screen
    }

    fn fill(&mut self, [left, top, right, bottom]: [f32; 4], value: u8) {
        let column = |at: f32| (at.round().max(0.0) as usize).min(self.width);
        let (left, right) = (column(left), column(right));
        let row = |at: f32| (at.round().max(0.0) as usize).min(self.height);
        for y in row(top)..row(bottom) {
            self.pixels[y * self.width + left..(y * self.width + right).max(y * self.width + left)]
                .fill(value);
        }
    }

    /// Squarish letters, as Hangul is: strokes in a box.
    fn line(&mut self, from: (f32, f32), to: f32, size: f32, ink: u8, random: &mut Random) {
        let (mut x, y) = from;
        let stroke = (size / 9.0).max(1.0);
        while x + size < to {
            if !random.chance(0.15) {
                for _ in 0..3 {
                    let at = random.between(0.0, size - stroke);
                    let (a, b) = (random.between(0.0, 0.4), random.between(0.6, 1.0));
                    if random.chance(0.5) {
                        let bar = [x + a * size, y + at, x + b * size, y + at + stroke];
                        self.fill(bar, ink);
                    } else {
                        let bar = [x + at, y + a * size, x + at + stroke, y + b * size];
                        self.fill(bar, ink);
                    }
                }
            }
            x += size * 1.12;
        }
    }

    /// What every page of the app has: clock, title, buttons.
    fn app(&mut self, phone: &Phone, random: &mut Random) {
        let unit = self.width as f32 / 100.0;
        let ink = if phone.dark { 225 } else { 30 };
        self.line(
            (7.0 * unit, 2.5 * unit),
            25.0 * unit,
            3.5 * unit,
            ink,
            random,
        );
        self.fill([82.0 * unit, 3.0 * unit, 90.0 * unit, 6.0 * unit], ink);
        let title = random.between(30.0, 70.0);
        self.line(
            (7.0 * unit, 13.0 * unit),
            title * unit,
            6.0 * unit,
            ink,
            random,
        );
        let bottom = self.height as f32 - 14.0 * unit;
        self.fill(
            [
                12.0 * unit,
                bottom - 16.0 * unit,
                88.0 * unit,
                bottom - 4.0 * unit,
            ],
            if random.chance(0.5) { 90 } else { 140 },
        );
        self.line(
            (36.0 * unit, bottom - 12.0 * unit),
            64.0 * unit,
            4.0 * unit,
            250,
            random,
        );
        self.fill(
            [
                35.0 * unit,
                bottom + 9.0 * unit,
                65.0 * unit,
                bottom + 10.2 * unit,
            ],
            ink,
        );
    }

    fn symbol(&mut self, phone: &Phone, code: &Code) {
        let side = phone.symbol * self.width as f32;
        let module = side / code.modules as f32;
        let left = (self.width as f32 - side) / 2.0;
        let top = phone.height * self.height as f32 - side / 2.0;
        let quiet = phone.quiet * module;
        let (light, dark) = if phone.inverted { (10, 245) } else { (255, 0) };
        self.fill(
            [
                left - quiet,
                top - quiet,
                left + side + quiet,
                top + side + quiet,
            ],
            light,
        );
        for row in 0..code.modules {
            for column in 0..code.modules {
                if code.is_dark(column, row) {
                    let (x, y) = (left + column as f32 * module, top + row as f32 * module);
                    self.fill([x, y, x + module, y + module], dark);
                }
            }
        }
        let unit = self.width as f32 / 100.0;
        let ink = if phone.dark { 200 } else { 70 };
        let random = &mut Random::at(code.modules as u64, 0x11e5);
        let below = top + side + quiet + 6.0 * unit;
        self.line((20.0 * unit, below), 80.0 * unit, 4.5 * unit, ink, random);
        self.line(
            (30.0 * unit, below + 8.0 * unit),
            70.0 * unit,
            3.5 * unit,
            ink,
            random,
        );
    }

    /// A list of rows, each with a picture and two lines.
    fn page(&mut self, phone: &Phone, random: &mut Random) {
        let unit = self.width as f32 / 100.0;
        let ink = if phone.dark { 215 } else { 45 };
        let mut y = 27.0 * unit;
        while y + 50.0 * unit < self.height as f32 {
            let shade = 60 + random.below(150) as u8;
            self.fill([6.0 * unit, y, 22.0 * unit, y + 16.0 * unit], shade);
            let inner = [9.0 * unit, y + 3.0 * unit, 19.0 * unit, y + 13.0 * unit];
            self.fill(inner, shade.wrapping_add(80));
            let end = random.between(55.0, 94.0) * unit;
            self.line((27.0 * unit, y + 2.0 * unit), end, 5.0 * unit, ink, random);
            let end = random.between(45.0, 94.0) * unit;
            self.line((27.0 * unit, y + 10.0 * unit), end, 3.6 * unit, 120, random);
            self.fill(
                [0.0, y + 20.0 * unit, self.width as f32, y + 20.4 * unit],
                150,
            );
            y += 24.0 * unit;
        }
    }
}
