//! Health certificates are what `hcert_spec` says, and flawed where they are told to be.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use ciborium::Value;
use common::document::DocumentRead;
use common::{
    AT, at, authority, certificate, find, nth, point_of, published_member, signed_by, verifies,
};
use hwagin_training::cose::{AlgHeader, Payload, Signature};
use hwagin_training::cwt::Kid;
use hwagin_training::documents::{Compression, HashType, RevocationBatch};
use hwagin_training::issuer::{HealthUse, health_root, health_signer, health_signers};
use hwagin_training::{DAY, DocumentCase, DocumentKind, Hcert, HcertKind, Key, phone};
use sha2::{Digest, Sha256};

fn int(number: i64) -> Value {
    Value::Integer(number.into())
}

fn taken(change: impl FnOnce(&mut Hcert)) -> DocumentRead {
    let mut recipe = Hcert::new(HcertKind::Vaccination, AT);
    change(&mut recipe);
    DocumentRead::new(&authority().mint_hcert(&recipe).message)
}

fn of(kind: HcertKind, case: DocumentCase) -> DocumentRead {
    let document = authority().document(DocumentKind::Hcert(kind), case, AT);
    let document = document.expect("there is such a case");
    let prefix = if kind == HcertKind::Light {
        "LT1:"
    } else {
        "HC1:"
    };
    DocumentRead::of_base45(prefix, &document.text)
}

/// Does the signer of everything, or the one of that number, verify it?
fn verified_by(read: &DocumentRead, signer: usize) -> bool {
    let key = point_of(&certificate(&authority().health_signers_der()[signer])).to_owned();
    verifies(&read.message.tbs_data(&[]), &read.message.signature, &key)
}

fn kid(signer: usize) -> Value {
    let der = &authority().health_signers_der()[signer];
    Value::Bytes(Sha256::digest(der)[..8].to_vec())
}

#[test]
fn every_kind_is_signed_and_in_its_place() {
    for kind in HcertKind::ALL {
        let read = of(kind, DocumentCase::Valid);
        assert_eq!(read.tags, [18]);
        assert!(read.message.unprotected.is_empty());
        assert_eq!(
            (nth(&read.header, 1), nth(&read.header, 4)),
            (&int(-7), &kid(0))
        );
        assert!(verified_by(&read, 0));
        assert_eq!(nth(&read.claims, 1).as_text(), Some("ZZ"));
        assert_eq!(
            nth(&read.claims, 6),
            &int(AT - AT.rem_euclid(DAY) - 10 * DAY)
        );
        let certificate = match kind {
            HcertKind::Light => nth(&read.claims, -250),
            HcertKind::DdccVs => nth(nth(&read.claims, -260), 3),
            HcertKind::DdccTr => nth(nth(&read.claims, -260), 4),
            HcertKind::Dvc => nth(nth(&read.claims, -260), -6),
            _ => nth(nth(&read.claims, -260), 1),
        };
        let (name, birth) = match kind {
            HcertKind::DdccVs | HcertKind::DdccTr => (at(certificate, "name"), "birthDate"),
            HcertKind::Dvc => (at(certificate, "n"), "dob"),
            _ => (at(at(certificate, "nam"), "fnt"), "dob"),
        };
        assert!(name.as_text().expect("text").starts_with("SPECIMEN"));
        assert_eq!(at(certificate, birth).as_text(), Some("1999-01-01"));
    }
}

#[test]
fn a_published_certificate_is_built_the_same() {
    let Some(text) = published_member("hcert/common/CO18.json", "PREFIX") else {
        return;
    };
    let published = DocumentRead::of_base45("HC1:", &text);
    let ours = of(HcertKind::Vaccination, DocumentCase::Valid);
    assert_eq!(published.tags, ours.tags);
    assert_eq!(nth(&published.header, 1), nth(&ours.header, 1));
    let kid = |read: &DocumentRead| nth(&read.header, 4).as_bytes().expect("bytes").len();
    assert_eq!(kid(&published), kid(&ours));
    for key in [1, 4, 6, -260] {
        assert!(find(&published.claims, &int(key)).is_some(), "{key}");
    }
    let names = |read: &DocumentRead| {
        let dcc = nth(nth(&read.claims, -260), 1)
            .as_map()
            .expect("a map")
            .clone();
        let mut names: Vec<String> = dcc
            .iter()
            .map(|(k, _)| k.as_text().expect("text").to_owned())
            .collect();
        names.retain(|name| !["v", "t", "r"].contains(&name.as_str()));
        names.sort();
        names
    };
    assert_eq!(names(&published), names(&ours));
}

