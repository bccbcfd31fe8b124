//! An NZCP and Claim 169 are what their specifications say, and flawed where they are told to be.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use aws_lc_rs::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ciborium::Value;
use common::document::{DocumentRead, base32};
use common::reader::read;
use common::{AT, at, authority, encode, find, nth, published, published_member, verifies};
use hwagin_training::documents::Compression;
use hwagin_training::documents::claim_169::{Encryption, Wrapping};
use hwagin_training::issuer::{id_key, nzcp_key};
use hwagin_training::{
    Claim169, DAY, Document, DocumentCase, DocumentKind, Nzcp, Portrait, PublicKey,
};
use p256::ecdsa::VerifyingKey;

fn int(number: i64) -> Value {
    Value::Integer(number.into())
}

fn document(kind: DocumentKind, case: DocumentCase) -> Document {
    let document = authority().document(kind, case, AT);
    document.expect("there is such a case")
}

fn nzcp(case: DocumentCase) -> DocumentRead {
    DocumentRead::of_nzcp(&document(DocumentKind::Nzcp, case).text)
}

fn identity(case: DocumentCase) -> DocumentRead {
    DocumentRead::of_base45("", &document(DocumentKind::Claim169, case).text)
}

/// Does the key verify the message?
fn verified_by(read: &DocumentRead, key: &PublicKey) -> bool {
    let cose = read.message.tbs_data(&[]);
    let key = common::cbor(&key.cose_key);
    let part = |label| nth(&key, label).as_bytes().expect("bytes").clone();
    if nth(&key, 1) == &int(1) {
        let point: [u8; 32] = part(-2).try_into().expect("32 bytes");
        let key = ed25519_dalek::VerifyingKey::from_bytes(&point).expect("a point");
        let signature = ed25519_dalek::Signature::from_slice(&read.message.signature);
        return signature.is_ok_and(|s| key.verify_strict(&cose, &s).is_ok());
    }
    let point = [vec![4], part(-2), part(-3)].concat();
    let key = VerifyingKey::from_sec1_bytes(&point).expect("a point");
    verifies(&cose, &read.message.signature, &key)
}

#[test]
fn a_pass_is_built_as_the_published_one() {
    let Some(text) = published("nzcp/valid/nzcp.txt") else {
        return;
    };
    let published = DocumentRead::of_nzcp(String::from_utf8(text).expect("text").trim());
    let ours = nzcp(DocumentCase::Valid);
    assert_eq!(ours.tags, published.tags);
    assert_eq!(ours.keys(), published.keys());
    for key in [1, 4] {
        assert_eq!(nth(&ours.header, key), nth(&published.header, key));
    }
    let cti = |read: &DocumentRead| nth(&read.claims, 7).as_bytes().expect("bytes").len();
    assert_eq!((cti(&ours), cti(&published)), (16, 16));
    let vc = |read: &DocumentRead| at(&read.claims, "vc").clone();
    for name in ["@context", "version", "type"] {
        assert_eq!(at(&vc(&ours), name), at(&vc(&published), name));
    }
    let (ours, vc) = (vc(&ours), vc(&published));
    let subject = |vc: &Value| at(vc, "credentialSubject").as_map().expect("a map").clone();
    let names = |vc| {
        subject(vc)
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&ours), names(&vc));
}

#[test]
fn each_case_of_a_pass_is_flawed_as_its_name_says() {
    let key = authority().public_key(&nzcp_key());
    let today = AT - AT.rem_euclid(DAY);
    assert_eq!(DocumentKind::Nzcp.cases().count(), 6);
    for case in DocumentKind::Nzcp.cases() {
        let read = nzcp(case);
        let forged = matches!(case, DocumentCase::AlteredName | DocumentCase::WrongIssuer);
        assert_eq!(verified_by(&read, &key), !forged, "{case:?}");
        let issuer = nth(&read.claims, 1).as_text();
        let ours = issuer == Some("did:web:training.hwagin.invalid");
        assert_eq!(ours, case != DocumentCase::WrongIssuer);
        let until = match case {
            DocumentCase::EndingSoon => AT + 3 * DAY,
            DocumentCase::Expired => today - DAY,
            _ => today + 180 * DAY,
        };
        let from = if case == DocumentCase::NotYet {
            today + DAY
        } else {
            today - 10 * DAY
        };
        assert_eq!(
            (nth(&read.claims, 4), nth(&read.claims, 5)),
            (&int(until), &int(from))
        );
        let name = at(
            at(at(&read.claims, "vc"), "credentialSubject"),
            "familyName",
        );
        let altered = name.as_text() == Some("SPECIMAN");
        assert_eq!(altered, case == DocumentCase::AlteredName);
    }
}

