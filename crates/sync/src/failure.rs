//! What stops a run.

use std::fmt;
use std::path::Path;

/// A stable code. It is never renamed or used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    // refused: what the server has is not put in front of a desk
    /// It is older than what was here.
    Rollback,
    /// It is out of date.
    Expired,
    /// Too few keys vouch for it.
    Signature,
    /// Its files are not of one state.
    Mixed,
    /// A target is not what was signed.
    TargetMismatch,
    /// A target has a name that desks do not take.
    TargetName,
    /// Something is longer than it may be.
    TooLarge,
    /// The root is not one, or the next one does not follow from it.
    Root,
    /// It cannot be read.
    Malformed,
    // could not: another run may
    /// No connection, or one that broke too often.
    Network,
    /// Another run is at it.
    Busy,
    /// Something could not be written or read here.
    Disk,
    /// The clock went back since the last run.
    Clock,
    /// Some parts are missing.
    Incomplete,
    /// The server answered with this status.
    Http(u16),
    // wrong usage
    /// Wrong arguments, or an input that could not be opened.
    Usage,
}

impl Code {
    /// The exit code of a run that ends so.
    pub(crate) fn exit(self) -> u8 {
        match self {
            Self::Rollback
            | Self::Expired
            | Self::Signature
            | Self::Mixed
            | Self::TargetMismatch
            | Self::TargetName
            | Self::TooLarge
            | Self::Root
            | Self::Malformed => 1,
            Self::Network
            | Self::Busy
            | Self::Disk
            | Self::Clock
            | Self::Incomplete
            | Self::Http(_) => 2,
            Self::Usage => 3,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = match self {
            Self::Rollback => "rollback",
            Self::Expired => "expired",
            Self::Signature => "signature",
            Self::Mixed => "mixed",
            Self::TargetMismatch => "target_mismatch",
            Self::TargetName => "target_name",
            Self::TooLarge => "too_large",
            Self::Root => "root",
            Self::Malformed => "malformed",
            Self::Network => "network",
            Self::Busy => "busy",
            Self::Disk => "disk",
            Self::Clock => "clock",
            Self::Incomplete => "incomplete",
            Self::Http(status) => return write!(f, "http_{status}"),
            Self::Usage => "usage",
        };
        f.write_str(code)
    }
}

/// A stable code and what it is about: an address, a file, an argument.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) code: Code,
    pub(crate) what: String,
}

impl Failure {
    pub(crate) fn new(code: Code, what: impl Into<String>) -> Self {
        Self {
            code,
            what: what.into(),
        }
    }

    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::new(Code::Usage, what)
    }

    /// The file or folder at this path could not be written or read.
    pub(crate) fn disk(path: &Path) -> Self {
        Self::new(Code::Disk, path.display().to_string())
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::usage(error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hwagin-sync: {}: {}", self.code, self.what)
    }
}
