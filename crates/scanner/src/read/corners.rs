//! Finder patterns with their edges: which version the symbol is, and where its modules lie.

use super::soft;
use super::{Sampled, codewords};
use crate::find::{Candidate, Mesh, Outline, Pair, Projection, alternation, outline};
use crate::grey::Grey;
use crate::layout::{Layout, version_places};
use crate::{Located, Point};

/// What a corner of a finder pattern counts for beside the middle of an alignment pattern: it is
/// where two lines of edges meet.
const CORNER: f32 = 0.5;

/// What the guess of a third finder pattern counts for: it only settles what the other two leave
/// open.
const GUESS: f32 = 1e-4;

/// How well the stated version must go with its bits; that of noise is 0.3 at most.
const LEAST_STATED: f32 = 0.35;

/// The corners of a symbol's finder patterns.
pub(super) struct Corners<'a> {
    candidate: &'a Candidate,
    /// Top left, top right, bottom left; one may be missing.
    outlines: [Option<Outline>; 3],
    /// One module to the right and one down.
    steps: (Point, Point),
    /// The least width of a module.
    pub(super) module: f32,
    /// Modules along a side, measured.
    modules: f32,
}

/// The sides of a finder pattern's module: to the right, and down.
fn module_of(outline: &Outline) -> (f32, f32) {
    let (right, down) = steps_of(outline);
    (right.length(), down.length())
}

fn steps_of(outline: &Outline) -> (Point, Point) {
    let [a, b, c, d] = outline.corners;
    let mean = |one: Point, other: Point| (one + other) * (0.5 / 7.0);
    (mean(b - a, c - d), mean(d - a, c - b))
}

impl<'a> Corners<'a> {
    /// The corners of these finder patterns. `None` if they have no edges, or too different ones.
    pub(super) fn of(grey: &Grey<'_>, candidate: &'a Candidate) -> Option<Self> {
        let (mut right, mut down) = candidate.steps()?;
        let sizes = || {
            candidate
                .finders
                .iter()
                .flatten()
                .map(|finder| finder.size())
        };
        let mean = sizes().sum::<f32>() / sizes().count().max(1) as f32;
        let find = |right: Point, down: Point| {
            candidate.finders.map(|finder| {
                let finder = finder?;
                // Perspective makes the nearer one larger.
                let factor = finder.size() / mean.max(0.1);
                outline(grey, &finder, right * factor, down * factor)
            })
        };
        let wanted = candidate.finders.iter().flatten().count();
        let whole = |outlines: &[Option<Outline>; 3]| outlines.iter().flatten().count() == wanted;
        let mut outlines = find(right, down);
        if wanted == 2 && whole(&outlines) {
            // Two of them only tell how the symbol is turned once their edges are known.
            (right, down) = steps_between(&outlines);
            outlines = find(right, down);
        }
        if !whole(&outlines) {
            return None;
        }
        let size = f32::midpoint(right.length(), down.length());
        let modules_of = outlines.iter().flatten().map(module_of);
        let sides = modules_of.flat_map(|(right, below)| [right, below]);
        if sides
            .clone()
            .any(|side| side < size * 0.4 || side > size * 2.5)
        {
            return None;
        }
        let module = sides.fold(f32::MAX, f32::min);
        let modules = modules_between(candidate, &outlines)?;
        Some(Self {
            candidate,
            outlines,
            steps: (right, down),
            module,
            modules,
        })
    }

    fn sign(&self) -> f32 {
        if self.candidate.is_inverted {
            -1.0
        } else {
            1.0
        }
    }

    /// The corners in the symbol (in modules) and in the picture, four for each finder pattern there
    /// is.
    fn fours(&self, side: usize) -> [Option<[Pair; 4]>; 3] {
        let far = (side - 7) as f32;
        let mut fours = [None; 3];
        let starts = [(0.0, 0.0), (far, 0.0), (0.0, far)];
        for ((four, outline), (x, y)) in fours.iter_mut().zip(&self.outlines).zip(starts) {
            let Some(outline) = outline else { continue };
            let [a, b, c, d] = outline.corners;
            *four = Some(
                [(0.0, 0.0, a), (7.0, 0.0, b), (7.0, 7.0, c), (0.0, 7.0, d)].map(
                    |(across, down, picture)| Pair {
                        symbol: Point {
                            x: x + across,
                            y: y + down,
                        },
                        picture,
                        weight: CORNER,
                    },
                ),
            );
        }
        fours
    }

