//! Documents signed around bytes: what stands behind a signature is reached by no other way.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use hwagin_tests::third_party;
use hwagin_tests::world::{AT, Desk};
use hwagin_verifier::Card;
use hwagin_verifier::trust::{IssuerKey, KeyUse};
use minicbor::Encoder;

/// An issuer, and a desk that knows no other.
pub struct Issuer {
    pair: EcdsaKeyPair,
    /// Its only anchor is the key of this issuer.
    pub desk: Desk,
}

impl Issuer {
    /// One with a key of its own that may sign documents of these cards.
    pub fn of(cards: Vec<Card>) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let point = pair.public_key().as_ref();
        let key = IssuerKey::from_curve("P-256", &point[1..33], Some(&point[33..])).unwrap();
        let desk = third_party::desk(key, KeyUse::default(), cards, AT);
        Self { pair, desk }
    }

    /// A tagged `COSE_Sign1` with this payload; its type, where it has one, and the unprotected
    /// header as given.
    pub fn sign(&self, typ: Option<u16>, open: &[u8], payload: &[u8]) -> Vec<u8> {
        let mut protected = Encoder::new(Vec::new());
        protected.map(1 + u64::from(typ.is_some())).unwrap();
        protected.u8(1).unwrap().i8(-7).unwrap();
        if let Some(typ) = typ {
            protected.u8(16).unwrap().u16(typ).unwrap();
        }
        let protected = protected.into_writer();
        let mut signed = Encoder::new(Vec::new());
        signed.array(4).unwrap().str("Signature1").unwrap();
        signed.bytes(&protected).unwrap().bytes(&[]).unwrap();
        signed.bytes(payload).unwrap();
        let signed = signed.into_writer();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        let mut message = Encoder::new(vec![0xd2]);
        message.array(4).unwrap().bytes(&protected).unwrap();
        message.writer_mut().extend_from_slice(open);
        message
            .bytes(payload)
            .unwrap()
            .bytes(signature.as_ref())
            .unwrap();
        message.into_writer()
    }
}

/// An empty header.
pub const NO_HEADER: &[u8] = &[0xa0];

/// base45 of a zlib stream of these bytes, which are only wrapped in it.
pub fn wrapped(bytes: &[u8]) -> String {
    base45::encode(miniz_oxide::deflate::compress_to_vec_zlib(bytes, 0))
}
