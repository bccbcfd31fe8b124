//! Files become the targets of a release: `targets.json` names each with its length and SHA-256.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use tough::TargetName;
use tough::schema::key::Key;
use tough::schema::{
    DelegatedRole, Delegations, Hashes, PathPattern, PathSet, RoleType, Signed, Target, Targets,
};

use crate::key::{self, SigningKey};
use crate::root::SignedRoot;
use crate::{PublishError, SPEC_VERSION, Signatures};

/// The files of a release, by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A role that brings some of the files itself, signed with its own keys.
pub struct Delegation {
    /// What the role is called.
    pub name: String,
    /// Its keys.
    pub keys: Vec<Key>,
    /// How many have to sign.
    pub threshold: NonZeroU64,
    /// Patterns of the names that it may bring, as `status-*`.
    pub paths: Vec<String>,
    /// Its signed metadata, as [`delegated`] makes it.
    pub metadata: Vec<u8>,
    /// Its files.
    pub files: Files,
}

/// A release: the files of the publisher, and of those it delegates to.
pub struct Release {
    /// The publisher's own files.
    pub files: Files,
    /// Others that bring files.
    pub delegations: Vec<Delegation>,
    /// When what is signed here ends.
    pub expires: Timestamp,
}

/// Writes the files and `targets.json` of a release to this repository, signed by those of `keys`
/// that count. Its version is one above the newest there.
///
/// # Errors
/// Any [`PublishError`].
pub fn write(
    release: &Release,
    root: &SignedRoot,
    keys: &[SigningKey],
    repository: &Path,
) -> Result<Signatures, PublishError> {
    let (metadata, targets) = (repository.join("metadata"), repository.join("targets"));
    for folder in [&metadata, &targets] {
        fs::create_dir_all(folder).map_err(|_| PublishError::Write(folder.clone()))?;
    }
    let version = newest(&metadata, "targets").map_or(1, |version| version + 1);
    let mut signed = Signed {
        signed: targets_of(&release.files, version, release.expires)?,
        signatures: Vec::new(),
    };
    let mut delegations = Delegations::default();
    for one in &release.delegations {
        add(&mut delegations, one)?;
        let read: Signed<Targets> = parse(&one.metadata, Path::new(&one.name))?;
        let name = format!("{}.{}.json", read.signed.version, one.name);
        save(&metadata.join(name), &one.metadata)?;
        write_files(&one.files, &targets)?;
    }
    signed.signed.delegations = (!delegations.roles.is_empty()).then_some(delegations);
    write_files(&release.files, &targets)?;
    let name = format!("{}.root.json", root.version());
    save(&metadata.join(name), &root.bytes)?;
    let role = root.role(RoleType::Targets).ok_or(PublishError::Sign)?;
    key::sign(&mut signed, role, keys)?;
    let name = format!("{version}.targets.json");
    save(&metadata.join(name), &file_of(&signed)?)?;
    Ok(Signatures::of("targets", &signed, role))
}

/// The metadata of a delegated role over these files, signed by `keys`.
///
/// # Errors
/// Any [`PublishError`].
pub fn delegated(
    files: &Files,
    version: u64,
    expires: Timestamp,
    keys: &[SigningKey],
) -> Result<Vec<u8>, PublishError> {
    let mut targets = targets_of(files, version, expires)?;
    targets.delegations = None;
    let mut signed = Signed {
        signed: targets,
        signatures: Vec::new(),
    };
    // Whoever signs for the role is who counts for it: the publisher names the keys.
    let keyids = keys.iter().map(|key| key::id(&key.public()));
    let role = tough::schema::RoleKeys {
        keyids: keyids.collect::<Result<_, _>>()?,
        threshold: NonZeroU64::MIN,
        _extra: HashMap::new(),
    };
    key::sign(&mut signed, &role, keys)?;
    file_of(&signed)
}

fn targets_of(files: &Files, version: u64, expires: Timestamp) -> Result<Targets, PublishError> {
    let version = NonZeroU64::new(version).ok_or(PublishError::Sign)?;
    let mut targets = Targets::new(SPEC_VERSION.to_owned(), version, expires);
    for (name, bytes) in files {
        let target = TargetName::new(name).map_err(|_| PublishError::Name(name.clone()))?;
        targets.add_target(
            target,
            Target {
                length: u64::try_from(bytes.len()).map_err(|_| PublishError::Sign)?,
                hashes: hashes(bytes),
                custom: HashMap::new(),
                _extra: HashMap::new(),
            },
        );
    }
    Ok(targets)
}

fn add(delegations: &mut Delegations, one: &Delegation) -> Result<(), PublishError> {
    let mut keyids = Vec::new();
    for key in &one.keys {
        let id = key::id(key)?;
        keyids.push(id.clone());
        delegations.keys.insert(id, key.clone());
    }
    let patterns = one.paths.iter().map(PathPattern::new);
    let patterns: Result<Vec<_>, _> = patterns.collect();
    delegations.roles.push(DelegatedRole {
        name: one.name.clone(),
        keyids,
        threshold: one.threshold,
        paths: PathSet::Paths(patterns.map_err(|_| PublishError::Name(one.name.clone()))?),
        terminating: true,
        targets: None,
    });
    Ok(())
}

fn write_files(files: &Files, targets: &Path) -> Result<(), PublishError> {
    for (name, bytes) in files {
        let digest = hashes(bytes).sha256;
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        save(&targets.join(format!("{hex}.{name}")), bytes)?;
    }
    Ok(())
}

pub(crate) fn hashes(bytes: &[u8]) -> Hashes {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    Hashes {
        sha256: digest.as_ref().to_vec().into(),
        _extra: HashMap::new(),
    }
}

/// The newest version of a role's metadata in this folder.
pub(crate) fn newest(metadata: &Path, role: &str) -> Option<u64> {
    let ending = format!(".{role}.json");
    let names = fs::read_dir(metadata).ok()?.flatten();
    names
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(&ending)?.parse().ok()
        })
        .max()
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(
    bytes: &[u8],
    path: &Path,
) -> Result<T, PublishError> {
    serde_json::from_slice(bytes).map_err(|_| PublishError::Metadata(path.to_owned()))
}

pub(crate) fn file_of<T: Serialize>(signed: &Signed<T>) -> Result<Vec<u8>, PublishError> {
    serde_json::to_vec_pretty(signed).map_err(|_| PublishError::Sign)
}

/// The file has these bytes, or those it had: whoever serves the folder never serves half of them.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let failed = |_| PublishError::Write(path.to_owned());
    let new = path.with_extension("new");
    fs::write(&new, bytes).map_err(failed)?;
    fs::rename(&new, path).map_err(failed)
}
