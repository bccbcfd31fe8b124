//! Two or three finder patterns that may belong to one symbol.

use std::f32::consts::FRAC_1_SQRT_2;

use super::finder::Finder;
use crate::Point;
use crate::grey::Grey;

/// Finder patterns that are combined with each other, the most certain ones.
const MAX_COMBINED: usize = 96;

/// Neighbours that each finder pattern is combined with, to its right and below: those with the
/// likeliest timing patterns between.
const PER_CORNER: usize = 10;

/// How much a timing pattern must alternate for two finder patterns to do without a third, from -1
/// to 1; chance is around 0.
const LEAST_TIMING: f32 = 0.4;

/// What two finder patterns across from each other are taken to have of a timing pattern.
const ACROSS: f32 = 0.5;

/// Finder patterns in the places they may have in a symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// Top left, top right, bottom left. One may be missing: a finger is on it, a light has washed
    /// it out, or the picture ends before it.
    pub(crate) finders: [Option<Finder>; 3],
    /// Modules along a side, estimated.
    pub(crate) modules: f32,
    pub(crate) is_inverted: bool,
    /// How far from a symbol's they are: 0 is none.
    pub(crate) error: f32,
}

impl Candidate {
    /// The middles of the finder patterns there are.
    pub(crate) fn middles(&self) -> impl Iterator<Item = Point> + '_ {
        self.finders.iter().flatten().map(|finder| finder.middle)
    }

    /// The mean width of a module, about.
    pub(crate) fn module(&self) -> f32 {
        self.steps().map_or(0.0, |(right, down)| {
            f32::midpoint(right.length(), down.length())
        })
    }

    /// The same seen in a picture `factor` times as large.
    pub(crate) fn scaled(&self, factor: f32) -> Self {
        Self {
            finders: self
                .finders
                .map(|finder| finder.map(|finder| finder.scaled(factor))),
            ..*self
        }
    }

    /// How far one module leads to the right and down, about.
    pub(crate) fn steps(&self) -> Option<(Point, Point)> {
        let over = 1.0 / (self.modules - 7.0);
        let turned = |way: Point| Point {
            x: -way.y,
            y: way.x,
        };
        let way = |from: &Finder, to: &Finder| (to.middle - from.middle) * over;
        Some(match &self.finders {
            [Some(corner), Some(right), Some(below)] => (way(corner, right), way(corner, below)),
            [Some(corner), Some(right), None] => (way(corner, right), turned(way(corner, right))),
            [Some(corner), None, Some(below)] => {
                (turned(way(corner, below)) * -1.0, way(corner, below))
            }
            [None, Some(right), Some(below)] => {
                // From the top right to the bottom left: one to the left and one down.
                let across = way(right, below);
                (
                    (across + turned(across)) * -0.5,
                    (across - turned(across)) * 0.5,
                )
            }
            _ => return None,
        })
    }

    /// Three finder patterns, if they can be those of one symbol in this order.
    fn of_three(corner: &Finder, right: &Finder, below: &Finder) -> Option<Self> {
        let three = [corner, right, below];
        let sizes = three.map(Finder::size);
        let least = sizes.iter().copied().fold(f32::MAX, f32::min);
        let most = sizes.iter().copied().fold(0.0, f32::max);
        let (rightwards, downwards) = (right.middle - corner.middle, below.middle - corner.middle);
        let turn = rightwards.x * downwards.y - rightwards.y * downwards.x;
        let (across, down) = (rightwards.length(), downwards.length());
        // The sine of the angle at the corner; 40 degrees off a right one is perspective enough.
        let sine = turn / (across * down).max(1.0);
        if most > least * 2.2 || sine < 0.7 || across > down * 2.2 || down > across * 2.2 {
            return None;
        }
        let (across, down) = (
            modules_between(corner, right),
            modules_between(corner, below),
        );
        let modules = 7.0 + f32::midpoint(across, down);
        if !(15.0..=220.0).contains(&modules) || across > down * 1.6 || down > across * 1.6 {
            return None;
        }
        let support: f32 = three.iter().map(|finder| finder.support.min(1.0)).sum();
        Some(Self {
            finders: three.map(|finder| Some(*finder)),
            modules,
            is_inverted: corner.is_inverted,
            error: (1.0 - sine)
                + (across / down).ln().abs()
                + (most / least).ln() * 0.7
                + (3.0 - support) * 0.25,
        })
    }

    /// Two finder patterns in their places, whatever is in the third.
    fn of_two(finders: [Option<Finder>; 3], modules: f32, alternation: f32) -> Self {
        let support: f32 = finders
            .iter()
            .flatten()
            .map(|finder| finder.support.min(1.0))
            .sum();
        Self {
            finders,
            modules,
            is_inverted: finders.iter().flatten().any(|finder| finder.is_inverted),
            error: (1.0 - alternation) + (2.0 - support) * 0.25,
        }
    }
}

