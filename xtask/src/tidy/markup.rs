//! Nothing in the window turns data into markup.

use super::{Finding, Source};

/// The ways to do it in Svelte and in the DOM.
const WAYS: [&str; 5] = [
    concat!("{@", "html"),
    concat!("inner", "HTML"),
    concat!("outer", "HTML"),
    concat!("insertAdjacent", "HTML"),
    concat!("document", ".write"),
];

pub(super) fn unescaped(sources: &[Source]) -> Vec<Finding> {
    let is_meant = |source: &&Source| {
        source.is_below(&["ui/src/"])
            && source.ends_in(&["svelte", "ts", "js"])
            && !source.path.ends_with(".test.ts")
    };
    let of = |source: &Source| -> Vec<Finding> {
        let find = |way: &&str| {
            let what = format!("`{way}` shows data as markup");
            source
                .text
                .match_indices(*way)
                .map(|(at, _)| source.at(at, what.clone()))
                .collect()
        };
        WAYS.iter()
            .flat_map(|way| -> Vec<Finding> { find(way) })
            .collect()
    };
    sources.iter().filter(is_meant).flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    #[test]
    fn finds_each_way() {
        for way in WAYS {
            let text = format!("<p>\n{way} name}}</p>");
            let findings = unescaped(&planted("ui/src/lib/Verdict.svelte", &text));
            assert_eq!(findings.len(), 1, "{way}");
            assert_eq!(findings[0].line, 2);
        }
    }

    #[test]
    fn a_test_may_read_markup() {
        assert!(unescaped(&planted("ui/src/lib/Verdict.test.ts", WAYS[1])).is_empty());
    }
}
