//! A recipe can describe the flaws that tests of a verifier need, and only those happen.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use ciborium::Value;
use common::{AT, Read, at, authority, cbor, certificate, encode, envelope_of, find, nth, sign1};
use hwagin_training::cose::{AlgHeader, ChainPlace, Payload, Signature};
use hwagin_training::recipe::{Envelope, Proof};
use hwagin_training::x509::{Certificate, Extension, Name, oid};
use hwagin_training::{Card, ItemDigest, Key, KeyKind, Packing, Portrait, Presentation, Recipe};

fn minted(change: impl FnOnce(&mut Recipe)) -> Presentation {
    let mut recipe = Recipe::new(Card::Mdl, AT);
    change(&mut recipe);
    authority().mint(&recipe)
}

fn read(change: impl FnOnce(&mut Recipe)) -> Read {
    Read::new(&minted(change))
}

/// The documents of a response, unread.
fn response(shown: &Presentation) -> Value {
    cbor(
        nth(&cbor(&envelope_of(&shown.text)), 1)
            .as_bytes()
            .expect("bytes"),
    )
}

fn issuer_auth(shown: &Presentation) -> Value {
    let response = response(shown);
    let document = &at(&response, "documents").as_array().expect("array")[0];
    at(at(document, "issuerSigned"), "issuerAuth").clone()
}

#[test]
fn an_untouched_recipe_is_sound() {
    let read = read(|_| {});
    assert!(read.issuer_signature_verifies() && read.proof_verifies());
    assert!(read.chain_verifies(&authority().iaca_der()));
    assert_eq!(read.digest_flaws(), (vec![], vec![]));
}

#[test]
fn the_algorithm_header_goes_where_it_is_told() {
    let header = |alg: AlgHeader| sign1(&issuer_auth(&minted(|r| r.issuer_auth.alg = alg)));
    let es256 = Some(coset::Algorithm::Assigned(coset::iana::Algorithm::ES256));
    assert_eq!(header(AlgHeader::OfKey).protected.header.alg, es256);
    let bare = header(AlgHeader::Unprotected);
    assert_eq!(
        (bare.protected.header.alg.clone(), bare.unprotected.alg),
        (None, es256)
    );
    let none = header(AlgHeader::Missing);
    assert_eq!(
        (none.protected.header.alg.clone(), none.unprotected.alg),
        (None, None)
    );
    let other = header(AlgHeader::Protected(Value::Integer((-36).into())));
    let es512 = Some(coset::Algorithm::Assigned(coset::iana::Algorithm::ES512));
    assert_eq!(other.protected.header.alg, es512);
}

#[test]
fn signatures_are_spoiled_as_told() {
    let length = |signature: Signature| {
        let read = read(|r| r.issuer_auth.signature = signature);
        (
            read.issuer_auth.signature.len(),
            read.issuer_signature_verifies(),
        )
    };
    assert_eq!(length(Signature::Good), (64, true));
    assert_eq!(length(Signature::Empty), (0, false));
    assert_eq!(length(Signature::Flipped), (64, false));
    assert_eq!(length(Signature::Replaced(vec![1; 64])), (64, false));
    assert!(matches!(length(Signature::Der), (68..=72, false)));
}

#[test]
fn payloads_tags_and_chains_are_placed_as_told() {
    let nil = issuer_auth(&minted(|r| r.issuer_auth.payload = Payload::Nil));
    assert!(nil.as_array().expect("array")[2].is_null());
    let tagged = issuer_auth(&minted(|r| r.issuer_auth.tags = vec![18]));
    assert!(matches!(tagged, Value::Tag(18, _)));
    let protected = sign1(&issuer_auth(&minted(|r| {
        r.issuer_auth.chain = ChainPlace::Protected;
    })));
    assert_eq!(
        (
            protected.protected.header.rest.len(),
            protected.unprotected.rest.len()
        ),
        (1, 0)
    );
    let critical = (
        Value::Integer(2.into()),
        Value::Array(vec![Value::Text("new".to_owned())]),
    );
    let crit = sign1(&issuer_auth(&minted(|r| {
        r.issuer_auth.protected.push(critical);
    })));
    assert_eq!(crit.protected.header.crit.len(), 1);
    let empty = minted(|r| r.issuer_auth.protected_bytes = Some(vec![0xA0]));
    let empty = issuer_auth(&empty).as_array().expect("array")[0].clone();
    assert_eq!(empty, Value::Bytes(vec![0xA0]));
}

#[test]
fn an_intermediate_stands_between_root_and_signer() {
    let shown = minted(|r| {
        let mut between = Certificate::iaca("between", "Between");
        between.replace(Extension::basic_constraints(true, Some(0)));
        r.intermediates.push(between);
    });
    let chain = sign1(&issuer_auth(&shown)).unprotected.rest[0].1.clone();
    let chain = chain.into_array().expect("an array");
    let chain: Vec<_> = chain
        .into_iter()
        .map(|c| c.into_bytes().expect("bytes"))
        .collect();
    assert_eq!((chain.len(), &chain[0]), (2, &shown.signer));
    let [leaf, between] = [certificate(&chain[0]), certificate(&chain[1])];
    assert_eq!(leaf.issuer().as_raw(), between.subject().as_raw());
    assert!(between.is_ca());
}

