//! The knowledge of a site: its own files, laid over those of the program.

use std::path::{Path, PathBuf};

use hwagin_verifier::status::ListFlaw;
use hwagin_verifier::trust::KeyUse;
use hwagin_verifier::{At, CalendarDate, Statuses, Trust, UnixTime};

use super::built_in::{self, Embedded};
use super::card_file::{self, KnownCard};
use super::folder::{self, Found};
use super::problem::{Problem, ProblemCode};
use super::purpose_file::{self, KnownPurpose};
use super::roots::{Realm, Roots};
use super::shelf::Shelf;
use super::table_file::{self, KnownTable};
use super::toml_file::Source;
use super::{Sources, anchors_file, health_file, narrowing, vicals};

/// What the names of certificates end in.
pub(super) const CERTIFICATES: [&str; 4] = ["pem", "der", "crt", "cer"];

/// What the names of files with keys end in, beside those of certificates.
const KEYS: [&str; 3] = ["json", "jwk", "cose"];

/// The cards of the program, with those of the site in their place by id.
pub(super) fn cards(shelf: &Shelf<'_>, problems: &mut Vec<Problem>) -> Vec<KnownCard> {
    let read = |source: &Source<'_>| card_file::read(source);
    let mut cards = of_program(&built_in::CARDS, read, problems);
    let same = |a: &KnownCard, b: &KnownCard| a.card.id == b.card.id;
    let also = |a: &KnownCard, b: &KnownCard| a.card.doc_type == b.card.doc_type;
    let own = of_site(shelf, "cards", read, problems);
    lay_over(&mut cards, own, |card| card.line, same, also, problems);
    cards
}

/// The tables of the program, with those of the site in their place by id.
pub(super) fn tables(shelf: &Shelf<'_>, problems: &mut Vec<Problem>) -> Vec<KnownTable> {
    let read = |source: &Source<'_>| table_file::read(source);
    let mut tables = of_program(&built_in::TABLES, read, problems);
    let same = |a: &KnownTable, b: &KnownTable| a.id == b.id;
    let own = of_site(shelf, "tables", read, problems);
    lay_over(
        &mut tables,
        own,
        |table| table.line,
        same,
        |_, _| false,
        problems,
    );
    tables
}

/// The purposes of the program, with those of the site in their place by id.
pub(super) fn purposes(
    shelf: &Shelf<'_>,
    cards: &[KnownCard],
    tables: &[KnownTable],
    problems: &mut Vec<Problem>,
) -> Vec<KnownPurpose> {
    let read = |source: &Source<'_>| purpose_file::read(source, cards, tables);
    let own = of_site(shelf, "purposes", read, problems);
    // The site's cards may leave a purpose of the program without a card that it names.
    let mut purposes = of_program(&built_in::PURPOSES, read, problems);
    let same = |a: &KnownPurpose, b: &KnownPurpose| a.id == b.id;
    lay_over(
        &mut purposes,
        own,
        |purpose| purpose.line,
        same,
        |_, _| false,
        problems,
    );
    let narrower = of_site(shelf, "site-purposes", read, problems);
    narrowing::lay_over(&mut purposes, narrower, problems);
    purposes
}

