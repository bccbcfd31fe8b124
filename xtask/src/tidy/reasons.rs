//! Every reason code of the verifier has a sentence in every language of the window.

use std::collections::BTreeMap;

use super::rust::Rust;
use super::{Finding, Source};

const TABLE: &str = "crates/verifier/src/reason.rs";
const LANGUAGES: &str = "ui/src/lib/i18n/";

/// The languages that are complete, always.
const ALWAYS: [&str; 2] = ["en", "ko"];

/// The codes in the verifier's table, in its order.
pub(crate) fn codes(sources: &[Source]) -> Vec<String> {
    let Some(table) = sources.iter().find(|source| source.path == TABLE) else {
        return Vec::new();
    };
    let rust = Rust::read(&table.text);
    let tests = rust.items_marked("#[cfg(test)]");
    let is_tested = |at: usize| tests.iter().any(|(from, to)| (*from..*to).contains(&at));
    let mut codes = Vec::new();
    for (at, text) in &rust.literals {
        if is_code(text) && !is_tested(*at) && !codes.contains(text) {
            codes.push(text.clone());
        }
    }
    codes
}

/// `stage.what`
fn is_code(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    text.split_once('.')
        .is_some_and(|(stage, what)| is_word(stage) && is_word(what))
}

pub(super) fn without_sentence(sources: &[Source]) -> Vec<Finding> {
    let codes = codes(sources);
    let nowhere = |what: &str, path: &str| Finding {
        path: path.to_owned(),
        line: 1,
        what: what.to_owned(),
    };
    if codes.is_empty() {
        return vec![nowhere("no reason code was found here", TABLE)];
    }
    let mut languages: BTreeMap<&str, String> = ALWAYS
        .iter()
        .map(|language| (*language, String::new()))
        .collect();
    for source in sources {
        if let Some(language) = language(&source.path) {
            languages
                .entry(language)
                .or_default()
                .push_str(&source.text);
        }
    }
    let mut findings = Vec::new();
    for (language, text) in languages {
        for code in &codes {
            if !['"', '\'']
                .iter()
                .any(|quote| text.contains(&format!("{quote}{code}{quote}")))
            {
                findings.push(nowhere(
                    &format!("no sentence for {code} in {language}"),
                    LANGUAGES,
                ));
            }
        }
    }
    findings
}

/// The language of `…/i18n/ko.ts` or `…/i18n/reasons.ko.ts`.
fn language(path: &str) -> Option<&str> {
    let stem = path.strip_prefix(LANGUAGES)?.strip_suffix(".ts")?;
    let last = stem.rsplit(['.', '/']).next()?;
    (last.len() == 2).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    const ROWS: &str = "Stale = \"status.stale\", Abstain;\nExpired = \"validity.expired\", Refuse;\n\
        #[cfg(test)] mod tests { const X: &str = \"not.one\"; }";

    #[test]
    fn finds_a_reason_that_one_language_lacks() {
        let mut sources = planted(TABLE, ROWS);
        sources.extend(planted(
            "ui/src/lib/i18n/reasons.en.ts",
            "\"status.stale\" 'validity.expired'",
        ));
        sources.extend(planted("ui/src/lib/i18n/ko.ts", "\"status.stale\""));
        let findings = without_sentence(&sources);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].what.contains("validity.expired in ko"));
    }

    #[test]
    fn finds_that_a_language_is_gone() {
        assert_eq!(without_sentence(&planted(TABLE, ROWS)).len(), 4);
    }

    #[test]
    fn finds_that_the_table_moved() {
        assert_eq!(without_sentence(&planted("x.rs", ROWS)).len(), 1);
    }
}
