//! `cargo xtask bench bundle`: the figures of a nation's bundle, and a picture of how they grow.

mod plot;

use std::fs;

use super::super::Line;
use crate::bench::{self, Figures};
use crate::failure::{Outcome, While};
use crate::tree;

/// How many lists are in the bundles that are compared.
const LISTS: [u32; 7] = [1, 2, 4, 8, 16, 32, 64];

/// A clerk who starts the desk in the morning does not wonder; a bundle comes in unseen.
const START: f64 = 5.0;
const IMPORT: f64 = 30.0;
/// What the machines of desks have to spare, in megabytes.
const MEMORY: f64 = 512.0;
/// How much quicker a look-up has to be than inflating the list for it.
const RATIO: f64 = 1_000.0;

/// The figure of so many lists; what was not measured is no number, and short of every bar.
fn of(figures: &Figures, lists: u32, what: &str) -> f64 {
    let name = format!("bundle.{lists}.{what}");
    figures.get(&name).copied().unwrap_or(f64::NAN)
}

/// The bench is run, and its picture drawn.
pub(crate) fn bench() -> Outcome {
    measured().map(|_figures| ())
}

fn measured() -> Outcome<Figures> {
    let figures = bench::bundle()?;
    let picture = plot::svg(&figures);
    let file = tree::root().join("docs/images/bundle-scale.svg");
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).while_doing(folder.display())?;
    }
    fs::write(&file, picture).while_doing(file.display())?;
    Ok(figures)
}

pub(super) fn lines() -> Vec<Line> {
    match measured() {
        Ok(figures) => of_figures(&figures),
        Err(failure) => vec![Line::of("bench bundle", "it runs", Err(failure))],
    }
}

fn of_figures(figures: &Figures) -> Vec<Line> {
    let most = LISTS.into_iter().max().unwrap_or_default();
    let of = |what: &str| of(figures, most, what);
    let figure = |name: &str| figures.get(name).copied().unwrap_or(f64::NAN);
    let (import, peak) = (of("import_s"), of("import_peak_mb"));
    let (start, stays) = (of("start_s"), of("start_mb"));
    let (asked, ratio) = (figure("bundle.look_up_ns"), figure("bundle.look_up_ratio"));
    vec![
        Line::new(
            "a nation's bundle (60 million cards, 1000 roots, 500 revocation lists) taken",
            format!(
                "{import:.2} s, {peak:.0} MB at most; {:.1} MB of files, {:.1} MB on the disk",
                of("bundle_mb"),
                of("disk_mb")
            ),
            "at most 30 s and 512 MB",
            import <= IMPORT && peak <= MEMORY,
        ),
        Line::new(
            "a desk started with it",
            format!(
                "{start:.2} s, {stays:.0} MB stay, {:.0} MB at most",
                of("start_peak_mb")
            ),
            "at most 5 s; 512 MB at most",
            start <= START && of("start_peak_mb") <= MEMORY,
        ),
        Line::new(
            "a status looked up in it",
            format!(
                "{asked:.0} ns; inflating the list for it {:.0} ns where one card in 20 is listed, \
                 {ratio:.0} times as long ({:.0} ns where one in 100 is)",
                figure("bundle.inflate_ns"),
                figure("bundle.inflate_seldom_ns"),
            ),
            "at least 1000 times as long",
            ratio >= RATIO,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn figures(start: f64) -> Figures {
        let mut all = Figures::new();
        for lists in LISTS {
            let share = f64::from(lists) / 64.0;
            for (what, value) in [
                ("import_s", 2.0 + 4.0 * share),
                ("import_peak_mb", 100.0),
                ("start_s", start * (0.5 + share / 2.0)),
                ("start_peak_mb", 120.0),
                ("start_mb", 60.0),
                ("bundle_mb", 3.0),
                ("disk_mb", 3.5),
            ] {
                all.insert(format!("bundle.{lists}.{what}"), value);
            }
        }
        all.insert("bundle.look_up_ns".to_owned(), 200.0);
        all.insert("bundle.inflate_ns".to_owned(), 400_000.0);
        all.insert("bundle.look_up_ratio".to_owned(), 2_000.0);
        all
    }

    fn ok(figures: &Figures) -> Vec<bool> {
        of_figures(figures).iter().map(|line| line.ok).collect()
    }

    #[test]
    fn a_slow_start_and_what_was_not_measured_are_short() {
        assert_eq!(ok(&figures(1.0)), [true, true, true]);
        assert_eq!(ok(&figures(9.0)), [true, false, true]);
        assert_eq!(ok(&Figures::new()), [false, false, false]);
    }

    #[test]
    fn the_picture_has_every_point_and_both_themes() {
        let svg = plot::svg(&figures(1.0));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert_eq!(svg.matches("<circle").count(), 4 * LISTS.len());
        assert!(svg.contains("prefers-color-scheme: dark"));
        assert!(!svg.contains("NaN"));
    }
}
