//! The finder patterns of a symbol that was seen in the frame before, looked for where they should
//! be by now: by their likeness to one, which is there when blur or noise has taken the edges that
//! the search in a whole frame goes by.

use super::candidate::Candidate;
use super::finder::Finder;
use super::mesh::Mesh;
use crate::Point;
use crate::grey::Grey;
use crate::layout::Layout;

/// How well a finder pattern must look like one, from -1 to 1.
const LIKENESS: f32 = 0.55;

/// How far the first finder pattern is looked for, in modules; and the others once it is found.
const REACH: f32 = 7.0;
const REACH_NEXT: f32 = 2.5;

/// How fine the first look is, in modules: the middle of a finder pattern is three wide.
const STEP: f32 = 0.75;

/// The three finder patterns of the symbol that lay as `mesh` says and has moved by about `shift`
/// since.
pub(crate) fn follow(
    grey: &Grey<'_>,
    layout: &Layout,
    mesh: &Mesh,
    shift: Point,
    is_inverted: bool,
) -> Option<Candidate> {
    let sign = if is_inverted { -1.0 } else { 1.0 };
    let far = layout.side as f32 - 3.5;
    let mut moved = shift;
    let mut reach = REACH;
    let mut find = |x: f32, y: f32| {
        let symbol = Point { x, y };
        let (right, down) = mesh.projection.steps(symbol);
        let place = look(grey, mesh.place(symbol) + moved, (right, down), reach, sign)?;
        moved = place - mesh.place(symbol);
        reach = REACH_NEXT;
        Some(Finder {
            middle: place,
            module: (right.length(), down.length()),
            support: 1.0,
            is_inverted,
        })
    };
    let finders = [find(3.5, 3.5), find(far, 3.5), find(3.5, far)];
    (finders.iter().flatten().count() > 1).then_some(Candidate {
        finders,
        modules: layout.side as f32,
        is_inverted,
        error: 0.0,
    })
}

/// Where around a place a finder pattern is, if one is there.
fn look(
    grey: &Grey<'_>,
    near: Point,
    (right, down): (Point, Point),
    reach: f32,
    sign: f32,
) -> Option<Point> {
    if !grey.holds(near) || right.length() < 0.8 || down.length() < 0.8 {
        return None;
    }
    let score = |x: f32, y: f32| likeness(grey, near + right * x + down * y, (right, down), sign);
    let count = (reach / STEP) as i32;
    let mut best = (f32::MIN, 0.0, 0.0);
    for row in -count..=count {
        for column in -count..=count {
            let (x, y) = (column as f32 * STEP, row as f32 * STEP);
            let found = score(x, y);
            if found > best.0 {
                best = (found, x, y);
            }
        }
    }
    for step in [0.4, 0.2, 0.1] {
        let (_, x, y) = best;
        for (across, along) in [(-step, 0.0), (step, 0.0), (0.0, -step), (0.0, step)] {
            let found = score(x + across, y + along);
            if found > best.0 {
                best = (found, x + across, y + along);
            }
        }
    }
    let (found, x, y) = best;
    (found >= LIKENESS).then(|| near + right * x + down * y)
}

/// How much the 49 modules around a place look like a finder pattern: their correlation.
fn likeness(grey: &Grey<'_>, middle: Point, (right, down): (Point, Point), sign: f32) -> f32 {
    let (mut sum, mut squares, mut ring) = (0.0, 0.0, 0.0);
    for row in -3_i32..=3 {
        for column in -3_i32..=3 {
            let value = grey.at(middle + right * column as f32 + down * row as f32) * sign;
            sum += value;
            squares += value * value;
            if row.abs().max(column.abs()) == 2 {
                ring += value;
            }
        }
    }
    // Sixteen light modules against thirty-three dark ones.
    let mean = sum / 49.0;
    let spread = (squares - sum * mean).max(49.0);
    (ring - 16.0 * mean) / (spread * (16.0 * 33.0 / 49.0)).sqrt()
}
