//! Public keys, from a certificate, a `COSE_Key` or their bare parts.

use crate::cbor::Item;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    ECDSA_P521_SHA512_ASN1, ED25519, UnparsedPublicKey, VerificationAlgorithm,
};
use x509_parser::der_parser::oid::Oid;
use x509_parser::oid_registry::{
    OID_EC_P256, OID_KEY_TYPE_EC_PUBLIC_KEY, OID_NIST_EC_P384, OID_NIST_EC_P521,
    OID_PKCS1_RSAENCRYPTION, OID_PKCS1_RSASSAPSS, OID_SIG_ED25519,
};
use x509_parser::prelude::FromDer;
use x509_parser::public_key::RSAPublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

/// What a public key is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum KeyKind {
    P256,
    P384,
    P521,
    Ed25519,
    BrainpoolP256,
    BrainpoolP384,
    Rsa,
}

/// Bits of an RSA modulus at least, and at most: what the library verifies.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// OIDs of the brainpool curves (RFC 5639 §4.1): `1.3.36.3.3.2.8.1.1.7` and `….11`.
const BRAINPOOL_P256: &[u8] = &[0x2b, 0x24, 3, 3, 2, 8, 1, 1, 7];
const BRAINPOOL_P384: &[u8] = &[0x2b, 0x24, 3, 3, 2, 8, 1, 1, 11];

impl KeyKind {
    /// The kind on this curve of the COSE registry (RFC 9053 §7.1), and the bytes of a coordinate.
    fn of_cose_curve(curve: i64) -> Option<(Self, usize)> {
        Some(match curve {
            1 => (Self::P256, 32),
            2 => (Self::P384, 48),
            3 => (Self::P521, 66),
            256 => (Self::BrainpoolP256, 32),
            258 => (Self::BrainpoolP384, 48),
            _ => return None,
        })
    }

    fn of_curve_oid(oid: &Oid<'_>) -> Option<Self> {
        let named = [
            (OID_EC_P256, Self::P256),
            (OID_NIST_EC_P384, Self::P384),
            (OID_NIST_EC_P521, Self::P521),
        ];
        let known = named.into_iter().find(|(known, _)| known == oid);
        known.map(|(_, kind)| kind).or(match oid.as_bytes() {
            BRAINPOOL_P256 => Some(Self::BrainpoolP256),
            BRAINPOOL_P384 => Some(Self::BrainpoolP384),
            _ => None,
        })
    }
}

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PublicKey {
    kind: KeyKind,
    /// A point (SEC 1 §2.3.3), 32 bytes of Ed25519, or an `RSAPublicKey` (RFC 8017 §A.1.1).
    bytes: Vec<u8>,
    signature_length: usize,
}

impl PublicKey {
    fn new(kind: KeyKind, bytes: Vec<u8>) -> Option<Self> {
        let signature_length = match kind {
            KeyKind::P256 | KeyKind::Ed25519 | KeyKind::BrainpoolP256 => 64,
            KeyKind::P384 | KeyKind::BrainpoolP384 => 96,
            KeyKind::P521 => 132,
            KeyKind::Rsa => rsa_bits(&bytes)
                .filter(|bits| RSA_BITS.contains(bits))?
                .div_ceil(8),
        };
        Some(Self {
            kind,
            bytes,
            signature_length,
        })
    }

