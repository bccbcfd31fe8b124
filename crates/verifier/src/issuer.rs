//! Who signed it, and did they sign all of it.

use crate::cbor::Item;
use crate::cose::{Tagging, UnverifiedSign1};
use crate::format::Envelope;
use crate::format::mdoc::{DeviceSigned, Document, IssuerSignedItem, Mso};
use crate::trust::{AnchorId, Signer};
use crate::{At, Reason, Trust, Unverified};

/// A document whose issuer this desk knows, and of which every disclosed item is the issuer's.
///
/// ```compile_fail
/// // Only `issuer::authenticate` builds one.
/// fn forge(genuine: hwagin_verifier::Authentic<'_>) -> hwagin_verifier::Authentic<'_> {
///     hwagin_verifier::Authentic { ..genuine }
/// }
/// ```
///
/// ```compile_fail
/// // The validity window cannot be skipped: a status is checked on a `Current` only.
/// fn skip(
///     authentic: hwagin_verifier::Authentic<'_>,
///     statuses: &hwagin_verifier::Statuses,
///     policy: &hwagin_verifier::purpose::StatusPolicy,
///     at: hwagin_verifier::At,
/// ) {
///     let _ = hwagin_verifier::status::check(authentic, statuses, policy, at);
/// }
/// ```
pub struct Authentic<'a> {
    envelope: Envelope<'a>,
    device_signed: Option<DeviceSigned<'a>>,
    claims: Vec<Claim<'a>>,
    mso: Mso,
    issuer: Issuer,
    anchor: AnchorId,
}

/// One disclosed claim that the issuer signed, not yet decoded.
#[derive(Clone, Copy)]
pub(crate) struct Claim<'a> {
    pub(crate) name_space: &'a str,
    pub(crate) element: &'a str,
    pub(crate) value: Item<'a>,
}

/// The issuing authority, as its root certificate names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issuer {
    /// Organisation, or else common name, of the root.
    pub name: String,
    /// Country of the root (ISO 3166-1 alpha-2).
    pub country: Option<String>,
}

impl<'a> Authentic<'a> {
    pub(crate) fn envelope(&self) -> Envelope<'a> {
        self.envelope
    }

    pub(crate) fn device_signed(&self) -> Option<DeviceSigned<'a>> {
        self.device_signed
    }

    pub(crate) fn claims(&self) -> &[Claim<'a>] {
        &self.claims
    }

    pub(crate) fn mso(&self) -> &Mso {
        &self.mso
    }

    pub(crate) fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    pub(crate) fn anchor(&self) -> AnchorId {
        self.anchor
    }
}

/// The document, signed by an issuer this desk knows for this document type.
///
/// In the order of ISO/IEC 18013-5 §9.3.1: certificate path, signature over the MSO, digest of
/// **every** disclosed item over the bytes received, equal document types, `signed` inside the
/// signer's validity, equal countries. Claims exist only once all of this held.
///
/// # Errors
/// `desk.bundle_missing`, `issuer.*`, `signature.*`, `digest.*`, `format.*`.
pub fn authenticate<'a>(
    unverified: Unverified<'a>,
    trust: &Trust,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    let Unverified { envelope, document } = unverified;
    let sign1 = UnverifiedSign1::read(document.issuer_auth, Tagging::Untagged)?;
    let signer = trust.signer(&issuer_chain(&sign1)?, document.doc_type, at)?;
    let mso = Mso::read(&sign1.verify(&signer.key)?)?;
    let claims = covered_claims(&document, &mso)?;
    if mso.doc_type != document.doc_type {
        return Err(Reason::TypeMismatch);
    }
    if mso
        .window
        .is_some_and(|window| !signer.validity.contains(window.signed))
    {
        return Err(Reason::ChainExpired);
    }
    check_country(&claims, &signer)?;
    let (issuer, anchor) = (signer.issuer, signer.anchor);
    Ok(Authentic {
        envelope,
        device_signed: document.device_signed,
        claims,
        mso,
        issuer,
        anchor,
    })
}

/// The signer's chain, in the unprotected header (first edition) or the protected one (second).
fn issuer_chain(sign1: &UnverifiedSign1) -> Result<Vec<&[u8]>, Reason> {
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
            name_space,
            element: opened.element,
            value: opened.value,
        });
    }
    Ok(claims)
}

/// `issuing_country` and `issuing_jurisdiction`, where disclosed, are the signer's (§9.3.1).
fn check_country(claims: &[Claim<'_>], signer: &Signer) -> Result<(), Reason> {
    let same = |element: &str, signer: Option<&str>| {
        let mut said = claims.iter().filter(|claim| claim.element == element);
        said.all(|claim| signer.is_none_or(|signer| claim.value.text() == Some(signer)))
    };
    if same("issuing_country", signer.country.as_deref())
        && same("issuing_jurisdiction", signer.state.as_deref())
    {
        Ok(())
    } else {
        Err(Reason::CountryMismatch)
    }
}
