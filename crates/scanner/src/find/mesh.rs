//! Where each module of a symbol lies in the picture: a projection, bent to where the alignment
//! patterns really are, so that a lens, a curved page or an askew phone do not matter.

use super::pattern::Pattern;
use super::projection::{Pair, Projection};
use crate::Point;
use crate::grey::Grey;
use crate::layout::Layout;

/// What counts for less is a guess.
const KNOWN: f32 = 0.1;

/// A symbol's modules in a picture.
#[derive(Clone)]
pub(crate) struct Mesh {
    pub(crate) projection: Projection,
    /// Rows and columns of the nodes, in modules.
    lines: Vec<f32>,
    /// How far from its projected place each node is, by rows; in pixels.
    offsets: Vec<Point>,
}

/// Where in the symbol an alignment pattern's middle is.
fn middle_of((x, y): (usize, usize)) -> Point {
    Point {
        x: x as f32 + 0.5,
        y: y as f32 + 0.5,
    }
}

impl Mesh {
    /// The mesh of the symbol that lies about where `pairs` (of places in the symbol and in the
    /// picture) say, with its alignment patterns looked up in the picture.
    pub(crate) fn fit(
        grey: &Grey<'_>,
        layout: &Layout,
        mut pairs: Vec<Pair>,
        is_inverted: bool,
    ) -> Option<Self> {
        let sign = if is_inverted { -1.0 } else { 1.0 };
        let mut projection = Projection::fit(&pairs)?;
        let mut patterns: Vec<Point> = layout.alignment_patterns().map(middle_of).collect();
        let count = patterns.len();
        for at in 0..count {
            // The one next to what is known comes next: the projection is certain there, and
            // better with each that is found.
            let middle = patterns.swap_remove(nearest(&pairs, &patterns)?);
            let near = bend(&pairs, &projection, middle);
            let steps = projection.steps(middle);
            // The only pattern of a small symbol is far from what is known; the others are not.
            let reach = if count == 1 {
                3.5 + layout.side as f32 / 14.0
            } else {
                2.0
            };
            let Some(place) = Pattern::ALIGNMENT.look(grey, near, steps, reach, sign) else {
                continue;
            };
            pairs.push(Pair {
                symbol: middle,
                picture: place,
                weight: 1.0,
            });
            // Refitted often while little is known, rarely later.
            if at < 6 || at % 4 == 0 {
                projection = Projection::fit(&pairs).unwrap_or(projection);
            }
        }
        projection = Projection::fit(&pairs).unwrap_or(projection);
        Some(Self::bent(layout, projection, &pairs))
    }

    fn bent(layout: &Layout, projection: Projection, pairs: &[Pair]) -> Self {
        let lines: Vec<f32> = layout.alignment.iter().map(|&at| at as f32 + 0.5).collect();
        let mut offsets = Vec::with_capacity(lines.len() * lines.len());
        for &y in &lines {
            for &x in &lines {
                let node = Point { x, y };
                offsets.push(bend(pairs, &projection, node) - projection.place(node));
            }
        }
        Self {
            projection,
            lines,
            offsets,
        }
    }

    /// The place of a point of the symbol, in modules.
    pub(crate) fn place(&self, symbol: Point) -> Point {
        self.projection.place(symbol) + self.offset(symbol)
    }

    /// The places of a row of modules, from left to right, through the middles of their columns.
    pub(crate) fn row(&self, y: f32, side: usize) -> impl Iterator<Item = Point> + '_ {
        (0..side).map(move |x| {
            self.place(Point {
                x: x as f32 + 0.5,
                y,
            })
        })
    }

    /// How far a point is from where it is projected to: between the four nodes around it.
    fn offset(&self, symbol: Point) -> Point {
        if self.lines.len() < 2 {
            return Point { x: 0.0, y: 0.0 };
        }
        let cell = |value: f32| {
            let at = self
                .lines
                .iter()
                .skip(1)
                .take(self.lines.len() - 2)
                .take_while(|line| **line < value)
                .count();
            let (start, end) = (self.line(at), self.line(at + 1));
            // Beyond the outer nodes it goes on a little as it went between them.
            (at, ((value - start) / (end - start)).clamp(-0.25, 1.25))
        };
        let ((column, right), (row, down)) = (cell(symbol.x), cell(symbol.y));
        let node = |row: usize, column: usize| {
            self.offsets
                .get(row * self.lines.len() + column)
                .copied()
                .unwrap_or(Point { x: 0.0, y: 0.0 })
        };
        let upper = node(row, column) * (1.0 - right) + node(row, column + 1) * right;
        let lower = node(row + 1, column) * (1.0 - right) + node(row + 1, column + 1) * right;
        upper * (1.0 - down) + lower * down
    }

    fn line(&self, at: usize) -> f32 {
        self.lines.get(at).copied().unwrap_or(0.0)
    }

    /// The same for a picture `factor` times as large.
    pub(crate) fn scaled(&self, factor: f32) -> Self {
        Self {
            projection: self.projection.scaled(factor),
            lines: self.lines.clone(),
            offsets: self.offsets.iter().map(|&offset| offset * factor).collect(),
        }
    }
}

/// A point's place by the projection, moved as the known places around it are: the nearer, the
/// more.
fn bend(pairs: &[Pair], projection: &Projection, at: Point) -> Point {
    let plain = projection.place(at);
    let mut sum = Point { x: 0.0, y: 0.0 };
    let mut weights = 1e-4_f32;
    for pair in pairs {
        let apart = pair.symbol - at;
        let squared = apart.x * apart.x + apart.y * apart.y;
        let weight = pair.weight / (squared + 1.0).powi(2);
        sum = sum + (pair.picture - projection.place(pair.symbol)) * weight;
        weights += weight;
    }
    plain + sum * (1.0 / weights)
}

/// Which of the patterns is next to a known place.
fn nearest(pairs: &[Pair], patterns: &[Point]) -> Option<usize> {
    let distance = |pattern: &Point| {
        let apart =
            |pair: &Pair| (pair.symbol.x - pattern.x).abs() + (pair.symbol.y - pattern.y).abs();
        pairs
            .iter()
            .filter(|pair| pair.weight >= KNOWN)
            .map(apart)
            .fold(f32::MAX, f32::min)
    };
    let distances = patterns.iter().map(distance).enumerate();
    distances
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(at, _)| at)
}
