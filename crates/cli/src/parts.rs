//! Presentations in parts, which may lie in several inputs.

use std::time::Duration;

use hwagin_desk::Read;
use hwagin_desk::view::HintCode;
use hwagin_verifier::transport::{Assembler, Message, Taken};
use hwagin_verifier::{Hint, Payload, Reason};

/// What is to be judged.
pub(crate) enum Content<'a> {
    /// One symbol.
    Symbol(&'a [u8]),
    /// What parts gave together, or what was captured without a code.
    Payload(Result<&'a Payload, Reason>),
}

/// Puts parts together, whichever inputs they come from.
#[derive(Default)]
pub(crate) struct Parts {
    assembler: Assembler,
    /// Inputs with parts of a message that is not complete.
    waiting: Vec<(Message, String)>,
}

impl Parts {
    /// The first verdict on one of these symbols, or else what the first of them is; nothing yet
    /// where they are parts and others are missing. With it the name of the input, or of the first
    /// and the last of several.
    pub(crate) fn read(
        &mut self,
        name: &str,
        contents: &[Vec<u8>],
        judge: &mut dyn FnMut(Content<'_>) -> Read,
    ) -> Option<(String, Read)> {
        let (mut hint, mut waits) = (None, false);
        for content in contents {
            let Some(message) = Message::of(content) else {
                match judge(Content::Symbol(content)) {
                    Read::Hint(found) => hint = hint.or(Some(found)),
                    judged => return Some((name.to_owned(), judged)),
                }
                continue;
            };
            let payload = match self.assembler.take(content, Duration::ZERO) {
                Ok(Taken::Presentation(payload)) => Ok(payload),
                Ok(Taken::Part | Taken::Foreign(_)) => {
                    waits = true;
                    self.wait(message, name);
                    continue;
                }
                Err(reason) => Err(reason),
            };
            let name = self.name_of(message, payload.is_err(), name);
            let payload = payload.as_ref().map_err(|reason| *reason);
            return Some((name, judge(Content::Payload(payload))));
        }
        if waits {
            return None;
        }
        let hint = hint.unwrap_or(HintCode::Foreign(Hint::Unrecognised));
        Some((name.to_owned(), Read::Hint(hint)))
    }

    /// The inputs whose parts were not enough.
    pub(crate) fn left(self) -> Vec<String> {
        let mut names: Vec<_> = self.waiting.into_iter().map(|(_, name)| name).collect();
        names.dedup();
        names
    }

    fn wait(&mut self, message: Message, name: &str) {
        let is_known = |(known, of): &(Message, String)| *known == message && of == name;
        if !self.waiting.iter().any(is_known) {
            self.waiting.push((message, name.to_owned()));
        }
    }

    /// The name for what `message` gave, which waits no longer; nor does anything else where it gave
    /// nothing, as the assembler begins anew then.
    fn name_of(&mut self, message: Message, is_over: bool, name: &str) -> String {
        let first = self
            .waiting
            .iter()
            .find(|(waiting, _)| is_over || *waiting == message);
        let name = match first {
            Some((_, first)) if first != name => format!("{first} … {name}"),
            _ => name.to_owned(),
        };
        self.waiting
            .retain(|(waiting, _)| !is_over && *waiting != message);
        name
    }
}
