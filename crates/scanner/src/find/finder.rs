//! Finder patterns: three dark squares in light rings in dark rings, seen across as
//! 1 : 1 : 3 : 1 : 1 in every direction (ISO/IEC 18004, 6.3.3).

use super::bitmap::Bitmap;
use crate::Point;

/// Every so many rows are searched: the middle of a finder pattern that can be sampled at all is
/// higher.
const ROW_STEP: usize = 2;

/// Pixels walked over in looking at crossings more closely, as a multiple of the picture's. A page
/// full of finder patterns needs one or two.
const MAX_WALKED: usize = 4;

/// Patterns kept of one picture.
const MAX_FINDERS: usize = 320;

/// What seems to be a finder pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finder {
    /// Its middle.
    pub(crate) middle: Point,
    /// A seventh of its width and of its height, along the rows and columns of the picture.
    pub(crate) module: (f32, f32),
    /// How many searched rows cross it so, over how many should.
    pub(crate) support: f32,
    /// Light on dark.
    pub(crate) is_inverted: bool,
}

impl Finder {
    /// The mean of both module sizes.
    pub(crate) fn size(&self) -> f32 {
        f32::midpoint(self.module.0, self.module.1)
    }

    /// The same with its size the mean of several lines across.
    fn measured(self, bitmap: &Bitmap) -> Self {
        let (x, y) = (self.middle.x as usize, self.middle.y as usize);
        let reach = (self.module.0.max(self.module.1) * 8.0) as i32 + 4;
        let aside = (self.size() * 0.9).max(1.0) as usize;
        let mean = |step: (i32, i32), from: [(usize, usize); 3], whole: f32| {
            let lines = from.map(|from| through(bitmap, from, step, reach, self.is_inverted));
            let seen = lines
                .into_iter()
                .flatten()
                .filter(|(runs, _)| is_finder(runs));
            let (sum, count) = seen.fold((whole, 1.0), |(sum, count), (runs, _)| {
                (sum + runs.iter().sum::<f32>() / 7.0, count + 1.0)
            });
            sum / count
        };
        let (left, above) = (x.saturating_sub(aside), y.saturating_sub(aside));
        Self {
            module: (
                mean((1, 0), [(x, above), (x, y), (x, y + aside)], self.module.0),
                mean((0, 1), [(left, y), (x, y), (x + aside, y)], self.module.1),
            ),
            ..self
        }
    }

    /// The same seen in a picture `factor` times as large.
    pub(super) fn scaled(self, factor: f32) -> Self {
        Self {
            middle: Point {
                x: self.middle.x * factor,
                y: self.middle.y * factor,
            },
            module: (self.module.0 * factor, self.module.1 * factor),
            ..self
        }
    }
}

/// Five runs: dark, light, dark, light, dark.
type Runs = [f32; 5];

/// The search, and its buffers.
#[derive(Default)]
pub(crate) struct Search {
    changes: Vec<u32>,
    found: Vec<(Finder, u32)>,
}

impl Search {
    /// Adds the finder patterns of this bitmap, which is `scale` times smaller than the frame, to
    /// those there are, in the frame's pixels.
    pub(crate) fn run(
        &mut self,
        bitmap: &Bitmap,
        scale: f32,
        with_inverted: bool,
        finders: &mut Vec<Finder>,
    ) {
        self.found.clear();
        let mut left = MAX_WALKED * bitmap.width() * bitmap.height();
        let mut changes = std::mem::take(&mut self.changes);
        for y in (0..bitmap.height()).step_by(ROW_STEP) {
            bitmap.changes(y, &mut changes);
            self.row(bitmap, y, &changes, with_inverted, &mut left);
            if left == 0 {
                break;
            }
        }
        self.changes = changes;
        for &(finder, rows) in &self.found {
            let finder = finder.measured(bitmap);
            let expected = 3.0 * finder.module.1 / ROW_STEP as f32;
            let finder = Finder {
                support: (rows as f32 / expected.max(1.0)).min(1.5),
                ..finder
            };
            merge(finder.scaled(scale), finders);
        }
    }

    fn row(
        &mut self,
        bitmap: &Bitmap,
        y: usize,
        changes: &[u32],
        with_inverted: bool,
        left: &mut usize,
    ) {
        for (at, six) in changes.windows(6).enumerate() {
            let is_inverted = at % 2 == 1;
            if is_inverted && !with_inverted {
                continue;
            }
            let &[a, b, c, d, e, f] = six else { continue };
            let runs = [b - a, c - b, d - c, e - d, f - e];
            // The cheap part of `is_finder`: the middle is by far the widest.
            if runs[2] * 3 < (runs[0] + runs[1] + runs[3] + runs[4]) * 2 - 4 * 2
                || !is_finder(&runs.map(|run| run as f32))
            {
                continue;
            }
            // There and back along three lines.
            let walk = (f - a) as usize * 6;
            if *left < walk || self.found.len() == MAX_FINDERS {
                *left = 0;
                return;
            }
            *left -= walk;
            let middle = (c + d) as f32 / 2.0;
            let width = (f - a) as f32 / 7.0;
            if !self.confirms(middle, y as f32 + 0.5, width, is_inverted)
                && let Some(finder) = cross_check(bitmap, middle as usize, y, width, is_inverted)
            {
                self.found.push((finder, 1));
            }
        }
    }

