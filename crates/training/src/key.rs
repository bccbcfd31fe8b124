//! Keys that follow from a seed and a label, and their deterministic signatures.
//!
//! RFC 6979 for P-256 and P-384, RFC 8032 for Ed25519, and [`Nonce`] for P-521.

use crate::rsa::RsaKey;
use crate::{cbor, der};
use ciborium::Value;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p521::ecdsa::signature::RandomizedSigner;
use p521::elliptic_curve::rand_core::{self, CryptoRng, RngCore};
use sha2::{Digest, Sha256, Sha512};

/// The curve of a key, and with it the COSE algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// ES256 on P-256.
    P256,
    /// ES384 on P-384.
    P384,
    /// ES256 on P-384, as a member state signed health certificates.
    P384Sha256,
    /// ES512 on P-521.
    P521,
    /// `EdDSA` on Ed25519.
    Ed25519,
    /// PS256 with 2048 bits. There is one such key, whatever the seed and the label.
    Rsa,
}

impl KeyKind {
    /// The COSE algorithm (RFC 9053) of a signature by such a key.
    #[must_use]
    pub fn alg(self) -> i64 {
        match self {
            Self::P256 | Self::P384Sha256 => -7,
            Self::P384 => -35,
            Self::P521 => -36,
            Self::Ed25519 => -8,
            Self::Rsa => -37,
        }
    }

    fn signature_oid(self) -> &'static str {
        match self {
            Self::P256 | Self::P384Sha256 => "1.2.840.10045.4.3.2",
            Self::P384 => "1.2.840.10045.4.3.3",
            Self::P521 => "1.2.840.10045.4.3.4",
            Self::Ed25519 => "1.3.101.112",
            Self::Rsa => "1.2.840.113549.1.1.11",
        }
    }

    fn curve_oid(self) -> Option<&'static str> {
        match self {
            Self::P256 => Some("1.2.840.10045.3.1.7"),
            Self::P384 | Self::P384Sha256 => Some("1.3.132.0.34"),
            Self::P521 => Some("1.3.132.0.35"),
            Self::Ed25519 | Self::Rsa => None,
        }
    }

    /// The algorithm of a signature by such a key, as certificates write it.
    pub(crate) fn signature_algorithm(self) -> Vec<u8> {
        let oid = der::oid(self.signature_oid());
        match self {
            Self::Rsa => der::sequence(&[oid, der::tlv(5, &[])]),
            _ => der::sequence(&[oid]),
        }
    }
}

/// Names a key: the authority's seed and this label give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The curve.
    pub kind: KeyKind,
    /// Any text; another label is another key.
    pub label: String,
}

impl Key {
    /// Names the key of `kind` under `label`.
    #[must_use]
    pub fn new(kind: KeyKind, label: &str) -> Self {
        Self {
            kind,
            label: label.to_owned(),
        }
    }

    /// Names the P-256 key under `label`.
    #[must_use]
    pub fn p256(label: &str) -> Self {
        Self::new(KeyKind::P256, label)
    }
}

/// The secret that everything an authority makes follows from.
#[derive(Clone)]
pub(crate) struct Seed(pub(crate) [u8; 32]);

impl Seed {
    /// Sixty-four bytes that follow from the seed and the labels.
    pub(crate) fn derive(&self, labels: &[&str]) -> [u8; 64] {
        let mut hash = Sha512::new_with_prefix(self.0);
        for label in labels {
            hash.update(u64::try_from(label.len()).unwrap_or(0).to_be_bytes());
            hash.update(label);
        }
        hash.finalize().into()
    }

    pub(crate) fn key(&self, key: &Key) -> Secret {
        let mut n = 0_u32;
        loop {
            let round = n.to_string();
            let bytes = self.derive(&["key", &key.label, &round]);
            if let Some(secret) = Secret::from_bytes(key.kind, &bytes) {
                return secret;
            }
            n = n.wrapping_add(1);
        }
    }
}

