//! A publisher with one key, and its releases.

use std::path::Path;

use hwagin_publisher::Signatures;
use hwagin_publisher::issue::{self, Expiry};
use hwagin_publisher::key::SigningKey;
use hwagin_publisher::release::{self, Files, Release};
use hwagin_publisher::root::{self, RolePlan, RootPlan, SignedRoot};

/// The moment of these tests.
pub(crate) const AT: i64 = 1_795_300_196;

pub(crate) struct Publisher {
    keys: [SigningKey; 1],
    root: SignedRoot,
}

impl Publisher {
    pub(crate) fn new() -> Self {
        let key = SigningKey::from_bytes(&SigningKey::generate().unwrap()).unwrap();
        let role = || RolePlan {
            keys: vec![key.public()],
            threshold: std::num::NonZeroU64::MIN,
        };
        let plan = RootPlan {
            root: role(),
            targets: role(),
            snapshot: role(),
            timestamp: role(),
            expires: later(),
        };
        let keys = [key];
        let root = root::new(plan, None, &keys).unwrap();
        Self { keys, root }
    }

    /// The root of trust of its desks.
    pub(crate) fn root(&self) -> &[u8] {
        &self.root.bytes
    }

    /// The next release of these files is in this folder.
    pub(crate) fn release(&self, repository: &Path, mut files: Files) {
        let issued = jiff::Timestamp::from_second(AT - 60).unwrap();
        let manifest = format!("name = \"Some site\"\nissued = {issued}\n");
        files.insert("bundle.toml".to_owned(), manifest.into_bytes());
        let release = Release {
            files,
            delegations: Vec::new(),
            expires: later(),
        };
        let written = release::write(&release, &self.root, &self.keys, repository).unwrap();
        assert!(written.complete());
        let expiry = Expiry {
            snapshot: later(),
            timestamp: later(),
        };
        let all = issue::sign(repository, &self.root, &self.keys, expiry).unwrap();
        assert!(all.iter().all(Signatures::complete));
    }
}

fn later() -> jiff::Timestamp {
    jiff::Timestamp::from_second(AT + 30 * 86_400).unwrap()
}
