//! The finder patterns of a symbol that was seen in the frame before, looked for where they should
//! be by now: by their likeness to one, which is there when blur or noise has taken the edges that
//! the search in a whole frame goes by.

use super::candidate::Candidate;
use super::finder::Finder;
use super::mesh::Mesh;
use super::pattern::Pattern;
use crate::Point;
use crate::grey::Grey;
use crate::layout::Layout;

/// How far the first finder pattern is looked for, in modules; and the others once it is found.
const REACH: f32 = 7.0;
const REACH_NEXT: f32 = 2.5;

/// The finder patterns, two at least, of the symbol that lay as `mesh` says and has moved by about
/// `shift` since.
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
        let near = mesh.place(symbol) + moved;
        let place = Pattern::FINDER.look(grey, near, (right, down), reach, sign)?;
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
