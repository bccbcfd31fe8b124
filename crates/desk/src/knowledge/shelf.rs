//! Where the files of a desk's knowledge lie: in a bundle, or in a folder of parts that nobody has
//! signed, which only a terminal takes.

use std::cell::Cell;
use std::path::Path;

use super::folder::{self, Found};
use super::problem::{Problem, ProblemCode};
use crate::bundle::{Bundle, BundleFlaw, target_name};

/// Files by their paths in a site's data.
pub(super) enum Shelf<'a> {
    /// There are none.
    Empty,
    /// A folder of parts.
    Folder(&'a Path),
    /// A bundle, and what was found to be wrong with it while it was read.
    Bundle(&'a Bundle, Cell<Option<BundleFlaw>>),
}

impl<'a> Shelf<'a> {
    pub(super) fn of_bundle(bundle: &'a Bundle) -> Self {
        Self::Bundle(bundle, Cell::new(None))
    }

    /// The files under this folder with one of these endings, in the order of their names.
    pub(super) fn files(
        &self,
        under: &str,
        extensions: &[&str],
        problems: &mut Vec<Problem>,
    ) -> Vec<Found> {
        match self {
            Self::Empty => Vec::new(),
            Self::Folder(folder) => folder::read(folder, under, extensions, problems),
            Self::Bundle(bundle, _) => {
                let Some(beginning) = target_name(&format!("{under}/x")) else {
                    return Vec::new();
                };
                let beginning = beginning.trim_end_matches('x');
                let ends = |name: &str| {
                    extensions.iter().any(|ending| {
                        let rest = name.strip_suffix(ending);
                        rest.is_some_and(|rest| rest.ends_with('.'))
                    })
                };
                let names = bundle.files().keys();
                let names = names.filter(|name| name.starts_with(beginning) && ends(name));
                names
                    .filter_map(|name| {
                        let bytes = self.target(name)?;
                        let rest = name.strip_prefix(beginning)?;
                        Some(Found {
                            name: format!("{under}/{rest}"),
                            bytes,
                        })
                    })
                    .collect()
            }
        }
    }

    /// The bytes of the file with this path.
    pub(super) fn file(&self, path: &str) -> Result<Vec<u8>, ProblemCode> {
        match self {
            Self::Empty => Err(ProblemCode::Missing),
            Self::Folder(folder) => folder::read_file(&folder.join(path)),
            Self::Bundle(bundle, _) => {
                let name = target_name(path).ok_or(ProblemCode::Missing)?;
                if !bundle.files().contains_key(&name) {
                    return Err(ProblemCode::Missing);
                }
                self.target(&name).ok_or(ProblemCode::Unreadable)
            }
        }
    }

    /// Why this bundle may not be in force after all: a file was not what was signed.
    pub(super) fn flaw(&self) -> Option<BundleFlaw> {
        match self {
            Self::Bundle(_, flaw) => flaw.get(),
            Self::Empty | Self::Folder(_) => None,
        }
    }

    fn target(&self, name: &str) -> Option<Vec<u8>> {
        let Self::Bundle(bundle, found) = self else {
            return None;
        };
        match bundle.read(name) {
            Ok(bytes) => Some(bytes),
            Err(flaw) => {
                found.set(Some(flaw));
                None
            }
        }
    }
}
