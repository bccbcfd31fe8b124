//! The root of trust: which keys count for which role, and how many have to sign.

use std::collections::HashMap;
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use jiff::Timestamp;
use tough::schema::key::Key;
use tough::schema::{RoleKeys, RoleType, Root, Signed};

use crate::key::{self, SigningKey};
use crate::{PublishError, SPEC_VERSION, Signatures};

/// The keys of a role, and how many have to sign.
#[derive(Clone, Debug)]
pub struct RolePlan {
    /// Its keys.
    pub keys: Vec<Key>,
    /// How many have to sign.
    pub threshold: NonZeroU64,
}

/// What a root of trust says.
#[derive(Clone, Debug)]
pub struct RootPlan {
    /// Who signs roots.
    pub root: RolePlan,
    /// Who signs what the files are.
    pub targets: RolePlan,
    /// Who signs which metadata belongs together.
    pub snapshot: RolePlan,
    /// Who signs which snapshot is the newest.
    pub timestamp: RolePlan,
    /// When this root ends.
    pub expires: Timestamp,
}

/// A signed root and the bytes of its file.
pub struct SignedRoot {
    /// The root.
    pub root: Signed<Root>,
    /// Its file.
    pub bytes: Vec<u8>,
}

impl SignedRoot {
    /// The root in this file.
    ///
    /// # Errors
    /// [`PublishError::Read`], [`PublishError::Metadata`].
    pub fn read(path: &Path) -> Result<Self, PublishError> {
        let bytes = fs::read(path).map_err(|_| PublishError::Read(path.to_owned()))?;
        let root = serde_json::from_slice(&bytes);
        let root = root.map_err(|_| PublishError::Metadata(path.to_owned()))?;
        Ok(Self { root, bytes })
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.root.signed.version.get()
    }

    /// The keys of that role.
    #[must_use]
    pub fn role(&self, role: RoleType) -> Option<&RoleKeys> {
        self.root.signed.roles.get(&role)
    }

    /// How far the signatures are: by its own keys, and by those of the root before it. A desk that
    /// holds that one follows only if enough of both have signed.
    #[must_use]
    pub fn signatures(&self, before: Option<&Self>) -> Vec<Signatures> {
        let by = |name: &str, keys: &Self| {
            let role = keys.role(RoleType::Root);
            Signatures {
                role: name.to_owned(),
                have: role.map_or(0, |role| key::count(&self.root, role)),
                need: role.map_or(1, |role| role.threshold.get()),
            }
        };
        let before = before.map(|before| by("root-before", before));
        [by("root", self)].into_iter().chain(before).collect()
    }
}

/// The first root of trust, or the one after `before`, signed by those of `keys` that count for it
/// and for the one before: a desk follows from one to the next only if both say so.
///
/// # Errors
/// [`PublishError::Threshold`], [`PublishError::Sign`].
pub fn new(
    plan: RootPlan,
    before: Option<&SignedRoot>,
    keys: &[SigningKey],
) -> Result<SignedRoot, PublishError> {
    let version = before.map_or(1, |before| before.version() + 1);
    let mut root = Root {
        spec_version: SPEC_VERSION.to_owned(),
        consistent_snapshot: true,
        version: NonZeroU64::new(version).ok_or(PublishError::Sign)?,
        expires: plan.expires,
        keys: HashMap::new(),
        roles: HashMap::new(),
        _extra: HashMap::new(),
    };
    let roles = [
        (RoleType::Root, plan.root),
        (RoleType::Targets, plan.targets),
        (RoleType::Snapshot, plan.snapshot),
        (RoleType::Timestamp, plan.timestamp),
    ];
    for (role, plan) in roles {
        let mut keyids = Vec::new();
        for key in plan.keys {
            let id = key::id(&key)?;
            if !keyids.contains(&id) {
                keyids.push(id.clone());
            }
            root.keys.insert(id, key);
        }
        if u64::try_from(keyids.len()).is_ok_and(|keys| keys < plan.threshold.get()) {
            return Err(PublishError::Threshold(role.to_string()));
        }
        let threshold = plan.threshold;
        let _extra = HashMap::new();
        root.roles.insert(
            role,
            RoleKeys {
                keyids,
                threshold,
                _extra,
            },
        );
    }
    let signed = Signed {
        signed: root,
        signatures: Vec::new(),
    };
    sign(signed, before, keys)
}

/// The same root with the signatures of those of `keys` that count for it and for the one before.
///
/// # Errors
/// [`PublishError::Sign`].
pub fn sign(
    mut root: Signed<Root>,
    before: Option<&SignedRoot>,
    keys: &[SigningKey],
) -> Result<SignedRoot, PublishError> {
    let own = root.signed.roles.get(&RoleType::Root).cloned();
    let own = own.ok_or(PublishError::Sign)?;
    key::sign(&mut root, &own, keys)?;
    if let Some(role) = before.and_then(|before| before.role(RoleType::Root)) {
        key::sign(&mut root, role, keys)?;
    }
    let bytes = crate::release::file_of(&root)?;
    Ok(SignedRoot { root, bytes })
}
