//! `cargo xtask test`: the tests by part, counted.

mod counts;
mod part;

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

pub(crate) use counts::Counts;
pub(crate) use part::{PARTS, Part};

use crate::build::{self, Built, Program};
use crate::display::Display;
use crate::failure::{Failure, Outcome, While};
use crate::{bench, setup, shell, tree};

/// Folder in which the leak tests note what they searched: a file a place.
pub(crate) const LEAKS: &str = "leaks";

/// How one part went.
pub(crate) struct Ran {
    pub(crate) part: &'static Part,
    pub(crate) counts: Counts,
    /// The names of the tests that passed, as far as the runner names them.
    pub(crate) passed: Vec<String>,
    pub(crate) time: Duration,
}

/// What the test programs of a part showed.
#[derive(Default)]
struct Seen {
    counts: Counts,
    passed: Vec<String>,
}

impl Seen {
    fn add(&mut self, done: &shell::Finished) {
        self.counts += counts::of_program(&done.text, done.ok());
        self.passed
            .extend(counts::names_passed(&done.text).map(str::to_owned));
    }
}

/// Runs the named parts, or all of them; ends with a table and the sum.
pub(crate) fn test(names: &[&str]) -> Outcome {
    let parts = part::chosen(names)?;
    let ran = run(&parts)?;
    report(&ran)
}

/// Runs the parts and says how each went.
pub(crate) fn run(parts: &[&'static Part]) -> Outcome<Vec<Ran>> {
    prepare(parts)?;
    tree::emptied(LEAKS)?;
    let packages = part::packages(parts);
    let built = match packages.as_slice() {
        [] => None,
        _ if parts.len() == PARTS.len() => Some(build::everything()?),
        some => Some(build::packages(some)?),
    };
    let mut all = Vec::new();
    for part in parts {
        println!("\n=== {} ===", part.name);
        let start = Instant::now();
        let Seen { counts, passed } = match &built {
            Some(built) if part.name == part::WINDOW => window(part, built)?,
            Some(built) if !part.packages.is_empty() => programs(part, built)?,
            _ => Seen {
                counts: vitest(part)?,
                passed: Vec::new(),
            },
        };
        all.push(Ran {
            part,
            counts,
            passed,
            time: start.elapsed(),
        });
    }
    doctests(parts, &mut all)?;
    Ok(all)
}

/// Set-up for what these parts need, no more: the scanner's tests want no web view.
fn prepare(parts: &[&'static Part]) -> Outcome {
    let names: Vec<&str> = parts.iter().map(|part| part.name).collect();
    if names.contains(&part::ACCEPTANCE) || names.contains(&part::CLI) {
        setup::prepare_interop()?;
    }
    if names.contains(&part::HOLDER) {
        setup::prepare_holder()?;
    }
    if names.contains(&part::WINDOW) {
        setup::prepare(setup::For::Test)
    } else if names.contains(&part::UI) {
        setup::prepare(setup::For::Run)
    } else {
        setup::prepare_build_only()
    }
}

fn programs(part: &Part, built: &Built) -> Outcome<Seen> {
    let mut seen = Seen::default();
    for program in part.programs(built) {
        let mut command = start(program)?;
        if let Ok(cli) = built.path("hwagin-cli", "hwagin") {
            command.env("HWAGIN_CLI", cli);
        }
        seen.add(&shell::watched(&mut command)?);
    }
    Ok(seen)
}

/// The window's own tests, one after the other, each on a screen that nobody sees.
fn window(part: &Part, built: &Built) -> Outcome<Seen> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "the window can only be driven on Linux; name the other parts",
        ));
    }
    let display = Display::open()?;
    let mut seen = Seen::default();
    for program in part.programs(built) {
        let mut command = start_with_window(program, built, &display)?;
        seen.add(&shell::watched(&mut command)?);
    }
    Ok(seen)
}

