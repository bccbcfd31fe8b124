//! Certificates and lists keep to ISO/IEC 18013-5 annex B, as other code reads them.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{AT, at, authority, cbor, certificate, nth, point_of, signed_by, verifies};
use coset::{CoseSign1, TaggedCborSerializable};
use hwagin_training::{Authority, Card, Case, DAY, ListPacking, STATUS_URI, status_index, x509};
use sha2::{Digest, Sha256};
use x509_parser::prelude::*;

const ISSUER_ALT_NAME: &str = "2.5.29.18";

fn extension<'a>(certificate: &'a X509Certificate<'_>, oid: &str) -> &'a X509Extension<'a> {
    certificate
        .extensions()
        .iter()
        .find(|e| e.oid.to_id_string() == oid)
        .unwrap_or_else(|| panic!("no {oid}"))
}

#[test]
fn the_root_is_the_same_bytes_for_ever() {
    let digest: String = Sha256::digest(authority().iaca_der())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(
        digest,
        "ac8bbfc61c71c203818bacc72b7735742684dedd99461c80dd46fb7de7960f93"
    );
}

#[test]
fn the_root_follows_the_profile() {
    let der = authority().iaca_der();
    let root = certificate(&der);
    assert_eq!(root.subject().as_raw(), root.issuer().as_raw());
    assert_eq!(
        root.subject().to_string(),
        "C=ZZ, O=Hwagin Training, CN=Hwagin Training IACA – not a real authority"
    );
    let constraints = root
        .basic_constraints()
        .expect("readable")
        .expect("present");
    assert!(constraints.critical && constraints.value.ca);
    assert_eq!(constraints.value.path_len_constraint, Some(0));
    let usage = root.key_usage().expect("readable").expect("present");
    assert!(usage.critical && usage.value.flags == 1 << 5 | 1 << 6);
    extension(&root, ISSUER_ALT_NAME);
    let key_id = sha1::Sha1::digest(&root.public_key().subject_public_key.data);
    let written = extension(&root, "2.5.29.14");
    let ParsedExtension::SubjectKeyIdentifier(id) = written.parsed_extension() else {
        panic!("{written:?}")
    };
    assert_eq!(id.0, &key_id[..]);
    let validity = root.validity();
    assert_eq!(validity.not_before.timestamp(), 1_735_689_600);
    assert!(validity.not_after.timestamp() - validity.not_before.timestamp() < 20 * 366 * DAY);
    assert_eq!(root.version(), X509Version::V3);
    assert!(signed_by(
        root.tbs_certificate.as_ref(),
        &root.signature_value.data,
        &point_of(&root)
    ));
}

#[test]
fn document_signers_follow_the_profile() {
    let root = authority().iaca_der();
    let root = certificate(&root);
    for case in [Case::Valid, Case::DsRevoked, Case::DsCountry] {
        let der = authority().present(Card::Mdl, case, AT).signer;
        assert!(der.len() <= 600, "{} bytes", der.len());
        let signer = certificate(&der);
        assert_eq!(signer.issuer().as_raw(), root.subject().as_raw());
        let data = &signer.signature_value.data;
        assert!(signed_by(
            signer.tbs_certificate.as_ref(),
            data,
            &point_of(&root)
        ));
        let validity = signer.validity();
        let (from, until) = (
            validity.not_before.timestamp(),
            validity.not_after.timestamp(),
        );
        assert!(from < AT - 10 * DAY && AT + 180 * DAY < until && until - from <= 457 * DAY);
        assert_eq!(from % DAY, 0);
        let usage = signer.key_usage().expect("readable").expect("present");
        assert!(usage.critical && usage.value.flags == 1);
        let purpose = extension(&signer, "2.5.29.37");
        assert!(purpose.critical);
        assert_eq!(
            purpose.value,
            [0x30, 9, 6, 7, 0x28, 0x81, 0x8C, 0x5D, 5, 1, 2]
        );
        assert!(signer.basic_constraints().expect("readable").is_none());
        for oid in ["2.5.29.35", "2.5.29.14", ISSUER_ALT_NAME, "2.5.29.31"] {
            assert!(!extension(&signer, oid).critical);
        }
        let points = extension(&signer, "2.5.29.31");
        assert!(matches!(
            points.parsed_extension(),
            ParsedExtension::CRLDistributionPoints(_)
        ));
        let id = key_identifier(&signer);
        assert_eq!(
            id,
            sha1::Sha1::digest(&root.public_key().subject_public_key.data)[..]
        );
    }
}

