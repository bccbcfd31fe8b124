//! `cargo xtask evidence desk`, `… eyes`, `… formats`, `… bundle` and `… purposes`: run what the desk,
//! its scanner, the formats it reads, the bundle of what it knows and what it asks and shows have to
//! show, and hold each figure to its bar.

mod bundle;
mod cases;
mod eyes;
mod formats;
mod fuzz;
mod glass;
mod opening;
mod proofs;
mod purposes;

use std::fmt;
use std::fs;
use std::time::SystemTime;

use crate::failure::{Failure, Outcome, While};
use crate::{bench, build, test, tree};

pub(crate) use bundle::{bench as bench_bundle, bundle};
pub(crate) use eyes::eyes;
pub(crate) use formats::formats;
pub(crate) use purposes::purposes;

/// One thing that has to be shown.
pub(crate) struct Line {
    name: String,
    figure: String,
    bar: String,
    ok: bool,
}

impl Line {
    fn new(name: impl Into<String>, figure: impl Into<String>, bar: &str, ok: bool) -> Self {
        Self {
            name: name.into(),
            figure: figure.into(),
            bar: bar.to_owned(),
            ok,
        }
    }

    /// What could not be measured is short, and says why on one line.
    fn of(name: &str, bar: &str, measured: Outcome<(String, bool)>) -> Self {
        match measured {
            Ok((figure, ok)) => Self::new(name, figure, bar, ok),
            Err(failure) => {
                let text = failure.to_string();
                Self::new(name, text.lines().next().unwrap_or_default(), bar, false)
            }
        }
    }

    fn word(&self) -> &'static str {
        if self.ok { "ok" } else { "short" }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}, {}, {}",
            self.name,
            self.figure,
            self.bar,
            self.word()
        )
    }
}

/// Everything was run, printed and written down; nothing is short.
pub(crate) fn desk() -> Outcome {
    let start = SystemTime::now();
    let mut lines = Vec::new();
    let ran = test::run(&test::PARTS.iter().collect::<Vec<_>>())?;
    lines.extend(ran.iter().map(tests));
    lines.push(proofs::leaks(&ran));
    lines.push(proofs::screens(start));
    lines.push(opening::line());
    let built = build::everything()?;
    lines.extend(cases::lines(&built));
    lines.push(Line::of(
        "bench walk",
        "at most 1.3",
        bench::walk().map(|ratios| {
            let mdocs = ratios.iter().filter(|ratio| ratio.is_mdoc());
            let worst = mdocs.fold(f64::NAN, |worst, ratio| worst.max(ratio.figure));
            (
                format!("{worst:.2} times its signature checks"),
                worst <= 1.3,
            )
        }),
    ));
    lines.push(proofs::vectors());
    lines.extend(proofs::clients());
    finish("desk", &[], &lines)
}

fn tests(ran: &test::Ran) -> Line {
    let test::Counts {
        passed,
        failed,
        skipped,
    } = ran.counts;
    let figure = format!("{passed} passed, {failed} failed, {skipped} skipped");
    let name = format!("tests of {}", ran.part.name);
    Line::new(
        name,
        figure,
        "at least 1 passed, none failed",
        passed > 0 && failed == 0,
    )
}

/// What the figures of a test have to say, and whether it is enough.
type Told = fn(&bench::Figures) -> (String, bool);

/// A line of the tests of the real window whose names have `filter` in them: they pass, and what they
/// counted is enough.
fn driven(name: &str, filter: &str, bar: &str, told: Told) -> Line {
    counted(name, 1, (bar, told), test::in_window(filter))
}

/// A line of a test program of a package: so many of its tests pass, none fails, and what they counted
/// is enough.
fn tested(
    name: &str,
    (package, program): (&str, &str),
    least: u64,
    (bar, told): (&str, Told),
) -> Line {
    counted(name, least, (bar, told), test::program(package, program))
}

fn counted(
    name: &str,
    least: u64,
    (bar, told): (&str, Told),
    ran: Outcome<(test::Counts, bench::Figures)>,
) -> Line {
    let bar = format!("{bar}at least {least} passed, none failed");
    let counted = ran.map(|(counts, figures)| {
        let (figure, is_enough) = told(&figures);
        let figure = format!("{figure}{} passed, {} failed", counts.passed, counts.failed);
        (
            figure,
            is_enough && counts.passed >= least && counts.failed == 0,
        )
    });
    Line::of(name, &bar, counted)
}

/// Whether a section was asked for: all of them are where none is named.
fn is_wanted(sections: &[&str], section: &str) -> bool {
    sections.is_empty() || sections.contains(&section)
}

/// Shows what a section has to.
type Show = fn() -> Vec<Line>;

