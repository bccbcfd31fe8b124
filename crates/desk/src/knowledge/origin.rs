//! Where a desk's knowledge comes from, and how long it counts.

use hwagin_verifier::UnixTime;

use crate::bundle::{BundleFlaw, Manifest, RoleFacts};

/// Where a desk's knowledge comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The program itself: training.
    BuiltIn,
    /// A bundle.
    Bundle(BundleFacts),
    /// Files that nobody signed, named in a terminal.
    Files,
    /// A root of trust, and no bundle yet.
    Missing,
    /// A bundle that is not as it was signed any more, or a root of trust that is none.
    Damaged(BundleFlaw),
}

/// What a bundle in force says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BundleFacts {
    /// Its name and times.
    pub manifest: Manifest,
    /// Its version, which goes up with every issue.
    pub version: u64,
    /// The version of the root of trust that it leads to.
    pub root_version: u64,
    /// When it ends.
    pub ends: UnixTime,
    /// Who signed what.
    pub roles: Vec<RoleFacts>,
}

impl Origin {
    /// The bundle in force.
    #[must_use]
    pub fn bundle(&self) -> Option<&BundleFacts> {
        match self {
            Self::Bundle(facts) => Some(facts),
            _ => None,
        }
    }
}
