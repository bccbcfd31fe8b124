//! Keys that count without a certificate path: of an issuer that publishes a list of them.
//!
//! A key is bound to its issuer, to document types and to a time. Its id only ever selects it.

use super::certificate::Certificate;
use super::{AnchorFlaw, AnchorId, Trust, Validity};
use crate::cbor::Item;
use crate::cose::UnverifiedSign1;
use crate::crypto::{PublicKey, sha256};
use crate::issuer::Issuer;
use crate::{At, Reason, UnixTime};

/// Every issuer of the training authority has this host in its name, and no other has.
pub const TRAINING_HOST: &str = "training.hwagin.invalid";

/// Keys tried for one signature at most: as many as can share an id by accident, and no more than
/// a sender may make a desk work.
const MAX_TRIED: usize = 8;

/// Bytes of the id of a health certificate's signer: the first of SHA-256 of its certificate.
const CERTIFICATE_ID: usize = 8;

/// An issuer's public key, and what is known of it from the certificate it came in.
pub struct IssuerKey {
    key: PublicKey,
    id: Option<Vec<u8>>,
    certificate: Option<(Certificate, Digest)>,
}

/// SHA-256 of a certificate.
type Digest = [u8; 32];

impl IssuerKey {
    /// The key in a `COSE_Key` (RFC 9052 §7), with its `kid` where it has one.
    ///
    /// # Errors
    /// [`AnchorFlaw::NotAKey`].
    pub fn from_cose_key(bytes: &[u8]) -> Result<Self, AnchorFlaw> {
        let item = Item::whole(bytes).map_err(|_| AnchorFlaw::NotAKey)?;
        let id = item
            .map()
            .and_then(|map| map.int_key(2)?.bytes().map(<[u8]>::to_vec));
        Self::of(PublicKey::from_cose_key(item), id)
    }

    /// The key in a `SubjectPublicKeyInfo` (RFC 5280 §4.1).
    ///
    /// # Errors
    /// [`AnchorFlaw::NotAKey`].
    pub fn from_spki(der: &[u8]) -> Result<Self, AnchorFlaw> {
        Self::of(PublicKey::from_spki(der), None)
    }

    /// The key at this point of the curve with this name of JSON Web Key (RFC 7518 §6.2, RFC 8037
    /// §2).
    ///
    /// # Errors
    /// [`AnchorFlaw::NotAKey`].
    pub fn from_curve(curve: &str, x: &[u8], y: Option<&[u8]>) -> Result<Self, AnchorFlaw> {
        Self::of(PublicKey::from_curve(curve, x, y), None)
    }

    /// The RSA key of this modulus and exponent, unsigned, the largest byte first.
    ///
    /// # Errors
    /// [`AnchorFlaw::NotAKey`]: none, or shorter than 2,048 bits.
    pub fn from_rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, AnchorFlaw> {
        Self::of(PublicKey::from_rsa_parts(modulus, exponent), None)
    }

    /// The key in a signer's certificate, whose own path is not looked at. Its id is the first
    /// eight bytes of its SHA-256 (hcert specification §3.3.3), its time that of the certificate,
    /// and it may sign what its extended key usage says.
    ///
    /// # Errors
    /// [`AnchorFlaw::NotACertificate`], [`AnchorFlaw::NotAKey`].
    pub fn from_certificate(der: &[u8]) -> Result<Self, AnchorFlaw> {
        let certificate = Certificate::read(der).ok_or(AnchorFlaw::NotACertificate)?;
        let digest = sha256(&[der]);
        let id = digest.get(..CERTIFICATE_ID).map(<[u8]>::to_vec);
        let key = Self::of(certificate.key.clone(), id)?;
        Ok(Self {
            certificate: Some((certificate, digest)),
            ..key
        })
    }

    /// The last moment of the certificate it came in.
    #[must_use]
    pub fn valid_until(&self) -> Option<UnixTime> {
        let (certificate, _) = self.certificate.as_ref()?;
        Some(certificate.validity.until)
    }

    fn of(key: Option<PublicKey>, id: Option<Vec<u8>>) -> Result<Self, AnchorFlaw> {
        let key = key.ok_or(AnchorFlaw::NotAKey)?;
        Ok(Self {
            key,
            id,
            certificate: None,
        })
    }
}

/// What a key is good for.
#[derive(Clone, Debug, Default)]
pub struct KeyUse {
    /// The `iss` that it signs for; `None` where the format has no issuers of that kind.
    pub issuer: Option<String>,
    /// What its issuer is called; of a key from a certificate the certificate says it.
    pub name: Option<String>,
    /// Country of its issuer (ISO 3166-1 alpha-2), likewise.
    pub country: Option<String>,
    /// Its id, in place of the one that came with it; a key without any id is tried for every one.
    pub id: Option<Vec<u8>>,
    /// The document types it is good for.
    pub doc_types: Vec<String>,
    /// From when it counts.
    pub from: Option<UnixTime>,
    /// Until when it counts, that moment included.
    pub until: Option<UnixTime>,
}

