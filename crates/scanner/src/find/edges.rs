//! The outer corners of a finder pattern, to a part of a pixel.

use super::finder::Finder;
use crate::Point;
use crate::grey::Grey;

/// The rays sent out across each side, in modules from the middle of the side.
const RAYS: [f32; 5] = [-2.4, -1.2, 0.0, 1.2, 2.4];

/// Places looked at along a ray, so many a module.
const STEPS: usize = 4;

/// What the edges of a finder pattern tell.
pub(crate) struct Outline {
    /// Its corners: towards the symbol's top left, top right, bottom right, bottom left.
    pub(crate) corners: [Point; 4],
    /// The standard deviation of the blur across its edges, in pixels.
    pub(crate) blur: f32,
    /// Its darkest and its lightest grey.
    pub(crate) black: f32,
    pub(crate) white: f32,
}

/// Where a ray leaves the dark ring.
struct Edge {
    place: Point,
    blur: f32,
    black: f32,
    white: f32,
}

/// Finds the four sides of a finder pattern whose modules are about `right` wide and `down` high
/// (steps in the picture along the symbol's axes).
pub(crate) fn outline(
    grey: &Grey<'_>,
    finder: &Finder,
    right: Point,
    down: Point,
) -> Option<Outline> {
    let sign = if finder.is_inverted { -1.0 } else { 1.0 };
    let ways = [
        (down * -1.0, right),
        (right, down),
        (down, right),
        (right * -1.0, down),
    ];
    let sides = ways
        .map(|(out, side)| RAYS.map(|along| edge(grey, finder.middle + side * along, out, sign)));
    let [Some(top), Some(right), Some(bottom), Some(left)] = sides.each_ref().map(fit) else {
        return None;
    };
    let corners = [
        meet(top, left)?,
        meet(top, right)?,
        meet(bottom, right)?,
        meet(bottom, left)?,
    ];
    let edges = || sides.iter().flatten().flatten();
    Some(Outline {
        corners,
        blur: median(edges().map(|edge| edge.blur)),
        black: edges().map(|edge| edge.black).fold(255.0, f32::min),
        white: edges().map(|edge| edge.white).fold(0.0, f32::max),
    })
}

/// The one in the middle of at most as many as there are rays.
fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut sorted = [f32::MAX; 4 * RAYS.len()];
    let mut count = 0;
    for (place, value) in sorted.iter_mut().zip(values) {
        *place = value;
        count += 1;
    }
    sorted.sort_unstable_by(f32::total_cmp);
    sorted.get(count / 2).copied().unwrap_or(0.0)
}

/// From the middle outwards: the last dark is the outer ring, around three modules out, and its
/// edge is where the grey is halfway to what comes after it.
fn edge(grey: &Grey<'_>, from: Point, out: Point, sign: f32) -> Option<Edge> {
    let mut ray = [0.0_f32; 3 * STEPS + 1];
    // From 2 to 5 modules out.
    let reach = |at: usize| 2.0 + at as f32 / STEPS as f32;
    for (at, value) in ray.iter_mut().enumerate() {
        *value = grey.at(from + out * reach(at)) * sign;
    }
    let ring = ray.get(..STEPS * 2)?;
    let (darkest, &black) = ring.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1))?;
    let outside = ray.get(darkest..(darkest + STEPS + STEPS / 2 + 1).min(ray.len()))?;
    let white = outside.iter().copied().fold(f32::MIN, f32::max);
    if white - black < 12.0 {
        return None;
    }
    let half = f32::midpoint(black, white);
    let (at, pair) = outside
        .windows(2)
        .enumerate()
        .find(|(_, pair)| matches!(pair, &&[a, b] if a <= half && b > half))?;
    let &[a, b] = pair else { return None };
    let place = reach(darkest) + (at as f32 + (half - a) / (b - a)) / STEPS as f32;
    let pixels = out.length() / STEPS as f32;
    // A blurred edge is steepest at its middle, by its height over 2.5 standard deviations.
    let steepest = outside
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b - a),
            _ => None,
        })
        .fold(0.0, f32::max)
        / pixels.max(0.01);
    Some(Edge {
        place: from + out * place,
        blur: (white - black) / (steepest.max(0.01) * 2.507),
        black: black * sign,
        white: white * sign,
    })
}

/// A line through places: its normal and its distance from the origin.
type Line = (f32, f32, f32);

/// The line nearest to where the rays end, the worst of them left out.
fn fit(edges: &[Option<Edge>; RAYS.len()]) -> Option<Line> {
    let places = || edges.iter().flatten().map(|edge| edge.place);
    let count = places().count();
    if count < 3 {
        return None;
    }
    let line = through(places())?;
    if count < 4 {
        return Some(line);
    }
    let off = |place: Point| (line.0 * place.x + line.1 * place.y - line.2).abs();
    let worst = places().max_by(|a, b| off(*a).total_cmp(&off(*b)))?;
    through(places().filter(|place| *place != worst))
}

fn through(places: impl Iterator<Item = Point> + Clone) -> Option<Line> {
    let count = places.clone().count() as f32;
    let sum = places
        .clone()
        .fold(Point { x: 0.0, y: 0.0 }, |sum, place| sum + place);
    let middle = sum * (1.0 / count);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places {
        let off = place - middle;
        xx += off.x * off.x;
        xy += off.x * off.y;
        yy += off.y * off.y;
    }
    // The way the places lie is the larger axis of their spread; the normal is across.
    let turn = 0.5 * f32::atan2(2.0 * xy, xx - yy);
    let (sine, cosine) = turn.sin_cos();
    let line = (-sine, cosine, -sine * middle.x + cosine * middle.y);
    (line.2.is_finite()).then_some(line)
}

fn meet(one: Line, two: Line) -> Option<Point> {
    let turn = one.0 * two.1 - one.1 * two.0;
    (turn.abs() > 0.2).then(|| Point {
        x: (one.2 * two.1 - one.1 * two.2) / turn,
        y: (one.0 * two.2 - one.2 * two.0) / turn,
    })
}
