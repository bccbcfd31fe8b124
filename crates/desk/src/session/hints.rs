//! One line of hint that neither flickers nor hangs.

use std::time::Duration;

use crate::view::HintCode;

/// Seen for this long before it is said: less is a code that passed by.
const AFTER: Duration = Duration::from_millis(300);

/// Not seen for this long before it is taken back: more than a blurred second of frames.
const UNTIL: Duration = Duration::from_millis(1_500);

/// What was measured has to hold for this long before it is said: a code held well is read within
/// it, and nobody is told to do what they are doing.
const MEASURED_AFTER: Duration = Duration::from_millis(700);

/// Measured anew within this time it still holds: one frame says one thing and the next another.
const MEASURED_GAP: Duration = Duration::from_millis(400);

/// Said for at least this long before another takes its place, so that it can be read and done.
const MEASURED_FOR: Duration = Duration::from_millis(1_500);

/// How long the answer to a picture or a text stays: nobody holds those into view.
const GIVEN_FOR: Duration = Duration::from_secs(8);

/// Which hint is said, and which may be next.
#[derive(Default)]
pub(super) struct Hints {
    coming: Option<Coming>,
    /// What was measured lately, each since when and until when.
    measured: Vec<Coming>,
    said: Option<(HintCode, Duration)>,
    /// Since when a measured hint is said; none while another kind is, or none at all.
    measured_since: Option<Duration>,
}

struct Coming {
    hint: HintCode,
    first: Duration,
    last: Duration,
}

/// What to tell the window, if anything: a hint, or that there is none any more.
pub(super) type Change = Option<Option<HintCode>>;

impl Hints {
    /// A frame showed this.
    pub(super) fn seen(&mut self, hint: HintCode, now: Duration) -> Change {
        let coming = match self.coming.take() {
            Some(coming) if coming.hint == hint && now.saturating_sub(coming.last) < UNTIL => {
                Coming {
                    last: now,
                    ..coming
                }
            }
            _ => Coming {
                hint,
                first: now,
                last: now,
            },
        };
        let due = now.saturating_sub(coming.first) >= AFTER;
        self.coming = Some(coming);
        match &mut self.said {
            Some((said, until)) if *said == hint => {
                *until = (*until).max(now + UNTIL);
                None
            }
            _ if due => self.say(hint, now + UNTIL),
            _ => None,
        }
    }

    /// A picture or a text was this.
    pub(super) fn given(&mut self, hint: HintCode, now: Duration) -> Change {
        self.coming = None;
        self.say(hint, now + GIVEN_FOR)
    }

    /// A frame was measured, and this would help. It is said if nothing of another kind is: what a
    /// code is comes before how it is held.
    pub(super) fn measured(&mut self, hint: Option<HintCode>, now: Duration) -> Change {
        self.measured
            .retain(|known| now.saturating_sub(known.last) < MEASURED_GAP);
        let hint = hint?;
        let known = self.measured.iter_mut().find(|known| known.hint == hint);
        let since = match known {
            Some(known) => {
                known.last = now;
                known.first
            }
            None => {
                self.measured.push(Coming {
                    hint,
                    first: now,
                    last: now,
                });
                now
            }
        };
        let may_follow = match (&mut self.said, self.measured_since) {
            (Some((said, until)), Some(_)) if *said == hint => {
                *until = (*until).max(now + MEASURED_FOR);
                false
            }
            (Some(_), Some(said_since)) => now.saturating_sub(said_since) >= MEASURED_FOR,
            (Some(_), None) => false,
            (None, _) => true,
        };
        if !may_follow || now.saturating_sub(since) < MEASURED_AFTER {
            return None;
        }
        let change = self.say(hint, now + MEASURED_FOR);
        self.measured_since = Some(now);
        change
    }

    /// The code was read: how it is held needs no word any more.
    pub(super) fn is_read(&mut self) -> Change {
        self.measured.clear();
        if self.measured_since.take().is_some() {
            return self.said.take().map(|_| None);
        }
        None
    }

    /// Time passed.
    pub(super) fn tick(&mut self, now: Duration) -> Change {
        match self.said {
            Some((_, until)) if now >= until => self.clear(),
            _ => None,
        }
    }

    /// Something better came.
    pub(super) fn clear(&mut self) -> Change {
        self.coming = None;
        self.measured.clear();
        self.measured_since = None;
        self.said.take().map(|_| None)
    }

