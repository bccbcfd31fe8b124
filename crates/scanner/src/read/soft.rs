//! How dark each module is: sampled from grey, set against what is around it, and freed of what
//! blur mixed into it from its neighbours.

use zeroize::Zeroizing;

use crate::Point;
use crate::find::{Mesh, solve};
use crate::grey::Grey;
use crate::layout::Layout;

/// How many modules around are averaged on each side to tell dark from light.
const AROUND: usize = 6;

/// The least spread of grey around a module that is told from noise.
const LEAST_SPREAD: f32 = 3.0;

/// Where grey spreads by less than this share of what it does in the whole symbol, a light has
/// washed it out.
const WASHED_OUT: f32 = 0.35;

/// One number a module, by rows: dark is positive, and about one where nothing disturbs. Wiped when
/// dropped, as what it says is a person's.
pub(crate) type Soft = Zeroizing<Vec<f32>>;

/// The grey of each module, where it is dark most.
pub(crate) fn sample(grey: &Grey<'_>, mesh: &Mesh, layout: &Layout, module: f32) -> Soft {
    let side = layout.side;
    let mut values = Zeroizing::new(Vec::with_capacity(side * side));
    // Wide modules are looked at in four places: noise averages out.
    let is_wide = module >= 3.0;
    for y in 0..side {
        let rows = mesh.row(y as f32 + 0.5, side);
        let (right, down) = mesh.projection.steps(Point {
            x: side as f32 / 2.0,
            y: y as f32 + 0.5,
        });
        let (right, down) = (right * 0.2, down * 0.2);
        values.extend(rows.map(|place| {
            if is_wide {
                (grey.at(place + right)
                    + grey.at(place - right)
                    + grey.at(place + down)
                    + grey.at(place - down))
                    * 0.25
            } else {
                grey.at(place)
            }
        }));
    }
    values
}

/// Dark and light told apart by the mean and the spread of the modules around each. Gives the share
/// of modules around which the two cannot be told apart because all is light.
pub(crate) fn normalise(values: &mut [f32], side: usize, is_inverted: bool) -> f32 {
    let sign = if is_inverted { -1.0 } else { 1.0 };
    let mut sums = vec![(0.0_f32, 0.0_f32); values.len()];
    // Sums over rows, then over columns.
    let mut across = vec![(0.0_f32, 0.0_f32); values.len()];
    for (row, sums) in values.chunks_exact(side).zip(across.chunks_exact_mut(side)) {
        slide(
            row,
            |&value| (value, value * value),
            |at, sum| {
                if let Some(to) = sums.get_mut(at) {
                    *to = sum;
                }
            },
        );
    }
    for x in 0..side {
        let column: Vec<(f32, f32)> = across.iter().skip(x).step_by(side).copied().collect();
        slide(
            &column,
            |&sum| sum,
            |at, sum| {
                if let Some(to) = sums.get_mut(at * side + x) {
                    *to = sum;
                }
            },
        );
    }
    let reach = |at: usize| (at + AROUND).min(side - 1) - at.saturating_sub(AROUND) + 1;
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    let spread = (values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f32>()
        / count)
        .sqrt();
    let mut washed_out = 0.0;
    for (at, (value, (sum, squares))) in values.iter_mut().zip(sums).enumerate() {
        let near = (reach(at % side) * reach(at / side)) as f32;
        let local_mean = sum / near;
        let local = (squares / near - local_mean * local_mean).max(0.0).sqrt();
        if local < spread * WASHED_OUT && local_mean > mean {
            washed_out += 1.0;
        }
        *value = (local_mean - *value) / local.max(LEAST_SPREAD) * sign;
    }
    washed_out / count
}

/// The sums over `AROUND` neighbours on both sides of each.
fn slide<T>(
    values: &[T],
    pair: impl Fn(&T) -> (f32, f32),
    mut give: impl FnMut(usize, (f32, f32)),
) {
    // In double precision: what is added is taken away again later.
    let mut sum = (0.0_f64, 0.0_f64);
    for ahead in 0..values.len() + AROUND {
        if let Some(value) = values.get(ahead) {
            let (one, two) = pair(value);
            sum = (sum.0 + f64::from(one), sum.1 + f64::from(two));
        }
        if let Some(at) = ahead.checked_sub(AROUND) {
            give(at, (sum.0 as f32, sum.1 as f32));
            if let Some(value) = at.checked_sub(AROUND).and_then(|gone| values.get(gone)) {
                let (one, two) = pair(value);
                sum = (sum.0 - f64::from(one), sum.1 - f64::from(two));
            }
        }
    }
}

