//! Documents without disclosures, signed by a key that this desk holds.

use super::Authentic;
use crate::cose::UnverifiedSign1;
use crate::format::contents::Contents;
use crate::format::cwt::claimed_issuer;
use crate::format::hcert::{self, Kind};
use crate::holder::Proof;
use crate::status::HealthCertificate;
use crate::trust::{HealthUsage, KeySigner};
use crate::{At, Reason, Trust};

/// A static document: who signed it, and what it says.
///
/// # Errors
/// `desk.bundle_missing`, `issuer.*`, `signature.*`, `format.*`.
pub(super) fn document<'a>(
    message: &UnverifiedSign1<'a>,
    open: fn(&'a [u8]) -> Result<Contents<'a>, Reason>,
    trust: &Trust,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    let issuer = claimed_issuer(message.unverified_payload())?;
    let (payload, signer) = trust.verify_by_key(message, issuer)?;
    let contents = open(payload)?;
    signer.check_use(&contents.doc_type, HealthUsage::Any)?;
    authentic(contents, &signer, issuer, at)
}

/// A health certificate. It names a country and no issuer, so its key id alone selects.
///
/// # Errors
/// As [`document`].
pub(super) fn health<'a>(
    message: &UnverifiedSign1<'a>,
    kind: Kind,
    trust: &Trust,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    let country = claimed_issuer(message.unverified_payload())?;
    let (payload, signer) = trust.verify_by_key(message, country)?;
    let opened = hcert::open(payload, kind)?;
    signer.check_use(&opened.contents.doc_type, opened.usage)?;
    let health = HealthCertificate::new(message, signer.key_id(), country, &opened.identifiers);
    Ok(Authentic {
        health: Some(health),
        ..authentic(opened.contents, &signer, country, at)?
    })
}

fn authentic<'a>(
    contents: Contents<'a>,
    signer: &KeySigner<'_>,
    claimed: Option<&str>,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    signer.check_time(contents.window.and_then(|window| window.signed), at)?;
    Ok(Authentic {
        contents,
        proof: Proof::Nothing,
        issuer: signer.issuer().clone().named_by(claimed),
        anchor: signer.id,
        health: None,
    })
}
