//! Only stable codes cross from Rust to the window; sentences live in its language files.
//!
//! A sentence is told from a code or a name by its words: four or more in a row of plain letters,
//! or two with Hangul. Text for the developer is not meant: comments, tests, the reason of a lint, what the compiler
//! is told to say.
//! The message of an error type is meant: it is one `format!` away from a person, so such a message
//! is a code or a few words.

use super::rust::Rust;
use super::{Finding, Source};

/// What the window is made from. The command line has its own words, and training its own names.
const SCOPE: [&str; 4] = [
    "crates/scanner/src/",
    "crates/verifier/src/",
    "crates/desk/src/",
    "src-tauri/src/",
];

pub(super) fn in_rust(sources: &[Source]) -> Vec<Finding> {
    let is_meant = |source: &&Source| {
        source.ends_in(&["rs"]) && source.is_below(&SCOPE) && !source.path.ends_with("/tests.rs")
    };
    sources.iter().filter(is_meant).flat_map(of).collect()
}

fn of(source: &Source) -> Vec<Finding> {
    let rust = Rust::read(&source.text);
    let tests = rust.items_marked("#[cfg(test)]");
    let attributes = rust.attributes();
    let is_for_people = |at: usize| {
        let tested = tests.iter().any(|(from, to)| (*from..*to).contains(&at));
        let noted = attributes
            .iter()
            .any(|(from, to, word)| (*from..*to).contains(&at) && *word != "error");
        let compiler = rust
            .code
            .get(..at)
            .is_some_and(|code| code.ends_with("compile_error!("));
        !tested && !noted && !compiler
    };
    rust.literals
        .iter()
        .filter(|(at, text)| is_sentence(text) && is_for_people(*at))
        .map(|(at, text)| source.at(*at, format!("a sentence: {text:?}")))
        .collect()
}

fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| is_word(word)).count();
    words >= 4 || (words >= 2 && text.chars().any(is_hangul))
}

fn is_word(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| ",.;:!?'\"()\\".contains(letter));
    !bare.is_empty()
        && bare
            .chars()
            .all(|letter| letter.is_alphabetic() || "-'’".contains(letter))
}

fn is_hangul(letter: char) -> bool {
    ('가'..='힣').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    fn found(text: &str) -> usize {
        in_rust(&planted("crates/desk/src/camera.rs", text)).len()
    }

    #[test]
    fn finds_a_sentence() {
        assert_eq!(found("let a = \"The camera could not be opened.\";"), 1);
        assert_eq!(
            found("let a = format!(\"the camera {name} is in use\");"),
            1
        );
        assert_eq!(found("let a = \"카메라를 열 수 없습니다\";"), 1);
    }

    #[test]
    fn finds_a_sentence_in_the_message_of_an_error() {
        assert_eq!(
            found("#[error(\"another program uses the camera\")]\nBusy,"),
            1
        );
    }

    #[test]
    fn leaves_codes_names_and_notes_alone() {
        assert_eq!(
            found("f(\"camera.busy\", \"status list jwt\", \"한국어\", \"default-src 'self'\");"),
            0
        );
        assert_eq!(
            found("// a comment of many plain words\n/// another one, as long as that\nfn f() {}"),
            0
        );
        assert_eq!(
            found("#[expect(clippy::x, reason = \"as the specification has it\")]\nfn f() {}"),
            0
        );
        assert_eq!(
            found("#[cfg(test)]\nmod tests { const A: &str = \"one two three four\"; }"),
            0
        );
    }

    #[test]
    fn leaves_what_only_the_compiler_says_alone() {
        assert_eq!(
            found("compile_error!(\"this crate needs that feature\");"),
            0
        );
    }

    #[test]
    fn the_command_line_has_its_own_words() {
        let text = "let a = \"one two three four\";";
        assert!(in_rust(&planted("crates/cli/src/main.rs", text)).is_empty());
    }
}
