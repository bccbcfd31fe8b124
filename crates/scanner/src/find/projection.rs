//! Where the plane of a symbol lies in the picture.

use crate::Point;

/// A place of a symbol, in modules from its top left corner, and where it is in the picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) symbol: Point,
    pub(crate) picture: Point,
    /// How much it counts: one for what is placed best.
    pub(crate) weight: f32,
}

/// Takes places of a symbol, in modules from its top left corner, to places in the picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Projection {
    // ((a x + b y + c) / (g x + h y + 1), (d x + e y + f) / (g x + h y + 1))
    by: [f64; 8],
}

impl Projection {
    /// The projection that fits these pairs best; four or more, not on one line. `None` if they
    /// leave it open.
    pub(crate) fn fit(pairs: &[Pair]) -> Option<Self> {
        // Both sides are brought to the size of one around nothing, where the sums stay exact.
        let (from, from_scale) = frame(pairs.iter().map(|pair| pair.symbol));
        let (to, to_scale) = frame(pairs.iter().map(|pair| pair.picture));
        let mut sums = [[0.0; 9]; 8];
        for &Pair {
            symbol,
            picture,
            weight,
        } in pairs
        {
            let x = (f64::from(symbol.x) - from.0) * from_scale;
            let y = (f64::from(symbol.y) - from.1) * from_scale;
            let u = (f64::from(picture.x) - to.0) * to_scale;
            let v = (f64::from(picture.y) - to.1) * to_scale;
            let weight = f64::from(weight);
            add(
                &mut sums,
                weight,
                &[x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u],
            );
            add(
                &mut sums,
                weight,
                &[0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v],
            );
        }
        let [a, b, c, d, e, f, g, h] = solve(sums)?;
        // Back to modules and pixels: (to⁻¹ · fitted · from), scaled so that the last is one.
        let (sx, ox, oy) = (from_scale, -from.0 * from_scale, -from.1 * from_scale);
        let row = |p: f64, q: f64, r: f64| [p * sx, q * sx, p * ox + q * oy + r];
        let (first, second, third) = (row(a, b, c), row(d, e, f), row(g, h, 1.0));
        let back = |own: [f64; 3], middle: f64| {
            [0, 1, 2].map(|at: usize| at_of(own, at) / to_scale + middle * at_of(third, at))
        };
        let (first, second) = (back(first, to.0), back(second, to.1));
        let [g, h, last] = third;
        if last.abs() < 1e-9 {
            return None;
        }
        let by = [
            first[0], first[1], first[2], second[0], second[1], second[2], g, h,
        ]
        .map(|value| value / last);
        by.iter()
            .all(|value| value.is_finite())
            .then_some(Self { by })
    }

    /// The place in the picture.
    #[inline]
    pub(crate) fn place(&self, symbol: Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.by;
        let (x, y) = (f64::from(symbol.x), f64::from(symbol.y));
        let over = 1.0 / (g * x + h * y + 1.0);
        Point {
            x: ((a * x + b * y + c) * over) as f32,
            y: ((d * x + e * y + f) * over) as f32,
        }
    }

    /// How far a step of one module to the right and one down leads, around this place.
    pub(crate) fn steps(&self, symbol: Point) -> (Point, Point) {
        let near = |x: f32, y: f32| {
            self.place(Point {
                x: symbol.x + x,
                y: symbol.y + y,
            })
        };
        (
            near(0.5, 0.0) - near(-0.5, 0.0),
            near(0.0, 0.5) - near(0.0, -0.5),
        )
    }

    /// The same for a picture `factor` times as large.
    pub(crate) fn scaled(&self, factor: f32) -> Self {
        let factor = f64::from(factor);
        let [a, b, c, d, e, f, g, h] = self.by;
        Self {
            by: [
                a * factor,
                b * factor,
                c * factor,
                d * factor,
                e * factor,
                f * factor,
                g,
                h,
            ],
        }
    }
}

fn at_of(three: [f64; 3], at: usize) -> f64 {
    three.get(at).copied().unwrap_or(0.0)
}

/// The middle of these places, and what brings them to the size of one.
fn frame(places: impl Iterator<Item = Point> + Clone) -> ((f64, f64), f64) {
    let count = places.clone().count().max(1) as f64;
    let sum = places.clone().fold((0.0, 0.0), |(x, y), place| {
        (x + f64::from(place.x), y + f64::from(place.y))
    });
    let middle = (sum.0 / count, sum.1 / count);
    let spread: f64 = places
        .map(|place| (f64::from(place.x) - middle.0).hypot(f64::from(place.y) - middle.1))
        .sum();
    (middle, count / spread.max(1e-9))
}

/// Adds one equation to the normal equations; its last number is the right-hand side.
fn add<const N: usize, const M: usize>(sums: &mut [[f64; M]; N], weight: f64, equation: &[f64; M]) {
    for (row, &left) in sums.iter_mut().zip(equation) {
        for (sum, &right) in row.iter_mut().zip(equation) {
            *sum += weight * left * right;
        }
    }
}

/// Solves N equations, each a row with its right-hand side last, by elimination with pivots.
pub(crate) fn solve<const N: usize, const M: usize>(mut rows: [[f64; M]; N]) -> Option<[f64; N]> {
    for column in 0..N {
        let pivot = rows
            .iter()
            .enumerate()
            .skip(column)
            .max_by(|a, b| cell(a.1, column).abs().total_cmp(&cell(b.1, column).abs()))?
            .0;
        rows.swap(column, pivot);
        let own = *rows.get(column)?;
        let head = cell(&own, column);
        if head.abs() < 1e-12 {
            return None;
        }
        for (at, row) in rows.iter_mut().enumerate() {
            if at != column {
                let share = cell(row, column) / head;
                row.iter_mut()
                    .zip(&own)
                    .for_each(|(value, &own)| *value -= share * own);
            }
        }
    }
    let mut solution = [0.0; N];
    for (at, (value, row)) in solution.iter_mut().zip(&rows).enumerate() {
        *value = cell(row, N) / cell(row, at);
    }
    Some(solution)
}

fn cell<const M: usize>(row: &[f64; M], at: usize) -> f64 {
    row.get(at).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    fn pair(symbol: Point, picture: Point) -> Pair {
        Pair {
            symbol,
            picture,
            weight: 1.0,
        }
    }

    #[test]
    fn four_corners_are_met_exactly() {
        let pairs = [
            pair(point(0.0, 0.0), point(100.0, 50.0)),
            pair(point(21.0, 0.0), point(400.0, 80.0)),
            pair(point(21.0, 21.0), point(380.0, 330.0)),
            pair(point(0.0, 21.0), point(90.0, 350.0)),
        ];
        let projection = Projection::fit(&pairs).unwrap();
        for Pair {
            symbol, picture, ..
        } in pairs
        {
            let placed = projection.place(symbol);
            assert!(
                (placed.x - picture.x).abs() < 1e-3,
                "{placed:?} {picture:?}"
            );
            assert!(
                (placed.y - picture.y).abs() < 1e-3,
                "{placed:?} {picture:?}"
            );
        }
        let middle = projection.scaled(2.0).place(point(10.0, 10.0));
        let half = projection.place(point(10.0, 10.0));
        assert!((middle.x - 2.0 * half.x).abs() < 1e-3);
    }

    #[test]
    fn places_on_one_line_leave_it_open() {
        let line = [0.0, 1.0, 2.0, 3.0].map(|at| pair(point(at, at), point(at * 9.0, at * 5.0)));
        assert!(Projection::fit(&line).is_none());
    }
}