/// One key that counts.
pub(super) struct KeyAnchor {
    key: PublicKey,
    id: Option<Vec<u8>>,
    pub(super) issuer: Option<String>,
    pub(super) facts: Issuer,
    pub(super) doc_types: Vec<String>,
    pub(super) validity: Validity,
    usages: HealthUsages,
    certificate: Option<Digest>,
}

impl KeyAnchor {
    pub(super) fn new(key: IssuerKey, usage: KeyUse, training: bool) -> Result<Self, AnchorFlaw> {
        let (certificate, digest) = key.certificate.unzip();
        let of_training = certificate.as_ref().is_some_and(Certificate::is_training)
            || usage.issuer.as_deref().is_some_and(is_training);
        if of_training != training {
            return Err(AnchorFlaw::OtherRealm);
        }
        let known = certificate.as_ref().map(Certificate::issuer);
        let (name, country) = known.map_or((None, None), |known| (Some(known.name), known.country));
        let always = Validity {
            from: usage.from.unwrap_or(UnixTime(i64::MIN)),
            until: usage.until.unwrap_or(UnixTime(i64::MAX)),
        };
        let validity = certificate.as_ref().map_or(always, |certificate| Validity {
            from: always.from.max(certificate.validity.from),
            until: always.until.min(certificate.validity.until),
        });
        Ok(Self {
            key: key.key,
            id: usage.id.or(key.id),
            facts: Issuer {
                name: usage
                    .name
                    .or(name)
                    .or(usage.issuer.clone())
                    .unwrap_or_default(),
                country: usage.country.or(country),
            },
            issuer: usage.issuer,
            doc_types: usage.doc_types,
            validity,
            usages: certificate.map_or_else(HealthUsages::default, |known| known.health_usages),
            certificate: digest,
        })
    }

    /// Whether this key comes into question for a message with this id and issuer.
    fn may_have_signed(&self, id: Option<&[u8]>, issuer: Claimed<'_>) -> bool {
        let same_issuer = match (self.issuer.as_deref(), issuer) {
            (Some(own), Claimed::Issuer(named)) => own == named,
            (Some(_), Claimed::Nobody) => false,
            (_, Claimed::Unsaid | Claimed::NotInFormat) | (None, _) => true,
        };
        let same_id = match (self.id.as_deref(), id) {
            (Some(own), Some(named)) => own == named,
            // Without an id the issuer has to do.
            (Some(_), None) => self.issuer.is_some() && matches!(issuer, Claimed::Issuer(_)),
            // With neither there is nothing in common.
            (None, _) => self.issuer.is_none() || !matches!(issuer, Claimed::NotInFormat),
        };
        same_issuer && same_id
    }
}

/// Whom a message names as its issuer, before anybody has looked at its signature: it selects
/// among keys and is under the signature that then holds.
#[derive(Clone, Copy)]
enum Claimed<'m> {
    Issuer(&'m str),
    /// Nobody, where somebody has to be named.
    Nobody,
    /// Nobody, where that may be left out: in a status list.
    Unsaid,
    /// Nobody, because the format has no issuer: in a security object. The key id has to do.
    NotInFormat,
}

/// Whether an issuer of this name belongs to the training authority.
fn is_training(issuer: &str) -> bool {
    issuer.contains(TRAINING_HOST)
}

/// What a health certificate has to be signed for (hcert specification §3.5, annex).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HealthUsage {
    Any,
    Test,
    Vaccination,
    Recovery,
}

/// What the extended key usage of a signer of health certificates allows. None of the three, or no
/// extended key usage, allows everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct HealthUsages {
    pub(super) test: bool,
    pub(super) vaccination: bool,
    pub(super) recovery: bool,
}

impl HealthUsages {
    fn allow(self, usage: HealthUsage) -> bool {
        let says_nothing = self == Self::default();
        says_nothing
            || match usage {
                HealthUsage::Any => true,
                HealthUsage::Test => self.test,
                HealthUsage::Vaccination => self.vaccination,
                HealthUsage::Recovery => self.recovery,
            }
    }
}

/// A signer whose key this desk holds.
pub(crate) struct KeySigner<'t> {
    anchor: &'t KeyAnchor,
    pub(crate) id: AnchorId,
}

