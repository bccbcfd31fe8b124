//! The cases of a sample holder: a sound presentation, and one flaw each.

use crate::card::{Card, ItemDigest};
use crate::cbor::{int, text};
use crate::key::{Key, sha256};
use crate::portrait::Portrait;
use crate::recipe::{Recipe, StatusClaim, Validity, cti, status_index};
use crate::time::{DAY, day};
use crate::x509::{Certificate, serial};

/// Label of the document signer whose certificate the training revocation list names.
const REVOKED_SIGNER: &str = "revoked document signer";

/// What is wrong with a presentation, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Nothing.
    Valid,
    /// Nothing, but the card ends in three days.
    EndingSoon,
    /// Nothing, but the portrait is too large for one code.
    LargePortrait,
    /// The phone was reported lost: status 2.
    Suspended,
    /// The card was withdrawn: status 1.
    Revoked,
    /// validUntil was yesterday.
    Expired,
    /// validFrom is tomorrow.
    NotYet,
    /// The family name is not the one that was signed.
    AlteredName,
    /// The family name was never signed.
    MissingDigest,
    /// A root that the desk doesn't know vouches.
    WrongIssuer,
    /// The document signer's certificate was withdrawn.
    DsRevoked,
    /// The document signer is of another country than its root.
    DsCountry,
    /// The card says that it is of another kind than was signed.
    DoctypeSwapped,
    /// Made ten minutes ago, as a screenshot would be.
    Stale,
    /// Shown before: its proof is in the desk's memory.
    Replayed,
    /// Another phone than the card's own signed.
    WrongDeviceKey,
    /// Made ten minutes from now.
    Future,
    /// Made as an answer to another desk's challenge.
    OtherDesk,
}

impl Case {
    /// Every case.
    pub const ALL: [Self; 18] = [
        Self::Valid,
        Self::EndingSoon,
        Self::LargePortrait,
        Self::Suspended,
        Self::Revoked,
        Self::Expired,
        Self::NotYet,
        Self::AlteredName,
        Self::MissingDigest,
        Self::WrongIssuer,
        Self::DsRevoked,
        Self::DsCountry,
        Self::DoctypeSwapped,
        Self::Stale,
        Self::Replayed,
        Self::WrongDeviceKey,
        Self::Future,
        Self::OtherDesk,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::EndingSoon => "ending-soon",
            Self::LargePortrait => "large-portrait",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::NotYet => "not-yet",
            Self::AlteredName => "altered-name",
            Self::MissingDigest => "missing-digest",
            Self::WrongIssuer => "wrong-issuer",
            Self::DsRevoked => "ds-revoked",
            Self::DsCountry => "ds-country",
            Self::DoctypeSwapped => "doctype-swapped",
            Self::Stale => "stale",
            Self::Replayed => "replayed",
            Self::WrongDeviceKey => "wrong-device-key",
            Self::Future => "future",
            Self::OtherDesk => "other-desk",
        }
    }

    /// The case of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.id() == id)
    }
}

impl Recipe {
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
        match case {
            Case::Valid => {}
            Case::EndingSoon => {
                recipe.window(|validity| validity.until = at.saturating_add(3 * DAY));
            }
            Case::LargePortrait => recipe.portrait(Portrait::Large),
            Case::Suspended => recipe.mso.status = Some(StatusClaim::at(status_index(card) + 1)),
            Case::Revoked => recipe.mso.status = Some(StatusClaim::at(status_index(card) + 2)),
            Case::Expired => {
                recipe.window(|validity| validity.until = day(at).saturating_sub(DAY));
            }
            Case::NotYet => recipe.window(|validity| validity.from = day(at).saturating_add(DAY)),
            Case::AlteredName => {
                if let Some(item) = recipe.item(card.family_name()) {
                    item.altered = Some(text("SPECIMAN"));
                }
            }
            Case::MissingDigest => {
                if let Some(item) = recipe.item(card.family_name()) {
                    item.digest = ItemDigest::Missing;
                }
            }
            Case::WrongIssuer => {
                recipe.root = foreign_root();
                recipe.signer.key = foreign_signer();
            }
            Case::DsRevoked => recipe.signer = revoked_signer(at),
            Case::DsCountry => recipe.signer = country_signer(at),
            Case::DoctypeSwapped => {
                let other = if card == Card::Mfc {
                    Card::Mdl
                } else {
                    Card::Mfc
                };
                recipe.doc_type = other.doc_type().to_owned();
            }
            Case::Stale => recipe.envelope.issued = int(at.saturating_sub(600)),
            Case::Future => recipe.envelope.issued = int(at.saturating_add(600)),
            Case::OtherDesk => recipe.envelope.challenge_hash = Some(other_challenge().to_vec()),
            Case::Replayed => recipe.envelope.cti = replayed_cti(card).to_vec(),
            Case::WrongDeviceKey => recipe.holder.signs_with = Some(Key::p256("another phone")),
        }
    }

    fn window(&mut self, change: impl FnOnce(&mut Validity)) {
        if let Some(validity) = &mut self.mso.validity {
            change(validity);
        }
    }
}

/// The key of the document signer of the case `wrong-issuer`.
pub(crate) fn foreign_signer() -> Key {
    Key::p256("foreign document signer")
}

/// The document signer of the case `ds-revoked`.
pub(crate) fn revoked_signer(at: i64) -> Certificate {
    Certificate::document_signer(REVOKED_SIGNER, at)
}

/// The document signer of the case `ds-country`.
pub(crate) fn country_signer(at: i64) -> Certificate {
    let mut signer = Certificate::document_signer("country document signer", at);
    signer.subject.country = "ZY".to_owned();
    signer
}

/// The cti of the case `replayed`: one for each card, for ever, in whatever format.
pub(crate) fn replayed_cti(card: Card) -> [u8; 16] {
    cti(card, b"replayed")
}

/// The hash of a challenge that no desk asks.
pub(crate) fn other_challenge() -> [u8; 32] {
    sha256(&[b"another desk's challenge"])
}

/// The root of the case `wrong-issuer`, as described.
pub(crate) fn foreign_root() -> Certificate {
    Certificate::iaca("foreign root", "Somebody Else IACA – not a real authority")
}

/// The serial number in the training revocation list.
pub(crate) fn revoked_serial() -> Vec<u8> {
    serial(REVOKED_SIGNER)
}
