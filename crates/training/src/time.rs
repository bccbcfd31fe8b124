//! Calendar dates from unix seconds, for the three spellings that the formats ask for.

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// Is the start (UTC) of the day that holds `at`.
#[must_use]
pub fn day(at: i64) -> i64 {
    at.saturating_sub(at.rem_euclid(DAY))
}

/// A moment taken apart, UTC, proleptic Gregorian.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    second_of_day: i64,
}

impl Moment {
    /// The moment of `at`, kept inside the years 1950 to 9999 that X.509 and RFC 3339 can write.
    pub(crate) fn new(at: i64) -> Self {
        let at = at.clamp(-631_152_000, 253_402_300_799);
        let days = at.div_euclid(DAY);
        // Days are counted from 1 March of year 0, so that the leap day comes last in a year.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            second_of_day: at.rem_euclid(DAY),
        }
    }

    fn clock(self) -> (i64, i64, i64) {
        let s = self.second_of_day;
        (s / 3_600, s / 60 % 60, s % 60)
    }
}

/// `at` as RFC 3339 with whole seconds and "Z", as ISO/IEC 18013-5 wants a tdate.
pub(crate) fn rfc3339(at: i64) -> String {
    let m = Moment::new(at);
    let (hour, minute, second) = m.clock();
    format!(
        "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z",
        m.year, m.month, m.day
    )
}

/// `at` as the digits of an X.509 time, and whether they are a `GeneralizedTime` (RFC 5280 4.1.2.5).
pub(crate) fn x509_time(at: i64) -> (String, bool) {
    let m = Moment::new(at);
    let (hour, minute, second) = m.clock();
    let general = m.year >= 2050;
    let year = if general {
        format!("{:04}", m.year)
    } else {
        format!("{:02}", m.year % 100)
    };
    (
        format!(
            "{year}{:02}{:02}{hour:02}{minute:02}{second:02}Z",
            m.month, m.day
        ),
        general,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_known_moments() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(rfc3339(1_795_300_196), "2026-11-21T22:29:56Z");
        assert_eq!(
            x509_time(2_524_607_999),
            ("491231235959Z".to_owned(), false)
        );
        assert_eq!(
            x509_time(2_524_608_000),
            ("20500101000000Z".to_owned(), true)
        );
    }

    #[test]
    fn survives_any_number() {
        assert_eq!(rfc3339(i64::MIN), "1950-01-01T00:00:00Z");
        assert_eq!(rfc3339(i64::MAX), "9999-12-31T23:59:59Z");
        assert_eq!(day(86_401), 86_400);
    }
}
