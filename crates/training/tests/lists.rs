//! Lists of status and of identifiers: who signs them, what is in them, and how credentials name
//! their place in them.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use ciborium::Value;
use common::document::DocumentRead;
use common::sd_cwt::SdCwtRead;
use common::{AT, Read, at, authority, certificate, find, nth, point_of, signed_by, verifies};
use hwagin_training::issuer::{ID_KID, id_key};
use hwagin_training::recipe::{identifier, revoked_identifier};
use hwagin_training::{
    Authority, Card, DocumentCase, Hcert, HcertKind, ID_STATUS_URI, IDENTIFIERS_URI,
    IdentifierClaim, Key, REVOKED_DOCUMENT, Recipe, SdCwt, Status,
};

fn int(number: i64) -> Value {
    Value::Integer(number.into())
}

#[test]
fn a_list_of_identifiers_is_signed_as_a_status_list_is() {
    let list = DocumentRead::new(&authority().identifier_list(AT));
    let status = DocumentRead::new(&authority().status_list(AT));
    assert_eq!((&list.tags, &status.tags), (&vec![18], &vec![18]));
    let typ = nth(&list.header, 16).as_text();
    assert_eq!(typ, Some("application/identifierlist+cwt"));
    assert_eq!(nth(&list.header, 33), nth(&status.header, 33));
    let signer = nth(&list.header, 33).as_bytes().expect("one certificate");
    let signer = certificate(signer);
    let root = authority().iaca_der();
    let root = point_of(&certificate(&root)).to_owned();
    let (tbs, signature) = (
        signer.tbs_certificate.as_ref(),
        &signer.signature_value.data,
    );
    assert!(signed_by(tbs, signature, &root));
    let (message, signature) = (list.message.tbs_data(&[]), &list.message.signature);
    assert!(verifies(&message, signature, &point_of(&signer)));
}

#[test]
fn a_list_of_identifiers_names_the_revoked_cards_alone() {
    let list = DocumentRead::new(&authority().identifier_list(AT));
    assert_eq!(list.keys(), [2, 6, 4, 65_534, 65_530].map(int));
    assert_eq!(nth(&list.claims, 2).as_text(), Some(IDENTIFIERS_URI));
    let listed = at(nth(&list.claims, 65_530), "identifiers");
    assert_eq!(listed.as_map().expect("a map").len(), Card::ALL.len());
    for card in Card::ALL {
        let revoked = find(listed, &Value::Bytes(revoked_identifier(card)));
        assert_eq!(revoked, Some(&Value::Map(vec![])));
        assert!(find(listed, &Value::Bytes(identifier(card))).is_none());
    }
    let mut recipe = Authority::identifier_recipe(AT);
    recipe.identifiers = vec![vec![1]];
    recipe.expires = None;
    recipe.extra.push((int(65_533), Value::Null));
    let list = DocumentRead::new(&authority().identifier_token(&recipe));
    assert_eq!(list.keys(), [2, 6, 65_534, 65_530, 65_533].map(int));
}

#[test]
fn a_key_signs_in_place_of_a_certificate() {
    let list = DocumentRead::new(&authority().id_status_list(AT));
    assert_eq!(
        nth(&list.header, 4).as_bytes(),
        Some(&ID_KID.as_bytes().to_vec())
    );
    assert!(find(&list.header, &int(33)).is_none() && list.message.unprotected.is_empty());
    assert_eq!(nth(&list.header, 1), &int(-8));
    let key = common::cbor(&authority().public_key(&id_key()).cose_key);
    let point = nth(&key, -2).as_bytes().expect("bytes").clone();
    let key = ed25519_dalek::VerifyingKey::from_bytes(&point.try_into().expect("32 bytes"));
    let signature = ed25519_dalek::Signature::from_slice(&list.message.signature);
    let message = list.message.tbs_data(&[]);
    assert!(
        key.expect("a key")
            .verify_strict(&message, &signature.expect("64 bytes"))
            .is_ok()
    );

    let packed = at(nth(&list.claims, 65_533), "lst")
        .as_bytes()
        .expect("bytes");
    let entries = miniz_oxide::inflate::decompress_to_vec_zlib(packed).expect("zlib");
    let entry = |n: usize| entries[n / 4] >> (n % 4 * 2) & 3;
    assert_eq!(
        (entry(REVOKED_DOCUMENT), entry(REVOKED_DOCUMENT - 1)),
        (1, 0)
    );
    let document = hwagin_training::DocumentKind::Claim169;
    let document = authority().document(document, DocumentCase::Revoked, AT);
    let document = DocumentRead::new(&document.expect("there is one").message);
    let claim = at(nth(&document.claims, 65_535), "status_list");
    assert_eq!(at(claim, "uri").as_text(), Some(ID_STATUS_URI));
    assert_eq!(at(claim, "idx"), &Value::Integer(REVOKED_DOCUMENT.into()));

    let mut recipe = Authority::identifier_recipe(AT);
    recipe.sign_by(Key::p256("any"), b"kid");
    let list = DocumentRead::new(&authority().identifier_token(&recipe));
    assert_eq!(nth(&list.header, 4).as_bytes(), Some(&b"kid".to_vec()));
    assert!(find(&list.header, &int(33)).is_none());
}

#[test]
fn every_format_names_its_status_in_the_same_words() {
    let mut status = Status::at(7);
    let place = status.list.as_mut().expect("there");
    place.certificate = Some(authority().iaca_der());
    status.identifier = Some(IdentifierClaim::of(&revoked_identifier(Card::Mdl)));
    status.extra.push((Value::Text("more".into()), Value::Null));
    let written = status.value().expect("there is one");
    let id = at(at(&written, "identifier_list"), "id").as_bytes();
    assert_eq!(id, Some(&revoked_identifier(Card::Mdl)));
    assert_eq!(at(at(&written, "status_list"), "idx"), &int(7));
    let vouches = at(at(&written, "status_list"), "certificate").as_bytes();
    assert_eq!(vouches, Some(&authority().iaca_der()));

    let mut sd_cwt = SdCwt::new(Card::Mdl, AT);
    sd_cwt.status(&status);
    let read = SdCwtRead::new(&authority().mint_sd_cwt(&sd_cwt).envelope);
    assert_eq!(nth(&read.claims, 65_535), &written);
    sd_cwt.status(&Status::default());
    let read = SdCwtRead::new(&authority().mint_sd_cwt(&sd_cwt).envelope);
    assert!(find(&read.claims, &int(65_535)).is_none());

    let mut hcert = Hcert::new(HcertKind::Recovery, AT);
    hcert.cwt.status(&status);
    let read = DocumentRead::new(&authority().mint_hcert(&hcert).message);
    assert_eq!(nth(&read.claims, 65_535), &written);

    let mut mdoc = Recipe::new(Card::Mdl, AT);
    mdoc.mso.status = None;
    mdoc.mso.identifier = status.identifier;
    let read = Read::new(&authority().mint(&mdoc));
    let claim = at(&read.mso, "status");
    assert_eq!(claim.as_map().expect("a map").len(), 1);
    assert_eq!(
        at(claim, "identifier_list"),
        at(&written, "identifier_list")
    );
}
