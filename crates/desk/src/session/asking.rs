//! What a session asks of whoever comes next.

use std::path::Path;

use super::{Chosen, Refused, Session};
use crate::challenge::Challenger;
use crate::clock::Now;
use crate::view::{ChallengeView, DeskNameView, ScanEvent};

impl Session {
    /// What is accepted is remembered in this folder, under this key.
    pub fn remember_in(&mut self, folder: &Path, key: [u8; 32]) {
        let at = (self.clock)().at;
        self.judge.remember_in(folder, key, at);
    }

    /// Asks challenges with this from now on.
    pub fn ask_with(&mut self, challenger: Challenger) {
        self.challenger = Some(challenger);
        let now = (self.clock)();
        self.turn_challenge(now, false);
    }

    /// The challenge that stands.
    #[must_use]
    pub fn challenge(&self) -> Option<ChallengeView> {
        let challenger = self.challenger.as_ref()?;
        let standing = challenger.standing()?;
        Some(ChallengeView::new(standing, challenger, false))
    }

    /// The text of the challenge that stands, as a phone reads it.
    #[must_use]
    pub fn challenge_text(&self) -> Option<String> {
        let standing = self.challenger.as_ref()?.standing()?;
        Some(standing.text.clone())
    }

    /// What the desk is called on its challenges.
    #[must_use]
    pub fn names(&self) -> Option<DeskNameView> {
        let (name, organisation) = self.challenger.as_ref()?.names();
        Some(DeskNameView {
            name: name.to_owned(),
            organisation: organisation.to_owned(),
        })
    }

    /// A challenge of the chosen purpose, for paper.
    ///
    /// # Errors
    /// [`Refused::NoChallenge`]: the purpose asks none, or waits for the clerk, or nothing can be
    /// signed here.
    pub fn print_challenge(&mut self) -> Result<ChallengeView, Refused> {
        let now = self.now();
        let Chosen { purpose, asked } = self.purpose.as_ref().ok_or(Refused::NoChallenge)?;
        let rules = purpose.rules(asked, now.at.today);
        let rules = rules.filter(|rules| rules.holder.offers_challenge);
        let rules = rules.ok_or(Refused::NoChallenge)?;
        let challenger = self.challenger.as_mut().ok_or(Refused::NoChallenge)?;
        let printed = challenger.print(purpose, &rules, self.judge.knowledge(), now.at);
        let printed = printed.map_err(|_| Refused::NoChallenge)?;
        self.judge.ask(challenger.challenges());
        Ok(ChallengeView::new(&printed, challenger, false))
    }

    /// Time passed: the challenge on the screen makes room for the next, if it has stood long enough.
    pub(super) fn pass_challenge(&mut self, now: Now) {
        let is_due = |challenger: &Challenger| challenger.is_due(now.at);
        if self.challenger.as_ref().is_some_and(is_due) {
            self.turn_challenge(now, false);
        }
    }

    /// The challenge on the screen is the one for what the clerk chose and typed. `answered` says
    /// whether the one that stood was answered just now.
    pub(super) fn turn_challenge(&mut self, now: Now, answered: bool) {
        let chosen = self.purpose.as_ref();
        let chosen = chosen.and_then(|Chosen { purpose, asked }| {
            Some((purpose, purpose.rules(asked, now.at.today)?))
        });
        let Some(challenger) = &mut self.challenger else {
            return;
        };
        if answered {
            challenger.answered();
        }
        if !challenger.turn(chosen, self.judge.knowledge(), now.at) {
            return;
        }
        self.judge.ask(challenger.challenges());
        let standing = challenger.standing();
        let view = standing.map(|one| ChallengeView::new(one, challenger, answered));
        (self.events)(ScanEvent::Challenge {
            challenge: view.map(Box::new),
        });
    }

    /// What was typed of a person was typed of the one who left; a day holds for the next one too.
    pub(super) fn forget_asked(&mut self) {
        let Some(Chosen { asked, .. }) = &mut self.purpose else {
            return;
        };
        let typed = (asked.area.take(), asked.name.take());
        if typed != (None, None) {
            // An item that was asked for their sake is not asked any more.
            let now = (self.clock)();
            self.turn_challenge(now, false);
        }
    }
}
