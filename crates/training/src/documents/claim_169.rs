//! Claim 169 (MOSIP): who somebody is, in a CWT.

use super::{Compression, Document, DocumentHooks};
use crate::card::Card;
use crate::cbor::{bytes, encode, int, tagged, text};
use crate::cwt::{Cwt, KidHeader};
use crate::issuer::{ID_ISSUER, ID_KID, id_key};
use crate::key::Seed;
use crate::portrait::Portrait;
use crate::recipe::Hooks;
use crate::time::{DAY, day};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm, Nonce};
use ciborium::Value;

const IDENTITY: i64 = 169;

/// Describes a document.
pub struct Claim169 {
    /// The token. Who it is about is in claim 169 of it.
    pub cwt: Cwt,
    /// The `kid` of the key, which normally is not named.
    pub kid: Vec<u8>,
    /// What is around the claims.
    pub wrapping: Wrapping,
    /// How it is encrypted, if it is.
    pub encryption: Option<Encryption>,
    /// How it is compressed.
    pub compression: Compression,
    /// Changes that no field describes.
    pub hooks: DocumentHooks,
}

/// What is around the claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Wrapping {
    /// A `COSE_Sign1`.
    #[default]
    Signed,
    /// Nothing: the claims as they are.
    Bare,
    /// Nothing, and not even the claims: the map with text keys that `PixelPass` writes.
    PixelPass,
}

/// How a document is encrypted: as a `COSE_Encrypt0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// AES-GCM with 128 bits.
    A128Gcm,
    /// AES-GCM with 256 bits.
    A256Gcm,
}

impl Claim169 {
    /// A sound document at `at`, with a portrait: issued 10 days ago, good for 180 days more.
    #[must_use]
    pub fn new(at: i64) -> Self {
        let identity = vec![
            (int(1), text("SPECIMEN-000000")),
            (int(2), text("1.0")),
            (int(3), text("eng")),
            (int(4), text("TESTINA ALEXANDRA MARIA SPECIMEN")),
            (int(8), text("19990101")),
            (int(9), int(2)),
            (int(13), text("ZZ")),
        ];
        let issued = day(at).saturating_sub(10 * DAY);
        let claims = vec![
            (int(1), text(ID_ISSUER)),
            (int(4), int(day(at).saturating_add(180 * DAY))),
            (int(5), int(issued)),
            (int(6), int(issued)),
            (int(IDENTITY), Value::Map(identity)),
        ];
        let mut cwt = Cwt::new(id_key(), claims);
        cwt.kid = KidHeader::default();
        let mut new = Self {
            cwt,
            kid: ID_KID.as_bytes().to_vec(),
            wrapping: Wrapping::Signed,
            encryption: None,
            compression: Compression::Zlib,
            hooks: DocumentHooks::default(),
        };
        new.photo(Portrait::Small);
        new
    }

    fn identity(&mut self) -> Option<&mut Vec<(Value, Value)>> {
        self.cwt.claim(&int(IDENTITY))?.as_map_mut()
    }

    /// Gives the attribute with that number this value; it is the last one if it is new.
    pub fn set(&mut self, key: i64, value: Value) {
        let Some(identity) = self.identity() else {
            return;
        };
        match identity.iter_mut().find(|(k, _)| *k == int(key)) {
            Some((_, place)) => *place = value,
            None => identity.push((int(key), value)),
        }
    }

    /// Leaves out the attribute with that number.
    pub fn remove(&mut self, key: i64) {
        if let Some(identity) = self.identity() {
            identity.retain(|(k, _)| *k != int(key));
        }
    }

    /// Has that portrait (16), and its format with it (17).
    pub fn photo(&mut self, portrait: Portrait) {
        let (card, format) = match portrait {
            Portrait::Small => (Card::Mfc, 4),
            Portrait::Large | Portrait::None => (Card::Mdl, 1),
        };
        match portrait.bytes(card) {
            Some(picture) => {
                self.set(16, bytes(picture));
                self.set(17, int(format));
            }
            None => {
                self.remove(16);
                self.remove(17);
            }
        }
    }