    /// All of them; where a finder pattern is missing, a guess at its place beside.
    fn pairs(&self, side: usize) -> Vec<Pair> {
        let fours = self.fours(side);
        let mut pairs: Vec<Pair> = fours.iter().flatten().flatten().copied().collect();
        let far = (side - 7) as f32;
        let (right, down) = (self.steps.0 * far, self.steps.1 * far);
        let [corner, top, bottom] = self
            .candidate
            .finders
            .map(|finder| finder.map(|finder| finder.middle));
        let guess = match (corner, top, bottom) {
            (Some(corner), Some(_), None) => Some((3.5, far + 3.5, corner + down)),
            (Some(corner), None, Some(_)) => Some((far + 3.5, 3.5, corner + right)),
            (None, Some(top), Some(bottom)) => {
                Some((3.5, 3.5, (top + bottom - right - down) * 0.5))
            }
            _ => None,
        };
        pairs.extend(guess.map(|(x, y, picture)| Pair {
            symbol: Point { x, y },
            picture,
            weight: GUESS,
        }));
        pairs
    }

    /// How much dark and light alternate where the timing patterns leave the finder patterns: the
    /// same places whatever the version, and a cheap way to tell squares of some other drawing
    /// from a symbol's.
    pub(super) fn timing(&self, grey: &Grey<'_>) -> Option<f32> {
        let place = |x: f32, y: f32| Point { x, y };
        let ways = [
            (0, place(8.5, 6.5), place(1.0, 0.0)),
            (0, place(6.5, 8.5), place(0.0, 1.0)),
            (1, place(36.5, 6.5), place(-1.0, 0.0)),
            (2, place(6.5, 36.5), place(0.0, -1.0)),
        ];
        let fours = self.fours(45);
        let (mut sum, mut count, mut least) = (0.0, 0.0, f32::MAX);
        for (finder, start, step) in ways {
            let Some(four) = fours.get(finder)? else {
                continue;
            };
            let near = Projection::fit(four)?;
            let from = near.place(start);
            let end = near.place(start + step * 6.0);
            let found = alternation(grey, from, (end - from) * (1.0 / 6.0), self.sign());
            sum += found;
            count += 1.0;
            least = found.min(least);
        }
        // Of four one may lie under a thumb.
        Some(if count > 3.5 {
            (sum - least) / 3.0
        } else {
            sum / count
        })
    }

    /// How much the timing patterns alternate from one finder pattern to the other if the symbol
    /// has this many modules along a side, from -1 to 1: of a neighbouring version nothing is
    /// left. `None` where none lies between two that are there.
    pub(super) fn timing_whole(&self, picture: &Grey<'_>, side: usize) -> Option<f32> {
        let projection = Projection::fit(&self.pairs(side))?;
        let sign = self.sign();
        let along = |of: fn(f32) -> Point| {
            let grey = |at: usize| picture.at(projection.place(of(at as f32 + 0.5))) * sign;
            let (mut sum, mut spread) = (0.0, 0.0);
            // Each against the middle between its neighbours: light changes along the way.
            for at in 9..side - 9 {
                let off = grey(at) - f32::midpoint(grey(at - 1), grey(at + 1));
                sum += if at % 2 == 0 { -off } else { off };
                spread += off.abs();
            }
            sum / spread.max(side as f32)
        };
        let row = || along(|at| Point { x: at, y: 6.5 });
        let column = || along(|at| Point { x: 6.5, y: at });
        match &self.outlines {
            [Some(_), Some(_), Some(_)] => Some(f32::midpoint(row(), column())),
            [Some(_), Some(_), None] => Some(row()),
            [Some(_), None, Some(_)] => Some(column()),
            _ => None,
        }
    }

    /// The versions it may have, the likeliest first: what its own version information says, then
    /// what its size says.
    pub(super) fn versions(&self, grey: &Grey<'_>) -> Vec<usize> {
        let nearest = Layout::nearest_version(self.modules);
        let mut versions = Vec::with_capacity(4);
        if self.modules > 36.0 {
            versions.extend(self.stated(grey));
        }
        for version in [nearest, nearest + 1, nearest.saturating_sub(1)] {
            if (1..=40).contains(&version) && !versions.contains(&version) {
                versions.push(version);
            }
        }
        versions.truncate(3);
        versions
    }

