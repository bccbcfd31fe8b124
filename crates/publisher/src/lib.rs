//! Makes the bundles that desks take: repositories of The Update Framework 1.0, as a folder with
//! `metadata/` and `targets/`.
//!
//! A desk never signs, so none of this is part of one. `tough` brings the structures, their canonical
//! form and the signatures; its own editor wants every key in one place, and a publisher's are not.
//!
//! | Module | Holds |
//! |---|---|
//! | [`key`] | keys that sign, and their public halves |
//! | [`root`] | the root of trust, and the next one |
//! | [`release`] | files to `targets.json`, and its signatures one by one |
//! | [`issue`] | snapshot and timestamp over what was signed |

pub mod issue;
pub mod key;
pub mod release;
pub mod root;

use std::path::PathBuf;

use tough::schema::{RoleKeys, Signed};

/// The version of The Update Framework that this writes.
const SPEC_VERSION: &str = "1.0.0";

/// Why a bundle could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A file could not be read.
    #[error("cannot read {0}")]
    Read(PathBuf),
    /// A file could not be written.
    #[error("cannot write {0}")]
    Write(PathBuf),
    /// It is no PKCS#8 key for Ed25519, P-256 or RSA, and no public key of The Update Framework.
    #[error("no key: {0}")]
    Key(PathBuf),
    /// It is not the metadata that it should be.
    #[error("bad metadata: {0}")]
    Metadata(PathBuf),
    /// Two files would have one name, or a name that no desk takes.
    #[error("bad name: {0}")]
    Name(String),
    /// A role has fewer keys than have to sign.
    #[error("too few keys: {0}")]
    Threshold(String),
    /// A key could not sign.
    #[error("signing failed")]
    Sign,
}

/// How far the signatures of a role are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signatures {
    /// `root`, `targets`, `snapshot`, `timestamp`, or the name of a delegated role.
    pub role: String,
    /// Keys of the role that signed.
    pub have: usize,
    /// Keys that have to.
    pub need: u64,
}

impl Signatures {
    /// How far this is signed by the keys of its role.
    fn of<T>(role: impl Into<String>, signed: &Signed<T>, keys: &RoleKeys) -> Self {
        Self {
            role: role.into(),
            have: key::count(signed, keys),
            need: keys.threshold.get(),
        }
    }

    /// Whether enough have signed.
    #[must_use]
    pub fn complete(&self) -> bool {
        u64::try_from(self.have).is_ok_and(|have| have >= self.need)
    }
}

#[cfg(test)]
mod tests;
