//! The structure of a challenge, its lengths and its certificate (docs/optical-presentation.md, 3b).

use crate::cbor::{encode, text};
use crate::x509::oid;
use ciborium::Value;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use x509_parser::prelude::X509Certificate;

const TYP: &str = "application/hwagin-challenge+cbor";
const NONCE: usize = 16;
const MAX_NAME: usize = 80;
const DISPLAYED_SECONDS: i64 = 300;
const PRINTED_SECONDS: i64 = 366 * 86_400;
/// Nested deeper than this is no challenge.
const MAX_DEPTH: u8 = 16;

/// The `COSE_Sign1` around a challenge.
pub(super) struct Message {
    protected: Vec<u8>,
    pub(super) payload: Vec<u8>,
    signature: Vec<u8>,
    /// DER, the desk's first.
    first: Vec<u8>,
}

/// What the payload says.
pub(super) struct Said {
    pub(super) is_displayed: bool,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) desk: String,
    pub(super) organisation: String,
    pub(super) purpose: String,
    pub(super) items: Vec<(String, Vec<(String, String)>)>,
}

impl Message {
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let Value::Tag(18, inner) = definite(body)? else {
            return None;
        };
        let Ok([protected, unprotected, payload, signature]) =
            <[Value; 4]>::try_from(inner.into_array().ok()?)
        else {
            return None;
        };
        if !unprotected.into_map().ok()?.is_empty() {
            return None;
        }
        let protected = protected.into_bytes().ok()?;
        let first = signer(&definite(&protected)?)?;
        Some(Self {
            protected,
            payload: payload.into_bytes().ok()?,
            signature: signature.into_bytes().ok()?,
            first,
        })
    }

    /// The key of the desk's certificate, which has these names and is for readers.
    pub(super) fn key(&self, said: &Said) -> Option<VerifyingKey> {
        let (_, certificate) = x509_parser::parse_x509_certificate(&self.first).ok()?;
        let subject = certificate.subject();
        let desk = subject.iter_common_name().next()?.as_str().ok()?;
        let organisation = subject.iter_organization().next()?.as_str().ok()?;
        let is_named = desk == said.desk && organisation == said.organisation;
        if !is_named || !is_for_readers(&certificate)? {
            return None;
        }
        VerifyingKey::from_sec1_bytes(&certificate.public_key().subject_public_key.data).ok()
    }

    pub(super) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let signed = encode(&Value::Array(vec![
            text("Signature1"),
            Value::Bytes(self.protected.clone()),
            Value::Bytes(Vec::new()),
            Value::Bytes(self.payload.clone()),
        ]));
        let signature = Signature::from_slice(&self.signature);
        signature.is_ok_and(|signature| key.verify(&signed, &signature).is_ok())
    }
}

/// The first certificate of a sound header.
fn signer(header: &Value) -> Option<Vec<u8>> {
    let is_ours = header.as_map()?.len() == 3
        && entry(header, 1)? == &Value::from(-7)
        && entry(header, 16)?.as_text() == Some(TYP);
    let first = match entry(header, 33)? {
        Value::Bytes(only) => only,
        Value::Array(chain) if (2..=4).contains(&chain.len()) => chain
            .iter()
            .map(Value::as_bytes)
            .collect::<Option<Vec<_>>>()?
            .first()?,
        _ => return None,
    };
    is_ours.then(|| first.clone())
}

fn is_for_readers(certificate: &X509Certificate<'_>) -> Option<bool> {
    let usage = certificate.extended_key_usage().ok()??;
    let mut others = usage.value.other.iter();
    Some(others.any(|usage| usage.to_id_string() == oid::MDOC_READER))
}

impl Said {
    pub(super) fn read(payload: &[u8]) -> Option<Self> {
        let map = definite(payload)?;
        if !is_deterministic(&map) || encode(&map) != payload {
            return None;
        }
        let is_displayed = entry(&map, 1).is_some();
        let time = |key| i64::try_from(entry(&map, key)?.as_integer()?).ok();
        let uint = |key| time(key).filter(|number| *number >= 0);
        let words = |key| entry(&map, key)?.as_text().map(str::to_owned);
        let name = |key| words(key).filter(|name| (1..=MAX_NAME).contains(&name.chars().count()));
        let lasts = if is_displayed {
            DISPLAYED_SECONDS
        } else {
            PRINTED_SECONDS
        };
        let (iat, exp) = (uint(2)?, uint(3)?);
        let nonce = entry(&map, 1).and_then(Value::as_bytes);
        let is_sound = map.as_map()?.len() == if is_displayed { 9 } else { 8 }
            && is_displayed == nonce.is_some_and(|nonce| nonce.len() == NONCE)
            && exp.saturating_sub(iat) <= lasts
            && uint(7).is_some()
            && is_label(entry(&map, 8)?);
        let requests = entry(&map, 9)?.as_array()?;
        let items: Vec<_> = requests.iter().map(request).collect::<Option<_>>()?;
        let is_new = |(place, (doc_type, _)): (usize, &(String, _))| {
            let mut before = items.iter().take(place);
            before.all(|(other, _)| other != doc_type)
        };
        let are_sound = !items.is_empty() && items.iter().enumerate().all(is_new);
        (is_sound && are_sound).then_some(())?;
        Some(Self {
            is_displayed,
            iat,
            exp,
            desk: name(4)?,
            organisation: name(5)?,
            purpose: words(6)?,
            items,
        })
    }
}

