//! A maker of repositories of The Update Framework 1.0 by hand: plain JSON, its canonical form and
//! Ed25519. It shares nothing with the publisher, and can do all that a publisher would refuse to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use serde::Serialize;
use serde_json::{Value, json};

/// Files by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// When nothing else is said, a role ends that long after the moment of the tests.
pub(crate) const LATER: i64 = 30 * 86_400;

/// A key, its name in the metadata and its public half there.
#[derive(Clone)]
pub(crate) struct Key {
    pair: Arc<Ed25519KeyPair>,
    id: String,
    public: Value,
}

impl Key {
    pub(crate) fn new() -> Self {
        let pair = Ed25519KeyPair::generate().unwrap();
        let public = json!({
            "keytype": "ed25519",
            "scheme": "ed25519",
            "keyval": { "public": hex(pair.public_key().as_ref()) },
        });
        Self {
            id: sha256(&canonical(&public)),
            pair: Arc::new(pair),
            public,
        }
    }
}

/// Who may sign a part of the metadata, who does, and what its version and end are.
#[derive(Clone)]
pub(crate) struct Role {
    pub(crate) keys: Vec<Key>,
    pub(crate) signers: Vec<Key>,
    pub(crate) threshold: u64,
    pub(crate) version: u64,
    pub(crate) ends: i64,
}

impl Role {
    fn new(ends: i64) -> Self {
        Self::of(vec![Key::new()], 1, ends)
    }

    pub(crate) fn of(keys: Vec<Key>, threshold: u64, ends: i64) -> Self {
        Self {
            signers: keys.clone(),
            keys,
            threshold,
            version: 1,
            ends,
        }
    }

    fn ids(&self) -> Vec<&str> {
        self.keys.iter().map(|key| &*key.id).collect()
    }
}

/// A role that the publisher delegated to, and its files.
#[derive(Clone)]
pub(crate) struct Delegated {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) paths: Vec<String>,
    pub(crate) files: Files,
}

/// A repository.
#[derive(Clone)]
pub(crate) struct Maker {
    pub(crate) root: Role,
    pub(crate) timestamp: Role,
    pub(crate) snapshot: Role,
    pub(crate) targets: Role,
    pub(crate) delegated: Vec<Delegated>,
    pub(crate) files: Files,
    /// Rows of `targets.json` without a file, or with another one.
    pub(crate) declared: BTreeMap<String, Value>,
    pub(crate) consistent: bool,
    /// Whether the metadata names length and digest of the metadata below it.
    pub(crate) pins: bool,
    /// Every root so far, the first one first.
    pub(crate) roots: Vec<Vec<u8>>,
}

impl Maker {
    /// With a key a role and its first root, at this time.
    pub(crate) fn new(files: Files, at: i64) -> Self {
        let role = || Role::new(at + LATER);
        let mut maker = Self {
            root: Role {
                version: 0,
                ..role()
            },
            timestamp: role(),
            snapshot: role(),
            targets: role(),
            delegated: Vec::new(),
            files,
            declared: BTreeMap::new(),
            consistent: true,
            pins: true,
            roots: Vec::new(),
        };
        maker.next_root(&[]);
        maker
    }

    /// The next root: signed by the signers of its own, and by those of the one before.
    pub(crate) fn next_root(&mut self, before: &[Key]) {
        self.root.version += 1;
        let roles = [&self.root, &self.timestamp, &self.snapshot, &self.targets];
        let keys = roles.iter().flat_map(|role| &role.keys);
        let keys: BTreeMap<&str, &Value> = keys.map(|key| (&*key.id, &key.public)).collect();
        let row = |role: &Role| json!({ "keyids": role.ids(), "threshold": role.threshold });
        let root = json!({
            "_type": "root",
            "spec_version": "1.0.0",
            "consistent_snapshot": self.consistent,
            "version": self.root.version,
            "expires": time(self.root.ends),
            "keys": keys,
            "roles": {
                "root": row(&self.root),
                "timestamp": row(&self.timestamp),
                "snapshot": row(&self.snapshot),
                "targets": row(&self.targets),
            },
        });
        let mut signers = self.root.signers.clone();
        signers.extend_from_slice(before);
        self.roots.push(signed(&root, &signers));
    }

    /// The next release: every version one up.
    pub(crate) fn next(&mut self) {
        for role in [&mut self.timestamp, &mut self.snapshot, &mut self.targets] {
            role.version += 1;
        }
        for one in &mut self.delegated {
            one.role.version += 1;
        }
    }

