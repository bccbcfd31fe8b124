//! The phone before a webcam: held a little askew, slightly soft, with the noise of a sensor.

use super::picture::RgbPicture;
use super::qr::{TooLong, modules};
use super::scene::{Colour, Scene};

/// The widest and highest picture made; a larger wish is cut to this.
const LARGEST: u32 = 4_096;
/// Part of the frame height that the symbol fills in [`phone_screen`].
const SHARE: f64 = 0.87;
/// Texels of the painted plane to a pixel of the frame.
const FINENESS: usize = 2;
/// From the lens to the phone, in frame heights.
const DISTANCE: f64 = 2.6;

/// A phone held before a webcam, painted once a code, to be seen frame by frame.
pub struct Phone {
    width: usize,
    height: usize,
    /// Texels to a symbol's side.
    unit: f64,
    modules: usize,
    texture: Vec<Colour>,
    texture_width: usize,
    texture_height: usize,
}

/// Frame number `frame` of a webcam of `width` by `height` pixels that sees `text` as a QR code.
///
/// # Errors
/// [`TooLong`] where no QR code holds `text`.
pub fn phone_screen(
    text: &str,
    width: u32,
    height: u32,
    frame: u32,
) -> Result<RgbPicture, TooLong> {
    Ok(Phone::new(text, width, height)?.frame(frame))
}

impl Phone {
    /// A phone so near that the symbol fills 87 % of the frame height.
    ///
    /// # Errors
    /// [`TooLong`] where no QR code holds `text`.
    pub fn new(text: &str, width: u32, height: u32) -> Result<Self, TooLong> {
        Self::at_share(text, width, height, SHARE)
    }

    /// A phone so near that the symbol fills `share` (0.1 to 1) of the frame height.
    ///
    /// # Errors
    /// [`TooLong`] where no QR code holds `text`.
    pub fn at_share(text: &str, width: u32, height: u32, share: f64) -> Result<Self, TooLong> {
        let side = |n: u32| usize::try_from(n.clamp(16, LARGEST)).unwrap_or(16);
        let (width, height) = (side(width), side(height));
        // A tenth more on every side, for what comes into view when the phone moves.
        let texture_width = width * FINENESS * 6 / 5;
        let texture_height = height * FINENESS * 6 / 5;
        let scene = Scene::new(modules(text, 0)?);
        let mut phone = Self {
            width,
            height,
            unit: share.clamp(0.1, 1.0) * (height * FINENESS) as f64,
            modules: scene.modules(),
            texture: vec![[0; 3]; texture_width * texture_height],
            texture_width,
            texture_height,
        };
        phone.paint(&scene, f64::INFINITY);
        Ok(phone)
    }

    /// From now on it shows `text`, in a code that is not smaller than the one before: a phone that
    /// plays an animated code does not change its size.
    ///
    /// # Errors
    /// [`TooLong`] where no QR code holds `text`; the code stays as it was.
    pub fn show(&mut self, text: &str) -> Result<(), TooLong> {
        let scene = Scene::new(modules(text, self.modules)?);
        let is_larger = scene.modules() != self.modules;
        self.modules = scene.modules();
        let far = if is_larger {
            f64::INFINITY
        } else {
            scene.half()
        };
        self.paint(&scene, far);
        Ok(())
    }

    /// Paints the plane as far as `far` from its middle.
    fn paint(&mut self, scene: &Scene, far: f64) {
        let (width, height, unit) = (self.texture_width, self.texture_height, self.unit);
        let plane = |at: usize, side: usize| (at as f64 + 0.5 - side as f64 / 2.0) / unit;
        for (y, row) in self.texture.chunks_exact_mut(width).enumerate() {
            let plane_y = plane(y, height);
            if plane_y.abs() > far {
                continue;
            }
            for (x, texel) in row.iter_mut().enumerate() {
                let plane_x = plane(x, width);
                if plane_x.abs() <= far {
                    let colour = scene.colour(plane_x, plane_y);
                    *texel = colour.unwrap_or_else(|| room(x, y, width, height));
                }
            }
        }
    }

    /// What the webcam sees in frame number `frame`: always the same for the same number.
    #[must_use]
    pub fn frame(&self, frame: u32) -> RgbPicture {
        let mut pixels = self.seen(&homography(frame));
        soften(&mut pixels, self.width);
        noise(&mut pixels, frame);
        RgbPicture {
            width: u32::try_from(self.width).unwrap_or(u32::MAX),
            height: u32::try_from(self.height).unwrap_or(u32::MAX),
            pixels: pixels.into_iter().flatten().collect(),
        }
    }

    fn seen(&self, from_frame: &[[f64; 3]; 3]) -> Vec<Colour> {
        let scale = self.height as f64;
        let mut out = Vec::with_capacity(self.width * self.height);
        for y in 0..self.height {
            let frame_y = (y as f64 + 0.5) / scale - 0.5;
            for x in 0..self.width {
                let frame_x = (x as f64 + 0.5 - self.width as f64 / 2.0) / scale;
                let [u, v, w] = from_frame.map(|[a, b, c]| a * frame_x + b * frame_y + c);
                let texel = scale * FINENESS as f64 / w;
                out.push(self.sample(
                    u * texel + self.texture_width as f64 / 2.0 - 0.5,
                    v * texel + self.texture_height as f64 / 2.0 - 0.5,
                ));
            }
        }
        out
    }

