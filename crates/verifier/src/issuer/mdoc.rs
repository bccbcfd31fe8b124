//! Issuer data authentication of an mdoc (ISO/IEC 18013-5 §9.3.1).

use super::Authentic;
use crate::cose::{Profile, UnverifiedSign1};
use crate::format::contents::{Claim, Contents};
use crate::format::mdoc::{Document, IssuerSignedItem, Mso, Presentation};
use crate::holder::{DeviceProof, Proof};
use crate::trust::Signer;
use crate::{At, Reason, Trust};
use std::borrow::Cow;

/// # Errors
/// `desk.bundle_missing`, `issuer.*`, `signature.*`, `digest.*`, `format.*`.
pub(super) fn authenticate<'a>(
    presentation: Presentation<'a>,
    trust: &Trust,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    let Presentation { envelope, document } = presentation;
    let sign1 = UnverifiedSign1::read(document.issuer_auth, Profile::MDOC)?;
    let chain = issuer_chain(&sign1)?;
    let (payload, signer) = trust.verified(&sign1, &chain, Some(document.doc_type), at)?;
    let mso = Mso::read(payload)?;
    let claims = covered_claims(&document, &mso)?;
    if mso.doc_type != document.doc_type {
        return Err(Reason::TypeMismatch);
    }
    signer.check_time(mso.window.and_then(|window| window.signed), at)?;
    check_country(&claims, &signer)?;
    let (issuer, anchor) = signer.authority();
    let proof = document.device_signed.map(|signed| DeviceProof {
        envelope,
        signed,
        key: mso.device_key,
        key_bytes: mso.device_key_bytes,
    });
    let device_elements = document.device_signed.map_or(0, |signed| signed.elements);
    Ok(Authentic {
        contents: Contents {
            doc_type: mso.doc_type,
            claims,
            withheld: device_elements,
            window: mso.window,
            statuses: mso.statuses,
        },
        proof: proof.map_or(Proof::Nothing, Proof::Device),
        issuer,
        anchor,
        health: None,
    })
}

/// The signer's chain, in the unprotected header (first edition) or the protected one (second).
fn issuer_chain<'a>(sign1: &UnverifiedSign1<'a>) -> Result<Vec<&'a [u8]>, Reason> {
    let unprotected = sign1.unprotected_chain()?;
    if unprotected.is_empty() {
        sign1.protected_chain()
    } else {
        Ok(unprotected)
    }
}

/// Every disclosed item, each equal to what was signed (§9.1.2.5). One that is not makes the
/// whole document bad: hiding it would leave the attacker the rest.
fn covered_claims<'a>(document: &Document<'a>, mso: &Mso) -> Result<Vec<Claim<'a>>, Reason> {
    let mut claims: Vec<Claim<'a>> = Vec::with_capacity(document.items.len());
    for (name_space, item) in &document.items {
        let opened = IssuerSignedItem::open(*item)?;
        let signed = mso
            .digest(name_space, opened.digest_id)
            .ok_or(Reason::DigestMissing)?;
        if mso.digest_algorithm.digest(item.encoded()).as_ref() != signed {
            return Err(Reason::DigestMismatch);
        }
        let same = |c: &Claim<'_>| c.name_space == *name_space && c.element == opened.element;
        if claims.iter().any(same) {
            return Err(Reason::DuplicateKey);
        }
        claims.push(Claim {
            name_space: Cow::Borrowed(name_space),
            element: Cow::Borrowed(opened.element),
            value: opened.value,
        });
    }
    Ok(claims)
}

/// `issuing_country` and `issuing_jurisdiction`, where disclosed, are the signer's (§9.3.1).
fn check_country(claims: &[Claim<'_>], signer: &Signer<'_>) -> Result<(), Reason> {
    let same = |element: &str, signer: Option<&str>| {
        let mut said = claims.iter().filter(|claim| claim.element == element);
        said.all(|claim| signer.is_none_or(|signer| claim.value.text() == Some(signer)))
    };
    if same("issuing_country", signer.country()) && same("issuing_jurisdiction", signer.state()) {
        Ok(())
    } else {
        Err(Reason::CountryMismatch)
    }
}
