//! Who signed it, and did they sign all of it.

mod by_key;
mod mdoc;
mod sd_cwt;

use crate::format::Document;
use crate::format::contents::{Claim, Contents};
use crate::holder::Proof;
use crate::status::HealthCertificate;
use crate::trust::AnchorId;
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
    contents: Contents<'a>,
    proof: Proof<'a>,
    issuer: Issuer,
    anchor: AnchorId,
    health: Option<HealthCertificate>,
}

/// The issuing authority, as its root certificate or the list of its keys names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issuer {
    /// Organisation, or else common name, of the root.
    pub name: String,
    /// Country of the root (ISO 3166-1 alpha-2).
    pub country: Option<String>,
}

impl Issuer {
    /// The same, under the name that the credential gives where the list of keys has none: it is
    /// under a signature that held.
    fn named_by(self, claimed: Option<&str>) -> Self {
        let name = if self.name.is_empty() {
            claimed.unwrap_or_default().to_owned()
        } else {
            self.name
        };
        Self { name, ..self }
    }
}

impl<'a> Authentic<'a> {
    pub(crate) fn contents(&self) -> &Contents<'a> {
        &self.contents
    }

    pub(crate) fn claims(&self) -> &[Claim<'a>] {
        &self.contents.claims
    }

    pub(crate) fn proof(&self) -> &Proof<'a> {
        &self.proof
    }

    pub(crate) fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    pub(crate) fn anchor(&self) -> AnchorId {
        self.anchor
    }

    /// What revocation batches know a health certificate by.
    pub(crate) fn health(&self) -> Option<&HealthCertificate> {
        self.health.as_ref()
    }
}

/// The document, signed by an issuer this desk knows for this document type.
///
/// For an mdoc in the order of ISO/IEC 18013-5 §9.3.1: certificate path, signature over the MSO,
/// digest of **every** disclosed item over the bytes received, equal document types, `signed`
/// inside the signer's validity, equal countries. For an SD-CWT: signer, signature, **every**
/// disclosure in the one place where its hash stands. For a document without disclosures: signer
/// and signature. Claims exist only once all of this held.
///
/// # Errors
/// `desk.bundle_missing`, `issuer.*`, `signature.*`, `digest.*`, `format.*`.
pub fn authenticate<'a>(
    unverified: Unverified<'a>,
    trust: &Trust,
    at: At,
) -> Result<Authentic<'a>, Reason> {
    match unverified.document {
        Document::Mdoc(presentation) => mdoc::authenticate(presentation, trust, at),
        Document::SdCwt(presentation) => sd_cwt::authenticate(presentation, trust, at),
        Document::Hcert(message, kind) => by_key::health(&message, kind, trust, at),
        Document::Nzcp(message) => by_key::document(&message, crate::format::nzcp::open, trust, at),
        Document::Claim169(message) => {
            by_key::document(&message, crate::format::claim_169::open, trust, at)
        }
    }
}
