//! PS256 (RFC 8017, RFC 8230) with one fixed key of 2048 bits.
//!
//! A key can't follow from the seed, as the others do, without a search for primes; so there is one,
//! written here. Signing is a single power, for which the arithmetic under the other curves is
//! enough. It signs nothing of worth, as everything in this crate.

use crate::cbor::{bytes, int};
use crate::der;
use crate::key::sha256;
use ciborium::Value;
use p256::elliptic_curve::bigint::U2048;
use p256::elliptic_curve::bigint::modular::runtime_mod::{DynResidue, DynResidueParams};

const MODULUS: &str = "d22318383df5a1966513e6fc18b873c873b62e5dfc0af5eae58aaa28a1d7e7f0\
    452b3d713156a4f1e8afc99858083748c59a173446cf634e0f9f039d2526c013\
    6c5be36ffb8bb8a45fc3d9a712a0a59aa1df0d69a736e6e63dd785b6a9ab415c\
    09b2be2a8c0aa790ea8735cbecfdd57b3f7ffb51783094848a85455219220a88\
    cc93bb814f01af14060e167b0ece072bb5eef704c990b77b9308ca7f77d10bc2\
    0f34e5d4056cd6adf3a19f73850272594da78aaa242e3f1f038caf8eb7286bee\
    3a2a5f83d2347886655df97a9f7f35c90370837ce4126d820bc10042f305296e\
    95b49e5252dedf69f05df9f73ff7465f21b847de8b4a64ab9f28f7ca492cb33b";
const PRIVATE_EXPONENT: &str = "1ec8054437cf435c447225e3c7bb3d3a9fb89012345966ac81f34df9a5bb7abe\
    37639e1c769dba8bb50a0afdc5e76e31bac057a5d0b990525ef76c1018e11441\
    c41db1b335a5c1e65220de411af96d48b96d730986f503ddb6315be4e5f5b01d\
    4b4e638cd7f6b79502c5cb9b939b9b29f2a34cad226dfb536ef716b06ffe0c8c\
    b9340595d1d1f789ac2a7256cc3af3f9533afcf53e48cac312a322231ab55504\
    a44c0e742b599a60126c967de7298e8ec97b6c501b7f67722bb9959072d7b7dd\
    337746e97381fa4576dcc3a3af87f5a60e0f4232428e1fe9ddded8ffc5a0cf85\
    18e42a5c7caeab11e5859094a085cb35b79ffabde2555a638a8fe4e6562b3401";
const PUBLIC_EXPONENT: [u8; 3] = [1, 0, 1];

/// Bytes of the modulus.
const SIZE: usize = 256;
/// Bytes of SHA-256, and of the salt.
const HASH: usize = 32;

/// The key.
pub(crate) struct RsaKey;

impl RsaKey {
    /// The PS256 signature of `message`. What should be random follows from the message.
    pub(crate) fn sign_pss(message: &[u8]) -> Vec<u8> {
        let hash = sha256(&[message]);
        let salt = sha256(&[b"PS256 salt", message]);
        let inner = sha256(&[&[0; 8], &hash, &salt]);
        let mut block = vec![0; SIZE - 2 * HASH - 2];
        block.push(1);
        block.extend(salt);
        let mask = (0_u32..).flat_map(|n| sha256(&[&inner, &n.to_be_bytes()]));
        for (byte, mask) in block.iter_mut().zip(mask) {
            *byte ^= mask;
        }
        if let Some(first) = block.first_mut() {
            *first &= 0x7F;
        }
        block.extend(inner);
        block.push(0xBC);
        power(&block)
    }

    /// The signature of `message` by PKCS #1 version 1.5 with SHA-256, as certificates have it.
    pub(crate) fn sign_pkcs1(message: &[u8]) -> Vec<u8> {
        let algorithm = der::sequence(&[der::oid("2.16.840.1.101.3.4.2.1"), der::tlv(5, &[])]);
        let hash = der::tlv(4, &sha256(&[message]));
        let digest = der::sequence(&[algorithm, hash]);
        let mut block = vec![0, 1];
        block.resize(SIZE.saturating_sub(digest.len() + 1), 0xFF);
        block.push(0);
        block.extend(digest);
        power(&block)
    }

    /// `RSAPublicKey`, DER.
    pub(crate) fn public() -> Vec<u8> {
        let modulus = U2048::from_be_hex(MODULUS);
        der::sequence(&[
            der::unsigned(&big_endian(&modulus)),
            der::unsigned(&PUBLIC_EXPONENT),
        ])
    }

    /// Modulus and public exponent.
    pub(crate) fn numbers() -> (Vec<u8>, Vec<u8>) {
        let modulus = U2048::from_be_hex(MODULUS);
        (big_endian(&modulus), PUBLIC_EXPONENT.to_vec())
    }

    /// `COSE_Key` (RFC 8230).
    pub(crate) fn cose_key() -> Value {
        let (modulus, exponent) = Self::numbers();
        Value::Map(vec![
            (int(1), int(3)),
            (int(-1), bytes(&modulus)),
            (int(-2), bytes(&exponent)),
        ])
    }
}

/// `block` to the power of the private exponent.
fn power(block: &[u8]) -> Vec<u8> {
    let modulus = DynResidueParams::new(&U2048::from_be_hex(MODULUS));
    let base = DynResidue::new(&U2048::from_be_slice(block), modulus);
    let signature = base.pow(&U2048::from_be_hex(PRIVATE_EXPONENT)).retrieve();
    big_endian(&signature)
}

fn big_endian(number: &U2048) -> Vec<u8> {
    let words = number.as_words().iter().rev();
    words.flat_map(|word| word.to_be_bytes()).collect()
}
