//! Whether it is held by whoever shows it, and here and now.

mod challenge;
mod device;
mod handover;
mod key_binding;
mod replays;

use crate::purpose::{HolderPolicy, Need};
use crate::{At, Purpose, Reason, Standing, UnixTime};

pub use challenge::Challenge;
pub(crate) use device::DeviceProof;
pub use handover::Handover;
pub(crate) use key_binding::KeyBinding;
pub use replays::{ProofId, Replays};

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
    /// The holder's device signed an answer to what this desk asked.
    Challenged {
        /// When the device says it signed, as far as it says.
        made: Option<UnixTime>,
    },
    /// No proof: the portrait is the only link.
    Bearer,
}

/// What the holder's proof has to be bound to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Session {
    /// The optical presentation: to its own time, to this desk's purpose where it names one, and to
    /// one of these challenges where it answers one (docs/optical-presentation.md).
    Optical(Vec<Challenge>),
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

impl Session {
    fn challenges(&self) -> &[Challenge] {
        match self {
            Self::Optical(challenges) => challenges,
            Self::Transcript(_) | Self::KeyBinding { .. } => &[],
        }
    }
}

impl Default for Session {
    /// A desk that asks no challenge.
    fn default() -> Self {
        Self::Optical(Vec::new())
    }
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

/// A proof that held.
struct Proven {
    binding: Binding,
    /// What it is remembered by, so that it counts once, and until when.
    once: Vec<(ProofId, UnixTime)>,
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
    proven: Proven,
}

impl<'a> Presented<'a> {
    pub(crate) fn standing(&self) -> &Standing<'a> {
        &self.standing
    }

    pub(crate) fn binding(&self) -> Binding {
        self.proven.binding
    }

    /// What to remember once it is accepted, and until when.
    pub(crate) fn once(&self) -> &[(ProofId, UnixTime)] {
        &self.proven.once
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
    let proven = match (proven, purpose.holder.needs) {
        (Some(proven), _) => proven,
        (None, Need::Bearer) => Proven {
            binding: Binding::Bearer,
            once: Vec::new(),
        },
        (None, Need::Challenge | Need::Fresh) => return Err(Reason::ProofMissing),
    };
    if proven.once.iter().any(|(id, _)| replays.contains(*id)) {
        return Err(Reason::Replayed);
    }
    let is_challenged = matches!(proven.binding, Binding::Challenged { .. });
    if purpose.holder.needs == Need::Challenge && !is_challenged {
        return Err(Reason::ChallengeMissing);
    }
    Ok(Presented { standing, proven })
}

/// What a proof of the optical presentation says of itself, under the holder's signature.
struct Said<'a> {
    challenge: Option<&'a [u8]>,
    is_for_purpose: bool,
    made: UnixTime,
    id: ProofId,
}

impl Said<'_> {
    /// What it proves to a desk that asked these challenges.
    fn check(&self, purpose: &Purpose, challenges: &[Challenge], at: At) -> Result<Proven, Reason> {
        let answered = self
            .challenge
            .map(|hash| Challenge::answered(hash, challenges))
            .transpose()?;
        if !self.is_for_purpose || answered.is_some_and(|asked| asked.purpose != purpose.id) {
            return Err(Reason::WrongPurpose);
        }
        check_age(self.made, &purpose.holder, at)?;
        if answered.is_some_and(|asked| asked.ends <= at.time) {
            return Err(Reason::TooOld);
        }
        let until = self.made.plus_seconds(purpose.holder.freshness_seconds);
        let mut once = vec![(self.id, until)];
        let displayed = answered.filter(|asked| asked.is_displayed);
        once.extend(displayed.map(|asked| (ProofId::of_challenge(asked), asked.ends)));
        let binding = match displayed {
            Some(_) => Binding::Challenged {
                made: Some(self.made),
            },
            None => Binding::Fresh { made: self.made },
        };
        Ok(Proven { binding, once })
    }
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