    /// Whether this is one more row of a pattern that was found already; then it is counted.
    fn confirms(&mut self, x: f32, y: f32, width: f32, is_inverted: bool) -> bool {
        for (finder, rows) in self.found.iter_mut().rev() {
            let (across, down) = finder.module;
            if finder.is_inverted == is_inverted
                && (finder.middle.x - x).abs() < across
                && (finder.middle.y - y).abs() < down * 2.0
                && width < across * 1.6
                && across < width * 1.6
            {
                *rows += 1;
                return true;
            }
        }
        false
    }
}

/// Looks at a crossing from above, along, and askew.
fn cross_check(
    bitmap: &Bitmap,
    x: usize,
    y: usize,
    width: f32,
    is_inverted: bool,
) -> Option<Finder> {
    let reach = (width * 8.0) as i32 + 4;
    let (down, middle_y) = through(bitmap, (x, y), (0, 1), reach, is_inverted)?;
    let height = down.iter().sum::<f32>() / 7.0;
    if !is_finder(&down) || height > width * 2.5 || width > height * 2.5 {
        return None;
    }
    let row = middle_y as usize;
    let (across, middle_x) = through(bitmap, (x, row), (1, 0), reach, is_inverted)?;
    let width = across.iter().sum::<f32>() / 7.0;
    if !is_finder(&across) || height > width * 2.5 || width > height * 2.5 {
        return None;
    }
    // A square ring is seen along its diagonals as well; an askew one may be so by perspective
    // along one of them only.
    let column = middle_x as usize;
    let reach = (width.max(height) * 8.0) as i32 + 4;
    let is_square = [(1, 1), (1, -1)].into_iter().any(|step| {
        through(bitmap, (column, row), step, reach, is_inverted)
            .is_some_and(|(runs, _)| is_finder(&runs))
    });
    is_square.then_some(Finder {
        middle: Point {
            x: middle_x,
            y: middle_y,
        },
        module: (width, height),
        support: 0.0,
        is_inverted,
    })
}

/// The five runs through a place of the middle one, and where along the step's leading axis their
/// middle run is centred.
fn through(
    bitmap: &Bitmap,
    from: (usize, usize),
    step: (i32, i32),
    reach: i32,
    is_inverted: bool,
) -> Option<(Runs, f32)> {
    let dark = |at: i32| {
        let x = from.0 as i32 + step.0 * at;
        let y = from.1 as i32 + step.1 * at;
        let inside =
            x >= 0 && y >= 0 && (x as usize) < bitmap.width() && (y as usize) < bitmap.height();
        inside.then(|| bitmap.is_dark(x as usize, y as usize) != is_inverted)
    };
    if dark(0) != Some(true) {
        return None;
    }
    // Forwards: the end of the middle, of the light ring and of the dark one; then backwards.
    let walk = |direction: i32| {
        let mut ends = [0_i32; 3];
        let mut at = 1;
        for (end, colour) in ends.iter_mut().zip([true, false, true]) {
            while at <= reach && dark(at * direction) == Some(colour) {
                at += 1;
            }
            // The outer ring may touch the picture's edge.
            if at > reach {
                return None;
            }
            *end = at;
        }
        Some(ends.map(|end| end as f32))
    };
    let [near, light, far] = walk(1)?;
    let [back, back_light, back_far] = walk(-1)?;
    let runs = [
        back_far - back_light,
        back_light - back,
        near + back - 1.0,
        light - near,
        far - light,
    ];
    let start = if step.0 == 0 { from.1 } else { from.0 };
    Some((runs, start as f32 + 0.5 + (near - back) / 2.0))
}

/// Whether the runs are 1 : 1 : 3 : 1 : 1, as far as blur, noise and perspective leave it so.
fn is_finder(runs: &Runs) -> bool {
    let [a, b, c, d, e] = *runs;
    let total = a + b + c + d + e;
    let module = total / 7.0;
    if module < 1.2 {
        return false;
    }
    // A module is off by a share, and an edge by part of a pixel.
    let slack = module * 0.5 + 0.6;
    let near = |run: f32| (run - module).abs() <= slack;
    near(a)
        && near(b)
        && near(d)
        && near(e)
        && (c - 3.0 * module).abs() <= module * 0.9 + 0.8
        && (a - e).abs() <= module * 0.7 + 1.0
        && (b - d).abs() <= module * 0.7 + 1.0
}

/// Adds a pattern, or makes one found at another size more certain. Those that are not quite the
/// same stay apart: at one size the edge of a block of thresholds may have moved an edge.
fn merge(finder: Finder, finders: &mut Vec<Finder>) {
    let is_alike = |one: f32, other: f32| one < other * 1.2 && other < one * 1.2;
    let is_same = |known: &Finder| {
        let apart = known.middle - finder.middle;
        known.is_inverted == finder.is_inverted
            && apart.x.abs() < known.module.0 * 0.6
            && apart.y.abs() < known.module.1 * 0.6
            && is_alike(known.module.0, finder.module.0)
            && is_alike(known.module.1, finder.module.1)
    };
    if let Some(known) = finders.iter_mut().find(|known| is_same(known)) {
        known.support = (known.support + finder.support).min(3.0);
    } else if finders.len() < MAX_FINDERS {
        finders.push(finder);
    }
}
