//! `cargo xtask bench walk`: what a verdict costs beside its raw signature checks.
//! `cargo xtask bench scan`: what the scanner reads and costs beside other readers.
//! `cargo xtask bench bundle`: what a nation's bundle costs, and how that grows.

use std::collections::BTreeMap;

use crate::failure::{Failure, Outcome};
use crate::{setup, shell, tree};

/// What the walk of one format costs, as a multiple of its signature checks.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Ratio {
    /// The format.
    pub(crate) name: String,
    pub(crate) figure: f64,
    pub(crate) bar: f64,
}

impl Ratio {
    pub(crate) fn is_mdoc(&self) -> bool {
        self.name.ends_with("(mdoc)")
    }
}

/// Runs the bench and shows its tables; the ratio of each format.
pub(crate) fn walk() -> Outcome<Vec<Ratio>> {
    setup::prepare_build_only()?;
    let mut command = shell::cargo();
    command.args(["bench", "--package", "hwagin-tests", "--bench", "walk"]);
    let done = shell::watched(&mut command)?;
    if !done.ok() {
        return Err(Failure::new("the bench failed"));
    }
    let ratios: Vec<_> = done.text.lines().filter_map(ratio).collect();
    if ratios.is_empty() {
        return Err(Failure::new("the bench printed no line `ratio of …`"));
    }
    Ok(ratios)
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

/// Runs the bench of bundles and shows its table; its figures.
pub(crate) fn bundle() -> Outcome<Figures> {
    setup::prepare_build_only()?;
    let mut command = shell::cargo();
    command.args(["bench", "--package", "hwagin-desk", "--bench", "bundle"]);
    let done = shell::watched(&mut command)?;
    if !done.ok() {
        return Err(Failure::new("the bench failed"));
    }
    Ok(figures(&done.text))
}

/// The lines `figure NAME VALUE`; the first that a test prints stands behind its name.
pub(crate) fn figures(said: &str) -> Figures {
    said.lines()
        .filter_map(|line| {
            let line = line.split_once(" ... ").map_or(line, |(_test, said)| said);
            let (name, value) = line.strip_prefix("figure ")?.split_once(' ')?;
            Some((name.to_owned(), value.trim().parse().ok()?))
        })
        .collect()
}

/// The line `ratio of NAME: 1.12 (bar 1.3)`.
fn ratio(line: &str) -> Option<Ratio> {
    let (name, rest) = line.trim().strip_prefix("ratio of ")?.split_once(": ")?;
    let (figure, bar) = rest.strip_suffix(')')?.split_once(" (bar ")?;
    Some(Ratio {
        name: name.to_owned(),
        figure: figure.parse().ok()?,
        bar: bar.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ratio() {
        let read = ratio("  ratio of mfc (mdoc): 1.25 (bar 1.3)").unwrap();
        assert_eq!(
            (read.name.as_str(), read.figure, read.bar),
            ("mfc (mdoc)", 1.25, 1.3)
        );
        assert!(read.is_mdoc());
        assert_eq!(ratio("the walk: 300 us"), None);
        assert_eq!(ratio("ratio of mfc: much (bar 1.3)"), None);
    }

    #[test]
    fn reads_figures_and_nothing_else() {
        let read = figures("| a | 1 |\nfigure a.b 1.500\nfigure c inf\nfigure d\nfigures: 2\n");
        assert_eq!(read.get("a.b"), Some(&1.5));
        assert_eq!(read.get("c"), Some(&f64::INFINITY));
        assert_eq!(read.len(), 2);
        let read = figures("test a::b ... figure a.b 3\nfigure c 4\nok\n");
        assert_eq!((read.get("a.b"), read.get("c")), (Some(&3.0), Some(&4.0)));
    }
}
