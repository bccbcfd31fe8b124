//! The one door to COSE (RFC 9052): `coset` types never leave this file.
//!
//! What `coset` leaves to its caller is done here: the algorithm comes from the protected header
//! alone and is the key's own; a critical header that is not understood, a label in both headers
//! and an empty signature are refused; a payload is reachable only through its signature; a nil
//! payload is never taken for an empty one. Headers are read from the bytes received; `coset`
//! builds what is signed.

use crate::Reason;
use crate::cbor::{Item, Map};
use crate::crypto::{self, Algorithm, Flaw, Pairs, PublicKey};
use coset::{Header, ProtectedHeader, SignatureContext, sig_structure_data};

/// COSE header labels (IANA COSE registry; RFC 9360 for `x5chain`, RFC 9596 for `typ`).
const ALG: i64 = 1;
const CRIT: i64 = 2;
const KID: i64 = 4;
const TYP: i64 = 16;
const X5CHAIN: i64 = 33;

/// Certificates read from one header at most; a path here has one, a few carry the root too, and
/// the list of an association comes with two authorities above its signer.
const MAX_CHAIN: usize = 4;

/// How a profile wants its `COSE_Sign1` on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tagging {
    /// A bare array.
    Untagged,
    /// Tag 18.
    Tagged,
    /// A bare array, tag 18, or tag 61 (CWT) around tag 18.
    Any,
}

/// What a kind of message is allowed to look like.
#[derive(Clone, Copy)]
pub(crate) struct Profile {
    tagging: Tagging,
    pairs: Pairs,
    /// Whether algorithm and key id may stand in the unprotected header, the protected one
    /// winning where both have them.
    open_header: bool,
}

impl Profile {
    const fn new(tagging: Tagging, pairs: Pairs) -> Self {
        Self {
            tagging,
            pairs,
            open_header: false,
        }
    }

    /// `issuerAuth` and `deviceSignature` (ISO/IEC 18013-5 §9.1.2.4, §9.1.3.6), VICAL (annex C).
    pub(crate) const MDOC: Self = Self::new(Tagging::Untagged, crypto::ISO);
    /// Status list and identifier list tokens, SD-CWT and key binding tokens.
    pub(crate) const CWT: Self = Self::new(Tagging::Tagged, crypto::CWT);
    /// Health certificates. Three kinds of published test certificates leave the algorithm
    /// unprotected, and their specification (§3.3.1) lets them.
    pub(crate) const HCERT: Self = Self {
        open_header: true,
        ..Self::new(Tagging::Any, crypto::HCERT)
    };
    /// NZ COVID pass (§4): tag 18.
    pub(crate) const NZCP: Self = Self::new(Tagging::Tagged, crypto::NZCP);
    /// Claim 169: published examples come in every way.
    pub(crate) const CLAIM_169: Self = Self::new(Tagging::Any, crypto::CLAIM_169);
}

/// A `COSE_Sign1` that nobody vouches for: its payload cannot be read from here.
pub(crate) struct UnverifiedSign1<'a> {
    profile: Profile,
    algorithm: Algorithm,
    protected: Map<'a>,
    unprotected: Map<'a>,
    /// The protected header as it is signed.
    protected_bytes: &'a [u8],
    payload: Option<&'a [u8]>,
    signature: &'a [u8],
}

