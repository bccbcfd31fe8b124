//! Issuer lists (VICAL), from the manifest or from a folder of certificates.

use std::path::Path;

use hwagin_verifier::At;
use hwagin_verifier::trust::vical::{VicalFlaw, VicalReport};
use hwagin_verifier::trust::{Anchors, Production, valid_until};
use serde::Deserialize;
use toml::Spanned;

use super::anchors_file::place;
use super::folder::{self, Found};
use super::problem::{Problem, ProblemCode};
use super::roots::{Realm, Roots, certificates};
use super::shelf::Shelf;
use super::site::CERTIFICATES;
use super::toml_file::{Line, Source};

/// What the names of issuer lists end in.
const LISTS: [&str; 2] = ["cbor", "vical"];

/// An issuer list in the manifest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VicalFile {
    file: Spanned<Line>,
    root: Spanned<Line>,
}

/// An issuer list, and the certificate that is its signer's or vouches for it.
pub(super) struct ListedVical {
    file: Named,
    root: Named,
}

/// A file of the manifest.
struct Named {
    realm: String,
    name: String,
    /// What to say if it is not there.
    missing: Problem,
}

impl Named {
    fn read(path: &Spanned<Line>, source: &Source<'_>) -> Result<Self, Problem> {
        let span = path.span();
        let Some((realm, name)) = place(&path.get_ref().0) else {
            return Err(source.problem(&span, ProblemCode::BadValue));
        };
        Ok(Self {
            realm: realm.to_owned(),
            name: name.to_owned(),
            missing: source.problem(&span, ProblemCode::Missing),
        })
    }

    /// Its name and bytes, if it belongs to this desk and can be read.
    fn load(self, shelf: &Shelf<'_>, realm: Realm) -> Result<Found, Problem> {
        if self.realm != realm.folder() {
            return Err(Problem {
                code: realm.foreign(),
                ..self.missing
            });
        }
        let name = format!("trust-anchors/{}/{}", self.realm, self.name);
        match shelf.file(&name) {
            Ok(bytes) => Ok(Found { name, bytes }),
            Err(ProblemCode::Missing) => Err(self.missing),
            Err(code) => Err(Problem::new(name, None, code)),
        }
    }
}

/// The issuer lists that the manifest names. Entries that contradict are problems and left out.
pub(super) fn listed(
    files: Vec<VicalFile>,
    source: &Source<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<ListedVical> {
    let mut listed: Vec<ListedVical> = Vec::new();
    for file in files {
        let span = file.file.span();
        let read = Named::read(&file.file, source);
        let read = read.and_then(|named| Ok((named, Named::read(&file.root, source)?)));
        match read {
            Err(problem) => problems.push(problem),
            Ok((file, _))
                if listed.iter().any(|known| {
                    (&known.file.realm, &known.file.name) == (&file.realm, &file.name)
                }) =>
            {
                problems.push(source.problem(&span, ProblemCode::Duplicate));
            }
            Ok((file, root)) => listed.push(ListedVical { file, root }),
        }
    }
    listed
}

/// Takes the issuer lists of the manifest.
pub(super) fn add_listed(
    roots: &mut Roots,
    listed: Vec<ListedVical>,
    shelf: &Shelf<'_>,
    at: At,
    problems: &mut Vec<Problem>,
) {
    for ListedVical { file, root } in listed {
        let realm = roots.realm();
        let read = file.load(shelf, realm);
        match read.and_then(|file| Ok((file, root.load(shelf, realm)?))) {
            Ok((file, root)) => {
                let signers = all_certificates(&[root], problems);
                roots.add_vical(&file, &signers, at, problems);
            }
            Err(problem) => problems.push(problem),
        }
    }
}

/// Takes the issuer lists that lie in a folder beside these files of certificates, one of which has
/// to vouch for the signer of each.
pub(super) fn add_of_folder(
    roots: &mut Roots,
    folder: &Path,
    beside: &[Found],
    at: At,
    problems: &mut Vec<Problem>,
) {
    // What is no certificate is a problem of its own when the roots are read.
    let signers = all_certificates(beside, &mut Vec::new());
    for list in folder::read(folder, "", &LISTS, problems) {
        roots.add_vical(&list, &signers, at, problems);
    }
}

/// What a real desk would say of this issuer list, with the certificates in this folder to vouch
/// for its signer, and what is wrong with the files there.
pub fn report(
    list: &[u8],
    anchors: Option<&Path>,
    at: At,
) -> (Result<VicalReport, VicalFlaw>, Vec<Problem>) {
    let mut problems = Vec::new();
    let files = anchors.map(|anchors| folder::read(anchors, "", &CERTIFICATES, &mut problems));
    let signers = all_certificates(&files.unwrap_or_default(), &mut problems);
    let signers: Vec<&[u8]> = signers.iter().map(Vec::as_slice).collect();
    let report = Anchors::<Production>::new().add_vical(list, &signers, at);
    (report, problems)
}

fn all_certificates(files: &[Found], problems: &mut Vec<Problem>) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for file in files {
        for der in certificates(&file.bytes) {
            match der.filter(|der| valid_until(der).is_some()) {
                Some(der) => all.push(der),
                None => problems.push(Problem::new(&file.name, None, ProblemCode::NotACertificate)),
            }
        }
    }
    all
}
