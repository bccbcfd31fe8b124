//! A grey picture as the search and the sampler look at it, at full size or shrunk.

use crate::{Luma, Point};

/// Grey pixels by rows.
#[derive(Clone, Copy)]
pub(crate) struct Grey<'a> {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pixels: &'a [u8],
}

impl<'a> From<&Luma<'a>> for Grey<'a> {
    fn from(luma: &Luma<'a>) -> Self {
        Self {
            width: luma.width() as usize,
            height: luma.height() as usize,
            pixels: luma.pixels(),
        }
    }
}

impl<'a> Grey<'a> {
    /// The rows from top to bottom.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        self.pixels.chunks_exact(self.width.max(1))
    }

    /// A row, or the last one.
    fn row(&self, y: usize) -> &'a [u8] {
        let start = y.min(self.height - 1) * self.width;
        self.pixels
            .get(start..start + self.width)
            .unwrap_or_default()
    }

    /// How light it is at this place, between the middles of the four pixels around; beyond the
    /// edge it is as at the edge.
    #[inline]
    pub(crate) fn at(&self, place: Point) -> f32 {
        let (x, y) = (place.x - 0.5, place.y - 0.5);
        // `as` saturates: a place far outside, or nowhere at all, is one at the edge.
        let (left, top) = (x.max(0.0) as usize, y.max(0.0) as usize);
        let (right, bottom) = (x - left as f32, y - top as f32);
        let start = top * self.width + left;
        if left + 1 < self.width
            && top + 1 < self.height
            && let Some(&[a, b]) = self.pixels.get(start..start + 2)
            && let Some(&[c, d]) = self.pixels.get(start + self.width..start + self.width + 2)
        {
            let right = right.max(0.0);
            let upper = f32::from(a) + (f32::from(b) - f32::from(a)) * right;
            let lower = f32::from(c) + (f32::from(d) - f32::from(c)) * right;
            return upper + (lower - upper) * bottom.max(0.0);
        }
        let (x, y) = (left.min(self.width - 1), top.min(self.height - 1));
        f32::from(self.pixels.get(y * self.width + x).copied().unwrap_or(0))
    }

    /// Whether the place is inside, with a pixel to spare.
    pub(crate) fn holds(&self, place: Point) -> bool {
        place.x >= 1.0
            && place.y >= 1.0
            && place.x <= self.width as f32 - 1.0
            && place.y <= self.height as f32 - 1.0
    }

    /// How light the picture is: its mean, and what a twentieth of it is lighter than, both from
    /// 0 to 255. Every fourth pixel of every fourth row is looked at.
    pub(crate) fn light(&self) -> (f32, f32) {
        let mut counts = [0_u32; 256];
        for row in self.rows().step_by(4) {
            for &pixel in row.iter().step_by(4) {
                if let Some(count) = counts.get_mut(usize::from(pixel)) {
                    *count += 1;
                }
            }
        }
        let total: u32 = counts.iter().sum();
        let sum: f32 = counts
            .iter()
            .zip(0..=u8::MAX)
            .map(|(&count, grey)| count as f32 * f32::from(grey))
            .sum();
        let mut above = total / 20;
        let mut brightest = 0.0;
        for (&count, grey) in counts.iter().zip(0..=u8::MAX).rev() {
            if count > above {
                brightest = f32::from(grey);
                break;
            }
            above -= count;
        }
        (sum / total.max(1) as f32, brightest)
    }
}

/// A picture of the scanner's own. Its buffers are kept from one to the next.
#[derive(Default)]
pub(crate) struct Plane {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    columns: Vec<u16>,
}

