//! The parts of `case.toml`.

use hwagin_verifier::UnixTime;
use hwagin_verifier::holder::Challenge;
use serde::Deserialize;

/// A bundle's times, unix seconds.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct BundleFile {
    /// When it was issued.
    pub issued: i64,
    /// When the next one is due.
    pub due: i64,
    /// When it ends.
    pub ends: i64,
    /// Whether the clock was set back while the desk ran.
    #[serde(default)]
    pub set_back: bool,
}

/// A challenge.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct ChallengeFile {
    /// Its hash, hex.
    pub hash: String,
    /// The purpose that it asks for.
    pub purpose: String,
    /// When it ends, unix seconds.
    pub ends: i64,
    /// Whether it has a nonce.
    pub displayed: bool,
}

impl ChallengeFile {
    pub(super) fn read(&self) -> Challenge {
        Challenge {
            hash: crate::hex(&self.hash).try_into().unwrap(),
            purpose: self.purpose.clone(),
            ends: UnixTime(self.ends),
            is_displayed: self.displayed,
        }
    }
}

/// A session: a transcript, or an audience with or without a nonce.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct SessionFile {
    /// An encoded `SessionTranscript`, hex.
    pub transcript: Option<String>,
    /// `aud`.
    pub audience: Option<String>,
    /// `cnonce`, hex.
    pub nonce: Option<String>,
}

/// A hash in a batch.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct RevokedFile {
    /// `signature`, `identifier` or `country_and_identifier`.
    pub kind: String,
    /// The signer's key id, hex; every signer's without it.
    pub signer: Option<String>,
    /// When the batch ends.
    pub ends: i64,
    /// The first 16 bytes of a SHA-256, hex.
    pub hash: String,
}

/// What a proof is remembered by.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The device's `COSE_Key`, hex.
    pub key: String,
    /// The id of the presentation, hex.
    pub cti: String,
}
