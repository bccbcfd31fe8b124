//! Squares in squares, looked for around a place by how much the grey there is like them: that is
//! left when blur or noise has taken the edges.

use crate::Point;
use crate::grey::Grey;

/// What is looked for: a square with a light ring in it.
pub(super) struct Pattern {
    /// How many modules it is from its middle to its edge, the one in the middle not counted.
    reach: i32,
    /// How many to its light ring.
    light: i32,
    /// How like it must be, from -1 to 1.
    least: f32,
    /// How fine the first look is, in modules.
    step: f32,
}

/// The next looks around the best place so far are finer by these, in parts of the first.
const FINER: [f32; 3] = [0.5, 0.25, 0.125];

/// Takes a little from what is far: of two as good the nearer is meant.
const FAR: f32 = 0.03;

impl Pattern {
    pub(super) const FINDER: Self = Self {
        reach: 3,
        light: 2,
        least: 0.55,
        step: 0.75,
    };

    pub(super) const ALIGNMENT: Self = Self {
        reach: 2,
        light: 1,
        least: 0.6,
        step: 0.5,
    };

    /// Where it is, at most `around` modules from a place at which a module leads by `steps` to
    /// the right and down; `sign` is -1 for light on dark.
    pub(super) fn look(
        &self,
        grey: &Grey<'_>,
        near: Point,
        (right, down): (Point, Point),
        around: f32,
        sign: f32,
    ) -> Option<Point> {
        if !grey.holds(near) || right.length() < 0.8 || down.length() < 0.8 {
            return None;
        }
        let place = |x: f32, y: f32| near + right * x + down * y;
        let score = |x: f32, y: f32| {
            self.likeness(grey, place(x, y), (right, down), sign)
                - FAR * x.abs().max(y.abs()) / around
        };
        let count = (around / self.step) as i32;
        let mut best = (f32::MIN, 0.0, 0.0);
        for (row, column) in
            (-count..=count).flat_map(|row| (-count..=count).map(move |column| (row, column)))
        {
            let (x, y) = (column as f32 * self.step, row as f32 * self.step);
            let found = score(x, y);
            if found > best.0 {
                best = (found, x, y);
            }
        }
        for step in FINER.map(|part| part * self.step) {
            let (_, x, y) = best;
            for (across, along) in [(-step, 0.0), (step, 0.0), (0.0, -step), (0.0, step)] {
                let found = score(x + across, y + along);
                if found > best.0 {
                    best = (found, x + across, y + along);
                }
            }
        }
        let (found, x, y) = best;
        (found >= self.least - FAR).then(|| place(x, y))
    }

    /// The correlation of the modules around a place with the pattern's.
    fn likeness(
        &self,
        grey: &Grey<'_>,
        middle: Point,
        (right, down): (Point, Point),
        sign: f32,
    ) -> f32 {
        let (mut sum, mut squares, mut ring) = (0.0, 0.0, 0.0);
        for row in -self.reach..=self.reach {
            for column in -self.reach..=self.reach {
                let value = grey.at(middle + right * column as f32 + down * row as f32) * sign;
                sum += value;
                squares += value * value;
                if row.abs().max(column.abs()) == self.light {
                    ring += value;
                }
            }
        }
        let side = (2 * self.reach + 1) as f32;
        let (all, light) = (side * side, (8 * self.light) as f32);
        let mean = sum / all;
        // Flat grey is like nothing.
        let spread = (squares - sum * mean).max(all);
        (ring - light * mean) / (spread * light * (all - light) / all).sqrt()
    }
}
