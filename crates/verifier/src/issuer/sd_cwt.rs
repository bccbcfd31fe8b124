//! The issuer of an SD-CWT, by certificate or by key, and every disclosure in its place.

use super::Authentic;
use crate::format::cwt::claimed_issuer;
use crate::format::sd_cwt::Presentation;
use crate::holder::{KeyBinding, Proof};
use crate::{At, Reason, Trust};

/// # Errors
/// `desk.bundle_missing`, `issuer.*`, `signature.*`, `digest.*`, `format.*`.
pub(super) fn authenticate<'a>(
    mut presentation: Presentation<'a>,
    trust: &Trust,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    let chain = presentation.token.protected_chain()?;
    let (payload, signer) = trust.verified(&presentation.token, &chain, None, at)?;
    let opened = presentation.open(payload)?;
    signer.check_use(&opened.contents.doc_type)?;
    signer.check_time(opened.contents.window.and_then(|window| window.signed), at)?;
    let (issuer, anchor) = signer.authority();
    let claimed = claimed_issuer(Some(payload))?;
    let proof = presentation.binding.take().map(|token| KeyBinding {
        token,
        key: opened.key,
        key_bytes: opened.key_bytes,
        credential_audience: opened.audience,
    });
    Ok(Authentic {
        contents: opened.contents,
        proof: proof.map_or(Proof::Nothing, Proof::Key),
        issuer: issuer.named_by(claimed),
        anchor,
        health: None,
    })
}
