//! Where a desk's key is kept: the secret in the key store of the operating system where there is one,
//! else in a file that nobody but its user can read. The certificates say which secret it is.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::desk_key::{DeskKey, KeyFlaw, id_of, is_own};
use super::key_store::KeyStore;
use crate::bundle::{DeskSettings, read_regular};

pub(super) const SECRET: &str = "desk-key.der";
pub(super) const CHAIN: &str = "desk-certificate.der";

/// A file at most: a key is 138 bytes, a chain of four certificates some 4 kB.
const MAX_FILE: u64 = 64 * 1024;

/// Where a site wants the secrets of its desks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keeping {
    /// In the key store of the operating system, where there is one.
    #[default]
    KeyStore,
    /// In the desk's folder.
    File,
}

/// The place of a desk's key.
pub struct KeyPlace {
    folder: PathBuf,
    secrets: Secrets,
}

enum Secrets {
    InStore(KeyStore),
    /// There is no store that can be reached; there may have been one when the key was made.
    StoreOutOfReach,
    InFile,
}

/// A secret, and where it was.
struct Found {
    secret: Zeroizing<Vec<u8>>,
    in_file: bool,
}

impl KeyPlace {
    /// In this folder, and nowhere else.
    #[must_use]
    pub fn in_files(folder: &Path) -> Self {
        Self::of(folder, Secrets::InFile)
    }

    /// Where the settings in this folder have it. A key store that takes longer than this to answer is
    /// locked.
    #[must_use]
    pub fn of_desk(folder: &Path, patience: Duration) -> Self {
        let secrets = match DeskSettings::read(folder).desk_key {
            Keeping::File => Secrets::InFile,
            Keeping::KeyStore => {
                KeyStore::of_session(patience).map_or(Secrets::StoreOutOfReach, Secrets::InStore)
            }
        };
        Self::of(folder, secrets)
    }

    fn of(folder: &Path, secrets: Secrets) -> Self {
        Self {
            folder: folder.to_owned(),
            secrets,
        }
    }

    /// Whether the secret is in a file of the folder.
    #[must_use]
    pub fn is_in_file(&self) -> bool {
        self.folder.join(SECRET).exists()
    }

    /// The key that is kept there; none where there is none yet.
    ///
    /// # Errors
    /// [`KeyFlaw`].
    pub fn read(&self) -> Result<Option<DeskKey>, KeyFlaw> {
        let chain = self.chain()?;
        match self.find(&chain)? {
            Some(found) => DeskKey::read(found.secret, chain).map(Some),
            None if chain.is_empty() => Ok(None),
            None => Err(KeyFlaw::Lost),
        }
    }

    /// The key that is kept there, or else a new one, which is kept from now on. Where nobody but
    /// itself certified it, it is certified for this name. A secret in a file goes to the key store
    /// once there is one.
    ///
    /// # Errors
    /// [`KeyFlaw`].
    pub fn read_or_make(&self, desk: &str, organisation: &str) -> Result<DeskKey, KeyFlaw> {
        let chain = self.chain()?;
        // Nobody relies on a key that nobody else certified: another one may take its place.
        let is_own = is_own(&chain);
        let (before, key, is_misplaced) = match self.find(&chain)? {
            None if is_own => return self.rotate(desk, organisation),
            None => return Err(KeyFlaw::Lost),
            Some(Found { secret, in_file }) => {
                let before = chain.clone();
                let key = match DeskKey::read(secret.clone(), chain) {
                    // It was being made, or changed, when the machine went off.
                    Err(KeyFlaw::Certificate) if is_own => {
                        DeskKey::certified(secret, desk, organisation)?
                    }
                    read => read?.named(desk, organisation)?,
                };
                (
                    before,
                    key,
                    in_file && matches!(self.secrets, Secrets::InStore(_)),
                )
            }
        };
        if key.chain() != before || is_misplaced {
            self.keep(&key)?;
        }
        Ok(key)
    }

    /// A new key is kept in the place of the one there.
    ///
    /// # Errors
    /// [`KeyFlaw`].
    pub fn rotate(&self, desk: &str, organisation: &str) -> Result<DeskKey, KeyFlaw> {
        let key = DeskKey::generate(desk, organisation)?;
        self.keep(&key)?;
        Ok(key)
    }

    /// This key is kept, and the one before is not any more. The secret comes first: certificates
    /// without it would be of no use.
    ///
    /// # Errors
    /// [`KeyFlaw::Storage`], [`KeyFlaw::Locked`].
    pub fn keep(&self, key: &DeskKey) -> Result<(), KeyFlaw> {
        let before = self.chain().ok().and_then(|chain| id_of(&chain));
        fs::create_dir_all(&self.folder).map_err(|_| KeyFlaw::Storage)?;
        let id = id_of(key.chain()).ok_or(KeyFlaw::Certificate)?;
        match &self.secrets {
            Secrets::InStore(store) => store.keep(&id, key.secret())?,
            Secrets::InFile | Secrets::StoreOutOfReach => self.write(SECRET, key.secret())?,
        }
        self.write(CHAIN, &key.chain().concat())?;
        if let Secrets::InStore(store) = &self.secrets {
            let _ = fs::remove_file(self.folder.join(SECRET));
            if let Some(before) = before.filter(|before| *before != id) {
                store.forget(&before);
            }
        }
        Ok(())
    }

    /// The secret of these certificates. That in the file is first: it is there until it was moved.
    fn find(&self, chain: &[Vec<u8>]) -> Result<Option<Found>, KeyFlaw> {
        if let Some(bytes) = self.file(SECRET)? {
            return Ok(Some(Found {
                secret: Zeroizing::new(bytes),
                in_file: true,
            }));
        }
        let Some(id) = id_of(chain) else {
            return Ok(None);
        };
        match &self.secrets {
            Secrets::InFile => Ok(None),
            Secrets::StoreOutOfReach => Err(KeyFlaw::Locked),
            Secrets::InStore(store) => Ok(store.secret(&id)?.map(|secret| Found {
                secret,
                in_file: false,
            })),
        }
    }

    /// The certificates; none where there are none yet.
    fn chain(&self) -> Result<Vec<Vec<u8>>, KeyFlaw> {
        self.file(CHAIN)?
            .map_or(Ok(Vec::new()), |bytes| split(&bytes))
    }

    fn file(&self, name: &str) -> Result<Option<Vec<u8>>, KeyFlaw> {
        let path = self.folder.join(name);
        if fs::symlink_metadata(&path).is_err() {
            return Ok(None);
        }
        let bytes = read_regular(&path, MAX_FILE).map_err(|_| KeyFlaw::Storage)?;
        Ok(Some(bytes))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), KeyFlaw> {
        write(&self.folder.join(name), bytes).map_err(|_| KeyFlaw::Storage)
    }
}

/// The file has these bytes at once, and only its owner can read it.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("new");
    let _ = fs::remove_file(&unfinished);
    let mut file = private(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// A user's own folder is the user's alone.
#[cfg(not(unix))]
fn private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Certificates one behind the other, as single ones.
fn split(mut bytes: &[u8]) -> Result<Vec<Vec<u8>>, KeyFlaw> {
    let mut chain = Vec::new();
    while !bytes.is_empty() {
        let (rest, _) =
            x509_parser::parse_x509_certificate(bytes).map_err(|_| KeyFlaw::Certificate)?;
        let length = bytes.len() - rest.len();
        chain.push(bytes.get(..length).unwrap_or_default().to_vec());
        bytes = rest;
    }
    Ok(chain)
}

#[cfg(test)]
mod tests;