impl KeySigner<'_> {
    pub(crate) fn issuer(&self) -> &Issuer {
        &self.anchor.facts
    }

    /// The id under which this desk holds the key.
    pub(crate) fn key_id(&self) -> Option<&[u8]> {
        self.anchor.id.as_deref()
    }

    pub(super) fn key(&self) -> &PublicKey {
        &self.anchor.key
    }

    /// Succeeds when the key counts now, and counted when this was signed.
    ///
    /// # Errors
    /// `issuer.chain_expired`.
    pub(crate) fn check_time(&self, signed: Option<UnixTime>, at: At) -> Result<(), Reason> {
        let counts = |time| self.anchor.validity.contains(time);
        if counts(at.time) && signed.is_none_or(counts) {
            Ok(())
        } else {
            Err(Reason::ChainExpired)
        }
    }

    /// Succeeds when the key may sign documents of this type and this use.
    ///
    /// # Errors
    /// `issuer.purpose_mismatch`.
    pub(crate) fn check_use(&self, doc_type: &str, usage: HealthUsage) -> Result<(), Reason> {
        let known = self.anchor.doc_types.iter().any(|known| known == doc_type);
        if known && self.anchor.usages.allow(usage) {
            Ok(())
        } else {
            Err(Reason::PurposeMismatch)
        }
    }
}

impl Trust {
    /// The payload of a message that one of the keys with its id and issuer has signed.
    ///
    /// `issuer` is whom the message names before anybody has looked at its signature.
    ///
    /// # Errors
    /// `desk.bundle_missing`, `issuer.unknown`, `issuer.training_only`, `issuer.key_mismatch`,
    /// `signature.invalid`.
    pub(crate) fn verify_by_key<'a>(
        &self,
        message: &UnverifiedSign1<'a>,
        issuer: Option<&str>,
    ) -> Result<(&'a [u8], KeySigner<'_>), Reason> {
        self.verify_by_key_of(message, issuer.map_or(Claimed::Nobody, Claimed::Issuer))
    }

    fn verify_by_key_of<'a>(
        &self,
        message: &UnverifiedSign1<'a>,
        issuer: Claimed<'_>,
    ) -> Result<(&'a [u8], KeySigner<'_>), Reason> {
        if self.is_empty() {
            return Err(Reason::BundleMissing);
        }
        let mut outcome = Err(match issuer {
            Claimed::Issuer(issuer) if is_training(issuer) && !self.is_training() => {
                Reason::TrainingOnly
            }
            _ => Reason::IssuerUnknown,
        });
        let candidates = self.keys.iter().enumerate();
        let candidates = candidates.filter(|(_, key)| key.may_have_signed(message.kid(), issuer));
        for (number, anchor) in candidates.take(MAX_TRIED) {
            outcome = message.verify(&anchor.key).map(|payload| (payload, number));
            if outcome.is_ok() {
                break;
            }
        }
        let (payload, number) = outcome?;
        let anchor = self.keys.get(number).ok_or(Reason::IssuerUnknown)?;
        let signer = KeySigner {
            anchor,
            id: self.authority_of(number),
        };
        Ok((payload, signer))
    }

    /// The same of a message that names no issuer because its format has none.
    ///
    /// # Errors
    /// As [`Self::verify_by_key`].
    pub(super) fn verify_by_key_id<'a>(
        &self,
        message: &UnverifiedSign1<'a>,
    ) -> Result<(&'a [u8], KeySigner<'_>), Reason> {
        self.verify_by_key_of(message, Claimed::NotInFormat)
    }

    /// The payload of a status list that a key of a known issuer has signed, and which authority
    /// that is. The key has to count now: a list is fetched now.
    ///
    /// # Errors
    /// As [`Self::verify_by_key`], and `issuer.chain_expired`.
    pub(crate) fn verify_list_by_key<'a>(
        &self,
        message: &UnverifiedSign1<'a>,
        issuer: Option<&str>,
        at: At,
    ) -> Result<(&'a [u8], AnchorId), Reason> {
        let issuer = issuer.map_or(Claimed::Unsaid, Claimed::Issuer);
        let (payload, signer) = self.verify_by_key_of(message, issuer)?;
        signer.check_time(None, at)?;
        Ok((payload, signer.id))
    }

    /// The signer with this certificate, if this desk holds it by itself.
    pub(super) fn pinned(&self, der: &[u8]) -> Option<KeySigner<'_>> {
        let digest = sha256(&[der]);
        let number = self
            .keys
            .iter()
            .position(|key| key.certificate == Some(digest))?;
        Some(KeySigner {
            anchor: self.keys.get(number)?,
            id: self.authority_of(number),
        })
    }

    /// Keys of one issuer are one authority: its status lists may be signed by another of them.
    fn authority_of(&self, number: usize) -> AnchorId {
        let issuer = self.keys.get(number).and_then(|key| key.issuer.as_deref());
        let same = |key: &KeyAnchor| issuer.is_some() && key.issuer.as_deref() == issuer;
        AnchorId::Key(self.keys.iter().position(same).unwrap_or(number))
    }
}
