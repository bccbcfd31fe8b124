//! A bundle whose metadata was verified up to the root of trust. Its files are verified as they are
//! read: nothing of a bundle is used that was not.

use std::collections::BTreeMap;
use std::path::Path;

use futures::StreamExt;
use hwagin_verifier::UnixTime;
use tough::schema::{DelegatedRole, Role, RoleKeys, Root, Signature, Signed, Targets};
use tough::{ExpirationEnforcement, Limits, Repository, RepositoryLoader, TargetName};

use super::carrier::{Area, Carrier};
use super::codes::{BundleFlaw, PartKind};
use super::manifest::{self, Manifest};
use super::{flaw, part};

/// Files of a bundle at most. A nation's: a thousand roots, five hundred revocation lists, sixty-four
/// status lists, and a hundred cards and purposes.
pub const MAX_FILES: usize = 8_192;

/// One file at most. A status list of sixty million cards at two bits that does not compress at all
/// is 15 MB.
pub const MAX_FILE: u64 = 32 * 1024 * 1024;

/// All files together at most: a nation's lists eight times over.
pub const MAX_ALL: u64 = 512 * 1024 * 1024;

/// Where the metadata of a bundle has its bounds. A row of `targets.json` takes some 200 bytes.
const LIMITS: Limits = Limits {
    max_root_size: 512 * 1024,
    max_targets_size: 8 * 1024 * 1024,
    max_timestamp_size: 64 * 1024,
    max_snapshot_size: 512 * 1024,
    // A root rotated every month for a lifetime.
    max_root_updates: 1_024,
};

/// A file of a bundle, as it was signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// What it is, by its name.
    pub kind: PartKind,
    /// Its length in bytes.
    pub length: u64,
    /// Its SHA-256.
    pub digest: Vec<u8>,
}

/// Who signed a part of the metadata.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleFacts {
    /// `root`, `timestamp`, `snapshot`, `targets`, or the name of a delegated role.
    pub role: String,
    /// The version of what it signed.
    pub version: u64,
    /// When that ends.
    pub ends: UnixTime,
    /// The ids of the keys that signed, in hexadecimal digits.
    pub keys: Vec<String>,
    /// How many have to.
    pub threshold: u64,
}

/// The metadata of the bundle before, by which an older one is known as older.
pub(super) struct Known {
    pub(super) timestamp: Vec<u8>,
    pub(super) snapshot: Vec<u8>,
}

/// A bundle whose metadata was verified.
pub struct Bundle {
    repository: Repository,
    carrier: Carrier,
    files: BTreeMap<String, Listed>,
    not_delegable: Vec<String>,
    manifest: Manifest,
    /// The newest root of trust, byte for byte.
    root: Vec<u8>,
    roles: Vec<RoleFacts>,
}

impl Bundle {
    /// The bundle in this folder, verified up to this root and not older than what is `known`.
    ///
    /// Whether it has ended is not asked here: see [`Self::ends`].
    ///
    /// # Errors
    /// Any [`BundleFlaw`] of a bundle.
    pub(super) fn open(
        folder: &Path,
        root: &[u8],
        known: Option<&Known>,
    ) -> Result<Self, BundleFlaw> {
        let carrier = Carrier::new(folder);
        let repository = match load(&carrier, root, known, tempfile::tempdir()) {
            // The system's place for passing files is full, or not there. That says nothing of a
            // bundle; the place where it lies may do.
            Err(BundleFlaw::DiskFull | BundleFlaw::ReadOnly | BundleFlaw::Store) => {
                load(&carrier, root, known, tempfile::tempdir_in(folder))
            }
            loaded => loaded,
        };
        Self::new(repository?, carrier, root)
    }

    /// The bundle in this folder, verified up to this root by itself: for whoever made it or wants to
    /// look at it. A desk takes one by [`super::Store::import`], which knows the one before.
    ///
    /// # Errors
    /// Any [`BundleFlaw`] of a bundle.
    pub fn look_at(folder: &Path, root: &[u8]) -> Result<Self, BundleFlaw> {
        Self::open(folder, root, None)
    }

