//! One clerk's session: `Idle → Scanning → Showing(until) → Idle`.
//!
//! * **Idle**: no frames come. **Scanning**: frames come. **Showing**: a verdict stands.
//! * While a verdict stands, the camera changes nothing, whatever comes into view. The clerk is
//!   looking at a person and comparing a face: a phone held into view for a moment must not put
//!   another verdict under the clerk's eyes. It goes at its time, or when the clerk clears it.
//! * A picture or a text that the clerk hands over is the clerk's own act; it clears and then shows.
//! * A presentation may come in parts, one symbol after the other; they are collected while no
//!   verdict stands, and given up when the phone is gone. What follows of one that was judged is
//!   not judged again.
//! * When a verdict goes, so does everything that was read of the credential. Only the proof of an
//!   accepted one is remembered (a hash), so that it counts once, and the keyed hash of the symbol
//!   for as long as it stays in view.
//!
//! The session has no thread and no clock of its own: it is told what was seen, and asks the
//! [`Clock`] that it was given.

pub(crate) mod advice;
mod asking;
mod hints;
mod parts;
mod sight;
mod standing;
mod surroundings;
mod times;
mod values;

use std::sync::Arc;
use std::time::Duration;

use hwagin_scanner::Sighting;
use hwagin_verifier::transport::{Assembler, Taken};
use hwagin_verifier::{Hint, Reason};
use thiserror::Error;

use crate::challenge::Challenger;
use crate::clock::{Clock, ClockGuard, Now};
use crate::journal::Journal;
use crate::judgement::{Judge, Judged, Read};
use crate::knowledge::{Asked, Knowledge, KnownPurpose};
use crate::view::{AskedView, HintCode, ScanEvent, VerdictView, Wiped};
use hints::Hints;
use parts::{Given, Parts};
use sight::{Outline, Sight};
use times::Times;
pub use times::VerdictTimes;

/// Takes what a desk says. It is called while the desk is at work: it must be quick, and must not
/// call the desk.
pub type Events = Arc<dyn Fn(ScanEvent) + Send + Sync>;

/// Where a session stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// No frames come.
    Idle,
    /// Frames come.
    Scanning,
    /// A verdict stands until this time since the start.
    Showing(Duration),
}

/// Why a wish of the clerk's was not granted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Refused {
    /// There is no such purpose.
    #[error("unknown_purpose")]
    UnknownPurpose,
    /// That is no day.
    #[error("bad_date")]
    BadDate,
    /// That is no area, or no name: it has no letter, or too many.
    #[error("bad_text")]
    BadText,
    /// The purpose asks no challenge, or nothing can be asked here.
    #[error("no_challenge")]
    NoChallenge,
    /// There is no such sample card or case, or the desk is not in training.
    #[error("unknown_sample")]
    UnknownSample,
    /// No verdict with that claim stands, or its purpose does not let it be copied.
    #[error("not_copyable")]
    NotCopyable,
    /// No verdict with that claim masked stands.
    #[error("nothing_hidden")]
    NothingHidden,
    /// It cannot be journalled, and so is not given out.
    #[error("not_journalled")]
    NotJournalled,
}

/// A value from behind its mask.
pub struct Revealed {
    /// The value.
    pub text: Wiped,
    /// How long it may be shown.
    pub seconds: u64,
}

/// What a clerk and a camera do to a desk.
pub struct Session {
    judge: Judge,
    clock: Clock,
    events: Events,
    purpose: Option<Chosen>,
    showing: Option<Showing>,
    sight: Sight,
    outline: Outline,
    hints: Hints,
    parts: Parts,
    times: Times,
    /// How old the frame is that is told of next.
    age: Duration,
    last_frame: Option<Duration>,
    guard: ClockGuard,
    clock_is_behind: bool,
    challenger: Option<Challenger>,
    journal: Option<Journal>,
}

struct Chosen {
    purpose: KnownPurpose,
    asked: Asked,
}

struct Showing {
    judged: Judged,
    until: Duration,
}