#[test]
fn signers_are_certified_for_what_they_are_told_to_be() {
    let authority = authority();
    let root = authority.certificate(&health_root(), &health_root());
    let uses = |der: &[u8]| {
        let signer = certificate(der);
        assert!(signed_by(
            signer.tbs_certificate.as_ref(),
            &signer.signature_value.data,
            &point_of(&certificate(&root))
        ));
        let organisation = signer.subject().iter_organization().next();
        let organisation = organisation.map(|o| o.as_str().expect("text"));
        assert_eq!(organisation, Some("Hwagin Training"));
        let uses = signer.extended_key_usage().expect("readable");
        uses.map(|uses| {
            uses.value
                .other
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        })
    };
    let held = authority.health_signers_der();
    let arc = "1.3.6.1.4.1.1847.2021.1";
    assert_eq!(uses(&held[0]), None);
    assert_eq!(uses(&held[1]), Some(vec![format!("{arc}.1")]));
    assert_eq!(uses(&held[2]), Some(vec![format!("{arc}.2")]));
    assert_eq!(uses(&held[3]), None);
    let all = [HealthUse::Test, HealthUse::Vaccination, HealthUse::Recovery];
    let of = |told: &[HealthUse]| {
        let signer = health_signer(Key::p256("any"), Some(told));
        authority.certificate(&signer, &health_root())
    };
    assert_eq!(uses(&of(&all)).expect("there").len(), 3);
    // x509-parser reads no empty one: its bytes have to do.
    let empty = of(&[]);
    let extension = [6, 3, 0x55, 0x1D, 0x25, 4, 2, 0x30, 0];
    assert!(empty.windows(extension.len()).any(|part| part == extension));
}

#[test]
fn an_rsa_key_signs_with_ps256() {
    let [.., rsa] = health_signers();
    let read = taken(|r| r.sign_by(rsa));
    assert_eq!(
        (nth(&read.header, 1), nth(&read.header, 4)),
        (&int(-37), &kid(3))
    );
    let signer = authority().health_signers_der()[3].clone();
    let key = certificate(&signer)
        .public_key()
        .subject_public_key
        .data
        .to_vec();
    let key = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key);
    let (message, signature) = (read.message.tbs_data(&[]), &read.message.signature);
    assert_eq!(signature.len(), 256);
    assert!(key.verify(&message, signature).is_ok());
    assert!(key.verify(b"another", signature).is_err());
}

#[test]
fn a_certificate_signed_with_rsa_verifies() {
    use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
    let [.., rsa] = health_signers();
    let der = authority().certificate(&rsa, &rsa);
    let certificate = certificate(&der);
    let key = certificate.public_key().subject_public_key.data.to_vec();
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
    let signed = certificate.tbs_certificate.as_ref();
    assert!(
        key.verify(signed, &certificate.signature_value.data)
            .is_ok()
    );
}

#[test]
fn headers_are_where_they_are_told_to_be() {
    let unprotected = taken(|r| {
        r.cwt.sign1.alg = AlgHeader::Unprotected;
        r.cwt.kid.protected = None;
        r.cwt.kid.unprotected = Some(Kid::OfKey);
    });
    assert_eq!(unprotected.header, Value::Map(vec![]));
    let es256 = Some(coset::Algorithm::Assigned(coset::iana::Algorithm::ES256));
    assert_eq!(unprotected.message.unprotected.alg, es256);
    assert_eq!(
        Value::Bytes(unprotected.message.unprotected.key_id.clone()),
        kid(0)
    );
    assert!(verified_by(&unprotected, 0));
    let both = taken(|r| {
        r.cwt.sign1.unprotected.push((int(1), int(-7)));
        r.cwt.kid.unprotected = Some(Kid::Other(Value::Bytes(b"foo".to_vec())));
    });
    assert_eq!(
        (nth(&both.header, 4), nth(&both.header, 1)),
        (&kid(0), &int(-7))
    );
    assert_eq!(
        (
            &both.message.unprotected.key_id[..],
            &both.message.unprotected.alg
        ),
        (&b"foo"[..], &es256)
    );
    for tags in [vec![], vec![61, 18], vec![18]] {
        let read = taken(|r| r.cwt.sign1.tags.clone_from(&tags));
        assert!(read.tags == tags && verified_by(&read, 0));
    }
    let bad = taken(|r| r.cwt.sign1.signature = Signature::Flipped);
    assert!(!verified_by(&bad, 0));
    let other = taken(|r| r.cwt.sign1.payload = Payload::Replaced(vec![0xA0]));
    assert_eq!(other.claims, Value::Map(vec![]));
}

#[test]
fn times_and_content_are_as_told() {
    let read = taken(|r| {
        r.cwt.set(6, Value::Float(1_600_000_000.5));
        r.cwt.remove(4);
        *r.certificate().expect("there") = Value::Bytes(vec![1]);
    });
    assert_eq!(nth(&read.claims, 6), &Value::Float(1_600_000_000.5));
    assert!(find(&read.claims, &int(4)).is_none());
    assert!(nth(nth(&read.claims, -260), 1).is_bytes() && verified_by(&read, 0));
}