    /// Writes all of it to this folder, in place of what is there.
    pub(crate) fn write(&self, to: &Path) {
        let (metadata, targets) = (to.join("metadata"), to.join("targets"));
        for folder in [&metadata, &targets] {
            drop(fs::remove_dir_all(folder));
            fs::create_dir_all(folder).unwrap();
        }
        for (root, number) in self.roots.iter().zip(1..) {
            fs::write(metadata.join(format!("{number}.root.json")), root).unwrap();
        }
        let mut listed = BTreeMap::new();
        for one in &self.delegated {
            let rows = self.write_files(&one.files, &targets);
            let bytes = signed(&targets_of(&one.role, &rows, &[]), &one.role.signers);
            let file = format!("{}.json", one.name);
            // As other makers write the name of a role that is no file name.
            let escaped = file.replace('/', "%2F");
            self.save(&metadata, one.role.version, &escaped, &bytes);
            listed.insert(file, self.pin(one.role.version, &bytes));
        }
        let mut rows = self.write_files(&self.files, &targets);
        rows.extend(self.declared.clone());
        let bytes = signed(
            &targets_of(&self.targets, &rows, &self.delegated),
            &self.targets.signers,
        );
        self.save(&metadata, self.targets.version, "targets.json", &bytes);
        listed.insert(
            "targets.json".to_owned(),
            self.pin(self.targets.version, &bytes),
        );
        let snapshot = part("snapshot", &self.snapshot, &json!(listed));
        let bytes = signed(&snapshot, &self.snapshot.signers);
        self.save(&metadata, self.snapshot.version, "snapshot.json", &bytes);
        let pin = self.pin(self.snapshot.version, &bytes);
        let timestamp = part(
            "timestamp",
            &self.timestamp,
            &json!({ "snapshot.json": pin }),
        );
        let bytes = signed(&timestamp, &self.timestamp.signers);
        fs::write(metadata.join("timestamp.json"), bytes).unwrap();
    }

    /// What the target of this name is called in `targets/`.
    pub(crate) fn place(&self, name: &str) -> String {
        let delegated = self.delegated.iter().map(|one| &one.files);
        let mut all = std::iter::once(&self.files).chain(delegated);
        let bytes = all.find_map(|files| files.get(name)).unwrap();
        self.place_of(name, bytes)
    }

    fn place_of(&self, name: &str, bytes: &[u8]) -> String {
        if self.consistent {
            format!("{}.{name}", sha256(bytes))
        } else {
            name.to_owned()
        }
    }

    fn write_files(&self, files: &Files, to: &Path) -> BTreeMap<String, Value> {
        let row = |(name, bytes): (&String, &Vec<u8>)| {
            fs::write(to.join(self.place_of(name, bytes)), bytes).unwrap();
            (name.clone(), declared(bytes.len() as u64, &sha256(bytes)))
        };
        files.iter().map(row).collect()
    }

    fn save(&self, metadata: &Path, version: u64, name: &str, bytes: &[u8]) {
        let name = if self.consistent {
            format!("{version}.{name}")
        } else {
            name.to_owned()
        };
        fs::write(metadata.join(name), bytes).unwrap();
    }

    fn pin(&self, version: u64, bytes: &[u8]) -> Value {
        if self.pins {
            json!({
                "version": version,
                "length": bytes.len(),
                "hashes": { "sha256": sha256(bytes) },
            })
        } else {
            json!({ "version": version })
        }
    }
}

/// A row of `targets.json`.
pub(crate) fn declared(length: u64, sha256: &str) -> Value {
    json!({ "length": length, "hashes": { "sha256": sha256 } })
}

fn targets_of(role: &Role, rows: &BTreeMap<String, Value>, delegated: &[Delegated]) -> Value {
    let mut targets = json!({
        "_type": "targets",
        "spec_version": "1.0.0",
        "version": role.version,
        "expires": time(role.ends),
        "targets": rows,
    });
    if !delegated.is_empty() {
        let keys = delegated.iter().flat_map(|one| &one.role.keys);
        let keys: BTreeMap<&str, &Value> = keys.map(|key| (&*key.id, &key.public)).collect();
        let row = |one: &Delegated| {
            json!({
                "name": one.name,
                "keyids": one.role.ids(),
                "threshold": one.role.threshold,
                "paths": one.paths,
                "terminating": true,
            })
        };
        let roles: Vec<Value> = delegated.iter().map(row).collect();
        targets["delegations"] = json!({ "keys": keys, "roles": roles });
    }
    targets
}

fn part(kind: &str, role: &Role, listed: &Value) -> Value {
    json!({
        "_type": kind,
        "spec_version": "1.0.0",
        "version": role.version,
        "expires": time(role.ends),
        "meta": listed,
    })
}

fn signed(what: &Value, signers: &[Key]) -> Vec<u8> {
    let bytes = canonical(what);
    let row = |key: &Key| {
        let signature = key.pair.sign(&bytes);
        json!({ "keyid": key.id, "sig": hex(signature.as_ref()) })
    };
    let signatures: Vec<Value> = signers.iter().map(row).collect();
    serde_json::to_vec(&json!({ "signed": what, "signatures": signatures })).unwrap()
}

fn canonical(what: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    let formatter = olpc_cjson::CanonicalFormatter::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    what.serialize(&mut serializer).unwrap();
    bytes
}

fn time(at: i64) -> String {
    jiff::Timestamp::from_second(at).unwrap().to_string()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(digest(&SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
