//! How long to wait before asking again.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// Before the second try: long enough for a connection that was just lost.
const FIRST: Duration = Duration::from_millis(250);

/// Before any later one.
const LONGEST: Duration = Duration::from_secs(30);

/// The most that a server may ask for: then we rather end, and the next run asks.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// The pause after so many failures in a row: twice as long each time, and never the same for two
/// of us, so that a thousand desks do not come back in one instant.
pub(super) fn pause(failed: u32, asked: Option<Duration>) -> Duration {
    let doubled = FIRST.saturating_mul(1 << failed.saturating_sub(1).min(16));
    let least = asked.unwrap_or_default().min(LONGEST_ASKED);
    doubled.min(LONGEST).mul_f64(chance()).max(least)
}

/// Something from a half to one.
fn chance() -> f64 {
    let mut byte = [0];
    match aws_lc_rs::rand::fill(&mut byte) {
        Ok(()) => 0.5 + f64::from(u8::from_be_bytes(byte)) / 510.0,
        Err(_) => 1.0,
    }
}

/// What a `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date.
pub(super) fn asked(value: &str) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(until.duration_since(Timestamp::now())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_twice_as_long_each_time_and_not_forever() {
        for failed in 1..100 {
            let doubled = FIRST.saturating_mul(1 << (failed - 1).min(16)).min(LONGEST);
            let pause = pause(failed, None);
            assert!(pause >= doubled / 2 && pause <= doubled, "{failed}");
        }
    }

    #[test]
    fn waits_as_long_as_the_server_asks_within_reason() {
        assert!(pause(1, asked("2")) >= Duration::from_secs(2));
        assert_eq!(pause(1, asked("86400")), LONGEST_ASKED);
        assert_eq!(asked("soon"), None);
    }

    #[test]
    fn reads_a_date() {
        assert_eq!(asked("Fri, 31 Dec 1999 23:59:59 GMT"), Some(Duration::ZERO));
        assert!(asked("Tue, 31 Dec 2199 23:59:59 GMT") > Some(Duration::from_secs(1_000_000)));
    }
}
