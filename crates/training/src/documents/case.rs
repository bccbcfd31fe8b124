//! The documents of the training authorities, each sound or with one flaw.

use super::claim_169::{Encryption, Wrapping};
use super::health::uvci;
use super::{Claim169, Document, Hcert, HcertKind, Nzcp};
use crate::authority::Authority;
use crate::cbor::{int, text};
use crate::cwt::Cwt;
use crate::issuer::{foreign_health_signer, health_signers};
use crate::key::{Key, KeyKind};
use crate::status::{ID_STATUS_URI, REVOKED_DOCUMENT};
use crate::status_claim::{Status, StatusClaim};
use crate::time::{DAY, day};
use ciborium::Value;

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A health certificate.
    Hcert(HcertKind),
    /// A New Zealand COVID Pass.
    Nzcp,
    /// Claim 169.
    Claim169,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Hcert(HcertKind::Vaccination),
        Self::Hcert(HcertKind::Test),
        Self::Hcert(HcertKind::Recovery),
        Self::Hcert(HcertKind::Light),
        Self::Hcert(HcertKind::DdccVs),
        Self::Hcert(HcertKind::DdccTr),
        Self::Hcert(HcertKind::Dvc),
        Self::Nzcp,
        Self::Claim169,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Hcert(HcertKind::Vaccination) => "hcert",
            Self::Hcert(HcertKind::Test) => "hcert-test",
            Self::Hcert(HcertKind::Recovery) => "hcert-recovery",
            Self::Hcert(HcertKind::Light) => "hcert-light",
            Self::Hcert(HcertKind::DdccVs) => "ddcc-vs",
            Self::Hcert(HcertKind::DdccTr) => "ddcc-tr",
            Self::Hcert(HcertKind::Dvc) => "dvc",
            Self::Nzcp => "nzcp",
            Self::Claim169 => "claim-169",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The cases that there can be of it.
    pub fn cases(self) -> impl Iterator<Item = DocumentCase> {
        let cases = DocumentCase::ALL.into_iter();
        cases.filter(move |case| case.is_of(self))
    }
}

/// What is wrong with a document, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentCase {
    /// Nothing.
    Valid,
    /// Nothing, but it ends in three days.
    EndingSoon,
    /// It was withdrawn.
    Revoked,
    /// It ended yesterday.
    Expired,
    /// It begins tomorrow.
    NotYet,
    /// The name is not the one that was signed.
    AlteredName,
    /// A key that the desk doesn't know signed.
    WrongIssuer,
    /// A key signed that is for another kind of health certificate.
    WrongUse,
    /// There is room for a signature, and nothing in it.
    Unsigned,
    /// It is for somebody who has the key to it.
    Encrypted,
}

impl DocumentCase {
    /// Every case.
    pub const ALL: [Self; 10] = [
        Self::Valid,
        Self::EndingSoon,
        Self::Revoked,
        Self::Expired,
        Self::NotYet,
        Self::AlteredName,
        Self::WrongIssuer,
        Self::WrongUse,
        Self::Unsigned,
        Self::Encrypted,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::EndingSoon => "ending-soon",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::NotYet => "not-yet",
            Self::AlteredName => "altered-name",
            Self::WrongIssuer => "wrong-issuer",
            Self::WrongUse => "wrong-use",
            Self::Unsigned => "unsigned",
            Self::Encrypted => "encrypted",
        }
    }

    /// The case of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.id() == id)
    }

    /// Can there be such a document of that kind?
    fn is_of(self, kind: DocumentKind) -> bool {
        let is_dcc = matches!(kind, DocumentKind::Hcert(kind) if kind.place() == Some(1));
        let is_identity = kind == DocumentKind::Claim169;
        match self {
            Self::Revoked => is_dcc || is_identity,
            Self::WrongUse => is_dcc,
            Self::Unsigned | Self::Encrypted => is_identity,
            _ => true,
        }
    }
}

