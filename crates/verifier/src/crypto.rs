//! Public keys and signature algorithms: which key a profile takes for which algorithm, and none
//! other.

mod brainpool;
mod key;
#[cfg(test)]
mod tests;

pub(crate) use key::{KeyKind, PublicKey};

use crate::Reason;
use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_FIXED,
    ECDSA_P521_SHA512_FIXED, ED25519, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};

/// A signature scheme of COSE (RFC 9053 §2, RFC 8230 §2), without the curve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scheme {
    Es256,
    Es384,
    Es512,
    EdDsa,
    Ps256,
    Ps384,
    Ps512,
}

/// What a COSE algorithm number says: the scheme, and of the numbers of RFC 9864 the curve too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Algorithm {
    scheme: Scheme,
    curve: Option<KeyKind>,
}

/// The pairs of scheme and key that a profile takes.
pub(crate) type Pairs = &'static [(Scheme, KeyKind)];

/// ISO/IEC 18013-5 table B.3 and §9.1.2.4, as far as this desk verifies it.
pub(crate) const ISO: Pairs = &[
    (Scheme::Es256, KeyKind::P256),
    (Scheme::Es384, KeyKind::P384),
    (Scheme::Es512, KeyKind::P521),
    (Scheme::EdDsa, KeyKind::Ed25519),
    (Scheme::Es256, KeyKind::BrainpoolP256),
    (Scheme::Es384, KeyKind::BrainpoolP384),
];

/// SD-CWT, status list tokens under keys, and CWTs in general: what RFC 9864 has a number for,
/// and RSA.
pub(crate) const CWT: Pairs = &[
    (Scheme::Es256, KeyKind::P256),
    (Scheme::Es384, KeyKind::P384),
    (Scheme::Es512, KeyKind::P521),
    (Scheme::EdDsa, KeyKind::Ed25519),
    (Scheme::Es256, KeyKind::BrainpoolP256),
    (Scheme::Es384, KeyKind::BrainpoolP384),
    (Scheme::Ps256, KeyKind::Rsa),
    (Scheme::Ps384, KeyKind::Rsa),
    (Scheme::Ps512, KeyKind::Rsa),
];

/// The electronic health certificate specification, §3.3.2. It names P-256; a member state signed
/// by ES256 with a P-384 key, and RFC 8152 let it.
pub(crate) const HCERT: Pairs = &[
    (Scheme::Es256, KeyKind::P256),
    (Scheme::Es256, KeyKind::P384),
    (Scheme::Ps256, KeyKind::Rsa),
];

/// The NZ COVID pass specification, §5.
pub(crate) const NZCP: Pairs = &[(Scheme::Es256, KeyKind::P256)];

/// MOSIP QR code specification (claim 169), and RSA as its signer can be set to.
pub(crate) const CLAIM_169: Pairs = &[
    (Scheme::EdDsa, KeyKind::Ed25519),
    (Scheme::Es256, KeyKind::P256),
    (Scheme::Ps256, KeyKind::Rsa),
];

impl Algorithm {
    /// The algorithm with this COSE number, if this desk verifies it.
    pub(crate) fn from_cose(number: i64) -> Option<Self> {
        let (scheme, curve) = match number {
            -7 => (Scheme::Es256, None),
            -35 => (Scheme::Es384, None),
            -36 => (Scheme::Es512, None),
            -8 => (Scheme::EdDsa, None),
            -9 => (Scheme::Es256, Some(KeyKind::P256)),
            -51 => (Scheme::Es384, Some(KeyKind::P384)),
            -52 => (Scheme::Es512, Some(KeyKind::P521)),
            -19 => (Scheme::EdDsa, Some(KeyKind::Ed25519)),
            -265 => (Scheme::Es256, Some(KeyKind::BrainpoolP256)),
            -267 => (Scheme::Es384, Some(KeyKind::BrainpoolP384)),
            -37 => (Scheme::Ps256, None),
            -38 => (Scheme::Ps384, None),
            -39 => (Scheme::Ps512, None),
            _ => return None,
        };
        Some(Self { scheme, curve })
    }

    /// Whether a profile of these pairs takes this algorithm with any key at all.
    pub(crate) fn is_among(self, pairs: Pairs) -> bool {
        let fits = |kind: KeyKind| self.curve.is_none_or(|curve| curve == kind);
        pairs
            .iter()
            .any(|(s, kind)| *s == self.scheme && fits(*kind))
    }

    pub(crate) fn is_ecdsa(self) -> bool {
        matches!(self.scheme, Scheme::Es256 | Scheme::Es384 | Scheme::Es512)
    }

    fn takes(self, kind: KeyKind, pairs: Pairs) -> bool {
        self.curve.is_none_or(|curve| curve == kind) && pairs.contains(&(self.scheme, kind))
    }
}

