//! Reads the code of a document back.

use super::encode;
use super::reader::read;
use ciborium::Value;
use coset::{CborSerializable, CoseSign1};

/// A document taken apart.
pub struct DocumentRead {
    pub tags: Vec<u64>,
    pub message: CoseSign1,
    pub header: Value,
    pub claims: Value,
}

impl DocumentRead {
    /// Of a message in whatever tags.
    pub fn new(message: &[u8]) -> Self {
        let mut tags = Vec::new();
        let mut value = ciborium::from_reader(message).expect("CBOR");
        while let Value::Tag(tag, inner) = value {
            tags.push(tag);
            value = *inner;
        }
        let message = CoseSign1::from_slice(&encode(&value)).expect("COSE_Sign1");
        let header = message.protected.original_data.as_ref().expect("read");
        Self {
            header: if header.is_empty() {
                Value::Map(vec![])
            } else {
                read(header)
            },
            claims: read(message.payload.as_ref().expect("a payload")),
            tags,
            message,
        }
    }

    /// Of the text of a code with that prefix.
    pub fn of_base45(prefix: &str, text: &str) -> Self {
        let text = text.strip_prefix(prefix).expect("the prefix");
        let body = base45::decode(text).expect("base45");
        Self::new(&miniz_oxide::inflate::decompress_to_vec_zlib(&body).expect("zlib"))
    }

    pub fn of_nzcp(text: &str) -> Self {
        Self::new(&base32(
            text.trim().strip_prefix("NZCP:/1/").expect("the prefix"),
        ))
    }

    /// The claims' keys, in the order written.
    pub fn keys(&self) -> Vec<Value> {
        let entries = self.claims.as_map().expect("a map").iter();
        entries.map(|(key, _)| key.clone()).collect()
    }
}

/// What `text` says in base32 without padding.
pub fn base32(text: &str) -> Vec<u8> {
    let mut bits = String::new();
    for letter in text.chars() {
        let place = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter);
        bits.push_str(&format!("{:05b}", place.expect("a letter of base32")));
    }
    let bytes = bits.as_bytes().chunks_exact(8);
    assert!(bytes.remainder().iter().all(|&bit| bit == b'0'));
    let byte = |bits| u8::from_str_radix(std::str::from_utf8(bits).expect("digits"), 2);
    bytes.map(|bits| byte(bits).expect("eight bits")).collect()
}
