//! From a code before the glass of a webcam to the verdict in the window.

use super::Line;
use crate::failure::{Failure, Outcome};
use crate::{bench, test};

/// The measurement in tests/e2e.
const MEASUREMENT: &str = "time_from_glass_to_verdict";

/// Longer than a clerk would wait without wondering, in seconds.
const BAR: f64 = 3.0;

pub(super) fn line() -> Line {
    Line::of(
        "glass to verdict, in the real window over the test webcam",
        "median and p95 known, p95 at most 3 s",
        measured(),
    )
}

fn measured() -> Outcome<(String, bool)> {
    said(&test::measured_in_window(MEASUREMENT)?)
}

fn said(text: &str) -> Outcome<(String, bool)> {
    let figures = bench::figures(text);
    let of = |name: &str| {
        figures
            .get(name)
            .copied()
            .ok_or_else(|| Failure::new(format!("the measurement printed no figure {name}")))
    };
    let (median, p95) = (of("glass.median_s")?, of("glass.p95_s")?);
    let rounds = of("glass.rounds")?;
    Ok((
        format!("median {median:.2} s, p95 {p95:.2} s of {rounds} holders"),
        p95 <= BAR,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_verdict_is_short_and_a_missing_one_is_said() {
        let text = |p95: &str| {
            format!("figure glass.rounds 12\nfigure glass.median_s 0.5\nfigure glass.p95_s {p95}\n")
        };
        assert!(said(&text("0.9")).is_ok_and(|(_, ok)| ok));
        assert!(said(&text("3.5")).is_ok_and(|(_, ok)| !ok));
        assert!(said("test result: ok").is_err());
    }
}
