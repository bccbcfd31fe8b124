//! Symbols to presentations, also where one presentation is spread over many symbols.

use super::collection::Collection;
use super::part::{Message, Part, UrText};
use super::{Payload, Scanned, read, whole};
use crate::{Hint, Reason};
use std::time::Duration;

/// Without a part for this long, what was collected is given up: a phone that was put away.
pub const ABANDONED_AFTER: Duration = Duration::from_secs(4);

/// Without a part of its own for this long, a message gives way to the first part of another.
const GIVES_WAY_AFTER: Duration = Duration::from_millis(1_500);

/// So many parts of another message without one of its own in between, and it gives way: the phone
/// made a new presentation, or another phone took its place.
const TAKEN_OVER_BY: usize = 3;

/// Broken into so often by parts of other messages, there are two phones in view. Once or twice is
/// a phone that goes past another.
const MIXED_AFTER: u32 = 3;

/// A message that comes back within this time after it gave way was never gone: two phones again.
const BACK_WITHIN: Duration = Duration::from_secs(5);

/// What became of a symbol.
pub enum Taken {
    /// A presentation to verify: in this one symbol, or complete with it.
    Presentation(Payload),
    /// A part of a presentation; [`Assembler::progress`] tells how far it is. A part that is
    /// damaged, known, or of another message changes nothing.
    Part,
    /// Not a presentation.
    Foreign(Hint),
}

/// How much of a presentation is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Parts that told something new. It never goes back until another message begins.
    pub received: usize,
    /// Parts that it takes, in any choice and order.
    pub needed: usize,
}

/// Takes symbols, one after the other, and gives presentations.
///
/// It has no clock: `now` is the time since any start, and never goes back. What it holds of a
/// person is wiped when it is given up, and when the assembler is dropped. Its memory is bounded by
/// [`super::MAX_MESSAGE`] and [`super::MAX_PARTS`], whatever it is fed.
#[derive(Default)]
pub struct Assembler {
    current: Option<Current>,
    rival: Option<Rival>,
    left: Option<(Message, Duration)>,
    damaged: u32,
}

struct Current {
    collection: Collection,
    sequence: u32,
    last: Duration,
    /// How often parts of other messages broke in.
    broken_into: u32,
}

/// A message that broke in, and its parts since the last part of the current one.
struct Rival {
    message: Message,
    sequence: u32,
    parts: Vec<Part>,
}

impl Assembler {
    /// An assembler that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// What this symbol is, or what it completes.
    ///
    /// # Errors
    /// `transport.too_large`, `transport.undecodable`: it says it is a presentation and is not, or
    /// the complete one is none. `transport.part_mismatch`: parts of two presentations take turns.
    /// What was collected is given up then, except that a single symbol that is none, or a part of
    /// a message that is too large, does not disturb the message at hand.
    pub fn take(&mut self, symbol: &[u8], now: Duration) -> Result<Taken, Reason> {
        let Some(UrText::Part { text }) = UrText::of(symbol) else {
            return Ok(match read(symbol)? {
                Scanned::Foreign(hint) => Taken::Foreign(hint),
                Scanned::Presentation(payload) => {
                    self.abandon();
                    Taken::Presentation(payload)
                }
            });
        };
        self.pass(now);
        let Some(part) = Part::read(text) else {
            self.damaged = self.damaged.saturating_add(1);
            return Ok(Taken::Part);
        };
        if part.message.is_too_large() {
            return Err(Reason::TooLarge);
        }
        match &mut self.current {
            Some(current) if current.collection.message() == part.message => {
                if current.sequence == part.sequence {
                    return Ok(Taken::Part);
                }
                current.sequence = part.sequence;
                current.last = now;
                if let Some(rival) = &mut self.rival {
                    rival.parts.clear();
                }
                current.collection.add(part);
            }
            Some(_) => self.take_other(part, now)?,
            None => self.begin(part, now),
        }
        self.finish()
    }

    /// How far the presentation at hand is, if parts of one have come.
    pub fn progress(&self) -> Option<Progress> {
        let (received, needed) = self.current.as_ref()?.collection.progress();
        Some(Progress { received, needed })
    }

    /// The message whose parts are being collected, if any are.
    pub fn message(&self) -> Option<Message> {
        self.current
            .as_ref()
            .map(|current| current.collection.message())
    }

    /// Parts that were damaged, since the beginning.
    pub fn damaged(&self) -> u32 {
        self.damaged
    }

    /// Time passed: parts of a phone that is gone are given up.
    pub fn pass(&mut self, now: Duration) {
        let is_over = |last: Duration| now.saturating_sub(last) >= ABANDONED_AFTER;
        if self.current.as_ref().is_some_and(|it| is_over(it.last)) {
            self.abandon();
        }
    }

    /// Nothing is collected any more, and what was is wiped.
    pub fn abandon(&mut self) {
        self.current = None;
        self.rival = None;
        self.left = None;
    }

    fn begin(&mut self, part: Part, now: Duration) {
        let mut collection = Collection::new(part.message);
        let sequence = part.sequence;
        collection.add(part);
        self.current = Some(Current {
            collection,
            sequence,
            last: now,
            broken_into: 0,
        });
        self.rival = None;
    }

    /// A part of another message than the current one.
    fn take_other(&mut self, part: Part, now: Duration) -> Result<(), Reason> {
        let Some(current) = &mut self.current else {
            return Ok(());
        };
        let mut rival = match self.rival.take() {
            Some(rival) if rival.message == part.message => rival,
            _ => Rival {
                message: part.message,
                sequence: 0,
                parts: Vec::with_capacity(TAKEN_OVER_BY),
            },
        };
        if rival.sequence == part.sequence {
            self.rival = Some(rival);
            return Ok(());
        }
        current.broken_into += u32::from(rival.parts.is_empty());
        let is_mixed = current.broken_into >= MIXED_AFTER;
        let gives_way = now.saturating_sub(current.last) >= GIVES_WAY_AFTER;
        rival.sequence = part.sequence;
        rival.parts.push(part);
        if is_mixed {
            self.abandon();
            return Err(Reason::PartMismatch);
        }
        if gives_way || rival.parts.len() >= TAKEN_OVER_BY {
            return self.give_way(rival, now);
        }
        self.rival = Some(rival);
        Ok(())
    }

    fn give_way(&mut self, rival: Rival, now: Duration) -> Result<(), Reason> {
        let is_back = |(message, at): (Message, Duration)| {
            message == rival.message && now.saturating_sub(at) < BACK_WITHIN
        };
        if self.left.is_some_and(is_back) {
            self.abandon();
            return Err(Reason::PartMismatch);
        }
        self.left = self.message().map(|message| (message, now));
        self.current = None;
        for part in rival.parts {
            match &mut self.current {
                Some(current) => {
                    current.sequence = part.sequence;
                    current.collection.add(part);
                }
                None => self.begin(part, now),
            }
        }
        Ok(())
    }

    /// The presentation, if its last part has come.
    fn finish(&mut self) -> Result<Taken, Reason> {
        let is_complete = |current: &mut Current| current.collection.is_complete();
        let Some(current) = self.current.take_if(is_complete) else {
            return Ok(Taken::Part);
        };
        self.abandon();
        let message = current.collection.message_bytes();
        whole(&message.ok_or(Reason::Undecodable)?).map(Taken::Presentation)
    }
}
