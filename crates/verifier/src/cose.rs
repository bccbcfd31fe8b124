//! The one door to COSE (RFC 9052): `coset` types never leave this file.
//!
//! What `coset` leaves to its caller is done here: the algorithm comes from the protected header
//! alone and is the key's own; a critical header that is not understood, a label in both headers
//! and an empty signature are refused; a payload is reachable only through its signature; a nil
//! payload is never taken for an empty one.

use crate::Reason;
use crate::cbor::Item;
use crate::crypto::{Algorithm, Flaw, PublicKey};
use coset::{
    CborSerializable, CoseSign1, Label, SignatureContext, cbor::Value, sig_structure_data,
};

/// COSE header labels (IANA COSE registry; RFC 9360 for `x5chain`, RFC 9596 for `typ`).
const ALG: i64 = 1;
const CRIT: i64 = 2;
const TYP: i64 = 16;
const X5CHAIN: i64 = 33;

/// Certificates read from one header at most; a path here has one, and a few carry the root too.
const MAX_CHAIN: usize = 4;

/// How a profile wants its `COSE_Sign1` on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tagging {
    /// A bare array, as in an mdoc.
    Untagged,
    /// Tag 18, as in a status list token.
    Tagged,
}

/// A `COSE_Sign1` that nobody vouches for: its payload cannot be read from here.
pub(crate) struct UnverifiedSign1 {
    message: CoseSign1,
    algorithm: Algorithm,
}