fn of_program<T>(
    files: &[Embedded],
    read: impl Fn(&Source<'_>) -> Result<T, Problem>,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    let mut all = Vec::new();
    for file in files {
        match Source::new(file.name, file.bytes).and_then(|source| read(&source)) {
            Ok(one) => all.push(one),
            Err(problem) => problems.push(problem),
        }
    }
    all
}

fn of_site<T>(
    shelf: &Shelf<'_>,
    under: &str,
    read: impl Fn(&Source<'_>) -> Result<T, Problem>,
    problems: &mut Vec<Problem>,
) -> Vec<(String, T)> {
    let mut all = Vec::new();
    for Found { name, bytes } in shelf.files(under, &["toml"], problems) {
        match Source::new(&name, &bytes).and_then(|source| read(&source)) {
            Ok(one) => all.push((name.clone(), one)),
            Err(problem) => problems.push(problem),
        }
    }
    all
}

/// Puts each of the site's in the place of the `same` one of the program, else behind the others.
/// Of two that the site has itself, and of two that may not stand beside each other, the later is
/// left out.
fn lay_over<T>(
    all: &mut Vec<T>,
    own: Vec<(String, T)>,
    line: impl Fn(&T) -> u32,
    same: impl Fn(&T, &T) -> bool,
    clash: impl Fn(&T, &T) -> bool,
    problems: &mut Vec<Problem>,
) {
    let mut taken: Vec<usize> = Vec::new();
    for (file, one) in own {
        let place = all.iter().position(|known| same(known, &one));
        let clashes = |(at, known): (usize, &T)| Some(at) != place && clash(known, &one);
        if place.is_some_and(|at| taken.contains(&at)) || all.iter().enumerate().any(clashes) {
            problems.push(Problem::new(file, Some(line(&one)), ProblemCode::Duplicate));
            continue;
        }
        let at = place.unwrap_or(all.len());
        taken.push(at);
        match all.get_mut(at) {
            Some(known) => *known = one,
            None => all.push(one),
        }
    }
}

/// The roots of the folder that a terminal named, for every card; `None` where it named none.
pub(super) fn named_roots(
    sources: &Sources,
    cards: &[KnownCard],
    at: At,
    problems: &mut Vec<Problem>,
) -> Option<Roots> {
    let folder = sources.anchors.as_ref()?;
    let mut roots = Roots::production();
    let doc_types: Vec<_> = cards
        .iter()
        .map(|card| card.card.doc_type.clone())
        .collect();
    if !folder::exists(folder) {
        problems.push(Problem::new(given(folder), None, ProblemCode::Missing));
    }
    let files = folder::read(folder, "", &CERTIFICATES, problems);
    vicals::add_of_folder(&mut roots, folder, &files, at, problems);
    for Found { name, bytes } in files {
        roots.add_any(&name, &bytes, &doc_types, problems);
    }
    let usage = KeyUse {
        doc_types,
        ..KeyUse::default()
    };
    for Found { name, bytes } in folder::read(folder, "", &KEYS, problems) {
        roots.add_keys(&name, &bytes, &usage, problems);
    }
    roots.as_of = Some(CalendarDate::utc(at.time));
    Some(roots)
}

/// The roots that the manifest on this shelf names.
pub(super) fn roots(shelf: &Shelf<'_>, realm: Realm, at: At, problems: &mut Vec<Problem>) -> Roots {
    let mut roots = Roots::of_realm(realm);
    match shelf.file(anchors_file::MANIFEST) {
        Ok(bytes) => match Source::new(anchors_file::MANIFEST, &bytes) {
            Ok(source) => add_listed(&mut roots, &source, shelf, at, problems),
            Err(problem) => problems.push(problem),
        },
        Err(code) => problems.push(Problem::new(anchors_file::MANIFEST, None, code)),
    }
    roots
}

fn add_listed(
    roots: &mut Roots,
    source: &Source<'_>,
    shelf: &Shelf<'_>,
    at: At,
    problems: &mut Vec<Problem>,
) {
    let Some((as_of, listed, lists)) = anchors_file::read(source, problems) else {
        return;
    };
    roots.as_of = Some(as_of);
    for entry in listed {
        let realm = roots.realm();
        if entry.realm != realm.folder() {
            let code = realm.foreign();
            problems.push(Problem {
                code,
                ..entry.missing
            });
            continue;
        }
        let name = format!("trust-anchors/{}/{}", entry.realm, entry.name);
        match shelf.file(&name) {
            Ok(bytes) => match &entry.key {
                None => roots.add(&name, &bytes, &entry.doc_types, problems),
                Some(usage) => roots.add_keys(&name, &bytes, usage, problems),
            },
            Err(ProblemCode::Missing) => problems.push(entry.missing),
            Err(code) => problems.push(Problem::new(name, None, code)),
        }
    }
    vicals::add_listed(roots, lists, shelf, at, problems);
}

/// Takes the revocation lists on this shelf, and those that were named one by one.
pub(super) fn add_crls(
    roots: &mut Roots,
    shelf: &Shelf<'_>,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) {
    for Found { name, bytes } in lists(shelf, "crl", "crl", &sources.crls, problems) {
        roots.add_crl(&name, &bytes, problems);
    }
}

/// Takes the status lists on this shelf, and those that were named one by one.
pub(super) fn add_lists(
    statuses: &mut Statuses,
    trust: &Trust,
    shelf: &Shelf<'_>,
    sources: &Sources,
    at: At,
    problems: &mut Vec<Problem>,
) {
    for Found { name, bytes } in lists(shelf, "status", "cwt", &sources.statuses, problems) {
        match statuses.add(&bytes, None, trust, at) {
            Ok(()) => {}
            Err(ListFlaw::Bad | ListFlaw::Older) => {
                problems.push(Problem::new(name, None, ProblemCode::BadList));
            }
        }
    }
}

/// Takes the revocation batches of health certificates on this shelf.
pub(super) fn add_health_batches(
    statuses: &mut Statuses,
    shelf: &Shelf<'_>,
    problems: &mut Vec<Problem>,
) {
    for Found { name, bytes } in shelf.files("dcc-revocation", &["json"], problems) {
        match health_file::read(&bytes) {
            Some(batch) => statuses.add_health_batch(batch),
            None => problems.push(Problem::new(name, None, ProblemCode::BadList)),
        }
    }
}

fn lists(
    shelf: &Shelf<'_>,
    under: &str,
    extension: &str,
    named: &[PathBuf],
    problems: &mut Vec<Problem>,
) -> Vec<Found> {
    let mut found = shelf.files(under, &[extension], problems);
    for path in named {
        match folder::read_file(path) {
            Ok(bytes) => found.push(Found {
                name: given(path),
                bytes,
            }),
            Err(code) => problems.push(Problem::new(given(path), None, code)),
        }
    }
    found
}

/// The first moment of this day, as far as a day without a time zone has one.
pub(super) fn start_of(day: Option<CalendarDate>) -> Option<UnixTime> {
    let day: jiff::civil::Date = day?.to_iso().parse().ok()?;
    let start = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(UnixTime(start.timestamp().as_second()))
}

/// The last part of a path that somebody typed.
pub(super) fn given(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
