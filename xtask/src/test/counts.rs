//! How many tests ran, read from what the test runners print.

use std::ops::AddAssign;

use serde_json::Value;

/// Tests that ran.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The counts of one test program. One that ended badly without saying so failed once.
pub(crate) fn of_program(text: &str, ok: bool) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines() {
        if let Some(more) = of_line(line) {
            counts += more;
        }
    }
    if !ok && counts.failed == 0 {
        counts.failed = 1;
    }
    counts
}

/// The names of the tests that a program says passed.
pub(crate) fn names_passed(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("test ")?.strip_suffix(" ... ok"))
}

/// The counts of a run of documentation tests: crate name and counts, one for each crate.
pub(crate) fn of_doctests(text: &str) -> Vec<(String, Counts)> {
    let mut found: Vec<(String, Counts)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.trim().strip_prefix("Doc-tests ") {
            found.push((name.to_owned(), Counts::default()));
        } else if let (Some(more), Some((_name, counts))) = (of_line(line), found.last_mut()) {
            *counts += more;
        }
    }
    found
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`
fn of_line(line: &str) -> Option<Counts> {
    let (_verdict, figures) = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?;
    let mut counts = Counts::default();
    for figure in figures.split("; ") {
        match figure.split_once(' ') {
            Some((number, "passed")) => counts.passed = number.parse().ok()?,
            Some((number, "failed")) => counts.failed = number.parse().ok()?,
            Some((number, "ignored")) => counts.skipped = number.parse().ok()?,
            _ => {}
        }
    }
    Some(counts)
}

/// The counts of a Vitest report (its `json` reporter).
pub(crate) fn of_vitest(report: &str) -> Option<Counts> {
    let report: Value = serde_json::from_str(report).ok()?;
    let number = |name: &str| report.get(name)?.as_u64();
    let mut failed = number("numFailedTests")?;
    if failed == 0 && !report.get("success")?.as_bool()? {
        // A file that could not be loaded has no tests to fail.
        failed = number("numFailedTestSuites")?.max(1);
    }
    let skipped = number("numPendingTests")? + number("numTodoTests").unwrap_or(0);
    Some(Counts {
        passed: number("numPassedTests")?,
        failed,
        skipped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESULT: &str = "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.12s";

    #[test]
    fn adds_the_results_of_a_program() {
        let text = format!(
            "running 12 tests\n{RESULT}\n\ntest result: FAILED. 1 passed; 2 failed; 0 ignored\n"
        );
        assert_eq!(
            of_program(&text, false),
            Counts {
                passed: 13,
                failed: 2,
                skipped: 3
            }
        );
    }

    #[test]
    fn a_program_that_died_counts_as_a_failure() {
        assert_eq!(
            of_program("running 12 tests\n", false),
            Counts {
                passed: 0,
                failed: 1,
                skipped: 0
            }
        );
    }

    #[test]
    fn names_only_the_tests_that_passed() {
        let text = "test walk::accepts ... ok\ntest walk::refuses ... FAILED\n";
        assert_eq!(names_passed(text).collect::<Vec<_>>(), ["walk::accepts"]);
    }

    #[test]
    fn gives_documentation_tests_to_their_crate() {
        let text = format!(
            "   Doc-tests hwagin_desk\n{}\n   Doc-tests hwagin_verifier\n{RESULT}\n",
            "test result: ok. 0 passed; 0 failed; 0 ignored"
        );
        let found = of_doctests(&text);
        assert_eq!(found[0], ("hwagin_desk".to_owned(), Counts::default()));
        assert_eq!(found[1].0, "hwagin_verifier");
        assert_eq!(found[1].1.passed, 12);
    }

    #[test]
    fn reads_a_vitest_report() {
        let report = r#"{"numPassedTests":5,"numFailedTests":0,"numPendingTests":1,"numTodoTests":0,"numFailedTestSuites":0,"success":true}"#;
        assert_eq!(
            of_vitest(report),
            Some(Counts {
                passed: 5,
                failed: 0,
                skipped: 1
            })
        );
    }

    #[test]
    fn a_vitest_file_that_does_not_load_counts_as_a_failure() {
        let report = r#"{"numPassedTests":5,"numFailedTests":0,"numPendingTests":0,"numFailedTestSuites":1,"success":false}"#;
        assert_eq!(of_vitest(report).map(|counts| counts.failed), Some(1));
    }
}