/// Why a signature does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Flaw {
    /// The key is of another kind than the algorithm.
    KeyMismatch,
    /// The signature does not hold.
    Invalid,
}

impl PublicKey {
    /// Succeeds when `signature` is this key's over `message` by `algorithm`, and the profile
    /// takes the two together.
    pub(crate) fn verify(
        &self,
        algorithm: Algorithm,
        pairs: Pairs,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), Flaw> {
        if !algorithm.takes(self.kind(), pairs) {
            return Err(Flaw::KeyMismatch);
        }
        if self.signature_length() != signature.len() {
            return Err(Flaw::Invalid);
        }
        let hold = |by: &'static dyn VerificationAlgorithm, signature: &[u8]| {
            let key = UnparsedPublicKey::new(by, self.bytes());
            key.verify(message, signature).map_err(|_| Flaw::Invalid)
        };
        match (algorithm.scheme, self.kind()) {
            (Scheme::Es256, KeyKind::P256) => hold(&ECDSA_P256_SHA256_FIXED, signature),
            (Scheme::Es256, KeyKind::P384) => hold(&ECDSA_P384_SHA256_ASN1, &asn1(signature)),
            (Scheme::Es384, KeyKind::P384) => hold(&ECDSA_P384_SHA384_FIXED, signature),
            (Scheme::Es512, KeyKind::P521) => hold(&ECDSA_P521_SHA512_FIXED, signature),
            (Scheme::EdDsa, KeyKind::Ed25519) => hold(&ED25519, signature),
            (Scheme::Ps256, KeyKind::Rsa) => hold(&RSA_PSS_2048_8192_SHA256, signature),
            (Scheme::Ps384, KeyKind::Rsa) => hold(&RSA_PSS_2048_8192_SHA384, signature),
            (Scheme::Ps512, KeyKind::Rsa) => hold(&RSA_PSS_2048_8192_SHA512, signature),
            (Scheme::Es256 | Scheme::Es384, KeyKind::BrainpoolP256 | KeyKind::BrainpoolP384) => {
                brainpool::verify(self, message, signature)
            }
            _ => Err(Flaw::KeyMismatch),
        }
    }
}

/// `r ‖ s` as the ASN.1 sequence that X.509 writes (RFC 3279 §2.2.3): for the one pair that the
/// library has no fixed form of. Of a length that [`PublicKey::verify`] has checked.
fn asn1(signature: &[u8]) -> Vec<u8> {
    let (r, s) = signature.split_at(signature.len() / 2);
    let mut body = Vec::with_capacity(signature.len() + 8);
    for number in [r, s] {
        let start = number.iter().position(|byte| *byte != 0);
        let digits = number.get(start.unwrap_or(number.len())..).unwrap_or(&[]);
        // A leading one would make it negative; zero is one byte of zero.
        let pad = usize::from(digits.first().is_none_or(|first| first & 0x80 != 0));
        body.extend([0x02, u8::try_from(digits.len() + pad).unwrap_or(u8::MAX)]);
        body.extend(std::iter::repeat_n(0, pad));
        body.extend_from_slice(digits);
    }
    // Twice 48 bytes and their heads stay below 128.
    [
        &[0x30, u8::try_from(body.len()).unwrap_or(u8::MAX)],
        body.as_slice(),
    ]
    .concat()
}

/// A digest algorithm that a credential may name.
#[derive(Clone, Copy)]
pub(crate) struct DigestAlgorithm(&'static digest::Algorithm);

impl DigestAlgorithm {
    /// By its exact text (ISO/IEC 18013-5 table 21).
    ///
    /// # Errors
    /// `format.unsupported`.
    pub(crate) fn from_name(name: &str) -> Result<Self, Reason> {
        match name {
            "SHA-256" => Ok(Self(&digest::SHA256)),
            "SHA-384" => Ok(Self(&digest::SHA384)),
            "SHA-512" => Ok(Self(&digest::SHA512)),
            _ => Err(Reason::Unsupported),
        }
    }

    /// By its COSE number (RFC 9054 §2.1).
    ///
    /// # Errors
    /// `format.unsupported`.
    pub(crate) fn from_cose(number: i64) -> Result<Self, Reason> {
        match number {
            -16 => Ok(Self(&digest::SHA256)),
            -43 => Ok(Self(&digest::SHA384)),
            -44 => Ok(Self(&digest::SHA512)),
            _ => Err(Reason::Unsupported),
        }
    }

    pub(crate) fn digest(self, bytes: &[u8]) -> digest::Digest {
        digest::digest(self.0, bytes)
    }
}

/// SHA-256 of these pieces, one after another.
pub(crate) fn sha256(pieces: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for piece in pieces {
        context.update(piece);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}