#[test]
fn a_pass_is_spoiled_as_told() {
    let mut recipe = Nzcp::new(AT);
    recipe.kid = b"key-2".to_vec();
    recipe.prefix = "NZCP:/2/".to_owned();
    recipe.hooks.text = Some(Box::new(|text| text.push('=')));
    let shown = authority().mint_nzcp(&recipe);
    let text = shown.text.strip_prefix("NZCP:/2/").expect("the prefix");
    assert_eq!(
        base32(text.strip_suffix('=').expect("padding")),
        shown.message
    );
    let read = DocumentRead::new(&shown.message);
    assert_eq!(nth(&read.header, 4).as_bytes(), Some(&b"key-2".to_vec()));
}

#[test]
fn an_identity_is_built_as_the_published_one() {
    let file = "claim-169/valid/ed25519-signed.json";
    let Some(text) = published_member(file, "qr_data") else {
        return;
    };
    let published = DocumentRead::of_base45("", &text);
    let ours = identity(DocumentCase::Valid);
    assert_eq!(
        (&ours.tags, &ours.header),
        (&published.tags, &published.header)
    );
    for key in [1, 4, 6, 169] {
        assert!(find(&published.claims, &int(key)).is_some());
        assert!(find(&ours.claims, &int(key)).is_some());
    }
    for key in [1, 4] {
        assert!(nth(nth(&published.claims, 169), key).is_text());
        assert!(nth(nth(&ours.claims, 169), key).is_text());
    }
    let photo = nth(nth(&ours.claims, 169), 16).as_bytes().expect("bytes");
    assert!(photo.starts_with(b"RIFF") && nth(nth(&ours.claims, 169), 17) == &int(4));
}

#[test]
fn each_case_of_an_identity_is_flawed_as_its_name_says() {
    let key = authority().public_key(&id_key());
    assert_eq!(DocumentKind::Claim169.cases().count(), 9);
    for case in DocumentKind::Claim169.cases() {
        if case == DocumentCase::Encrypted {
            continue;
        }
        let read = identity(case);
        let forged = [
            DocumentCase::AlteredName,
            DocumentCase::WrongIssuer,
            DocumentCase::Unsigned,
        ];
        assert_eq!(
            verified_by(&read, &key),
            !forged.contains(&case),
            "{case:?}"
        );
        assert_eq!(
            read.message.signature.is_empty(),
            case == DocumentCase::Unsigned
        );
        let issuer = nth(&read.claims, 1).as_text();
        let ours = issuer == Some("https://training.hwagin.invalid");
        assert_eq!(ours, case != DocumentCase::WrongIssuer);
        let status = find(&read.claims, &int(65_535));
        assert_eq!(status.is_some(), case == DocumentCase::Revoked);
    }
}

/// What is inside a `COSE_Encrypt0`.
fn decrypted(message: &[u8], encryption: Encryption) -> Vec<u8> {
    let Value::Tag(16, inner) = common::cbor(message) else {
        panic!("no tag 16")
    };
    let parts = inner.into_array().expect("an array");
    let protected = parts[0].as_bytes().expect("bytes");
    let (algorithm, number) = match encryption {
        Encryption::A128Gcm => (&AES_128_GCM, 1),
        Encryption::A256Gcm => (&AES_256_GCM, 3),
    };
    assert_eq!(nth(&common::cbor(protected), 1), &int(number));
    let structure = vec![
        Value::Text("Encrypt0".into()),
        parts[0].clone(),
        Value::Bytes(vec![]),
    ];
    let aad = Aad::from(encode(&Value::Array(structure)));
    let nonce = nth(&parts[1], 5).as_bytes().expect("bytes");
    let nonce = Nonce::try_assume_unique_for_key(nonce).expect("12 bytes");
    let key = authority().content_key(encryption);
    let key = LessSafeKey::new(UnboundKey::new(algorithm, &key).expect("a key"));
    let mut sealed = parts[2].as_bytes().expect("bytes").clone();
    key.open_in_place(nonce, aad, &mut sealed)
        .expect("the tag holds")
        .to_vec()
}

