//! What stands behind the phone: rooms and desks with patterns that are nearly finder patterns.

use crate::Random;
use crate::conditions::{Background, Conditions};
use crate::plane::Plane;

/// The background as the camera's sensor sees it, without the phone.
pub(crate) fn paint(conditions: &Conditions) -> Plane {
    let random = &mut Random::at(conditions.seed, 0xbac6);
    let mut plane = Plane::filled(conditions.width, conditions.height, 0.5);
    match conditions.background {
        Background::Plain => {
            scale(&mut plane, conditions.room);
            return plane;
        }
        Background::Room => room(&mut plane, random),
        Background::Desk => desk(&mut plane, random),
        Background::Page => page(&mut plane, random),
        Background::Keys => keys(&mut plane, random),
        Background::Blind => blind(&mut plane, random),
        Background::Tiles => tiles(&mut plane, random),
    }
    uneven(&mut plane, random);
    if random.chance(0.45) {
        person(&mut plane, random);
    }
    // It stands farther away than the phone that the lens looks at.
    plane.blur(random.between(0.3, 2.0));
    scale(&mut plane, conditions.room);
    plane
}

fn scale(plane: &mut Plane, by: f32) {
    for light in &mut plane.light {
        *light *= by;
    }
}

/// Smooth noise: random heights on a lattice of that pitch, blended between.
struct Noise {
    seed: u64,
    pitch: (f32, f32),
}

impl Noise {
    fn new(random: &mut Random, pitch: (f32, f32)) -> Self {
        Self {
            seed: random.next_u64(),
            pitch,
        }
    }

    fn height(&self, column: i32, row: i32) -> f32 {
        let key = (column as u32 as u64) << 32 | row as u32 as u64;
        let mut mixed = (self.seed ^ key).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 29).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 40) as f32 / (1u32 << 24) as f32
    }

    /// From 0 to 1.
    fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x / self.pitch.0, y / self.pitch.1);
        let (left, top) = (x.floor(), y.floor());
        let ease = |t: f32| t * t * (3.0 - 2.0 * t);
        let (s, t) = (ease(x - left), ease(y - top));
        let (left, top) = (left as i32, top as i32);
        let mix = |row| {
            let (a, b) = (self.height(left, row), self.height(left + 1, row));
            a + (b - a) * s
        };
        let (above, below) = (mix(top), mix(top + 1));
        above + (below - above) * t
    }
}

/// Light falls unevenly.
fn uneven(plane: &mut Plane, random: &mut Random) {
    let broad = Noise::new(random, (500.0, 400.0));
    let width = plane.width;
    for (at, light) in plane.light.iter_mut().enumerate() {
        *light *= 0.6 + 0.8 * broad.at((at % width) as f32, (at / width) as f32);
    }
}

fn room(plane: &mut Plane, random: &mut Random) {
    let (width, height) = (plane.width as f32, plane.height as f32);
    plane.light.fill(random.between(0.3, 0.8));
    let door = random.between(0.0, 0.7) * width;
    plane.rectangle([door, height * 0.1, door + width * 0.2, height], 0.25);
    plane.rectangle(
        [
            door + 15.0,
            height * 0.14,
            door + width * 0.2 - 15.0,
            height * 0.5,
        ],
        0.3,
    );
    if random.chance(0.5) {
        let left = random.between(0.0, 0.7) * width;
        plane.rectangle([left, 0.0, left + width * 0.3, height * 0.45], 0.9);
        for bar in 0..4 {
            let x = left + width * 0.1 * bar as f32;
            plane.rectangle([x - 4.0, 0.0, x + 4.0, height * 0.45], 0.2);
        }
    }
    for shelf in 0..3 {
        let top = height * (0.15 + 0.28 * shelf as f32);
        let mut x = random.between(0.3, 0.7) * width;
        let end = x + width * 0.3;
        plane.rectangle([x, top + 110.0, end, top + 120.0], 0.15);
        while x < end {
            let thick = random.between(6.0, 26.0);
            let high = random.between(70.0, 108.0);
            let light = random.between(0.05, 0.85);
            plane.rectangle([x, top + 110.0 - high, x + thick, top + 110.0], light);
            // A label on its back.
            let label = [x + thick * 0.3, top + 60.0, x + thick * 0.7, top + 75.0];
            plane.rectangle(label, 1.0 - light);
            x += thick + random.between(0.0, 3.0);
        }
    }
}

fn desk(plane: &mut Plane, random: &mut Random) {
    let angle = random.between(-0.5, 0.5);
    let (sin, cos) = angle.sin_cos();
    let fibre = Noise::new(random, (220.0, 5.0));
    let board = Noise::new(random, (900.0, 60.0));
    let dots = Noise::new(random, (3.0, 3.0));
    let width = plane.width;
    for (at, light) in plane.light.iter_mut().enumerate() {
        let (x, y) = ((at % width) as f32, (at / width) as f32);
        let (along, across) = (x * cos + y * sin, y * cos - x * sin);
        let bend = along + 15.0 * board.at(along, across);
        let grain = fibre.at(bend, across + 14.0 * board.at(across, along));
        *light = 0.2 + 0.35 * grain + 0.15 * board.at(along, across) + 0.06 * dots.at(x, y);
    }
    if random.chance(0.6) {
        let (x, y) = (random.between(0.0, 900.0), random.between(0.0, 500.0));
        plane.rectangle([x, y, x + 340.0, y + 240.0], 0.9);
        letters(
            plane,
            [x + 20.0, y + 20.0, x + 320.0, y + 220.0],
            13.0,
            0.1,
            random,
        );
    }
}

