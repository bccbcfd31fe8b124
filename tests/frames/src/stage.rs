//! The phone before the camera: what light comes from each spot of it.

use crate::camera::Shown;
use crate::conditions::{Conditions, Finger, Glare};
use crate::phone::Screen;
use crate::view::View;

/// A pixel on the plane of the glass: its first corner and its two sides, in millimetres.
pub(crate) struct Patch {
    origin: (f32, f32),
    right: (f32, f32),
    down: (f32, f32),
}

impl Patch {
    pub(crate) fn new([origin, right, down]: [Option<(f32, f32)>; 3]) -> Option<Self> {
        let (origin, right, down) = (origin?, right?, down?);
        Some(Self {
            origin,
            right: (right.0 - origin.0, right.1 - origin.1),
            down: (down.0 - origin.0, down.1 - origin.1),
        })
    }

    fn at(&self, s: f32, t: f32) -> (f32, f32) {
        (
            self.origin.0 + self.right.0 * s + self.down.0 * t,
            self.origin.1 + self.right.1 * s + self.down.1 * t,
        )
    }

    /// About how far it reaches from its middle.
    fn reach(&self) -> f32 {
        (self.right.0.abs() + self.right.1.abs() + self.down.0.abs() + self.down.1.abs()) / 2.0
    }
}

/// Points of a pixel across and down at which the screen is looked at.
const POINTS: usize = 3;

