//! ECDSA on the brainpool curves that issuers of mobile documents use (RFC 5639), which the main
//! library has not.

use super::{Flaw, KeyKind, PublicKey};
use aws_lc_rs::digest::{Algorithm, SHA256, SHA384, digest};
use bp256::BrainpoolP256r1;
use bp384::BrainpoolP384r1;
use ecdsa::VerifyingKey;
use ecdsa::signature::hazmat::PrehashVerifier;

/// Succeeds when `signature` (`r ‖ s`) is this key's over `message`, hashed as ISO/IEC 18013-5
/// and RFC 9864 bind it to the curve: SHA-256 to brainpoolP256r1, SHA-384 to brainpoolP384r1.
pub(super) fn verify(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Flaw> {
    macro_rules! on {
        ($curve:ty, $hash:expr) => {{
            let key = VerifyingKey::<$curve>::from_sec1_bytes(key.bytes());
            let signature = ecdsa::Signature::<$curve>::from_slice(signature);
            let (Ok(key), Ok(signature)) = (key, signature) else {
                return Err(Flaw::Invalid);
            };
            let hash: &'static Algorithm = $hash;
            key.verify_prehash(digest(hash, message).as_ref(), &signature)
                .map_err(|_| Flaw::Invalid)
        }};
    }
    match key.kind() {
        KeyKind::BrainpoolP256 => on!(BrainpoolP256r1, &SHA256),
        KeyKind::BrainpoolP384 => on!(BrainpoolP384r1, &SHA384),
        _ => Err(Flaw::KeyMismatch),
    }
}