    /// The version in the blocks of version information, read from where they lie beside their
    /// finder patterns; the one whose bits they are nearest to, if it stands out and goes with the
    /// size.
    fn stated(&self, picture: &Grey<'_>) -> Option<usize> {
        // In any symbol these places lie the same way from their finder pattern.
        let side = 45;
        let [_, top, bottom] = self.fours(side);
        let mut copies = Vec::with_capacity(2);
        for (places, four) in version_places(side).into_iter().zip([top, bottom]) {
            let Some(four) = four else { continue };
            let near = Projection::fit(&four)?;
            let mut copy = places.map(|(x, y)| {
                let place = near.place(Point {
                    x: x as f32 + 0.5,
                    y: y as f32 + 0.5,
                });
                picture.at(place) * self.sign()
            });
            let mean = copy.iter().sum::<f32>() / 18.0;
            let spread =
                (copy.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / 18.0).sqrt();
            copy.iter_mut()
                .for_each(|value| *value = (mean - *value) / spread.max(1.0));
            copies.push(copy);
        }
        let score = |version: usize| {
            let bits = codewords::version_bits(version);
            let all = copies.iter().flat_map(|copy| copy.iter().enumerate());
            let sum: f32 = all
                .map(|(at, value)| if bits >> at & 1 == 1 { *value } else { -value })
                .sum();
            sum / (18 * copies.len()).max(1) as f32
        };
        let best = (7..=40).max_by(|a, b| score(*a).total_cmp(&score(*b)))?;
        let side = (best * 4 + 17) as f32;
        let is_near = (side - self.modules).abs() <= 4.0 + side * 0.12;
        (score(best) > LEAST_STATED && is_near).then_some(best)
    }

    /// The modules of the symbol if it is of this version.
    pub(super) fn sample(&self, grey: &Grey<'_>, layout: &Layout) -> Option<Sampled> {
        let is_inverted = self.candidate.is_inverted;
        let mesh = Mesh::fit(grey, layout, self.pairs(layout.side), is_inverted)?;
        let mut plain = soft::sample(grey, &mesh, layout, self.module);
        let glare = soft::normalise(&mut plain, layout.side, is_inverted);
        let (soft, fit) = soft::known_equalised(layout, &plain)?;
        Some(Sampled {
            version: layout.version,
            is_inverted,
            located: Located {
                glare,
                ..self.located(layout, &mesh)
            },
            mesh,
            plain,
            soft,
            fit,
        })
    }

    fn located(&self, layout: &Layout, mesh: &Mesh) -> Located {
        let of = |pick: fn(&Outline) -> f32| self.outlines.iter().flatten().map(pick);
        let black = of(|outline| outline.black).fold(f32::MAX, f32::min) / 255.0;
        let white = of(|outline| outline.white).fold(0.0, f32::max) / 255.0;
        let count = self.outlines.iter().flatten().count().max(1) as f32;
        Located {
            corners: layout.corners().map(|corner| mesh.place(corner)),
            modules: layout.side as u32,
            module_px: self.module,
            blur_px: of(|outline| outline.blur).sum::<f32>() / count,
            motion_px: 0.0,
            black: black.min(white),
            white: black.max(white),
            glare: 0.0,
            gathered: 0,
        }
    }
}

/// The mean of a module's steps to the right and down.
fn steps_between(outlines: &[Option<Outline>; 3]) -> (Point, Point) {
    let none = Point { x: 0.0, y: 0.0 };
    let steps = outlines.iter().flatten().map(steps_of);
    let (right, down, count) = steps.fold(
        (none, none, 0.0),
        |(right, down, count), (across, below)| (right + across, down + below, count + 1.0),
    );
    (
        right * (1.0 / f32::max(count, 1.0)),
        down * (1.0 / f32::max(count, 1.0)),
    )
}

/// Modules along a side, from the finder patterns' own and how far they are apart.
fn modules_between(candidate: &Candidate, outlines: &[Option<Outline>; 3]) -> Option<f32> {
    let [corner, top, bottom] = &candidate.finders;
    let [corner_lines, top_lines, bottom_lines] = outlines
        .each_ref()
        .map(|outline| outline.as_ref().map(module_of));
    let count = |length: f32, from: f32, to: f32| 7.0 + length / f32::midpoint(from, to);
    let across = corner.zip(*top).zip(corner_lines.zip(top_lines));
    let across =
        across.map(|((a, b), (from, to))| count((b.middle - a.middle).length(), from.0, to.0));
    let down = corner.zip(*bottom).zip(corner_lines.zip(bottom_lines));
    let down = down.map(|((a, b), (from, to))| count((b.middle - a.middle).length(), from.1, to.1));
    match (across, down) {
        (Some(across), Some(down)) => Some(f32::midpoint(across, down)),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => {
            let (from, to) = top_lines.zip(bottom_lines)?;
            let length = (bottom.as_ref()?.middle - top.as_ref()?.middle).length();
            // The diagonal of a square with these sides.
            let (right, below) = (f32::midpoint(from.0, to.0), f32::midpoint(from.1, to.1));
            Some(7.0 + length / right.hypot(below))
        }
    }
}