/// These sections were run, or those of them that were asked for, and the rest is as [`finish`] has it.
fn run_sections(what: &str, all: &[(&str, Show)], wanted: &[&str]) -> Outcome {
    let shown = all.iter().filter(|(name, _)| is_wanted(wanted, name));
    let lines: Vec<Line> = shown.flat_map(|(_, show)| show()).collect();
    finish(what, wanted, &lines)
}

/// Prints the lines and writes them into docs/evidence.md: in place of those that bear the same
/// names where only some `sections` were run, else in place of all.
fn finish(what: &str, sections: &[&str], lines: &[Line]) -> Outcome {
    println!();
    for line in lines {
        println!("{line}");
    }
    let file = tree::root().join("docs").join("evidence.md");
    let before = fs::read_to_string(&file).unwrap_or_else(|_| "# Evidence\n".to_owned());
    let kept = if sections.is_empty() {
        Vec::new()
    } else {
        rows(&before, what)
    };
    fs::write(&file, with_table(&before, what, &merged(kept, lines)))
        .while_doing(file.display())?;
    let short: Vec<_> = lines
        .iter()
        .filter(|line| !line.ok)
        .map(|line| &*line.name)
        .collect();
    if short.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("short: {}", short.join("; "))))
    }
}

/// The marks around a table.
fn marks(what: &str) -> (String, String) {
    let mark = |side| format!("<!-- {side}: cargo xtask evidence {what} -->");
    (mark("begin"), mark("end"))
}

const HEAD: &str = "| What | Figure | Bar | |\n| --- | --- | --- | --- |\n";

/// The rows of the table that stands on the page.
fn rows(page: &str, what: &str) -> Vec<String> {
    let (begin, end) = marks(what);
    let table = page
        .split_once(&begin)
        .and_then(|(_, rest)| rest.split_once(&end));
    let rows = table.map_or("", |(table, _)| table).trim_start();
    let rows = rows.strip_prefix(HEAD).unwrap_or_default().lines();
    rows.map(str::to_owned).collect()
}

/// These rows, with the lines in place of those of the same names, or behind them.
fn merged(mut rows: Vec<String>, lines: &[Line]) -> Vec<String> {
    for line in lines {
        let cells = [&line.name, &line.figure, &line.bar].map(|cell| cell.replace('|', "\\|"));
        let row = format!("| {} | {} |", cells.join(" | "), line.word());
        let [name, ..] = &cells;
        let same = |known: &&mut String| known.starts_with(&format!("| {name} | "));
        match rows.iter_mut().find(same) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }
    rows
}

/// The page with the table between its marks; at the end when the page has no marks yet.
fn with_table(page: &str, what: &str, rows: &[String]) -> String {
    let (begin, end) = marks(what);
    let mut table = HEAD.to_owned();
    for row in rows {
        table.push_str(row);
        table.push('\n');
    }
    let (before, after) = match (page.split_once(&begin), page.split_once(&end)) {
        (Some((before, _)), Some((_, after))) => (before.to_owned(), after.to_owned()),
        _ => (format!("{}\n\n", page.trim_end()), "\n".to_owned()),
    };
    format!("{before}{begin}\n{table}{end}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_table_takes_the_place_of_the_first() {
        let of = |name: &str, figure: &str| merged(vec![], &[Line::new(name, figure, "0", false)]);
        let first = with_table("# Evidence\n", "desk", &of("a", "1"));
        let page = format!("{first}\nMore.\n");
        let second = with_table(&page, "desk", &of("b|c", "2"));
        assert!(second.contains("| b\\|c | 2 | 0 | short |"));
        assert!(!second.contains("| a |"));
        assert!(second.starts_with("# Evidence\n\n<!-- begin") && second.ends_with("\nMore.\n"));
    }

    #[test]
    fn a_part_takes_the_place_of_its_own_rows_only() {
        let line = |name: &str, figure: &str| Line::new(name, figure, "0", true);
        let first = merged(vec![], &[line("a", "1"), line("a b", "2"), line("c", "3")]);
        let page = with_table("# Evidence\n", "eyes", &first);
        let second = merged(rows(&page, "eyes"), &[line("a b", "4"), line("d", "5")]);
        let figures = ["| a | 1 ", "| a b | 4 ", "| c | 3 ", "| d | 5 "];
        assert_eq!(second.len(), figures.len());
        assert!(
            second
                .iter()
                .zip(figures)
                .all(|(row, figure)| row.starts_with(figure))
        );
    }

    #[test]
    fn what_cannot_be_measured_is_short() {
        let line = Line::of("a", "0", Err(Failure::new("no such program\nat all")));
        assert_eq!(line.to_string(), "a: no such program, 0, short");
    }
}
