//! The key store of the operating system: the Secret Service of a desktop session, the Keychain of
//! macOS, the Credential Manager of Windows.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::desk_key::KeyFlaw;

/// Under which name the keys of desks stand in it; beside it stands which one.
const SERVICE: &str = "org.hwagin.desk";

/// A key store that can be reached.
#[derive(Clone)]
pub(super) struct KeyStore {
    store: Arc<CredentialStore>,
    /// How long it may take to answer. It may first ask whoever sits there to unlock it.
    patience: Duration,
}

impl KeyStore {
    /// That of this session; none where there is none.
    pub(super) fn of_session(patience: Duration) -> Option<Self> {
        let store = in_time(patience, system::open).ok()?;
        Some(Self { store, patience })
    }

    /// The secret that is kept under this id, if one is.
    ///
    /// # Errors
    /// [`KeyFlaw::Locked`].
    pub(super) fn secret(&self, id: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyFlaw> {
        let found = self.on(id, |entry| entry.get_secret().map(Zeroizing::new));
        match found {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(_) => Err(KeyFlaw::Locked),
        }
    }

    /// This secret is kept under this id, and was read again.
    ///
    /// # Errors
    /// [`KeyFlaw::Locked`].
    pub(super) fn keep(&self, id: &str, secret: &[u8]) -> Result<(), KeyFlaw> {
        let kept = Zeroizing::new(secret.to_vec());
        self.on(id, move |entry| entry.set_secret(&kept))
            .map_err(|_| KeyFlaw::Locked)?;
        let again = self.secret(id)?;
        let is_there = again.is_some_and(|again| **again == *secret);
        is_there.then_some(()).ok_or(KeyFlaw::Locked)
    }

    /// Nothing is kept under this id, as far as the store lets go of it.
    pub(super) fn forget(&self, id: &str) {
        let _ = self.on(id, |entry| entry.delete_credential());
    }

    fn on<T: Send + 'static>(
        &self,
        id: &str,
        work: impl FnOnce(Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (store, id) = (Arc::clone(&self.store), id.to_owned());
        in_time(self.patience, move || {
            work(store.build(SERVICE, &id, None)?)
        })
    }
}

/// What this gives, if it gives it in time. One that does not is left behind: a desk does not wait
/// for a question that nobody answers.
fn in_time<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (done, wait) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name("key store".into())
        .spawn(move || drop(done.send(work())))
        .map_err(|_| Error::NoDefaultStore)?;
    wait.recv_timeout(patience)
        .unwrap_or(Err(Error::NoDefaultStore))
}

#[cfg(target_os = "linux")]
mod system {
    use super::{Arc, CredentialStore, Error};
    use std::path::PathBuf;

    pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
        if !has_bus() {
            return Err(Error::NoDefaultStore);
        }
        Ok(dbus_secret_service_keyring_store::Store::new()?)
    }

    /// Whether the session has a bus. Where it has none, the library would start one of its own, and
    /// what is kept there ends with it.
    fn has_bus() -> bool {
        std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
            || std::env::var_os("XDG_RUNTIME_DIR")
                .is_some_and(|folder| PathBuf::from(folder).join("bus").exists())
    }
}

#[cfg(target_os = "macos")]
mod system {
    use super::{Arc, CredentialStore, Error};

    pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
        Ok(apple_native_keyring_store::keychain::Store::new()?)
    }
}

#[cfg(target_os = "windows")]
mod system {
    use super::{Arc, CredentialStore, Error};

    pub(super) fn open() -> Result<Arc<CredentialStore>, Error> {
        Ok(windows_native_keyring_store::Store::new()?)
    }
}

/// A key store in memory.
#[cfg(test)]
pub(super) fn in_memory() -> KeyStore {
    KeyStore {
        store: keyring_core::mock::Store::new().unwrap(),
        patience: Duration::from_secs(60),
    }
}

#[cfg(test)]
impl KeyStore {
    /// The next that is asked of it for this id, it does not do.
    pub(super) fn lock_once(&self, id: &str) {
        let entry = self.store.build(SERVICE, id, None).unwrap();
        let mock: &keyring_core::mock::Cred = entry.as_any().downcast_ref().unwrap();
        mock.set_error(Error::NoStorageAccess("locked".into()));
    }
}
