//! Whether this desk may judge at all: what it knows came in a bundle that was signed for a time, and
//! whoever signed it knew what time it was.

use crate::{At, Reason, UnixTime};

/// How far a desk's clock may be behind the moment at which its bundle was issued.
pub const MAX_BEHIND_SECONDS: i64 = 300;

/// What the bundle of a desk says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BundleTimes {
    /// When it was issued. It comes from the bundle's own signed words, never from a credential.
    pub issued: Option<UnixTime>,
    /// When a newer one is due.
    pub due: Option<UnixTime>,
    /// When it ends.
    pub ends: Option<UnixTime>,
    /// Whether the machine's clock was set back while the desk ran.
    pub clock_was_set_back: bool,
}

impl BundleTimes {
    /// Whether this moment cannot be: the bundle was issued later.
    #[must_use]
    pub fn is_behind(&self, at: At) -> bool {
        let before = |issued: UnixTime| issued.seconds_since(at.time) > MAX_BEHIND_SECONDS;
        self.clock_was_set_back || self.issued.is_some_and(before)
    }

    /// Whether the bundle has ended.
    #[must_use]
    pub fn has_ended(&self, at: At) -> bool {
        self.ends.is_some_and(|ends| ends <= at.time)
    }

    /// Whether a newer one is due.
    #[must_use]
    pub fn is_due(&self, at: At) -> bool {
        self.due.is_some_and(|due| due <= at.time)
    }
}

/// The desk may judge at this moment.
///
/// # Errors
/// `clock.behind`, `desk.bundle_expired`.
pub fn check(bundle: &BundleTimes, at: At) -> Result<(), Reason> {
    // With a wrong clock nobody can say what has ended.
    if bundle.is_behind(at) {
        return Err(Reason::ClockBehind);
    }
    if bundle.has_ended(at) {
        return Err(Reason::BundleExpired);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: i64) -> At {
        At::utc(UnixTime(time))
    }

    #[test]
    fn a_desk_without_a_bundle_has_no_limit() {
        assert_eq!(check(&BundleTimes::default(), at(0)), Ok(()));
    }

    #[test]
    fn the_clock_may_be_five_minutes_behind_and_no_more() {
        let bundle = BundleTimes {
            issued: Some(UnixTime(1_000)),
            ends: Some(UnixTime(2_000)),
            ..BundleTimes::default()
        };
        assert_eq!(check(&bundle, at(700)), Ok(()));
        assert_eq!(check(&bundle, at(699)), Err(Reason::ClockBehind));
        assert_eq!(check(&bundle, at(i64::MIN)), Err(Reason::ClockBehind));
        assert_eq!(check(&bundle, at(1_999)), Ok(()));
        assert_eq!(check(&bundle, at(2_000)), Err(Reason::BundleExpired));
    }

    #[test]
    fn a_clock_that_was_set_back_says_nothing_about_the_end() {
        let bundle = BundleTimes {
            ends: Some(UnixTime(2_000)),
            clock_was_set_back: true,
            ..BundleTimes::default()
        };
        assert_eq!(check(&bundle, at(3_000)), Err(Reason::ClockBehind));
    }
}
