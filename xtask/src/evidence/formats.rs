//! `cargo xtask evidence formats`: what the formats that a desk reads have to show.

use super::{Line, fuzz, is_wanted};
use crate::bench::{self, Figures, Ratio};
use crate::failure::Outcome;
use crate::{checks, vectors};

/// Everything was run, printed and written down; nothing is short.
pub(crate) fn formats(sections: &[&str]) -> Outcome {
    let mut lines = Vec::new();
    if is_wanted(sections, "vectors") {
        lines.extend(match vectors::ran() {
            Ok((figures, _ok)) => of_vectors(&figures),
            Err(failure) => vec![Line::of("vectors of others", "they run", Err(failure))],
        });
    }
    if is_wanted(sections, "checks") {
        lines.push(match checks::ran() {
            Ok((figures, _ok)) => of_checks(&figures),
            Err(failure) => Line::of(CHECKS, "it is printed", Err(failure)),
        });
    }
    if is_wanted(sections, "bench") {
        lines.extend(walks());
    }
    if is_wanted(sections, "fuzz") {
        lines.extend(fuzz::format_lines());
    }
    super::finish("formats", sections, &lines)
}

/// What the walk of each format costs beside its signature checks.
fn walks() -> Vec<Line> {
    let line = |ratio: &Ratio| {
        Line::new(
            format!("bench walk, {}", ratio.name),
            format!("{:.2} times its signature checks", ratio.figure),
            &format!("at most {}", ratio.bar),
            ratio.figure <= ratio.bar,
        )
    };
    match bench::walk() {
        Ok(ratios) => ratios.iter().map(line).collect(),
        Err(failure) => vec![Line::of("bench walk", "it runs", Err(failure))],
    }
}

/// The folders that something is known of, at least: with fewer, one was not run.
const FOLDERS: usize = 10;

fn of_vectors(figures: &Figures) -> Vec<Line> {
    let folders: Vec<&str> = figures
        .keys()
        .filter_map(|name| name.strip_prefix("vectors.")?.strip_suffix(".files"))
        .collect();
    let mut lines = vec![Line::new(
        "folders of vectors of others",
        folders.len().to_string(),
        &format!("at least {FOLDERS}"),
        folders.len() >= FOLDERS,
    )];
    lines.extend(folders.iter().map(|folder| folder_line(figures, folder)));
    lines.extend(
        folders
            .iter()
            .filter_map(|folder| picture_line(figures, folder)),
    );
    lines
}

const CHECKS: &str = "formats × checks, by vectors";

fn of_checks(figures: &Figures) -> Line {
    let of = |what: &str| {
        figures
            .get(&format!("checks.{what}"))
            .copied()
            .unwrap_or(f64::NAN)
    };
    let (proven, missing) = (of("proven"), of("missing"));
    Line::new(
        CHECKS,
        format!(
            "{proven} cells proven, {} that cannot be, {missing} missing",
            of("cannot_be")
        ),
        "none missing",
        proven > 0.0 && missing == 0.0,
    )
}

/// What was not measured is not a number, and short of every bar.
fn of(figures: &Figures, folder: &str, what: &str) -> f64 {
    let name = format!("vectors.{folder}.{what}");
    figures.get(&name).copied().unwrap_or(f64::NAN)
}

fn folder_line(figures: &Figures, folder: &str) -> Line {
    let of = |what| of(figures, folder, what);
    let (compared, agreed, otherwise) = (of("compared"), of("agreed"), of("deviations"));
    let unexplained = of("unexplained");
    Line::new(
        format!("vectors of others, {folder}"),
        format!(
            "{} files, {compared} statements: {agreed} as published, {otherwise} otherwise for a \
             written reason, {unexplained} unexplained",
            of("files")
        ),
        "none unexplained, no unexpected pass",
        unexplained == 0.0 && compared > 0.0 && agreed + otherwise == compared,
    )
}

fn picture_line(figures: &Figures, folder: &str) -> Option<Line> {
    let of = |what| of(figures, folder, what);
    let there = of("pictures");
    if there.is_nan() {
        return None;
    }
    let (read, agreed, walked) = (
        of("pictures_read"),
        of("pictures_agreed"),
        of("pictures_walked"),
    );
    Some(Line::new(
        format!("pictures of {folder}, through scanner and walk"),
        format!(
            "{read} of {there} read ({:.1} %), {agreed} as published; {walked} walked, as the text",
            100.0 * read / there
        ),
        "each read or not as published, each read one then as its text",
        agreed == there && walked == read,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(pairs: &[(&str, f64)]) -> Figures {
        let named = pairs
            .iter()
            .map(|(what, value)| (format!("vectors.a/b.{what}"), *value));
        named.collect()
    }

    fn ok(pairs: &[(&str, f64)]) -> Vec<bool> {
        let lines = of_vectors(&figures(pairs));
        lines.iter().skip(1).map(|line| line.ok).collect()
    }

    const FOLDER: [(&str, f64); 5] = [
        ("files", 3.0),
        ("compared", 9.0),
        ("agreed", 7.0),
        ("deviations", 2.0),
        ("unexplained", 0.0),
    ];

    #[test]
    fn what_is_unexplained_or_was_not_run_is_short() {
        assert_eq!(ok(&FOLDER), [true]);
        assert_eq!(ok(&FOLDER[..4]), [false]);
        let mut one = FOLDER;
        one[4].1 = 1.0;
        assert_eq!(ok(&one), [false]);
        assert!(!of_vectors(&Figures::new())[0].ok);
    }

    #[test]
    fn a_check_that_nothing_proves_is_short() {
        let with = |missing: f64| {
            let figures = [("proven", 37.0), ("cannot_be", 11.0), ("missing", missing)];
            let named = figures.map(|(what, value)| (format!("checks.{what}"), value));
            of_checks(&named.into_iter().collect())
        };
        assert!(with(0.0).ok && !with(1.0).ok && !of_checks(&Figures::new()).ok);
        let line = with(0.0);
        assert_eq!(line.figure, "37 cells proven, 11 that cannot be, 0 missing");
    }

    #[test]
    fn a_picture_that_is_not_read_as_published_is_short() {
        let with = |agreed: f64, walked: f64| {
            let pictures = [
                ("pictures", 4.0),
                ("pictures_read", 3.0),
                ("pictures_agreed", agreed),
                ("pictures_walked", walked),
            ];
            ok(&[&FOLDER[..], &pictures].concat())[1]
        };
        assert!(with(4.0, 3.0));
        assert!(!with(3.0, 3.0) && !with(4.0, 2.0));
    }
}
