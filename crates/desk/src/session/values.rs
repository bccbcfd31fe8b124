//! Values that leave a session one at a time, because a clerk asked for them. Each is journalled
//! before it leaves.

use super::{Chosen, Refused, Revealed, Session, Showing};
use crate::journal::{Act, Journal};
use crate::view::Wiped;

/// How long a masked value stays revealed at most.
const REVEAL_SECONDS: u64 = 10;

impl Session {
    /// What is revealed or copied from now on is noted there first.
    pub fn journal_in(&mut self, journal: Journal) {
        self.journal = Some(journal);
    }

    /// The value behind the mask of this claim, for a few seconds.
    ///
    /// # Errors
    /// [`Refused::NothingHidden`], [`Refused::NotJournalled`].
    pub fn reveal(&self, claim: &str) -> Result<Revealed, Refused> {
        let now = (self.clock)().since_start;
        let (showing, chosen) = self.standing_verdict().ok_or(Refused::NothingHidden)?;
        let text = showing.judged.hidden(claim).ok_or(Refused::NothingHidden)?;
        self.note(Act::Revealed, chosen, claim)?;
        let left = showing.until.saturating_sub(now).as_secs().max(1);
        Ok(Revealed {
            text: Wiped::new(text),
            seconds: left.min(REVEAL_SECONDS),
        })
    }

    /// The value of this claim, for the clipboard.
    ///
    /// # Errors
    /// [`Refused::NotCopyable`], [`Refused::NotJournalled`].
    pub fn copy(&self, claim: &str) -> Result<Wiped, Refused> {
        let (showing, chosen) = self.standing_verdict().ok_or(Refused::NotCopyable)?;
        let text = showing.judged.value(claim);
        let text = text.filter(|_| chosen.purpose.is_copyable(claim));
        let text = text.ok_or(Refused::NotCopyable)?;
        self.note(Act::Copied, chosen, claim)?;
        Ok(Wiped::new(text))
    }

    /// The verdict that stands now, and by which purpose.
    fn standing_verdict(&self) -> Option<(&Showing, &Chosen)> {
        let now = (self.clock)().since_start;
        let showing = self.showing.as_ref().filter(|showing| now < showing.until);
        showing.zip(self.purpose.as_ref())
    }

    fn note(&self, act: Act, chosen: &Chosen, claim: &str) -> Result<(), Refused> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        let purpose = (chosen.purpose.id.as_str(), chosen.purpose.version);
        let now = (self.clock)().at.time;
        let noted = journal.note(now, act, purpose, claim);
        noted.map_err(|_| Refused::NotJournalled)
    }
}
