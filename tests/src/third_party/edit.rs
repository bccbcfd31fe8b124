//! Signed messages taken apart and put together again, otherwise than their makers had them.

use aws_lc_rs::digest::{SHA256, digest};
use ciborium::Value as Cbor;

/// Header labels: disclosures, and the token inside a key binding token.
const SD_CLAIMS: i64 = 17;
const KCWT: i64 = 13;

/// The item in these bytes.
pub(super) fn decoded(bytes: &[u8]) -> Cbor {
    ciborium::from_reader(bytes).unwrap()
}

/// Its bytes.
pub(super) fn encoded(value: &Cbor) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).unwrap();
    out
}

/// The four parts of a `COSE_Sign1` with tag 18.
pub(super) fn parts(message: &mut Cbor) -> &mut Vec<Cbor> {
    let Cbor::Tag(18, inside) = message else {
        panic!("not tag 18")
    };
    inside.as_array_mut().unwrap()
}

/// What stands under this label.
pub(super) fn member(map: &mut Cbor, label: i64) -> &mut Cbor {
    let members = map.as_map_mut().unwrap();
    &mut members
        .iter_mut()
        .find(|(key, _)| *key == Cbor::from(label))
        .unwrap()
        .1
}

/// What an SD-CWT discloses.
pub(super) fn disclosures_of(message: &mut Cbor) -> &mut Vec<Cbor> {
    member(&mut parts(message)[1], SD_CLAIMS)
        .as_array_mut()
        .unwrap()
}

/// What is done to the token inside a key binding token.
pub(super) fn within<T>(message: &mut Cbor, change: impl FnOnce(&mut Cbor) -> T) -> T {
    let protected = &mut parts(message)[0];
    let mut header = decoded(protected.as_bytes().unwrap());
    let result = change(member(&mut header, KCWT));
    *protected = Cbor::Bytes(encoded(&header));
    result
}

/// A disclosure that was left out.
pub(super) struct Gone {
    /// One that is still there hangs on it.
    is_parent: bool,
    /// It had a salt and nothing else.
    pub(super) is_decoy: bool,
}

impl Gone {
    /// What has to be said of a token without it.
    pub(super) fn unless_parent<'s>(&self, else_said: &'s str) -> &'s str {
        if self.is_parent {
            "refuse digest.unused"
        } else {
            else_said
        }
    }
}

/// One disclosure is left out.
pub(super) fn take_out(disclosures: &mut Vec<Cbor>, number: usize) -> Gone {
    let gone = disclosures.remove(number);
    let gone = gone.as_bytes().unwrap();
    let holds_hash = |child: &Cbor| {
        let hash = digest(&SHA256, &encoded(child));
        gone.windows(32).any(|window| window == hash.as_ref())
    };
    Gone {
        is_parent: disclosures.iter().any(holds_hash),
        // The head of an array of one.
        is_decoy: gone[0] == 0x81,
    }
}

/// One bit of a disclosure is another.
pub(super) fn flip(disclosure: &mut Cbor, at: usize) {
    disclosure.as_bytes_mut().unwrap()[at] ^= 1;
}