/// The phone before the camera.
pub(crate) struct Stage<'a> {
    conditions: &'a Conditions,
    view: View,
    /// The symbol's side in millimetres.
    symbol: f32,
    /// Half the screen in millimetres, and its middle below that of the symbol.
    half: (f32, f32),
    lower: f32,
    /// Screen pixels a millimetre.
    density: f32,
    /// The light of each value of a screen pixel.
    values: Vec<f32>,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(conditions: &'a Conditions) -> Self {
        let phone = &conditions.phone;
        let density = phone.pixels.0 as f32 / phone.width_mm;
        let tall = phone.pixels.1 as f32 / density;
        let value = |value: usize| {
            let light = (value as f32 / 255.0).powf(2.2);
            (phone.black + (1.0 - phone.black) * light) * conditions.screen
        };
        Self {
            conditions,
            symbol: phone.symbol_mm(),
            view: View::new(conditions, phone.symbol_mm()),
            half: (phone.width_mm / 2.0, tall / 2.0),
            lower: (0.5 - phone.height) * tall,
            density,
            values: (0..256).map(value).collect(),
        }
    }

    /// Where the upper edges of a row of pixels lie on the plane.
    pub(crate) fn line(&self, row: usize) -> Vec<Option<(f32, f32)>> {
        let Conditions {
            width,
            height,
            skew,
            ..
        } = self.conditions;
        let late = row as f32 / *height as f32 - 0.5;
        let (dx, dy) = (skew.0 * late, skew.1 * late);
        (0..=*width)
            .map(|column| self.view.onto_plane(column as f32 - dx, row as f32 - dy))
            .collect()
    }

    /// The light of a pixel, and what the screen's grid makes of it once it is blurred.
    pub(crate) fn light(
        &self,
        patch: &Patch,
        row: usize,
        shown: &Shown<'_>,
        share: f32,
        behind: f32,
    ) -> (f32, f32) {
        let middle = patch.at(0.5, 0.5);
        let reach = patch.reach();
        let mut light = self.hand(middle, reach, behind);
        let mut ripple = 1.0;
        let edge = self.beyond_body(middle);
        if edge < reach {
            light = self.phone(patch, shown, share, edge < -reach, light);
            let veil = self.glare(middle);
            if self.beyond_screen(middle) < 0.0 {
                let wave = self.wave(patch, middle) * self.bars(row);
                ripple = 1.0 + (wave - 1.0) * light / (light + veil).max(1e-6);
            }
            light += veil;
        }
        for finger in &self.conditions.fingers {
            light = self.capsule(middle, reach, *finger, light, 1.0);
        }
        (light, ripple)
    }

    /// The palm behind the phone.
    fn hand(&self, at: (f32, f32), reach: f32, behind: f32) -> f32 {
        if !self.conditions.hand {
            return behind;
        }
        let skin = self
            .conditions
            .fingers
            .first()
            .map_or(0.4, |finger| finger.skin);
        let palm = Finger {
            tip: (0.1, 0.95),
            from: (0.5, 3.2),
            radius: 0.6,
            skin,
        };
        self.capsule(at, reach, palm, behind, 0.8)
    }

    fn capsule(&self, at: (f32, f32), reach: f32, finger: Finger, behind: f32, lit: f32) -> f32 {
        let at = (
            at.0 / self.symbol - finger.tip.0,
            at.1 / self.symbol - finger.tip.1,
        );
        let bone = (finger.from.0 - finger.tip.0, finger.from.1 - finger.tip.1);
        let length = (bone.0 * bone.0 + bone.1 * bone.1).max(1e-6);
        let along = ((at.0 * bone.0 + at.1 * bone.1) / length).clamp(0.0, 1.0);
        let far = (at.0 - bone.0 * along).hypot(at.1 - bone.1 * along) / finger.radius;
        // Soft over a pixel and half a millimetre.
        let soft = (reach + 0.5) / self.symbol / finger.radius;
        let cover = ((1.0 - far) / soft + 0.5).clamp(0.0, 1.0);
        let skin = finger.skin * self.conditions.room * lit * (1.05 - 0.5 * far.min(1.0).powi(2));
        behind + (skin - behind) * cover
    }

    /// Glass and body, without what mirrors in the glass.
    fn phone(
        &self,
        patch: &Patch,
        shown: &Shown<'_>,
        share: f32,
        inside: bool,
        behind: f32,
    ) -> f32 {
        let body = self.conditions.phone.body * self.conditions.room;
        let mut sum = 0.0;
        for j in 0..POINTS {
            for i in 0..POINTS {
                let spot = |k: usize| (k as f32 + 0.5) / POINTS as f32;
                let at = patch.at(spot(i), spot(j));
                sum += if self.beyond_screen(at) < 0.0 {
                    let first = self.pixel(shown.first, at);
                    match shown.then {
                        Some((then, _)) if share > 0.0 => {
                            first + (self.pixel(then, at) - first) * share
                        }
                        _ => first,
                    }
                } else if inside || self.beyond_body(at) < 0.0 {
                    body
                } else {
                    behind
                };
            }
        }
        sum / (POINTS * POINTS) as f32
    }

    fn pixel(&self, screen: &Screen, at: (f32, f32)) -> f32 {
        let x = (at.0 + self.half.0) * self.density;
        let y = (at.1 - self.lower + self.half.1) * self.density;
        let column = (x.max(0.0) as usize).min(screen.width - 1);
        let row = (y.max(0.0) as usize).min(screen.height - 1);
        self.values[usize::from(screen.pixels[row * screen.width + column])]
    }

    /// How far outside the screen a point is; negative inside.
    fn beyond_screen(&self, at: (f32, f32)) -> f32 {
        self.beyond(at, 0.0)
    }

    fn beyond_body(&self, at: (f32, f32)) -> f32 {
        self.beyond(at, self.conditions.phone.bezel_mm)
    }

    /// A rectangle with round corners.
    fn beyond(&self, at: (f32, f32), more: f32) -> f32 {
        let radius = self.conditions.phone.radius_mm + more;
        let x = at.0.abs() - (self.half.0 + more - radius);
        let y = (at.1 - self.lower).abs() - (self.half.1 + more - radius);
        if x > 0.0 && y > 0.0 {
            x.hypot(y) - radius
        } else {
            x.max(y) - radius
        }
    }

    fn glare(&self, at: (f32, f32)) -> f32 {
        let at = (at.0 / self.symbol, at.1 / self.symbol);
        let light = |glare: &Glare| match *glare {
            Glare::Lamp {
                middle,
                radius,
                light,
            } => {
                let (x, y) = (at.0 - middle.0, at.1 - middle.1);
                light * (-0.5 * (x * x + y * y) / (radius * radius)).exp()
            }
            Glare::Stripe {
                middle,
                angle,
                size,
                light,
            } => {
                let (sin, cos) = angle.to_radians().sin_cos();
                let (x, y) = (at.0 - middle.0, at.1 - middle.1);
                let (along, across) = (x * cos + y * sin, y * cos - x * sin);
                let inside = along.abs() < size.0 / 2.0 && across.abs() < size.1 / 2.0;
                if inside { light } else { 0.0 }
            }
        };
        self.conditions.glare.iter().map(light).sum()
    }

    /// Bars that a dimmed screen draws over a frame that is read row by row.
    fn bars(&self, row: usize) -> f32 {
        if self.conditions.banding == 0.0 {
            return 1.0;
        }
        let start = (self.conditions.seed % 97) as f32;
        let phase = (row as f32 + start) / self.conditions.height as f32 * 7.0;
        1.0 + self.conditions.banding * (phase * std::f32::consts::TAU).sin()
    }

    /// What the grid of the screen's pixels makes of the light of a pixel of the frame.
    ///
    /// A screen of green stripes a third of a pixel wide has waves across of this depth, and the
    /// dark lines between its rows have waves down. Lens, motion and the light-sensitive area take
    /// a part of each that depends on its frequency; what is left is seen at one point a pixel:
    /// moiré.
    fn wave(&self, patch: &Patch, middle: (f32, f32)) -> f32 {
        if self.conditions.grid == 0.0 {
            return 1.0;
        }
        let across = (patch.right.0 * self.density, patch.down.0 * self.density);
        let down = (patch.right.1 * self.density, patch.down.1 * self.density);
        let x = (middle.0 + self.half.0) * self.density;
        let y = (middle.1 - self.lower + self.half.1) * self.density;
        (1.0 + 0.68 * self.left_of(across, x)) * (1.0 + 0.45 * self.left_of(down, y))
    }

    /// A wave of that frequency at that phase, after the camera took its part.
    fn left_of(&self, (fx, fy): (f32, f32), phase: f32) -> f32 {
        let Conditions {
            aperture,
            blur,
            motion,
            grid,
            ..
        } = self.conditions;
        let lens = -2.0 * std::f32::consts::PI.powi(2) * blur * blur * (fx * fx + fy * fy);
        if lens < -7.0 {
            return 0.0;
        }
        let area = sinc(aperture * fx) * sinc(aperture * fy);
        let smear = sinc(motion.0 * fx + motion.1 * fy);
        grid * lens.exp() * area * smear * (std::f32::consts::TAU * phase.fract()).cos()
    }
}

fn sinc(x: f32) -> f32 {
    let angle = std::f32::consts::PI * x;
    if angle.abs() < 1e-4 {
        1.0
    } else {
        angle.sin() / angle
    }
}
