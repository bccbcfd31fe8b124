//! Under what conditions a frame is taken.

use crate::{Phone, Random};

/// Everything that decides what a frame looks like, beside the symbol.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditions {
    /// What is drawn by chance (the noise, the background, the app) follows from it.
    pub seed: u64,
    /// The width of the frame in pixels.
    pub width: usize,
    /// The height of the frame in pixels.
    pub height: usize,
    /// The phone in view.
    pub phone: Phone,
    /// The symbol's side, when not tilted, over the height of the frame.
    pub cover: f32,
    /// Where the middle of the symbol is: 0 the middle of the frame, ±0.5 its edges.
    pub offset: (f32, f32),
    /// How far the phone leans out of the plane of the frame, in degrees.
    pub tilt: f32,
    /// About which axis it leans, in degrees: 0 leans its top away, 90 its side.
    pub tilt_axis: f32,
    /// How far it is turned in its own plane, in degrees; 180 is upside down.
    pub roll: f32,
    /// What the camera sees from side to side, in degrees: near things look more in perspective
    /// the wider it is.
    pub field_of_view: f32,
    /// How much the lens pulls the corner of the frame inwards, as a share: 0.05 is a barrel.
    pub barrel: f32,
    /// How much darker the corner of the frame is, as a share.
    pub vignette: f32,
    /// The light of a white pixel of the screen in the frame, where 1 saturates.
    pub screen: f32,
    /// The light of the room in the frame: a white page on the desk.
    pub room: f32,
    /// What stands behind the phone.
    pub background: Background,
    /// The deviation of the lens's blur in pixels of the frame.
    pub blur: f32,
    /// How far the phone moves while the shutter is open, in pixels of the frame.
    pub motion: (f32, f32),
    /// How far the phone moves while the frame is read out from top to bottom, in pixels.
    pub skew: (f32, f32),
    /// The side of the light-sensitive part of a pixel, as a share of the pixel. The smaller it
    /// is, the more of the screen's own grid comes out as moiré.
    pub aperture: f32,
    /// How deep the screen's pixel grid is: 0 none, 1 as deep as that of green stripes.
    pub grid: f32,
    /// Bars of a screen that is dimmed by switching: their depth, as a share.
    pub banding: f32,
    /// Lights that mirror in the glass.
    pub glare: Vec<Glare>,
    /// Fingers over the phone.
    pub fingers: Vec<Finger>,
    /// Whether a hand holds the phone from behind.
    pub hand: bool,
    /// Noise that is there without light: its deviation, where 1 is saturation.
    pub read_noise: f32,
    /// Noise of the light itself: its deviation at saturation.
    pub shot_noise: f32,
    /// The power of the camera's tone curve.
    pub gamma: f32,
    /// How much the camera sharpens: the share of the difference to a blurred frame added.
    pub sharpen: f32,
    /// The quality of the MJPEG frame, 1 to 100; `None` for raw frames.
    pub jpeg: Option<u8>,
}

/// What stands behind the phone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Background {
    /// Nothing: one grey.
    Plain,
    /// A room: wall, door, window, shelf with books.
    Room,
    /// A desk of wood.
    Desk,
    /// A page of squarish letters with boxes in them.
    Page,
    /// The keys of a keyboard, seen at an angle.
    Keys,
    /// A blind before a window.
    Blind,
    /// Tiles, squares within squares among them.
    Tiles,
}

impl Background {
    /// One of those at a desk: mostly rooms and desks, now and then what looks like a code.
    pub(crate) fn random(random: &mut Random) -> Self {
        match random.below(20) {
            0..8 => Self::Room,
            8..13 => Self::Desk,
            13..15 => Self::Page,
            15..17 => Self::Keys,
            17..19 => Self::Blind,
            _ => Self::Tiles,
        }
    }
}

/// A light that mirrors in the glass. Lengths are shares of the symbol's side, counted from its
/// middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Glare {
    /// A lamp: round, fading outwards.
    Lamp {
        /// Where it is.
        middle: (f32, f32),
        /// Where it has faded to 60 %.
        radius: f32,
        /// The light it adds in its middle.
        light: f32,
    },
    /// A window or a tube: a stripe with hard edges.
    Stripe {
        /// A point on it.
        middle: (f32, f32),
        /// Its direction, in degrees.
        angle: f32,
        /// Its length and its width.
        size: (f32, f32),
        /// The light it adds.
        light: f32,
    },
}

/// A finger over the phone. Lengths are shares of the symbol's side, counted from its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finger {
    /// Where the tip is round about.
    pub tip: (f32, f32),
    /// Where it comes from.
    pub from: (f32, f32),
    /// Half its width.
    pub radius: f32,
    /// How light the skin is, where a white page is 1.
    pub skin: f32,
}

