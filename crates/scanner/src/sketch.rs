//! Pictures for the tests inside this crate: symbols laid into a picture by geometry that is
//! worked out here, apart from what the scanner itself works out.

use crate::grey::Grey;
use crate::{Luma, Point};

pub(crate) fn point(x: f32, y: f32) -> Point {
    Point { x, y }
}

/// The modules of a symbol.
pub(crate) struct Modules {
    pub(crate) side: usize,
    pub(crate) dark: Vec<bool>,
}

impl Modules {
    /// A symbol of that version and level, its content in one segment of bytes.
    pub(crate) fn of(version: i16, level: qrcode::EcLevel, content: &[u8]) -> Self {
        let mut bits = qrcode::bits::Bits::new(qrcode::Version::Normal(version));
        bits.push_byte_data(content).unwrap();
        bits.push_terminator(level).unwrap();
        let code = qrcode::QrCode::with_bits(bits, level).unwrap();
        let dark = code.to_colors();
        Self {
            side: code.width(),
            dark: dark
                .into_iter()
                .map(|colour| colour == qrcode::Color::Dark)
                .collect(),
        }
    }

    fn is_dark(&self, at: Point) -> bool {
        let (x, y) = (at.x.floor(), at.y.floor());
        let side = self.side as f32;
        (0.0..side).contains(&x)
            && (0.0..side).contains(&y)
            && self.dark[y as usize * self.side + x as usize]
    }
}

/// How a symbol of so many modules is held before a camera.
#[derive(Clone, Copy)]
pub(crate) struct Pose {
    pub(crate) side: f32,
    /// Where its middle is in the picture.
    pub(crate) middle: Point,
    /// Pixels a module is wide where it is not tilted.
    pub(crate) module: f32,
    /// Degrees: in its plane, and out of it (its top away).
    pub(crate) turned: f32,
    pub(crate) tilted: f32,
    /// A lens that pulls a place 300 pixels from the picture's middle inwards by this share.
    pub(crate) barrel: f32,
    /// The picture's own middle, which the lens pulls towards.
    pub(crate) lens: Point,
}

/// From the camera to the symbol, in pixels: what perspective depends on.
const DISTANCE: f32 = 900.0;

impl Pose {
    /// Straight before the middle of a picture of 640 × 480.
    pub(crate) fn straight(modules: &Modules, module: f32) -> Self {
        Self {
            side: modules.side as f32,
            middle: point(320.0, 240.0),
            module,
            turned: 0.0,
            tilted: 0.0,
            barrel: 0.0,
            lens: point(320.0, 240.0),
        }
    }

    /// The place in the picture of a place of the symbol.
    pub(crate) fn place(&self, symbol: Point) -> Point {
        let half = self.side / 2.0;
        let (x, y) = (symbol.x - half, symbol.y - half);
        let (sine, cosine) = self.turned.to_radians().sin_cos();
        let (x, y) = (
            (x * cosine - y * sine) * self.module,
            (x * sine + y * cosine) * self.module,
        );
        let (lean, upright) = self.tilted.to_radians().sin_cos();
        let over = DISTANCE / (DISTANCE - y * lean);
        let ideal = self.middle + point(x * over, y * upright * over);
        // What `ideal` undoes, found by going back and forth.
        let mut place = ideal;
        for _ in 0..30 {
            place = place + ideal - self.straightened(place);
        }
        place
    }

    /// The place of the symbol that is seen at a place of the picture.
    fn symbol(&self, picture: Point) -> Point {
        let seen = self.straightened(picture) - self.middle;
        let (lean, upright) = self.tilted.to_radians().sin_cos();
        let y = seen.y * DISTANCE / (upright * DISTANCE + seen.y * lean);
        let x = seen.x * (DISTANCE - y * lean) / DISTANCE;
        let (sine, cosine) = self.turned.to_radians().sin_cos();
        let half = self.side / 2.0;
        point(
            (x * cosine + y * sine) / self.module + half,
            (y * cosine - x * sine) / self.module + half,
        )
    }

