//! Minutes of fuzzing: over frames and sequences of them, and over the parser of each format.

use std::path::{Path, PathBuf};
use std::thread;

use super::Line;
use crate::failure::{Failure, Outcome};
use crate::setup::{self, CARGO_FUZZ};
use crate::{bench, build, shell, tree};

/// A target in fuzz/.
struct Target {
    name: &'static str,
    /// How long it runs.
    seconds: u32,
    /// Bytes of an input at most.
    longest: u32,
    /// Whether it says what its work costs, in plain frames.
    costs: bool,
}

/// Those of the scanner.
const EYES: [Target; 2] = [eyes("frame"), eyes("sequence")];

/// Those of the formats beyond mdoc, and of what issuers and their keys come in: three at a time,
/// four rounds.
const FORMATS: [Target; 7] = [
    parser("sd_cwt"),
    parser("hcert"),
    parser("nzcp"),
    parser("claim_169"),
    parser("captured"),
    parser("keys"),
    // The lists that are published have up to 54,000 bytes.
    Target {
        longest: 65_536,
        ..parser("vical")
    },
];

const fn eyes(name: &'static str) -> Target {
    Target {
        name,
        seconds: 300,
        longest: 512,
        costs: true,
    }
}

const fn parser(name: &'static str) -> Target {
    Target {
        name,
        seconds: 600,
        longest: 4_096,
        costs: false,
    }
}

/// The program that writes what fuzzing starts from, and its package.
const SEEDS: (&str, &str) = ("hwagin-tests", "fuzz-seeds");

/// A line a target of the scanner, one after the other.
pub(super) fn eyes_lines() -> Vec<Line> {
    lines(&EYES, 1, None)
}

/// A line a target of the formats, three at a time: they are many, and half an hour is long.
pub(super) fn format_lines() -> Vec<Line> {
    match seeds() {
        Ok(folder) => lines(&FORMATS, 3, Some(&folder)),
        Err(failure) => vec![Line::of(
            "seeds of fuzzing",
            "they are written",
            Err(failure),
        )],
    }
}

fn lines(targets: &[Target], at_once: usize, seeds: Option<&Path>) -> Vec<Line> {
    let mut lines = Vec::new();
    for some in targets.chunks(at_once) {
        let measured: Vec<_> = thread::scope(|scope| {
            let start = |target| scope.spawn(move || run(target, seeds, at_once == 1));
            let running: Vec<_> = some.iter().map(start).collect();
            let ended = running.into_iter().map(|thread| thread.join());
            let crashed = |_| Err(Failure::new("its run ended in a panic"));
            ended.map(|said| said.unwrap_or_else(crashed)).collect()
        });
        lines.extend(some.iter().zip(measured).map(|(target, measured)| {
            let bar = if target.costs {
                "no finding, and the longest work known"
            } else {
                "no finding"
            };
            let name = format!("fuzzing `{}`, {} s", target.name, target.seconds);
            Line::of(&name, bar, measured)
        }));
    }
    lines
}

/// A folder with a folder of seeds for each parser.
fn seeds() -> Outcome<PathBuf> {
    let folder = tree::emptied("fuzz-seeds")?;
    let built = build::packages(&[SEEDS.0])?;
    shell::must(built.command(SEEDS.0, SEEDS.1)?.arg(&folder))?;
    Ok(folder)
}

fn run(target: &Target, seeds: Option<&Path>, show: bool) -> Outcome<(String, bool)> {
    let fuzz = setup::tool(&CARGO_FUZZ)?;
    let mut command = shell::program(fuzz);
    command
        .current_dir(tree::root().join("fuzz"))
        // The flags that count edges are unstable; the stable compiler has them all the same.
        .env("RUSTC_BOOTSTRAP", "1")
        // Where Rust's own checks suffice: these crates have no unsafe code.
        .args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
        .arg(tree::target().join("fuzz"))
        .arg(target.name);
    let seeds = seeds.map(|folder| folder.join(target.name));
    command.args(seeds.filter(|folder| folder.is_dir()));
    let Target {
        seconds, longest, ..
    } = target;
    command
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={longest}"))
        .args(["-timeout=60", "-len_control=0", "-print_final_stats=1"]);
    let done = if show {
        shell::watched(&mut command)?
    } else {
        shell::quiet(&mut command)?
    };
    if !done.ok() {
        println!("{}", done.text);
    }
    said(&done.text, done.ok(), target.costs)
}

fn said(text: &str, ended_well: bool, costs: bool) -> Outcome<(String, bool)> {
    let inputs = text
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .map(str::trim);
    let Some(inputs) = inputs else {
        return Err(Failure::new("it did not run to its end"));
    };
    let finding = if ended_well {
        "no finding"
    } else {
        "a finding"
    };
    let figures = bench::figures(text);
    let work = |name: &str| figures.get(name).copied();
    let cost = match (costs, work("fuzz.longest")) {
        (false, _) => String::new(),
        (true, None) => return Err(Failure::new("it printed no figure fuzz.longest")),
        (true, Some(longest)) => {
            let still = work("fuzz.longest_still")
                .map_or(String::new(), |still| format!(", of a still {still:.1}"));
            format!("; longest work of a frame {longest:.1} plain frames{still}")
        }
    };
    Ok((format!("{finding} in {inputs} inputs{cost}"), ended_well))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_last_longest_work() {
        let text = "figure fuzz.longest 2.0\n#8 NEW\nfigure fuzz.longest 7.5\n\
                    stat::number_of_executed_units: 812\n";
        let said = said(text, true, true);
        assert!(
            said.is_ok_and(|(figure, ok)| ok && figure.contains("812") && figure.contains("7.5"))
        );
    }

    #[test]
    fn a_crash_is_short() {
        let text = "figure fuzz.longest 2.0\nstat::number_of_executed_units: 8\n";
        assert!(said(text, false, true).is_ok_and(|(_, ok)| !ok));
        assert!(said("error: could not compile", false, false).is_err());
    }

    #[test]
    fn a_parser_says_nothing_of_what_it_costs() {
        let text = "stat::number_of_executed_units: 8\n";
        assert!(
            said(text, true, false).is_ok_and(|(figure, _)| figure == "no finding in 8 inputs")
        );
        assert!(said(text, true, true).is_err());
    }

    #[test]
    fn every_target_is_one_of_fuzz() {
        let manifest = std::fs::read_to_string(tree::root().join("fuzz/Cargo.toml")).unwrap();
        for target in EYES.iter().chain(&FORMATS) {
            let name = format!("name = \"{}\"", target.name);
            assert!(manifest.contains(&name), "{name}");
        }
    }
}
