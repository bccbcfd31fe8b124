//! What a desk knows before anybody comes: cards, purposes, whom it trusts, and what was revoked.
//!
//! It comes with the program (training), or from a folder that the site fills:
//!
//! ```text
//! cards/*.toml                 replace those of the program by id
//! purposes/*.toml              replace those of the program by id
//! trust-anchors/anchors.toml   names the files in production/; makes the desk a real one
//! trust-anchors/production/    roots (*.pem, *.der), keys of issuers (*.json, *.cose, …), issuer
//!                              lists (VICAL)
//! crl/*.crl                    revocation lists of those roots
//! status/*.cwt                 status list tokens under those roots and keys
//! dcc-revocation/*.json        revocation batches of health certificates
//! ```
//!
//! Whatever is wrong with a file, the desk starts: the file is left out and named as a
//! [`Problem`]. A desk that was meant to be a real one never falls back to training: with broken
//! anchors it trusts nobody and abstains.

mod anchors_file;
mod built_in;
mod card_file;
mod folder;
mod health_file;
mod key_file;
mod problem;
mod purpose_file;
mod roots;
mod site;
mod toml_file;
mod vicals;

use std::path::PathBuf;

use hwagin_verifier::{At, Cards, Replays, Statuses, Trust, UnixTime};

pub use card_file::KnownCard;
pub use problem::{Problem, ProblemCode};
pub use purpose_file::KnownPurpose;
pub use vicals::report as vical_report;

/// Where a desk's knowledge comes from, beside the program itself.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The site's folder.
    pub data: Option<PathBuf>,
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
    trust: Trust,
    statuses: Statuses,
    cards: Vec<KnownCard>,
    types: Cards,
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
        let data = sources.data.as_deref();
        let cards = site::cards(data, &mut problems);
        let purposes = site::purposes(data, &cards, &mut problems);
        let mut roots = site::roots(sources, &cards, at, &mut problems);
        let is_training = roots.is_none();
        let mut trusted = roots
            .take()
            .unwrap_or_else(|| built_in::training_roots(at, &mut problems));
        site::add_crls(&mut trusted, sources, is_training, &mut problems);
        let keys_as_of = site::start_of(trusted.as_of);
        let trust = trusted.trust(at, &mut problems);
        let mut statuses = Statuses::new();
        if is_training && built_in::add_training_lists(&mut statuses, &trust, at).is_err() {
            problems.push(Problem::new("training", None, ProblemCode::BadList));
        }
        site::add_lists(
            &mut statuses,
            &trust,
            sources,
            is_training,
            at,
            &mut problems,
        );
        site::add_health_batches(&mut statuses, sources, is_training, &mut problems);
        Self {
            trust,
            statuses,
            types: Cards::new(cards.iter().map(|card| card.card.clone()).collect()),
            cards,
            purposes,
            problems,
            keys_as_of,
            minted: is_training.then_some(at.time),
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

    /// Proofs that count as seen before anybody came: in training those of the case `replayed`.
    #[must_use]
    pub fn seen_before(&self, at: At) -> Replays {
        if self.is_training() {
            built_in::training_replays(at)
        } else {
            Replays::default()
        }
    }

    /// Whether only the training authority is trusted.
    #[must_use]
    pub fn is_training(&self) -> bool {
        self.trust.is_training()
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
