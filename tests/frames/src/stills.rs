//! Sets of single frames.

use crate::camera::{Camera, Shown, Tear, corners, screen};
use crate::conditions::{Background, Conditions, Glare};
use crate::phone::Phone;
use crate::{Code, Ecc, Random};

/// One frame with what is true of it.
#[derive(Clone, Debug)]
pub struct Still {
    /// The width in pixels.
    pub width: usize,
    /// The height in pixels.
    pub height: usize,
    /// The luma, rows from the top without padding.
    pub luma: Vec<u8>,
    /// The bytes of the symbol.
    pub truth: Vec<u8>,
    /// Where the outer corners of the symbol are: as it stands upright, top left, top right,
    /// bottom right, bottom left. The middle of the first pixel is (0.5, 0.5).
    pub corners: [(f32, f32); 4],
    /// Modules along a side.
    pub modules: usize,
    /// How the frame was taken.
    pub conditions: Conditions,
}

/// Which frames.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Set {
    /// Every combination of payload, size in the frame, tilt and blur under each of six
    /// disturbances: [`GRID`] frames. The order mixes them, so that any run of it is a fair part.
    Grid,
    /// What chance brings at a desk: [`Conditions::webcam`], without end.
    Webcam,
}

/// How many frames [`Set::Grid`] has.
pub const GRID: usize = PAYLOADS.len() * COVERS.len() * TILTS.len() * BLURS.len() * 6;

const PAYLOADS: [usize; 4] = [300, 800, 1_600, 2_900];
const COVERS: [f32; 4] = [0.3, 0.47, 0.63, 0.8];
const TILTS: [f32; 3] = [0.0, 15.0, 30.0];
const BLURS: [f32; 3] = [0.0, 1.0, 2.0];

/// The first `count` frames of the set under that seed.
pub fn stills(set: Set, seed: u64, count: usize) -> impl Iterator<Item = Still> {
    (0..count).map(move |index| still(set, seed, index))
}

/// The frame of that number: always the same for the same three.
#[must_use]
pub fn still(set: Set, seed: u64, index: usize) -> Still {
    let random = &mut Random::at(seed, index as u64);
    match set {
        Set::Grid => {
            let (payload, conditions) = grid(index, random);
            let ecc = if random.chance(0.5) { Ecc::L } else { Ecc::M };
            let letters = random.chance(0.5);
            let code = Code::random(random, payload, letters, ecc);
            take(&code, conditions)
        }
        Set::Webcam => {
            let code = webcam_code(random, 300, 2_900);
            take(&code, Conditions::webcam(random.next_u64()))
        }
    }
}

/// A symbol of `low` to `high` bytes, small ones more often; half of them base45.
pub(crate) fn webcam_code(random: &mut Random, low: usize, high: usize) -> Code {
    let span = (high as f32 / low as f32).ln();
    let count = (low as f32 * (span * random.unit()).exp()) as usize;
    let ecc = if random.chance(0.3) { Ecc::M } else { Ecc::L };
    let letters = random.chance(0.5);
    Code::random(random, count, letters, ecc)
}

/// The frame of a symbol under these conditions.
#[must_use]
pub fn take(code: &Code, conditions: Conditions) -> Still {
    let shown = screen(&conditions.phone, Some(code), conditions.seed);
    let shown = Shown {
        first: &shown,
        then: None,
    };
    finish(code, &shown, conditions)
}

/// The frame in which one symbol gives way to another; its truth is the first.
#[must_use]
pub fn take_torn(code: &Code, next: &Code, tear: Tear, conditions: Conditions) -> Still {
    let first = screen(&conditions.phone, Some(code), conditions.seed);
    let then = screen(&conditions.phone, Some(next), conditions.seed);
    let shown = Shown {
        first: &first,
        then: Some((&then, tear)),
    };
    finish(code, &shown, conditions)
}

fn finish(code: &Code, shown: &Shown<'_>, conditions: Conditions) -> Still {
    Still {
        width: conditions.width,
        height: conditions.height,
        luma: Camera::new(&conditions).frame(&conditions, shown, 0),
        truth: code.truth.clone(),
        corners: corners(&conditions),
        modules: code.modules,
        conditions,
    }
}

/// The payload and the conditions of that number of the grid.
fn grid(index: usize, random: &mut Random) -> (usize, Conditions) {
    // 355 shares no divisor with 864, so this visits each combination once.
    let mut number = index * 355 % GRID;
    let mut digit = |base: usize| {
        let digit = number % base;
        number /= base;
        digit
    };
    let (payload, cover) = (PAYLOADS[digit(4)], COVERS[digit(4)]);
    let (tilt, blur, disturbance) = (TILTS[digit(3)], BLURS[digit(3)], digit(6));
    let everything = disturbance == 5;
    let is = |number: usize| disturbance == number || everything;
    let conditions = Conditions {
        phone: Phone {
            inverted: false,
            quiet: 4.0,
            ..Phone::random(random)
        },
        cover,
        offset: (random.between(-0.08, 0.08), random.between(-0.04, 0.04)),
        tilt,
        tilt_axis: random.between(0.0, 180.0),
        roll: random.between(-12.0, 12.0) + if random.chance(0.06) { 180.0 } else { 0.0 },
        barrel: if is(1) { 0.08 } else { 0.02 },
        vignette: if is(1) { 0.4 } else { 0.1 },
        screen: 0.85,
        room: 0.5,
        background: Background::random(random),
        blur,
        read_noise: if is(2) { 0.008 } else { 0.002 },
        shot_noise: if is(2) { 0.035 } else { 0.008 },
        glare: if is(3) {
            vec![Glare::Lamp {
                middle: (random.between(-0.5, 0.5), random.between(-0.5, 0.5)),
                radius: random.between(0.12, 0.3),
                light: random.between(0.2, 0.7),
            }]
        } else {
            Vec::new()
        },
        grid: if is(4) { 1.0 } else { 0.0 },
        aperture: 0.55,
        hand: true,
        sharpen: 0.3,
        jpeg: Some(60),
        ..Conditions::clean(random.next_u64())
    };
    (payload, conditions)
}

/// A frame without a code: a room or a desk, often a hand or a phone with some other page.
#[must_use]
pub fn blank(seed: u64) -> Still {
    let random = &mut Random::at(seed, 0xb1a);
    let conditions = Conditions::webcam(random.next_u64());
    let camera = Camera::new(&conditions);
    let luma = if random.chance(0.4) {
        camera.empty(&conditions, 0)
    } else {
        let page = screen(&conditions.phone, None, conditions.seed);
        let shown = Shown {
            first: &page,
            then: None,
        };
        camera.frame(&conditions, &shown, 0)
    };
    Still {
        width: conditions.width,
        height: conditions.height,
        luma,
        truth: Vec::new(),
        corners: [(0.0, 0.0); 4],
        modules: 0,
        conditions,
    }
}
