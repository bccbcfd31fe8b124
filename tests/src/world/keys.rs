//! The keys of issuers that the desk of the tests holds.

use super::{CLAIM_169, HEALTH, NZCP, doc_types};
use hwagin_training::Authority;
use hwagin_training::issuer::{ID_ISSUER, NZCP_ISSUER, NZCP_KID, id_key, nzcp_key};
use hwagin_verifier::UnixTime;
use hwagin_verifier::trust::{IssuerKey, KeyUse};

/// What the keys in a file of the world, or one like it, are good for: its name begins with whose
/// they are. Behind that it may say an id (`kid` and hex), a time (`from`, `until` and unix
/// seconds) or that they are good for `cards` only, as `health-1-kid-0011.der`,
/// `nzcp-until-1800000000.cose` and `id-cards.cose` do.
///
/// # Panics
/// Where the name is like none of them.
pub fn key_use(file: &str) -> KeyUse {
    let words: Vec<_> = file.split(['.', '-']).collect();
    let said = |word: &str| {
        let at = words.iter().position(|it| *it == word)?;
        Some(words[at + 1])
    };
    let time = |word| said(word).map(|seconds| UnixTime(seconds.parse().unwrap()));
    let (issuer, id, doc_types) = match words[0] {
        "health" => (None, None, HEALTH.map(str::to_owned).to_vec()),
        "nzcp" => (Some(NZCP_ISSUER), Some(NZCP_KID), vec![NZCP.to_owned()]),
        "id" => (Some(ID_ISSUER), None, vec![CLAIM_169.to_owned()]),
        // A key of the training authority is told by its issuer, and a certificate says it itself.
        "issuer" if file.ends_with(".der") => (None, None, doc_types()),
        "issuer" => (Some(ID_ISSUER), None, doc_types()),
        _ => panic!("{file}: good for nothing"),
    };
    KeyUse {
        issuer: issuer.map(str::to_owned),
        id: said("kid")
            .map(crate::hex)
            .or(id.map(|id| id.as_bytes().to_vec())),
        doc_types: if words.contains(&"cards") {
            super::doc_types()
        } else {
            doc_types
        },
        from: time("from"),
        until: time("until"),
        ..KeyUse::default()
    }
}

/// The key in this file: a certificate, or a `COSE_Key`.
///
/// # Panics
/// Where it holds none.
pub fn key(file: &str, bytes: &[u8]) -> IssuerKey {
    if file.ends_with(".der") {
        IssuerKey::from_certificate(bytes).unwrap()
    } else {
        IssuerKey::from_cose_key(bytes).unwrap()
    }
}

/// The keys of the training authority's issuers, as files.
pub fn key_files() -> Vec<(&'static str, Vec<u8>)> {
    let authority = Authority::built_in();
    let [health, test, vaccination, rsa] = authority.health_signers_der();
    vec![
        ("health.der", health),
        ("health-test.der", test),
        ("health-vaccination.der", vaccination),
        ("health-rsa.der", rsa),
        ("nzcp.cose", authority.public_key(&nzcp_key()).cose_key),
        ("id.cose", authority.public_key(&id_key()).cose_key),
    ]
}
