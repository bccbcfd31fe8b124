//! The token around an SD-CWT, by which its holder presents it.

use super::{Binding, ProofId, Proven, Session, check_age};
use crate::cose::UnverifiedSign1;
use crate::crypto::PublicKey;
use crate::format::contents::Contents;
use crate::format::{CHALLENGE_LENGTH, ID_LENGTH, sd_cwt};
use crate::{At, Purpose, Reason};

/// The audience of every token of the optical presentation; a colon and the id of the purpose
/// may follow (docs/optical-presentation.md).
const AUDIENCE: &str = "hwagin:optical:1";

/// A key binding token, with the key that the issuer of the credential signed.
pub(crate) struct KeyBinding<'a> {
    pub(crate) token: UnverifiedSign1<'a>,
    /// `None` where it is of a kind that this desk does not verify.
    pub(crate) key: Option<PublicKey>,
    /// The `COSE_Key` as it stands in the credential.
    pub(crate) key_bytes: &'a [u8],
    /// Whom the credential was issued to be shown to, where it says so.
    pub(crate) credential_audience: Option<&'a str>,
}

impl KeyBinding<'_> {
    /// What this proves in this session.
    ///
    /// # Errors
    /// `holder.*`.
    pub(super) fn check(
        &self,
        credential: &Contents<'_>,
        purpose: &Purpose,
        session: &Session,
        at: At,
    ) -> Result<Option<Proven>, Reason> {
        let invalid = Reason::ProofInvalid;
        let key = self.key.as_ref().ok_or(invalid)?;
        let payload = self.token.verify(key).map_err(|_| invalid)?;
        let said = sd_cwt::binding(payload, credential).ok_or(invalid)?;
        let audiences = [Some(said.audience), self.credential_audience];
        let challenged = match session {
            Session::KeyBinding { audience, nonce } => {
                if audiences
                    .into_iter()
                    .flatten()
                    .any(|named| named != audience)
                {
                    return Err(Reason::WrongPurpose);
                }
                if said.nonce != nonce.as_deref() {
                    return Err(Reason::ChallengeMismatch);
                }
                nonce.is_some()
            }
            Session::Optical | Session::Transcript(_) => {
                for audience in audiences.into_iter().flatten() {
                    check_audience(audience, purpose)?;
                }
                if !self.token.is_all_protected() {
                    return Err(invalid);
                }
                check_optical(&said)?;
                false
            }
        };
        if said.ends.is_some_and(|ends| ends <= at.time) {
            return Err(Reason::TooOld);
        }
        let proof = said.id.map(|id| ProofId::new(self.key_bytes, id));
        match said.issued_at {
            Some(made) => {
                check_age(made, &purpose.holder, at)?;
                Ok(Some((Binding::Fresh { made }, proof)))
            }
            // The nonce of this very session stands for the time.
            None if challenged => Ok(Some((Binding::Challenged, proof))),
            None => Err(invalid),
        }
    }
}

/// The optical presentation has a time, an id of fixed length, and no answer to a challenge that
/// this desk did not ask.
fn check_optical(said: &sd_cwt::Binding<'_>) -> Result<(), Reason> {
    let has_id = said.id.is_some_and(|id| id.len() == ID_LENGTH);
    let sound_nonce = said
        .nonce
        .is_none_or(|nonce| nonce.len() == CHALLENGE_LENGTH);
    if !has_id || said.issued_at.is_none() || !sound_nonce {
        return Err(Reason::ProofInvalid);
    }
    if said.nonce.is_some() {
        return Err(Reason::ChallengeMismatch);
    }
    Ok(())
}

/// An audience of the optical presentation, with this desk's purpose where it names one.
fn check_audience(audience: &str, purpose: &Purpose) -> Result<(), Reason> {
    let rest = audience
        .strip_prefix(AUDIENCE)
        .ok_or(Reason::WrongPurpose)?;
    if rest.is_empty() || rest.strip_prefix(':') == Some(purpose.id.as_str()) {
        Ok(())
    } else {
        Err(Reason::WrongPurpose)
    }
}