impl Authority {
    /// The document of that kind at `at`, with the flaw of `case` and no other; none where there
    /// is no such case of it.
    #[must_use]
    pub fn document(&self, kind: DocumentKind, case: DocumentCase, at: i64) -> Option<Document> {
        if !case.is_of(kind) {
            return None;
        }
        Some(match kind {
            DocumentKind::Hcert(kind) => self.mint_hcert(&Hcert::of(kind, case, at)),
            DocumentKind::Nzcp => self.mint_nzcp(&Nzcp::of(case, at)),
            DocumentKind::Claim169 => self.mint_claim_169(&Claim169::of(case, at)),
        })
    }
}

impl Hcert {
    /// A certificate with the flaw of `case`; a sound one where there is no such case of it.
    #[must_use]
    pub fn of(kind: HcertKind, case: DocumentCase, at: i64) -> Self {
        let mut recipe = Self::new(kind, at);
        recipe.cwt.spoil(case, 6, at);
        match case {
            DocumentCase::Revoked => recipe.identify(&uvci(kind, true)),
            DocumentCase::WrongIssuer => recipe.sign_by(foreign_health_signer()),
            DocumentCase::WrongUse => {
                let [_, test, vaccination, _] = health_signers();
                let is_vaccination = kind == HcertKind::Vaccination;
                recipe.sign_by(if is_vaccination { test } else { vaccination });
            }
            _ => {}
        }
        recipe
    }
}

impl Nzcp {
    /// A pass with the flaw of `case`; a sound one where there is no such case of it.
    #[must_use]
    pub fn of(case: DocumentCase, at: i64) -> Self {
        let mut recipe = Self::new(at);
        recipe.cwt.spoil(case, 5, at);
        if case == DocumentCase::WrongIssuer {
            recipe.cwt.set(1, text("did:web:elsewhere.invalid"));
            recipe.cwt.key = Key::p256("foreign nzcp");
        }
        recipe
    }
}

impl Claim169 {
    /// A document with the flaw of `case`; a sound one where there is no such case of it.
    #[must_use]
    pub fn of(case: DocumentCase, at: i64) -> Self {
        let mut recipe = Self::new(at);
        recipe.cwt.spoil(case, 5, at);
        match case {
            DocumentCase::Revoked => recipe.cwt.status(&Status {
                list: Some(StatusClaim {
                    uri: ID_STATUS_URI.to_owned(),
                    ..StatusClaim::at(REVOKED_DOCUMENT)
                }),
                ..Status::default()
            }),
            DocumentCase::WrongIssuer => {
                recipe.cwt.set(1, text("https://elsewhere.invalid"));
                recipe.cwt.key = Key::new(KeyKind::Ed25519, "foreign id authority");
            }
            DocumentCase::Unsigned => {
                recipe.wrapping = Wrapping::Signed;
                recipe.cwt.sign1.signature = crate::cose::Signature::Empty;
            }
            DocumentCase::Encrypted => recipe.encryption = Some(Encryption::A256Gcm),
            _ => {}
        }
        recipe
    }
}

impl Cwt {
    /// Makes the flaw of `case`, if it is one that any token can have. `from` is the claim that
    /// says since when it is good.
    fn spoil(&mut self, case: DocumentCase, from: i64, at: i64) {
        match case {
            DocumentCase::EndingSoon => self.set(4, int(at.saturating_add(3 * DAY))),
            DocumentCase::Expired => self.set(4, int(day(at).saturating_sub(DAY))),
            DocumentCase::NotYet => self.set(from, int(day(at).saturating_add(DAY))),
            DocumentCase::AlteredName => self.hooks.altered = Some(Box::new(rename)),
            _ => {}
        }
    }
}

/// Gives whoever it is another name of the same length.
fn rename(value: &mut Value) {
    match value {
        Value::Text(text) => *text = text.replace("SPECIMEN", "SPECIMAN"),
        Value::Array(items) => items.iter_mut().for_each(rename),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| rename(value)),
        _ => {}
    }
}
