//! `desk.toml` in the desk's folder: what the site lets its desks do. Whoever installs the desk puts
//! it there; it may be left out.
//!
//! ```toml
//! watch = "/media/ward/bundle"          # watched for a bundle, in place of incoming/
//!
//! name = "Counter 3"                    # what the desk is called, on its challenges
//! organisation = "Example Bank"
//! desk_key = "file"                     # not in the key store of the operating system
//!
//! [update]                              # "Update now" in the window
//! url = "https://bundles.example/desk"
//! ```

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::carrier::read_regular;
use crate::challenge::Keeping;

const FILE: &str = "desk.toml";

/// What a desk is called that nobody named.
const PRODUCT: &str = "Hwagin";

/// The file at most.
const MAX_FILE: u64 = 64 * 1024;

/// What the site lets its desks do. A file that cannot be read lets them do nothing more.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSettings {
    /// The folder that is watched for a bundle.
    pub watch: Option<PathBuf>,
    /// What the desk is called.
    pub name: Option<String>,
    /// Whose it is.
    pub organisation: Option<String>,
    /// Where the desk's key is kept.
    #[serde(default)]
    pub desk_key: Keeping,
    /// Where `hwagin-sync` may fetch from when the clerk asks.
    pub update: Option<UpdateSettings>,
}

/// Where `hwagin-sync` may fetch from when the clerk asks.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateSettings {
    /// The address of the repository.
    pub url: String,
}

impl DeskSettings {
    /// What the desk is called, and whose it is; the product's name where the site says nothing.
    #[must_use]
    pub fn names(&self) -> (String, String) {
        let or_product = |name: &Option<String>| {
            let name = name.as_deref().map(str::trim).unwrap_or_default();
            if name.is_empty() { PRODUCT } else { name }.to_owned()
        };
        (or_product(&self.name), or_product(&self.organisation))
    }

    /// What the file in this folder says.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let bytes = read_regular(&folder.join(FILE), MAX_FILE).ok();
        let settings = bytes.and_then(|bytes| toml::from_slice(&bytes).ok());
        settings.unwrap_or_default()
    }
}