    fn say(&mut self, hint: HintCode, until: Duration) -> Change {
        self.measured_since = None;
        self.said = Some((hint, until));
        Some(Some(hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hwagin_verifier::Hint;

    const LINK: HintCode = HintCode::Foreign(Hint::WebLink);
    const OTHER: HintCode = HintCode::Foreign(Hint::Unrecognised);

    fn ms(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn a_code_that_passes_by_is_not_mentioned() {
        let mut hints = Hints::default();
        assert_eq!(hints.seen(LINK, ms(0)), None);
        assert_eq!(hints.seen(LINK, ms(200)), None);
        assert_eq!(hints.tick(ms(5_000)), None);
    }

    #[test]
    fn a_hint_comes_after_300_ms_and_goes_1500_ms_after_the_code() {
        let mut hints = Hints::default();
        hints.seen(LINK, ms(0));
        assert_eq!(hints.seen(LINK, ms(300)), Some(Some(LINK)));
        assert_eq!(hints.seen(LINK, ms(400)), None, "said once");
        assert_eq!(hints.tick(ms(1_899)), None);
        assert_eq!(hints.tick(ms(1_900)), Some(None));
        assert_eq!(hints.tick(ms(1_901)), None);
    }

    #[test]
    fn another_code_has_to_stay_as_long() {
        let mut hints = Hints::default();
        hints.seen(LINK, ms(0));
        hints.seen(LINK, ms(300));
        assert_eq!(hints.seen(OTHER, ms(400)), None);
        assert_eq!(hints.seen(OTHER, ms(700)), Some(Some(OTHER)));
    }

    #[test]
    fn the_answer_to_a_picture_comes_at_once_and_stays() {
        let mut hints = Hints::default();
        assert_eq!(hints.given(LINK, ms(0)), Some(Some(LINK)));
        assert_eq!(hints.tick(ms(7_999)), None);
        assert_eq!(hints.tick(ms(8_000)), Some(None));
    }

    const CLOSER: HintCode = HintCode::Closer;
    const STILL: HintCode = HintCode::HoldStill;

    /// Frames of 50 ms, each with what was measured in it; what was said, and when.
    fn told(hints: &mut Hints, frames: &[(Option<HintCode>, u64)]) -> Vec<(u64, Option<HintCode>)> {
        let (mut now, mut told) = (0, Vec::new());
        for &(hint, until) in frames {
            while now < until {
                now += 50;
                for change in [hints.tick(ms(now)), hints.measured(hint, ms(now))] {
                    told.extend(change.map(|change| (now, change)));
                }
            }
        }
        told
    }

    #[test]
    fn what_is_measured_is_said_after_700_ms_and_goes_1500_ms_later() {
        let mut hints = Hints::default();
        let said = told(&mut hints, &[(Some(CLOSER), 1_000), (None, 4_000)]);
        assert_eq!(said, [(750, Some(CLOSER)), (2_500, None)]);
    }

    #[test]
    fn a_hand_on_its_way_hears_nothing() {
        let mut hints = Hints::default();
        let frames = [(Some(CLOSER), 600), (Some(STILL), 1_200), (None, 3_000)];
        assert_eq!(told(&mut hints, &frames), []);
    }

    #[test]
    fn measurements_that_alternate_do_not_flicker() {
        let mut hints = Hints::default();
        let frames: Vec<_> = (1..=200)
            .map(|frame| {
                (
                    Some(if frame % 2 == 0 { CLOSER } else { STILL }),
                    frame * 50,
                )
            })
            .collect();
        let said = told(&mut hints, &frames);
        let changes: Vec<u64> = said.iter().map(|(now, _)| *now).collect();
        assert!(changes.len() <= 7, "{said:?}");
        assert!(changes.windows(2).all(|pair| pair[1] - pair[0] >= 1_500));
    }

    #[test]
    fn a_blurred_frame_between_changes_nothing() {
        let mut hints = Hints::default();
        let mut frames = Vec::new();
        for round in 0..4 {
            frames.push((Some(CLOSER), round * 400 + 200));
            frames.push((None, round * 400 + 400));
        }
        assert_eq!(told(&mut hints, &frames), [(850, Some(CLOSER))]);
    }

    #[test]
    fn what_a_code_is_comes_before_how_it_is_held() {
        let mut hints = Hints::default();
        told(&mut hints, &[(Some(CLOSER), 1_000)]);
        hints.seen(LINK, ms(1_000));
        assert_eq!(hints.seen(LINK, ms(1_300)), Some(Some(LINK)));
        for now in (1_300..2_700).step_by(50) {
            assert_eq!(hints.measured(Some(STILL), ms(now)), None);
        }
    }

    #[test]
    fn reading_takes_back_what_was_measured_and_nothing_else() {
        let mut hints = Hints::default();
        told(&mut hints, &[(Some(CLOSER), 1_000)]);
        assert_eq!(hints.is_read(), Some(None));
        assert_eq!(hints.is_read(), None);
        hints.given(LINK, ms(2_000));
        assert_eq!(hints.is_read(), None);
    }
}
