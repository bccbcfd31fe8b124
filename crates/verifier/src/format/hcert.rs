//! Electronic health certificates: EU DCC, WHO DDCC, minimal digital vaccination certificates, and
//! the Swiss light certificate (hcert specification 1.0.8; WHO SMART Trust IG).

use super::contents::{Claim, Contents};
use super::cwt::ClaimsSet;
use crate::Reason;
use crate::cbor::{Item, Map};
use crate::cose::{Profile, UnverifiedSign1};
use crate::trust::HealthUsage;
use std::borrow::Cow;

/// The claim that holds health certificates by their kinds, and the one that is a light
/// certificate.
const HCERT: i64 = -260;
const LIGHT: i64 = -250;

/// In [`HCERT`]: a SMART Health Link.
const LINK: i64 = 5;

/// Where its claims stand, for cards.
const NAME_SPACE: &str = "hcert";

/// Elements of one certificate at most; the largest kind has under 40.
const MAX_ELEMENTS: usize = 128;

/// Which prefix it came with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// `HC1:`
    Health,
    /// `LT1:`
    Light,
}

/// The signed message of a certificate.
///
/// # Errors
/// As [`UnverifiedSign1::read`].
pub(crate) fn read(message: &[u8]) -> Result<UnverifiedSign1<'_>, Reason> {
    UnverifiedSign1::read(Item::whole(message)?, Profile::HCERT)
}

/// A certificate, opened, with what its signer has to be good for.
pub(crate) struct Opened<'a> {
    pub(crate) contents: Contents<'a>,
    pub(crate) usage: HealthUsage,
    /// The identifiers (`ci`) of its entries, for revocation batches.
    pub(crate) identifiers: Vec<&'a str>,
}

/// The certificate in a verified payload.
///
/// # Errors
/// `format.malformed`, `format.unsupported` (a pointer to data that is elsewhere, or a kind that
/// is not known), `format.duplicate_key`.
pub(crate) fn open(payload: &[u8], kind: Kind) -> Result<Opened<'_>, Reason> {
    let claims = ClaimsSet::read(payload)?;
    if kind == Kind::Light {
        let certificate = claims.map().need_int(LIGHT)?;
        let certificate = certificate.map().ok_or(Reason::Malformed)?;
        return opened(&claims, "hcert.light", &certificate, HealthUsage::Any);
    }
    let kinds = claims.map().need_int(HCERT)?;
    let kinds = kinds.map().ok_or(Reason::Malformed)?;
    let mut only = kinds.iter();
    let (Some((number, certificate)), None) = (only.next(), only.next()) else {
        return Err(Reason::Malformed);
    };
    let number = number.int();
    // A link to data elsewhere is followed by nobody here.
    if number == Some(LINK) {
        return Err(Reason::Unsupported);
    }
    let certificate = certificate.map().ok_or(Reason::Malformed)?;
    let (doc_type, usage) = match number {
        Some(1) => dcc(&certificate)?,
        Some(3) => ("hcert.ddcc.vs", HealthUsage::Vaccination),
        Some(4) => ("hcert.ddcc.tr", HealthUsage::Test),
        Some(-6) => ("hcert.dvc", HealthUsage::Vaccination),
        _ => return Err(Reason::Unsupported),
    };
    opened(&claims, doc_type, &certificate, usage)
}

fn opened<'a>(
    claims: &ClaimsSet<'a>,
    doc_type: &str,
    certificate: &Map<'a>,
    usage: HealthUsage,
) -> Result<Opened<'a>, Reason> {
    let mut contents = claims.contents(doc_type)?;
    flatten(certificate, "", &mut contents.claims)?;
    let named = |claim: &&Claim<'a>| claim.element.ends_with("/ci");
    let identifiers = contents.claims.iter().filter(named);
    Ok(Opened {
        identifiers: identifiers.filter_map(|claim| claim.value.text()).collect(),
        usage,
        contents,
    })
}

/// Which of the three kinds a DCC is: it has one entry of exactly one of them (schema 1.3.0).
fn dcc(certificate: &Map<'_>) -> Result<(&'static str, HealthUsage), Reason> {
    let has = |key| match certificate.text_key(key) {
        None => Ok(false),
        // Some issuers write the kinds that it is not as null.
        Some(item) if item.is_null() => Ok(false),
        Some(item) => match item.array().ok_or(Reason::Malformed)?.len() {
            0 => Err(Reason::Malformed),
            _ => Ok(true),
        },
    };
    match (has("v")?, has("t")?, has("r")?) {
        (true, false, false) => Ok(("hcert.dcc.vaccination", HealthUsage::Vaccination)),
        (false, true, false) => Ok(("hcert.dcc.test", HealthUsage::Test)),
        (false, false, true) => Ok(("hcert.dcc.recovery", HealthUsage::Recovery)),
        _ => Err(Reason::Malformed),
    }
}

/// Every value with its path: `nam/fnt`, `v/vp` of the first entry, `v/1/vp` of a second.
fn flatten<'a>(map: &Map<'a>, path: &str, out: &mut Vec<Claim<'a>>) -> Result<(), Reason> {
    for (key, value) in map.iter() {
        let key = key
            .text()
            .map(str::to_owned)
            .or_else(|| Some(key.int()?.to_string()));
        let element = format!("{path}{}", key.ok_or(Reason::Malformed)?);
        if let Some(inner) = value.map() {
            flatten(&inner, &format!("{element}/"), out)?;
            continue;
        }
        let entries = value.array().unwrap_or_default();
        if entries.iter().any(|entry| entry.map().is_some()) {
            for (number, entry) in entries.into_iter().enumerate() {
                let entry = entry.map().ok_or(Reason::Malformed)?;
                let path = match number {
                    0 => format!("{element}/"),
                    _ => format!("{element}/{number}/"),
                };
                flatten(&entry, &path, out)?;
            }
            continue;
        }
        if out.len() >= MAX_ELEMENTS {
            return Err(Reason::Malformed);
        }
        out.push(Claim {
            name_space: Cow::Borrowed(NAME_SPACE),
            element: Cow::Owned(element),
            value,
        });
    }
    Ok(())
}
