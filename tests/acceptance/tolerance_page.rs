//! docs/tolerance.md says what the vectors say, and docs/checklist.md names nothing that is not
//! there.

use hwagin_tests::vector::{self, Vector};
use std::path::{Path, PathBuf};

/// The head of a table whose rows say what becomes of their vectors.
const HEAD: &str = "| What | Verdict | Why | Vector |";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// Both pages, which name vectors and tests.
fn pages() -> [String; 2] {
    [page("tolerance.md"), page("checklist.md")]
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether it is written as a vector's name: a stage, a slash and a flaw, or the beginning of one
/// and a star.
fn is_name(text: &str) -> bool {
    let is_word = |word: &str| {
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !word.is_empty() && word.chars().all(letter)
    };
    text.split_once('/').is_some_and(|(stage, flaw)| {
        is_word(stage) && is_word(flaw.strip_suffix('*').unwrap_or(flaw))
    })
}

/// The vectors of this name.
fn named<'v>(vectors: &'v [Vector], name: &str) -> Vec<&'v Vector> {
    let fits = |vector: &&Vector| match name.strip_suffix('*') {
        Some(beginning) => vector.name.starts_with(beginning),
        None => vector.name == name,
    };
    vectors.iter().filter(fits).collect()
}

#[test]
fn every_vector_that_the_pages_name_exists() {
    let vectors = vector::all(&vector::folder());
    for page in pages() {
        let names: Vec<_> = quoted(&page).filter(|text| is_name(text)).collect();
        assert!(names.len() > 50, "only {} names", names.len());
        let missing: Vec<_> = names
            .into_iter()
            .filter(|name| named(&vectors, name).is_empty())
            .collect();
        assert!(missing.is_empty(), "no such vector: {missing:?}");
    }
}

/// Every source file in Rust below `folder`, one after the other.
fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_test_that_the_pages_name_exists() {
    let mut code = String::new();
    for folder in ["crates", "tests/acceptance"] {
        sources(&root().join(folder), &mut code);
    }
    // A test's name is a sentence, and nothing else that is named here is.
    let is_sentence = |text: &&str| {
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        text.matches('_').count() > 3 && text.chars().all(letter)
    };
    for page in pages() {
        let missing: Vec<_> = quoted(&page)
            .filter(is_sentence)
            .filter(|name| !code.contains(&format!("fn {name}()")))
            .collect();
        assert!(missing.is_empty(), "no such test: {missing:?}");
    }
}

#[test]
fn every_row_has_vectors_and_they_get_its_verdict() {
    let (page, vectors) = (page("tolerance.md"), vector::all(&vector::folder()));
    let mut wrong = Vec::new();
    for table in page.split(HEAD).skip(1) {
        let rows = table
            .lines()
            .skip(2)
            .take_while(|line| line.starts_with('|'));
        for row in rows {
            let cells: Vec<_> = row.trim_matches('|').split('|').collect();
            let [_, verdict, _, names] = cells.as_slice() else {
                panic!("not four cells: {row}");
            };
            let verdict = quoted(verdict).next().unwrap_or_default();
            let found: Vec<_> = quoted(names)
                .flat_map(|name| named(&vectors, name))
                .collect();
            let gets = |vector: &&Vector| {
                let case = &vector.case;
                case.expect == verdict || case.cautions.iter().any(|caution| caution == verdict)
            };
            if found.is_empty() || !found.iter().all(gets) {
                wrong.push(row);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
