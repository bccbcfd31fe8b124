//! Frames one after the other: a hand that holds a phone is never still.

use std::f32::consts::TAU;

use crate::camera::{Camera, Shown, Tear, corners, screen};
use crate::conditions::Conditions;
use crate::phone::Screen;
use crate::stills::webcam_code;
use crate::{Code, Random};

/// Frames a second.
pub const RATE: f32 = 30.0;

/// How long the rows of a frame take to be read out, in seconds.
const READ_OUT: f32 = 0.022;

/// One frame of a sequence.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its number, from 0.
    pub number: usize,
    /// When it was taken, in seconds from the first.
    pub time: f32,
    /// The luma, rows from the top without padding.
    pub luma: Vec<u8>,
    /// The numbers of the codes in it: one, or where the screen changed meanwhile two, of which
    /// none need be whole.
    pub shown: Vec<usize>,
    /// Where the symbol is, as in [`Still::corners`](crate::Still::corners).
    pub corners: [(f32, f32); 4],
    /// How it was taken.
    pub conditions: Conditions,
}

/// A phone held before the camera, showing one code, or several in turn.
pub struct Sequence {
    /// What is shown, in this order and again from the start.
    pub codes: Vec<Code>,
    /// How many a second; 0 shows the first for ever.
    pub codes_a_second: f32,
    /// The conditions that the motion starts from.
    pub conditions: Conditions,
    /// How long the shutter is open, in seconds.
    pub exposure: f32,
    /// The camera's depth of breathing about the focus, in pixels of blur.
    pub breathing: f32,
    motion: Motion,
    camera: Camera,
    kept: Vec<(usize, Screen)>,
    next: usize,
}

impl Sequence {
    /// What the sequences are: one code of 800 to 2,900 bytes, held by a hand that moves,
    /// blur of 1 to 2 pixels.
    #[must_use]
    pub fn held(seed: u64) -> Self {
        let random = &mut Random::at(seed, 0x5e9);
        let code = webcam_code(random, 800, 2_900);
        let mut conditions = Conditions::webcam(random.next_u64());
        conditions.cover = random.between(0.5, 0.85);
        conditions.blur = random.between(1.0, 2.0);
        conditions.tilt = conditions.tilt.min(25.0);
        conditions.phone.inverted = false;
        Self::new(vec![code], 0.0, conditions)
    }

    /// These codes, so many a second (0: the first only), under conditions whose pose, blur and
    /// exposure the hand and the camera then vary.
    #[must_use]
    pub fn new(codes: Vec<Code>, codes_a_second: f32, conditions: Conditions) -> Self {
        let random = &mut Random::at(conditions.seed, 0x30710);
        Self {
            camera: Camera::new(&conditions),
            motion: Motion::new(random),
            exposure: random.between(0.006, 0.016),
            breathing: random.between(0.0, 0.3),
            codes,
            codes_a_second,
            conditions,
            kept: Vec::new(),
            next: 0,
        }
    }

    /// The width and the height of its frames.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.conditions.width, self.conditions.height)
    }

    /// The conditions at that time.
    fn at(&self, time: f32) -> Conditions {
        let mut now = self.motion.pose(&self.conditions, time);
        now.blur = (now.blur + self.breathing * self.motion.breath(time)).max(0.2);
        let flicker = 1.0 + 0.04 * self.motion.flicker(time);
        now.screen *= flicker;
        now.room *= flicker;
        // What moves while the shutter is open is smeared, while rows are read out skewed.
        let middle = |conditions: &Conditions| {
            let around = corners(conditions);
            let sum = around
                .iter()
                .fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
            (sum.0 / 4.0, sum.1 / 4.0)
        };
        (now.skew, now.motion) = ((0.0, 0.0), (0.0, 0.0));
        let mut later = self.motion.pose(&self.conditions, time + 0.01);
        later.skew = (0.0, 0.0);
        let (from, to) = (middle(&now), middle(&later));
        let speed = ((to.0 - from.0) * 100.0, (to.1 - from.1) * 100.0);
        now.motion = (speed.0 * self.exposure, speed.1 * self.exposure);
        now.skew = (speed.0 * READ_OUT, speed.1 * READ_OUT);
        now
    }

    /// The number of the code on the screen at that time.
    fn code_at(&self, time: f32) -> usize {
        if self.codes_a_second <= 0.0 {
            return 0;
        }
        // The phone's clock does not start with the camera's.
        let start = (self.conditions.seed % 1_009) as f32 / 1_009.0;
        (time * self.codes_a_second + start).max(0.0) as usize % self.codes.len()
    }

    /// The codes during the frame, and where one gives way to the other.
    fn during(&self, time: f32) -> (usize, Option<(usize, Tear)>) {
        let (first, last) = (
            self.code_at(time - self.exposure),
            self.code_at(time + READ_OUT),
        );
        if first == last {
            return (first, None);
        }
        // Between two codes a second and a frame's read-out there is one change at most.
        let (mut before, mut after) = (time - self.exposure, time + READ_OUT);
        for _ in 0..20 {
            let middle = (before + after) / 2.0;
            if self.code_at(middle) == first {
                before = middle;
            } else {
                after = middle;
            }
        }
        let rows = self.conditions.height as f32 / READ_OUT;
        let row = (after - time + self.exposure / 2.0) * rows;
        let tear = Tear {
            row,
            rows: self.exposure * rows,
        };
        (first, Some((last, tear)))
    }

    /// The screen with that code is among those kept.
    fn keep(&mut self, number: usize) {
        if self.kept.iter().any(|(kept, _)| *kept == number) {
            return;
        }
        if self.kept.len() > 1 {
            self.kept.remove(0);
        }
        let phone = &self.conditions.phone;
        let drawn = screen(phone, self.codes.get(number), self.conditions.seed);
        self.kept.push((number, drawn));
    }

    fn kept(&self, number: usize) -> &Screen {
        let found = self.kept.iter().find(|(kept, _)| *kept == number);
        &found.expect("kept before").1
    }
}

