//! `trust-anchors/anchors.toml`: which root certificates count, and for which document types.
//!
//! The folder of a file is its realm: `production/` or `training/`. A certificate that lies in a
//! folder and is not named here does not count.

use hwagin_verifier::CalendarDate;
use serde::Deserialize;
use toml::Spanned;

use super::problem::{Problem, ProblemCode};
use super::toml_file::{Day, Line, Source};
use super::vicals::{self, ListedVical, VicalFile};

/// Where it lies in the desk's data.
pub(super) const MANIFEST: &str = "trust-anchors/anchors.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnchorsFile {
    as_of: Day,
    #[serde(default)]
    anchor: Vec<AnchorFile>,
    #[serde(default)]
    vical: Vec<VicalFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnchorFile {
    file: Spanned<Line>,
    doc_types: Spanned<Vec<Line>>,
}

/// One line of the manifest.
pub(super) struct Listed {
    /// `production` or `training`.
    pub(super) realm: String,
    /// The file in that folder.
    pub(super) name: String,
    pub(super) doc_types: Vec<String>,
    /// What to say if the file is not there.
    pub(super) missing: Problem,
}

/// Realm and file of a path in the manifest.
pub(super) fn place(path: &str) -> Option<(&str, &str)> {
    path.split_once('/').filter(|(realm, name)| {
        matches!(*realm, "production" | "training") && !name.contains(['/', '\\'])
    })
}

/// The date of the manifest, and what it lists. Entries that contradict are problems and left out.
pub(super) fn read(
    source: &Source<'_>,
    problems: &mut Vec<Problem>,
) -> Option<(CalendarDate, Vec<Listed>, Vec<ListedVical>)> {
    let file: AnchorsFile = match source.read() {
        Ok(file) => file,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let mut listed: Vec<Listed> = Vec::new();
    for anchor in file.anchor {
        let span = anchor.file.span();
        let path = anchor.file.into_inner().0;
        let Some((realm, name)) = place(&path) else {
            problems.push(source.problem(&span, ProblemCode::BadValue));
            continue;
        };
        if listed
            .iter()
            .any(|known| known.realm == realm && known.name == name)
        {
            problems.push(source.problem(&span, ProblemCode::Duplicate));
            continue;
        }
        if anchor.doc_types.get_ref().is_empty() {
            problems.push(source.problem(&anchor.doc_types.span(), ProblemCode::BadValue));
            continue;
        }
        listed.push(Listed {
            realm: realm.to_owned(),
            name: name.to_owned(),
            doc_types: anchor
                .doc_types
                .into_inner()
                .into_iter()
                .map(|line| line.0)
                .collect(),
            missing: source.problem(&span, ProblemCode::Missing),
        });
    }
    let lists = vicals::listed(file.vical, source, problems);
    Some((file.as_of.0, listed, lists))
}
