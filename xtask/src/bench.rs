//! `cargo xtask bench walk`: what a verdict costs beside its raw signature checks.

use crate::failure::{Failure, Outcome};
use crate::{setup, shell};

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
}
