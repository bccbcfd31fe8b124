//! The house rules that no compiler knows, as checks over the text of this project.
//!
//! A rule is a function from the sources to its findings. Each has a test that plants a violation:
//! a check that cannot fail guards nothing.

mod dependencies;
mod markup;
mod reasons;
mod rust;
mod sentences;
mod walls;
mod writing;

use std::fmt;
use std::fs;

use crate::failure::{Failure, Outcome};
use crate::tree;

pub(crate) use reasons::codes as reason_codes;

/// A text file, by its path from the root with `/` between.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A place where a rule does not hold.
#[derive(Debug, PartialEq)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

type Rule = fn(&[Source]) -> Vec<Finding>;

/// Every rule under its name.
const RULES: [(&str, Rule); 9] = [
    (
        "every reason has a sentence in every language",
        reasons::without_sentence,
    ),
    ("no human sentence in Rust", sentences::in_rust),
    ("no markup from data", markup::unescaped),
    ("nothing unfinished", writing::unfinished),
    ("no file too long to read", writing::too_long),
    ("no path of one machine", writing::machine_paths),
    ("no unsafe", walls::unsafe_code),
    ("nothing listens, nothing connects", walls::sockets),
    ("the verifier stands on its list", dependencies::of_verifier),
];

/// Every rule holds for this project.
pub(crate) fn check() -> Outcome {
    let sources = sources()?;
    let mut broken = 0;
    for (name, rule) in RULES {
        let findings = rule(&sources);
        println!(
            "tidy: {name}: {}",
            if findings.is_empty() { "ok" } else { "BROKEN" }
        );
        for finding in &findings {
            println!("  {finding}");
        }
        broken += findings.len();
    }
    if broken == 0 {
        Ok(())
    } else {
        Err(Failure::new(format!("tidy: {broken} findings")))
    }
}

/// The text files of this project.
pub(crate) fn sources() -> Outcome<Vec<Source>> {
    let root = tree::root();
    let read = |path: String| {
        // What is not UTF-8 is a picture, a certificate or a font.
        let text = fs::read_to_string(root.join(&path)).ok()?;
        Some(Source { path, text })
    };
    Ok(tree::files_below(&root)?
        .into_iter()
        .filter_map(read)
        .collect())
}

impl Source {
    fn is_below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    fn ends_in(&self, endings: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_stem, ending)| endings.contains(&ending))
    }

    /// A finding at that byte of the text.
    fn at(&self, byte: usize, what: impl Into<String>) -> Finding {
        let before = self.text.bytes().take(byte).filter(|b| *b == b'\n').count();
        Finding {
            path: self.path.clone(),
            line: before + 1,
            what: what.into(),
        }
    }
}

#[cfg(test)]
fn planted(path: &str, text: &str) -> Vec<Source> {
    vec![Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_project_is_tidy() {
        let sources = sources().unwrap();
        assert!(sources.len() > 50, "the sources were not found");
        let broken: Vec<String> = RULES
            .iter()
            .flat_map(|(name, rule)| {
                rule(&sources)
                    .into_iter()
                    .map(move |at| format!("{name}: {at}"))
            })
            .collect();
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn names_the_line_of_a_finding() {
        let source = planted("a.rs", "one\ntwo\nthree").remove(0);
        assert_eq!(source.at(4, "x").to_string(), "a.rs:2: x");
    }
}
