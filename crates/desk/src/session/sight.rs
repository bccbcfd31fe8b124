//! What the camera has in view, as far as a session has to remember it.

use std::hash::{BuildHasher, Hash, RandomState};
use std::time::Duration;

use hwagin_scanner::Point;

/// Out of view for this long, a symbol that comes back was shown again.
const GONE_AFTER: Duration = Duration::from_secs(2);

/// The outline stays this long after the last frame that had a symbol.
const OUTLINE_FOR: Duration = Duration::from_millis(400);

/// A symbol that is followed counts as read this long after it was: for a few codes of a phone
/// that plays them.
const READ_FOR: Duration = Duration::from_millis(500);

/// Symbols remembered at most: two that took turns, and two phones more.
const JUDGED: usize = 4;

/// Remembers the last symbols that got a verdict for as long as they stay in view, so that a phone
/// left lying there is not judged again, and would then count as shown twice.
///
/// It keeps a keyed hash of it and not its content: that is a person's.
#[derive(Default)]
pub(super) struct Sight {
    keys: RandomState,
    judged: Vec<(u64, Duration)>,
}

impl Sight {
    pub(super) fn mark<T: Hash + ?Sized>(&self, content: &T) -> u64 {
        self.keys.hash_one(content)
    }

    /// A frame has these symbols.
    pub(super) fn frame(&mut self, marks: &[u64], now: Duration) {
        self.judged
            .retain(|(_, last)| now.saturating_sub(*last) < GONE_AFTER);
        for (judged, last) in &mut self.judged {
            if marks.contains(judged) {
                *last = now;
            }
        }
    }

    pub(super) fn is_judged(&self, mark: u64) -> bool {
        self.judged.iter().any(|(judged, _)| *judged == mark)
    }

    pub(super) fn judged(&mut self, mark: u64, now: Duration) {
        if self.judged.len() >= JUDGED {
            self.judged.remove(0);
        }
        self.judged.push((mark, now));
    }
}

/// The corners of a symbol, from 0 to 1 of the frame.
pub(super) type Corners = [[f32; 2]; 4];

/// The outline on the screen.
#[derive(Default)]
pub(super) struct Outline {
    last: Option<Duration>,
    read: Option<Duration>,
}

impl Outline {
    /// A frame of these sides has a symbol with these corners.
    pub(super) fn seen(
        &mut self,
        corners: &[Point; 4],
        (width, height): (u32, u32),
        now: Duration,
    ) -> Corners {
        self.last = Some(now);
        let sides = [width, height].map(|side| f64::from(side.max(1)));
        corners.map(|point| {
            let [across, down] = sides;
            let part = |place: f32, side: f64| (f64::from(place) / side).clamp(0.0, 1.0) as f32;
            [part(point.x, across), part(point.y, down)]
        })
    }

    /// Whether a symbol counts as read that was read in this frame, or was not. While a phone
    /// plays codes, frames that catch one change into the next are not read; between two that are,
    /// the outline stays as it is.
    pub(super) fn is_read(&mut self, in_this_frame: bool, now: Duration) -> bool {
        if in_this_frame {
            self.read = Some(now);
        }
        self.read
            .is_some_and(|read| now.saturating_sub(read) < READ_FOR)
    }

    /// Time passed; true when the outline is to go.
    pub(super) fn ends(&mut self, now: Duration) -> bool {
        let over = self
            .last
            .is_some_and(|last| now.saturating_sub(last) >= OUTLINE_FOR);
        if over {
            *self = Self::default();
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn a_symbol_that_stays_is_known_however_long() {
        let mut sight = Sight::default();
        let mark = sight.mark("HWG1:A");
        sight.judged(mark, ms(0));
        for second in 1..100 {
            sight.frame(&[mark], ms(second * 1_000));
            assert!(sight.is_judged(mark));
        }
        sight.frame(&[], ms(100_500));
        assert!(sight.is_judged(mark), "blurred frames are not leaving");
    }

    #[test]
    fn a_symbol_that_was_away_for_two_seconds_is_shown_again() {
        let mut sight = Sight::default();
        let mark = sight.mark("HWG1:A");
        sight.judged(mark, ms(0));
        sight.frame(&[mark], ms(2_000));
        assert!(!sight.is_judged(mark));
    }

    #[test]
    fn a_frame_between_two_codes_does_not_count_as_unread() {
        let mut outline = Outline::default();
        assert!(!outline.is_read(false, ms(0)));
        assert!(outline.is_read(true, ms(33)));
        assert!(outline.is_read(false, ms(66)));
        assert!(outline.is_read(true, ms(400)));
        assert!(outline.is_read(false, ms(899)));
        assert!(!outline.is_read(false, ms(900)), "followed and not read");
    }

    #[test]
    fn corners_are_parts_of_the_frame() {
        let corners = [(-3.0, 0.0), (640.0, 0.0), (640.0, 480.0), (0.0, 500.0)];
        let corners = corners.map(|(x, y)| Point { x, y });
        let seen = Outline::default().seen(&corners, (640, 480), ms(0));
        assert_eq!(seen, [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]);
    }
}