    /// Has something, which is no biometric of anybody, under every key of biometrics (50 to 65).
    pub fn biometrics(&mut self) {
        for key in 50..=65 {
            let (format, sub_format) = match key {
                50..=59 => (1, 1),
                65 => (2, 0),
                _ => (0, 1),
            };
            let one = Value::Map(vec![
                (int(0), bytes(b"no biometric")),
                (int(1), int(format)),
                (int(2), int(sub_format)),
                (int(3), text("Hwagin Training")),
            ]);
            self.set(key, Value::Array(vec![one]));
        }
    }

    pub(crate) fn mint(&self, seed: &Seed) -> Document {
        let message = match self.wrapping {
            Wrapping::Signed => self.cwt.sign(seed, &self.kid),
            Wrapping::Bare => self.cwt.payload().1,
            Wrapping::PixelPass => encode(&self.pixel_pass()),
        };
        let mut message = match self.encryption {
            Some(how) => encode(&how.encrypt(&message, seed)),
            None => message,
        };
        Hooks::run(&self.cwt.hooks.token_bytes, &mut message);
        self.hooks
            .document("", message, self.compression, self.kid.clone())
    }

    /// Who somebody is, under the numbers as text.
    fn pixel_pass(&self) -> Value {
        let claims = self.cwt.claims.iter();
        let identity = claims.filter(|(key, _)| *key == int(IDENTITY));
        let entries = identity.filter_map(|(_, value)| value.as_map()).flatten();
        let named = entries.map(|(key, value)| {
            let number = key.as_integer().map(i128::from).unwrap_or_default();
            (Value::Text(number.to_string()), value.clone())
        });
        Value::Map(named.collect())
    }
}

impl Encryption {
    /// The COSE algorithm.
    #[must_use]
    pub fn alg(self) -> i64 {
        match self {
            Self::A128Gcm => 1,
            Self::A256Gcm => 3,
        }
    }

    /// Bytes of the key.
    fn key_length(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A256Gcm => 32,
        }
    }

    /// The key: whoever it is for has it.
    pub(crate) fn key(self, seed: &Seed) -> Vec<u8> {
        let all = seed.derive(&["content key", &self.alg().to_string()]);
        all.into_iter().take(self.key_length()).collect()
    }

    /// A tagged `COSE_Encrypt0` (RFC 9052 section 5.2) around `message`.
    fn encrypt(self, message: &[u8], seed: &Seed) -> Value {
        let protected = encode(&Value::Map(vec![(int(1), int(self.alg()))]));
        let structure = Value::Array(vec![text("Encrypt0"), bytes(&protected), bytes(&[])]);
        let (key, aad) = (self.key(seed), encode(&structure));
        let number = seed.derive(&["content iv", &self.alg().to_string()]);
        let number: [u8; 12] = std::array::from_fn(|place| *number.get(place).unwrap_or(&0));
        let (nonce, payload) = (
            Nonce::from(number),
            Payload {
                msg: message,
                aad: &aad,
            },
        );
        // A key of the right length and a message of this size have no way to fail.
        let sealed = match self {
            Self::A128Gcm => Aes128Gcm::new_from_slice(&key)
                .ok()
                .and_then(|cipher| cipher.encrypt(&nonce, payload).ok()),
            Self::A256Gcm => Aes256Gcm::new_from_slice(&key)
                .ok()
                .and_then(|cipher| cipher.encrypt(&nonce, payload).ok()),
        };
        let parts = vec![
            bytes(&protected),
            Value::Map(vec![(int(5), bytes(&number))]),
            Value::Bytes(sealed.unwrap_or_default()),
        ];
        tagged(16, Value::Array(parts))
    }
}
