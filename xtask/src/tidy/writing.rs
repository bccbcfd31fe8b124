//! How files are written, whatever is in them.

use super::{Finding, Source};
use crate::tree;

/// Lines that a reader takes in at one sitting.
const LONGEST: usize = 400;

const WRITTEN: [&str; 6] = ["rs", "ts", "svelte", "js", "css", "html"];

/// Marks of work that was put off.
const MARKS: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("X", "XX"),
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
];

pub(super) fn unfinished(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.ends_in(&WRITTEN)) {
        for mark in MARKS {
            for (at, _) in source.text.match_indices(mark) {
                if stands_alone(&source.text, at, mark.len()) {
                    findings.push(source.at(at, format!("`{mark}`: finish it or file it")));
                }
            }
        }
    }
    findings
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + length..).and_then(|text| text.chars().next());
    let is_call = text
        .get(at..at + length)
        .is_some_and(|mark| mark.ends_with('!'));
    !is_part(before) && (is_call || !is_part(after))
}

pub(super) fn too_long(sources: &[Source]) -> Vec<Finding> {
    sources
        .iter()
        .filter(|source| source.ends_in(&WRITTEN) && !source.is_below(&["ui/src/lib/ipc/"]))
        .filter_map(|source| {
            let lines = source.text.lines().count();
            let what = format!("{lines} lines, more than {LONGEST}");
            (lines > LONGEST).then(|| source.at(source.text.len(), what))
        })
        .collect()
}

pub(super) fn machine_paths(sources: &[Source]) -> Vec<Finding> {
    let here = tree::root().display().to_string();
    let mut findings = Vec::new();
    for source in sources {
        for folder in [here.as_str(), "/home/", "/Users/", "/root/", "\\Users\\"] {
            for (at, _) in source.text.match_indices(folder) {
                let after = source.text.get(at + folder.len()..).unwrap_or_default();
                if folder == here || after.starts_with(char::is_alphanumeric) {
                    findings.push(source.at(at, "a path of one machine"));
                }
            }
        }
        if source.path.ends_with("package-lock.json") {
            findings.extend(other_registries(source));
        }
    }
    findings
}

fn other_registries(source: &Source) -> Vec<Finding> {
    const RESOLVED: &str = "\"resolved\": \"";
    source
        .text
        .match_indices(RESOLVED)
        .filter(|(at, start)| {
            let place = source.text.get(at + start.len()..).unwrap_or_default();
            place.starts_with("http") && !place.starts_with("https://registry.npmjs.org/")
        })
        .map(|(at, _)| source.at(at, "a registry that others cannot reach"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    #[test]
    fn finds_each_mark_of_unfinished_work() {
        for mark in MARKS {
            let text = format!("fn a() {{\n    // {mark}: later\n}}");
            assert_eq!(unfinished(&planted("a.rs", &text)).len(), 1, "{mark}");
            assert!(unfinished(&planted("a.rs", &format!("const A{mark}: u8 = 0;"))).is_empty());
        }
    }

    #[test]
    fn finds_a_file_of_one_line_too_many() {
        let text = "a\n".repeat(LONGEST);
        assert!(too_long(&planted("a.ts", &text)).is_empty());
        assert_eq!(too_long(&planted("a.ts", &format!("{text}a\n"))).len(), 1);
    }

    #[test]
    fn finds_paths_of_this_and_other_machines() {
        let here = tree::root().join("target").display().to_string();
        let theirs = concat!("/ho", "me/someone/x");
        for path in [&*here, theirs] {
            assert_eq!(
                machine_paths(&planted("docs/a.md", path)).len(),
                1,
                "{path}"
            );
        }
        assert!(machine_paths(&planted("docs/a.md", "ui/src/lib and /home/*/")).is_empty());
    }

    #[test]
    fn finds_a_lock_file_made_elsewhere() {
        let line = |host| format!("\"resolved\": \"https://{host}/a/-/a-1.0.0.tgz\"");
        let found = |host| machine_paths(&planted("ui/package-lock.json", &line(host))).len();
        assert_eq!(found("npm.example.org"), 1);
        assert_eq!(found("registry.npmjs.org"), 0);
    }
}
