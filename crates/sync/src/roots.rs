//! The roots that follow from the pinned one.
//!
//! The newest that was verified is kept, and the next run begins there: tough forgets what it
//! knows of older states when a key of theirs was changed since the root it began with, and that
//! must happen once and not at each run.

use std::collections::BTreeSet;
use std::path::Path;

use tough::schema::key::Key;
use tough::schema::{RoleType, Root, Signed};

use crate::failure::{Code, Failure};
use crate::mirror;
use crate::state::Room;
use crate::transport::{MAX_SMALL, Received};

/// A root, and the bytes it came in.
struct Link {
    root: Signed<Root>,
    bytes: Vec<u8>,
}

/// The root that is trusted because it was brought here.
pub(crate) struct Pinned(Link);

impl Pinned {
    /// The root in this file, signed by its own keys.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let name = || path.display().to_string();
        let bytes = mirror::read(path, MAX_SMALL).ok_or_else(|| Failure::usage(name()))?;
        let refused = || Failure::new(Code::Root, name());
        let root: Signed<Root> = serde_json::from_slice(&bytes).map_err(|_| refused())?;
        root.signed.verify_role(&root).map_err(|_| refused())?;
        Ok(Self(Link { root, bytes }))
    }
}

/// The pinned root, and each that follows from the one before.
pub(crate) struct Chain {
    pinned: Link,
    later: Vec<Link>,
}

/// Whether the pinned root is of the line that was trusted before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Nothing was trusted before.
    First,
    Same,
    Other,
}

impl Chain {
    /// The chain from this pinned root, as far as it was verified in earlier runs.
    pub(crate) fn begin(pinned: Pinned, room: &Room) -> Result<(Self, Line), Failure> {
        let Link { root, bytes } = pinned.0;
        let folder = room.folder("roots")?;
        let kept = |version| mirror::read(&folder.join(file(version)), MAX_SMALL);
        let version = root.signed.version.get();
        let is_other = kept(version).is_some_and(|bytes| {
            serde_json::from_slice::<Signed<Root>>(&bytes)
                .is_ok_and(|kept| kept.signed != root.signed)
        });
        let mut chain = Self {
            pinned: Link { root, bytes },
            later: Vec::new(),
        };
        if is_other {
            return Ok((chain, Line::Other));
        }
        if mirror::names(&folder).is_empty() {
            return Ok((chain, Line::First));
        }
        while let Some(bytes) = kept(chain.version() + 1) {
            if !chain.follow(bytes) {
                break;
            }
        }
        Ok((chain, Line::Same))
    }

    /// Takes what of these follows. Who looks closer, and says what is wrong, is tough.
    pub(crate) fn extend(&mut self, received: &Received) {
        while let Some(bytes) = received.get(&file(self.version() + 1)) {
            if !self.follow(bytes.to_vec()) {
                break;
            }
        }
    }

    /// The next root has the next version and is signed by this root's keys and by its own.
    fn follow(&mut self, bytes: Vec<u8>) -> bool {
        let now = &self.newest().root;
        let Ok(next) = serde_json::from_slice::<Signed<Root>>(&bytes) else {
            return false;
        };
        let follows = now.signed.version.checked_add(1) == Some(next.signed.version)
            && now.signed.verify_role(&next).is_ok()
            && next.signed.verify_role(&next).is_ok();
        if follows {
            self.later.push(Link { root: next, bytes });
        }
        follows
    }

    fn newest(&self) -> &Link {
        self.later.last().unwrap_or(&self.pinned)
    }

    fn version(&self) -> u64 {
        self.newest().root.signed.version.get()
    }

    /// The keys that timestamps and snapshots are signed by.
    pub(crate) fn daily_keys(&self) -> Vec<Key> {
        let root = &self.newest().root.signed;
        let daily = [RoleType::Timestamp, RoleType::Snapshot];
        daily
            .iter()
            .flat_map(|role| root.keys(*role).cloned())
            .collect()
    }

    /// The bytes of the newest.
    pub(crate) fn newest_bytes(&self) -> &[u8] {
        &self.newest().bytes
    }

    /// The digest of the pinned one.
    pub(crate) fn pinned_sha256(&self) -> String {
        mirror::hex(&mirror::sha256(&self.pinned.bytes))
    }

    /// The version of the pinned one.
    pub(crate) fn pinned_version(&self) -> u64 {
        self.pinned.root.signed.version.get()
    }

    /// Those after the pinned one, by the names of their files.
    pub(crate) fn later(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.later
            .iter()
            .map(|link| (file(link.root.signed.version.get()), link.bytes.as_slice()))
    }

    /// The next run finds this chain, and of other lines nothing.
    pub(crate) fn keep(&self, room: &Room, line: Line) -> Result<(), Failure> {
        let folder = room.folder("roots")?;
        let pinned = (file(self.pinned_version()), self.pinned.bytes.as_slice());
        let mut names = BTreeSet::new();
        for (name, bytes) in std::iter::once(pinned).chain(self.later()) {
            mirror::write(&folder, &name, bytes)?;
            names.insert(name);
        }
        if line == Line::Other {
            mirror::keep_only(&folder, |name| names.contains(name))?;
        }
        mirror::settle(&folder)
    }
}

fn file(version: u64) -> String {
    format!("{version}.root.json")
}

/// The version in the name of a root's file.
pub(crate) fn version_in(name: &str) -> Option<u64> {
    name.strip_suffix(".root.json")?.parse().ok()
}
