//! Which challenges a desk has asked, and which one stands on the screen.

use std::path::Path;

use hwagin_verifier::holder::Challenge;
use hwagin_verifier::{At, Purpose, UnixTime};

use super::desk_key::{DeskKey, KeyFlaw};
use super::items::items_of;
use super::message::{Displayed, Message};
use super::printed::Printed;
use crate::knowledge::{Knowledge, KnownPurpose};

/// How long one stands before the next takes its place.
const STANDS_SECONDS: i64 = 60;

/// How long one may be answered: a phone that read it in its last second has a minute.
const LASTS_SECONDS: i64 = 120;

/// How long one is remembered after its end, so that a late answer is called late.
const REMEMBERED_SECONDS: i64 = 300;

/// How long a printed one may be answered.
const PRINTED_SECONDS: i64 = 365 * 86_400;

/// A desk that asks.
pub struct Challenger {
    key: DeskKey,
    desk: String,
    organisation: String,
    asked: Vec<Challenge>,
    standing: Option<Standing>,
    printed: Printed,
}

struct Standing {
    displayed: Displayed,
    rules: Purpose,
    version: u32,
    made: UnixTime,
}

impl Challenger {
    /// A desk with this key, by the name of its certificate, which has asked nothing yet but what was
    /// printed.
    #[must_use]
    pub fn new(key: DeskKey, folder: Option<&Path>, at: At) -> Self {
        let (desk, organisation) = key.names();
        Self {
            key,
            desk,
            organisation,
            asked: Vec::new(),
            standing: None,
            printed: Printed::read(folder, at),
        }
    }

    /// What the desk is called, and whose it is.
    #[must_use]
    pub fn names(&self) -> (&str, &str) {
        (&self.desk, &self.organisation)
    }

    /// The challenge on the screen.
    #[must_use]
    pub fn standing(&self) -> Option<&Displayed> {
        self.standing.as_ref().map(|standing| &standing.displayed)
    }

    /// Everything that may be answered, or was not long ago.
    #[must_use]
    pub fn challenges(&self) -> Vec<Challenge> {
        let printed = self.printed.challenges();
        self.asked.iter().chain(printed).cloned().collect()
    }

    /// Whether the one that stands has stood long enough, or the clock was set.
    #[must_use]
    pub fn is_due(&self, at: At) -> bool {
        let stands = |standing: &Standing| {
            (0..STANDS_SECONDS).contains(&at.time.seconds_since(standing.made))
        };
        self.standing.as_ref().is_some_and(|one| !stands(one))
    }

    /// Asks for this purpose by these rules; whether another challenge stands now, or none. A purpose
    /// that asks none, or that still waits for the clerk, takes what stood away.
    pub fn turn(
        &mut self,
        chosen: Option<(&KnownPurpose, Purpose)>,
        knowledge: &Knowledge,
        at: At,
    ) -> bool {
        let forgotten = |one: &Challenge| one.ends.plus_seconds(REMEMBERED_SECONDS) > at.time;
        self.asked.retain(forgotten);
        let asks = chosen.filter(|(_, rules)| rules.holder.offers_challenge);
        let Some((purpose, rules)) = asks else {
            return self.standing.take().is_some();
        };
        let is_the_same =
            |standing: &Standing| standing.rules == rules && standing.version == purpose.version;
        if self.standing.as_ref().is_some_and(is_the_same) && !self.is_due(at) {
            return false;
        }
        let made = self.make(purpose, &rules, knowledge, at, true).ok();
        let had = self.standing.is_some();
        self.standing = made.map(|displayed| {
            self.asked.push(displayed.challenge.clone());
            Standing {
                displayed,
                rules,
                version: purpose.version,
                made: at.time,
            }
        });
        had || self.standing.is_some()
    }

    /// The one that stands was answered: the next turn makes another.
    pub fn answered(&mut self) {
        if let Some(standing) = &mut self.standing {
            standing.made = UnixTime(i64::MIN);
        }
    }

    /// A challenge for paper.
    ///
    /// # Errors
    /// [`KeyFlaw::Unusable`].
    pub fn print(
        &mut self,
        purpose: &KnownPurpose,
        rules: &Purpose,
        knowledge: &Knowledge,
        at: At,
    ) -> Result<Displayed, KeyFlaw> {
        let displayed = self.make(purpose, rules, knowledge, at, false)?;
        self.printed.add(displayed.challenge.clone());
        Ok(displayed)
    }

    fn make(
        &self,
        purpose: &KnownPurpose,
        rules: &Purpose,
        knowledge: &Knowledge,
        at: At,
        is_displayed: bool,
    ) -> Result<Displayed, KeyFlaw> {
        let lasts = if is_displayed {
            LASTS_SECONDS
        } else {
            PRINTED_SECONDS
        };
        let message = Message {
            desk: &self.desk,
            organisation: &self.organisation,
            purpose: &purpose.id,
            version: purpose.version,
            label: &purpose.label,
            cards: &items_of(rules, knowledge),
            made: at.time,
            ends: at.time.plus_seconds(lasts),
            is_displayed,
        };
        message.sign(&self.key)
    }
}
