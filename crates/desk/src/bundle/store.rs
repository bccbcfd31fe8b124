//! The desk's folder: its root of trust, and the bundle that is in force.
//!
//! ```text
//! root.json                 the root of trust; whoever installs the desk puts it there, or for the
//!                           whole machine into /etc/hwagin, %ProgramData%\Hwagin or
//!                           /Library/Application Support/Hwagin, which wins. Without either the
//!                           desk is in training, and the training root is in force
//! current                   the name of the bundle in force
//! bundles/NAME/             a bundle, as it came: metadata/ and targets/
//! incoming/                 watched for a bundle
//! history.json              the last imports
//! ```
//!
//! A bundle is written beside the others and has to verify there before `current` names it, in one
//! rename. Killed at any point, a desk starts with the old one or the new one, whole.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::carrier::open_regular;
use super::codes::BundleFlaw;
use super::flaw::of_store;
use super::opened::{Bundle, hex};

/// The root of trust of a desk in training. Its keys are in the source code.
pub const TRAINING_ROOT: &[u8] = include_bytes!("../../../../trust-anchors/training/root.json");

const ROOT: &str = "root.json";
const CURRENT: &str = "current";
const BUNDLES: &str = "bundles";
const LOCK: &str = "lock";

/// Where a bundle lies that is being written.
const UNFINISHED: &str = ".unfinished-";

/// A root of trust at most; a dozen keys take 5 kB.
const MAX_ROOT: u64 = 512 * 1024;

/// A name in `current` at most.
const MAX_CURRENT: u64 = 128;

/// Up to which root a desk follows signatures.
#[derive(Clone, Debug)]
enum RootOfTrust {
    Training,
    Installed(Vec<u8>),
    Broken(BundleFlaw),
}

/// The desk's folder.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    root: RootOfTrust,
}

