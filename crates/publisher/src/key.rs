//! Keys that sign, and their public halves.

use std::fs;
use std::path::Path;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;
use serde::Serialize;
use tough::schema::decoded::{Decoded, Hex};
use tough::schema::key::Key;
use tough::schema::{Role, RoleKeys, Signature, Signed};
use tough::sign::{Sign, parse_keypair};

use crate::PublishError;

/// A key's name in the metadata.
pub type KeyId = Decoded<Hex>;

/// A key that signs.
pub struct SigningKey(Box<dyn Sign>);

impl SigningKey {
    /// The key in this file: PKCS#8, as DER or PEM, for Ed25519, P-256 or RSA.
    ///
    /// # Errors
    /// [`PublishError::Read`], [`PublishError::Key`].
    pub fn read(path: &Path) -> Result<Self, PublishError> {
        let bytes = fs::read(path).map_err(|_| PublishError::Read(path.to_owned()))?;
        Self::from_bytes(&bytes).ok_or_else(|| PublishError::Key(path.to_owned()))
    }

    /// The key in these bytes: PKCS#8, as DER or PEM.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let pem = PrivatePkcs8KeyDer::from_pem_slice(bytes);
        let der = pem.as_ref().map(PrivatePkcs8KeyDer::secret_pkcs8_der);
        // RSA keys are taken as PEM only.
        let key = der.ok().and_then(|der| parse_keypair(der).ok().map(boxed));
        let key = key.or_else(|| parse_keypair(bytes).ok().map(boxed))?;
        Some(Self(key))
    }

    /// A new Ed25519 key as PKCS#8 in DER.
    ///
    /// # Errors
    /// [`PublishError::Sign`].
    pub fn generate() -> Result<Vec<u8>, PublishError> {
        let key = Ed25519KeyPair::generate().map_err(|_| PublishError::Sign)?;
        let der = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&key);
        Ok(der.map_err(|_| PublishError::Sign)?.as_ref().to_vec())
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> Key {
        self.0.tuf_key()
    }
}

fn boxed(key: impl Sign + 'static) -> Box<dyn Sign> {
    Box::new(key)
}

/// The public key in this file: JSON as The Update Framework has it, or a key that signs.
///
/// # Errors
/// [`PublishError::Read`], [`PublishError::Key`].
pub fn read_public(path: &Path) -> Result<Key, PublishError> {
    let bytes = fs::read(path).map_err(|_| PublishError::Read(path.to_owned()))?;
    match serde_json::from_slice(&bytes) {
        Ok(key) => Ok(key),
        Err(_) => SigningKey::read(path).map(|key| key.public()),
    }
}

/// What this key is called in metadata.
///
/// # Errors
/// [`PublishError::Sign`].
pub fn id(key: &Key) -> Result<KeyId, PublishError> {
    key.key_id().map_err(|_| PublishError::Sign)
}

/// Signs with those keys that count for the role and have not signed yet.
///
/// # Errors
/// [`PublishError::Sign`].
pub fn sign<T: Role + Serialize>(
    signed: &mut Signed<T>,
    role: &RoleKeys,
    keys: &[SigningKey],
) -> Result<(), PublishError> {
    let message = signed
        .signed
        .canonical_form()
        .map_err(|_| PublishError::Sign)?;
    for key in keys {
        let keyid = id(&key.public())?;
        let has_signed = signed.signatures.iter().any(|one| one.keyid == keyid);
        if has_signed || !role.keyids.contains(&keyid) {
            continue;
        }
        let random = SystemRandom::new();
        let sig = futures::executor::block_on(key.0.sign(&message, &random));
        let sig = sig.map_err(|_| PublishError::Sign)?.into();
        signed.signatures.push(Signature { keyid, sig });
    }
    Ok(())
}

/// How many keys of this role have signed.
#[must_use]
pub fn count<T>(signed: &Signed<T>, role: &RoleKeys) -> usize {
    let counts = |one: &&Signature| role.keyids.contains(&one.keyid);
    signed.signatures.iter().filter(counts).count()
}
