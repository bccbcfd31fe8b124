//! Whether it is held by whoever shows it, and here and now.

use crate::cose::{Tagging, UnverifiedSign1};
use crate::crypto::sha256;
use crate::format::Envelope;
use crate::format::mdoc::DeviceSigned;
use crate::purpose::{HolderPolicy, Need};
use crate::{At, Authentic, Purpose, Reason, Standing, UnixTime};
use minicbor::Encoder;
use std::collections::BTreeMap;

/// Comes first in every hash the holder signs, so that a signature made for another protocol is
/// useless here and one made here is useless elsewhere (docs/optical-presentation.md).
const HANDOVER: &str = "HwaginOpticalHandover-1";

/// How much a phone's clock may be ahead of the desk's: beyond it one of the two is wrong.
pub const MAX_SKEW_SECONDS: i64 = 60;

/// How firmly the presentation is tied to whoever shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// The holder's device signed moments ago, and this desk has not seen it before.
    Fresh {
        /// When the device says it signed.
        made: UnixTime,
    },
    /// No proof: the portrait is the only link.
    Bearer,
}

/// What a proof is remembered by, so that it counts once.
///
/// It is made of the device key and the presentation's id, both under a signature. The signature
/// itself would not do: of an ECDSA signature anybody can make a second valid one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProofId([u8; 32]);

impl ProofId {
    /// The proof made with this key (a `COSE_Key` as in the MSO) for this presentation id.
    pub fn new(device_key: &[u8], presentation_id: &[u8]) -> Self {
        Self(sha256(&[device_key, presentation_id]))
    }
}

/// The proofs a desk has accepted, each until it would be too old anyway.
#[derive(Clone, Default)]
pub struct Replays(BTreeMap<ProofId, UnixTime>);

impl Replays {
    /// Remembers this proof until that moment, and forgets those whose moment is past.
    pub fn remember(&mut self, proof: ProofId, until: UnixTime, at: At) {
        self.0.retain(|_, until| *until >= at.time);
        self.0.insert(proof, until);
    }

    /// Whether this proof was accepted before.
    pub fn contains(&self, proof: ProofId) -> bool {
        self.0.contains_key(&proof)
    }
}

/// A credential in good standing, presented as firmly as the purpose asks.
///
/// ```compile_fail
/// // Only `holder::check` builds one.
/// fn forge(genuine: hwagin_verifier::Presented<'_>) -> hwagin_verifier::Presented<'_> {
///     hwagin_verifier::Presented { ..genuine }
/// }
/// ```
///
/// ```compile_fail
/// // The holder's proof cannot be skipped: only a `Presented` is judged.
/// fn skip(
///     standing: hwagin_verifier::Standing<'_>,
///     purpose: &hwagin_verifier::Purpose,
///     cards: &hwagin_verifier::Cards,
///     at: hwagin_verifier::At,
/// ) {
///     let _ = hwagin_verifier::purpose::judge(standing, purpose, cards, at);
/// }
/// ```
pub struct Presented<'a> {
    standing: Standing<'a>,
    binding: Binding,
    proof: Option<ProofId>,
}

impl<'a> Presented<'a> {
    pub(crate) fn standing(&self) -> &Standing<'a> {
        &self.standing
    }

    pub(crate) fn binding(&self) -> Binding {
        self.binding
    }

    pub(crate) fn proof(&self) -> Option<ProofId> {
        self.proof
    }
}

/// The credential, with the holder's proof of possession as far as there is one.
///
/// A device signature that is there has to hold, whatever the purpose asks. A MAC proves nothing
/// to a desk without a reader key (ISO/IEC 18013-5 §9.1.3.5) and counts as no proof.
///
/// # Errors
/// `holder.*`.
pub fn check<'a>(
    standing: Standing<'a>,
    purpose: &Purpose,
    replays: &Replays,
    at: At,
) -> Result<Presented<'a>, Reason> {
    let authentic = standing.current().authentic();
    let signature = authentic
        .device_signed()
        .filter(|signed| signed.signature.is_some());
    let (binding, proof) = match (signature, purpose.holder.needs) {
        (Some(signed), _) => prove(authentic, signed, purpose, replays, at)?,
        (None, Need::Bearer) => (Binding::Bearer, None),
        (None, Need::Fresh) => return Err(Reason::ProofMissing),
    };
    Ok(Presented {
        standing,
        binding,
        proof,
    })
}

