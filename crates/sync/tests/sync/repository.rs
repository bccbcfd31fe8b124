//! Repositories, made by the other half of tough.

use std::collections::HashMap;
use std::fs;
use std::num::NonZeroU64;
use std::path::PathBuf;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use jiff::Timestamp;
use olpc_cjson::CanonicalFormatter;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tough::TargetName;
use tough::editor::RepositoryEditor;
use tough::key_source::{KeySource, LocalKeySource};
use tough::schema::{
    Hashes, PathPattern, PathSet, RoleKeys, RoleType, Root, Signature, Signed, Snapshot, Target,
    Timestamp as Stamp,
};
use tough::sign::Sign;

const DAY: i64 = 24 * 60 * 60;

/// A key on disk, as tough wants it.
struct Key {
    path: PathBuf,
    pair: Ed25519KeyPair,
}

impl Key {
    fn new(path: PathBuf) -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        fs::write(&path, document.as_ref()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
        Self { path, pair }
    }

    fn source(&self) -> Box<dyn KeySource> {
        let path = self.path.clone();
        Box::new(LocalKeySource { path })
    }

    fn sign<T: Serialize>(&self, signed: &T) -> Signature {
        let mut bytes = Vec::new();
        let formatter = CanonicalFormatter::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
        signed.serialize(&mut serializer).unwrap();
        Signature {
            keyid: self.pair.tuf_key().key_id().unwrap(),
            sig: self.pair.sign(&bytes).as_ref().to_vec().into(),
        }
    }
}

/// A repository in a folder, with a key for its root and one for everything else.
pub(crate) struct Repository {
    pub(crate) folder: TempDir,
    root_key: Key,
    daily_key: Key,
    is_consistent: bool,
    root_version: u64,
    /// A role that a target is left to, and the target.
    delegated: Option<(String, (String, Vec<u8>))>,
}

/// A target: its name and what is in it.
pub(crate) type Item<'a> = (&'a str, &'a [u8]);

impl Repository {
    /// One with its first root, and nothing else yet.
    pub(crate) fn new(is_consistent: bool) -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["metadata", "targets", "keys"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let keys = folder.path().join("keys");
        let mut repository = Self {
            root_key: Key::new(keys.join("root")),
            daily_key: Key::new(keys.join("daily-0")),
            folder,
            is_consistent,
            root_version: 0,
            delegated: None,
        };
        repository.next_root();
        repository
    }

    pub(crate) fn metadata(&self, name: &str) -> PathBuf {
        self.folder.path().join("metadata").join(name)
    }

    pub(crate) fn targets(&self) -> PathBuf {
        self.folder.path().join("targets")
    }

    /// The path of a target, as it is asked for.
    pub(crate) fn file(&self, (name, bytes): Item) -> String {
        if self.is_consistent {
            let sum = data_encoding::HEXLOWER.encode(digest(&SHA256, bytes).as_ref());
            format!("{sum}.{name}")
        } else {
            name.to_owned()
        }
    }

    /// A next version of the root, signed by the key that all versions are signed by.
    pub(crate) fn next_root(&mut self) {
        self.root_version += 1;
        let role = |key: &Key| RoleKeys {
            keyids: vec![key.pair.tuf_key().key_id().unwrap()],
            threshold: NonZeroU64::MIN,
            _extra: HashMap::new(),
        };
        let keys = [&self.root_key, &self.daily_key].map(|key| {
            let key = key.pair.tuf_key();
            (key.key_id().unwrap(), key)
        });
        let root = Root {
            spec_version: "1.0.0".to_owned(),
            consistent_snapshot: self.is_consistent,
            version: NonZeroU64::new(self.root_version).unwrap(),
            expires: after(365 * DAY),
            keys: keys.into(),
            roles: HashMap::from([
                (RoleType::Root, role(&self.root_key)),
                (RoleType::Timestamp, role(&self.daily_key)),
                (RoleType::Snapshot, role(&self.daily_key)),
                (RoleType::Targets, role(&self.daily_key)),
            ]),
            _extra: HashMap::new(),
        };
        let signatures = vec![self.root_key.sign(&root)];
        let signed = Signed {
            signed: root,
            signatures,
        };
        let name = format!("{}.root.json", self.root_version);
        fs::write(self.metadata(&name), serde_json::to_vec(&signed).unwrap()).unwrap();
    }

