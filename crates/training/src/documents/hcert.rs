//! Health certificates (`hcert_spec` 1.0.8, and what others put in the same container).

use super::health;
use super::{Compression, Document, DocumentHooks};
use crate::cbor::{int, text};
use crate::cwt::Cwt;
use crate::issuer::{HEALTH_ISSUER, general_signer, health_root, kid_of};
use crate::key::Seed;
use crate::time::{DAY, day};
use crate::x509::Certificate;
use ciborium::Value;

/// The claim with the certificate.
pub(super) const HCERT: i64 = -260;
/// The claim with a Swiss certificate light, as the verifiers of its issuer read it.
pub(super) const LIGHT: i64 = -250;

/// What a health certificate is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HcertKind {
    /// A vaccination (EU DCC).
    Vaccination,
    /// A test (EU DCC).
    Test,
    /// A recovery (EU DCC).
    Recovery,
    /// Nothing but that there is one: a Swiss certificate light (`LT1:`).
    Light,
    /// A vaccination (WHO DDCC:VS).
    DdccVs,
    /// A test (WHO DDCC:TR).
    DdccTr,
    /// A vaccination of any kind (WHO DVC).
    Dvc,
}

impl HcertKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Vaccination,
        Self::Test,
        Self::Recovery,
        Self::Light,
        Self::DdccVs,
        Self::DdccTr,
        Self::Dvc,
    ];

    /// The key of the certificate inside claim -260, if it is in there.
    #[must_use]
    pub fn place(self) -> Option<i64> {
        match self {
            Self::Vaccination | Self::Test | Self::Recovery => Some(1),
            Self::DdccVs => Some(3),
            Self::DdccTr => Some(4),
            Self::Dvc => Some(-6),
            Self::Light => None,
        }
    }
}

/// Describes a health certificate.
pub struct Hcert {
    /// What it is about.
    pub kind: HcertKind,
    /// What the text begins with.
    pub prefix: String,
    /// Vouches for the signer.
    pub root: Certificate,
    /// The signer, which `kid` names.
    pub signer: Certificate,
    /// The token. Its key is that of the signer; another signs in its place.
    pub cwt: Cwt,
    /// How it is compressed.
    pub compression: Compression,
    /// Changes that no field describes.
    pub hooks: DocumentHooks,
}

impl Hcert {
    /// A sound certificate at `at`: signed 10 days ago, good for 180 days more.
    #[must_use]
    pub fn new(kind: HcertKind, at: i64) -> Self {
        let content = health::content(kind, at);
        let content = match kind.place() {
            Some(place) => (int(HCERT), Value::Map(vec![(int(place), content)])),
            None => (int(LIGHT), content),
        };
        let signer = general_signer();
        let claims = vec![
            (int(1), text(HEALTH_ISSUER)),
            (int(4), int(day(at).saturating_add(180 * DAY))),
            (int(6), int(day(at).saturating_sub(10 * DAY))),
            content,
        ];
        Self {
            kind,
            prefix: if kind == HcertKind::Light {
                "LT1:"
            } else {
                "HC1:"
            }
            .to_owned(),
            root: health_root(),
            cwt: Cwt::new(signer.key.clone(), claims),
            signer,
            compression: Compression::Zlib,
            hooks: DocumentHooks::default(),
        }
    }

    /// Has `signer` sign, and `kid` name it.
    pub fn sign_by(&mut self, signer: Certificate) {
        self.cwt.key = signer.key.clone();
        self.signer = signer;
    }

    /// The certificate inside its claim, to be changed.
    pub fn certificate(&mut self) -> Option<&mut Value> {
        let Some(place) = self.kind.place() else {
            return self.cwt.claim(&int(LIGHT));
        };
        let entries = self.cwt.claim(&int(HCERT))?.as_map_mut()?;
        let entry = entries.iter_mut().find(|(key, _)| *key == int(place));
        entry.map(|(_, value)| value)
    }

    /// Gives the one entry of a vaccination, test or recovery the identifier `uvci`.
    pub fn identify(&mut self, uvci: &str) {
        let entry = self.certificate().and_then(health::entry_of_dcc);
        let ci = entry.and_then(|entry| entry.iter_mut().find(|(key, _)| *key == text("ci")));
        if let Some((_, value)) = ci {
            *value = text(uvci);
        }
    }

    pub(crate) fn mint(&self, seed: &Seed) -> Document {
        let kid = kid_of(&self.signer.sign(&self.root, seed));
        let message = self.cwt.sign(seed, &kid);
        self.hooks
            .document(&self.prefix, message, self.compression, kid)
    }
}