impl Plane {
    /// The picture.
    pub(crate) fn grey(&self) -> Grey<'_> {
        Grey {
            width: self.width,
            height: self.height,
            pixels: &self.pixels,
        }
    }

    /// Is `of` with what sets each pixel apart from those around it made stronger: a blur of about
    /// two pixels is undone in part, and noise is made stronger as well.
    pub(crate) fn sharpen(&mut self, of: &Grey<'_>) {
        /// How many pixels around are looked at on each side.
        const AROUND: usize = 3;
        /// How many times the difference is added.
        const AMOUNT: i32 = 3;
        const COUNT: i32 = ((2 * AROUND + 1) * (2 * AROUND + 1)) as i32;

        (self.width, self.height) = (of.width, of.height);
        self.pixels.clear();
        self.columns.clear();
        self.columns.resize(of.width + 2 * AROUND, 0);
        // The sums of the columns around a row; beyond the edge it is as at the edge.
        for y in 0..=2 * AROUND {
            change(
                &mut self.columns,
                of.row(y.saturating_sub(AROUND)),
                AROUND,
                u16::wrapping_add,
            );
        }
        for (y, row) in of.rows().enumerate() {
            let (first, rest) = self.columns.split_at(2 * AROUND);
            let mut sum: i32 = first.iter().map(|&column| i32::from(column)).sum();
            self.pixels
                .extend(
                    row.iter()
                        .zip(rest)
                        .zip(&self.columns)
                        .map(|((&pixel, &next), &last)| {
                            sum += i32::from(next);
                            let pixel = i32::from(pixel);
                            let apart = pixel * COUNT - sum;
                            sum -= i32::from(last);
                            (pixel + apart * AMOUNT / COUNT).clamp(0, 255) as u8
                        }),
                );
            change(
                &mut self.columns,
                of.row(y.saturating_sub(AROUND)),
                AROUND,
                u16::wrapping_sub,
            );
            change(
                &mut self.columns,
                of.row(y + 1 + AROUND),
                AROUND,
                u16::wrapping_add,
            );
        }
    }
}

/// Adds a row to the sums of columns, or takes it away; the columns beyond the edges are those at
/// the edges.
fn change(columns: &mut [u16], row: &[u8], around: usize, by: fn(u16, u16) -> u16) {
    let (Some(&first), Some(&last)) = (row.first(), row.last()) else {
        return;
    };
    let edge = columns.len() - around;
    let (start, end) = columns.split_at_mut(edge);
    let (start, middle) = start.split_at_mut(around);
    start
        .iter_mut()
        .for_each(|sum| *sum = by(*sum, u16::from(first)));
    middle
        .iter_mut()
        .zip(row)
        .for_each(|(sum, &pixel)| *sum = by(*sum, u16::from(pixel)));
    end.iter_mut()
        .for_each(|sum| *sum = by(*sum, u16::from(last)));
}

/// A picture and its shrunk copies, each half of the one before. Buffers are kept from one picture
/// to the next.
#[derive(Default)]
pub(crate) struct Pyramid {
    halves: Vec<Half>,
    used: usize,
}

#[derive(Default)]
struct Half {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Pyramid {
    /// Holds the copies of this picture: at most `most`, and none with a side under `smallest`.
    pub(crate) fn fill(&mut self, picture: &Grey<'_>, most: usize, smallest: usize) {
        self.used = 0;
        for level in 0..most {
            let mut half = match self.halves.get_mut(level) {
                Some(half) => std::mem::take(half),
                None => {
                    self.halves.push(Half::default());
                    Half::default()
                }
            };
            let made = {
                let above = self.level(picture, level);
                above.width / 2 >= smallest && above.height / 2 >= smallest && {
                    half.shrink(&above);
                    true
                }
            };
            if let Some(slot) = self.halves.get_mut(level) {
                *slot = half;
            }
            if !made {
                return;
            }
            self.used = level + 1;
        }
    }

    /// How many sizes there are, the picture's own counted.
    pub(crate) fn levels(&self) -> usize {
        self.used + 1
    }

    /// The picture at this level (0 is itself), or at the last one there is.
    pub(crate) fn level<'a>(&'a self, picture: &Grey<'a>, level: usize) -> Grey<'a> {
        let half = level
            .min(self.used)
            .checked_sub(1)
            .and_then(|index| self.halves.get(index));
        half.map_or(*picture, |half| Grey {
            width: half.width,
            height: half.height,
            pixels: &half.pixels,
        })
    }
}

impl Half {
    fn shrink(&mut self, of: &Grey<'_>) {
        (self.width, self.height) = (of.width / 2, of.height / 2);
        self.pixels.clear();
        self.pixels.resize(self.width * self.height, 0);
        let pairs = of.pixels.chunks_exact(of.width * 2);
        for (pair, row) in pairs.zip(self.pixels.chunks_exact_mut(self.width.max(1))) {
            let (upper, lower) = pair.split_at(of.width);
            let fours = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            for (pixel, four) in row.iter_mut().zip(fours) {
                if let (&[a, b], &[c, d]) = four {
                    let sum = u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d);
                    *pixel = ((sum + 2) >> 2) as u8;
                }
            }
        }
    }
}
