//! Public keys and the four signature algorithms, each with its own curve and none other.

use crate::Reason;
use crate::cbor::Item;
use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA384_ASN1,
    ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ECDSA_P384_SHA384_FIXED,
    ECDSA_P521_SHA512_ASN1, ECDSA_P521_SHA512_FIXED, ED25519, UnparsedPublicKey,
    VerificationAlgorithm,
};
use x509_parser::oid_registry::{
    OID_EC_P256, OID_KEY_TYPE_EC_PUBLIC_KEY, OID_NIST_EC_P384, OID_NIST_EC_P521, OID_SIG_ED25519,
};
use x509_parser::x509::SubjectPublicKeyInfo;

/// A COSE signature algorithm (RFC 9053 §2) with the curve that ISO/IEC 18013-5 binds to it, and
/// that RFC 9864 has in its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Algorithm {
    Es256,
    Es384,
    Es512,
    EdDsa,
}

impl Algorithm {
    /// The algorithm with this COSE number, if this profile allows it: the older numbers, and
    /// those of RFC 9864, which name the curve too and mean the same here.
    pub(crate) fn from_cose(number: i64) -> Option<Self> {
        match number {
            -7 | -9 => Some(Self::Es256),
            -35 | -51 => Some(Self::Es384),
            -36 | -52 => Some(Self::Es512),
            -8 | -19 => Some(Self::EdDsa),
            _ => None,
        }
    }

    fn verification(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::Es256 => &ECDSA_P256_SHA256_FIXED,
            Self::Es384 => &ECDSA_P384_SHA384_FIXED,
            Self::Es512 => &ECDSA_P521_SHA512_FIXED,
            Self::EdDsa => &ED25519,
        }
    }

    const fn signature_length(self) -> usize {
        match self {
            Self::Es256 | Self::EdDsa => 64,
            Self::Es384 => 96,
            Self::Es512 => 132,
        }
    }
}

/// A public key, with the one algorithm that goes with its curve.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PublicKey {
    algorithm: Algorithm,
    point: Vec<u8>,
}

/// Why a signature does not count.
pub(crate) enum Flaw {
    /// The key is of another kind than the algorithm.
    KeyMismatch,
    /// The signature does not hold.
    Invalid,
}

impl PublicKey {
    /// The key of a certificate (RFC 5480, RFC 8410); `None` for a curve this profile has not.
    pub(crate) fn from_certificate(spki: &SubjectPublicKeyInfo<'_>) -> Option<Self> {
        let kind = &spki.algorithm.algorithm;
        let algorithm = if *kind == OID_KEY_TYPE_EC_PUBLIC_KEY {
            let curve = spki.algorithm.parameters.as_ref()?.as_oid().ok()?;
            let curves = [
                (OID_EC_P256, Algorithm::Es256),
                (OID_NIST_EC_P384, Algorithm::Es384),
                (OID_NIST_EC_P521, Algorithm::Es512),
            ];
            curves.into_iter().find(|(oid, _)| *oid == curve)?.1
        } else if *kind == OID_SIG_ED25519 {
            Algorithm::EdDsa
        } else {
            return None;
        };
        Some(Self {
            algorithm,
            point: spki.subject_public_key.data.to_vec(),
        })
    }

    /// The key of a `COSE_Key` (RFC 9053 §7); `None` for what this profile has not.
    pub(crate) fn from_cose_key(key: Item<'_>) -> Option<Self> {
        let map = key.map()?;
        let label = |label| map.int_key(label);
        let (kind, curve) = (label(1)?.int()?, label(-1)?.int()?);
        let x = label(-2)?.bytes()?;
        let (algorithm, length) = match (kind, curve) {
            (2, 1) => (Algorithm::Es256, 32),
            (2, 2) => (Algorithm::Es384, 48),
            (2, 3) => (Algorithm::Es512, 66),
            (1, 6) => {
                return (x.len() == 32).then(|| Self {
                    algorithm: Algorithm::EdDsa,
                    point: x.to_vec(),
                });
            }
            _ => return None,
        };
        let y = label(-3)?;
        let (head, y) = match (y.bytes(), y.flag()) {
            (Some(y), _) if y.len() == length => (4, y),
            (_, Some(odd)) => (2 + u8::from(odd), &[][..]),
            _ => return None,
        };
        (x.len() == length).then(|| Self {
            algorithm,
            point: [&[head], x, y].concat(),
        })
    }

    /// Succeeds when `signature` is this key's over `message` by `algorithm`.
    pub(crate) fn verify(
        &self,
        algorithm: Algorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), Flaw> {
        if algorithm != self.algorithm {
            return Err(Flaw::KeyMismatch);
        }
        if signature.len() != algorithm.signature_length() {
            return Err(Flaw::Invalid);
        }
        UnparsedPublicKey::new(algorithm.verification(), &self.point)
            .verify(message, signature)
            .map_err(|_| Flaw::Invalid)
    }