fn prove(
    authentic: &Authentic<'_>,
    signed: DeviceSigned<'_>,
    purpose: &Purpose,
    replays: &Replays,
    at: At,
) -> Result<(Binding, Option<ProofId>), Reason> {
    let envelope = authentic.envelope();
    check_signature(authentic, signed)?;
    // This desk asks no challenge, so an answer to one was made for another desk.
    if envelope.challenge_hash.is_some() {
        return Err(Reason::ChallengeMismatch);
    }
    if envelope.purpose.is_some_and(|id| id != purpose.id) {
        return Err(Reason::WrongPurpose);
    }
    let made = UnixTime(envelope.issued_at);
    check_age(made, &purpose.holder, at)?;
    let proof = ProofId::new(&authentic.mso().device_key_bytes, envelope.id);
    if replays.contains(proof) {
        return Err(Reason::Replayed);
    }
    Ok((Binding::Fresh { made }, Some(proof)))
}

fn check_age(made: UnixTime, policy: &HolderPolicy, at: At) -> Result<(), Reason> {
    let age = at.time.seconds_since(made);
    if age < -MAX_SKEW_SECONDS {
        Err(Reason::FromFuture)
    } else if age > policy.freshness_seconds {
        Err(Reason::TooOld)
    } else {
        Ok(())
    }
}

/// `deviceSignature` over `DeviceAuthentication` (§9.1.3.4) with the optical handover.
fn check_signature(authentic: &Authentic<'_>, signed: DeviceSigned<'_>) -> Result<(), Reason> {
    let invalid = Reason::ProofInvalid;
    let key = authentic.mso().device_key.as_ref().ok_or(invalid)?;
    let item = signed.signature.ok_or(Reason::ProofMissing)?;
    let sign1 = UnverifiedSign1::read(item, Tagging::Untagged).map_err(|_| invalid)?;
    let doc_type = &authentic.mso().doc_type;
    let content = device_authentication(&authentic.envelope(), doc_type, signed);
    sign1.verify_detached(key, &content).map_err(|_| invalid)
}

/// `DeviceAuthenticationBytes`: tag 24 around the encoded array of "`DeviceAuthentication`", the
/// session transcript, the document type and the device's namespaces as received.
fn device_authentication(
    envelope: &Envelope<'_>,
    doc_type: &str,
    signed: DeviceSigned<'_>,
) -> Vec<u8> {
    let mut inner = Encoder::new(Vec::with_capacity(128));
    let _ = inner.array(4).and_then(|e| e.str("DeviceAuthentication"));
    let _ = inner.array(3).and_then(|e| e.null()?.null());
    let _ = inner
        .array(2)
        .and_then(|e| e.str(HANDOVER)?.bytes(&handover_hash(envelope)));
    let _ = inner.str(doc_type);
    let mut inner = inner.into_writer();
    inner.extend_from_slice(signed.name_spaces.encoded());
    let mut outer = Encoder::new(Vec::with_capacity(inner.len() + 8));
    let _ = outer
        .tag(minicbor::data::Tag::new(24))
        .and_then(|e| e.bytes(&inner));
    outer.into_writer()
}

/// SHA-256 of `[challenge hash / null, purpose / null, iat, cti]`.
fn handover_hash(envelope: &Envelope<'_>) -> [u8; 32] {
    let mut encoder = Encoder::new(Vec::with_capacity(96));
    let _ = encoder.array(4);
    let _ = match envelope.challenge_hash {
        Some(hash) => encoder.bytes(hash),
        None => encoder.null(),
    };
    let _ = match envelope.purpose {
        Some(purpose) => encoder.str(purpose),
        None => encoder.null(),
    };
    let _ = encoder
        .i64(envelope.issued_at)
        .and_then(|e| e.bytes(envelope.id));
    sha256(&[&encoder.into_writer()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_forgotten_once_it_is_too_old_anyway() {
        let (first, second) = (
            ProofId::new(b"key", &[1; 16]),
            ProofId::new(b"key", &[2; 16]),
        );
        let at = |seconds| At::utc(UnixTime(seconds));
        let mut replays = Replays::default();
        replays.remember(first, UnixTime(100), at(40));
        assert!(replays.contains(first) && !replays.contains(second));
        replays.remember(second, UnixTime(200), at(101));
        assert!(!replays.contains(first) && replays.contains(second));
    }
}
