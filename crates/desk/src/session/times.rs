//! How long it took from the symbol in view to the verdict. Numbers only: nothing of who showed it.

use std::collections::VecDeque;
use std::time::Duration;

/// Out of view for this long, what comes next is shown anew. Shorter gaps are blurred frames.
const GAP: Duration = Duration::from_millis(800);

/// Verdicts that count for the middle one: a day at a busy desk.
const KEPT: usize = 500;

/// What is in view and how long the last ones took.
#[derive(Default)]
pub(super) struct Times {
    /// The first frame that showed it, and the last.
    in_view: Option<(Duration, Duration)>,
    taken: VecDeque<Duration>,
}

/// How long verdicts took in this session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VerdictTimes {
    /// The last one.
    pub last: Duration,
    /// The middle one of all.
    pub median: Duration,
    /// How many there were.
    pub count: usize,
}

impl Times {
    /// A frame that was taken then showed a symbol that may lead to a verdict, or none.
    pub(super) fn frame(&mut self, shows: bool, taken: Duration) {
        self.in_view = match self.in_view {
            Some((first, last)) if taken.saturating_sub(last) < GAP => {
                Some((first, if shows { taken } else { last }))
            }
            _ => shows.then_some((taken, taken)),
        };
    }

    /// What is in view now leads to nothing.
    pub(super) fn forget(&mut self) {
        self.in_view = None;
    }

    /// It led to a verdict now.
    pub(super) fn verdict(&mut self, now: Duration) {
        let Some((first, _)) = self.in_view.take() else {
            return;
        };
        if self.taken.len() == KEPT {
            self.taken.pop_front();
        }
        self.taken.push_back(now.saturating_sub(first));
    }

    pub(super) fn summary(&self) -> Option<VerdictTimes> {
        let last = *self.taken.back()?;
        let mut sorted: Vec<Duration> = self.taken.iter().copied().collect();
        sorted.sort_unstable();
        Some(VerdictTimes {
            last,
            median: *sorted.get(sorted.len() / 2)?,
            count: sorted.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn the_time_runs_from_the_first_frame_of_an_unbroken_view() {
        let mut times = Times::default();
        assert_eq!(times.summary(), None);
        times.frame(true, ms(0));
        times.frame(false, ms(5_000));
        times.frame(true, ms(5_100));
        times.frame(false, ms(5_400));
        times.frame(true, ms(5_700));
        times.verdict(ms(5_750));
        assert_eq!(times.summary().unwrap().last, ms(650));
    }

    #[test]
    fn the_median_is_the_middle_one() {
        let mut times = Times::default();
        for taken in [900, 100, 400] {
            times.frame(true, ms(0));
            times.verdict(ms(taken));
        }
        let summary = times.summary().unwrap();
        assert_eq!(summary.last, ms(400));
        assert_eq!(summary.median, ms(400));
        assert_eq!(summary.count, 3);
    }

    #[test]
    fn a_verdict_on_something_handed_over_counts_nothing() {
        let mut times = Times::default();
        times.verdict(ms(10));
        times.frame(true, ms(20));
        times.forget();
        times.verdict(ms(30));
        assert_eq!(times.summary(), None);
    }
}
