//! Three finder patterns that may belong to one symbol.

use super::finder::Finder;
use crate::Point;
use crate::grey::Grey;

/// Finder patterns that are combined with each other, the most certain ones.
const MAX_COMBINED: usize = 96;

/// Neighbours that each finder pattern is combined with, to its right and below: those with the
/// likeliest timing patterns between.
const PER_CORNER: usize = 10;

/// Finder patterns in the places they have in a symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Triple {
    pub(crate) top_left: Finder,
    pub(crate) top_right: Finder,
    pub(crate) bottom_left: Finder,
    /// Modules along a side, estimated.
    pub(crate) modules: f32,
    /// How far from a square's corners they are: 0 is none.
    pub(crate) error: f32,
}

impl Triple {
    pub(crate) fn finders(&self) -> [&Finder; 3] {
        [&self.top_left, &self.top_right, &self.bottom_left]
    }

    /// The three in their places, if they can be those of one symbol in this order.
    fn of(top_left: &Finder, top_right: &Finder, bottom_left: &Finder) -> Option<Self> {
        let three = [top_left, top_right, bottom_left];
        let sizes = three.map(Finder::size);
        let least = sizes.iter().copied().fold(f32::MAX, f32::min);
        let most = sizes.iter().copied().fold(0.0, f32::max);
        if most > least * 2.2 {
            return None;
        }
        let (right, below) = (
            top_right.middle - top_left.middle,
            bottom_left.middle - top_left.middle,
        );
        let turn = right.x * below.y - right.y * below.x;
        let (across, down) = (right.length(), below.length());
        // The sine of the angle at the corner; 40 degrees off a right one is perspective enough.
        let sine = turn / (across * down).max(1.0);
        if sine < 0.7 || across > down * 2.2 || down > across * 2.2 {
            return None;
        }
        let count = |from: &Finder, to: &Finder| {
            let way = to.middle - from.middle;
            let length = way.length();
            let forwards = way * (1.0 / length.max(1.0));
            length / f32::midpoint(along(from, forwards), along(to, forwards))
        };
        let (across, down) = (count(top_left, top_right), count(top_left, bottom_left));
        let modules = 7.0 + f32::midpoint(across, down);
        if !(15.0..=220.0).contains(&modules) || across > down * 1.6 || down > across * 1.6 {
            return None;
        }
        let support: f32 = three.iter().map(|finder| finder.support.min(1.0)).sum();
        Some(Self {
            top_left: *top_left,
            top_right: *top_right,
            bottom_left: *bottom_left,
            modules,
            error: (1.0 - sine)
                + (across / down).ln().abs()
                + (most / least).ln() * 0.7
                + (3.0 - support) * 0.25,
        })
    }
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

/// The combinations that can be symbols, the likeliest first, at most `most`.
///
/// Pages and desks are full of small squares in squares. Those of a symbol have its timing
/// patterns between them, so of all pairs only those are combined that have something like one.
pub(crate) fn triples(
    grey: &Grey<'_>,
    finders: &mut [Finder],
    most: usize,
    into: &mut Vec<Triple>,
) {
    into.clear();
    finders.sort_by(|a, b| b.support.total_cmp(&a.support));
    let finders = finders
        .get(..finders.len().min(MAX_COMBINED))
        .unwrap_or_default();
    let mut sides = Vec::new();
    let (mut rightwards, mut downwards) = (Vec::new(), Vec::new());
    for (corner, one) in finders.iter().enumerate() {
        sides.clear();
        sides.extend(finders.iter().enumerate().filter_map(|(to, other)| {
            let (left, right) = (to != corner).then(|| timing(grey, one, other))??;
            Some(Side {
                to: *other,
                left,
                right,
            })
        }));
        // On the way to the right the symbol lies to the right, on the way down to the left.
        likeliest(&mut sides, |side| side.right, &mut rightwards);
        likeliest(&mut sides, |side| side.left, &mut downwards);
        for across in &rightwards {
            for down in &downwards {
                into.extend(Triple::of(one, &across.to, &down.to).map(|triple| Triple {
                    error: triple.error + 1.0 - f32::midpoint(across.right, down.left),
                    ..triple
                }));
            }
        }
    }
    into.sort_by(|a, b| a.error.total_cmp(&b.error));
    into.truncate(most);
}

/// The sides with the most of what `of` tells.
fn likeliest(sides: &mut [Side], of: impl Fn(&Side) -> f32, into: &mut Vec<Side>) {
    sides.sort_by(|a, b| of(b).total_cmp(&of(a)));
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
            // A finder pattern's size is known to a tenth, and six modules on that is half of one.
            [0.93, 1.0, 1.07]
                .map(|stretch| alternation(grey, start, forwards * (ahead * stretch), sign))
                .into_iter()
                .fold(-1.0, f32::max)
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