/// Held while a bundle is written.
pub(super) struct Writing(#[expect(dead_code, reason = "held: closing it unlocks it")] File);

impl Store {
    /// The store in this folder, which need not be there yet.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        let places = machine_folder().into_iter().chain([folder.to_owned()]);
        let found = places.into_iter().find_map(|place| root_in(&place));
        let root = found.unwrap_or(RootOfTrust::Training);
        Self {
            folder: folder.to_owned(),
            root,
        }
    }

    /// Whether the training root is in force.
    #[must_use]
    pub fn is_training(&self) -> bool {
        matches!(self.root, RootOfTrust::Training)
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder that is watched for a bundle, unless the site named another one.
    #[must_use]
    pub fn incoming(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    /// The root of trust.
    ///
    /// # Errors
    /// [`BundleFlaw::Root`], [`BundleFlaw::TrainingRoot`].
    pub fn root(&self) -> Result<&[u8], BundleFlaw> {
        match &self.root {
            RootOfTrust::Training => Ok(TRAINING_ROOT),
            RootOfTrust::Installed(bytes) => Ok(bytes),
            RootOfTrust::Broken(flaw) => Err(*flaw),
        }
    }

    /// The bundle in force; none where none was ever taken.
    ///
    /// # Errors
    /// It is not as it was signed any more, or the root of trust is none. A desk never falls back to
    /// another bundle than the one it took last: an older one may not know who was revoked.
    pub fn current(&self) -> Result<Option<Bundle>, BundleFlaw> {
        let root = self.root()?;
        let Some(name) = self.current_name()? else {
            return Ok(None);
        };
        let bundle = Bundle::open(&self.bundles().join(&name), root, None)?;
        if name_of(&bundle) == Some(name) {
            Ok(Some(bundle))
        } else {
            Err(BundleFlaw::Mixed)
        }
    }

    /// What `current` names.
    pub(crate) fn current_name(&self) -> Result<Option<String>, BundleFlaw> {
        let file = match open_regular(&self.folder.join(CURRENT)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(BundleFlaw::Store),
        };
        let mut name = String::new();
        let read = file.take(MAX_CURRENT).read_to_string(&mut name);
        let name = name.trim_end().to_owned();
        let is_plain = |b: u8| b.is_ascii_hexdigit() || b == b'-';
        if read.is_err() || name.is_empty() || !name.bytes().all(is_plain) {
            return Err(BundleFlaw::Store);
        }
        Ok(Some(name))
    }

    /// The version of the bundle that `current` names, even if that bundle is damaged.
    pub(super) fn current_version(&self) -> Option<u64> {
        let name = self.current_name().ok()??;
        name.split_once('-')?.0.parse().ok()
    }

    /// Locks the store for writing, makes its folders, and removes what an import that was cut off
    /// left behind.
    pub(super) fn write(&self) -> Result<Writing, BundleFlaw> {
        let bundles = self.bundles();
        fs::create_dir_all(&bundles).map_err(|error| of_store(&error))?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join(LOCK));
        let lock = lock.map_err(|error| of_store(&error))?;
        lock.try_lock().map_err(|_| BundleFlaw::Busy)?;
        for entry in fs::read_dir(&bundles).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(Writing(lock))
    }

    /// An empty folder to write a bundle to.
    pub(super) fn unfinished(&self, _writing: &Writing) -> Result<PathBuf, BundleFlaw> {
        let folder = self
            .bundles()
            .join(format!("{UNFINISHED}{}", std::process::id()));
        for made in [&folder, &folder.join("metadata"), &folder.join("targets")] {
            fs::create_dir(made).map_err(|error| of_store(&error))?;
        }
        Ok(folder)
    }

    /// Puts the bundle that lies in `unfinished` in force, if it verifies there.
    pub(super) fn finish(
        &self,
        _writing: &Writing,
        unfinished: &Path,
    ) -> Result<Bundle, BundleFlaw> {
        let written = Bundle::open(unfinished, self.root()?, None)?;
        let name = name_of(&written).ok_or(BundleFlaw::Malformed)?;
        let before = self.current_name().ok().flatten();
        let place = self.bundles().join(&name);
        let failed = |error| of_store(&error);
        // One of this name is left over from an import that was cut off, or it is damaged. It goes
        // where the next import removes it.
        let aside = self.bundles().join(format!("{UNFINISHED}before"));
        if fs::symlink_metadata(&place).is_ok() {
            fs::rename(&place, &aside).map_err(failed)?;
        }
        fs::rename(unfinished, &place)
            .and_then(|()| sync(&self.bundles()))
            .map_err(failed)?;
        replace(&self.folder, CURRENT, format!("{name}\n").as_bytes())
            .map_err(|error| of_store(&error))?;
        self.tidy(&name, before.as_deref());
        Bundle::open(&place, self.root()?, None)
    }

    /// Removes bundles but the one in force and the one before.
    fn tidy(&self, now: &str, before: Option<&str>) {
        for entry in fs::read_dir(self.bundles()).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name != now && Some(name.as_str()) != before {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    fn bundles(&self) -> PathBuf {
        self.folder.join(BUNDLES)
    }
}

/// A bundle's version, and the beginning of the digest of its timestamp.
fn name_of(bundle: &Bundle) -> Option<String> {
    let timestamp = bundle.known()?.timestamp;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &timestamp);
    let beginning = digest.as_ref().get(..8)?;
    Some(format!("{}-{}", bundle.version(), hex(beginning)))
}

/// Where whoever manages this machine puts what counts for all who use it. They cannot be overruled
/// by a file of a user's own.
#[cfg(windows)]
fn machine_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ProgramData")?;
    Some(PathBuf::from(folder).join("Hwagin"))
}

#[cfg(target_os = "macos")]
fn machine_folder() -> Option<PathBuf> {
    Some(PathBuf::from("/Library/Application Support/Hwagin"))
}

#[cfg(not(any(windows, target_os = "macos")))]
fn machine_folder() -> Option<PathBuf> {
    Some(PathBuf::from("/etc/hwagin"))
}

/// The root of trust in this folder; `None` where there is no file of that name.
fn root_in(folder: &Path) -> Option<RootOfTrust> {
    match open_regular(&folder.join(ROOT)) {
        Ok(file) => Some(installed_root(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(_) => Some(RootOfTrust::Broken(BundleFlaw::Root)),
    }
}

fn installed_root(file: File) -> RootOfTrust {
    let mut bytes = Vec::new();
    let read = file.take(MAX_ROOT + 1).read_to_end(&mut bytes);
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_ROOT);
    if read.is_err() || !fits {
        return RootOfTrust::Broken(BundleFlaw::Root);
    }
    match shares_a_training_key(&bytes) {
        Some(false) => RootOfTrust::Installed(bytes),
        Some(true) => RootOfTrust::Broken(BundleFlaw::TrainingRoot),
        None => RootOfTrust::Broken(BundleFlaw::Root),
    }
}

/// Whether a key of the training root counts for anything in this root; `None` where it is none.
fn shares_a_training_key(root: &[u8]) -> Option<bool> {
    use tough::schema::{Root, Signed};
    let keys = |bytes| {
        let root: Signed<Root> = serde_json::from_slice(bytes).ok()?;
        Some(root.signed.keys)
    };
    let (training, installed) = (keys(TRAINING_ROOT)?, keys(root)?);
    let is_training = |key| training.values().any(|known| known == key);
    Some(installed.values().any(is_training))
}

/// This file has these bytes and is on the disk.
pub(super) fn write_through(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// What was written to this file is on the disk.
pub(super) fn sync_file(path: &Path) -> std::io::Result<()> {
    // Windows asks for the right to write.
    File::options().write(true).open(path)?.sync_all()
}

/// The file of this name has these bytes, or those it had: never half of them.
pub(crate) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let new = folder.join(format!("{name}.new"));
    write_through(&new, bytes)?;
    fs::rename(&new, folder.join(name))?;
    sync(folder)
}

/// The names in this folder are on the disk.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows writes a folder's names through by itself and opens no folder as a file.
#[cfg(not(unix))]
pub(super) fn sync(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
