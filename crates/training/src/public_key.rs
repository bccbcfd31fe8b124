//! The public key of an issuer, in the spellings that a desk's list of keys takes.

use crate::cbor::encode;
use crate::key::{KeyKind, Secret};
use crate::text::{base64, base64url};

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Its kind.
    pub kind: KeyKind,
    /// `COSE_Key`, encoded.
    pub cose_key: Vec<u8>,
    /// `SubjectPublicKeyInfo`, DER.
    pub spki: Vec<u8>,
    numbers: (Vec<u8>, Option<Vec<u8>>),
}

impl PublicKey {
    pub(crate) fn of(secret: &Secret) -> Self {
        Self {
            kind: secret.kind(),
            cose_key: encode(&secret.cose_key()),
            spki: secret.spki(),
            numbers: secret.coordinates(),
        }
    }

    /// As PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        pem("PUBLIC KEY", &self.spki)
    }

    /// As a JWK (RFC 7517, RFC 8037), with that `kid` if there is one.
    #[must_use]
    pub fn jwk(&self, kid: Option<&str>) -> String {
        let (first, second) = &self.numbers;
        let first = base64url(first);
        let second = second.as_deref().map(base64url).unwrap_or_default();
        let curve =
            |name: &str| format!(r#""kty":"EC","crv":"{name}","x":"{first}","y":"{second}""#);
        let members = match self.kind {
            KeyKind::P256 => curve("P-256"),
            KeyKind::P384 | KeyKind::P384Sha256 => curve("P-384"),
            KeyKind::P521 => curve("P-521"),
            KeyKind::Ed25519 => format!(r#""kty":"OKP","crv":"Ed25519","x":"{first}""#),
            KeyKind::Rsa => format!(r#""kty":"RSA","n":"{first}","e":"{second}""#),
        };
        let kid = kid
            .map(|kid| format!(r#","kid":"{kid}""#))
            .unwrap_or_default();
        format!("{{{members}{kid}}}")
    }

    /// As the DID document of `did`, where it is the key `kid` and may make assertions.
    #[must_use]
    pub fn did_document(&self, did: &str, kid: &str) -> String {
        let jwk = self.jwk(None);
        format!(
            r#"{{"@context":"https://w3.org/ns/did/v1","id":"{did}","verificationMethod":[{{"id":"{did}#{kid}","controller":"{did}","type":"JsonWebKey2020","publicKeyJwk":{jwk}}}],"assertionMethod":["{did}#{kid}"]}}"#
        )
    }
}

/// `der` as PEM under that label (RFC 7468).
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    let mut out = format!("-----BEGIN {label}-----\n");
    for (place, letter) in base64(der).chars().enumerate() {
        if place > 0 && place % 64 == 0 {
            out.push('\n');
        }
        out.push(letter);
    }
    out.push_str(&format!("\n-----END {label}-----\n"));
    out
}
