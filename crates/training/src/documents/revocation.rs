//! Batches of revoked health certificates, as the gateway of the EU DCC hands them out.

use super::HcertKind;
use super::health::uvci;
use crate::issuer::HEALTH_ISSUER;
use crate::key::sha256;
use crate::text::base64;
use crate::time::{DAY, rfc3339};

/// What of a certificate a batch has the hashes of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashType {
    /// The identifier.
    Uci,
    /// The country of the issuer, and the identifier behind it.
    CountryCodeUci,
    /// The signature: its first half, where it is r and s.
    Signature,
}

impl HashType {
    /// The name in a batch.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Uci => "UCI",
            Self::CountryCodeUci => "COUNTRYCODEUCI",
            Self::Signature => "SIGNATURE",
        }
    }
}

/// Describes a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationBatch {
    /// Whose certificates.
    pub country: String,
    /// Signed under that key, or under whichever.
    pub kid: Option<Vec<u8>>,
    /// Of what the hashes are.
    pub hash_type: HashType,
    /// The hashes: the first 16 bytes of a SHA-256 each.
    pub entries: Vec<Vec<u8>>,
    /// When the batch may be forgotten.
    pub expires: i64,
}

impl RevocationBatch {
    /// The batch with the certificates of the case `revoked`.
    #[must_use]
    pub fn new(hash_type: HashType, at: i64) -> Self {
        let country = match hash_type {
            HashType::CountryCodeUci => HEALTH_ISSUER,
            HashType::Uci | HashType::Signature => "",
        };
        let kinds = [HcertKind::Vaccination, HcertKind::Test, HcertKind::Recovery];
        let entries = kinds.map(|kind| Self::hash([country, &uvci(kind, true)].concat()));
        Self {
            country: HEALTH_ISSUER.to_owned(),
            kid: None,
            hash_type,
            entries: entries.to_vec(),
            expires: at.saturating_add(180 * DAY),
        }
    }

    /// The hash of what stands for a certificate, as a batch has it.
    #[must_use]
    pub fn hash(what: impl AsRef<[u8]>) -> Vec<u8> {
        sha256(&[what.as_ref()]).into_iter().take(16).collect()
    }

    /// As JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let kid = self.kid.as_deref().map(base64);
        let entries: Vec<String> = self
            .entries
            .iter()
            .map(|hash| format!(r#"{{"hash":"{}"}}"#, base64(hash)))
            .collect();
        format!(
            r#"{{"country":"{}","expires":"{}","kid":"{}","hashType":"{}","entries":[{}]}}"#,
            self.country,
            rfc3339(self.expires),
            kid.as_deref().unwrap_or("UNKNOWN_KID"),
            self.hash_type.name(),
            entries.join(",")
        )
    }
}
