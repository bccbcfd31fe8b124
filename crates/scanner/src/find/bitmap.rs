//! Dark and light, decided by what is around: the picture the search for finder patterns runs on.

use crate::grey::Grey;

/// A block's side in pixels. Thresholds are per block, from the blocks around.
const BLOCK: usize = 8;

/// A block whose lightest and darkest pixel differ by less is one surface and has no threshold of
/// its own.
const FLAT: u8 = 20;

/// How many blocks around are averaged on each side.
const AROUND: usize = 2;

/// One bit a pixel, set where it is dark. Buffers are kept from one picture to the next.
#[derive(Default)]
pub(crate) struct Bitmap {
    width: usize,
    height: usize,
    words_per_row: usize,
    words: Vec<u64>,
    thresholds: Thresholds,
}

impl Bitmap {
    /// Is this picture now.
    pub(crate) fn fill(&mut self, picture: &Grey<'_>) {
        self.width = picture.width;
        self.height = picture.height;
        self.words_per_row = picture.width.div_ceil(64);
        self.words.clear();
        self.words.resize(self.words_per_row * self.height, 0);
        self.thresholds.fill(picture);
        let blocks = self.thresholds.columns;
        let words = self.words.chunks_exact_mut(self.words_per_row.max(1));
        for (y, (row, words)) in picture.rows().zip(words).enumerate() {
            let start = (y / BLOCK).min(self.thresholds.rows.saturating_sub(1)) * blocks;
            let thresholds = self
                .thresholds
                .values
                .get(start..start + blocks)
                .unwrap_or_default();
            darken(row, thresholds, words);
        }
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Whether the pixel is dark; none outside is.
    #[inline]
    pub(crate) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width
            && self
                .words
                .get(y * self.words_per_row + x / 64)
                .is_some_and(|word| word >> (x % 64) & 1 == 1)
    }

    /// Writes where dark and light change along a row: the first is the start of the first dark
    /// run, and they alternate from there. A dark run at the row's end is not closed.
    pub(crate) fn changes(&self, y: usize, into: &mut Vec<u32>) {
        into.clear();
        let start = y * self.words_per_row;
        let Some(words) = self.words.get(start..start + self.words_per_row) else {
            return;
        };
        let mut last = 0;
        for (&word, base) in words.iter().zip((0_u32..).step_by(64)) {
            let mut changes = word ^ (word << 1 | last);
            last = word >> 63;
            while changes != 0 {
                into.push(base + changes.trailing_zeros());
                changes &= changes - 1;
            }
        }
    }
}

/// One bit a pixel of a row: eight pixels are compared at once in the bytes of a word, at seven
/// bits each, which is more than the noise of a camera leaves.
fn darken(row: &[u8], thresholds: &[u8], words: &mut [u64]) {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // Gathers the high bits of the eight bytes, the first byte's lowest.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let eights = row.chunks(8);
    let last = thresholds.last().copied().unwrap_or(0);
    let limits = thresholds.iter().copied().chain(std::iter::repeat(last));
    for (at, (eight, limit)) in eights.zip(limits).enumerate() {
        let mut bytes = [u8::MAX; 8];
        match <[u8; 8]>::try_from(eight) {
            Ok(whole) => bytes = whole,
            Err(_) => bytes
                .iter_mut()
                .zip(eight)
                .for_each(|(to, &from)| *to = from),
        }
        let pixels = u64::from_le_bytes(bytes) >> 1 & LOW;
        let limits = u64::from_le_bytes([limit >> 1; 8]);
        let dark = !((pixels | HIGH) - limits) & HIGH;
        let bits = (dark >> 7).wrapping_mul(GATHER) >> 56;
        if let Some(word) = words.get_mut(at / 8) {
            *word |= bits << (at % 8 * 8);
        }
    }
}

#[derive(Default)]
struct Thresholds {
    columns: usize,
    rows: usize,
    values: Vec<u8>,
    /// Sum of the thresholds of blocks that have one, and how many do.
    own: Vec<(u16, u16)>,
    across: Vec<(u16, u16)>,
    row: Vec<(u8, u8)>,
}

impl Thresholds {
    fn fill(&mut self, picture: &Grey<'_>) {
        self.columns = (picture.width / BLOCK).max(1);
        self.rows = (picture.height / BLOCK).max(1);
        self.measure(picture);
        self.smooth();
    }

    /// The middle between the lightest and the darkest pixel of each block, of every second row.
    fn measure(&mut self, picture: &Grey<'_>) {
        self.own.clear();
        let mut rows = picture.rows();
        for _ in 0..self.rows {
            self.row.clear();
            self.row.resize(self.columns, (u8::MAX, 0));
            for row in rows.by_ref().take(BLOCK).step_by(2) {
                for (block, (least, most)) in row.chunks(BLOCK).zip(&mut self.row) {
                    let (low, high) = block
                        .iter()
                        .fold((u8::MAX, 0), |(low, high): (u8, u8), &pixel| {
                            (low.min(pixel), high.max(pixel))
                        });
                    *least = (*least).min(low);
                    *most = (*most).max(high);
                }
            }
            self.own.extend(self.row.iter().map(|&(least, most)| {
                if most.saturating_sub(least) < FLAT {
                    (0, 0)
                } else {
                    (u16::midpoint(u16::from(least), u16::from(most)), 1)
                }
            }));
        }
    }

    /// Each block's threshold is the mean of those around that have one. Where none has there is
    /// nothing to find, and all is light.
    fn smooth(&mut self) {
        box_sums(&self.own, self.columns, &mut self.across);
        self.values.clear();
        for y in 0..self.rows {
            let first = y.saturating_sub(AROUND);
            let last = (y + AROUND).min(self.rows - 1);
            for x in 0..self.columns {
                let (sum, count) = (first..=last)
                    .filter_map(|row| self.across.get(row * self.columns + x))
                    .fold((0, 0), |(sum, count), &(more, blocks)| {
                        (sum + more, count + blocks)
                    });
                let threshold = sum.checked_div(count).unwrap_or(0);
                self.values.push(threshold as u8);
            }
        }
    }
}

/// The sums over `AROUND` neighbours to the left and right, row by row.
fn box_sums(values: &[(u16, u16)], columns: usize, into: &mut Vec<(u16, u16)>) {
    into.clear();
    for row in values.chunks_exact(columns.max(1)) {
        for x in 0..columns {
            let near = row.get(x.saturating_sub(AROUND)..(x + AROUND + 1).min(columns));
            let sum = near
                .unwrap_or_default()
                .iter()
                .fold((0, 0), |(sum, count), &(more, blocks)| {
                    (sum + more, count + blocks)
                });
            into.push(sum);
        }
    }
}