/// A test program that drives the window, one test after the other.
fn start_with_window(program: &Program, built: &Built, display: &Display) -> Outcome<Command> {
    let mut command = start(program)?;
    display.lend(&mut command)?;
    command
        .arg("--test-threads=1")
        .env("HWAGIN_WINDOW", built.path("hwagin-window", "hwagin-desk")?)
        .env(
            "HWAGIN_FAKE_WEBCAM",
            built.path("fake-webcam", "fake_webcam")?,
        )
        .env("HWAGIN_TAURI_DRIVER", setup::tool(&setup::TAURI_DRIVER)?)
        .env("HWAGIN_SCREENS", tree::screens());
    Ok(command)
}

/// What a measurement prints that drives the window: a test that the tests leave out.
pub(crate) fn measured_in_window(name: &str) -> Outcome<String> {
    setup::prepare(setup::For::Test)?;
    let parts = part::chosen(&[part::WINDOW])?;
    let built = build::packages(&part::packages(&parts))?;
    let display = Display::open()?;
    for program in parts.iter().flat_map(|part| part.programs(&built)) {
        if program.name != part::WINDOW {
            continue;
        }
        let mut command = start_with_window(program, &built, &display)?;
        command.args(["--exact", name, "--ignored", "--nocapture"]);
        let done = shell::watched(&mut command)?;
        return if done.ok() {
            Ok(done.text)
        } else {
            Err(Failure::new(format!("the measurement `{name}` failed")))
        };
    }
    Err(Failure::new("no program drives the window"))
}

/// Runs those tests of the real window whose names have this in them; how they went, and the figures
/// that they print.
pub(crate) fn in_window(filter: &str) -> Outcome<(Counts, bench::Figures)> {
    setup::prepare(setup::For::Test)?;
    let built = build::everything()?;
    let display = Display::open()?;
    let parts = part::chosen(&[part::WINDOW])?;
    let mut programs = parts.iter().flat_map(|part| part.programs(&built));
    let program = programs.find(|program| program.name == part::WINDOW);
    let program = program.ok_or_else(|| Failure::new("no program drives the window"))?;
    let mut command = start_with_window(program, &built, &display)?;
    watched(command.args([filter, "--nocapture"]))
}

/// Runs this test program of that package; how it went, and the figures that it prints. What it needs
/// and does not find is a failure.
pub(crate) fn program(package: &str, name: &str) -> Outcome<(Counts, bench::Figures)> {
    setup::prepare(setup::For::Test)?;
    let built = build::everything()?;
    let programs = built.tests_of(package);
    let program = programs.into_iter().find(|program| program.name == name);
    let program = program.ok_or_else(|| Failure::new(format!("no test program `{name}`")))?;
    let mut command = start(program)?;
    watched(
        command
            .args(["--nocapture", "--test-threads=1"])
            .env("CI", "true"),
    )
}

fn watched(command: &mut Command) -> Outcome<(Counts, bench::Figures)> {
    let done = shell::watched(command)?;
    let counts = counts::of_program(&done.text, done.ok());
    Ok((counts, bench::figures(&done.text)))
}

/// A test program as Cargo would start it.
pub(crate) fn start(program: &Program) -> Outcome<Command> {
    let mut command = shell::program(&program.path);
    command
        .current_dir(&program.folder)
        .env("CARGO_MANIFEST_DIR", &program.folder)
        // No test puts anything into the key store of whoever runs it.
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        // Tests write the types of the wire; only `check` compares them.
        .env("TS_RS_EXPORT_DIR", tree::target().join("xtask").join("types"))
        .env("HWAGIN_LEAK_NOTES", tree::target().join("xtask").join(LEAKS));
    if setup::python().is_file() {
        command.env("HWAGIN_PYTHON", setup::python());
    }
    if is_ci() {
        command.env("HWAGIN_REQUIRE_VECTORS", "1");
    }
    fs::create_dir_all(tree::screens()).while_doing("target/screens")?;
    Ok(command)
}

