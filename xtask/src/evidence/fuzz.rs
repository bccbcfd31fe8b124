//! Ten minutes of fuzzing over frames and over sequences of them.

use super::Line;
use crate::failure::{Failure, Outcome};
use crate::setup::{self, CARGO_FUZZ};
use crate::{bench, shell, tree};

/// The targets of the scanner in fuzz/, and how long each runs, in seconds.
const TARGETS: [(&str, u32); 2] = [("frame", 300), ("sequence", 300)];

pub(super) fn lines() -> Vec<Line> {
    TARGETS
        .iter()
        .map(|(target, seconds)| {
            Line::of(
                &format!("fuzzing `{target}`, {seconds} s"),
                "no finding, and the longest work known",
                run(target, *seconds),
            )
        })
        .collect()
}

fn run(target: &str, seconds: u32) -> Outcome<(String, bool)> {
    let fuzz = setup::tool(&CARGO_FUZZ)?;
    let mut command = shell::program(fuzz);
    command
        .current_dir(tree::root().join("fuzz"))
        // The flags that count edges are unstable; the stable compiler has them all the same.
        .env("RUSTC_BOOTSTRAP", "1")
        // Where Rust's own checks suffice: these crates have no unsafe code.
        .args(["fuzz", "run", "--sanitizer", "none", "--target-dir"])
        .arg(tree::target().join("fuzz"))
        .arg(target)
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=60", "-max_len=512", "-len_control=0", "-print_final_stats=1"]);
    let done = shell::watched(&mut command)?;
    said(&done.text, done.ok())
}

fn said(text: &str, ended_well: bool) -> Outcome<(String, bool)> {
    let inputs = text
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .map(str::trim);
    let Some(inputs) = inputs else {
        return Err(Failure::new("it did not run to its end"));
    };
    let figures = bench::figures(text);
    let work = |name: &str| figures.get(name).copied();
    let Some(longest) = work("fuzz.longest") else {
        return Err(Failure::new("it printed no figure fuzz.longest"));
    };
    let still = work("fuzz.longest_still")
        .map_or(String::new(), |still| format!(", of a still {still:.1}"));
    let finding = if ended_well {
        "no finding"
    } else {
        "a finding"
    };
    Ok((
        format!(
            "{finding} in {inputs} inputs; longest work of a frame {longest:.1} plain frames{still}"
        ),
        ended_well,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_last_longest_work() {
        let text = "figure fuzz.longest 2.0\n#8 NEW\nfigure fuzz.longest 7.5\n\
                    stat::number_of_executed_units: 812\n";
        let said = said(text, true);
        assert!(
            said.is_ok_and(|(figure, ok)| ok && figure.contains("812") && figure.contains("7.5"))
        );
    }

    #[test]
    fn a_crash_is_short() {
        let text = "figure fuzz.longest 2.0\nstat::number_of_executed_units: 8\n";
        assert!(said(text, false).is_ok_and(|(_, ok)| !ok));
        assert!(said("error: could not compile", false).is_err());
    }
}
