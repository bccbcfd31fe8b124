//! What a desk knows before anybody comes: cards, purposes, whom it trusts, and what was revoked.
//!
//! It comes with the program (training), or from the bundle in the desk's folder ([`crate::bundle`]).
//! A terminal takes a folder of parts that nobody has signed, too, to try them out. By path:
//!
//! ```text
//! cards/*.toml                 replace those of the program by id
//! tables/*.toml                replace those of the program by id
//! purposes/*.toml              replace those of the program by id
//! site-purposes/*.toml         narrow one of those
//! trust-anchors/anchors.toml   names the files in production/, or in training/
//! trust-anchors/production/    roots (*.pem, *.der), keys of issuers (*.json, *.cose, …), issuer
//!                              lists (VICAL)
//! crl/*.crl                    revocation lists of those roots
//! status/*.cwt                 status list tokens under those roots and keys
//! dcc-revocation/*.json        revocation batches of health certificates
//! ```
//!
//! Whatever is wrong with a file, the desk starts: the file is left out and named as a
//! [`Problem`]. A desk that was meant to be a real one never falls back to training: without a whole
//! bundle it trusts nobody and abstains.

mod anchors_file;
mod built_in;
mod card_file;
mod check;
mod folder;
mod health_file;
mod key_file;
mod narrowing;
mod origin;
mod problem;
mod purpose_file;
mod roots;
mod schema;
mod scratch;
mod shelf;
mod site;
mod table_file;
mod toml_file;
mod vicals;

use std::path::{Path, PathBuf};

use hwagin_verifier::{At, BundleTimes, Cards, Replays, Statuses, Trust, UnixTime};

use roots::{Realm, Roots};
use scratch::Scratch;
use shelf::Shelf;

use crate::bundle::{Bundle, Store};

pub use card_file::KnownCard;
pub use check::Checked;
pub use origin::{BundleFacts, Origin};
pub use problem::{Problem, ProblemCode};
pub use purpose_file::{AskKind, Asked, KnownPurpose, Question};
pub use schema::schemas;
pub use table_file::KnownTable;
pub use vicals::report as vical_report;

/// Where a desk's knowledge comes from, beside the program itself.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The desk's folder, with its root of trust and its bundle.
    pub data: Option<PathBuf>,
    /// A folder of parts that nobody has signed: for a terminal, never for a desk at work.
    pub parts: Option<PathBuf>,
    /// A folder of root certificates and issuers' keys that count for every card, and of issuer lists,
    /// in place of all
    /// others.
    pub anchors: Option<PathBuf>,
    /// More revocation lists.
    pub crls: Vec<PathBuf>,
    /// More status list tokens.
    pub statuses: Vec<PathBuf>,
}

/// What a desk knows.
pub struct Knowledge {
    origin: Origin,
    trust: Trust,
    statuses: Statuses,
    cards: Vec<KnownCard>,
    types: Cards,
    tables: Vec<KnownTable>,
    purposes: Vec<KnownPurpose>,
    problems: Vec<Problem>,
    keys_as_of: Option<UnixTime>,
    minted: Option<UnixTime>,
}

impl Knowledge {
    /// Everything that could be read at this moment.
    #[must_use]
    pub fn load(sources: &Sources, at: At) -> Self {
        let mut problems = Vec::new();
        let Some(data) = &sources.data else {
            return match &sources.parts {
                Some(parts) => Self::of_parts(parts, sources, at),
                None => {
                    Self::of_shelf(&Shelf::Empty, Origin::BuiltIn, Realm::Training, sources, at)
                }
            };
        };
        if !folder::exists(data) {
            // Somebody meant a real desk; training is not what they get.
            problems.push(Problem::new("data", None, ProblemCode::Missing));
        }
        let mut known = Self::of_store(&Store::open(data), sources, at);
        problems.append(&mut known.problems);
        Self { problems, ..known }
    }

    /// What the bundle in this store says.
    fn of_store(store: &Store, sources: &Sources, at: At) -> Self {
        // A folder that was named and is not there was meant for a real desk.
        let realm = Realm::of(store.is_training() && folder::exists(store.folder()));
        let without = |origin| Self::of_shelf(&Shelf::Empty, origin, realm, sources, at);
        match store.current() {
            Ok(Some(bundle)) => Self::of_realm(&bundle, realm, sources, at),
            Ok(None) if realm == Realm::Training => without(Origin::BuiltIn),
            Ok(None) => without(Origin::Missing),
            Err(flaw) => without(Origin::Damaged(flaw)),
        }
    }

    /// What this bundle of that store says.
    pub(crate) fn of_bundle(bundle: &Bundle, store: &Store, at: At) -> Self {
        let sources = Sources {
            data: Some(store.folder().to_owned()),
            ..Sources::default()
        };
        Self::of_realm(bundle, Realm::of(store.is_training()), &sources, at)
    }

    fn of_realm(bundle: &Bundle, realm: Realm, sources: &Sources, at: At) -> Self {
        let facts = BundleFacts {
            manifest: bundle.manifest().clone(),
            version: bundle.version(),
            root_version: bundle.root_version(),
            ends: bundle.ends(),
            roles: bundle.roles().to_vec(),
        };
        let shelf = Shelf::of_bundle(bundle);
        let known = Self::of_shelf(&shelf, Origin::Bundle(facts), realm, sources, at);
        match shelf.flaw() {
            // With one file altered nobody knows what the others are worth.
            Some(flaw) => {
                let origin = Origin::Damaged(flaw);
                Self::of_shelf(&Shelf::Empty, origin, realm, sources, at)
            }
            None => known,
        }
    }