/// How many modules it is from the middle of one to that of the other.
fn modules_between(one: &Finder, other: &Finder) -> f32 {
    let way = other.middle - one.middle;
    let length = way.length();
    let forwards = way * (1.0 / length.max(1.0));
    length / f32::midpoint(along(one, forwards), along(other, forwards))
}

/// Two finder patterns along a side of a symbol, and whether its timing pattern leaves both on the
/// left or on the right of the way from one to the other.
#[derive(Clone, Copy)]
struct Side {
    to: Finder,
    /// How much dark and light alternate there, on the left and on the right: -1 to 1.
    left: f32,
    right: f32,
}

/// How many modules it is along a side of the square whose opposite corners the two are in.
fn modules_across(one: &Finder, other: &Finder) -> f32 {
    let way = other.middle - one.middle;
    let length = way.length();
    let diagonal = way * (1.0 / length.max(1.0));
    // Along the side: turned by an eighth.
    let side = (diagonal
        + Point {
            x: -diagonal.y,
            y: diagonal.x,
        })
        * FRAC_1_SQRT_2;
    length * FRAC_1_SQRT_2 / f32::midpoint(along(one, side), along(other, side))
}

/// The combinations that can be symbols, the likeliest first.
#[derive(Default)]
pub(crate) struct Candidates {
    pub(crate) threes: Vec<Candidate>,
    pub(crate) twos: Vec<Candidate>,
    between: Vec<Option<(f32, f32)>>,
    sides: Vec<Side>,
    rightwards: Vec<Side>,
    downwards: Vec<Side>,
}

impl Candidates {
    /// Combines these finder patterns, to at most `most` of three, and a fifteenth as many of two.
    ///
    /// Pages and desks are full of small squares in squares. Those of a symbol have its timing
    /// patterns between them, so those pairs are combined that have the most of one.
    pub(crate) fn combine(&mut self, grey: &Grey<'_>, finders: &mut [Finder], most: usize) {
        self.threes.clear();
        self.twos.clear();
        finders.sort_unstable_by(|a, b| b.support.total_cmp(&a.support));
        let finders = finders
            .get(..finders.len().min(MAX_COMBINED))
            .unwrap_or_default();
        self.measure(grey, finders);
        for (at, corner) in finders.iter().enumerate() {
            self.sides.clear();
            let row = self.between.iter().skip(at * finders.len());
            self.sides
                .extend(row.zip(finders).filter_map(|(between, other)| {
                    let (left, right) = (*between)?;
                    Some(Side {
                        to: *other,
                        left,
                        right,
                    })
                }));
            // On the way to the right the symbol lies to the right, on the way down to the left.
            likeliest(&mut self.sides, |side| side.right, &mut self.rightwards);
            likeliest(&mut self.sides, |side| side.left, &mut self.downwards);
            self.threes_around(corner);
            self.twos_from(corner);
        }
        for (candidates, most) in [(&mut self.threes, most), (&mut self.twos, most / 15)] {
            candidates.sort_unstable_by(|a, b| a.error.total_cmp(&b.error));
            candidates.truncate(most);
        }
    }

    /// What is between each finder pattern and each other: the way back has on its left what the
    /// way there has on its right.
    fn measure(&mut self, grey: &Grey<'_>, finders: &[Finder]) {
        let count = finders.len();
        self.between.clear();
        self.between.resize(count * count, None);
        for (from, one) in finders.iter().enumerate() {
            for (to, other) in finders.iter().enumerate().skip(from + 1) {
                let found = timing(grey, one, other);
                if let Some(there) = self.between.get_mut(from * count + to) {
                    *there = found;
                }
                if let Some(back) = self.between.get_mut(to * count + from) {
                    *back = found.map(|(left, right)| (right, left));
                }
            }
        }
    }

    fn threes_around(&mut self, corner: &Finder) {
        for right in &self.rightwards {
            for below in &self.downwards {
                let three = Candidate::of_three(corner, &right.to, &below.to);
                self.threes.extend(three.map(|three| Candidate {
                    error: three.error + 1.0 - f32::midpoint(right.right, below.left),
                    ..three
                }));
            }
        }
    }

