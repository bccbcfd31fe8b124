//! The issuer of an SD-CWT, by certificate or by key, and every disclosure in its place.

use super::{Authentic, Issuer};
use crate::format::cwt::claimed_issuer;
use crate::format::sd_cwt::Presentation;
use crate::holder::{KeyBinding, Proof};
use crate::trust::{AnchorId, HealthUsage};
use crate::{At, Reason, Trust};

/// # Errors
/// `desk.bundle_missing`, `issuer.*`, `signature.*`, `digest.*`, `format.*`.
pub(super) fn authenticate<'a>(
    mut presentation: Presentation<'a>,
    trust: &Trust,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    let token = &presentation.token;
    let chain = token.protected_chain()?;
    let (payload, signer) = if chain.is_empty() {
        let issuer = claimed_issuer(token.unverified_payload());
        let (payload, signer) = trust.verify_by_key(token, issuer)?;
        (payload, Signer::Key(signer))
    } else {
        let signer = trust.signer(&chain, at)?;
        (token.verify(&signer.key)?, Signer::Root(signer))
    };
    let opened = presentation.open(payload)?;
    let (issuer, anchor) = signer.check(&opened.contents, at)?;
    let proof = presentation.binding.take().map(|token| KeyBinding {
        token,
        key: opened.key,
        key_bytes: opened.key_bytes,
    });
    Ok(Authentic {
        contents: opened.contents,
        proof: proof.map_or(Proof::Nothing, Proof::Key),
        issuer,
        anchor,
        health: None,
    })
}

enum Signer<'t> {
    Root(crate::trust::Signer<'t>),
    Key(crate::trust::KeySigner<'t>),
}

impl Signer<'_> {
    /// Who it is, if it may sign this, and could when it was signed.
    fn check(
        self,
        contents: &crate::format::contents::Contents<'_>,
        at: At,
    ) -> Result<(Issuer, AnchorId), Reason> {
        let signed = contents.window.and_then(|window| window.signed);
        match self {
            Self::Root(signer) => {
                signer.check_use(&contents.doc_type)?;
                if signed.is_some_and(|signed| !signer.validity.contains(signed)) {
                    return Err(Reason::ChainExpired);
                }
                Ok((signer.issuer, signer.id))
            }
            Self::Key(signer) => {
                signer.check_use(&contents.doc_type, HealthUsage::Any)?;
                signer.check_time(signed, at)?;
                Ok((signer.issuer().clone(), signer.id))
            }
        }
    }
}
