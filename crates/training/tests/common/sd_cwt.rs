//! Reads an SD-CWT in a key-binding token back, and puts what was disclosed where it belongs.

use super::reader::{read, redacted_keys};
use super::{certificate, encode, find, nth, point_of, signed_by, verifies};
use ciborium::Value;
use coset::{CoseSign1, TaggedCborSerializable};
use p256::ecdsa::VerifyingKey;
use sha2::{Digest, Sha256};

/// A token taken apart.
pub struct SdCwtRead {
    pub kbt: CoseSign1,
    pub kbt_header: Value,
    pub kbt_claims: Value,
    pub token: CoseSign1,
    pub token_header: Value,
    pub claims: Value,
    pub disclosures: Vec<Vec<u8>>,
}

impl SdCwtRead {
    /// Takes the bytes of a key-binding token apart.
    pub fn new(message: &[u8]) -> Self {
        let kbt = CoseSign1::from_tagged_slice(message).expect("a tagged COSE_Sign1");
        let kbt_header = header(&kbt);
        let token = encode(nth(&kbt_header, 13));
        assert!(message.windows(token.len()).any(|part| part == token));
        let token = CoseSign1::from_tagged_slice(&token).expect("a tagged COSE_Sign1");
        let disclosures = token.unprotected.rest.iter().map(|(_, sent)| sent.clone());
        let disclosures = disclosures.flat_map(|sent| sent.into_array().expect("an array"));
        Self {
            kbt_claims: read(kbt.payload.as_ref().expect("a payload")),
            token_header: header(&token),
            claims: read(token.payload.as_ref().expect("a payload")),
            disclosures: disclosures
                .map(|d| d.into_bytes().expect("bytes"))
                .collect(),
            kbt_header,
            kbt,
            token,
        }
    }

    /// The certificate of the document signer.
    pub fn signer(&self) -> &[u8] {
        nth(&self.token_header, 33).as_bytes().expect("one")
    }

    pub fn issuer_signature_verifies(&self) -> bool {
        let key = point_of(&certificate(self.signer()));
        verifies(&self.token.tbs_data(&[]), &self.token.signature, &key)
    }

    pub fn chain_verifies(&self, root: &[u8]) -> bool {
        let (leaf, root) = (certificate(self.signer()), certificate(root));
        leaf.issuer().as_raw() == root.subject().as_raw()
            && signed_by(
                leaf.tbs_certificate.as_ref(),
                &leaf.signature_value.data,
                &point_of(&root),
            )
    }

    /// Does the key in `cnf` verify the key-binding token?
    pub fn proof_verifies(&self) -> bool {
        let key = nth(nth(&self.claims, 8), 1);
        let part = |label| nth(key, label).as_bytes().expect("bytes").clone();
        let point = [vec![4], part(-2), part(-3)].concat();
        let key = VerifyingKey::from_sec1_bytes(&point).expect("a point");
        verifies(&self.kbt.tbs_data(&[]), &self.kbt.signature, &key)
    }

    /// The claims with every disclosure where its hash was and the other hashes gone, and the names
    /// of the disclosures that have no place.
    pub fn restored(&self) -> (Value, Vec<String>) {
        let mut left = self.disclosures.clone();
        let claims = restore(&self.claims, &mut left);
        let names = left.iter().map(|one| {
            let parts = read(one).into_array().expect("an array");
            match parts.get(2) {
                Some(Value::Text(name)) => name.clone(),
                other => format!("{other:?}"),
            }
        });
        (claims, names.collect())
    }

    /// How many hashes there are, in all that was signed or disclosed.
    pub fn hashes(&self) -> usize {
        let disclosed: usize = self.disclosures.iter().map(|d| hashes(&read(d))).sum();
        hashes(&self.claims) + disclosed
    }
}

fn header(message: &CoseSign1) -> Value {
    read(message.protected.original_data.as_ref().expect("read"))
}

/// The disclosure of that hash, taken out of those that are left.
fn opened(hash: &Value, left: &mut Vec<Vec<u8>>) -> Option<Vec<Value>> {
    let hash = hash.as_bytes().expect("a hash");
    let matches =
        |one: &Vec<u8>| Sha256::digest(encode(&Value::Bytes(one.clone())))[..] == hash[..];
    let place = left.iter().position(matches)?;
    let parts = read(&left.remove(place)).into_array().expect("an array");
    assert_eq!(parts[0].as_bytes().expect("a salt").len(), 16);
    Some(parts)
}

fn restore(value: &Value, left: &mut Vec<Vec<u8>>) -> Value {
    match value {
        Value::Map(entries) => {
            let mut out = Vec::new();
            for (key, value) in entries {
                if *key != redacted_keys() {
                    out.push((key.clone(), restore(value, left)));
                    continue;
                }
                for hash in value.as_array().expect("hashes") {
                    if let Some(parts) = opened(hash, left) {
                        let [_, value, key] = &parts[..] else {
                            panic!("{} parts", parts.len())
                        };
                        assert!(
                            find(&Value::Map(out.clone()), key).is_none(),
                            "{key:?} twice"
                        );
                        out.push((key.clone(), restore(value, left)));
                    }
                }
            }
            Value::Map(out)
        }
        Value::Array(items) => {
            let mut out = Vec::new();
            for item in items {
                match item {
                    Value::Tag(60, hash) => {
                        out.extend(opened(hash, left).map(|parts| {
                            let [_, value] = &parts[..] else {
                                panic!("{} parts", parts.len())
                            };
                            restore(value, left)
                        }));
                    }
                    item => out.push(restore(item, left)),
                }
            }
            Value::Array(out)
        }
        other => other.clone(),
    }
}

fn hashes(value: &Value) -> usize {
    match value {
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| match value {
                Value::Array(all) if *key == redacted_keys() => all.len(),
                value => hashes(value),
            })
            .sum(),
        Value::Array(items) => items.iter().map(hashes).sum(),
        Value::Tag(60, _) => 1,
        _ => 0,
    }
}