impl UnverifiedSign1 {
    /// The message in this item.
    ///
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`, `format.unsupported` (a critical header),
    /// `signature.algorithm_refused`, `signature.missing`.
    pub(crate) fn read(item: Item<'_>, tagging: Tagging) -> Result<Self, Reason> {
        let array = match tagging {
            Tagging::Untagged => item,
            Tagging::Tagged => item.tagged(18).ok_or(Reason::Malformed)?,
        };
        let parts = array.array().ok_or(Reason::Malformed)?;
        let [protected, unprotected, _, signature] = parts.as_slice() else {
            return Err(Reason::Malformed);
        };
        let algorithm = headers(*protected, *unprotected)?;
        if signature.bytes().ok_or(Reason::Malformed)?.is_empty() {
            return Err(Reason::SignatureMissing);
        }
        let message = CoseSign1::from_slice(array.encoded()).map_err(|_| Reason::Malformed)?;
        Ok(Self { message, algorithm })
    }

    /// The certificates of the unprotected header, leaf first; empty when there are none.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn unprotected_chain(&self) -> Result<Vec<&[u8]>, Reason> {
        chain(&self.message.unprotected.rest)
    }

    /// The certificates of the protected header, leaf first; empty when there are none.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn protected_chain(&self) -> Result<Vec<&[u8]>, Reason> {
        chain(&self.message.protected.header.rest)
    }

    /// The type of the protected header (RFC 9596), when it is text.
    pub(crate) fn typ(&self) -> Option<&str> {
        let rest = &self.message.protected.header.rest;
        rest.iter()
            .find(|(label, _)| *label == Label::Int(TYP))
            .and_then(|(_, typ)| typ.as_text())
    }

    /// The payload, signed by this key.
    ///
    /// # Errors
    /// `issuer.key_mismatch`, `signature.invalid`, `format.malformed` (no payload).
    pub(crate) fn verify(self, key: &PublicKey) -> Result<Vec<u8>, Reason> {
        let payload = self.message.payload.as_deref().ok_or(Reason::Malformed)?;
        self.verify_over(key, payload).map_err(|flaw| match flaw {
            Flaw::KeyMismatch => Reason::KeyMismatch,
            Flaw::Invalid => Reason::SignatureInvalid,
        })?;
        self.message.payload.ok_or(Reason::Malformed)
    }

    /// Succeeds when this key signed `payload`, which the message itself leaves out, or holds
    /// byte for byte.
    pub(crate) fn verify_detached(&self, key: &PublicKey, payload: &[u8]) -> Result<(), Flaw> {
        if self
            .message
            .payload
            .as_ref()
            .is_some_and(|attached| attached != payload)
        {
            return Err(Flaw::Invalid);
        }
        self.verify_over(key, payload)
    }

    fn verify_over(&self, key: &PublicKey, payload: &[u8]) -> Result<(), Flaw> {
        let protected = self.message.protected.clone();
        let signed = sig_structure_data(SignatureContext::CoseSign1, protected, None, &[], payload);
        key.verify(self.algorithm, &signed, &self.message.signature)
    }
}

/// The algorithm, once both headers are fit to be read.
fn headers(protected: Item<'_>, unprotected: Item<'_>) -> Result<Algorithm, Reason> {
    let open = unprotected.map().ok_or(Reason::Malformed)?;
    let bytes = protected.bytes().ok_or(Reason::Malformed)?;
    // An empty header, written short or as an empty map, names no algorithm.
    if bytes.is_empty() {
        return Err(Reason::AlgorithmRefused);
    }
    let closed = Item::whole(bytes)?.map().ok_or(Reason::Malformed)?;
    let in_both = open.iter().any(|(key, _)| match (key.int(), key.text()) {
        (Some(label), _) => closed.int_key(label).is_some(),
        (_, Some(label)) => closed.text_key(label).is_some(),
        _ => false,
    });
    if in_both {
        return Err(Reason::DuplicateKey);
    }
    // No extension is critical to any profile read here, so none is understood.
    if closed.int_key(CRIT).is_some() || open.int_key(CRIT).is_some() {
        return Err(Reason::Unsupported);
    }
    let number = closed
        .int_key(ALG)
        .and_then(Item::int)
        .ok_or(Reason::AlgorithmRefused)?;
    Algorithm::from_cose(number).ok_or(Reason::AlgorithmRefused)
}

fn chain(rest: &[(Label, Value)]) -> Result<Vec<&[u8]>, Reason> {
    let Some((_, value)) = rest.iter().find(|(label, _)| *label == Label::Int(X5CHAIN)) else {
        return Ok(Vec::new());
    };
    let chain: Option<Vec<&[u8]>> = match value {
        Value::Bytes(one) => Some(vec![one.as_slice()]),
        Value::Array(several) if (1..=MAX_CHAIN).contains(&several.len()) => several
            .iter()
            .map(|one| one.as_bytes().map(Vec::as_slice))
            .collect(),
        _ => None,
    };
    chain.ok_or(Reason::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{folder, hex, hex_file, json, key};

    /// What this profile says of an example of the COSE working group.
    fn said(name: &str, tagging: Tagging) -> Option<Result<(), Reason>> {
        let file = json(&folder()?.join("cose").join(format!("{name}.json")));
        let message = hex(file["output"]["cbor"].as_str().unwrap());
        let Some(key) = key(&file["input"]["sign0"]["key"]) else {
            return Some(Err(Reason::AlgorithmRefused));
        };
        let read = Item::whole(&message).and_then(|item| UnverifiedSign1::read(item, tagging));
        let payload = read.and_then(|sign1| sign1.verify(&key));
        Some(payload.map(|payload| assert_eq!(payload, b"This is the content.")))
    }

    #[test]
    fn agrees_with_the_working_group_where_the_profile_lets_it() {
        use Reason::{AlgorithmRefused, KeyMismatch, Malformed, SignatureInvalid};
        for (name, tagging, expected) in [
            // Valid as COSE, but its algorithm stands outside the signed header.
            (
                "sign1-tests/sign-pass-01",
                Tagging::Tagged,
                Err(AlgorithmRefused),
            ),
            // Valid with data from outside, which no profile here has.
            (
                "sign1-tests/sign-pass-02",
                Tagging::Tagged,
                Err(SignatureInvalid),
            ),
            ("sign1-tests/sign-pass-03", Tagging::Untagged, Ok(())),
            ("sign1-tests/sign-pass-03", Tagging::Tagged, Err(Malformed)),
            ("sign1-tests/sign-fail-01", Tagging::Tagged, Err(Malformed)),
            (
                "sign1-tests/sign-fail-01",
                Tagging::Untagged,
                Err(Malformed),
            ),
            (
                "sign1-tests/sign-fail-02",
                Tagging::Tagged,
                Err(SignatureInvalid),
            ),
            (
                "sign1-tests/sign-fail-03",
                Tagging::Tagged,
                Err(AlgorithmRefused),
            ),
            (
                "sign1-tests/sign-fail-04",
                Tagging::Tagged,
                Err(AlgorithmRefused),
            ),
            (
                "sign1-tests/sign-fail-06",
                Tagging::Tagged,
                Err(SignatureInvalid),
            ),
            (
                "sign1-tests/sign-fail-07",
                Tagging::Tagged,
                Err(SignatureInvalid),
            ),
            ("ecdsa-examples/ecdsa-sig-01", Tagging::Tagged, Ok(())),
            ("ecdsa-examples/ecdsa-sig-02", Tagging::Tagged, Ok(())),
            ("ecdsa-examples/ecdsa-sig-03", Tagging::Tagged, Ok(())),
            // ES512 with P-256: legal by RFC 9053, not by ISO/IEC 18013-5.
            (
                "ecdsa-examples/ecdsa-sig-04",
                Tagging::Tagged,
                Err(KeyMismatch),
            ),
            ("eddsa-examples/eddsa-sig-01", Tagging::Tagged, Ok(())),
            // Ed448
            (
                "eddsa-examples/eddsa-sig-02",
                Tagging::Tagged,
                Err(AlgorithmRefused),
            ),
        ] {
            let Some(said) = said(name, tagging) else {
                return;
            };
            assert_eq!(said, expected, "{name}");
        }
    }

    #[test]
    fn the_signed_examples_of_the_status_list_draft_hold() {
        let Some(folder) = folder() else { return };
        let folder = folder.join("status-list/signed");
        let key = key(&json(&folder.join("issuer-key.json"))).unwrap();
        for name in ["status-list-token.hex", "referenced-token.hex"] {
            let token = hex_file(&folder.join(name));
            let read = Item::whole(&token).and_then(|item| {
                let sign1 = UnverifiedSign1::read(item, Tagging::Tagged)?;
                // A chain of certificates, which this project asks for, is not in the examples.
                assert_eq!(sign1.protected_chain(), Ok(Vec::new()));
                sign1.verify(&key)
            });
            assert!(Item::whole(&read.unwrap()).is_ok_and(|claims| claims.map().is_some()));
        }
    }
}