impl Iterator for Sequence {
    type Item = Frame;

    /// The next frame; there is always one.
    fn next(&mut self) -> Option<Frame> {
        let (number, time) = (self.next, self.next as f32 / RATE);
        self.next += 1;
        let conditions = self.at(time);
        let (first, then) = self.during(time);
        self.keep(first);
        if let Some((last, _)) = then {
            self.keep(last);
        }
        let shown = Shown {
            first: self.kept(first),
            then: then.map(|(last, tear)| (self.kept(last), tear)),
        };
        Some(Frame {
            number,
            time,
            luma: self.camera.frame(&conditions, &shown, number as u64),
            shown: std::iter::once(first)
                .chain(then.map(|(last, _)| last))
                .collect(),
            corners: corners(&conditions),
            conditions,
        })
    }
}

/// How a hand moves: a slow drift, a tremor of eight to twelve beats a second, a slow turning, and
/// nearer and farther. Each is a sum of waves.
struct Motion {
    waves: [Vec<Wave>; 7],
}

#[derive(Clone, Copy)]
struct Wave {
    beats: f32,
    phase: f32,
    depth: f32,
}

impl Motion {
    fn new(random: &mut Random) -> Self {
        let restless = random.between(0.4, 1.6);
        let mut waves = |slow: f32, tremor: f32| {
            let mut wave = |low: f32, high: f32, depth: f32| Wave {
                beats: random.between(low, high),
                phase: random.between(0.0, TAU),
                depth: depth * random.between(0.5, 1.5),
            };
            vec![
                wave(0.15, 0.5, slow),
                wave(0.5, 1.2, slow * 0.35),
                wave(8.0, 12.0, tremor),
            ]
        };
        Self {
            waves: [
                // Across and down, in shares of the symbol's side: some three millimetres slowly,
                // a quarter of a millimetre of tremor.
                waves(0.05 * restless, 0.004 * restless),
                waves(0.05 * restless, 0.004 * restless),
                // The roll and the tilt in degrees.
                waves(2.5 * restless, 0.1 * restless),
                waves(3.0 * restless, 0.15 * restless),
                // Nearer and farther, as a share.
                waves(0.04 * restless, 0.0),
                // The focus and the light of the room.
                waves(1.0, 0.0),
                waves(0.6, 0.4),
            ],
        }
    }

    fn sum(&self, which: usize, time: f32) -> f32 {
        self.waves[which]
            .iter()
            .map(|wave| wave.depth * (TAU * wave.beats * time + wave.phase).sin())
            .sum()
    }

    fn pose(&self, from: &Conditions, time: f32) -> Conditions {
        let side = from.cover;
        let wide = from.height as f32 / from.width as f32;
        Conditions {
            offset: (
                from.offset.0 + self.sum(0, time) * side * wide,
                from.offset.1 + self.sum(1, time) * side,
            ),
            roll: from.roll + self.sum(2, time),
            tilt: from.tilt + self.sum(3, time),
            cover: from.cover * (1.0 + self.sum(4, time)).max(0.5),
            ..from.clone()
        }
    }

    fn breath(&self, time: f32) -> f32 {
        self.sum(5, time)
    }

    fn flicker(&self, time: f32) -> f32 {
        self.sum(6, time)
    }
}