    /// The painted plane between four texels. Places outside are moved to the rim.
    fn sample(&self, x: f64, y: f64) -> Colour {
        let x = x.clamp(0.0, (self.texture_width - 2) as f64);
        let y = y.clamp(0.0, (self.texture_height - 2) as f64);
        let (column, row) = (x as usize, y as usize);
        let right = ((x - column as f64) * 256.0) as u32;
        let down = ((y - row as f64) * 256.0) as u32;
        let start = row * self.texture_width + column;
        let pair = |at: usize| self.texture.get(at..at + 2);
        let (Some([a, b]), Some([c, d])) = (pair(start), pair(start + self.texture_width)) else {
            return [0; 3];
        };
        let mut out = [0; 3];
        for ((((out, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            let upper = u32::from(*a) * (256 - right) + u32::from(*b) * right;
            let lower = u32::from(*c) * (256 - right) + u32::from(*d) * right;
            *out = ((upper * (256 - down) + lower * down) >> 16) as u8;
        }
        out
    }
}

/// The room behind the phone: a wall that is lit from the upper left.
fn room(x: usize, y: usize, width: usize, height: usize) -> Colour {
    let light = 1.0 - 0.28 * (x as f64 / width as f64) - 0.22 * (y as f64 / height as f64);
    [176.0, 172.0, 164.0].map(|part: f64| (part * light) as u8)
}

/// From a place in the frame to one on the phone's plane, both in frame heights from the middle.
fn homography(frame: u32) -> [[f64; 3]; 3] {
    let t = f64::from(frame % 10_000);
    let sway = |speed: f64, phase: f64| (t * speed + phase).sin();
    let (sin_x, cos_x) = (2.6 + 0.7 * sway(0.9, 0.3)).to_radians().sin_cos();
    let (sin_y, cos_y) = (-3.4 + 0.8 * sway(0.7, 1.1)).to_radians().sin_cos();
    let (sin_z, cos_z) = (0.9 + 0.5 * sway(1.3, 2.0)).to_radians().sin_cos();
    // Rotation about x, then y, then z; only what a point of the plane z = 0 needs.
    let first = [
        cos_z * cos_y,
        cos_z * sin_y * sin_x - sin_z * cos_x,
        0.004 * sway(1.1, 0.0),
    ];
    let second = [
        sin_z * cos_y,
        sin_z * sin_y * sin_x + cos_z * cos_x,
        0.003 * sway(0.8, 0.5),
    ];
    let third = [-sin_y / DISTANCE, cos_y * sin_x / DISTANCE, 1.0];
    invert(first, second, third)
}

/// The inverse of the matrix with these rows, up to a factor (which a homography doesn't feel).
fn invert(a: [f64; 3], b: [f64; 3], c: [f64; 3]) -> [[f64; 3]; 3] {
    let cross = |[p1, p2, p3]: [f64; 3], [q1, q2, q3]: [f64; 3]| {
        [p2 * q3 - p3 * q2, p3 * q1 - p1 * q3, p1 * q2 - p2 * q1]
    };
    let [x1, y1, z1] = cross(b, c);
    let [x2, y2, z2] = cross(c, a);
    let [x3, y3, z3] = cross(a, b);
    [[x1, x2, x3], [y1, y2, y3], [z1, z2, z3]]
}

/// A lens that is not quite sharp: each pixel takes a tenth from either neighbour, both ways.
fn soften(pixels: &mut Vec<Colour>, width: usize) {
    for step in [1, width] {
        // At either end of the picture the neighbour is one from the other end: nobody can tell.
        let after = pixels.iter().skip(step).chain(pixels.iter());
        let before = pixels.iter().take(step).chain(pixels.iter());
        let mixed = pixels
            .iter()
            .zip(before)
            .zip(after)
            .map(|((own, one), other)| {
                let mut out = *own;
                for ((out, one), other) in out.iter_mut().zip(one).zip(other) {
                    let sum = u32::from(*out) * 206 + (u32::from(*one) + u32::from(*other)) * 25;
                    *out = (sum >> 8) as u8;
                }
                out
            });
        *pixels = mixed.collect();
    }
}

/// Sensor noise of a few grey levels, the same for all three colours of a pixel.
fn noise(pixels: &mut [Colour], frame: u32) {
    let mut state = u64::from(frame).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for pixel in pixels {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // The sum of four small numbers is nearly normal: mean 0, deviation 2.6.
        let level: i16 = [8, 20, 32, 44]
            .into_iter()
            .map(|shift| (state >> shift & 3) as i16)
            .sum();
        for part in pixel.iter_mut() {
            *part = (i16::from(*part) + level - 6).clamp(0, 255) as u8;
        }
    }
}
