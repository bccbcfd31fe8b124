//! Proofs read from what the tests left behind, from the vectors and from the crate graph.

use std::fs;
use std::time::SystemTime;

use super::Line;
use crate::check::{GRAPHS, banned_crates, bans, wrapped_crates};
use crate::failure::{Outcome, While};
use crate::screen::Picture;
use crate::{shell, test, tidy, tree};

/// The states of the window that the tests take a picture of.
const STATES: [&str; 7] = [
    "ready",
    "scanning",
    "progress",
    "accept",
    "refuse",
    "abstain",
    "no-camera",
];
const LANGUAGES: [&str; 2] = ["ko", "en"];
const THEMES: [&str; 2] = ["light", "dark"];

/// Every state was pictured in every language and theme since `start`, and is not blank.
pub(super) fn screens(start: SystemTime) -> Line {
    let mut names = Vec::new();
    for state in STATES {
        for language in LANGUAGES {
            names.extend(THEMES.map(|theme| format!("{state}-{language}-{theme}.png")));
        }
    }
    let missing: Vec<&String> = names
        .iter()
        .filter(|name| !is_pictured(name, start))
        .collect();
    let figure = match missing.as_slice() {
        [] => format!("{} pictures", names.len()),
        [first, ..] => format!(
            "{} of {} missing or blank, {first} first",
            missing.len(),
            names.len()
        ),
    };
    Line::new(
        "pictures of the window",
        figure,
        "every state, ko and en, light and dark",
        missing.is_empty(),
    )
}

fn is_pictured(name: &str, start: SystemTime) -> bool {
    let file = tree::screens().join(name);
    let is_new = fs::metadata(&file)
        .and_then(|about| about.modified())
        .is_ok_and(|at| at >= start);
    is_new && Picture::read(&file).is_ok_and(|picture| picture.look().is_drawn())
}

/// The leak tests passed, said where they looked, and found the leak that was planted.
pub(super) fn leaks(ran: &[test::Ran]) -> Line {
    let places = noted_places().unwrap_or_default();
    let names: Vec<&String> = ran
        .iter()
        .flat_map(|ran| &ran.passed)
        .filter(|name| name.contains("leak"))
        .collect();
    let planted = names.iter().filter(|name| name.contains("planted")).count();
    for name in &names {
        println!("leak test passed: {name}");
    }
    for place in &places {
        println!("leak test searched: {place}");
    }
    let ok = planted > 0 && names.len() > planted && !places.is_empty();
    let figure = format!(
        "{} tests; searched: {}; planted leaks found: {planted}",
        names.len(),
        places.join(", ")
    );
    Line::new(
        "leaks of a person's data",
        figure,
        "none but those planted, which are found",
        ok,
    )
}

/// The notes of the leak tests: a file a place, what was searched inside.
fn noted_places() -> Outcome<Vec<String>> {
    let folder = tree::target().join("xtask").join(test::LEAKS);
    let mut places = Vec::new();
    for name in tree::files_below(&folder)? {
        let text = fs::read_to_string(folder.join(&name)).while_doing(&name)?;
        places.push(format!("{name} ({})", text.trim()));
    }
    Ok(places)
}

/// Every reason code is the expected one of a vector.
pub(super) fn vectors() -> Line {
    let bar = "none without a vector";
    Line::of(
        "vectors by reason",
        bar,
        tidy::sources().map(|sources| {
            let codes = tidy::reason_codes(&sources);
            let mut missing = 0;
            for code in &codes {
                let folders: Vec<&str> = sources
                    .iter()
                    .filter_map(|source| expects(source, code))
                    .collect();
                missing += usize::from(folders.is_empty());
                println!(
                    "{code}: {}",
                    if folders.is_empty() {
                        "NONE".to_owned()
                    } else {
                        folders.join(" ")
                    }
                );
            }
            let figure = format!("{missing} of {} reasons", codes.len());
            (figure, missing == 0 && !codes.is_empty())
        }),
    )
}

