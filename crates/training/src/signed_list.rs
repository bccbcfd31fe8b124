//! What status lists and lists of identifiers share: who signs them, and how.

use crate::cbor::{bytes, encode, int, text};
use crate::cose::{ChainPlace, Message, Sign1};
use crate::key::{Key, Seed};
use crate::x509::Certificate;
use ciborium::Value;

/// The headers of a list of that type, its chain protected.
pub(crate) fn headers(typ: &str) -> Sign1 {
    Sign1 {
        protected: vec![(int(16), text(typ))],
        chain: ChainPlace::Protected,
        tags: vec![18],
        ..Sign1::default()
    }
}

/// Has a key that is known by its `kid` sign, and no certificate.
pub(crate) fn by_kid(sign1: &mut Sign1, kid: &[u8]) {
    sign1.chain = ChainPlace::Missing;
    sign1.protected.push((int(4), bytes(kid)));
}

/// A list with these claims, encoded.
pub(crate) fn sign(
    sign1: &Sign1,
    claims: Vec<(Value, Value)>,
    (root, signer, key): (&Certificate, &Certificate, Option<&Key>),
    seed: &Seed,
) -> Vec<u8> {
    let token = sign1.make(&Message {
        key: &seed.key(key.unwrap_or(&signer.key)),
        payload: &encode(&Value::Map(claims)),
        detached: false,
        chain: &[signer.sign(root, seed)],
    });
    encode(&token)
}