    fn straightened(&self, picture: Point) -> Point {
        let off = picture - self.lens;
        let far = (off.x * off.x + off.y * off.y) / (300.0 * 300.0);
        self.lens + off * (1.0 + self.barrel * far)
    }
}

/// A grey picture that is drawn into.
#[derive(Clone)]
pub(crate) struct Sketch {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Sketch {
    pub(crate) fn filled(width: usize, height: usize, grey: u8) -> Self {
        Self {
            width,
            height,
            pixels: vec![grey; width * height],
        }
    }

    /// A picture of 640 × 480 with that symbol in it, dark 30 and light 220.
    pub(crate) fn of(modules: &Modules, pose: &Pose) -> Self {
        let mut sketch = Self::filled(640, 480, 220);
        for (at, pixel) in sketch.pixels.iter_mut().enumerate() {
            let (x, y) = ((at % 640) as f32, (at / 640) as f32);
            let mut dark = 0;
            for (across, down) in [0.125_f32, 0.375, 0.625, 0.875]
                .into_iter()
                .flat_map(|down| [0.125, 0.375, 0.625, 0.875].map(|across| (across, down)))
            {
                let seen = pose.symbol(point(x + across, y + down));
                dark += i32::from(modules.is_dark(seen));
            }
            *pixel = (220 - dark * 190 / 16) as u8;
        }
        sketch
    }

    pub(crate) fn luma(&self) -> Luma<'_> {
        Luma::new(self.width as u32, self.height as u32, &self.pixels).unwrap()
    }

    pub(crate) fn grey(&self) -> Grey<'_> {
        Grey::from(&self.luma())
    }

    /// Blurred by a lens: a normal distribution of that deviation in pixels.
    pub(crate) fn blurred(&self, deviation: f32) -> Self {
        let reach = (deviation * 3.0).ceil() as i32;
        let weight = |at: i32| (-(at * at) as f32 / (2.0 * deviation * deviation)).exp();
        let whole: f32 = (-reach..=reach).map(weight).sum();
        let (width, height) = (self.width as i32, self.height as i32);
        let pass = |from: &[f32], step: (i32, i32)| -> Vec<f32> {
            (0..width * height)
                .map(|at| {
                    let (x, y) = (at % width, at / width);
                    let near = |by: i32| {
                        let x = (x + step.0 * by).clamp(0, width - 1);
                        let y = (y + step.1 * by).clamp(0, height - 1);
                        from[(y * width + x) as usize] * weight(by)
                    };
                    (-reach..=reach).map(near).sum::<f32>() / whole
                })
                .collect()
        };
        let grey: Vec<f32> = self.pixels.iter().map(|&pixel| f32::from(pixel)).collect();
        let both = pass(&pass(&grey, (1, 0)), (0, 1));
        Self {
            pixels: both.into_iter().map(|grey| grey.round() as u8).collect(),
            ..*self
        }
    }

    /// Paints over the places of the symbol's modules from `from` to `to`.
    pub(crate) fn covered(mut self, pose: &Pose, from: Point, to: Point, grey: u8) -> Self {
        for at in 0..self.pixels.len() {
            let (x, y) = ((at % self.width) as f32, (at / self.width) as f32);
            let seen = pose.symbol(point(x + 0.5, y + 0.5));
            if (from.x..to.x).contains(&seen.x) && (from.y..to.y).contains(&seen.y) {
                self.pixels[at] = grey;
            }
        }
        self
    }

    pub(crate) fn inverted(mut self) -> Self {
        self.pixels.iter_mut().for_each(|pixel| *pixel = !*pixel);
        self
    }
}

/// Numbers that look random, always the same.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // The state's high bits, turned by its highest: the low ones repeat soon.
        let mixed = ((self.0 >> 18) ^ self.0) >> 27;
        (mixed as u32).rotate_right((self.0 >> 59) as u32)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.next() as usize % bound.max(1)
    }

    /// From 0 to 1.
    pub(crate) fn unit(&mut self) -> f32 {
        self.next() as f32 / u32::MAX as f32
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next() >> 24) as u8).collect()
    }

    /// About a normal distribution of deviation 1.
    pub(crate) fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }
}