    /// Succeeds when `signature` is this key's over a revocation list, by the X.509 algorithm
    /// with this OID (RFC 5758, RFC 8410).
    pub(crate) fn verify_list(&self, oid: &str, list: &[u8], signature: &[u8]) -> Option<()> {
        let algorithm: &dyn VerificationAlgorithm = match (self.algorithm, oid) {
            (Algorithm::Es256, "1.2.840.10045.4.3.2") => &ECDSA_P256_SHA256_ASN1,
            (Algorithm::Es256, "1.2.840.10045.4.3.3") => &ECDSA_P256_SHA384_ASN1,
            (Algorithm::Es384, "1.2.840.10045.4.3.2") => &ECDSA_P384_SHA256_ASN1,
            (Algorithm::Es384, "1.2.840.10045.4.3.3") => &ECDSA_P384_SHA384_ASN1,
            (Algorithm::Es512, "1.2.840.10045.4.3.4") => &ECDSA_P521_SHA512_ASN1,
            (Algorithm::EdDsa, "1.3.101.112") => &ED25519,
            _ => return None,
        };
        UnparsedPublicKey::new(algorithm, &self.point)
            .verify(list, signature)
            .ok()
    }
}

/// A digest algorithm that an mdoc may name (ISO/IEC 18013-5 table 21), by its exact text.
#[derive(Clone, Copy)]
pub(crate) struct DigestAlgorithm(&'static digest::Algorithm);

impl DigestAlgorithm {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{folder, hex, json};
    use x509_parser::prelude::FromDer;

    /// How many signatures of this Wycheproof file hold, and how many do not, each as it says.
    fn wycheproof(name: &str, algorithm: Algorithm) -> Option<(usize, usize)> {
        let file = json(&folder()?.join("wycheproof").join(name));
        let (mut held, mut failed) = (0, 0);
        for group in file["testGroups"].as_array().unwrap() {
            let der = hex(group["publicKeyDer"].as_str().unwrap());
            let (_, spki) = SubjectPublicKeyInfo::from_der(&der).unwrap();
            let key = PublicKey::from_certificate(&spki).unwrap();
            for test in group["tests"].as_array().unwrap() {
                let part = |name: &str| hex(test[name].as_str().unwrap());
                let holds = key.verify(algorithm, &part("msg"), &part("sig")).is_ok();
                assert_eq!(holds, test["result"] == "valid", "{name} {}", test["tcId"]);
                *if holds { &mut held } else { &mut failed } += 1;
            }
        }
        Some((held, failed))
    }

    #[test]
    fn agrees_with_wycheproof_on_every_signature() {
        for (name, algorithm, expected) in [
            (
                "ecdsa_secp256r1_sha256_p1363_test.json",
                Algorithm::Es256,
                (173, 89),
            ),
            (
                "ecdsa_secp384r1_sha384_p1363_test.json",
                Algorithm::Es384,
                (193, 87),
            ),
            (
                "ecdsa_secp521r1_sha512_p1363_test.json",
                Algorithm::Es512,
                (231, 87),
            ),
            ("ed25519_test.json", Algorithm::EdDsa, (88, 63)),
        ] {
            let Some(counts) = wycheproof(name, algorithm) else {
                return;
            };
            assert_eq!(counts, expected, "{name}");
        }
    }

    #[test]
    fn takes_no_key_of_a_curve_that_it_does_not_verify() {
        let Some(folder) = folder() else { return };
        for curve in [
            "P256r1_sha256",
            "P320r1_sha384",
            "P384r1_sha384",
            "P512r1_sha512",
        ] {
            let name = format!("wycheproof/ecdsa_brainpool{curve}_p1363_test.json");
            for group in json(&folder.join(&name))["testGroups"].as_array().unwrap() {
                let der = hex(group["publicKeyDer"].as_str().unwrap());
                let (_, spki) = SubjectPublicKeyInfo::from_der(&der).unwrap();
                assert!(PublicKey::from_certificate(&spki).is_none(), "{name}");
            }
        }
        let name = "wycheproof/rsa_pss_2048_sha256_mgf1_32_test.json";
        for group in json(&folder.join(name))["testGroups"].as_array().unwrap() {
            let der = hex(group["publicKeyDer"].as_str().unwrap());
            let (_, spki) = SubjectPublicKeyInfo::from_der(&der).unwrap();
            assert!(PublicKey::from_certificate(&spki).is_none(), "{name}");
        }
    }

    #[test]
    fn both_generations_of_numbers_mean_the_same_algorithm() {
        for (older, newer) in [(-7, -9), (-35, -51), (-36, -52), (-8, -19)] {
            assert!(Algorithm::from_cose(older).is_some());
            assert_eq!(Algorithm::from_cose(older), Algorithm::from_cose(newer));
        }
        // Ed448, ESB256, ES256K, HMAC 256/256
        for number in [-53, -265, -47, 5, 0, i64::MIN] {
            assert_eq!(Algorithm::from_cose(number), None);
        }
    }
}