    /// What a folder of unsigned parts says. Training, where it names no issuers.
    fn of_parts(parts: &Path, sources: &Sources, at: At) -> Self {
        let is_there = folder::exists(parts);
        let names_issuers = std::fs::symlink_metadata(parts.join("trust-anchors")).is_ok();
        let (origin, realm) = if is_there && !names_issuers {
            (Origin::BuiltIn, Realm::Training)
        } else {
            (Origin::Files, Realm::Production)
        };
        let mut known = Self::of_shelf(&Shelf::Folder(parts), origin, realm, sources, at);
        if !is_there {
            // Somebody meant a real desk; training is not what they get.
            known.problems = vec![Problem::new(site::given(parts), None, ProblemCode::Missing)];
        }
        known
    }

    fn of_shelf(
        shelf: &Shelf<'_>,
        origin: Origin,
        realm: Realm,
        sources: &Sources,
        at: At,
    ) -> Self {
        let mut problems = Vec::new();
        let cards = site::cards(shelf, &mut problems);
        let tables = site::tables(shelf, &mut problems);
        let purposes = site::purposes(shelf, &cards, &tables, &mut problems);
        let named = site::named_roots(sources, &cards, at, &mut problems);
        let is_built_in = named.is_none() && origin == Origin::BuiltIn;
        // Lists beside roots from elsewhere are those of other roots.
        let lists = if named.is_some() || is_built_in {
            &Shelf::Empty
        } else {
            shelf
        };
        let mut trusted = match (named, &origin) {
            (Some(named), _) => named,
            (None, Origin::BuiltIn) => built_in::training_roots(at, &mut problems),
            (None, Origin::Bundle(_) | Origin::Files) => {
                site::roots(shelf, realm, at, &mut problems)
            }
            (None, Origin::Missing | Origin::Damaged(_)) => Roots::of_realm(realm),
        };
        site::add_crls(&mut trusted, lists, sources, &mut problems);
        let keys_as_of = site::start_of(trusted.as_of);
        let trust = trusted.trust(at, &mut problems);
        let mut statuses = match sources.data.as_deref().filter(|_| !is_built_in) {
            Some(folder) => Statuses::kept_by(Box::new(Scratch::new(folder))),
            None => Statuses::new(),
        };
        if is_built_in && built_in::add_training_lists(&mut statuses, &trust, at).is_err() {
            problems.push(Problem::new("training", None, ProblemCode::BadList));
        }
        site::add_lists(&mut statuses, &trust, lists, sources, at, &mut problems);
        site::add_health_batches(&mut statuses, lists, &mut problems);
        Self {
            origin: if sources.anchors.is_some() {
                Origin::Files
            } else {
                origin
            },
            trust,
            statuses,
            types: Cards::new(cards.iter().map(|card| card.card.clone()).collect()),
            cards,
            tables,
            purposes,
            problems,
            keys_as_of,
            minted: is_built_in.then_some(at.time),
        }
    }

    /// In training, lists no older than an hour; otherwise as it was.
    pub fn renew(&mut self, at: At) {
        let Some(minted) = self.minted else { return };
        let age = at.time.seconds_since(minted);
        if (0..=built_in::RENEW_AFTER_SECONDS).contains(&age) {
            return;
        }
        // The files of the program were read without a problem, or said so when the desk started.
        let trust = built_in::training_roots(at, &mut Vec::new()).trust(at, &mut Vec::new());
        let mut statuses = Statuses::new();
        if built_in::add_training_lists(&mut statuses, &trust, at).is_ok() {
            (self.trust, self.statuses) = (trust, statuses);
        }
        self.minted = Some(at.time);
    }

    /// Adds the proofs that count as seen before anybody came: in training those of the case
    /// `replayed`.
    pub fn add_seen_before(&self, replays: &mut Replays, at: At) {
        if self.is_training() {
            built_in::add_training_replays(replays, at);
        }
    }

    /// Whether only the training authority is trusted.
    #[must_use]
    pub fn is_training(&self) -> bool {
        self.trust.is_training()
    }

    /// Where it comes from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What the bundle in force says of its time.
    #[must_use]
    pub fn bundle_times(&self) -> BundleTimes {
        let facts = self.origin.bundle();
        BundleTimes {
            issued: facts.map(|facts| facts.manifest.issued),
            due: facts.and_then(|facts| facts.manifest.due),
            ends: facts.map(|facts| facts.ends),
            clock_was_set_back: false,
        }
    }

    /// Whom it trusts.
    #[must_use]
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// What was revoked, as far as it knows.
    #[must_use]
    pub fn statuses(&self) -> &Statuses {
        &self.statuses
    }

    /// The cards as the verifier takes them.
    #[must_use]
    pub fn types(&self) -> &Cards {
        &self.types
    }

    /// The cards, with words.
    #[must_use]
    pub fn cards(&self) -> &[KnownCard] {
        &self.cards
    }

    /// The card of that name.
    #[must_use]
    pub fn card(&self, id: &str) -> Option<&KnownCard> {
        self.cards.iter().find(|card| card.card.id == id)
    }

    /// The purposes, in the order of the picker.
    #[must_use]
    pub fn purposes(&self) -> &[KnownPurpose] {
        &self.purposes
    }

    /// The purpose of that name.
    #[must_use]
    pub fn purpose(&self, id: &str) -> Option<&KnownPurpose> {
        self.purposes.iter().find(|purpose| purpose.id == id)
    }

    /// What is wrong with the files.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// When somebody last went over the list of roots.
    #[must_use]
    pub fn keys_as_of(&self) -> Option<UnixTime> {
        self.keys_as_of
    }
}

#[cfg(test)]
mod tests;
