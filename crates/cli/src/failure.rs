//! What stops a command before it has an answer.

/// The exit code of every [`Failure`].
pub(crate) const USAGE: u8 = 3;

/// A stable code and what it is about.
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) what: String,
}

impl Failure {
    pub(crate) fn new(code: &'static str, what: impl Into<String>) -> Self {
        Self {
            code,
            what: what.into(),
        }
    }

    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::new("usage", what)
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::usage(error.to_string())
    }
}
