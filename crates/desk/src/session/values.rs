//! Values that leave a session one at a time, because a clerk asked for them.

use super::{Refused, Revealed, Session, Showing};
use crate::view::Wiped;

/// How long a masked value stays revealed at most.
const REVEAL_SECONDS: u64 = 10;

impl Session {
    /// The value behind the mask of this claim, for a few seconds.
    ///
    /// # Errors
    /// [`Refused::NothingHidden`].
    pub fn reveal(&self, claim: &str) -> Result<Revealed, Refused> {
        let now = (self.clock)().since_start;
        let showing = self.standing_verdict().ok_or(Refused::NothingHidden)?;
        let text = showing.judged.hidden(claim).ok_or(Refused::NothingHidden)?;
        let left = showing.until.saturating_sub(now).as_secs().max(1);
        Ok(Revealed {
            text: Wiped::new(text),
            seconds: left.min(REVEAL_SECONDS),
        })
    }

    /// The value of this claim, for the clipboard.
    ///
    /// # Errors
    /// [`Refused::NotCopyable`].
    pub fn copy(&self, claim: &str) -> Result<Wiped, Refused> {
        let (showing, chosen) = self
            .standing_verdict()
            .zip(self.purpose.as_ref())
            .ok_or(Refused::NotCopyable)?;
        let text = showing.judged.value(claim);
        let text = text.filter(|_| chosen.purpose.is_copyable(claim));
        text.map(Wiped::new).ok_or(Refused::NotCopyable)
    }

    /// The verdict that stands now.
    fn standing_verdict(&self) -> Option<&Showing> {
        let now = (self.clock)().since_start;
        self.showing.as_ref().filter(|showing| now < showing.until)
    }
}