    fn twos_from(&mut self, corner: &Finder) {
        let modules = |other: &Finder| 7.0 + modules_between(corner, other);
        for right in self
            .rightwards
            .iter()
            .filter(|side| side.right > LEAST_TIMING)
        {
            let finders = [Some(*corner), Some(right.to), None];
            self.twos
                .push(Candidate::of_two(finders, modules(&right.to), right.right));
        }
        for below in self
            .downwards
            .iter()
            .filter(|side| side.left > LEAST_TIMING)
        {
            let finders = [Some(*corner), None, Some(below.to)];
            self.twos
                .push(Candidate::of_two(finders, modules(&below.to), below.left));
        }
        // Across from each other there is no timing pattern between; whether those that leave
        // them are there is seen once their edges are known.
        for other in &self.sides {
            let modules = 7.0 + modules_across(corner, &other.to);
            let finders = [None, Some(*corner), Some(other.to)];
            self.twos.push(Candidate::of_two(finders, modules, ACROSS));
        }
    }
}

/// The sides with the most of what `of` tells.
fn likeliest(sides: &mut [Side], of: impl Fn(&Side) -> f32, into: &mut Vec<Side>) {
    sides.sort_unstable_by(|a, b| of(b).total_cmp(&of(a)));
    into.clear();
    into.extend(sides.iter().take(PER_CORNER));
}

/// How much dark and light alternate beside the way from one finder pattern to another, where a
/// symbol's timing pattern would leave each of them; to the left of the way and to the right.
/// `None` if the two cannot be neighbours in a symbol.
fn timing(grey: &Grey<'_>, one: &Finder, other: &Finder) -> Option<(f32, f32)> {
    if one.is_inverted != other.is_inverted
        || one.size() > other.size() * 2.2
        || other.size() > one.size() * 2.2
    {
        return None;
    }
    let way = other.middle - one.middle;
    let length = way.length();
    let forwards = way * (1.0 / length.max(1.0));
    let rightwards = Point {
        x: -forwards.y,
        y: forwards.x,
    };
    let module = |finder: &Finder| (along(finder, forwards), along(finder, rightwards));
    let (first, second) = (module(one), module(other));
    let modules = length / f32::midpoint(first.0, second.0);
    if !(10.0..=220.0).contains(&modules) {
        return None;
    }
    let sign = if one.is_inverted { -1.0 } else { 1.0 };
    let side = |right: f32| {
        let leave = |finder: &Finder, (ahead, aside): (f32, f32), forwards: Point| {
            // Five modules from the middle, past the separator, and three aside.
            let start =
                finder.middle + rightwards * (3.0 * aside * right) + forwards * (5.0 * ahead);
            let found = |stretch: f32| alternation(grey, start, forwards * (ahead * stretch), sign);
            let as_is = found(1.0);
            if as_is < 0.0 {
                return as_is;
            }
            // A finder pattern's size is known to a tenth, and six modules on that is half of one.
            as_is.max(found(0.93)).max(found(1.07))
        };
        f32::midpoint(
            leave(one, first, forwards),
            leave(other, second, forwards * -1.0),
        )
    };
    Some((side(-1.0), side(1.0)))
}

/// How much the modules from a dark one on alternate: 1 entirely, 0 not at all.
pub(crate) fn alternation(grey: &Grey<'_>, from: Point, step: Point, sign: f32) -> f32 {
    /// As many as the smallest symbol has, the finder pattern across counted in.
    const COUNT: usize = 7;
    let mut values = [0.0; COUNT];
    let mut place = from;
    for value in &mut values {
        *value = grey.at(place) * sign;
        place = place + step;
    }
    let mean = values.iter().sum::<f32>() / COUNT as f32;
    let spread: f32 = values.iter().map(|value| (value - mean).abs()).sum();
    let turns = [-1.0, 1.0].into_iter().cycle();
    let sum: f32 = values
        .iter()
        .zip(turns)
        .map(|(value, turn)| (value - mean) * turn)
        .sum();
    sum / spread.max(14.0)
}

/// A module's length along this way (of length one): a square turned by an angle is crossed by
/// rows and columns over a longer stretch than its side.
fn along(finder: &Finder, way: Point) -> f32 {
    let (x, y) = (way.x.abs(), way.y.abs());
    if x > y {
        finder.module.0 * x
    } else {
        finder.module.1 * y
    }
}
