//! What the eye gets of a frame: small, coloured, and not more often than it is needed.

use std::time::{Duration, Instant};

use super::frame::usize_of;

/// The widest preview: the viewfinder is no wider, and every pixel crosses to the web view.
const WIDEST: u32 = 640;

/// Previews come no closer than this, which makes every second frame of thirty a second: colour
/// costs half as much again as grey alone, and the hand is followed by the outline, which comes
/// with every frame.
const EVERY: Duration = Duration::from_millis(60);

/// A small picture for the screen, at most 640 wide, in the form in which it crosses to the
/// window: width and height (32 bits each, little endian), then rows from top to bottom of red,
/// green, blue and 255.
pub struct Preview {
    bytes: Vec<u8>,
}

impl Preview {
    /// The picture as it crosses to the window.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Its pixels.
    #[must_use]
    pub fn rgba(&self) -> &[u8] {
        self.bytes.get(8..).unwrap_or_default()
    }

    /// Its width and height.
    #[must_use]
    pub fn sides(&self) -> (u32, u32) {
        let side = |at: usize| {
            let bytes = self
                .bytes
                .get(at..at + 4)
                .and_then(|four| four.try_into().ok());
            bytes.map_or(0, u32::from_le_bytes)
        };
        (side(0), side(4))
    }

    /// Each pixel has the mean of the grey of a square of as many pixels as make the picture
    /// narrow enough, and the colour (U, V) of the square's middle, which the eye takes for the
    /// mean.
    pub(super) fn shrunk(
        width: u32,
        height: u32,
        luma: &[u8],
        colour: impl Fn(u32, u32) -> (u8, u8),
    ) -> Self {
        let by = width.div_ceil(WIDEST).max(1).min(width).min(height).max(1);
        let (small_width, small_height) = (width / by, height / by);
        let pixels = usize_of(small_width) * usize_of(small_height);
        let mut bytes = Vec::with_capacity(8 + pixels * 4);
        bytes.extend(small_width.to_le_bytes());
        bytes.extend(small_height.to_le_bytes());
        let (row, square) = (usize_of(width), usize_of(by));
        let mut sums = vec![0_u32; usize_of(small_width)];
        for (y, rows) in (0..small_height).zip(luma.chunks_exact(row * square)) {
            sums.fill(0);
            for line in rows.chunks_exact(row) {
                for (sum, run) in sums.iter_mut().zip(line.chunks_exact(square)) {
                    *sum += run.iter().map(|&grey| u32::from(grey)).sum::<u32>();
                }
            }
            for (x, sum) in (0..small_width).zip(&sums) {
                let grey = u8::try_from(sum / (by * by)).unwrap_or(u8::MAX);
                let (u, v) = colour(x * by + by / 2, y * by + by / 2);
                let [red, green, blue] = rgb_of(grey, u, v);
                bytes.extend([red, green, blue, u8::MAX]);
            }
        }
        Self { bytes }
    }
}

/// ITU-R BT.601, full range, in 256ths.
fn rgb_of(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (i32::from(y) << 8, i32::from(u) - 128, i32::from(v) - 128);
    [y + 359 * v, y - 88 * u - 183 * v, y + 454 * u]
        .map(|part| u8::try_from((part >> 8).clamp(0, 255)).unwrap_or(u8::MAX))
}

/// When the next preview is due.
#[derive(Default)]
pub(super) struct Due(pub(super) Option<Instant>);

impl Due {
    /// Whether it is now; then the one after it is later.
    pub(super) fn now(&mut self, now: Instant) -> bool {
        let early = self
            .0
            .is_some_and(|last| now.saturating_duration_since(last) < EVERY);
        if !early {
            self.0 = Some(now);
        }
        !early
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_second_frame_of_thirty_a_second_has_a_preview() {
        let start = Instant::now();
        let mut due = Due::default();
        let given = (0..30).filter(|frame| due.now(start + Duration::from_millis(frame * 33)));
        assert_eq!(given.count(), 15);
    }

    #[test]
    fn previews_are_at_most_640_wide() {
        for (width, height, small) in [
            (1_920, 1_080, (640, 360)),
            (1_280, 720, (640, 360)),
            (640, 480, (640, 480)),
            (641, 3, (320, 1)),
            (4_000, 2, (2_000, 1)),
            (1, 1, (1, 1)),
        ] {
            let luma = vec![9; (width * height) as usize];
            let preview = Preview::shrunk(width, height, &luma, |_, _| (128, 128));
            assert_eq!(preview.sides(), small);
            assert_eq!(preview.rgba().len() as u32, small.0 * small.1 * 4);
            assert!(
                preview
                    .rgba()
                    .as_chunks()
                    .0
                    .iter()
                    .all(|p| *p == [9, 9, 9, 255])
            );
        }
    }
}
