//! What changes around a session: the time, and what the desk knows.

use super::{Chosen, Session};
use crate::clock::Now;
use crate::knowledge::Knowledge;

impl Session {
    /// Judges by this knowledge from now on; what stood is gone. What was judged and is still in view
    /// is not judged again: the proof of somebody who was accepted would count as used. A purpose that
    /// is not there any more is chosen no longer.
    pub fn learn(&mut self, knowledge: Knowledge) {
        self.clear();
        self.judge.learn(knowledge);
        if let Some(chosen) = self.purpose.take() {
            let purpose = self.knowledge().purpose(&chosen.purpose.id).cloned();
            let asked = chosen.asked;
            self.purpose = purpose.map(|purpose| Chosen { purpose, asked });
        }
        let now = self.now();
        self.turn_challenge(now, false);
    }

    /// Now, and whether the clock can be relied on.
    pub(super) fn now(&mut self) -> Now {
        let now = (self.clock)();
        let set_back = self.guard.was_set_back(now);
        self.judge.clock_was_set_back(set_back);
        now
    }

    /// Time passed: what is over is taken back. Whether the clock began or ceased to be behind.
    pub fn tick(&mut self) -> bool {
        let now = self.now();
        self.pass(now.since_start);
        self.pass_challenge(now);
        let is_behind = self.judge.bundle_times().is_behind(now.at);
        std::mem::replace(&mut self.clock_is_behind, is_behind) != is_behind
    }
}