#[test]
fn the_text_is_spoiled_as_told() {
    let minted = |change: fn(&mut Hcert)| {
        let mut recipe = Hcert::new(HcertKind::Test, AT);
        change(&mut recipe);
        authority().mint_hcert(&recipe)
    };
    let sound = minted(|_| {});
    let plain = minted(|r| r.compression = Compression::None);
    assert_eq!(plain.body, sound.message);
    let broken = minted(|r| r.compression = Compression::Broken);
    assert!(miniz_oxide::inflate::decompress_to_vec_zlib(&broken.body).is_err());
    assert!(base45::decode(&broken.text[4..]).is_ok());
    let text = minted(|r| r.hooks.text = Some(Box::new(|text| text.push_str(":::"))));
    assert!(base45::decode(&text.text[4..]).is_err());
    assert!(
        minted(|r| "HC2:".clone_into(&mut r.prefix))
            .text
            .starts_with("HC2:")
    );
}

#[test]
fn each_case_is_flawed_as_its_name_says() {
    for kind in HcertKind::ALL {
        let cases: Vec<DocumentCase> = DocumentKind::Hcert(kind).cases().collect();
        assert_eq!(cases.len(), if kind.place() == Some(1) { 8 } else { 6 });
        let sound = of(kind, DocumentCase::Valid);
        for case in cases {
            let read = of(kind, case);
            let today = AT - AT.rem_euclid(DAY);
            let time = |key| {
                i64::try_from(nth(&read.claims, key).as_integer().expect("a time")).expect("small")
            };
            let mut expected = sound.claims.clone();
            let mut set = |key: i64, value: i64| {
                let entry = expected
                    .as_map_mut()
                    .expect("a map")
                    .iter_mut()
                    .find(|(k, _)| *k == int(key));
                entry.expect("there").1 = int(value);
            };
            match case {
                DocumentCase::EndingSoon => set(4, AT + 3 * DAY),
                DocumentCase::Expired => set(4, today - DAY),
                DocumentCase::NotYet => set(6, today + DAY),
                _ => {}
            }
            let same = read.claims == expected;
            let alters = matches!(case, DocumentCase::AlteredName | DocumentCase::Revoked);
            assert_eq!(same, !alters, "{case:?}");
            assert!(time(4) > time(6) || case == DocumentCase::Expired);
            let signer = match (case, kind) {
                (DocumentCase::WrongUse, HcertKind::Vaccination) => 1,
                (DocumentCase::WrongUse, _) => 2,
                _ => 0,
            };
            let known = case != DocumentCase::WrongIssuer;
            assert_eq!(nth(&read.header, 4) == &kid(signer), known);
            assert_eq!(
                verified_by(&read, signer),
                known && case != DocumentCase::AlteredName
            );
        }
    }
}

#[test]
fn a_batch_has_the_revoked_certificates_and_no_other() {
    for (kind, list) in [
        (HcertKind::Vaccination, "v"),
        (HcertKind::Test, "t"),
        (HcertKind::Recovery, "r"),
    ] {
        let identifier = |case| {
            let read = of(kind, case);
            let entries = at(nth(nth(&read.claims, -260), 1), list)
                .as_array()
                .expect("an array")
                .clone();
            at(&entries[0], "ci").as_text().expect("text").to_owned()
        };
        let (good, revoked) = (
            identifier(DocumentCase::Valid),
            identifier(DocumentCase::Revoked),
        );
        let hash = |text: &str| Sha256::digest(text)[..16].to_vec();
        let batch = RevocationBatch::new(HashType::Uci, AT);
        assert!(batch.entries.contains(&hash(&revoked)) && !batch.entries.contains(&hash(&good)));
        let batch = RevocationBatch::new(HashType::CountryCodeUci, AT);
        assert!(batch.entries.contains(&hash(&format!("ZZ{revoked}"))));
    }
    let mut batch = RevocationBatch::new(HashType::Signature, 0);
    batch.entries = vec![RevocationBatch::hash([1, 2, 3])];
    batch.kid = Some(vec![0xFF; 8]);
    assert_eq!(
        batch.json(),
        r#"{"country":"ZZ","expires":"1970-06-30T00:00:00Z","kid":"//////////8=","hashType":"SIGNATURE","entries":[{"hash":"A5BYxvLAy0ksUzsKTRTvdw=="}]}"#
    );
}

#[test]
fn documents_are_the_same_again_and_fit_a_code() {
    for kind in DocumentKind::ALL {
        assert_eq!(DocumentKind::from_id(kind.id()), Some(kind));
        for case in kind.cases() {
            assert_eq!(DocumentCase::from_id(case.id()), Some(case));
            let document = authority()
                .document(kind, case, AT)
                .expect("there is such a case");
            if case == DocumentCase::Valid {
                let again = authority().document(kind, case, AT);
                assert_eq!(Some(&document), again.as_ref());
            }
            let version = phone::qr_version(&document.text).expect("fits");
            assert!(
                version <= 25,
                "{} {}: version {version}",
                kind.id(),
                case.id()
            );
        }
    }
    let none = authority().document(DocumentKind::Nzcp, DocumentCase::Encrypted, AT);
    assert_eq!(none, None);
}
