//! How a name that somebody typed compares with the one that was signed. A hint, never an answer:
//! one name has many spellings, and two people may have one name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// The claims that a name may stand in: family and given name in Latin letters, in the person's own,
/// and whole.
pub(super) const CLAIMS: [[&str; 2]; 3] = [
    ["family_name", "given_name"],
    ["family_name_native", "given_name_native"],
    ["full_name", ""],
];

/// How two names compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NameMatch {
    /// Not all words of the one are in the other.
    Different,
    /// Every word typed is in the name, which has more.
    Part,
    /// The same words, or the same letters, in whatever order of family and given name.
    Same,
}

/// The best that the typed name compares with any spelling of the signed one; `None` where no name was
/// disclosed.
pub(super) fn compare(
    typed: &str,
    claim: impl Fn(&str) -> Option<Zeroizing<String>>,
) -> Option<NameMatch> {
    let typed = words(typed);
    CLAIMS
        .iter()
        .filter_map(|claims| {
            let [first, second] = claims.map(|name| claim(name).map(|text| words(&text)));
            (first.is_some() || second.is_some()).then(|| {
                compare_words(
                    &typed,
                    &first.unwrap_or_default(),
                    &second.unwrap_or_default(),
                )
            })
        })
        .max()
}

type Words = Vec<Zeroizing<String>>;

fn compare_words(typed: &Words, family: &Words, given: &Words) -> NameMatch {
    let joined = |words: &[&Words]| {
        let words = words.iter().copied().flatten();
        super::wiped(words.flat_map(|word| word.chars()))
    };
    let letters = joined(&[typed]);
    let sorted = |words: &[&Words]| {
        let mut words: Words = words.iter().copied().flatten().cloned().collect();
        words.sort_unstable_by(|one, other| one.as_str().cmp(other));
        words
    };
    let is_same = letters == joined(&[family, given])
        || letters == joined(&[given, family])
        || sorted(&[typed]) == sorted(&[family, given]);
    let mut left = sorted(&[family, given]);
    let is_part = letters == joined(&[family])
        || letters == joined(&[given])
        || typed.iter().all(|word| {
            let found = left.iter().position(|known| known == word);
            found.is_some_and(|at| {
                left.remove(at);
                true
            })
        });
    match (is_same, is_part && !typed.is_empty()) {
        (true, _) => NameMatch::Same,
        (false, true) => NameMatch::Part,
        (false, false) => NameMatch::Different,
    }
}

/// The words of a name without case, marks, hyphens and the like.
fn words(text: &str) -> Words {
    let text = super::folded(text.nfkd().filter(|letter| !is_combining_mark(*letter)));
    let words = text.split(|letter: char| letter.is_whitespace() || letter == ',');
    let words = words.map(|word| super::wiped(word.chars().filter(|c| c.is_alphanumeric())));
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(typed: &str) -> NameMatch {
        let claim = |name: &str| {
            let text = match name {
                "family_name" => "GARCÍA-LÓPEZ",
                "given_name" => "Ana María",
                "family_name_native" => "홍",
                "given_name_native" => "길동",
                _ => return None,
            };
            Some(Zeroizing::new(text.to_owned()))
        };
        compare(typed, claim).unwrap()
    }

    #[test]
    fn order_case_spaces_and_marks_do_not_matter() {
        for same in [
            "Garcia-Lopez Ana Maria",
            "ana maría GARCÍA LÓPEZ",
            "GARCIALOPEZ, ANA MARIA",
            "홍길동",
            "홍 길동",
            "길동 홍",
        ] {
            assert_eq!(compared(same), NameMatch::Same, "{same}");
        }
    }

    #[test]
    fn fewer_words_match_in_part_and_others_not_at_all() {
        for part in ["Ana Garcia-Lopez", "ana", "길동", "홍"] {
            assert_eq!(compared(part), NameMatch::Part, "{part}");
        }
        for different in ["Ana Garcia", "Anna Garcia-Lopez", "홍길순", "ana ana", "-"] {
            assert_eq!(compared(different), NameMatch::Different, "{different}");
        }
    }

    #[test]
    fn a_name_that_was_not_shown_compares_with_nothing() {
        assert_eq!(compare("Ana", |_| None), None);
    }
}