    pub(crate) fn kind(&self) -> KeyKind {
        self.kind
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn signature_length(&self) -> usize {
        self.signature_length
    }

    /// The key of a certificate (RFC 5480, RFC 8410, RFC 4055); `None` for a kind that this desk
    /// does not verify.
    pub(crate) fn from_certificate(spki: &SubjectPublicKeyInfo<'_>) -> Option<Self> {
        let kind = &spki.algorithm.algorithm;
        let kind = if *kind == OID_KEY_TYPE_EC_PUBLIC_KEY {
            let curve = spki.algorithm.parameters.as_ref()?.as_oid().ok()?;
            KeyKind::of_curve_oid(&curve)?
        } else if *kind == OID_SIG_ED25519 {
            KeyKind::Ed25519
        } else if *kind == OID_PKCS1_RSAENCRYPTION || *kind == OID_PKCS1_RSASSAPSS {
            KeyKind::Rsa
        } else {
            return None;
        };
        Self::new(kind, spki.subject_public_key.data.to_vec())
    }

    /// The key of a `SubjectPublicKeyInfo` (DER, nothing behind it).
    pub(crate) fn from_spki(der: &[u8]) -> Option<Self> {
        let (rest, spki) = SubjectPublicKeyInfo::from_der(der).ok()?;
        rest.is_empty().then(|| Self::from_certificate(&spki))?
    }

    /// The key of a `COSE_Key` (RFC 9053 §7, RFC 8230 §4); `None` for what this desk does not
    /// verify.
    pub(crate) fn from_cose_key(key: Item<'_>) -> Option<Self> {
        let map = key.map()?;
        let label = |label| map.int_key(label);
        match label(1)?.int()? {
            1 if label(-1)?.int()? == 6 => {
                let x = label(-2)?.bytes().filter(|x| x.len() == 32)?;
                Self::new(KeyKind::Ed25519, x.to_vec())
            }
            2 => {
                let (kind, length) = KeyKind::of_cose_curve(label(-1)?.int()?)?;
                let x = label(-2)?.bytes().filter(|x| x.len() == length)?;
                let y = label(-3)?;
                let (head, y) = match (y.bytes(), y.flag()) {
                    (Some(y), _) if y.len() == length => (4, y),
                    (_, Some(odd)) => (2 + u8::from(odd), &[][..]),
                    _ => return None,
                };
                Self::new(kind, [&[head], x, y].concat())
            }
            3 => Self::from_rsa_parts(label(-1)?.bytes()?, label(-2)?.bytes()?),
            _ => None,
        }
    }

    /// The key on the curve with this name of JSON Web Key (RFC 7518 §6.2, RFC 8037 §2).
    pub(crate) fn from_curve(curve: &str, x: &[u8], y: Option<&[u8]>) -> Option<Self> {
        let number = match curve {
            "P-256" => 1,
            "P-384" => 2,
            "P-521" => 3,
            "Ed25519" => {
                return (x.len() == 32).then(|| Self::new(KeyKind::Ed25519, x.to_vec()))?;
            }
            _ => return None,
        };
        let (kind, length) = KeyKind::of_cose_curve(number)?;
        let y = y.filter(|y| y.len() == length && x.len() == length)?;
        Self::new(kind, [&[4], x, y].concat())
    }

    /// The RSA key of this modulus and exponent, each an unsigned number, the largest byte first.
    pub(crate) fn from_rsa_parts(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let mut content = Vec::with_capacity(modulus.len() + exponent.len() + 16);
        for number in [modulus, exponent] {
            let start = number.iter().position(|byte| *byte != 0)?;
            let digits = number.get(start..)?;
            let pad: &[u8] = if digits.first()? & 0x80 != 0 {
                &[0]
            } else {
                &[]
            };
            content.push(0x02);
            der_length(&mut content, pad.len() + digits.len())?;
            content.extend([pad, digits].concat());
        }
        let mut der = vec![0x30];
        der_length(&mut der, content.len())?;
        der.extend(content);
        Self::new(KeyKind::Rsa, der)
    }

    /// Succeeds when `signature` is this key's over a revocation list, by the X.509 algorithm
    /// with this OID (RFC 5758, RFC 8410).
    pub(crate) fn verify_list(&self, oid: &str, list: &[u8], signature: &[u8]) -> Option<()> {
        let algorithm: &dyn VerificationAlgorithm = match (self.kind, oid) {
            (KeyKind::P256, "1.2.840.10045.4.3.2") => &ECDSA_P256_SHA256_ASN1,
            (KeyKind::P256, "1.2.840.10045.4.3.3") => &ECDSA_P256_SHA384_ASN1,
            (KeyKind::P384, "1.2.840.10045.4.3.2") => &ECDSA_P384_SHA256_ASN1,
            (KeyKind::P384, "1.2.840.10045.4.3.3") => &ECDSA_P384_SHA384_ASN1,
            (KeyKind::P521, "1.2.840.10045.4.3.4") => &ECDSA_P521_SHA512_ASN1,
            (KeyKind::Ed25519, "1.3.101.112") => &ED25519,
            _ => return None,
        };
        UnparsedPublicKey::new(algorithm, &self.bytes)
            .verify(list, signature)
            .ok()
    }
}

/// Bits of the modulus in an `RSAPublicKey`.
fn rsa_bits(der: &[u8]) -> Option<usize> {
    let (rest, key) = RSAPublicKey::from_der(der).ok()?;
    let start = key.modulus.iter().position(|byte| *byte != 0)?;
    let digits = key.modulus.get(start..)?;
    let unused = usize::try_from(digits.first()?.leading_zeros()).ok()?;
    rest.is_empty().then_some(digits.len() * 8 - unused)
}

/// Writes a DER length (X.690 §8.1.3) of at most two bytes: 8,192 bits and their heads.
fn der_length(out: &mut Vec<u8>, length: usize) -> Option<()> {
    match u8::try_from(length) {
        Ok(short @ 0..=127) => out.push(short),
        Ok(one) => out.extend([0x81, one]),
        Err(_) => {
            out.push(0x82);
            out.extend(u16::try_from(length).ok()?.to_be_bytes());
        }
    }
    Some(())
}