    fn new(repository: Repository, carrier: Carrier, root: &[u8]) -> Result<Self, BundleFlaw> {
        let (files, not_delegable) = files(&repository)?;
        let version = repository.root().signed.version;
        let newest = carrier.metadata().remove(&format!("{version}.root.json"));
        let manifest = files.get(part::MANIFEST).ok_or(BundleFlaw::Manifest)?;
        let manifest = manifest::read(&read(&repository, part::MANIFEST, manifest)?)?;
        let bundle = Self {
            roles: roles(&repository),
            repository,
            carrier,
            files,
            not_delegable,
            manifest,
            root: newest.unwrap_or_else(|| root.to_vec()),
        };
        if bundle.ends() < bundle.manifest.issued {
            return Err(BundleFlaw::Manifest);
        }
        Ok(bundle)
    }

    /// The bytes of this file, as they were signed.
    ///
    /// # Errors
    /// [`BundleFlaw::TargetName`] where the bundle has none of that name; `target_*`,
    /// [`BundleFlaw::Unreadable`].
    pub fn read(&self, name: &str) -> Result<Vec<u8>, BundleFlaw> {
        let listed = self.files.get(name).ok_or(BundleFlaw::TargetName)?;
        read(&self.repository, name, listed)
    }

    /// Whether every file is as it was signed.
    pub(super) fn is_whole(&self) -> bool {
        self.files.keys().all(|name| self.read(name).is_ok())
    }

    /// Its files, by name.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, Listed> {
        &self.files
    }

    /// Files that a delegated role brought and may not bring: they are no part of the bundle.
    #[must_use]
    pub fn not_delegable(&self) -> &[String] {
        &self.not_delegable
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The version of its timestamp, which goes up with every issue.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.repository.timestamp().signed.version.get()
    }

    /// The version of the root of trust that it leads to.
    #[must_use]
    pub fn root_version(&self) -> u64 {
        self.repository.root().signed.version.get()
    }

    /// When the first of its roles ends.
    #[must_use]
    pub fn ends(&self) -> UnixTime {
        let ends = self.roles.iter().map(|role| role.ends).min();
        ends.unwrap_or(UnixTime(i64::MIN))
    }

    /// Who signed what.
    #[must_use]
    pub fn roles(&self) -> &[RoleFacts] {
        &self.roles
    }

    /// The newest root of trust, byte for byte.
    pub(super) fn root(&self) -> &[u8] {
        &self.root
    }

    /// Its metadata as it was read, by file name.
    pub(super) fn metadata(&self) -> BTreeMap<String, Vec<u8>> {
        self.carrier.metadata()
    }

    /// What the file of this name is called in `targets/`.
    pub(super) fn file_name(&self, name: &str, listed: &Listed) -> String {
        if self.repository.root().signed.consistent_snapshot {
            format!("{}.{name}", hex(&listed.digest))
        } else {
            name.to_owned()
        }
    }

    /// By which an older bundle is known as older.
    pub(super) fn known(&self) -> Option<Known> {
        let mut metadata = self.metadata();
        let version = self.repository.snapshot().signed.version;
        let snapshot = metadata.remove(&format!("{version}.snapshot.json"));
        Some(Known {
            timestamp: metadata.remove("timestamp.json")?,
            snapshot: snapshot.or_else(|| metadata.remove("snapshot.json"))?,
        })
    }
}

/// The metadata of this carrier, verified up to this root. tough keeps what it has read in `passing`,
/// and looks there for what is known.
fn load(
    carrier: &Carrier,
    root: &[u8],
    known: Option<&Known>,
    passing: std::io::Result<tempfile::TempDir>,
) -> Result<Repository, BundleFlaw> {
    let passing = passing.map_err(|error| flaw::of_store(&error))?;
    if let Some(known) = known {
        let write = |name, bytes: &[u8]| {
            let written = std::fs::write(passing.path().join(name), bytes);
            written.map_err(|error| flaw::of_store(&error))
        };
        write("timestamp.json", &known.timestamp)?;
        write("snapshot.json", &known.snapshot)?;
    }
    let (metadata, targets) = Area::Metadata
        .url()
        .zip(Area::Targets.url())
        .ok_or(BundleFlaw::Malformed)?;
    let loader = RepositoryLoader::new(&root, metadata, targets)
        .transport(carrier.clone())
        .limits(LIMITS)
        .datastore(passing.path())
        // tough asks the machine for the time; a desk has its own clock, and shows an ended bundle
        // as ended. Whoever opens one asks `ends`.
        .expiration_enforcement(ExpirationEnforcement::Unsafe);
    waited_for(loader.load())?.map_err(|error| flaw::of_metadata(&error))
}

