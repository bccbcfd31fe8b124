//! Where a desk's key is kept: files in the desk's folder that nobody but its user can read.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::desk_key::{DeskKey, KeyFlaw};
use crate::bundle::read_regular;

pub(super) const SECRET: &str = "desk-key.der";
pub(super) const CHAIN: &str = "desk-certificate.der";

/// A file at most: a key is 138 bytes, a chain of four certificates some 4 kB.
const MAX_FILE: u64 = 64 * 1024;

/// The place of a desk's key.
pub struct KeyPlace(PathBuf);

impl KeyPlace {
    /// In this folder.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The key that is kept there; none where there is none yet.
    ///
    /// # Errors
    /// [`KeyFlaw`].
    pub fn read(&self) -> Result<Option<DeskKey>, KeyFlaw> {
        let Some(secret) = self.file(SECRET)? else {
            return Ok(None);
        };
        let chain = self.file(CHAIN)?.ok_or(KeyFlaw::Certificate)?;
        DeskKey::read(secret, split(&chain)?).map(Some)
    }

    /// The key that is kept there, or else a new one, which is kept from now on. Where nobody but
    /// itself certified it, it is certified for this name.
    ///
    /// # Errors
    /// [`KeyFlaw`].
    pub fn read_or_make(&self, desk: &str, organisation: &str) -> Result<DeskKey, KeyFlaw> {
        let Some(key) = self.read()? else {
            return self.rotate(desk, organisation);
        };
        let before = key.fingerprint();
        let key = key.named(desk, organisation)?;
        if key.fingerprint() != before {
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

    /// This key is kept. The certificate comes first: a key without one would not be read.
    ///
    /// # Errors
    /// [`KeyFlaw::Storage`].
    pub fn keep(&self, key: &DeskKey) -> Result<(), KeyFlaw> {
        let storage = |_| KeyFlaw::Storage;
        fs::create_dir_all(&self.0).map_err(storage)?;
        write(&self.0.join(CHAIN), &key.chain().concat()).map_err(storage)?;
        write(&self.0.join(SECRET), key.secret()).map_err(storage)
    }

    fn file(&self, name: &str) -> Result<Option<Vec<u8>>, KeyFlaw> {
        let path = self.0.join(name);
        if fs::symlink_metadata(&path).is_err() {
            return Ok(None);
        }
        let bytes = read_regular(&path, MAX_FILE).map_err(|_| KeyFlaw::Storage)?;
        Ok(Some(bytes))
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
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_and_nobody_else_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = KeyPlace::new(folder.path());
        assert!(place.read().unwrap().is_none());
        let made = place.read_or_make("desk", "house").unwrap();
        let read = place.read_or_make("desk", "house").unwrap();
        assert_eq!(made.fingerprint(), read.fingerprint());
        assert_eq!(made.derive(b"a"), read.derive(b"a"));
        assert_ne!(made.derive(b"a"), made.derive(b"b"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(SECRET)).unwrap();
            assert_eq!(mode.permissions().mode() & 0o077, 0);
        }
        let other = place.rotate("desk", "house").unwrap();
        assert_ne!(other.fingerprint(), made.fingerprint());
        assert_eq!(
            place.read().unwrap().unwrap().fingerprint(),
            other.fingerprint()
        );
    }

    #[test]
    fn a_desk_that_is_renamed_keeps_its_key_and_is_certified_anew() {
        let folder = tempfile::tempdir().unwrap();
        let place = KeyPlace::new(folder.path());
        let made = place.read_or_make("counter 1", "house").unwrap();
        let named = place.read_or_make("counter 2", &"x".repeat(200)).unwrap();
        assert_eq!(named.names(), ("counter 2".to_owned(), "x".repeat(80)));
        assert_eq!(named.derive(b"a"), made.derive(b"a"), "the same key");
        assert_ne!(named.fingerprint(), made.fingerprint());
        let again = place.read_or_make("counter 2", &"x".repeat(200)).unwrap();
        assert_eq!(again.fingerprint(), named.fingerprint());
    }

    #[test]
    fn a_certificate_of_another_key_is_none() {
        let (one, other) = (
            DeskKey::generate("a", "b").unwrap(),
            DeskKey::generate("a", "b").unwrap(),
        );
        let chain = other.chain().to_vec();
        assert_eq!(one.with_chain(chain).err(), Some(KeyFlaw::Certificate));
        assert_eq!(
            other.with_chain(Vec::new()).err(),
            Some(KeyFlaw::Certificate)
        );
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(SECRET), b"no key").unwrap();
        fs::write(folder.path().join(CHAIN), b"no certificate").unwrap();
        let read = KeyPlace::new(folder.path()).read();
        assert_eq!(read.err(), Some(KeyFlaw::Certificate));
    }

    #[test]
    fn a_request_names_the_desk() {
        let key = DeskKey::generate("창구 1", "확인 은행").unwrap();
        let request = key.request("창구 1", "확인 은행").unwrap();
        let (_, pem) = x509_parser::pem::parse_x509_pem(request.as_bytes()).unwrap();
        use x509_parser::prelude::FromDer;
        let (_, request) =
            x509_parser::certification_request::X509CertificationRequest::from_der(&pem.contents)
                .unwrap();
        let subject = request.certification_request_info.subject;
        assert_eq!(
            subject.iter_common_name().next().unwrap().as_str(),
            Ok("창구 1")
        );
    }
}
