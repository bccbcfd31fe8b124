//! Revocation batches of health certificates, in the JSON that the EU gateway hands out.
//!
//! A batch carries no signature that a desk can check; whoever fills the folder vouches for it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hwagin_verifier::UnixTime;
use hwagin_verifier::status::{HashKind, HealthBatch, HealthHash};
use serde::Deserialize;

/// What stands for "of every signer".
const ANY_SIGNER: &str = "UNKNOWN_KID";

#[derive(Deserialize)]
struct BatchFile {
    expires: String,
    kid: String,
    #[serde(rename = "hashType")]
    kind: Kind,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Kind {
    Signature,
    Uci,
    CountryCodeUci,
}

/// One hash, alone or in an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Bare(String),
    Named { hash: String },
}

/// The batch in this file.
pub(super) fn read(bytes: &[u8]) -> Option<HealthBatch> {
    let file: BatchFile = serde_json::from_slice(bytes).ok()?;
    let signer = match file.kid.as_str() {
        ANY_SIGNER => None,
        kid => Some(BASE64_STANDARD.decode(kid).ok()?),
    };
    let hash = |entry: Entry| -> Option<HealthHash> {
        let (Entry::Bare(text) | Entry::Named { hash: text }) = entry;
        let bytes = BASE64_STANDARD.decode(text).ok()?;
        // Some lists have the whole hash; the first half is what counts.
        bytes.get(..16)?.try_into().ok()
    };
    let ends: jiff::Timestamp = file.expires.parse().ok()?;
    Some(HealthBatch {
        signer,
        kind: match file.kind {
            Kind::Signature => HashKind::Signature,
            Kind::Uci => HashKind::Identifier,
            Kind::CountryCodeUci => HashKind::CountryAndIdentifier,
        },
        ends: UnixTime(ends.as_second()),
        hashes: file.entries.into_iter().map(hash).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_batch_and_nothing_that_is_half_of_one() {
        let batch = |kid: &str, kind: &str, hash: &str| {
            let text = format!(
                r#"{{"country":"XX","expires":"2027-11-01T00:00:00Z","kid":"{kid}",
                    "hashType":"{kind}","entries":[{{"hash":"{hash}"}}]}}"#
            );
            read(text.as_bytes())
        };
        let hash = BASE64_STANDARD.encode([7; 16]);
        let read = batch("UNKNOWN_KID", "COUNTRYCODEUCI", &hash).unwrap();
        assert_eq!(
            (&read.signer, read.kind),
            (&None, HashKind::CountryAndIdentifier)
        );
        assert_eq!(
            (read.ends, read.hashes),
            (UnixTime(1_825_027_200), vec![[7; 16]])
        );
        let read = batch("AQIDBAUGBwg=", "SIGNATURE", &hash).unwrap();
        assert_eq!(read.signer, Some(vec![1, 2, 3, 4, 5, 6, 7, 8]));
        assert!(batch("UNKNOWN_KID", "OTHER", &hash).is_none());
        assert!(batch("UNKNOWN_KID", "UCI", "AAAA").is_none());
        assert!(batch("not base64", "UCI", &hash).is_none());
    }
}
