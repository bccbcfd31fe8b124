//! Bytes to structure. Nobody vouches for any of it yet.

pub(crate) mod mdoc;
pub mod outline;

use crate::cbor::Item;
use crate::{Payload, Reason};

/// A well-formed presentation. Nobody vouches for it, and no claim of it can be read.
///
/// ```compile_fail
/// // Only `format::parse` builds one.
/// fn forge(genuine: hwagin_verifier::Unverified<'_>) -> hwagin_verifier::Unverified<'_> {
///     hwagin_verifier::Unverified { ..genuine }
/// }
/// ```
///
/// ```compile_fail
/// // No claim can be read before the issuer's signature and every digest were checked.
/// fn peek(unverified: hwagin_verifier::Unverified<'_>) { unverified.claims(); }
/// ```
pub struct Unverified<'a> {
    pub(crate) envelope: Envelope<'a>,
    pub(crate) document: mdoc::Document<'a>,
}

/// What stands around the document: the freshness of the presentation, as its sender says.
///
/// The optical profile binds each field into the holder's signature; until that was checked they
/// are a stranger's words.
#[derive(Clone, Copy)]
pub(crate) struct Envelope<'a> {
    pub(crate) issued_at: i64,
    pub(crate) id: &'a [u8],
    pub(crate) purpose: Option<&'a str>,
    pub(crate) challenge_hash: Option<&'a [u8]>,
}

/// Bytes of a presentation id (`cti`), fixed so that a short one cannot collide.
const ID_LENGTH: usize = 16;

/// The one document of a presentation, well formed, with the bytes it was received in.
///
/// The envelope is a map of `1` the `DeviceResponse`, `2` when it was made, `3` its id and
/// optionally `4` the purpose and `5` the hash of the desk's challenge
/// (docs/optical-presentation.md). Unknown keys are refused: an extension takes a new text form.
///
/// # Errors
/// `format.unsupported`, `format.malformed`, `format.duplicate_key`, `format.several_documents`.
pub fn parse(payload: &Payload) -> Result<Unverified<'_>, Reason> {
    let map = Item::whole(payload.envelope())?
        .map()
        .ok_or(Reason::Malformed)?;
    if map.iter().any(|(key, _)| !matches!(key.int(), Some(1..=5))) {
        return Err(Reason::Unsupported);
    }
    let need = |key| map.int_key(key).ok_or(Reason::Malformed);
    let id = need(3)?
        .bytes()
        .filter(|id| id.len() == ID_LENGTH)
        .ok_or(Reason::Malformed)?;
    let optional = |key| map.int_key(key);
    let purpose = optional(4)
        .map(|item| item.text().ok_or(Reason::Malformed))
        .transpose()?;
    let challenge_hash = optional(5)
        .map(|item| {
            item.bytes()
                .filter(|hash| hash.len() == 32)
                .ok_or(Reason::Malformed)
        })
        .transpose()?;
    let issued_at = need(2)?
        .int()
        .filter(|seconds| *seconds >= 0)
        .ok_or(Reason::Malformed)?;
    let envelope = Envelope {
        issued_at,
        id,
        purpose,
        challenge_hash,
    };
    let document = mdoc::read(need(1)?.bytes().ok_or(Reason::Malformed)?)?;
    Ok(Unverified { envelope, document })
}
