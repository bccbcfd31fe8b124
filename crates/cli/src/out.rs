//! What goes to the terminal.

use std::io::{Stderr, Stdout, Write};

/// Standard output and standard error. Once nobody reads them any more, lines go nowhere.
pub(crate) struct Out {
    out: Stdout,
    err: Stderr,
}

impl Out {
    pub(crate) fn new() -> Self {
        Self {
            out: std::io::stdout(),
            err: std::io::stderr(),
        }
    }

    /// An answer.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        drop(writeln!(self.out, "{}", line.as_ref()));
    }

    /// Something that went wrong: a stable code, and what it is about.
    pub(crate) fn error(&mut self, code: &str, what: &str) {
        drop(writeln!(self.err, "hwagin: {code}: {what}"));
    }
}