/// Squarish letters, many of them a box with a box inside.
fn letters(plane: &mut Plane, area: [f32; 4], size: f32, ink: f32, random: &mut Random) {
    let [left, top, right, bottom] = area;
    let stroke = size / 7.0;
    let mut y = top;
    while y + size < bottom {
        let mut x = left;
        while x + size < right {
            if random.chance(0.25) {
                plane.rectangle([x, y, x + size, y + size], ink);
                let paper = [x + stroke, y + stroke, x + size - stroke, y + size - stroke];
                plane.rectangle(paper, 0.9);
                let core = [x + 2.0 * stroke, y + 2.0 * stroke];
                plane.rectangle(
                    [
                        core[0],
                        core[1],
                        core[0] + 3.0 * stroke,
                        core[1] + 3.0 * stroke,
                    ],
                    ink,
                );
            } else if !random.chance(0.15) {
                for _ in 0..4 {
                    let at = random.between(0.0, size - stroke);
                    let upright = random.chance(0.5);
                    let (a, b) = if upright { (at, 0.0) } else { (0.0, at) };
                    let (w, h) = if upright {
                        (stroke, size)
                    } else {
                        (size, stroke)
                    };
                    plane.rectangle([x + a, y + b, x + a + w, y + b + h], ink);
                }
            }
            x += size * 1.2;
        }
        y += size * 1.6;
    }
}

fn page(plane: &mut Plane, random: &mut Random) {
    plane.light.fill(0.9);
    let area = [
        40.0,
        30.0,
        plane.width as f32 - 40.0,
        plane.height as f32 - 20.0,
    ];
    let (size, ink) = (random.between(14.0, 34.0), random.between(0.05, 0.3));
    letters(plane, area, size, ink, random);
}

fn keys(plane: &mut Plane, random: &mut Random) {
    let (ground, cap) = if random.chance(0.6) {
        (0.03, 0.12)
    } else {
        (0.5, 0.85)
    };
    let mark = if cap < 0.5 { 0.7 } else { 0.1 };
    plane.light.fill(ground);
    let (mut y, mut size) = (random.between(-20.0, 10.0), random.between(38.0, 50.0));
    while y < plane.height as f32 {
        let mut x = random.between(-60.0, 0.0);
        while x < plane.width as f32 {
            let wide = if random.chance(0.1) { size * 1.7 } else { size };
            plane.rectangle([x, y, x + wide * 0.88, y + size * 0.86], cap);
            let (mx, my) = (x + size * 0.2, y + size * 0.2);
            letters(
                plane,
                [mx, my, mx + size * 0.4, my + size * 0.4],
                size * 0.3,
                mark,
                random,
            );
            x += wide;
        }
        y += size;
        size *= 1.05;
    }
}

fn blind(plane: &mut Plane, random: &mut Random) {
    let (pitch, lean) = (random.between(12.0, 60.0), random.between(-0.1, 0.1));
    let upright = random.chance(0.4);
    let (slat, gap) = (random.between(0.3, 0.6), random.between(0.8, 1.6));
    let width = plane.width;
    for (at, light) in plane.light.iter_mut().enumerate() {
        let (x, y) = ((at % width) as f32, (at / width) as f32);
        let across = if upright { x + lean * y } else { y + lean * x };
        let phase = (across / pitch).fract().abs();
        *light = if phase < 0.6 {
            slat * (0.8 + 0.4 * phase)
        } else {
            gap
        };
    }
}

fn tiles(plane: &mut Plane, random: &mut Random) {
    let pitch = random.between(40.0, 110.0);
    let (one, other) = (random.between(0.05, 0.3), random.between(0.5, 0.95));
    plane.light.fill(other);
    let (columns, rows) = (plane.width as f32 / pitch, plane.height as f32 / pitch);
    for row in 0..=rows as usize {
        for column in 0..=columns as usize {
            let (x, y) = (column as f32 * pitch, row as f32 * pitch);
            match random.below(4) {
                0 => plane.rectangle([x, y, x + pitch, y + pitch], one),
                // As a finder is: 7 by 7 with a ring of light and a core of 3.
                1 => {
                    let unit = pitch / 9.0;
                    for (ring, light) in [(1.0, one), (2.0, other), (3.0, one)] {
                        let (a, b) = (ring * unit, pitch - ring * unit);
                        plane.rectangle([x + a, y + a, x + b, y + b], light);
                    }
                }
                2 => plane.rectangle([x, y, x + pitch, y + pitch * 0.5], one),
                _ => {}
            }
        }
    }
}

/// The holder: head, hair and shoulders.
fn person(plane: &mut Plane, random: &mut Random) {
    let (width, height) = (plane.width as f32, plane.height as f32);
    let x = width * random.between(0.2, 0.8);
    let head = height * random.between(0.1, 0.17);
    let y = height * random.between(0.18, 0.35);
    let (skin, hair) = (random.between(0.3, 0.6), random.between(0.02, 0.15));
    let shirt = random.between(0.05, 0.8);
    plane.ellipse((x, y + head * 3.9), (head * 2.6, head * 2.6), 6.0, shirt);
    plane.rectangle(
        [
            x - head * 0.4,
            y + head * 0.7,
            x + head * 0.4,
            y + head * 1.6,
        ],
        skin * 0.8,
    );
    plane.ellipse((x, y - head * 0.25), (head * 0.95, head * 1.15), 6.0, hair);
    plane.ellipse((x, y), (head * 0.78, head), 5.0, skin);
    for side in [-1.0, 1.0] {
        plane.ellipse(
            (x + side * head * 0.3, y - head * 0.1),
            (head * 0.12, head * 0.07),
            2.0,
            0.05,
        );
    }
    plane.ellipse(
        (x, y + head * 0.5),
        (head * 0.25, head * 0.07),
        2.0,
        skin * 0.6,
    );
}
