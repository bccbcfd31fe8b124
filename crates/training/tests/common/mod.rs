//! Reads presentations back with code that the crate doesn't use: coset, x509-parser, base45,
//! `miniz_oxide`.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]
#![allow(dead_code, unreachable_pub)] // each test file is a program of its own and uses a part

pub mod document;
pub mod reader;
pub mod sd_cwt;

use ciborium::Value;
use coset::{CborSerializable, CoseSign1};
use hwagin_training::{Authority, Presentation};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, X509Certificate};

pub const AT: i64 = 1_800_000_000;

/// A file of the third-party vectors, or `None` (said on stderr) where they are absent.
pub fn published(file: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("HWAGIN_VECTORS").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        std::path::PathBuf::from,
    );
    if folder.is_dir() {
        return Some(std::fs::read(folder.join(file)).expect("a file of the vectors"));
    }
    assert!(
        std::env::var_os("HWAGIN_REQUIRE_VECTORS").is_none(),
        "third-party vectors are required and not at {}",
        folder.display()
    );
    eprintln!("skipped: no third-party vectors at {}", folder.display());
    None
}

/// A text member of a JSON file of them.
pub fn published_member(file: &str, member: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_slice(&published(file)?).expect("JSON");
    Some(json[member].as_str().expect("text").to_owned())
}

pub fn cbor(bytes: &[u8]) -> Value {
    ciborium::from_reader(bytes).expect("CBOR")
}

pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).expect("memory");
    out
}

/// The entry of a map under a text key.
pub fn at<'a>(map: &'a Value, key: &str) -> &'a Value {
    find(map, &Value::Text(key.to_owned())).unwrap_or_else(|| panic!("no {key} in {map:?}"))
}

/// The entry of a map under a number.
pub fn nth(map: &Value, key: i64) -> &Value {
    find(map, &Value::Integer(key.into())).unwrap_or_else(|| panic!("no {key} in {map:?}"))
}

pub fn find<'a>(map: &'a Value, key: &Value) -> Option<&'a Value> {
    map.as_map()
        .expect("a map")
        .iter()
        .find(|(k, _)| k == key)
        .map(|(_, v)| v)
}

/// What is inside tag 24.
pub fn opened(value: &Value) -> Value {
    let Value::Tag(24, inner) = value else {
        panic!("no tag 24 in {value:?}")
    };
    cbor(inner.as_bytes().expect("bytes"))
}

pub fn envelope_of(text: &str) -> Vec<u8> {
    let body = base45::decode(text.strip_prefix("HWG1:").expect("prefix")).expect("base45");
    match body.split_first() {
        Some((0, plain)) => plain.to_vec(),
        Some((1, zlib)) => miniz_oxide::inflate::decompress_to_vec_zlib(zlib).expect("zlib"),
        other => panic!("{other:?}"),
    }
}

pub fn sign1(value: &Value) -> CoseSign1 {
    CoseSign1::from_slice(&encode(value)).expect("COSE_Sign1")
}

pub fn certificate(der: &[u8]) -> X509Certificate<'_> {
    let (rest, certificate) = X509Certificate::from_der(der).expect("certificate");
    assert!(rest.is_empty());
    certificate
}

pub fn point_of(certificate: &X509Certificate<'_>) -> VerifyingKey {
    VerifyingKey::from_sec1_bytes(&certificate.public_key().subject_public_key.data)
        .expect("a P-256 point")
}

pub fn signed_by(tbs: &[u8], der_signature: &[u8], key: &VerifyingKey) -> bool {
    Signature::from_der(der_signature).is_ok_and(|s| key.verify(tbs, &s).is_ok())
}

pub fn verifies(message: &[u8], raw_signature: &[u8], key: &VerifyingKey) -> bool {
    Signature::from_slice(raw_signature).is_ok_and(|s| key.verify(message, &s).is_ok())
}

/// A presentation taken apart.
pub struct Read {
    pub envelope: Value,
    pub document: Value,
    pub mso: Value,
    pub issuer_auth: CoseSign1,
    pub signer: Vec<u8>,
    pub items: Vec<(String, Value, Vec<u8>)>,
}

