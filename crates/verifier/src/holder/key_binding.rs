//! The token around an SD-CWT, by which its holder presents it.

use super::{Binding, Challenge, ProofId, Proven, Said, Session, check_age};
use crate::cose::UnverifiedSign1;
use crate::crypto::PublicKey;
use crate::format::contents::Contents;
use crate::format::{CHALLENGE_LENGTH, ID_LENGTH, sd_cwt};
use crate::{At, Purpose, Reason, UnixTime};

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
        match session {
            Session::KeyBinding { audience, nonce } => {
                self.check_captured(&said, audience, nonce.as_deref(), purpose, at)
            }
            Session::Optical(challenges) => self.check_optical(&said, challenges, purpose, at),
            Session::Transcript(_) => self.check_optical(&said, &[], purpose, at),
        }
        .map(Some)
    }

    /// Whom the token, or the credential in it, is for.
    fn audiences<'s>(&'s self, said: &'s sd_cwt::Binding<'_>) -> impl Iterator<Item = &'s str> {
        [Some(said.audience), self.credential_audience]
            .into_iter()
            .flatten()
    }

    /// One that was captured elsewhere, asked for by this audience with this nonce.
    fn check_captured(
        &self,
        said: &sd_cwt::Binding<'_>,
        audience: &str,
        nonce: Option<&[u8]>,
        purpose: &Purpose,
        at: At,
    ) -> Result<Proven, Reason> {
        if self.audiences(said).any(|named| named != audience) {
            return Err(Reason::WrongPurpose);
        }
        if said.nonce != nonce {
            return Err(Reason::ChallengeMismatch);
        }
        check_end(said, at)?;
        let binding = match said.issued_at {
            Some(made) => {
                check_age(made, &purpose.holder, at)?;
                Binding::Fresh { made }
            }
            // The nonce of this very session stands for the time.
            None if nonce.is_some() => Binding::Challenged { made: None },
            None => return Err(Reason::ProofInvalid),
        };
        let until = |made: UnixTime| made.plus_seconds(purpose.holder.freshness_seconds);
        let id = said.id.map(|id| ProofId::new(self.key_bytes, id));
        Ok(Proven {
            binding,
            once: id.zip(said.issued_at.map(until)).into_iter().collect(),
        })
    }

    /// One of the optical presentation: it has a time, and an id and a hash of fixed length.
    fn check_optical(
        &self,
        said: &sd_cwt::Binding<'_>,
        challenges: &[Challenge],
        purpose: &Purpose,
        at: At,
    ) -> Result<Proven, Reason> {
        let is_ours = |named: &str| named.starts_with(AUDIENCE);
        if !self.audiences(said).all(is_ours) {
            // Made for another protocol, whose shape is not ours to judge.
            return Err(Reason::WrongPurpose);
        }
        let invalid = Reason::ProofInvalid;
        let made = said.issued_at.ok_or(invalid)?;
        let id = said.id.filter(|id| id.len() == ID_LENGTH).ok_or(invalid)?;
        let has_sound_nonce = said
            .nonce
            .is_none_or(|nonce| nonce.len() == CHALLENGE_LENGTH);
        if !self.token.is_all_protected() || !has_sound_nonce {
            return Err(invalid);
        }
        let said_of_it = Said {
            challenge: said.nonce,
            is_for_purpose: self.audiences(said).all(|named| is_for(named, purpose)),
            made,
            id: ProofId::new(self.key_bytes, id),
        };
        let proven = said_of_it.check(purpose, challenges, at)?;
        check_end(said, at)?;
        Ok(proven)
    }
}

/// The token has not ended by what it says itself.
fn check_end(said: &sd_cwt::Binding<'_>, at: At) -> Result<(), Reason> {
    if said.ends.is_some_and(|ends| ends <= at.time) {
        return Err(Reason::TooOld);
    }
    Ok(())
}

/// Whether this is an audience of the optical presentation, with this desk's purpose where it names
/// one.
fn is_for(audience: &str, purpose: &Purpose) -> bool {
    let rest = audience.strip_prefix(AUDIENCE);
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix(':') == Some(purpose.id.as_str()))
}
