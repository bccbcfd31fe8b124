//! Whether it is held by whoever shows it, and here and now.

mod device;
mod handover;
mod key_binding;

use crate::crypto::sha256;
use crate::purpose::{HolderPolicy, Need};
use crate::{At, Purpose, Reason, Standing, UnixTime};
use std::collections::BTreeMap;

pub(crate) use device::DeviceProof;
pub use handover::Handover;
pub(crate) use key_binding::KeyBinding;

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
    /// The holder's device signed in the very session that the desk was given.
    Challenged,
    /// No proof: the portrait is the only link.
    Bearer,
}

/// What the holder's proof has to be bound to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Session {
    /// The optical presentation: to its own time, and to this desk's purpose where it names one
    /// (docs/optical-presentation.md).
    #[default]
    Optical,
    /// Of a response that was captured elsewhere: an encoded `SessionTranscript`
    /// (ISO/IEC 18013-5 §9.1.5.1).
    Transcript(Vec<u8>),
    /// Of a key binding token that was captured elsewhere: its audience, and the nonce if one was
    /// given.
    KeyBinding {
        /// `aud`.
        audience: String,
        /// `cnonce`.
        nonce: Option<Vec<u8>>,
    },
}

/// What came with a credential to prove whose it is.
pub(crate) enum Proof<'a> {
    /// Nothing: a static document.
    Nothing,
    /// What the device of an mdoc made.
    Device(DeviceProof<'a>),
    /// The token around an SD-CWT.
    Key(KeyBinding<'a>),
}

/// A proof that held: how firmly it binds, and what it is remembered by so that it counts once.
type Proven = (Binding, Option<ProofId>);

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
/// A proof that is there has to hold, whatever the purpose asks. A MAC proves nothing to a desk
/// without a reader key (ISO/IEC 18013-5 §9.1.3.5), and a captured response nothing without its
/// session: they count as no proof.
///
/// # Errors
/// `holder.*`.
pub fn check<'a>(
    standing: Standing<'a>,
    purpose: &Purpose,
    session: &Session,
    replays: &Replays,
    at: At,
) -> Result<Presented<'a>, Reason> {
    let credential = standing.current().authentic().contents();
    let proven = match standing.current().authentic().proof() {
        Proof::Nothing => None,
        Proof::Device(proof) => proof.check(&credential.doc_type, purpose, session, at)?,
        Proof::Key(proof) => proof.check(credential, purpose, session, at)?,
    };
    let (binding, proof) = match (proven, purpose.holder.needs) {
        (Some(proven), _) => proven,
        (None, Need::Bearer) => (Binding::Bearer, None),
        (None, Need::Fresh) => return Err(Reason::ProofMissing),
    };
    if proof.is_some_and(|proof| replays.contains(proof)) {
        return Err(Reason::Replayed);
    }
    Ok(Presented {
        standing,
        binding,
        proof,
    })
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
