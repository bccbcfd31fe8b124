//! What the device of an mdoc made (ISO/IEC 18013-5 §9.1.3).

use super::{Binding, ProofId, Proven, Said, Session};
use crate::cose::{Profile, UnverifiedSign1};
use crate::crypto::{PublicKey, sha256};
use crate::format::Envelope;
use crate::format::mdoc::DeviceSigned;
use crate::{At, Purpose, Reason, UnixTime};
use minicbor::Encoder;

/// Comes first in every hash the holder signs, so that a signature made for another protocol is
/// useless here and one made here is useless elsewhere (docs/optical-presentation.md).
const HANDOVER: &str = "HwaginOpticalHandover-1";

/// `DeviceSigned` of an mdoc, with the key that its issuer signed.
pub(crate) struct DeviceProof<'a> {
    /// `None` of a response that was captured elsewhere.
    pub(crate) envelope: Option<Envelope<'a>>,
    pub(crate) signed: DeviceSigned<'a>,
    /// `None` where it is of a kind that this desk does not verify.
    pub(crate) key: Option<PublicKey>,
    /// The `COSE_Key` as it stands in the MSO.
    pub(crate) key_bytes: Vec<u8>,
}

impl DeviceProof<'_> {
    /// What this proves in this session; `None` where it proves nothing.
    ///
    /// # Errors
    /// `holder.*`.
    pub(super) fn check(
        &self,
        doc_type: &str,
        purpose: &Purpose,
        session: &Session,
        at: At,
    ) -> Result<Option<Proven>, Reason> {
        if self.signed.signature.is_none() {
            return Ok(None);
        }
        match (self.envelope, session) {
            (None, Session::Transcript(transcript)) => {
                self.check_signature(transcript, doc_type)?;
                Ok(Some(Proven {
                    binding: Binding::Challenged { made: None },
                    once: Vec::new(),
                }))
            }
            (None, _) => Ok(None),
            (Some(envelope), session) => {
                self.check_signature(&optical_transcript(&envelope), doc_type)?;
                let said = Said {
                    challenge: envelope.challenge_hash,
                    is_for_purpose: envelope.purpose.is_none_or(|id| id == purpose.id),
                    made: UnixTime(envelope.issued_at),
                    id: ProofId::new(&self.key_bytes, envelope.id),
                };
                said.check(purpose, session.challenges(), at).map(Some)
            }
        }
    }

    /// `deviceSignature` over `DeviceAuthentication` (§9.1.3.4).
    fn check_signature(&self, transcript: &[u8], doc_type: &str) -> Result<(), Reason> {
        let invalid = Reason::ProofInvalid;
        let key = self.key.as_ref().ok_or(invalid)?;
        let item = self.signed.signature.ok_or(Reason::ProofMissing)?;
        let sign1 = UnverifiedSign1::read(item, Profile::MDOC).map_err(|_| invalid)?;
        let content = device_authentication(transcript, doc_type, self.signed);
        sign1.verify_detached(key, &content).map_err(|_| invalid)
    }
}

/// `DeviceAuthenticationBytes`: tag 24 around the encoded array of "`DeviceAuthentication`", the
/// session transcript, the document type and the device's namespaces as received.
fn device_authentication(transcript: &[u8], doc_type: &str, signed: DeviceSigned<'_>) -> Vec<u8> {
    let mut inner = Encoder::new(Vec::with_capacity(transcript.len() + 128));
    let _ = inner.array(4).and_then(|e| e.str("DeviceAuthentication"));
    inner.writer_mut().extend_from_slice(transcript);
    let _ = inner.str(doc_type);
    let mut inner = inner.into_writer();
    inner.extend_from_slice(signed.name_spaces.encoded());
    let mut outer = Encoder::new(Vec::with_capacity(inner.len() + 8));
    let _ = outer
        .tag(minicbor::data::Tag::new(24))
        .and_then(|e| e.bytes(&inner));
    outer.into_writer()
}

/// The session transcript of the optical presentation.
fn optical_transcript(envelope: &Envelope<'_>) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::with_capacity(80));
    let _ = encoder.array(3).and_then(|e| e.null()?.null());
    let _ = encoder
        .array(2)
        .and_then(|e| e.str(HANDOVER)?.bytes(&handover_hash(envelope)));
    encoder.into_writer()
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
