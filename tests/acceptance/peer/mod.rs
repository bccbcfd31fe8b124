//! `isomdl` and `rcgen`, as issuer, phone and reader.

use isomdl::cbor;
use isomdl::definitions::device_request::ItemsRequest;
use isomdl::definitions::device_signed::DeviceAuthType;
use isomdl::definitions::helpers::{ByteStr, NonEmptyMap};
use isomdl::definitions::session::SessionTranscript;
use isomdl::definitions::x509::X5Chain;
use isomdl::definitions::{
    CoseKey, DeviceKeyInfo, DeviceResponse, DigestAlgorithm, EC2Curve, EC2Y, ValidityInfo,
};
use isomdl::issuance::Mdoc;
use isomdl::presentation::authentication::mdoc::{device_authentication, issuer_authentication};
use isomdl::presentation::device::{DeviceSession, Document, Documents};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::DecodePrivateKey;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, DnValue,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

const MDL: &str = "org.iso.18013.5.1.mDL";
const NAMESPACE: &str = "org.iso.18013.5.1";

/// What the peer has minted.
pub(super) struct Minted {
    pub(super) root: Vec<u8>,
    pub(super) response: Vec<u8>,
}

/// What the peer has read.
pub(super) struct Read {
    pub(super) doc_type: String,
    pub(super) names: Vec<String>,
}

/// The session transcript of the optical handover, in the peer's own types.
#[derive(Clone, Serialize, Deserialize)]
struct Optical((), (), (String, ByteStr));

impl SessionTranscript for Optical {}

impl Optical {
    fn new(issued: i64, cti: [u8; 16]) -> Self {
        let input = ((), (), issued, ByteStr::from(cti.to_vec()));
        let hash = Sha256::digest(cbor::to_vec(&input).unwrap()).to_vec();
        Self((), (), ("HwaginOpticalHandover-1".to_owned(), hash.into()))
    }
}

struct Phone {
    documents: Documents,
    transcript: Optical,
}

impl DeviceSession for Phone {
    type ST = Optical;

    fn documents(&self) -> &Documents {
        &self.documents
    }

    fn session_transcript(&self) -> Optical {
        self.transcript.clone()
    }

    fn device_auth_type(&self) -> DeviceAuthType {
        DeviceAuthType::Sign1
    }
}

fn named(common_name: &str, at: OffsetDateTime) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mut name = DistinguishedName::new();
    name.push(
        DnType::CountryName,
        DnValue::PrintableString("ZZ".try_into().unwrap()),
    );
    name.push(DnType::CommonName, common_name);
    params.distinguished_name = name;
    params.not_before = at - Duration::days(30);
    params.not_after = at + Duration::days(400);
    params
}

fn elements() -> BTreeMap<String, ciborium::Value> {
    let text = |text: &str| ciborium::Value::Text(text.to_owned());
    let date = |date: &str| ciborium::Value::Tag(1004, Box::new(text(date)));
    [
        ("family_name", text("SPECIMEN")),
        ("given_name", text("PEER")),
        ("birth_date", date("1999-01-01")),
        ("document_number", text("PEER-000000")),
        ("issuing_country", text("ZZ")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// A driving licence valid around `at`, disclosed in full and signed for `at` and `cti`.
pub(super) fn mint(at: i64, cti: [u8; 16]) -> Minted {
    let now = OffsetDateTime::from_unix_timestamp(at).unwrap();
    let (root_key, signer_key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let mut root = named("Peer IACA", now);
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let root_der = root.self_signed(&root_key).unwrap().der().to_vec();
    let mut signer = named("Peer DS", now);
    signer.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    signer.extended_key_usages = vec![ExtendedKeyUsagePurpose::Other(vec![1, 0, 18013, 5, 1, 2])];
    let signer = signer
        .signed_by(&signer_key, &Issuer::new(root, root_key))
        .unwrap();

    let device = SigningKey::random(&mut p256::elliptic_curve::rand_core::OsRng);
    let issuer = SigningKey::from_pkcs8_der(&signer_key.serialize_der()).unwrap();
    let chain = X5Chain::builder()
        .with_der_certificate(signer.der())
        .unwrap()
        .build()
        .unwrap();
    let mdoc = Mdoc::builder()
        .doc_type(MDL.to_owned())
        .namespaces([(NAMESPACE.to_owned(), elements())].into())
        .validity_info(ValidityInfo {
            signed: now - Duration::days(20),
            valid_from: now - Duration::days(20),
            valid_until: now + Duration::days(100),
            expected_update: None,
        })
        .digest_algorithm(DigestAlgorithm::SHA256)
        .device_key_info(device_key_info(&device))
        .issue::<SigningKey, Signature>(chain, issuer)
        .unwrap();
    Minted {
        root: root_der,
        response: present(mdoc, &device, Optical::new(at, cti)),
    }
}

fn device_key_info(device: &SigningKey) -> DeviceKeyInfo {
    let point = device.verifying_key().to_encoded_point(false);
    let y = EC2Y::Value(point.y().unwrap().to_vec());
    let device_key = CoseKey::EC2 {
        crv: EC2Curve::P256,
        x: point.x().unwrap().to_vec(),
        y,
    };
    DeviceKeyInfo {
        device_key,
        key_authorizations: None,
        key_info: None,
    }
}

fn present(mdoc: Mdoc, device: &SigningKey, transcript: Optical) -> Vec<u8> {
    let names: Vec<String> = elements().into_keys().collect();
    let wanted: BTreeMap<String, bool> = names.iter().map(|n| (n.clone(), false)).collect();
    let request = ItemsRequest {
        doc_type: MDL.to_owned(),
        namespaces: NonEmptyMap::new(NAMESPACE.to_owned(), wanted.try_into().unwrap()),
        request_info: None,
    };
    let permitted = [(MDL.to_owned(), [(NAMESPACE.to_owned(), names)].into())].into();
    let phone = Phone {
        documents: Documents::new(MDL.to_owned(), Document::from(mdoc)),
        transcript,
    };
    let mut prepared = phone.prepare_response(&vec![request], permitted);
    let (_, message) = prepared.get_next_signature_payload().unwrap();
    let signature: Signature = device.sign(message);
    prepared.submit_next_signature(signature.to_vec());
    cbor::to_vec(&prepared.finalize_response()).unwrap()
}

/// A response whose issuer's and device's signatures hold for the peer.
///
/// # Errors
/// Which of the two does not, or what cannot be read.
pub(super) fn read(response: &[u8], issued: i64, cti: [u8; 16]) -> Result<Read, String> {
    let response: DeviceResponse = cbor::from_slice(response).map_err(|e| e.to_string())?;
    let documents = response.documents.ok_or("no documents")?.into_inner();
    let document = documents.first().ok_or("no document")?;
    let chain = document.issuer_signed.issuer_auth.inner.unprotected.rest[0]
        .1
        .clone();
    let chain = X5Chain::from_cbor(chain).map_err(|e| format!("chain: {e}"))?;
    issuer_authentication(chain, &document.issuer_signed).map_err(|e| format!("issuer: {e:?}"))?;
    device_authentication(document, Optical::new(issued, cti))
        .map_err(|e| format!("device: {e:?}"))?;
    let spaces = document
        .issuer_signed
        .namespaces
        .as_ref()
        .ok_or("no namespaces")?;
    let items = spaces.values().flat_map(|items| items.iter());
    let names = items
        .map(|item| item.as_ref().element_identifier.clone())
        .collect();
    Ok(Read {
        doc_type: document.doc_type.clone(),
        names,
    })
}