#[test]
fn certificates_take_the_extensions_told() {
    let shown = minted(|r| {
        r.signer.remove(oid::EXTENDED_KEY_USAGE);
        r.signer.replace(Extension::key_usage(&[5]));
        r.signer
            .extensions
            .push(Extension::basic_constraints(true, None));
        r.signer.subject = Name {
            state: Some("Nowhere".to_owned()),
            ..Name::new("Odd")
        };
    });
    let signer = certificate(&shown.signer);
    assert!(signer.extended_key_usage().expect("readable").is_none() && signer.is_ca());
    assert!(
        signer
            .key_usage()
            .expect("readable")
            .expect("present")
            .value
            .key_cert_sign()
    );
    assert_eq!(signer.subject().to_string(), "C=ZZ, ST=Nowhere, CN=Odd");
    let reader = minted(|r| {
        r.signer
            .replace(Extension::extended_key_usage(&[oid::MDOC_READER]));
    });
    assert_ne!(reader.signer, shown.signer);
}

#[test]
fn every_kind_of_key_signs_and_verifies() {
    use p384::ecdsa::signature::Verifier;
    for kind in [
        KeyKind::P256,
        KeyKind::P384,
        KeyKind::P521,
        KeyKind::Ed25519,
    ] {
        let shown = minted(|r| {
            r.signer.key = Key::new(kind, "any");
            r.holder.key = Key::new(kind, "phone");
        });
        let read = Read::new(&shown);
        let signer = certificate(&shown.signer);
        let point = &signer.public_key().subject_public_key.data;
        let (message, raw) = (read.issuer_auth.tbs_data(&[]), &read.issuer_auth.signature);
        let verified = match kind {
            KeyKind::P256 => read.issuer_signature_verifies() && read.proof_verifies(),
            KeyKind::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .expect("a point")
                .verify(
                    &message,
                    &p384::ecdsa::Signature::from_slice(raw).expect("r and s"),
                )
                .is_ok(),
            KeyKind::P521 => p521::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .expect("a point")
                .verify(
                    &message,
                    &p521::ecdsa::Signature::from_slice(raw).expect("r and s"),
                )
                .is_ok(),
            KeyKind::Ed25519 => {
                let point: [u8; 32] = point[..].try_into().expect("32 bytes");
                let signature = ed25519_dalek::Signature::from_slice(raw).expect("64 bytes");
                ed25519_dalek::VerifyingKey::from_bytes(&point)
                    .expect("a point")
                    .verify_strict(&message, &signature)
                    .is_ok()
            }
            KeyKind::P384Sha256 | KeyKind::Rsa => {
                unreachable!("they sign health certificates; see hcert.rs")
            }
        };
        assert!(verified, "{kind:?}");
        assert!(read.chain_verifies(&authority().iaca_der()));
        let key = cbor(&shown.device_key);
        let curve = match kind {
            KeyKind::P256 => 1,
            KeyKind::P384 => 2,
            KeyKind::P521 => 3,
            KeyKind::Ed25519 => 6,
            KeyKind::P384Sha256 | KeyKind::Rsa => unreachable!(),
        };
        assert_eq!(nth(&key, -1), &Value::Integer(curve.into()));
    }
}

#[test]
fn the_signed_object_is_written_as_told() {
    let bare = read(|r| {
        r.mso.validity = None;
        r.mso.status = None;
        r.mso.digest_algorithm = "MD5".to_owned();
        r.mso
            .extra
            .push((Value::Text("more".to_owned()), Value::Null));
    });
    for gone in ["validityInfo", "status"] {
        assert!(find(&bare.mso, &Value::Text(gone.to_owned())).is_none());
    }
    assert_eq!(at(&bare.mso, "digestAlgorithm").as_text(), Some("MD5"));
    assert!(bare.issuer_signature_verifies());
    let twice = read(|r| {
        r.hooks.mso = Some(Box::new(|mso| {
            let entries = mso.as_map_mut().expect("map");
            entries.push(entries[0].clone());
        }));
    });
    let entries = twice.mso.as_map().expect("map");
    assert_eq!(
        entries
            .iter()
            .filter(|(k, _)| k.as_text() == Some("version"))
            .count(),
        2
    );
    assert!(twice.issuer_signature_verifies());
    let long = read(|r| r.mso.digest_algorithm = "SHA-512".to_owned());
    let digests = at(at(&long.mso, "valueDigests"), "org.iso.18013.5.1");
    assert_eq!(nth(digests, 0).as_bytes().expect("bytes").len(), 64);
}

