//! The cases of a sample holder who presents an SD-CWT.

use super::{Hash, Redaction, SdCwt};
use crate::card::Card;
use crate::case::{
    Case, country_signer, foreign_root, foreign_signer, other_challenge, replayed_cti,
    revoked_signer,
};
use crate::cbor::{int, text};
use crate::key::Key;
use crate::portrait::Portrait;
use crate::recipe::status_index;
use crate::status_claim::Status;
use crate::time::{DAY, day};
use ciborium::Value;

impl SdCwt {
    /// A presentation of `card` at `at` with the flaw of `case` and no other.
    #[must_use]
    pub fn of(card: Card, case: Case, at: i64) -> Self {
        let mut recipe = Self::new(card, at);
        recipe.apply(case, at);
        recipe
    }

    /// Has the flaw of `case` from now on.
    pub(crate) fn apply(&mut self, case: Case, at: i64) {
        let card = self.card;
        let recipe = self;
        let claims = &mut recipe.token.claims;
        match case {
            Case::Valid => {}
            Case::EndingSoon => claims.set(int(4), int(at.saturating_add(3 * DAY))),
            Case::LargePortrait => recipe.portrait(Portrait::Large),
            Case::Suspended => recipe.status(&Status::at(status_index(card) + 1)),
            Case::Revoked => recipe.status(&Status::at(status_index(card) + 2)),
            Case::Expired => claims.set(int(4), int(day(at).saturating_sub(DAY))),
            Case::NotYet => {
                // An SD-CWT can't be good before it was issued, so it is issued tomorrow, too.
                let tomorrow = day(at).saturating_add(DAY);
                claims.set(int(5), int(tomorrow));
                claims.set(int(6), int(tomorrow));
            }
            Case::AlteredName => {
                recipe.redact(|name| name.altered = Some(text("SPECIMAN")));
            }
            Case::MissingDigest => recipe.redact(|name| name.hash = Hash::Missing),
            Case::WrongIssuer => {
                recipe.root = foreign_root();
                recipe.signer.key = foreign_signer();
            }
            Case::DsRevoked => recipe.signer = revoked_signer(at),
            Case::DsCountry => recipe.signer = country_signer(at),
            // The one unsigned place that an mdoc says its kind in has no like here: vct is signed.
            // What a token is taken for hangs on `typ`: each says that it is the other.
            Case::DoctypeSwapped => {
                std::mem::swap(&mut recipe.token.typ, &mut recipe.binding.typ);
            }
            Case::Stale => recipe.binding.iat = Some(int(at.saturating_sub(600))),
            Case::Future => recipe.binding.iat = Some(int(at.saturating_add(600))),
            Case::OtherDesk => recipe.binding.cnonce = Some(other_challenge().to_vec()),
            Case::Replayed => recipe.binding.cti = Some(replayed_cti(card).to_vec()),
            Case::WrongDeviceKey => recipe.binding.signs_with = Some(Key::p256("another phone")),
        }
    }

    /// Changes how the family name is redacted.
    fn redact(&mut self, change: impl FnOnce(&mut Redaction)) {
        let name = self.element(self.card.family_name());
        if let Some(redaction) = name.and_then(|entry| entry.redaction.as_mut()) {
            change(redaction);
        }
    }

    /// The time claim with that key, if it is a whole number.
    #[must_use]
    pub fn time(&mut self, key: i64) -> Option<i64> {
        match &self.token.claims.find(&int(key))?.node {
            super::Node::Open(Value::Integer(time)) => i64::try_from(*time).ok(),
            _ => None,
        }
    }
}
