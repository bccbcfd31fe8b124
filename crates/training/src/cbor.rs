//! Short names for building CBOR (RFC 8949) as data.

use ciborium::Value;

/// `value` as bytes: definite lengths, shortest heads, map entries in the order given.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing a value into memory has no way to fail; were it to, nothing would be presented.
    if ciborium::into_writer(value, &mut out).is_err() {
        out.clear();
    }
    out
}

/// A text string.
#[must_use]
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A byte string.
#[must_use]
pub fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}

/// An integer.
#[must_use]
pub fn int(number: i64) -> Value {
    Value::Integer(number.into())
}

/// A map with text keys, in the order given.
#[must_use]
pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(k, v)| (text(k), v)).collect())
}

/// Encoded CBOR carried as data: tag 24 around a byte string.
#[must_use]
pub fn embedded(encoded: Vec<u8>) -> Value {
    Value::Tag(24, Box::new(Value::Bytes(encoded)))
}

/// A full-date (RFC 8943), "YYYY-MM-DD" under tag 1004.
#[must_use]
pub fn full_date(date: &str) -> Value {
    Value::Tag(1004, Box::new(text(date)))
}

/// A tdate: RFC 3339 text under tag 0.
#[must_use]
pub fn tdate(at: i64) -> Value {
    Value::Tag(0, Box::new(Value::Text(crate::time::rfc3339(at))))
}
