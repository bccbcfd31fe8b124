//! Figures and names that tests print.

use super::super::{Line, driven};
use crate::bench::{Figures, figures};
use crate::failure::{Failure, Outcome};
use crate::shell::Finished;
use crate::{setup, shell};

/// Kills of an import; each is a process.
const KILLS: u32 = 500;

/// Places in each file that a byte is changed at.
const PLACES: u32 = 32;

/// Runs this test program of that package with what it prints; it has to pass.
fn ran(package: &str, program: &str, filter: &[&str], set: &[(&str, String)]) -> Outcome<Finished> {
    let mut command = shell::cargo();
    command
        .args(["test", "--package", package, "--test", program, "--"])
        .args(["--nocapture", "--test-threads=1"])
        .args(filter)
        .envs(set.iter().map(|(name, value)| (name, value)));
    let done = shell::watched(&mut command)?;
    if done.ok() {
        Ok(done)
    } else {
        Err(Failure::new(format!("`{program}` of {package} failed")))
    }
}

/// A figure that was printed; what was not is no number, and short of every bar.
fn of(figures: &Figures, name: &str) -> f64 {
    figures.get(name).copied().unwrap_or(f64::NAN)
}

pub(super) fn kill() -> Vec<Line> {
    let set = [("HWAGIN_KILLS", KILLS.to_string())];
    let ran = setup::prepare_build_only();
    let ran = ran.and_then(|()| ran_figures("hwagin-cli", "bundle_kill", &[], &set));
    vec![Line::of(
        "imports killed",
        "at least 500, on both sides of the switch; the desk starts whole after each",
        ran.map(|figures| killed(&figures)),
    )]
}

fn ran_figures(
    package: &str,
    program: &str,
    filter: &[&str],
    set: &[(&str, String)],
) -> Outcome<Figures> {
    Ok(figures(&ran(package, program, filter, set)?.text))
}

fn killed(figures: &Figures) -> (String, bool) {
    let of = |what: &str| of(figures, &format!("kill.{what}"));
    let (kills, before, after) = (of("kills"), of("before_switch"), of("after_switch"));
    (
        format!(
            "{kills}: {before} with the old bundle, {after} with the new one, none with neither"
        ),
        kills >= f64::from(KILLS) && before > 0.0 && after > 0.0 && before + after == kills,
    )
}

/// Tests at least; with fewer, some were not run.
const ATTACKS: usize = 80;

pub(super) fn attacks() -> Vec<Line> {
    let skip = ["--skip", "tampering"];
    let done = setup::prepare_build_only();
    let done = done.and_then(|()| ran("hwagin-desk", "bundle", &skip, &[]));
    let counted = done.map(|done| {
        let names = passed(&done.text);
        for name in &names {
            println!("{name}");
        }
        let skipped = done
            .text
            .lines()
            .filter(|line| line.starts_with("skipped: "))
            .count();
        (
            format!("{} tests, {skipped} skipped", names.len()),
            names.len() >= ATTACKS && skipped == 0,
        )
    });
    let bar = "at least 80: refused by its code, the bundle in force as before, verdicts go on";
    vec![Line::of(
        "bundles attacked, broken or badly made",
        bar,
        counted,
    )]
}

/// The names of tests that passed.
fn passed(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let mut open = None;
    for line in text.lines() {
        // Without capture a test's own lines may come between its name and its end.
        if let Some(rest) = line.strip_prefix("test ") {
            let name = rest
                .split(" ... ")
                .next()
                .filter(|name| !name.contains(' '));
            open = name;
        }
        if line.ends_with("ok") {
            names.extend(open.take());
        }
    }
    names
}

pub(super) fn tampering() -> Vec<Line> {
    let set = [("HWAGIN_TAMPER", PLACES.to_string())];
    let ran = setup::prepare_build_only();
    let ran = ran.and_then(|()| ran_figures("hwagin-desk", "bundle", &["tampering"], &set));
    let counted = ran.map(|figures| {
        let of = |what: &str| of(&figures, &format!("tampering.{what}"));
        let (real, training, missing) = (of("real"), of("training"), of("missing"));
        (
            format!(
                "{real} changed bytes of a real desk's folder, {training} of one in training, \
                 {missing} files taken away: nothing more accepted"
            ),
            real + training >= 1_000.0 && missing > 0.0,
        )
    });
    let bar = "at least 1000 bytes, in every file; what is accepted is what was, or less";
    vec![Line::of("the desk's folder edited", bar, counted)]
}

pub(super) fn python_tuf() -> Vec<Line> {
    let ran = setup::prepare_interop().and_then(|()| {
        let python = setup::python().display().to_string();
        ran_figures(
            "hwagin-cli",
            "bundle_interop",
            &[],
            &[("HWAGIN_PYTHON", python)],
        )
    });
    let counted = ran.map(|figures| {
        let (taken, followed) = (
            of(&figures, "interop.taken"),
            of(&figures, "interop.followed"),
        );
        (
            format!("{taken} repositories of its own taken; {followed} releases of ours followed"),
            taken >= 4.0 && followed >= 3.0,
        )
    });
    let bar = "4 taken (keys, snapshots, a delegated role); 3 followed, across a rotation";
    vec![Line::of("python-tuf", bar, counted)]
}

/// Tests of the real window that have to do with bundles; they are in tests/e2e.
pub(super) fn window() -> Vec<Line> {
    let uncounted = |_: &Figures| (String::new(), true);
    vec![driven(
        "bundles in the real window",
        "bundle",
        "",
        uncounted,
    )]
}

#[cfg(test)]
mod checks {
    use super::*;

    fn killed_with(before: f64, after: f64) -> bool {
        let named = [
            ("kills", before + after),
            ("before_switch", before),
            ("after_switch", after),
        ];
        let named = named.map(|(what, value)| (format!("kill.{what}"), value));
        killed(&named.into_iter().collect()).1
    }

    #[test]
    fn kills_on_one_side_of_the_switch_only_are_short() {
        assert!(killed_with(400.0, 100.0));
        assert!(!killed_with(500.0, 0.0) && !killed_with(200.0, 100.0));
        assert!(!killed(&Figures::new()).1);
    }

    #[test]
    fn a_test_that_printed_before_it_passed_is_counted() {
        let text = "running 3 tests\ntest a::b ... ok\ntest c ... figure x 1\nok\n\
                    test d ... FAILED\ntest result: FAILED. 2 passed\n";
        assert_eq!(passed(text), ["a::b", "c"]);
    }
}