    /// From the next version on, this target is left to that role.
    pub(crate) fn delegate(&mut self, role: &str, item: Item) {
        fs::write(self.targets().join(self.file(item)), item.1).unwrap();
        self.delegated = Some((role.to_owned(), (item.0.to_owned(), item.1.to_vec())));
    }

    /// A new key for everything but the root; no root says so yet.
    pub(crate) fn change_daily_key(&mut self) {
        let name = format!("daily-{}", self.root_version);
        self.daily_key = Key::new(self.folder.path().join("keys").join(name));
    }

    /// That version of everything, with these targets.
    pub(crate) fn publish(&self, version: u64, items: &[Item]) {
        self.publish_until(version, items, 7 * DAY);
    }

    /// The same, out of date after so many seconds.
    pub(crate) fn publish_until(&self, version: u64, items: &[Item], seconds: i64) {
        for item in items {
            let path = self.targets().join(self.file(*item));
            if path.parent() == Some(&self.targets()) {
                fs::write(path, item.1).unwrap();
            }
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(self.sign(version, items, after(seconds)));
    }

    async fn sign(&self, version: u64, items: &[Item<'_>], expires: Timestamp) {
        let version = NonZeroU64::new(version).unwrap();
        let root = self.metadata(&format!("{}.root.json", self.root_version));
        let mut editor = RepositoryEditor::new(root).await.unwrap();
        editor.targets_version(version).unwrap();
        editor.targets_expires(expires).unwrap();
        editor.snapshot_version(version).snapshot_expires(expires);
        editor.timestamp_version(version).timestamp_expires(expires);
        for (name, bytes) in items {
            let name = TargetName::new(*name).unwrap();
            editor.add_target(name, target(bytes)).unwrap();
        }
        if let Some((role, (name, bytes))) = &self.delegated {
            let key = [self.daily_key.source()];
            let paths = PathSet::Paths(vec![PathPattern::new(name.clone()).unwrap()]);
            let one = NonZeroU64::MIN;
            editor
                .delegate_role(role, &key, paths, false, one, expires, version)
                .await
                .unwrap();
            editor.sign_targets_editor(&key).await.unwrap();
            editor.change_delegated_targets(role).unwrap();
            editor.targets_version(version).unwrap();
            editor.targets_expires(expires).unwrap();
            let name = TargetName::new(name.clone()).unwrap();
            editor.add_target(name, target(bytes)).unwrap();
            editor.sign_targets_editor(&key).await.unwrap();
        }
        let signed = editor.sign(&[self.daily_key.source()]).await.unwrap();
        signed.write(self.metadata("")).await.unwrap();
    }

    /// Timestamp and snapshot say versions and nothing else, as python-tuf writes them.
    pub(crate) fn say_versions_only(&self, version: u64) {
        let snapshot = if self.is_consistent {
            format!("{version}.snapshot.json")
        } else {
            "snapshot.json".to_owned()
        };
        self.sign_again(&snapshot, |snapshot: &mut Snapshot| {
            for about in snapshot.meta.values_mut() {
                (about.length, about.hashes) = (None, None);
            }
        });
        self.sign_again("timestamp.json", |timestamp: &mut Stamp| {
            for about in timestamp.meta.values_mut() {
                (about.length, about.hashes) = (None, None);
            }
        });
    }

    fn sign_again<T: Serialize + DeserializeOwned>(&self, name: &str, change: impl FnOnce(&mut T)) {
        let path = self.metadata(name);
        let mut role: Signed<T> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut role.signed);
        role.signatures = vec![self.daily_key.sign(&role.signed)];
        fs::write(path, serde_json::to_vec_pretty(&role).unwrap()).unwrap();
    }

    /// A copy of it as it is now.
    pub(crate) fn copy(&self) -> TempDir {
        let copy = TempDir::new().unwrap();
        for folder in ["metadata", "targets"] {
            fs::create_dir(copy.path().join(folder)).unwrap();
            for entry in fs::read_dir(self.folder.path().join(folder)).unwrap() {
                let entry = entry.unwrap();
                let to = copy.path().join(folder).join(entry.file_name());
                fs::copy(entry.path(), to).unwrap();
            }
        }
        copy
    }
}

fn target(bytes: &[u8]) -> Target {
    Target {
        length: bytes.len() as u64,
        hashes: Hashes {
            sha256: digest(&SHA256, bytes).as_ref().to_vec().into(),
            _extra: HashMap::new(),
        },
        custom: HashMap::new(),
        _extra: HashMap::new(),
    }
}

fn after(seconds: i64) -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second() + seconds).unwrap()
}
