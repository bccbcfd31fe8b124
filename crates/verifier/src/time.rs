//! Moments and calendar dates, without a clock.

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// The moment this many seconds later; stays at the end of time instead of overflowing.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this moment; negative when it is later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment that a `tdate` names (RFC 3339 in UTC, RFC 8949 §3.4.1).
    ///
    /// A fraction of a second is allowed and dropped: ISO/IEC 18013-5 forbids it, wallets write
    /// it. An offset other than `Z` gives `None`.
    pub(crate) fn from_rfc3339(text: &str) -> Option<Self> {
        let (date, clock) = text.split_once('T')?;
        let clock = clock.strip_suffix('Z')?;
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let days = CalendarDate::from_iso(date)?.days_since_epoch();
        Some(Self(days * 86_400 + hour * 3_600 + minute * 60 + second))
    }
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct CalendarDate {
    year: i64,
    month: u8,
    day: u8,
}

impl CalendarDate {
    /// The day of this year, month (1–12) and day; `None` where the calendar has no such day or
    /// the year is outside 1–9999.
    #[must_use]
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let date = Self { year, month, day };
        let real = (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1;
        (real && Self::from_days_since_epoch(date.days_since_epoch()) == date).then_some(date)
    }

    /// The day that `YYYY-MM-DD` names (full-date of RFC 3339, RFC 8943).
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day that `YYYYMMDD` names (the basic format of ISO 8601).
    pub(crate) fn from_compact(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        Self::from_iso(&format!("{year}-{month}-{day}"))
    }

    /// The day as `YYYY-MM-DD`.
    #[must_use]
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// The day in UTC at this moment.
    #[must_use]
    pub fn utc(time: UnixTime) -> Self {
        Self::from_days_since_epoch(time.0.div_euclid(86_400))
    }

    /// Full years from this day to `today`, as birthdays count: one born on 29 February comes of
    /// age on 1 March of a common year.
    pub(crate) fn full_years_until(self, today: Self) -> i64 {
        let not_yet = (today.month, today.day) < (self.month, self.day);
        today.year - self.year - i64::from(not_yet)
    }

    /// Days since 1970-01-01; the calendar repeats every 400 years of 146,097 days.
    fn days_since_epoch(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        // Years that start in March put the leap day last.
        let year = if month <= 2 { self.year - 1 } else { self.year };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    fn from_days_since_epoch(days: i64) -> Self {
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let small = |n: i64| u8::try_from(n).unwrap_or(0);
        Self {
            year,
            month: small(month),
            day: small(day),
        }
    }
}

/// Now, as the desk sees it: the moment for signatures and windows, the day for what a person
/// reads on a calendar (an age, the end of a stay).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At {
    /// The moment.
    pub time: UnixTime,
    /// The day at the desk, in its own time zone.
    pub today: CalendarDate,
}

impl At {
    /// This moment, with its day in UTC.
    #[must_use]
    pub fn utc(time: UnixTime) -> Self {
        Self {
            time,
            today: CalendarDate::utc(time),
        }
    }
}

/// Three decimal numbers of exactly these widths.
fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut out = [0; 3];
    for (slot, width) in out.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tdates_of_the_standard_and_of_wallets() {
        let at = |s| UnixTime::from_rfc3339(s).map(|t| t.0);
        assert_eq!(at("2020-10-01T13:30:02Z"), Some(1_601_559_002));
        assert_eq!(at("1969-12-31T23:59:59Z"), Some(-1));
        assert_eq!(at("2024-02-29T00:00:00.123456Z"), Some(1_709_164_800));
        for broken in [
            "2020-10-01",
            "2020-10-01T13:30:02",
            "2020-10-01T13:30:02+09:00",
            "2020-10-01T24:00:00Z",
            "2020-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2020-10-01T13:30:02.Z",
            "",
            "T",
            "TZ",
            "2020-10-01T1:30:02Z",
            "+020-10-01T13:30:02Z",
            "2020-10-01T13:30:02.1a Z",
        ] {
            assert_eq!(at(broken), None, "{broken}");
        }
    }

    #[test]
    fn days_and_dates_agree_over_four_centuries() {
        let mut date = CalendarDate::from_iso("1600-01-01").unwrap();
        for days in date.days_since_epoch()
            ..=CalendarDate::from_iso("2000-12-31")
                .unwrap()
                .days_since_epoch()
        {
            date = CalendarDate::from_days_since_epoch(days);
            assert_eq!(date.days_since_epoch(), days);
            assert_eq!(CalendarDate::from_iso(&date.to_iso()), Some(date));
        }
        assert_eq!(date.to_iso(), "2000-12-31");
    }

    #[test]
    fn ages_turn_on_the_birthday() {
        let years = |born, today| {
            CalendarDate::from_iso(born)
                .unwrap()
                .full_years_until(CalendarDate::from_iso(today).unwrap())
        };
        assert_eq!(years("2007-11-21", "2026-11-20"), 18);
        assert_eq!(years("2007-11-21", "2026-11-21"), 19);
        assert_eq!(years("2004-02-29", "2023-02-28"), 18);
        assert_eq!(years("2004-02-29", "2023-03-01"), 19);
    }
}
