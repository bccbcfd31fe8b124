//! `cargo xtask bench walk`: what a verdict costs beside its raw signature checks.
//! `cargo xtask bench scan`: what the scanner reads and costs beside other readers.

use std::collections::BTreeMap;

use crate::failure::{Failure, Outcome};
use crate::{setup, shell, tree};

/// The most that the walk may cost, as a multiple of its signature checks.
pub(crate) const BAR: f64 = 1.3;

/// Runs the bench and shows its table; its ratio.
pub(crate) fn walk() -> Outcome<f64> {
    setup::prepare_build_only()?;
    let mut command = shell::cargo();
    command.args(["bench", "--package", "hwagin-tests", "--bench", "walk"]);
    let done = shell::watched(&mut command)?;
    if !done.ok() {
        return Err(Failure::new("the bench failed"));
    }
    ratio(&done.text).ok_or_else(|| Failure::new("the bench printed no line `ratio: N`"))
}

/// What `bench scan` measured, by name.
pub(crate) type Figures = BTreeMap<String, f64>;

/// Builds the bench of the scanner, which stands outside the workspace, runs these sections of it
/// and shows its tables; its figures.
pub(crate) fn scan(sections: &[&str]) -> Outcome<Figures> {
    setup::prepare_bench()?;
    let mut command = shell::cargo();
    command
        .args(["run", "--release", "--locked", "--manifest-path"])
        .arg(tree::root().join("tests/bench-scan/Cargo.toml"))
        .arg("--target-dir")
        .arg(tree::target().join("bench-scan"))
        .arg("--")
        .args(sections);
    let done = shell::watched(&mut command)?;
    if !done.ok() {
        return Err(Failure::new("the bench failed"));
    }
    Ok(figures(&done.text))
}

/// The lines `figure NAME VALUE`.
pub(crate) fn figures(said: &str) -> Figures {
    said.lines()
        .filter_map(|line| {
            let (name, value) = line.strip_prefix("figure ")?.split_once(' ')?;
            Some((name.to_owned(), value.trim().parse().ok()?))
        })
        .collect()
}

/// The figure of the line `ratio: 1.12`, whatever follows it.
fn ratio(said: &str) -> Option<f64> {
    let figure = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("ratio:"))?;
    figure.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ratio() {
        assert_eq!(ratio("walk: 300 us\nratio: 1.25 (bar 1.3)\n"), Some(1.25));
        assert_eq!(ratio("walk: 300 us\n"), None);
    }

    #[test]
    fn reads_figures_and_nothing_else() {
        let read = figures("| a | 1 |\nfigure a.b 1.500\nfigure c inf\nfigure d\nfigures: 2\n");
        assert_eq!(read.get("a.b"), Some(&1.5));
        assert_eq!(read.get("c"), Some(&f64::INFINITY));
        assert_eq!(read.len(), 2);
    }
}