impl Session {
    /// A session with no purpose chosen.
    #[must_use]
    pub fn new(knowledge: Knowledge, clock: Clock, events: Events) -> Self {
        let at = clock().at;
        Self {
            judge: Judge::new(knowledge, at),
            clock,
            events,
            purpose: None,
            showing: None,
            sight: Sight::default(),
            outline: Outline::default(),
            hints: Hints::default(),
            parts: Parts::default(),
            times: Times::default(),
            age: Duration::ZERO,
            last_frame: None,
            guard: ClockGuard::default(),
            clock_is_behind: false,
            challenger: None,
            journal: None,
        }
    }

    /// Judges by this purpose from now on, with what the clerk typed for its questions; what stood is
    /// gone.
    ///
    /// # Errors
    /// [`Refused::UnknownPurpose`], [`Refused::BadDate`], [`Refused::BadText`]; then everything stays
    /// as it was.
    pub fn choose_purpose(&mut self, id: &str, asked: &AskedView) -> Result<(), Refused> {
        let purpose = self
            .knowledge()
            .purpose(id)
            .ok_or(Refused::UnknownPurpose)?
            .clone();
        let asked = asked.read()?;
        self.clear();
        let change = self.hints.clear();
        self.tell_hint(change);
        self.purpose = Some(Chosen { purpose, asked });
        let now = self.now();
        self.turn_challenge(now, false);
        Ok(())
    }

    /// The frame that is told of next was taken this long ago, as far as is known.
    pub fn taken(&mut self, ago: Duration) {
        self.age = ago;
    }

    /// A frame of these sides was scanned and showed this.
    pub fn seen(&mut self, sighting: &Sighting, sides: (u32, u32)) {
        let now = self.now();
        let symbols = &sighting.symbols;
        self.last_frame = Some(now.since_start);
        self.pass(now.since_start);
        let marks: Vec<_> = symbols
            .iter()
            .map(|s| Parts::mark(&self.sight, &s.content))
            .collect();
        self.sight.frame(&marks, now.since_start);
        self.follow(sighting, sides, now.since_start);
        if self.showing.is_some() {
            self.times.forget();
            return;
        }
        let is_old = !marks.is_empty() && marks.iter().all(|mark| self.sight.is_judged(*mark));
        let is_new = !is_old && (sighting.located.is_some() || !symbols.is_empty());
        let taken = now.since_start.saturating_sub(self.age);
        self.times.frame(is_new, taken);
        if is_old {
            self.times.forget();
        }
        let mut hint = None;
        for (symbol, mark) in symbols.iter().zip(marks) {
            if self.sight.is_judged(mark) {
                continue;
            }
            match self.collect(&symbol.content, now) {
                None => {}
                Some(Read::Hint(found)) => hint = hint.or(Some(found)),
                Some(Read::Judged(judged)) => {
                    self.sight.judged(mark, now.since_start);
                    self.show(judged, now);
                    self.times.verdict((self.clock)().since_start);
                    return;
                }
            }
        }
        self.tell_progress();
        if !symbols.is_empty() {
            let change = self.hints.is_read();
            self.tell_hint(change);
        }
        let change = match hint {
            Some(hint) => self.hints.seen(hint, now.since_start),
            None => {
                let is_needed = !self.parts.come(now.since_start);
                let advice = advice::advice(sighting, sides).filter(|_| is_needed);
                self.hints.measured(advice, now.since_start)
            }
        };
        self.tell_hint(change);
    }

    /// The outline is where the symbol is, whether it was read or not.
    fn follow(&mut self, sighting: &Sighting, sides: (u32, u32), now: Duration) {
        let read = sighting.symbols.first().map(|symbol| &symbol.corners);
        let located = sighting.located.as_ref().map(|located| &located.corners);
        if let Some(corners) = read.or(located) {
            let corners = self.outline.seen(corners, sides, now);
            (self.events)(ScanEvent::Outline {
                corners: Some(corners),
                read: self.outline.is_read(read.is_some(), now),
            });
        }
    }