#[test]
fn items_are_disclosed_altered_and_unsigned_as_told() {
    let odd = read(|r| {
        r.disclose(&["family_name", "age_over_19", "sex"], AT, Portrait::None);
        r.item("age_over_19").expect("there").value = Value::Bool(false);
        r.item("family_name").expect("there").altered = Some(Value::Null);
        r.item("sex").expect("there").digest = ItemDigest::Missing;
    });
    assert_eq!(odd.items.len(), 3);
    assert_eq!(odd.element("age_over_19"), &Value::Bool(false));
    assert_eq!(
        odd.digest_flaws(),
        (vec!["sex".to_owned()], vec!["family_name".to_owned()])
    );
    let wrong = read(|r| {
        r.item("portrait").expect("there").digest = ItemDigest::Wrong;
        r.withhold("birth_date");
    });
    assert_eq!(wrong.digest_flaws(), (vec![], vec!["portrait".to_owned()]));
    let cut = minted(|r| {
        r.hooks.item_bytes = Some(Box::new(|name, bytes| {
            if name == "portrait" {
                bytes.truncate(9);
            }
        }));
    });
    assert!(cut.envelope.len() + 600 < minted(|_| {}).envelope.len());
}

#[test]
fn the_holder_proves_as_told() {
    let proof = |proof| {
        let response = response(&minted(|r| r.holder.proof = proof));
        at(&response, "documents").as_array().expect("array")[0].clone()
    };
    let signed = |document: &Value| find(document, &Value::Text("deviceSigned".into())).cloned();
    assert!(signed(&proof(Proof::Missing)).is_none());
    let mac = signed(&proof(Proof::Mac)).expect("there");
    let mac = at(at(&mac, "deviceAuth"), "deviceMac")
        .as_array()
        .expect("array");
    assert_eq!(mac[3].as_bytes().expect("a tag").len(), 32);
    let empty = signed(&proof(Proof::Empty)).expect("there");
    assert_eq!(at(&empty, "deviceAuth"), &Value::Map(vec![]));
    assert!(!read(|r| r.holder.handover = "OtherHandover".to_owned()).proof_verifies());
    assert!(
        !read(|r| r.holder.signed_envelope = Some(Envelope::new(Card::Mdl, 5))).proof_verifies()
    );
}

#[test]
fn response_and_envelope_are_written_as_told() {
    let several = minted(|r| {
        r.response.documents = 3;
        r.response.version = "2.0".to_owned();
        r.envelope.purpose = Some("landlord".to_owned());
        r.envelope.challenge_hash = Some(vec![9; 32]);
        r.envelope.issued = Value::Integer((-1).into());
    });
    let read = response(&several);
    assert_eq!(at(&read, "documents").as_array().expect("array").len(), 3);
    assert_eq!(at(&read, "version").as_text(), Some("2.0"));
    let envelope = cbor(&several.envelope);
    assert_eq!(nth(&envelope, 2), &Value::Integer((-1).into()));
    assert_eq!(nth(&envelope, 4).as_text(), Some("landlord"));
    assert_eq!(nth(&envelope, 5).as_bytes(), Some(&vec![9; 32]));
    let none = response(&minted(|r| r.response.documents = 0));
    assert!(find(&none, &Value::Text("documents".into())).is_none());
}

#[test]
fn bytes_and_text_can_be_spoiled_at_the_end() {
    let plain = minted(|r| r.packing = Packing::Plain);
    assert_eq!(base45::decode(&plain.text[5..]).expect("base45")[0], 0);
    assert_eq!(envelope_of(&plain.text), plain.envelope);
    let unknown = minted(|r| r.hooks.body = Some(Box::new(|body| body[0] = 9)));
    assert_eq!(base45::decode(&unknown.text[5..]).expect("base45")[0], 9);
    let lower = minted(|r| r.hooks.text = Some(Box::new(|text| text.make_ascii_lowercase())));
    assert!(lower.text.starts_with("hwg1:"));
    let cut = minted(|r| r.hooks.envelope_bytes = Some(Box::new(|bytes| bytes.truncate(50))));
    assert_eq!(cut.envelope.len(), 50);
    let longer = minted(|r| {
        r.hooks.response = Some(Box::new(|v| v.as_map_mut().expect("map").clear()));
    });
    assert_eq!(response(&longer), Value::Map(vec![]));
}

#[test]
fn any_time_at_all_is_minted_without_a_panic() {
    for at in [i64::MIN, -1, 0, 253_402_300_800, i64::MAX] {
        for card in Card::ALL {
            let shown = authority().mint(&Recipe::new(card, at));
            assert_eq!(nth(&cbor(&shown.envelope), 2), &Value::Integer(at.into()));
            assert!(!authority().crl_der(at).is_empty() && !authority().status_list(at).is_empty());
        }
    }
    assert_eq!(encode(&Value::Null), [0xF6]);
}
