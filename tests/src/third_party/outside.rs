//! Vectors that the verifier's own tests run, through doors that it keeps to itself.

use super::results::{Results, Statement};

/// What those tests said: a line `result FOLDER FILE ABOUT PUBLISHED SAID agrees` or `… differs`
/// for each statement, with tabs between.
#[derive(Default)]
pub struct Outside(Vec<(String, Statement)>);

impl Outside {
    /// What these lines say; other lines are passed over.
    pub fn read(text: &str) -> Self {
        let statement = |line: &str| {
            let mut words = line.trim_start().strip_prefix("result\t")?.split('\t');
            let mut next = || words.next().map(str::to_owned);
            let folder = next()?;
            Some((
                folder,
                Statement {
                    file: next()?,
                    about: next()?,
                    published: next()?,
                    said: next()?,
                    agrees: next()? == "agrees",
                },
            ))
        };
        Self(text.lines().filter_map(statement).collect())
    }

    /// What they say of this folder.
    pub(super) fn of(&self, folder: &str, results: &mut Results) {
        let ours = self.0.iter().filter(|(name, _)| name == folder);
        results
            .0
            .extend(ours.map(|(_, statement)| statement.clone()));
    }
}
