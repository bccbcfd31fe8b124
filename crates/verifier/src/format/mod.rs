//! Bytes to structure. Nobody vouches for any of it yet.

pub(crate) mod claim_169;
pub(crate) mod contents;
pub(crate) mod cwt;
pub(crate) mod hcert;
pub(crate) mod mdoc;
pub(crate) mod nzcp;
pub mod outline;
pub(crate) mod sd_cwt;

use crate::cbor::Item;
use crate::cose::UnverifiedSign1;
use crate::transport::Container;
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
    pub(crate) document: Document<'a>,
}

/// The document of a presentation, by its format.
pub(crate) enum Document<'a> {
    Mdoc(mdoc::Presentation<'a>),
    SdCwt(sd_cwt::Presentation<'a>),
    Hcert(UnverifiedSign1<'a>, hcert::Kind),
    Nzcp(UnverifiedSign1<'a>),
    Claim169(UnverifiedSign1<'a>),
}

/// The head of tag 18, by which a key binding token is told from an envelope.
const TAG_18: u8 = 0xd2;

/// The one document of a presentation, well formed, with the bytes it was received in.
///
/// What it is follows from the text form it came in; in the optical presentation an SD-CWT is
/// told from the envelope of an mdoc by its first byte (docs/optical-presentation.md).
///
/// # Errors
/// `format.*`, `signature.algorithm_refused`, `signature.missing`.
pub fn parse(payload: &Payload) -> Result<Unverified<'_>, Reason> {
    let bytes = payload.bytes();
    let document = match payload.container() {
        Container::Optical if bytes.first() == Some(&TAG_18) => {
            Document::SdCwt(sd_cwt::read(bytes)?)
        }
        Container::Optical => Document::Mdoc(mdoc::Presentation::in_envelope(bytes)?),
        Container::Mdoc => Document::Mdoc(mdoc::Presentation::bare(bytes)?),
        Container::SdCwt => Document::SdCwt(sd_cwt::read(bytes)?),
        Container::Hcert => Document::Hcert(hcert::read(bytes)?, hcert::Kind::Health),
        Container::LightHcert => Document::Hcert(hcert::read(bytes)?, hcert::Kind::Light),
        Container::Nzcp => Document::Nzcp(nzcp::read(bytes)?),
        Container::Claim169 => Document::Claim169(claim_169::read(bytes)?),
    };
    Ok(Unverified { document })
}

/// What stands around an mdoc: the freshness of the presentation, as its sender says.
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
pub(crate) const ID_LENGTH: usize = 16;

/// Bytes of the hash of a challenge.
pub(crate) const CHALLENGE_LENGTH: usize = 32;

/// The envelope, and the `DeviceResponse` in it.
///
/// The envelope is a map of `1` the `DeviceResponse`, `2` when it was made, `3` its id and
/// optionally `4` the purpose and `5` the hash of the desk's challenge
/// (docs/optical-presentation.md). Unknown keys are refused: an extension takes a new text form.
fn envelope(bytes: &[u8]) -> Result<(Envelope<'_>, &[u8]), Reason> {
    let map = Item::whole(bytes)?.map().ok_or(Reason::Malformed)?;
    if map.iter().any(|(key, _)| !matches!(key.int(), Some(1..=5))) {
        return Err(Reason::Unsupported);
    }
    let of_length = |item: Item<'_>, length| item.bytes().is_some_and(|it| it.len() == length);
    let id = map.need_int(3)?;
    let challenge_hash = map.int_key(5);
    let is_sound = of_length(id, ID_LENGTH)
        && challenge_hash.is_none_or(|hash| of_length(hash, CHALLENGE_LENGTH));
    if !is_sound {
        return Err(Reason::Malformed);
    }
    let purpose = map
        .int_key(4)
        .map(|item| item.text().ok_or(Reason::Malformed));
    let issued_at = map.need_int(2)?.int().filter(|seconds| *seconds >= 0);
    let envelope = Envelope {
        issued_at: issued_at.ok_or(Reason::Malformed)?,
        id: id.bytes().ok_or(Reason::Malformed)?,
        purpose: purpose.transpose()?,
        challenge_hash: challenge_hash.and_then(Item::bytes),
    };
    Ok((envelope, map.need_int(1)?.bytes().ok_or(Reason::Malformed)?))
}