impl Conditions {
    /// A sharp, even, noiseless frame of a phone held straight: every effect off.
    #[must_use]
    pub fn clean(seed: u64) -> Self {
        Self {
            seed,
            width: 1280,
            height: 720,
            phone: Phone::default(),
            cover: 0.6,
            offset: (0.0, 0.0),
            tilt: 0.0,
            tilt_axis: 0.0,
            roll: 0.0,
            field_of_view: 65.0,
            barrel: 0.0,
            vignette: 0.0,
            screen: 0.9,
            room: 0.5,
            background: Background::Plain,
            blur: 0.0,
            motion: (0.0, 0.0),
            skew: (0.0, 0.0),
            aperture: 1.0,
            grid: 0.0,
            banding: 0.0,
            glare: Vec::new(),
            fingers: Vec::new(),
            hand: false,
            read_noise: 0.0,
            shot_noise: 0.0,
            gamma: 2.2,
            sharpen: 0.0,
            jpeg: None,
        }
    }

    /// What a webcam at a desk may meet, drawn by chance: most frames with a phone held roughly
    /// straight at arm's length in a lit room, some with each fault.
    #[must_use]
    pub fn webcam(seed: u64) -> Self {
        let random = &mut Random::at(seed, 0x57eb);
        let dim = random.chance(0.3);
        let noise = if dim { 2.2 } else { 1.0 };
        Self {
            phone: Phone::random(random),
            cover: random.between(0.3, 0.85),
            offset: (random.normal() * 0.08, random.normal() * 0.05),
            tilt: (random.normal() * 13.0).abs().min(38.0),
            tilt_axis: random.between(0.0, 180.0),
            roll: hand_roll(random),
            field_of_view: random.between(55.0, 80.0),
            barrel: random.between(0.0, 0.09),
            vignette: random.between(0.05, 0.4),
            screen: random.between(0.45, 1.5),
            room: random.between(0.35, 0.8) * if dim { 0.4 } else { 1.0 },
            background: Background::random(random),
            blur: random.between(0.35, 1.7),
            motion: if random.chance(0.4) {
                let angle = random.between(0.0, std::f32::consts::TAU);
                let length = random.between(0.5, 4.0);
                (angle.cos() * length, angle.sin() * length)
            } else {
                (0.0, 0.0)
            },
            skew: (random.normal() * 1.5, random.normal() * 1.5),
            aperture: random.between(0.5, 0.9),
            grid: random.between(0.3, 1.0),
            banding: if random.chance(0.25) {
                random.between(0.02, 0.15)
            } else {
                0.0
            },
            glare: glare(random),
            fingers: fingers(random),
            hand: random.chance(0.85),
            read_noise: random.between(0.001, 0.004) * noise,
            shot_noise: random.between(0.008, 0.022) * noise,
            gamma: random.between(1.9, 2.4),
            sharpen: random.between(0.0, 1.2),
            jpeg: random.chance(0.85).then(|| 40 + random.below(51) as u8),
            ..Self::clean(seed)
        }
    }

    /// The same in a frame of another size: lengths in pixels stay what they are.
    #[must_use]
    pub fn sized(self, width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            ..self
        }
    }
}

/// Most hold it upright; some across, some for the clerk to read.
fn hand_roll(random: &mut Random) -> f32 {
    let wobble = random.normal() * 6.0;
    match random.below(100) {
        0..84 => wobble,
        84..88 => wobble + 90.0,
        88..92 => wobble - 90.0,
        92..97 => wobble + 180.0,
        _ => random.between(-180.0, 180.0),
    }
}

fn glare(random: &mut Random) -> Vec<Glare> {
    let mut found = Vec::new();
    if random.chance(0.35) {
        found.push(Glare::Lamp {
            middle: (random.between(-0.8, 0.8), random.between(-0.8, 0.8)),
            radius: random.between(0.06, 0.35),
            light: random.between(0.1, 0.9),
        });
    }
    if random.chance(0.2) {
        found.push(Glare::Stripe {
            middle: (random.between(-0.7, 0.7), random.between(-0.7, 0.7)),
            angle: random.between(0.0, 180.0),
            size: (random.between(0.5, 3.0), random.between(0.03, 0.25)),
            light: random.between(0.05, 0.35),
        });
    }
    found
}

/// The tips of the holder's fingers at the edges, and sometimes one over a corner of the symbol.
fn fingers(random: &mut Random) -> Vec<Finger> {
    let skin = random.between(0.25, 0.6);
    let mut found = Vec::new();
    let side = if random.chance(0.5) { 1.0 } else { -1.0 };
    let mut add = |tip: (f32, f32), from: (f32, f32), radius: f32| {
        found.push(Finger {
            tip,
            from,
            radius,
            skin,
        });
    };
    // A thumb at one edge of the phone, three fingers round the other.
    let low = random.between(0.2, 0.9);
    add((side * 0.63, low), (side * 1.3, low + 0.5), 0.13);
    for finger in 0..3 {
        let y = low + 0.24 * finger as f32 - 0.1;
        add((side * -0.61, y), (side * -1.2, y + 0.15), 0.1);
    }
    if random.chance(0.08) {
        let (x, y) = *random.pick(&[(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)]);
        let over = random.between(-0.05, 0.06);
        let tip = (x * (1.0 - over), y * (1.0 - over));
        add(tip, (tip.0 * 2.2, tip.1 * 2.0 + 0.3), 0.08);
    }
    found
}
