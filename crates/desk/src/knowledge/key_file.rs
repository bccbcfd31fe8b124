//! Files with public keys of issuers: JSON Web Keys, DID documents, lists of signers of health
//! certificates, `COSE_Key`, PEM and DER.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use hwagin_verifier::trust::IssuerKey;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use serde::Deserialize;

use super::problem::ProblemCode;

/// Keys in one file at most. The largest list of a country's signers had some 200.
const MAX_IN_FILE: usize = 4_096;

/// A key, with what its file says beside it.
pub(super) struct FileKey {
    pub(super) key: IssuerKey,
    /// Its id, in place of the one that a certificate has by itself.
    pub(super) id: Option<Vec<u8>>,
    /// The issuer that a DID document is of.
    pub(super) issuer: Option<String>,
}

impl FileKey {
    fn of(key: IssuerKey) -> Self {
        Self {
            key,
            id: None,
            issuer: None,
        }
    }
}

/// The keys in this file; where one of them is none, the file is none.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<FileKey>, ProblemCode> {
    let bad = ProblemCode::NotAKey;
    let text = std::str::from_utf8(bytes).map(str::trim_start).ok();
    if text.is_some_and(|text| text.starts_with('{')) {
        let file: JsonFile = serde_json::from_slice(bytes).map_err(|_| bad)?;
        return file.keys().filter(|keys| !keys.is_empty()).ok_or(bad);
    }
    if text.is_some_and(|text| text.contains("-----BEGIN ")) {
        return pem(bytes).filter(|keys| !keys.is_empty()).ok_or(bad);
    }
    let key = IssuerKey::from_certificate(bytes)
        .or_else(|_| IssuerKey::from_spki(bytes))
        .or_else(|_| IssuerKey::from_cose_key(bytes));
    Ok(vec![FileKey::of(key.map_err(|_| bad)?)])
}

fn pem(bytes: &[u8]) -> Option<Vec<FileKey>> {
    let certificates = CertificateDer::pem_slice_iter(bytes)
        .map(|der| IssuerKey::from_certificate(&der.ok()?).ok());
    let keys = SubjectPublicKeyInfoDer::pem_slice_iter(bytes)
        .map(|der| IssuerKey::from_spki(&der.ok()?).ok());
    let all = certificates.chain(keys).take(MAX_IN_FILE);
    all.map(|key| key.map(FileKey::of)).collect()
}

/// Whichever of these a JSON file is: the members of the others are not there.
#[derive(Deserialize)]
struct JsonFile {
    #[serde(flatten)]
    one: Jwk,
    /// A JWK set (RFC 7517 §5).
    #[serde(default)]
    keys: Vec<Jwk>,
    /// The DID of a DID document.
    id: Option<String>,
    #[serde(default, rename = "verificationMethod")]
    methods: Vec<Method>,
    /// A list of signers as the apps of the EU DCC load it.
    #[serde(default)]
    certificates: Vec<Listed>,
}

/// A public JSON Web Key (RFC 7517, RFC 7518 §6, RFC 8037 §2).
#[derive(Deserialize, Default)]
#[serde(default)]
struct Jwk {
    kty: Option<String>,
    kid: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

#[derive(Deserialize)]
struct Method {
    id: String,
    #[serde(rename = "publicKeyJwk")]
    jwk: Option<Jwk>,
}

#[derive(Deserialize)]
struct Listed {
    kid: Option<String>,
    #[serde(rename = "rawData")]
    certificate: String,
}

impl JsonFile {
    fn keys(self) -> Option<Vec<FileKey>> {
        if self.one.kty.is_some() {
            return Some(vec![self.one.key()?]);
        }
        let issuer = self.id.filter(|id| id.starts_with("did:"));
        let of_method = |method: Method| {
            let key = method.jwk?.key()?;
            // The part behind the DID is what a message names.
            let name = method
                .id
                .rsplit_once('#')
                .map(|(_, name)| name.as_bytes().to_vec());
            Some(FileKey {
                id: name.or(key.id),
                issuer: issuer.clone(),
                key: key.key,
            })
        };
        let sets = self.keys.into_iter().map(|jwk| jwk.key());
        let methods = self.methods.into_iter().map(of_method);
        let listed = self.certificates.into_iter().map(Listed::key);
        sets.chain(methods)
            .chain(listed)
            .take(MAX_IN_FILE)
            .collect()
    }
}

impl Jwk {
    fn key(self) -> Option<FileKey> {
        let bytes = |text: &Option<String>| {
            let text = text.as_deref()?.trim_end_matches('=');
            BASE64_URL_SAFE_NO_PAD.decode(text).ok()
        };
        let key = match self.kty.as_deref()? {
            "EC" | "OKP" => {
                let y = bytes(&self.y);
                IssuerKey::from_curve(self.crv.as_deref()?, &bytes(&self.x)?, y.as_deref())
            }
            "RSA" => IssuerKey::from_rsa(&bytes(&self.n)?, &bytes(&self.e)?),
            _ => return None,
        };
        Some(FileKey {
            key: key.ok()?,
            id: self.kid.map(String::into_bytes),
            issuer: None,
        })
    }
}

impl Listed {
    fn key(self) -> Option<FileKey> {
        let der = BASE64_STANDARD.decode(self.certificate).ok()?;
        let kid = self.kid.map(|kid| BASE64_STANDARD.decode(kid).ok());
        let key = IssuerKey::from_certificate(&der).ok()?;
        Some(FileKey {
            id: kid.flatten(),
            ..FileKey::of(key)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JWK: &str = r#"{"kty":"EC","crv":"P-256","kid":"one",
        "x":"zRR-XGsCp12Vvbgui4DD6O6cqmhfPuXMhi1OxPl8760",
        "y":"Iv5SU6FuW-TRYh5_GOrJlcV_gpF_GpFQhCOD8LSk3T0"}"#;

    fn ids(text: &str) -> Result<Vec<Option<Vec<u8>>>, ProblemCode> {
        read(text.as_bytes()).map(|keys| keys.into_iter().map(|key| key.id).collect())
    }

    #[test]
    fn reads_one_key_a_set_of_keys_and_a_did_document() {
        let one = Some(b"one".to_vec());
        assert_eq!(ids(JWK), Ok(vec![one.clone()]));
        assert_eq!(
            ids(&format!(r#"{{"keys":[{JWK},{JWK}]}}"#)),
            Ok(vec![one.clone(), one])
        );
        let did = format!(
            r#"{{"id":"did:web:issuer.example","verificationMethod":[
                {{"id":"did:web:issuer.example#key-1","type":"JsonWebKey2020","publicKeyJwk":{JWK}}}]}}"#
        );
        let keys = read(did.as_bytes()).unwrap();
        assert_eq!(keys[0].id.as_deref(), Some(&b"key-1"[..]));
        assert_eq!(keys[0].issuer.as_deref(), Some("did:web:issuer.example"));
    }

    #[test]
    fn a_file_without_a_key_or_with_half_of_one_is_none() {
        for broken in [
            "",
            "{",
            "{}",
            r#"{"keys":[]}"#,
            r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#,
            r#"{"kty":"oct","k":"AA"}"#,
            r#"{"keys":[{"kty":"EC"}]}"#,
            r#"{"certificates":[{"kid":"AA==","rawData":"AA=="}]}"#,
            "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n",
            "-----BEGIN NOTHING-----\n",
        ] {
            assert_eq!(ids(broken), Err(ProblemCode::NotAKey), "{broken}");
        }
    }
}
