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
use super::roots::Roots;
use super::toml_file::Source;
use super::{Sources, anchors_file, health_file, vicals};

/// What the names of certificates end in.
pub(super) const CERTIFICATES: [&str; 4] = ["pem", "der", "crt", "cer"];

/// What the names of files with keys end in, beside those of certificates.
const KEYS: [&str; 3] = ["json", "jwk", "cose"];

/// The cards of the program, with those of the site in their place by id.
pub(super) fn cards(data: Option<&Path>, problems: &mut Vec<Problem>) -> Vec<KnownCard> {
    let read = |source: &Source<'_>| card_file::read(source);
    let mut cards = of_program(&built_in::CARDS, read, problems);
    let same = |a: &KnownCard, b: &KnownCard| a.card.id == b.card.id;
    let also = |a: &KnownCard, b: &KnownCard| a.card.doc_type == b.card.doc_type;
    let own = of_site(data, "cards", read, problems);
    lay_over(&mut cards, own, |card| card.line, same, also, problems);
    cards
}

/// The purposes of the program, with those of the site in their place by id.
pub(super) fn purposes(
    data: Option<&Path>,
    cards: &[KnownCard],
    problems: &mut Vec<Problem>,
) -> Vec<KnownPurpose> {
    let read = |source: &Source<'_>| purpose_file::read(source, cards);
    let own = of_site(data, "purposes", read, problems);
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
    data: Option<&Path>,
    under: &str,
    read: impl Fn(&Source<'_>) -> Result<T, Problem>,
    problems: &mut Vec<Problem>,
) -> Vec<(String, T)> {
    let Some(data) = data else { return Vec::new() };
    let mut all = Vec::new();
    for Found { name, bytes } in folder::read(data, under, &["toml"], problems) {
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

/// The roots that these sources name; `None` where they name none and the desk is in training.
pub(super) fn roots(
    sources: &Sources,
    cards: &[KnownCard],
    at: At,
    problems: &mut Vec<Problem>,
) -> Option<Roots> {
    if let Some(folder) = &sources.anchors {
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
        return Some(roots);
    }
    let data = sources.data.as_deref()?;
    if !folder::exists(data) {
        // Somebody meant a real desk; training is not what they get.
        problems.push(Problem::new(given(data), None, ProblemCode::Missing));
        return Some(Roots::production());
    }
    if std::fs::symlink_metadata(data.join("trust-anchors")).is_err() {
        return None;
    }
    let mut roots = Roots::production();
    match folder::read_file(&data.join(anchors_file::MANIFEST)) {
        Ok(bytes) => match Source::new(anchors_file::MANIFEST, &bytes) {
            Ok(source) => add_listed(&mut roots, &source, data, at, problems),
            Err(problem) => problems.push(problem),
        },
        Err(code) => problems.push(Problem::new(anchors_file::MANIFEST, None, code)),
    }
    Some(roots)
}

fn add_listed(
    roots: &mut Roots,
    source: &Source<'_>,
    data: &Path,
    at: At,
    problems: &mut Vec<Problem>,
) {
    let Some((as_of, listed, lists)) = anchors_file::read(source, problems) else {
        return;
    };
    roots.as_of = Some(as_of);
    for entry in listed {
        if entry.realm != "production" {
            let code = ProblemCode::TrainingInProduction;
            problems.push(Problem {
                code,
                ..entry.missing
            });
            continue;
        }
        let name = format!("trust-anchors/production/{}", entry.name);
        match folder::read_file(&data.join(&name)) {
            Ok(bytes) => match &entry.key {
                None => roots.add(&name, &bytes, &entry.doc_types, problems),
                Some(usage) => roots.add_keys(&name, &bytes, usage, problems),
            },
            Err(ProblemCode::Missing) => problems.push(entry.missing),
            Err(code) => problems.push(Problem::new(name, None, code)),
        }
    }
    vicals::add_listed(roots, lists, data, at, problems);
}

/// Takes the site's revocation lists, and those that were named one by one. In training the
/// site's own are not read: they are those of real roots.
pub(super) fn add_crls(
    roots: &mut Roots,
    sources: &Sources,
    is_training: bool,
    problems: &mut Vec<Problem>,
) {
    let data = data_of_a_real_desk(sources, is_training);
    for Found { name, bytes } in lists(data, "crl", "crl", &sources.crls, problems) {
        roots.add_crl(&name, &bytes, problems);
    }
}

/// Takes the site's status lists, and those that were named one by one.
pub(super) fn add_lists(
    statuses: &mut Statuses,
    trust: &Trust,
    sources: &Sources,
    is_training: bool,
    at: At,
    problems: &mut Vec<Problem>,
) {
    let data = data_of_a_real_desk(sources, is_training);
    for Found { name, bytes } in lists(data, "status", "cwt", &sources.statuses, problems) {
        match statuses.add(&bytes, None, trust, at) {
            Ok(()) => {}
            Err(ListFlaw::Bad | ListFlaw::Older) => {
                problems.push(Problem::new(name, None, ProblemCode::BadList));
            }
        }
    }
}

/// The site's folder, where its lists count: in training, and beside anchors from elsewhere, they
/// are those of other roots.
fn data_of_a_real_desk(sources: &Sources, is_training: bool) -> Option<&Path> {
    let data = sources.data.as_deref();
    data.filter(|_| !is_training && sources.anchors.is_none())
}

/// Takes the site's revocation batches of health certificates.
pub(super) fn add_health_batches(
    statuses: &mut Statuses,
    sources: &Sources,
    is_training: bool,
    problems: &mut Vec<Problem>,
) {
    let data = data_of_a_real_desk(sources, is_training);
    for Found { name, bytes } in lists(data, "dcc-revocation", "json", &[], problems) {
        match health_file::read(&bytes) {
            Some(batch) => statuses.add_health_batch(batch),
            None => problems.push(Problem::new(name, None, ProblemCode::BadList)),
        }
    }
}

fn lists(
    data: Option<&Path>,
    under: &str,
    extension: &str,
    named: &[PathBuf],
    problems: &mut Vec<Problem>,
) -> Vec<Found> {
    let mut found = match data {
        Some(data) => folder::read(data, under, &[extension], problems),
        None => Vec::new(),
    };
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
fn given(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
