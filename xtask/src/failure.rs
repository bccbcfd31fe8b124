//! Why a command stopped, in words for the person at the terminal.

use std::fmt;

/// What every step of a command returns.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// A command stopped; the text says why and what to do next.
#[derive(Debug)]
pub(crate) struct Failure {
    text: String,
    code: u8,
}

impl Failure {
    /// Something did not hold.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 1,
        }
    }

    /// The command line was not understood.
    pub(crate) fn usage(help: &str) -> Self {
        Self {
            text: help.to_owned(),
            code: 2,
        }
    }

    /// The exit code of the process.
    pub(crate) fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Adds what was being done to an error that does not know.
pub(crate) trait While<T> {
    /// Turns the error into a [`Failure`] that begins with `what`.
    fn while_doing(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn while_doing(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("{what}: {error}")))
    }
}
