//! MOSIP claim 169, "identity-data" (QR code specification 1.2.0): a static identity document.

use super::contents::{Claim, Contents};
use super::cwt::ClaimsSet;
use crate::Reason;
use crate::cbor::Item;
use crate::cose::{Profile, UnverifiedSign1};
use std::borrow::Cow;

/// The claim that holds the identity map.
const IDENTITY_DATA: i64 = 169;

/// Keys of biometric data. They are counted and never opened: no desk compares a template.
const BIOMETRICS: std::ops::RangeInclusive<i64> = 50..=65;

/// `COSE_Encrypt0` and `COSE_Encrypt` (RFC 9052 §5).
const ENCRYPTED: [u64; 2] = [16, 96];

/// The signed message of an identity document.
///
/// # Errors
/// As [`UnverifiedSign1::read`]; `format.encrypted`; `signature.missing`: identity data without a
/// message around it, as data that only looks signed.
pub(crate) fn read(message: &[u8]) -> Result<UnverifiedSign1<'_>, Reason> {
    let item = Item::whole(message)?;
    let inside = match item.tag() {
        Some(61) => item.tagged(61).ok_or(Reason::Malformed)?,
        _ => item,
    };
    if inside.tag().is_some_and(|tag| ENCRYPTED.contains(&tag)) {
        return Err(Reason::Encrypted);
    }
    if inside.map().is_some() {
        return Err(Reason::SignatureMissing);
    }
    UnverifiedSign1::read(item, Profile::CLAIM_169)
}

/// The identity document in a verified payload.
///
/// # Errors
/// `format.malformed`, `format.duplicate_key`.
pub(crate) fn open(payload: &[u8]) -> Result<Contents<'_>, Reason> {
    let claims = ClaimsSet::read(payload)?;
    let data = claims.map().need_int(IDENTITY_DATA)?;
    let data = data.map().ok_or(Reason::Malformed)?;
    let mut contents = claims.contents("mosip.claim-169")?;
    for (key, value) in data.iter() {
        let key = key.int().ok_or(Reason::Malformed)?;
        if BIOMETRICS.contains(&key) {
            contents.withheld += 1;
            continue;
        }
        contents.claims.push(Claim {
            name_space: Cow::Borrowed("169"),
            element: Cow::Owned(key.to_string()),
            value,
        });
    }
    Ok(contents)
}
