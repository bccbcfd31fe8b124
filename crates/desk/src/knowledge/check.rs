//! Whether a data file that somebody is writing can be used.

use serde::Deserialize;

use super::problem::{Problem, ProblemCode};
use super::toml_file::Source;
use super::{Knowledge, card_file, narrowing, purpose_file, table_file};

/// What a sound file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// `purpose`, `card` or `table`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
}

/// What tells the kinds apart: a card has claims, a table rows, and a purpose the rest.
#[derive(Deserialize)]
struct Telling {
    claim: Option<toml::Value>,
    row: Option<toml::Value>,
}

impl Knowledge {
    /// What this file is to a desk that knows all this. One of the site's has to narrow the purpose of
    /// its id here.
    ///
    /// # Errors
    /// The first problem in it, with its line.
    pub fn check(&self, name: &str, bytes: &[u8], is_site: bool) -> Result<Checked, Problem> {
        let source = Source::new(name, bytes)?;
        let telling: Telling = toml::from_str(source.text).unwrap_or(Telling {
            claim: None,
            row: None,
        });
        if telling.claim.is_some() {
            let id = card_file::read(&source)?.card.id;
            return Ok(Checked { kind: "card", id });
        }
        if telling.row.is_some() {
            let id = table_file::read(&source)?.id;
            return Ok(Checked { kind: "table", id });
        }
        let purpose = purpose_file::read(&source, &self.cards, &self.tables)?;
        let id = purpose.id.clone();
        if is_site {
            let line = Some(purpose.line);
            let base = self.purpose(&id);
            let base =
                base.ok_or_else(|| Problem::new(name, line, ProblemCode::NothingToNarrow))?;
            if let Some(code) = narrowing::widens(base, &purpose) {
                return Err(Problem::new(name, line, code));
            }
        }
        Ok(Checked {
            kind: "purpose",
            id,
        })
    }
}
