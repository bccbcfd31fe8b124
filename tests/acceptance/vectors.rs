//! Every vector of `tests/vectors`: outcome and reason are what the case says, to the letter.

use hwagin_tests::{mint, vector};
use hwagin_verifier::{Hint, Reason};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_vector_gets_the_outcome_and_the_reason_of_its_case() {
    let vectors = vector::all(&vector::folder());
    assert!(vectors.len() > 200, "only {} vectors", vectors.len());
    let mut wrong = Vec::new();
    for vector in &vectors {
        wrong.extend(
            vector
                .differences()
                .iter()
                .map(|d| format!("{}: {d}", vector.name)),
        );
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        vectors.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_reason_has_a_vector() {
    let vectors = vector::all(&vector::folder());
    let has = |reason: &&Reason| {
        vectors
            .iter()
            .any(|vector| vector.reason() == Some(**reason))
    };
    let missing: Vec<_> = Reason::ALL
        .iter()
        .filter(|r| !has(r))
        .map(|r| r.code())
        .collect();
    assert!(missing.is_empty(), "no vector for {}", missing.join(", "));
}

#[test]
fn every_hint_has_a_vector() {
    let vectors = vector::all(&vector::folder());
    for hint in Hint::ALL {
        let code = format!("hint.{}", hint.code());
        assert!(
            vectors.iter().any(|vector| vector.case.expect == code),
            "no vector for {code}"
        );
    }
}

#[test]
fn every_caution_has_a_vector() {
    let vectors = vector::all(&vector::folder());
    for caution in hwagin_verifier::verdict::Caution::ALL {
        let code = caution.code().to_owned();
        assert!(
            vectors.iter().any(|v| v.case.cautions.contains(&code)),
            "no vector for {code}"
        );
    }
}

/// Every file below `folder`, by its path in it.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_vectors_are_what_the_program_mints() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("vectors");
    mint::write_into(&folder).unwrap();
    let (minted, kept) = (files(&folder), files(&vector::folder()));
    let names = |files: &[(PathBuf, Vec<u8>)]| -> Vec<PathBuf> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&minted), names(&kept));
    for ((name, minted), (_, kept)) in minted.iter().zip(&kept) {
        assert!(
            minted == kept,
            "{} is another now: cargo xtask mint",
            name.display()
        );
    }
}
