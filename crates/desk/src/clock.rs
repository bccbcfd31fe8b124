//! The one place that asks the machine for the time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hwagin_verifier::{At, CalendarDate, UnixTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Now, twice: for what was signed, and for how long something stays on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The moment and the day, as somebody may have set them.
    pub at: At,
    /// Time since the desk was opened. It only grows, whatever is done to the machine's clock.
    pub since_start: Duration,
}

/// Tells the time. Tests bring their own.
pub type Clock = Arc<dyn Fn() -> Now + Send + Sync>;

/// The machine's clock.
#[must_use]
pub fn system_clock() -> Clock {
    let start = Instant::now();
    Arc::new(move || Now {
        at: at(Timestamp::now()),
        since_start: start.elapsed(),
    })
}

/// The moment that RFC 3339 text or a number of unix seconds names, with its day in this
/// machine's time zone; `None` where the text is neither.
#[must_use]
pub fn parse(text: &str) -> Option<At> {
    let timestamp = match text.parse::<i64>() {
        Ok(seconds) => Timestamp::from_second(seconds).ok()?,
        Err(_) => text.parse::<Timestamp>().ok()?,
    };
    Some(at(timestamp))
}

/// The moment as RFC 3339 text in UTC; of one that no calendar has, the unix seconds.
#[must_use]
pub fn rfc3339(time: UnixTime) -> String {
    let timestamp = Timestamp::from_second(time.0);
    timestamp.map_or_else(|_| time.0.to_string(), |timestamp| timestamp.to_string())
}

/// Now, for a command that runs once.
#[must_use]
pub fn now() -> At {
    at(Timestamp::now())
}

/// The day that many days later; `None` after the year 9999.
pub(crate) fn days_after(day: CalendarDate, days: u16) -> Option<CalendarDate> {
    let civil: jiff::civil::Date = day.to_iso().parse().ok()?;
    let later = civil.checked_add(i32::from(days).days()).ok()?;
    CalendarDate::from_iso(&later.to_string())
}

/// How far the wall clock may fall behind the time that has passed. Setting it right by a minute is
/// no attack.
const MAX_SET_BACK_SECONDS: i64 = 120;

/// Of this many seconds, one may be the difference between two honest clocks.
const DRIFT: i64 = 10_000;

/// Compares the wall clock with the one that only grows: somebody who turns the first back makes
/// what has expired valid again.
///
/// A jump forward is not told from a machine that slept, whose growing clock may have stood still;
/// it can only make more expire. After one, the later time is what counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClockGuard(Option<(UnixTime, Duration)>);

impl ClockGuard {
    /// Whether the wall clock was set back, by this reading and those before.
    pub fn was_set_back(&mut self, now: Now) -> bool {
        let time = now.at.time;
        let Some((then, since)) = self.0 else {
            self.0 = Some((time, now.since_start));
            return false;
        };
        let passed = now.since_start.saturating_sub(since).as_secs();
        let passed = i64::try_from(passed).unwrap_or(i64::MAX);
        let expected = then.plus_seconds(passed - passed / DRIFT);
        let behind = expected.seconds_since(time);
        if behind <= 0 {
            self.0 = Some((time, now.since_start));
        }
        behind > MAX_SET_BACK_SECONDS
    }
}

fn at(timestamp: Timestamp) -> At {
    let time = UnixTime(timestamp.as_second());
    let civil = timestamp.to_zoned(TimeZone::system()).date();
    match CalendarDate::from_iso(&civil.to_string()) {
        Some(today) => At { time, today },
        None => At::utc(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_rfc_3339_and_unix_seconds() {
        let both = [
            "2026-11-21T22:29:56Z",
            "1795300196",
            "2026-11-22T07:29:56+09:00",
        ];
        for text in both {
            assert_eq!(parse(text).unwrap().time, UnixTime(1_795_300_196), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "2026-11-21",
            "99999999999999999999",
            "2026-13-01T00:00:00Z",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    fn reading(time: i64, since_start: u64) -> Now {
        Now {
            at: At::utc(UnixTime(time)),
            since_start: Duration::from_secs(since_start),
        }
    }

    #[test]
    fn a_clock_that_is_set_back_is_noticed_until_it_is_right_again() {
        let mut guard = ClockGuard::default();
        assert!(!guard.was_set_back(reading(10_000, 0)));
        assert!(!guard.was_set_back(reading(10_060, 60)));
        assert!(
            !guard.was_set_back(reading(10_000, 120)),
            "two minutes are no attack"
        );
        assert!(guard.was_set_back(reading(9_000, 180)));
        assert!(
            guard.was_set_back(reading(9_060, 240)),
            "and it stays wrong"
        );
        assert!(!guard.was_set_back(reading(10_300, 300)));
    }

    #[test]
    fn small_steps_back_do_not_add_up_unseen() {
        let mut guard = ClockGuard::default();
        let mut noticed = false;
        for minute in 0..10 {
            let passed = minute * 60;
            // A minute passes, and the clock is turned back by it.
            noticed |= guard.was_set_back(reading(10_000, u64::try_from(passed).unwrap()));
        }
        assert!(noticed);
    }

    #[test]
    fn a_machine_that_slept_is_no_attack() {
        let mut guard = ClockGuard::default();
        assert!(!guard.was_set_back(reading(10_000, 0)));
        assert!(!guard.was_set_back(reading(50_000, 10)));
        assert!(!guard.was_set_back(reading(50_010, 20)));
        assert!(
            guard.was_set_back(reading(20_000, 30)),
            "the later time counts"
        );
    }

    #[test]
    fn a_slow_clock_may_drift_for_weeks() {
        let mut guard = ClockGuard::default();
        let weeks = 4 * 7 * 86_400_i64;
        assert!(!guard.was_set_back(reading(0, 0)));
        let behind = weeks / 20_000;
        let now = reading(weeks - behind, u64::try_from(weeks).unwrap());
        assert!(!guard.was_set_back(now));
    }

    #[test]
    fn counts_days_over_the_end_of_a_year() {
        let day = |text| CalendarDate::from_iso(text).unwrap();
        assert_eq!(days_after(day("2026-11-21"), 730), Some(day("2028-11-20")));
        assert_eq!(days_after(day("9999-12-31"), 1), None);
    }

    #[test]
    fn the_system_clock_only_goes_forward() {
        let clock = system_clock();
        let first = clock().since_start;
        assert!(clock().since_start >= first);
    }
}