#[test]
fn an_encrypted_identity_opens_with_its_key() {
    let key = authority().public_key(&id_key());
    for encryption in [Encryption::A128Gcm, Encryption::A256Gcm] {
        let mut recipe = Claim169::new(AT);
        recipe.encryption = Some(encryption);
        let message = decrypted(&authority().mint_claim_169(&recipe).message, encryption);
        assert!(verified_by(&DocumentRead::new(&message), &key));
        recipe.wrapping = Wrapping::Bare;
        let message = decrypted(&authority().mint_claim_169(&recipe).message, encryption);
        assert_eq!(
            nth(&read(&message), 1).as_text(),
            Some("https://training.hwagin.invalid")
        );
    }
    let case = document(DocumentKind::Claim169, DocumentCase::Encrypted);
    decrypted(&case.message, Encryption::A256Gcm);
}

#[test]
fn an_identity_is_spoiled_as_told() {
    let minted = |change: fn(&mut Claim169)| {
        let mut recipe = Claim169::new(AT);
        change(&mut recipe);
        authority().mint_claim_169(&recipe)
    };
    for (tags, text) in [(vec![], "6"), (vec![61, 18], "6"), (vec![18], "6")] {
        let mut recipe = Claim169::new(AT);
        recipe.cwt.sign1.tags.clone_from(&tags);
        let shown = authority().mint_claim_169(&recipe);
        assert_eq!(DocumentRead::of_base45("", &shown.text).tags, tags);
        assert!(!shown.text.starts_with(text) || shown.text.starts_with("6BF"));
    }
    let more = DocumentRead::new(
        &minted(|r| {
            r.photo(Portrait::None);
            r.biometrics();
            r.set(70, Value::Text("unknown".into()));
            r.remove(13);
            r.cwt.kid = hwagin_training::cwt::KidHeader::protected();
        })
        .message,
    );
    let identity = nth(&more.claims, 169);
    assert!(find(identity, &int(16)).is_none() && find(identity, &int(13)).is_none());
    for key in 50..=65 {
        assert_eq!(nth(identity, key).as_array().expect("an array").len(), 1);
    }
    assert!(nth(identity, 70).is_text());
    assert_eq!(nth(&more.header, 4).as_bytes(), Some(&b"id-1".to_vec()));
    let large = DocumentRead::new(&minted(|r| r.photo(Portrait::Large)).message);
    assert_eq!(nth(nth(&large.claims, 169), 17), &int(1));
    let pixel_pass = minted(|r| r.wrapping = Wrapping::PixelPass);
    let values = read(&pixel_pass.message);
    assert_eq!(
        at(&values, "4").as_text(),
        Some("TESTINA ALEXANDRA MARIA SPECIMEN")
    );
    let plain = minted(|r| r.compression = Compression::None);
    assert_eq!(base45::decode(&plain.text).expect("base45"), plain.message);
}

#[test]
fn public_keys_are_spelled_as_lists_of_keys_take_them() {
    let key = authority().public_key(&nzcp_key());
    let cose = common::cbor(&key.cose_key);
    let x = nth(&cose, -2).as_bytes().expect("bytes");
    assert!(key.spki.windows(32).any(|part| part == &x[..]));
    let jwk = key.jwk(Some("key-1"));
    assert!(
        jwk.starts_with(r#"{"kty":"EC","crv":"P-256","x":""#)
            && jwk.ends_with(r#","kid":"key-1"}"#)
    );
    let did = key.did_document("did:web:training.hwagin.invalid", "key-1");
    assert!(
        did.contains(&key.jwk(None))
            && did.contains(r#""id":"did:web:training.hwagin.invalid#key-1""#)
    );
    let pem = key.pem();
    let (rest, pem) = x509_parser::pem::parse_x509_pem(pem.as_bytes()).expect("PEM");
    assert!(rest.is_empty() && pem.label == "PUBLIC KEY" && pem.contents == key.spki);
    let ed25519 = authority().public_key(&id_key());
    assert!(
        ed25519
            .jwk(None)
            .starts_with(r#"{"kty":"OKP","crv":"Ed25519","x":""#)
    );
}
