//! Short names for building CBOR (RFC 8949) as data.

use ciborium::Value;

/// A tag that no data may carry (registered as "always invalid" for uses like this one). Around a
/// byte string it stands for those bytes, written as they are.
const AS_IT_IS: u64 = u64::MAX;

/// `value` as bytes: definite lengths, shortest heads, map entries in the order given.
#[must_use]
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Tag(AS_IT_IS, inner) if inner.is_bytes() => {
            out.extend(inner.as_bytes().into_iter().flatten());
        }
        Value::Tag(tag, inner) => {
            head(6, *tag, out);
            write(inner, out);
        }
        Value::Array(items) => {
            head(4, count(items), out);
            items.iter().for_each(|item| write(item, out));
        }
        Value::Map(entries) => {
            head(5, count(entries), out);
            for (key, value) in entries {
                write(key, out);
                write(value, out);
            }
        }
        // Writing a value into memory has no way to fail.
        leaf => drop(ciborium::into_writer(leaf, out)),
    }
}

fn count<T>(things: &[T]) -> u64 {
    u64::try_from(things.len()).unwrap_or(u64::MAX)
}

/// The head of a data item of that major type: the shortest.
fn head(major: u8, number: u64, out: &mut Vec<u8>) {
    let place = out.len();
    drop(ciborium::into_writer(&number, &mut *out));
    if let Some(first) = out.get_mut(place) {
        *first |= major << 5;
    }
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

/// `value` under `tag`.
#[must_use]
pub fn tagged(tag: u64, value: Value) -> Value {
    Value::Tag(tag, Box::new(value))
}

/// Encoded CBOR carried as data: tag 24 around a byte string.
#[must_use]
pub fn embedded(encoded: Vec<u8>) -> Value {
    tagged(24, Value::Bytes(encoded))
}

/// Bytes that [`encode`] writes as they are: what is encoded already, or is no CBOR at all.
#[must_use]
pub fn raw(encoded: Vec<u8>) -> Value {
    tagged(AS_IT_IS, Value::Bytes(encoded))
}

/// A simple value of more than 23, such as the 59 of SD-CWT: its data model has no other name for it.
#[must_use]
pub fn simple(number: u8) -> Value {
    raw(vec![0xF8, number])
}

/// The array or map `value` with an indefinite length, what is in it as it is.
#[must_use]
pub fn indefinite(value: &Value) -> Value {
    let mut out = Vec::new();
    match value {
        Value::Array(items) => {
            out.push(0x9F);
            items.iter().for_each(|item| write(item, &mut out));
        }
        Value::Map(entries) => {
            out.push(0xBF);
            for (key, value) in entries {
                write(key, &mut out);
                write(value, &mut out);
            }
        }
        other => return other.clone(),
    }
    out.push(0xFF);
    raw(out)
}

/// A full-date (RFC 8943), "YYYY-MM-DD" under tag 1004.
#[must_use]
pub fn full_date(date: &str) -> Value {
    tagged(1004, text(date))
}

/// A tdate: RFC 3339 text under tag 0.
#[must_use]
pub fn tdate(at: i64) -> Value {
    tagged(0, Value::Text(crate::time::rfc3339(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_ciborium_writes() {
        let long = Value::Array(vec![Value::Null; 300]);
        for value in [
            long,
            tagged(65_536, int(-5)),
            map([("a", Value::Float(1.5)), ("b", Value::Bool(true))]),
            Value::Map(vec![(int(24), bytes(&[0; 70_000])); 24]),
        ] {
            let mut theirs = Vec::new();
            ciborium::into_writer(&value, &mut theirs).unwrap_or_default();
            assert!(encode(&value) == theirs);
        }
    }

    #[test]
    fn writes_what_ciborium_has_no_name_for() {
        let odd = Value::Map(vec![(simple(59), Value::Array(vec![]))]);
        assert_eq!(encode(&odd), [0xA1, 0xF8, 0x3B, 0x80]);
        assert_eq!(encode(&indefinite(&odd)), [0xBF, 0xF8, 0x3B, 0x80, 0xFF]);
        assert_eq!(encode(&tagged(24, raw(vec![1, 2]))), [0xD8, 24, 1, 2]);
    }
}
