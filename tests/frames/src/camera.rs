//! From light on a screen to the bytes of a frame.

use crate::Random;
use crate::background;
use crate::conditions::Conditions;
use crate::phone::{Phone, Screen};
use crate::plane::Plane;
use crate::stage::{Patch, Stage};
use crate::tone;
use crate::view::View;

/// What the phone shows while a frame is read out.
pub(crate) struct Shown<'a> {
    /// The screen at the frame's first row.
    pub(crate) first: &'a Screen,
    /// The screen that comes after it, and where.
    pub(crate) then: Option<(&'a Screen, Tear)>,
}

/// Where in a frame the screen changed: the rows of a rolling shutter are not exposed at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tear {
    /// The row that saw both for the same time; rows above saw more of the first.
    pub row: f32,
    /// Over how many rows one fades into the other: the exposure in rows.
    pub rows: f32,
}

impl Tear {
    /// How much of its light the row has from the second screen, 0 to 1.
    #[must_use]
    pub fn share(&self, row: usize) -> f32 {
        ((row as f32 + 0.5 - self.row) / self.rows.max(1e-3) + 0.5).clamp(0.0, 1.0)
    }
}

/// A camera that does not move: what stands behind the phone is painted once.
pub(crate) struct Camera {
    background: Plane,
}

impl Camera {
    pub(crate) fn new(conditions: &Conditions) -> Self {
        Self {
            background: background::paint(conditions),
        }
    }

    /// The frame without a phone.
    pub(crate) fn empty(&self, conditions: &Conditions, number: u64) -> Vec<u8> {
        tone::develop(conditions, self.background.clone(), None, number)
    }

    /// The frame with the phone.
    pub(crate) fn frame(&self, conditions: &Conditions, shown: &Shown<'_>, number: u64) -> Vec<u8> {
        let stage = Stage::new(conditions);
        let mut light = self.background.clone();
        let mut ripple = Plane::filled(conditions.width, conditions.height, 1.0);
        let mut above = stage.line(0);
        for row in 0..conditions.height {
            let below = stage.line(row + 1);
            let share = shown.then.map_or(0.0, |(_, tear)| tear.share(row));
            let from = row * conditions.width;
            for column in 0..conditions.width {
                let points = [above[column], above[column + 1], below[column]];
                let Some(patch) = Patch::new(points) else {
                    continue;
                };
                let behind = light.light[from + column];
                let (seen, wave) = stage.light(&patch, row, shown, share, behind);
                light.light[from + column] = seen;
                ripple.light[from + column] = wave;
            }
            above = below;
        }
        tone::develop(conditions, light, Some(&ripple), number)
    }
}

/// Where the corners of the symbol are in the frame: in its own order, top left, top right, bottom
/// right, bottom left as it stands on the screen.
pub(crate) fn corners(conditions: &Conditions) -> [(f32, f32); 4] {
    let side = conditions.phone.symbol_mm();
    let view = View::new(conditions, side);
    let half = side / 2.0;
    [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| {
        let (x, y) = view.onto_frame(x, y);
        // The rows below are read later, when the phone has moved on.
        let mut at = (x, y);
        for _ in 0..6 {
            let late = at.1 / conditions.height as f32 - 0.5;
            at = (x + conditions.skew.0 * late, y + conditions.skew.1 * late);
        }
        at
    })
}

/// The screen of that phone, for a symbol or without one.
pub(crate) fn screen(phone: &Phone, code: Option<&crate::Code>, seed: u64) -> Screen {
    Screen::of(phone, code, seed)
}

/// Random numbers of the noise of a frame.
pub(crate) fn noise_of(conditions: &Conditions, number: u64) -> Random {
    Random::at(conditions.seed ^ 0x0153, number)
}