fn is_label(label: &Value) -> bool {
    let entries = label.as_map().map_or(&[][..], Vec::as_slice);
    entries
        .iter()
        .all(|(key, said)| key.is_text() && said.is_text())
        && entries.iter().any(|(key, _)| key.as_text() == Some("en"))
}

/// An `ItemsRequest` that keeps nothing.
fn request(request: &Value) -> Option<(String, Vec<(String, String)>)> {
    let [(doc_type, is), (name_spaces, asked)] = request.as_map()?.as_slice() else {
        return None;
    };
    if doc_type.as_text() != Some("docType") || name_spaces.as_text() != Some("nameSpaces") {
        return None;
    }
    let mut items = Vec::new();
    for (namespace, elements) in asked.as_map()? {
        let (namespace, elements) = (namespace.as_text()?, elements.as_map()?);
        for (element, keeps) in elements {
            (keeps.as_bool() == Some(false)).then_some(())?;
            items.push((namespace.to_owned(), element.as_text()?.to_owned()));
        }
        (!elements.is_empty()).then_some(())?;
    }
    (!items.is_empty()).then(|| Some((is.as_text()?.to_owned(), items)))?
}

fn entry(map: &Value, key: i64) -> Option<&Value> {
    let mut entries = map.as_map()?.iter();
    let found = entries.find(|(known, _)| known == &Value::from(key));
    found.map(|(_, value)| value)
}

/// The one item that `bytes` is, with definite lengths throughout and no key twice.
fn definite(bytes: &[u8]) -> Option<Value> {
    let rest = after_item(bytes, MAX_DEPTH)?;
    let value: Value = rest
        .is_empty()
        .then(|| ciborium::from_reader(bytes).ok())??;
    has_no_key_twice(&value).then_some(value)
}

/// What stands behind the item that `bytes` begins with; nothing where a length is indefinite.
fn after_item(bytes: &[u8], depth: u8) -> Option<&[u8]> {
    let (head, rest) = bytes.split_first()?;
    let width = match head & 31 {
        0..=23 => 0,
        width @ 24..=27 => 1_usize << (width - 24),
        _ => return None,
    };
    let (number, mut rest) = rest.split_at_checked(width)?;
    let number = number
        .iter()
        .fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    let number = if width == 0 {
        u64::from(head & 31)
    } else {
        number
    };
    let items = match head >> 5 {
        2 | 3 => return rest.get(usize::try_from(number).ok()?..),
        4 => number,
        5 => number.checked_mul(2)?,
        6 => 1,
        _ => 0,
    };
    for _ in 0..items {
        rest = after_item(rest, depth.checked_sub(1)?)?;
    }
    Some(rest)
}

fn has_no_key_twice(value: &Value) -> bool {
    all_maps(value, &|keys| {
        let mut keys = keys.to_vec();
        keys.sort();
        keys.windows(2).all(|pair| pair.first() != pair.last())
    })
}

/// Whether the keys of every map are in the order of RFC 8949 §4.2.1.
fn is_deterministic(value: &Value) -> bool {
    all_maps(value, &|keys| keys.is_sorted())
}

/// Whether this holds of the encoded keys of every map.
fn all_maps(value: &Value, holds: &dyn Fn(&[Vec<u8>]) -> bool) -> bool {
    match value {
        Value::Map(entries) => {
            let keys: Vec<_> = entries.iter().map(|(key, _)| encode(key)).collect();
            holds(&keys) && entries.iter().all(|(_, value)| all_maps(value, holds))
        }
        Value::Array(items) => items.iter().all(|item| all_maps(item, holds)),
        Value::Tag(_, inner) => all_maps(inner, holds),
        _ => true,
    }
}
