//! A reader of CBOR that knows simple values, which ciborium doesn't: definite lengths only.

use ciborium::Value;

/// What a simple value reads as: this tag around its number. No data may carry the tag.
pub const SIMPLE: u64 = u64::MAX;

/// The key of the hashes of a map: simple(59).
pub fn redacted_keys() -> Value {
    Value::Tag(SIMPLE, Box::new(Value::Integer(59.into())))
}

/// All of `bytes` as one value.
pub fn read(bytes: &[u8]) -> Value {
    let mut reader = Reader(bytes);
    let value = reader.value();
    assert!(reader.0.is_empty(), "{} bytes behind", reader.0.len());
    value
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take(&mut self, count: usize) -> &[u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn number(&mut self, short: u8) -> u64 {
        let bytes = match short {
            0..=23 => return short.into(),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            other => panic!("additional information {other}"),
        };
        let number = self.take(bytes).iter();
        let number = number.fold(0, |all, byte| all << 8 | u64::from(*byte));
        let least = [24, 0, 1 << 8, 1 << 16, 1 << 32];
        let least = least[usize::try_from(bytes.ilog2()).expect("small") + usize::from(bytes > 1)];
        assert!(number >= least, "not the shortest head");
        number
    }

    fn value(&mut self) -> Value {
        let first = self.take(1)[0];
        let (major, short) = (first >> 5, first & 31);
        if major == 7 {
            return self.other(short);
        }
        let number = self.number(short);
        let count = usize::try_from(number).unwrap_or(usize::MAX);
        match major {
            0 => Value::Integer(number.into()),
            1 => Value::Integer((-1 - i64::try_from(number).expect("63 bits")).into()),
            2 => Value::Bytes(self.take(count).to_vec()),
            3 => Value::Text(String::from_utf8(self.take(count).to_vec()).expect("UTF-8")),
            4 => Value::Array((0..count).map(|_| self.value()).collect()),
            5 => Value::Map((0..count).map(|_| (self.value(), self.value())).collect()),
            _ => Value::Tag(number, Box::new(self.value())),
        }
    }

    fn other(&mut self, short: u8) -> Value {
        match short {
            20 | 21 => Value::Bool(short == 21),
            22 => Value::Null,
            24 => Value::Tag(SIMPLE, Box::new(Value::Integer(self.take(1)[0].into()))),
            27 => Value::Float(f64::from_be_bytes(
                self.take(8).try_into().expect("8 bytes"),
            )),
            other => panic!("simple value or float {other}"),
        }
    }
}
