//! A release is issued: a snapshot says which metadata belongs together, a timestamp which snapshot is
//! the newest. Issuing again without a new release keeps desks from calling the bundle ended.

use std::collections::HashMap;
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use jiff::Timestamp as Time;
use tough::schema::{Metafile, RoleType, Signed, Snapshot, Targets, Timestamp};

use crate::key::{self, SigningKey};
use crate::release::{file_of, hashes, newest, parse, save};
use crate::root::SignedRoot;
use crate::{PublishError, SPEC_VERSION, Signatures};

/// When what is signed here ends.
#[derive(Clone, Copy, Debug)]
pub struct Expiry {
    /// The snapshot.
    pub snapshot: Time,
    /// The timestamp: after it no desk accepts anything until it has a newer one.
    pub timestamp: Time,
}

/// Signs the newest `targets.json` of this repository with those of `keys` that count, and issues it
/// once enough have signed and the keys for snapshot and timestamp are there. What is missing is in
/// the answer.
///
/// # Errors
/// Any [`PublishError`].
pub fn sign(
    repository: &Path,
    root: &SignedRoot,
    keys: &[SigningKey],
    expiry: Expiry,
) -> Result<Vec<Signatures>, PublishError> {
    let metadata = repository.join("metadata");
    let version = newest(&metadata, "targets");
    let version = version.ok_or_else(|| PublishError::Read(metadata.clone()))?;
    let path = metadata.join(format!("{version}.targets.json"));
    let bytes = fs::read(&path).map_err(|_| PublishError::Read(path.clone()))?;
    let mut targets: Signed<Targets> = parse(&bytes, &path)?;
    let before = targets.signatures.len();
    let role = root.role(RoleType::Targets).ok_or(PublishError::Sign)?;
    key::sign(&mut targets, role, keys)?;
    if targets.signatures.len() != before {
        save(&path, &file_of(&targets)?)?;
    }
    let mut all = vec![Signatures::of("targets", &targets, role)];
    if !all.iter().all(Signatures::complete) {
        return Ok(all);
    }
    let snapshot = snapshot(&metadata, &targets, expiry.snapshot)?;
    let (snapshot, signatures) = signed(snapshot, RoleType::Snapshot, root, keys)?;
    let complete = signatures.complete();
    all.push(signatures);
    if !complete {
        return Ok(all);
    }
    let bytes = file_of(&snapshot)?;
    let timestamp = timestamp(&metadata, &snapshot, &bytes, expiry.timestamp)?;
    let (timestamp, signatures) = signed(timestamp, RoleType::Timestamp, root, keys)?;
    let complete = signatures.complete();
    all.push(signatures);
    if complete {
        let name = format!("{}.snapshot.json", snapshot.signed.version);
        save(&metadata.join(name), &bytes)?;
        // Last: it is what a desk looks at first.
        save(&metadata.join("timestamp.json"), &file_of(&timestamp)?)?;
    }
    Ok(all)
}

fn signed<T: tough::schema::Role + serde::Serialize>(
    part: T,
    role: RoleType,
    root: &SignedRoot,
    keys: &[SigningKey],
) -> Result<(Signed<T>, Signatures), PublishError> {
    let mut signed = Signed {
        signed: part,
        signatures: Vec::new(),
    };
    let keys_of = root.role(role).ok_or(PublishError::Sign)?;
    key::sign(&mut signed, keys_of, keys)?;
    let signatures = Signatures::of(role.to_string(), &signed, keys_of);
    Ok((signed, signatures))
}

fn snapshot(
    metadata: &Path,
    targets: &Signed<Targets>,
    expires: Time,
) -> Result<Snapshot, PublishError> {
    let version = newest(metadata, "snapshot").map_or(1, |version| version + 1);
    let version = NonZeroU64::new(version).ok_or(PublishError::Sign)?;
    let mut snapshot = Snapshot::new(SPEC_VERSION.to_owned(), version, expires);
    let mut add = |role: &str| -> Result<(), PublishError> {
        let version = newest(metadata, role).and_then(NonZeroU64::new);
        let version = version.ok_or_else(|| PublishError::Metadata(metadata.join(role)))?;
        let path = metadata.join(format!("{version}.{role}.json"));
        let bytes = fs::read(&path).map_err(|_| PublishError::Read(path))?;
        let file = metafile(&bytes, version)?;
        snapshot.meta.insert(format!("{role}.json"), file);
        Ok(())
    };
    add("targets")?;
    let delegations = targets.signed.delegations.iter();
    for role in delegations.flat_map(|delegations| &delegations.roles) {
        add(&role.name)?;
    }
    // A role that nothing is delegated to any more stays listed: a desk takes a snapshot that forgets
    // one for an attack.
    for (name, file) in listed_before(metadata).unwrap_or_default() {
        snapshot.meta.entry(name).or_insert(file);
    }
    Ok(snapshot)
}

/// What the newest snapshot there lists.
fn listed_before(metadata: &Path) -> Option<HashMap<String, Metafile>> {
    let version = newest(metadata, "snapshot")?;
    let bytes = fs::read(metadata.join(format!("{version}.snapshot.json"))).ok()?;
    let before: Signed<Snapshot> = serde_json::from_slice(&bytes).ok()?;
    Some(before.signed.meta)
}

fn timestamp(
    metadata: &Path,
    snapshot: &Signed<Snapshot>,
    bytes: &[u8],
    expires: Time,
) -> Result<Timestamp, PublishError> {
    let before = fs::read(metadata.join("timestamp.json")).ok();
    let before = before.and_then(|bytes| {
        let before: Signed<Timestamp> = serde_json::from_slice(&bytes).ok()?;
        before.signed.version.checked_add(1)
    });
    let version = before.unwrap_or(NonZeroU64::MIN);
    let mut timestamp = Timestamp::new(SPEC_VERSION.to_owned(), version, expires);
    let file = metafile(bytes, snapshot.signed.version)?;
    timestamp.meta.insert("snapshot.json".to_owned(), file);
    Ok(timestamp)
}

fn metafile(bytes: &[u8], version: NonZeroU64) -> Result<Metafile, PublishError> {
    Ok(Metafile {
        length: Some(u64::try_from(bytes.len()).map_err(|_| PublishError::Sign)?),
        hashes: Some(hashes(bytes)),
        version,
        _extra: HashMap::new(),
    })
}