/// What is trained on: a module that is known to be dark or light, or held to be.
type Target = Option<bool>;

/// How well known modules were met.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fit {
    /// The share of them that came out as they are.
    pub(crate) agreement: f32,
    /// The mean square of what they are off by.
    pub(crate) error: f32,
}

/// The modules freed of what their next neighbours mixed into them, as the known ones teach it.
pub(crate) fn known_equalised(layout: &Layout, plain: &[f32]) -> Option<(Soft, Fit)> {
    equalise::<10, 11>(plain, layout.side, layout.known.iter().copied(), 0.02)
}

/// Each module as the sum of its neighbourhood that meets the targets best; `TAPS` is the
/// neighbourhood's size and one for a constant, `TERMS` one more.
pub(crate) fn equalise<const TAPS: usize, const TERMS: usize>(
    values: &[f32],
    side: usize,
    targets: impl Iterator<Item = Target> + Clone,
    keep: f64,
) -> Option<(Soft, Fit)> {
    let reach = if TAPS > 10 { 2 } else { 1 };
    let padded = Padded::new(values, side, reach);
    let mut sums = [[0.0_f64; TERMS]; TAPS];
    let mut seen = 0_u32;
    for (at, target) in targets.clone().enumerate() {
        let Some(is_dark) = target else { continue };
        seen += 1;
        let near = padded.around::<TAPS>(at % side, at / side);
        let wanted = if is_dark { 1.0 } else { -1.0 };
        for (row, (sums, &left)) in sums.iter_mut().zip(&near).enumerate() {
            let left = f64::from(left);
            for (sum, &right) in sums.iter_mut().zip(&near).skip(row) {
                *sum += left * f64::from(right);
            }
            if let Some(sum) = sums.last_mut() {
                *sum += left * wanted;
            }
        }
    }
    // The lower half mirrors the upper; what leads away from the module's own value costs.
    let upper = sums;
    let middle = (TAPS - 1) / 2;
    let cost = keep * f64::from(seen.max(1));
    for (row, sums) in sums.iter_mut().enumerate() {
        for (column, sum) in sums.iter_mut().enumerate().take(row) {
            *sum = upper
                .get(column)
                .and_then(|upper| upper.get(row))
                .copied()
                .unwrap_or(0.0);
        }
        if let Some(own) = sums.get_mut(row) {
            *own += cost;
        }
        if row == middle
            && let Some(sum) = sums.last_mut()
        {
            *sum += cost;
        }
    }
    let weights = solve(sums)?.map(|weight| weight as f32);
    let mut out = Zeroizing::new(Vec::with_capacity(values.len()));
    for y in 0..side {
        out.extend((0..side).map(|x| {
            let near = padded.around::<TAPS>(x, y);
            near.iter()
                .zip(&weights)
                .map(|(value, weight)| value * weight)
                .sum::<f32>()
        }));
    }
    let mut fit = Fit {
        agreement: 0.0,
        error: 0.0,
    };
    for (value, target) in out.iter().zip(targets) {
        let Some(is_dark) = target else { continue };
        let value = if is_dark { *value } else { -value };
        fit.agreement += f32::from(u8::from(value > 0.0));
        fit.error += (1.0 - value) * (1.0 - value);
    }
    fit.agreement /= seen.max(1) as f32;
    fit.error /= seen.max(1) as f32;
    Some((out, fit))
}

/// The modules with a margin of light ones around.
struct Padded {
    side: usize,
    reach: usize,
    values: Zeroizing<Vec<f32>>,
}

impl Padded {
    fn new(values: &[f32], side: usize, reach: usize) -> Self {
        let wide = side + 2 * reach;
        let mut padded = vec![-1.0; wide * wide];
        for (row, to) in values
            .chunks_exact(side)
            .zip(padded.chunks_exact_mut(wide).skip(reach))
        {
            if let Some(to) = to.get_mut(reach..reach + side) {
                to.copy_from_slice(row);
            }
        }
        Self {
            side: wide,
            reach,
            values: Zeroizing::new(padded),
        }
    }

    /// The neighbourhood of a module by rows, then one.
    #[inline]
    fn around<const TAPS: usize>(&self, x: usize, y: usize) -> [f32; TAPS] {
        let mut near = [1.0; TAPS];
        let wide = 2 * self.reach + 1;
        let rows = near
            .chunks_mut(wide)
            .zip(self.values.chunks_exact(self.side).skip(y));
        for (to, row) in rows.take(wide) {
            if let Some(from) = row.get(x..x + wide) {
                to.copy_from_slice(from);
            }
        }
        near
    }
}
