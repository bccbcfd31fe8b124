//! Where we say something else than what was published, and why.

use super::results::Statement;
use serde::Deserialize;

/// One row of `deviations.toml`.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The folder of vectors.
    pub folder: String,
    /// The file, or files: a `*` stands for anything.
    pub files: String,
    /// What the statements are about.
    pub about: String,
    /// What is published of them.
    pub published: String,
    /// What we say of each.
    pub says: String,
    /// Why.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    deviation: Vec<Entry>,
}

/// Every row.
///
/// # Panics
/// Where the table is not as it should be.
pub fn all() -> Vec<Entry> {
    let table: Table = toml::from_str(include_str!("deviations.toml")).unwrap();
    table.deviation
}

impl Entry {
    /// Whether this row is the one for that statement.
    pub(super) fn is_about(&self, statement: &Statement) -> bool {
        self.about == statement.about
            && self.published == statement.published
            && matches(&self.files, &statement.file)
    }
}

/// Whether the name is the pattern, in which a `*` stands for anything.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(rest) = name.strip_prefix(before) else {
        return false;
    };
    (0..=rest.len()).any(|at| rest.is_char_boundary(at) && matches(after, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::super::results::{Report, Results};
    use super::*;

    fn entry(files: &str) -> Entry {
        let text = |text: &str| text.to_owned();
        Entry {
            folder: text("f"),
            files: text(files),
            about: text("verdict"),
            published: text("valid"),
            says: text("refuse"),
            why: text("because"),
        }
    }

    fn unexplained(said: &str, entries: &[Entry]) -> Vec<String> {
        let mut results = Results::default();
        results.same("a/1", "verdict", "valid", said);
        Report::new("f", 1, results, entries).unexplained
    }

    #[test]
    fn a_star_stands_for_anything() {
        assert!(matches("NL/*", "NL/1") && matches("*#*", "a#1") && matches("a*", "a"));
        assert!(!matches("NL/*", "AT/1") && !matches("a", "ab") && !matches("*b", "abc"));
    }

    #[test]
    fn what_nobody_explains_is_named() {
        assert_eq!(unexplained("refuse", &[]).len(), 1);
        assert!(unexplained("valid", &[]).is_empty());
        assert!(unexplained("refuse", &[entry("a/*")]).is_empty());
        assert_eq!(unexplained("abstain", &[entry("a/*")]).len(), 2);
    }

    #[test]
    fn an_unexpected_pass_is_named() {
        let found = unexplained("valid", &[entry("a/1")]);
        assert!(found[0].contains("unexpected pass"), "{found:?}");
    }

    #[test]
    fn an_entry_that_explains_nothing_is_named() {
        let found = unexplained("valid", &[entry("b/*")]);
        assert_eq!(found.len(), 1);
        assert!(
            unexplained(
                "valid",
                &[Entry {
                    folder: "g".to_owned(),
                    ..entry("a/1")
                }]
            )
            .is_empty()
        );
    }

    #[test]
    fn a_missing_file_is_named() {
        let report = Report::new("f", 2, Results::default(), &[]);
        assert_eq!(report.unexplained, ["0 files, not 2"]);
    }
}