impl<'a> UnverifiedSign1<'a> {
    /// The message in this item.
    ///
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`, `format.unsupported` (a critical header),
    /// `signature.algorithm_refused`, `signature.missing`.
    pub(crate) fn read(item: Item<'a>, profile: Profile) -> Result<Self, Reason> {
        let array = untagged(item, profile.tagging).ok_or(Reason::Malformed)?;
        let parts = array.array().ok_or(Reason::Malformed)?;
        let [protected, unprotected, payload, signature] = parts.as_slice() else {
            return Err(Reason::Malformed);
        };
        let protected_bytes = match protected.bytes().ok_or(Reason::Malformed)? {
            // An empty header is signed as no bytes, however it was sent (RFC 9052 §4.4).
            [0xa0] => &[],
            bytes => bytes,
        };
        let protected = if protected_bytes.is_empty() {
            Map::empty()
        } else {
            Item::whole(protected_bytes)?
                .map()
                .ok_or(Reason::Malformed)?
        };
        let unprotected = unprotected.map().ok_or(Reason::Malformed)?;
        let algorithm = headers(&protected, &unprotected, profile)?;
        let signature = signature.bytes().ok_or(Reason::Malformed)?;
        if signature.is_empty() {
            return Err(Reason::SignatureMissing);
        }
        let payload = match payload.bytes() {
            None if !payload.is_null() => return Err(Reason::Malformed),
            payload => payload,
        };
        Ok(Self {
            profile,
            algorithm,
            protected,
            unprotected,
            protected_bytes,
            payload,
            signature,
        })
    }

    /// The certificates of the unprotected header, leaf first; empty when there are none.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn unprotected_chain(&self) -> Result<Vec<&'a [u8]>, Reason> {
        chain(&self.unprotected)
    }

    /// The certificates of the protected header, leaf first; empty when there are none.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn protected_chain(&self) -> Result<Vec<&'a [u8]>, Reason> {
        chain(&self.protected)
    }

    /// What stands under this label of the protected header.
    pub(crate) fn protected(&self, label: i64) -> Option<Item<'a>> {
        self.protected.int_key(label)
    }

    /// What stands under this label of the unprotected header: a stranger's words.
    pub(crate) fn unprotected(&self, label: i64) -> Option<Item<'a>> {
        self.unprotected.int_key(label)
    }

    /// Whether the protected header has no indefinite length in it.
    pub(crate) fn is_header_definite(&self) -> bool {
        let indefinite = self.protected_bytes.first() == Some(&0xbf);
        let mut members = self.protected.iter();
        !indefinite && members.all(|(_, value)| value.is_definite())
    }

    /// Whether the unprotected header is empty.
    pub(crate) fn is_all_protected(&self) -> bool {
        self.unprotected.iter().next().is_none()
    }

    /// The type of the protected header (RFC 9596).
    pub(crate) fn typ(&self) -> Option<Item<'a>> {
        self.protected.int_key(TYP)
    }

    /// The key id, a byte string or, as some write it, text. It only ever selects among keys that
    /// are trusted already, so an unprotected one will do; a protected one goes first.
    pub(crate) fn kid(&self) -> Option<&'a [u8]> {
        let kid = self.protected.int_key(KID);
        let kid = kid.or_else(|| self.unprotected.int_key(KID))?;
        kid.bytes().or_else(|| kid.text().map(str::as_bytes))
    }

    /// What of the signature revocation batches of health certificates are made from: of an ECDSA
    /// one the first number, since anybody can change the second.
    pub(crate) fn signature_for_batches(&self) -> &'a [u8] {
        let numbers = if self.algorithm.is_ecdsa() { 2 } else { 1 };
        let length = self.signature.len() / numbers;
        self.signature.get(..length).unwrap_or_default()
    }

    /// Bytes of its headers, payload and signature.
    pub(crate) fn length(&self) -> usize {
        let open = self
            .unprotected
            .iter()
            .map(|(k, v)| k.encoded().len() + v.encoded().len());
        let payload = self.payload.map_or(0, <[u8]>::len);
        self.protected_bytes.len() + open.sum::<usize>() + payload + self.signature.len()
    }

    /// The payload before anybody has looked at its signature: good only to choose among keys that
    /// are trusted already.
    pub(crate) fn unverified_payload(&self) -> Option<&'a [u8]> {
        self.payload
    }

    /// The payload, signed by this key.
    ///
    /// # Errors
    /// `issuer.key_mismatch`, `signature.invalid`, `format.malformed` (no payload).
    pub(crate) fn verify(&self, key: &PublicKey) -> Result<&'a [u8], Reason> {
        let payload = self.payload.ok_or(Reason::Malformed)?;
        self.verify_over(key, payload).map_err(|flaw| match flaw {
            Flaw::KeyMismatch => Reason::KeyMismatch,
            Flaw::Invalid => Reason::SignatureInvalid,
        })?;
        Ok(payload)
    }

    /// Succeeds when this key signed `payload`, which the message itself leaves out, or holds
    /// byte for byte.
    pub(crate) fn verify_detached(&self, key: &PublicKey, payload: &[u8]) -> Result<(), Flaw> {
        if self.payload.is_some_and(|attached| attached != payload) {
            return Err(Flaw::Invalid);
        }
        self.verify_over(key, payload)
    }

    fn verify_over(&self, key: &PublicKey, payload: &[u8]) -> Result<(), Flaw> {
        let protected = ProtectedHeader {
            original_data: Some(self.protected_bytes.to_vec()),
            header: Header::default(),
        };
        let signed = sig_structure_data(SignatureContext::CoseSign1, protected, None, &[], payload);
        key.verify(self.algorithm, self.profile.pairs, &signed, self.signature)
    }
}

/// The array of a message, if it comes in one of the ways that the profile takes.
fn untagged(item: Item<'_>, tagging: Tagging) -> Option<Item<'_>> {
    match (tagging, item.tag()) {
        (Tagging::Untagged | Tagging::Any, None) => Some(item),
        (Tagging::Tagged | Tagging::Any, Some(18)) => item.tagged(18),
        (Tagging::Any, Some(61)) => item.tagged(61)?.tagged(18),
        _ => None,
    }
}

/// The algorithm, once both headers are fit to be read.
fn headers(protected: &Map<'_>, open: &Map<'_>, profile: Profile) -> Result<Algorithm, Reason> {
    let is_label = |key: Item<'_>| key.int().is_some() || key.text().is_some();
    if !protected
        .iter()
        .chain(open.iter())
        .all(|(key, _)| is_label(key))
    {
        return Err(Reason::Malformed);
    }
    let may_repeat = |key: Item<'_>| profile.open_header && matches!(key.int(), Some(ALG | KID));
    let in_both = |key: Item<'_>| match (key.int(), key.text()) {
        (Some(label), _) => protected.int_key(label).is_some(),
        (_, Some(label)) => protected.text_key(label).is_some(),
        _ => false,
    };
    if open.iter().any(|(key, _)| in_both(key) && !may_repeat(key)) {
        return Err(Reason::DuplicateKey);
    }
    // No extension is critical to any profile read here, so none is understood.
    if protected.int_key(CRIT).is_some() || open.int_key(CRIT).is_some() {
        return Err(Reason::Unsupported);
    }
    let unprotected = || open.int_key(ALG).filter(|_| profile.open_header);
    protected
        .int_key(ALG)
        .or_else(unprotected)
        .and_then(Item::int)
        .and_then(Algorithm::from_cose)
        .filter(|algorithm| algorithm.is_among(profile.pairs))
        .ok_or(Reason::AlgorithmRefused)
}

fn chain<'a>(header: &Map<'a>) -> Result<Vec<&'a [u8]>, Reason> {
    let Some(value) = header.int_key(X5CHAIN) else {
        return Ok(Vec::new());
    };
    if let Some(one) = value.bytes() {
        return Ok(vec![one]);
    }
    value
        .array()
        .filter(|several| (1..=MAX_CHAIN).contains(&several.len()))
        .and_then(|several| several.into_iter().map(Item::bytes).collect())
        .ok_or(Reason::Malformed)
}

#[cfg(test)]
mod tests;