    /// The clerk handed over a picture or a text with these symbols: one presentation, in one of
    /// them or in parts. `nothing` is said where there is none.
    pub fn given(&mut self, symbols: &[&[u8]], nothing: HintCode) {
        let now = self.now();
        self.clear();
        let mut hint = None;
        let mut assembler = Assembler::new();
        for symbol in symbols {
            let read = match self.unready(symbol, now) {
                Some(hint) => Read::Hint(hint),
                None => self.read(assembler.take(symbol, now.since_start), now),
            };
            match read {
                Read::Hint(found) => hint = hint.or(Some(found)),
                Read::Judged(judged) => {
                    self.show(judged, now);
                    return;
                }
            }
        }
        let change = self.hints.given(hint.unwrap_or(nothing), now.since_start);
        self.tell_hint(change);
    }

    /// No verdict stands, and nothing of the credential is left.
    pub fn clear(&mut self) {
        self.parts.abandon();
        self.tell_progress();
        if self.showing.take().is_some() {
            (self.events)(ScanEvent::Cleared);
            self.forget_asked();
        }
    }

    /// What to say to a symbol where there is nothing to judge it by. Parts are not collected then.
    fn unready(&self, symbol: &[u8], now: Now) -> Option<HintCode> {
        let rules = |chosen: &Chosen| chosen.purpose.rules(&chosen.asked, now.at.today);
        if self.purpose.as_ref().and_then(rules).is_some() {
            return None;
        }
        let hint = Judge::hint(symbol).filter(|hint| *hint != HintCode::Foreign(Hint::Part));
        Some(hint.unwrap_or(HintCode::NoPurpose))
    }

    /// What became of a symbol before the camera; nothing yet of a part.
    fn collect(&mut self, symbol: &[u8], now: Now) -> Option<Read> {
        if let Some(hint) = self.unready(symbol, now) {
            return Some(Read::Hint(hint));
        }
        match self.parts.take(&self.sight, symbol, now.since_start) {
            Given::Part => None,
            Given::Still => Some(Read::Hint(HintCode::Foreign(Hint::Part))),
            Given::Whole(taken) => {
                if matches!(taken, Err(Reason::PartMismatch)) {
                    for mark in self.parts.mixed() {
                        self.sight.judged(mark, now.since_start);
                    }
                }
                Some(self.read(taken, now))
            }
        }
    }

    fn read(&mut self, taken: Result<Taken, Reason>, now: Now) -> Read {
        let Some(chosen) = &self.purpose else {
            return Read::Hint(HintCode::NoPurpose);
        };
        let payload = match taken {
            Ok(Taken::Foreign(hint)) => return Read::Hint(hint.into()),
            Ok(Taken::Part) => return Read::Hint(HintCode::Foreign(Hint::Part)),
            Ok(Taken::Presentation(payload)) => Ok(payload),
            Err(reason) => Err(reason),
        };
        let payload = payload.as_ref().map_err(|reason| *reason);
        self.judge.renew(now.at);
        self.judge
            .judge_payload(payload, &chosen.purpose, &chosen.asked, now.at)
    }

    fn show(&mut self, judged: Judged, now: Now) {
        let Some(chosen) = &self.purpose else { return };
        let purpose = &chosen.purpose;
        let verdict = Box::new(VerdictView::new(
            &judged,
            purpose,
            &chosen.asked,
            self.judge.knowledge(),
            now.at,
        ));
        let until = now.since_start + purpose.clear_after;
        let change = self.hints.clear();
        self.tell_hint(change);
        self.parts.abandon();
        self.tell_progress();
        let answered = judged.is_challenged();
        self.showing = Some(Showing { judged, until });
        (self.events)(ScanEvent::Verdict { verdict });
        if answered {
            self.turn_challenge(now, true);
        }
    }

    fn pass(&mut self, now: Duration) {
        if self
            .showing
            .as_ref()
            .is_some_and(|showing| now >= showing.until)
        {
            self.clear();
        }
        if self.outline.ends(now) {
            (self.events)(ScanEvent::Outline {
                corners: None,
                read: false,
            });
        }
        let change = self.hints.tick(now);
        self.tell_hint(change);
        self.parts.pass(now);
        self.tell_progress();
    }

    fn tell_progress(&mut self) {
        if let Some(progress) = self.parts.change() {
            (self.events)(ScanEvent::Progress { progress });
        }
    }

    fn tell_hint(&self, change: hints::Change) {
        if let Some(hint) = change {
            (self.events)(ScanEvent::Hint { hint });
        }
    }
}