fn vitest(part: &Part) -> Outcome<Counts> {
    let report = tree::emptied("vitest")?.join("report.json");
    let folder = match part.name {
        part::HOLDER => setup::HOLDER,
        _ => setup::UI,
    };
    let mut command = setup::npm(folder);
    command
        .args([
            "exec",
            "--",
            "vitest",
            "run",
            "--reporter=default",
            "--reporter=json",
        ])
        .arg(format!("--outputFile.json={}", report.display()));
    let done = shell::watched(&mut command)?;
    let said = fs::read_to_string(&report).unwrap_or_default();
    let mut counts = counts::of_vitest(&said).unwrap_or_default();
    if !done.ok() && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}

/// Documentation tests, all in one run of Cargo; adds them to their parts.
fn doctests(parts: &[&'static Part], all: &mut [Ran]) -> Outcome {
    let libraries = part::libraries(parts);
    if libraries.is_empty() {
        return Ok(());
    }
    println!("\n=== documentation ===");
    let mut command = shell::cargo();
    command.args(["test", "--doc", "--no-fail-fast"]);
    if parts.len() == PARTS.len() {
        command.arg("--workspace");
    } else {
        for name in &libraries {
            command.args(["--package", name]);
        }
    }
    let start = Instant::now();
    let done = shell::watched(&mut command)?;
    let time = start.elapsed();
    let found = counts::of_doctests(&done.text);
    let failed: u64 = found.iter().map(|(_name, counts)| counts.failed).sum();
    if let (false, 0, Some(ran)) = (done.ok(), failed, all.first_mut()) {
        println!("the documentation tests did not run to their end");
        ran.counts.failed += 1;
    }
    for (name, counts) in found {
        let package = name.replace('_', "-");
        let part = all
            .iter_mut()
            .find(|ran| ran.part.packages.contains(&&*package));
        if let (Some(ran), true) = (part, counts != Counts::default()) {
            ran.counts += counts;
            ran.time += time;
        }
    }
    Ok(())
}

fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|ci| ci == "true" || ci == "1")
}

/// The parts in which something failed, or nothing ran.
pub(crate) fn short(all: &[Ran]) -> Vec<String> {
    all.iter()
        .filter_map(|ran| match ran.counts {
            Counts {
                failed: 0,
                passed: 0,
                ..
            } => Some(format!("{}: no test ran", ran.part.name)),
            Counts { failed: 0, .. } => None,
            Counts { failed, .. } => Some(format!("{}: {failed} failed", ran.part.name)),
        })
        .collect()
}

fn report(all: &[Ran]) -> Outcome {
    let mut sum = Counts::default();
    println!(
        "\n{:<12} {:>7} {:>7} {:>8} {:>9}",
        "part", "passed", "failed", "skipped", "seconds"
    );
    for Ran {
        part, counts, time, ..
    } in all
    {
        let Counts {
            passed,
            failed,
            skipped,
        } = *counts;
        let seconds = time.as_secs_f64();
        println!(
            "{:<12} {passed:>7} {failed:>7} {skipped:>8} {seconds:>9.1}",
            part.name
        );
        sum += *counts;
    }
    let short = short(all);
    for line in &short {
        println!("{line}");
    }
    let more = if sum.skipped > 0 {
        format!(", {} skipped", sum.skipped)
    } else {
        String::new()
    };
    println!("\n{} passed, {} failed{more}", sum.passed, sum.failed);
    if short.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(short.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(passed: u64, failed: u64) -> Ran {
        let counts = Counts {
            passed,
            failed,
            skipped: 1,
        };
        Ran {
            part: &PARTS[0],
            counts,
            passed: Vec::new(),
            time: Duration::ZERO,
        }
    }

    #[test]
    fn a_part_in_which_nothing_ran_is_short() {
        assert_eq!(
            short(&[ran(0, 0)]),
            [format!("{}: no test ran", PARTS[0].name)]
        );
        assert!(report(&[ran(0, 0)]).is_err());
    }

    #[test]
    fn a_part_with_a_failure_is_short() {
        assert!(report(&[ran(1, 0), ran(9, 1)]).is_err());
        assert!(report(&[ran(1, 0)]).is_ok());
    }
}