fn key_identifier(certificate: &X509Certificate<'_>) -> Vec<u8> {
    match extension(certificate, "2.5.29.35").parsed_extension() {
        ParsedExtension::AuthorityKeyIdentifier(id) => id
            .key_identifier
            .as_ref()
            .expect("an identifier")
            .0
            .to_vec(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_revocation_list_names_one_signer() {
    let (root, list) = (authority().iaca_der(), authority().crl_der(AT));
    let root = certificate(&root);
    let (rest, list) = CertificateRevocationList::from_der(&list).expect("a CRL");
    assert!(rest.is_empty());
    assert_eq!(list.issuer().as_raw(), root.subject().as_raw());
    assert_eq!(list.version(), Some(X509Version::V2));
    let next = list.next_update().expect("nextUpdate").timestamp();
    let this = list.last_update().timestamp();
    assert!(this <= AT && AT - this < 3_600 && next > AT && next - this <= 90 * DAY);
    let data = &list.signature_value.data;
    assert!(signed_by(
        list.tbs_cert_list.as_ref(),
        data,
        &point_of(&root)
    ));
    let oids: Vec<String> = list
        .extensions()
        .iter()
        .map(|e| e.oid.to_id_string())
        .collect();
    assert_eq!(oids, ["2.5.29.35", "2.5.29.20"]);
    let revoked = authority().present(Card::Mfc, Case::DsRevoked, AT).signer;
    let listed: Vec<&[u8]> = list
        .iter_revoked_certificates()
        .map(|c| c.raw_serial())
        .collect();
    assert_eq!(listed, [certificate(&revoked).raw_serial()]);
}

#[test]
fn a_list_of_nobody_is_written_without_entries() {
    let root = x509::Certificate::iaca("training root", "Some IACA");
    let list = authority().crl(&x509::Crl::new(root, &[], AT));
    let (_, list) = CertificateRevocationList::from_der(&list).expect("a CRL");
    assert_eq!(list.iter_revoked_certificates().count(), 0);
}

#[test]
fn the_status_list_holds_the_value_of_each_case() {
    let token = authority().status_list(AT);
    let token = CoseSign1::from_tagged_slice(&token).expect("tag 18");
    let header = token.protected.header.clone();
    let named = |label: i64| {
        let found = header
            .rest
            .iter()
            .find(|(l, _)| *l == coset::Label::Int(label));
        found.map(|(_, value)| value.clone()).expect("a header")
    };
    assert_eq!(named(16).as_text(), Some("application/statuslist+cwt"));
    let signer = named(33).into_bytes().expect("one certificate");
    let (root, signer) = (authority().iaca_der(), certificate(&signer));
    let root = certificate(&root);
    let data = &signer.signature_value.data;
    assert!(signed_by(
        signer.tbs_certificate.as_ref(),
        data,
        &point_of(&root)
    ));
    assert_eq!(
        signer
            .key_usage()
            .expect("readable")
            .expect("present")
            .value
            .flags,
        1
    );
    assert!(verifies(
        &token.tbs_data(&[]),
        &token.signature,
        &point_of(&signer)
    ));

    let claims = cbor(token.payload.as_ref().expect("payload"));
    assert_eq!(nth(&claims, 2).as_text(), Some(STATUS_URI));
    let number =
        |label| i64::try_from(nth(&claims, label).as_integer().expect("int")).expect("i64");
    assert!(number(6) <= AT && AT < number(4) && number(65_534) > 0);
    let list = nth(&claims, 65_533);
    let bytes = at(list, "lst").as_bytes().expect("bytes");
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(bytes).expect("zlib");
    let value = |index: usize| bytes[index / 4] >> (index % 4 * 2) & 3;
    for card in Card::ALL {
        let values = [0, 1, 2, 3].map(|n| value(status_index(card) + n));
        assert_eq!(values, [0, 2, 1, 3]);
    }
}

#[test]
fn the_foreign_root_is_of_another_name_and_key() {
    let (ours, foreign) = (authority().iaca_der(), authority().foreign_iaca_der());
    let (ours, foreign) = (certificate(&ours), certificate(&foreign));
    assert_ne!(ours.subject().as_raw(), foreign.subject().as_raw());
    assert_ne!(ours.public_key().raw, foreign.public_key().raw);
}

#[test]
fn lists_can_be_packed_wrongly_on_purpose() {
    let mut recipe = Authority::status_recipe(AT);
    let mut packed = |packing| {
        recipe.packing = packing;
        let token = CoseSign1::from_tagged_slice(&authority().token(&recipe)).expect("tag 18");
        let claims = cbor(token.payload.as_ref().expect("payload"));
        at(nth(&claims, 65_533), "lst")
            .as_bytes()
            .expect("bytes")
            .clone()
    };
    assert!(packed(ListPacking::Gzip).starts_with(&[0x1F, 0x8B]));
    assert_eq!(packed(ListPacking::None).len(), 1_024);
    let raw = packed(ListPacking::Raw);
    assert_eq!(
        miniz_oxide::inflate::decompress_to_vec(&raw)
            .expect("deflate")
            .len(),
        1_024
    );
}