/// The bytes of this file, as they were signed.
fn read(repository: &Repository, name: &str, listed: &Listed) -> Result<Vec<u8>, BundleFlaw> {
    let target = TargetName::new(name).map_err(|_| BundleFlaw::TargetName)?;
    let read = async {
        let Some(mut stream) = repository.read_target(&target).await? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.next().await {
            bytes.extend_from_slice(&chunk?);
        }
        Ok(Some(bytes))
    };
    let read = waited_for(read)?.map_err(|error: tough::error::Error| flaw::of_target(&error));
    let bytes = read?.ok_or(BundleFlaw::TargetMissing)?;
    if u64::try_from(bytes.len()) == Ok(listed.length) {
        Ok(bytes)
    } else {
        Err(BundleFlaw::TargetWrong)
    }
}

/// The files that the metadata names, within the bounds, and those that no delegated role may bring.
fn files(repository: &Repository) -> Result<(BTreeMap<String, Listed>, Vec<String>), BundleFlaw> {
    let own = &repository.targets().signed.targets;
    let (mut files, mut left_out, mut bytes) = (BTreeMap::new(), Vec::new(), 0_u64);
    for (name, target) in repository.all_targets() {
        let (text, kind) = (name.raw(), part::kind(name.raw()));
        if text != name.resolved() || !part::is_plain(text) {
            return Err(BundleFlaw::TargetName);
        }
        if !own.contains_key(name) && !part::may_be_delegated(kind) {
            left_out.push(text.to_owned());
            continue;
        }
        bytes = bytes.saturating_add(target.length);
        if target.length > MAX_FILE || bytes > MAX_ALL || files.len() == MAX_FILES {
            return Err(BundleFlaw::TooLarge);
        }
        let listed = Listed {
            kind,
            length: target.length,
            digest: target.hashes.sha256.to_vec(),
        };
        files.entry(text.to_owned()).or_insert(listed);
    }
    Ok((files, left_out))
}

fn roles(repository: &Repository) -> Vec<RoleFacts> {
    let root = &repository.root().signed;
    let mut roles = vec![
        facts(repository.root(), root),
        facts(repository.timestamp(), root),
        facts(repository.snapshot(), root),
        facts(repository.targets(), root),
    ];
    add_delegated(&repository.targets().signed, &mut roles);
    roles
}

fn facts<T: Role>(signed: &Signed<T>, root: &Root) -> RoleFacts {
    let keys = root.roles.get(&T::TYPE);
    RoleFacts {
        role: T::TYPE.to_string(),
        version: signed.signed.version().get(),
        ends: unix(signed.signed.expires()),
        keys: counted(&signed.signatures, keys),
        threshold: keys.map_or(0, |keys| keys.threshold.get()),
    }
}

fn add_delegated(targets: &Targets, roles: &mut Vec<RoleFacts>) {
    let delegations = targets.delegations.iter();
    for role in delegations.flat_map(|delegations| &delegations.roles) {
        let DelegatedRole { name, targets, .. } = role;
        let Some(signed) = targets else { continue };
        roles.push(RoleFacts {
            role: name.clone(),
            version: signed.signed.version.get(),
            ends: unix(signed.signed.expires),
            keys: counted(&signed.signatures, Some(&role.keys())),
            threshold: role.threshold.get(),
        });
        add_delegated(&signed.signed, roles);
    }
}

/// The ids of those keys that signed and count.
fn counted(signatures: &[Signature], role: Option<&RoleKeys>) -> Vec<String> {
    let counts =
        |signature: &&Signature| role.is_some_and(|role| role.keyids.contains(&signature.keyid));
    let ids = signatures.iter().filter(counts);
    ids.map(|signature| hex(&signature.keyid)).collect()
}

fn unix(time: jiff::Timestamp) -> UnixTime {
    UnixTime(time.as_second())
}

/// These bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// tough is asynchronous; a desk waits.
fn waited_for<T>(work: impl Future<Output = T>) -> Result<T, BundleFlaw> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| flaw::of_store(&error))?;
    Ok(runtime.block_on(work))
}