/// The folder of a vector that expects the reason.
fn expects<'a>(source: &'a tidy::Source, code: &str) -> Option<&'a str> {
    let folder = source
        .path
        .strip_prefix("tests/vectors/")?
        .strip_suffix("/case.toml")?;
    let is_it = |line: &str| {
        line.split_once('=').is_some_and(|(key, value)| {
            key.trim() == "expect" && value.trim().trim_matches('"') == code
        })
    };
    source.text.lines().any(is_it).then_some(folder)
}

/// No graph that sees a credential contains an HTTP or TLS client.
pub(super) fn clients() -> Vec<Line> {
    GRAPHS
        .iter()
        .map(|(package, manifest)| {
            let name = format!("network clients under {package}");
            Line::of(
                &name,
                "0, by cargo tree and cargo-deny",
                count(package, manifest),
            )
        })
        .collect()
}

fn count(package: &str, manifest: &str) -> Outcome<(String, bool)> {
    let crates = crates_under(package, &[])?;
    let (banned, wrapped) = (banned_crates()?, wrapped_crates()?);
    let mut found = 0;
    let mut below = String::new();
    for name in crates.iter().filter(|name| banned.contains(name)) {
        let wrappers = wrapped.iter().find(|(wrapped, _)| wrapped == name);
        match wrappers {
            Some((_, wrappers)) if is_below(package, name, wrappers)? => {
                below.push_str(&format!(", {name} below {} alone", wrappers.join(", ")));
            }
            _ => found += 1,
        }
    }
    bans(manifest)?;
    Ok((
        format!("{found} of {} crates{below}", crates.len()),
        found == 0 && is_there(package, &crates),
    ))
}

/// Whether nothing but those crates depends on this one.
fn is_below(package: &str, name: &str, wrappers: &[String]) -> Outcome<bool> {
    let above = crates_under(package, &["--invert", name, "--depth", "1"])?;
    Ok(above
        .iter()
        .all(|above| above == name || wrappers.contains(above)))
}

/// The names of the crates that this package is made of, by `cargo tree` with these words.
fn crates_under(package: &str, words: &[&str]) -> Outcome<Vec<String>> {
    let mut command = shell::cargo();
    command
        .args(["tree", "--package", package, "--edges", "normal,build"])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(words);
    let tree = shell::output(&mut command)?;
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let mut crates: Vec<String> = names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    crates.sort_unstable();
    crates.dedup();
    Ok(crates)
}

/// The one program with a client has one, and nothing of what sees a credential.
pub(super) fn the_one_client() -> Line {
    let package = "hwagin-sync";
    let figure = crates_under(package, &[]).map(|crates| {
        let clients = [String::from("ureq")];
        let found: Vec<&str> = crates
            .iter()
            .filter(|name| clients.contains(name))
            .map(|name| &**name)
            .collect();
        let ours = crates.iter().filter(|name| name.starts_with("hwagin-"));
        let ours = ours.filter(|name| *name != package).count();
        (
            format!("{}; {ours} of our crates", found.join(", ")),
            !found.is_empty() && ours == 0,
        )
    });
    let name = format!("network clients under {package}");
    Line::of(&name, "at least 1, and none of our other crates", figure)
}

/// An empty tree would have no clients either.
fn is_there(package: &str, crates: &[String]) -> bool {
    crates.iter().any(|name| name == package) && crates.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(text: &str) -> tidy::Source {
        tidy::Source {
            path: "tests/vectors/mdoc/expired/case.toml".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_vector_counts_for_the_reason_it_expects_only() {
        let source = vector("why = \"status.stale is later\"\nexpect = \"validity.expired\"\n");
        assert_eq!(expects(&source, "validity.expired"), Some("mdoc/expired"));
        assert_eq!(expects(&source, "status.stale"), None);
    }

    #[test]
    fn no_notes_and_no_planted_leak_are_short() {
        assert!(!leaks(&[]).ok);
    }

    #[test]
    fn a_picture_from_before_does_not_count() {
        assert!(!is_pictured("no-such-state.png", SystemTime::UNIX_EPOCH));
    }
}