impl Read {
    pub fn new(shown: &Presentation) -> Self {
        let envelope = cbor(&envelope_of(&shown.text));
        let response = cbor(nth(&envelope, 1).as_bytes().expect("bytes"));
        let document = at(&response, "documents").as_array().expect("array")[0].clone();
        let issuer_signed = at(&document, "issuerSigned");
        let issuer_auth = sign1(at(issuer_signed, "issuerAuth"));
        let mso = opened(&cbor(issuer_auth.payload.as_ref().expect("payload")));
        let chain = issuer_auth.unprotected.rest[0].1.clone();
        let mut items = Vec::new();
        for (namespace, list) in at(issuer_signed, "nameSpaces").as_map().expect("map") {
            for item in list.as_array().expect("array") {
                let name = namespace.as_text().expect("text").to_owned();
                items.push((name, opened(item), encode(item)));
            }
        }
        Self {
            envelope,
            document,
            mso,
            issuer_auth,
            signer: chain.into_bytes().expect("one certificate"),
            items,
        }
    }

    pub fn element(&self, name: &str) -> &Value {
        let named = |item: &&(String, Value, Vec<u8>)| {
            at(&item.1, "elementIdentifier").as_text() == Some(name)
        };
        at(
            &self.items.iter().find(named).expect("the element").1,
            "elementValue",
        )
    }

    /// Names of the elements whose digest the signed object lacks, and of those where it differs.
    pub fn digest_flaws(&self) -> (Vec<String>, Vec<String>) {
        let (mut missing, mut wrong) = (Vec::new(), Vec::new());
        for (namespace, item, bytes) in &self.items {
            let name = at(item, "elementIdentifier")
                .as_text()
                .expect("text")
                .to_owned();
            let digests = at(at(&self.mso, "valueDigests"), namespace);
            match find(digests, at(item, "digestID")) {
                None => missing.push(name),
                Some(digest)
                    if digest.as_bytes().expect("bytes")[..] != Sha256::digest(bytes)[..] =>
                {
                    wrong.push(name);
                }
                Some(_) => {}
            }
        }
        (missing, wrong)
    }

    pub fn issuer_signature_verifies(&self) -> bool {
        let key = point_of(&certificate(&self.signer));
        let signature = &self.issuer_auth.signature;
        verifies(&self.issuer_auth.tbs_data(&[]), signature, &key)
    }

    pub fn chain_verifies(&self, root: &[u8]) -> bool {
        let (leaf, root) = (certificate(&self.signer), certificate(root));
        leaf.issuer().as_raw() == root.subject().as_raw()
            && signed_by(
                leaf.tbs_certificate.as_ref(),
                &leaf.signature_value.data,
                &point_of(&root),
            )
    }

    /// Does the key of the signed object verify the proof, over what the envelope says?
    pub fn proof_verifies(&self) -> bool {
        let device_signed = at(&self.document, "deviceSigned");
        let proof = sign1(at(at(device_signed, "deviceAuth"), "deviceSignature"));
        let entries = self.envelope.as_map().expect("map");
        let or_null = |key: i64| {
            let mut found = entries
                .iter()
                .filter(|(known, _)| *known == Value::from(key));
            found.next().map_or(Value::Null, |(_, value)| value.clone())
        };
        let input = Value::Array(vec![
            or_null(5),
            or_null(4),
            nth(&self.envelope, 2).clone(),
            nth(&self.envelope, 3).clone(),
        ]);
        let handover = Value::Array(vec![
            Value::Text("HwaginOpticalHandover-1".to_owned()),
            Value::Bytes(Sha256::digest(encode(&input)).to_vec()),
        ]);
        let authentication = Value::Array(vec![
            Value::Text("DeviceAuthentication".to_owned()),
            Value::Array(vec![Value::Null, Value::Null, handover]),
            at(&self.document, "docType").clone(),
            at(device_signed, "nameSpaces").clone(),
        ]);
        let payload = encode(&Value::Tag(
            24,
            Box::new(Value::Bytes(encode(&authentication))),
        ));
        let key = at(at(&self.mso, "deviceKeyInfo"), "deviceKey");
        let part = |label| nth(key, label).as_bytes().expect("bytes").clone();
        let point = [vec![4], part(-2), part(-3)].concat();
        let key = VerifyingKey::from_sec1_bytes(&point).expect("a point");
        assert!(proof.payload.is_none());
        verifies(
            &proof.tbs_detached_data(&payload, &[]),
            &proof.signature,
            &key,
        )
    }
}

pub fn authority() -> Authority {
    Authority::built_in()
}
