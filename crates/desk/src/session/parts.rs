//! Presentations that come in parts: what is there, and what the window was told of it.

use std::time::Duration;

use hwagin_verifier::Reason;
use hwagin_verifier::transport::{Assembler, Message, Taken};

use super::sight::Sight;
use crate::view::ProgressView;

/// What to tell the window, if anything: how far it is, or that nothing is coming in any more.
pub(super) type Change = Option<Option<ProgressView>>;

/// After a part, this long nobody has to be told how to hold the phone: the frames in which one
/// code changes into the next are not read however well it is held. With the time that advice has
/// to hold for, it is given when nothing came for a second and a half.
const COMING: Duration = Duration::from_millis(800);

/// What became of a symbol.
pub(super) enum Given {
    /// A symbol, or the last part of several: to be judged, or to be named.
    Whole(Result<Taken, Reason>),
    /// A part; more are needed.
    Part,
    /// The only part that was there for as long as the assembler waits: a still picture of one.
    Still,
}

/// Collects parts. Of the symbols it keeps keyed hashes only.
#[derive(Default)]
pub(super) struct Parts {
    assembler: Assembler,
    told: Option<ProgressView>,
    /// The last two messages of which a part came, the later one first.
    messages: [Option<u64>; 2],
    last: Option<u64>,
    /// When it came.
    came: Option<Duration>,
    still: Option<u64>,
}

impl Parts {
    /// What a symbol is remembered by: all parts of one message by the same.
    pub(super) fn mark(sight: &Sight, content: &[u8]) -> u64 {
        match Message::of(content) {
            Some(message) => sight.mark(&message),
            None => sight.mark(content),
        }
    }

    /// A symbol came.
    pub(super) fn take(&mut self, sight: &Sight, content: &[u8], now: Duration) -> Given {
        if let Some(message) = Message::of(content) {
            let own = Some(sight.mark(content));
            self.pass(now);
            if own == self.still {
                return Given::Still;
            }
            self.still = None;
            self.last = own;
            self.came = Some(now);
            let mark = Some(sight.mark(&message));
            let [later, _] = self.messages;
            if later != mark {
                self.messages = [mark, later];
            }
        }
        match self.assembler.take(content, now) {
            Ok(Taken::Part) => Given::Part,
            whole => Given::Whole(whole),
        }
    }

    /// Whether parts are coming in, so that the phone is held well enough.
    pub(super) fn come(&self, now: Duration) -> bool {
        let is_recent = |came: Duration| now.saturating_sub(came) < COMING;
        self.assembler.progress().is_some() && self.came.is_some_and(is_recent)
    }

    /// By what the messages are remembered that took turns.
    pub(super) fn mixed(&self) -> impl Iterator<Item = u64> {
        self.messages.into_iter().flatten()
    }

    /// Time passed: what has stood still for too long is given up.
    pub(super) fn pass(&mut self, now: Duration) {
        let before = self.assembler.progress();
        self.assembler.pass(now);
        if before.is_some() && self.assembler.progress().is_none() {
            self.still = self.last;
        }
    }

    /// Nothing is collected any more, and what was is wiped.
    pub(super) fn abandon(&mut self) {
        self.assembler.abandon();
        self.last = None;
        self.came = None;
        self.still = None;
    }

    /// What the window does not know yet.
    pub(super) fn change(&mut self) -> Change {
        let now = self.assembler.progress().map(ProgressView::from);
        (now != self.told).then(|| {
            self.told = now;
            now
        })
    }
}