/// What a P-521 signature takes as random: it follows from key and message, as RFC 6979 wants it,
/// though not by its formula. The `p521` crate itself asks the machine for random bytes.
struct Nonce {
    seed: [u8; 64],
    block: u64,
}

impl Nonce {
    fn new(secret: &[u8], message: &[u8]) -> Self {
        let seed = Sha512::new_with_prefix(b"nonce").chain_update(secret);
        let seed = seed.chain_update(message).finalize().into();
        Self { seed, block: 0 }
    }
}

impl RngCore for Nonce {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, out: &mut [u8]) {
        for part in out.chunks_mut(64) {
            let mut hash = Sha512::new_with_prefix(self.seed);
            hash.update(self.block.to_be_bytes());
            self.block = self.block.wrapping_add(1);
            for (to, from) in part.iter_mut().zip(hash.finalize()) {
                *to = from;
            }
        }
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(out);
        Ok(())
    }
}

impl CryptoRng for Nonce {}

/// A private key.
pub(crate) enum Secret {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P384Sha256(p384::ecdsa::SigningKey),
    P521(Box<p521::ecdsa::SigningKey>),
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Rsa,
}

impl Secret {
    fn from_bytes(kind: KeyKind, bytes: &[u8; 64]) -> Option<Self> {
        Some(match kind {
            KeyKind::P256 => {
                Self::P256(p256::ecdsa::SigningKey::from_slice(bytes.get(..32)?).ok()?)
            }
            KeyKind::P384 => {
                Self::P384(p384::ecdsa::SigningKey::from_slice(bytes.get(..48)?).ok()?)
            }
            KeyKind::P384Sha256 => {
                Self::P384Sha256(p384::ecdsa::SigningKey::from_slice(bytes.get(..48)?).ok()?)
            }
            KeyKind::P521 => {
                // 66 bytes, of which the top two are left zero: below the group order for sure.
                let mut scalar = vec![0; 2];
                scalar.extend_from_slice(bytes);
                Self::P521(Box::new(p521::ecdsa::SigningKey::from_slice(&scalar).ok()?))
            }
            KeyKind::Ed25519 => {
                let seed: [u8; 32] = bytes.get(..32)?.try_into().ok()?;
                Self::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(&seed)))
            }
            KeyKind::Rsa => Self::Rsa,
        })
    }

    pub(crate) fn kind(&self) -> KeyKind {
        match self {
            Self::P256(_) => KeyKind::P256,
            Self::P384(_) => KeyKind::P384,
            Self::P384Sha256(_) => KeyKind::P384Sha256,
            Self::P521(_) => KeyKind::P521,
            Self::Ed25519(_) => KeyKind::Ed25519,
            Self::Rsa => KeyKind::Rsa,
        }
    }

    /// The signature in COSE form: r and s side by side, the 64 bytes of `EdDSA`, or a number.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_vec()
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_vec()
            }
            Self::P384Sha256(key) => {
                // It fails only for a hash of less than half the curve's bits.
                let signature: Result<p384::ecdsa::Signature, _> =
                    key.sign_prehash(&sha256(&[message]));
                signature.map(|s| s.to_vec()).unwrap_or_default()
            }
            Self::P521(key) => {
                let mut nonce = Nonce::new(&key.to_bytes(), message);
                // It fails only where r or s comes out as 0: of 2^521 values that is none.
                let signature: Result<p521::ecdsa::Signature, _> =
                    key.try_sign_with_rng(&mut nonce, message);
                signature.map(|s| s.to_vec()).unwrap_or_default()
            }
            Self::Ed25519(key) => key.sign(message).to_vec(),
            Self::Rsa => RsaKey::sign_pss(message),
        }
    }

    /// The signature as X.509 wants it: DER for ECDSA, plain for `EdDSA`, PKCS #1 1.5 for RSA.
    pub(crate) fn sign_for_x509(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa => RsaKey::sign_pkcs1(message),
            Self::Ed25519(_) => self.sign(message),
            Self::P256(_) | Self::P384(_) | Self::P384Sha256(_) | Self::P521(_) => {
                to_der_signature(&self.sign(message))
            }
        }
    }

    /// The public key: an uncompressed point, the 32 bytes of Ed25519, or an `RSAPublicKey`.
    pub(crate) fn public(&self) -> Vec<u8> {
        match self {
            Self::P256(key) => key
                .verifying_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Self::P384(key) | Self::P384Sha256(key) => key
                .verifying_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Self::P521(key) => p521::ecdsa::VerifyingKey::from(key.as_ref())
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Self::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
            Self::Rsa => RsaKey::public(),
        }
    }

    /// `SubjectPublicKeyInfo` (RFC 5480, RFC 8410).
    pub(crate) fn spki(&self) -> Vec<u8> {
        let kind = self.kind();
        let algorithm = match (kind, kind.curve_oid()) {
            (KeyKind::Rsa, _) => {
                der::sequence(&[der::oid("1.2.840.113549.1.1.1"), der::tlv(5, &[])])
            }
            (_, Some(curve)) => der::sequence(&[der::oid("1.2.840.10045.2.1"), der::oid(curve)]),
            (_, None) => der::sequence(&[der::oid(kind.signature_oid())]),
        };
        der::sequence(&[algorithm, der::bit_string(&self.public())])
    }

    /// `COSE_Key` (RFC 9053 section 7, RFC 8230).
    pub(crate) fn cose_key(&self) -> Value {
        let (kind, curve) = match self.kind() {
            KeyKind::P256 => (2, 1),
            KeyKind::P384 | KeyKind::P384Sha256 => (2, 2),
            KeyKind::P521 => (2, 3),
            KeyKind::Ed25519 => (1, 6),
            KeyKind::Rsa => return RsaKey::cose_key(),
        };
        let mut entries = vec![
            (cbor::int(1), cbor::int(kind)),
            (cbor::int(-1), cbor::int(curve)),
        ];
        let (x, y) = self.coordinates();
        entries.push((cbor::int(-2), Value::Bytes(x)));
        entries.extend(y.map(|y| (cbor::int(-3), Value::Bytes(y))));
        Value::Map(entries)
    }

    /// The private part of a P-256 key, as a JWK has it; of no other kind.
    pub(crate) fn scalar(&self) -> Option<Vec<u8>> {
        match self {
            Self::P256(key) => Some(key.to_bytes().to_vec()),
            _ => None,
        }
    }

    /// The numbers of the public key: x and y, the 32 bytes of Ed25519, or modulus and exponent.
    pub(crate) fn coordinates(&self) -> (Vec<u8>, Option<Vec<u8>>) {
        let public = self.public();
        match self {
            Self::Ed25519(_) => (public, None),
            Self::Rsa => {
                let (modulus, exponent) = RsaKey::numbers();
                (modulus, Some(exponent))
            }
            Self::P256(_) | Self::P384(_) | Self::P384Sha256(_) | Self::P521(_) => {
                let point = public.get(1..).unwrap_or_default();
                let (x, y) = point.split_at(point.len() / 2);
                (x.to_vec(), Some(y.to_vec()))
            }
        }
    }
}

/// An ECDSA signature of r and s side by side, as the DER SEQUENCE of RFC 3279.
pub(crate) fn to_der_signature(raw: &[u8]) -> Vec<u8> {
    let (r, s) = raw.split_at(raw.len() / 2);
    der::sequence(&[der::unsigned(r), der::unsigned(s)])
}

/// SHA-256 of `parts`, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_key_signs_alike_twice_and_not_alike_for_two_messages() {
        for kind in [
            KeyKind::P256,
            KeyKind::P384,
            KeyKind::P384Sha256,
            KeyKind::P521,
            KeyKind::Ed25519,
            KeyKind::Rsa,
        ] {
            let key = Seed([7; 32]).key(&Key::new(kind, "any"));
            assert!(!key.sign(b"message").is_empty());
            assert_eq!(key.sign(b"message"), key.sign(b"message"), "{kind:?}");
            assert_ne!(key.sign(b"message"), key.sign(b"another"), "{kind:?}");
        }
    }
}
