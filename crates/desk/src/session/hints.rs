//! One line of hint that neither flickers nor hangs.

use std::time::Duration;

use crate::view::HintCode;

/// Seen for this long before it is said: less is a code that passed by.
const AFTER: Duration = Duration::from_millis(300);

/// Not seen for this long before it is taken back: more than a blurred second of frames.
const UNTIL: Duration = Duration::from_millis(1_500);

/// How long the answer to a picture or a text stays: nobody holds those into view.
const GIVEN_FOR: Duration = Duration::from_secs(8);

/// Which hint is said, and which may be next.
#[derive(Default)]
pub(super) struct Hints {
    coming: Option<Coming>,
    said: Option<(HintCode, Duration)>,
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
        self.said.take().map(|_| None)
    }

    fn say(&mut self, hint: HintCode, until: Duration) -> Change {
        self.said = Some((hint, until));
        Some(Some(hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: HintCode = HintCode::WebLink;
    const OTHER: HintCode = HintCode::Unrecognised;

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
}
