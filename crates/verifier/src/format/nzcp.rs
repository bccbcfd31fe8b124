//! NZ COVID pass (specification v1): a static document of the New Zealand ministry of health.

use super::contents::{Claim, Contents};
use super::cwt::{CTI, ClaimsSet, ISS, NBF};
use crate::Reason;
use crate::cbor::{Item, Map};
use crate::cose::{Profile, UnverifiedSign1};
use std::borrow::Cow;

/// The claim that holds the pass: a text key.
const VC: &str = "vc";

/// The signed message of a pass.
///
/// # Errors
/// As [`UnverifiedSign1::read`].
pub(crate) fn read(message: &[u8]) -> Result<UnverifiedSign1<'_>, Reason> {
    UnverifiedSign1::read(Item::whole(message)?, Profile::NZCP)
}

/// The pass in a verified payload.
///
/// # Errors
/// `format.malformed`, `format.duplicate_key`, `format.unsupported` (another type of credential).
pub(crate) fn open(payload: &[u8]) -> Result<Contents<'_>, Reason> {
    let claims = ClaimsSet::read(payload)?;
    // `iss`, `nbf` and `cti` have to be there (§2.1); the id is tag 37, of which published ones differ.
    claims.text(ISS)?.ok_or(Reason::Malformed)?;
    claims.map().need_int(CTI)?;
    claims.time(NBF)?.ok_or(Reason::Malformed)?;
    let vc = claims.map().need(VC)?.map().ok_or(Reason::Malformed)?;
    let version = vc.need("version")?.text().ok_or(Reason::Malformed)?;
    if version.split_once('.').map(|(major, _)| major) != Some("1") {
        return Err(Reason::Unsupported);
    }
    let types = vc.need("type")?.array().ok_or(Reason::Malformed)?;
    if !types
        .iter()
        .any(|name| name.text() == Some("PublicCovidPass"))
    {
        return Err(Reason::Unsupported);
    }
    let subject = vc
        .need("credentialSubject")?
        .map()
        .ok_or(Reason::Malformed)?;
    let mut contents = claims.contents("nzcp.public-covid-pass")?;
    contents.claims = subject_claims(&subject)?;
    Ok(contents)
}

fn subject_claims<'a>(subject: &Map<'a>) -> Result<Vec<Claim<'a>>, Reason> {
    let claim = |(key, value): (Item<'a>, Item<'a>)| {
        Ok(Claim {
            name_space: Cow::Borrowed("nzcp"),
            element: Cow::Borrowed(key.text().ok_or(Reason::Malformed)?),
            value,
        })
    };
    subject.iter().map(claim).collect()
}
