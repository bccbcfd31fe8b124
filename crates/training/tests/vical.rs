//! The training VICAL is what annex C says, and can be as odd as those that are published.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use ciborium::Value;
use common::document::DocumentRead;
use common::{AT, at, authority, certificate, find, nth, point_of, signed_by, verifies};
use hwagin_training::vical::{Listed, Ski, VicalEntry, vical_root};
use hwagin_training::x509::Certificate;
use hwagin_training::{Card, DAY, Vical};
use sha1::{Digest, Sha1};

fn taken(change: impl FnOnce(&mut Vical)) -> DocumentRead {
    let mut recipe = Vical::new(&[Card::Mdl.doc_type()], AT);
    change(&mut recipe);
    DocumentRead::new(&authority().vical(&recipe))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn chain(read: &DocumentRead) -> Value {
    let chain = read.message.unprotected.rest.iter();
    let mut chain = chain.filter(|(label, _)| *label == coset::Label::Int(33));
    chain.next().expect("a chain").1.clone()
}

fn entry(read: &DocumentRead) -> Value {
    at(&read.claims, "certificateInfos")
        .as_array()
        .expect("an array")[0]
        .clone()
}

#[test]
fn the_list_is_signed_by_a_signer_of_lists() {
    let read = taken(|_| {});
    assert_eq!(read.tags, [0; 0]);
    assert_eq!(
        read.header,
        Value::Map(vec![(
            Value::Integer(1.into()),
            Value::Integer((-7).into())
        )])
    );
    let signer = chain(&read).into_bytes().expect("one certificate");
    let signer = certificate(&signer);
    let root = authority().vical_root_der();
    let root = certificate(&root);
    assert_eq!(signer.issuer().as_raw(), root.subject().as_raw());
    assert!(signed_by(
        signer.tbs_certificate.as_ref(),
        &signer.signature_value.data,
        &point_of(&root)
    ));
    let usage = signer
        .key_usage()
        .expect("readable")
        .expect("present")
        .value;
    assert!(usage.non_repudiation() && usage.flags.count_ones() == 1);
    let purposes = signer
        .extended_key_usage()
        .expect("readable")
        .expect("present")
        .value;
    let purposes: Vec<String> = purposes.other.iter().map(ToString::to_string).collect();
    assert_eq!(purposes, ["1.0.18013.5.1.8"]);
    assert!(verifies(
        &read.message.tbs_data(&[]),
        &read.message.signature,
        &point_of(&signer)
    ));
}

#[test]
fn the_list_has_the_training_root_for_its_document_types() {
    let read = taken(|_| {});
    let list = &read.claims;
    assert_eq!(at(list, "version").as_text(), Some("1.0"));
    let Value::Tag(0, date) = at(list, "date") else {
        panic!("no date")
    };
    assert_eq!(date.as_text(), Some("2027-01-15T00:00:00Z"));
    assert_eq!(at(list, "vicalIssueID"), &Value::Integer((AT / DAY).into()));
    let entry = entry(&read);
    let root = authority().iaca_der();
    assert_eq!(at(&entry, "certificate").as_bytes(), Some(&root));
    let described = certificate(&root);
    let serial = Value::Tag(2, Box::new(Value::Bytes(described.raw_serial().to_vec())));
    assert_eq!(at(&entry, "serialNumber"), &serial);
    let key_id = Sha1::digest(&described.public_key().subject_public_key.data);
    assert_eq!(at(&entry, "ski").as_bytes().expect("bytes")[..], key_id[..]);
    assert_eq!(
        at(&entry, "docType"),
        &Value::Array(vec![text("org.iso.18013.5.1.mDL")])
    );
    assert_eq!(at(&entry, "issuingCountry").as_text(), Some("ZZ"));
    let both = DocumentRead::new(&authority().training_vical(AT));
    let both = self::entry(&both);
    let types = Card::ALL.map(|card| text(card.doc_type())).to_vec();
    assert_eq!(at(&both, "docType"), &Value::Array(types));
    assert_eq!(
        authority().training_vical(AT),
        authority().training_vical(AT + 1)
    );
}

#[test]
fn the_oddities_of_published_lists_can_be_had() {
    let read = taken(|r| {
        r.root_in_chain = true;
        r.next_update = None;
        r.not_after = Some(Value::Null);
        r.sign1.tags = vec![18];
        let odd = &mut r.entries[0];
        odd.ski = Ski::Wrapped;
        odd.capitals = true;
        odd.profiles = Some(vec!["profile".to_owned()]);
        odd.extra.push((text("extensions"), Value::Map(vec![])));
        odd.state = Some("ZZ-MD".to_owned());
        odd.validity = false;
        let broken = Certificate::iaca("broken", "Broken");
        let mut broken = VicalEntry::new(broken.clone(), &["a", "b"]);
        if let Listed::Own(own) = broken.certificate {
            broken.certificate = Listed::Der(vec![0x30, 0], own);
        }
        broken.serial = Some(Value::Integer(5.into()));
        broken.ski = Ski::Missing;
        r.entries.push(broken);
    });
    assert_eq!(read.tags, [18]);
    let chain = chain(&read).into_array().expect("an array");
    let root = authority().certificate(&vical_root(), &vical_root());
    assert_eq!((chain.len(), chain[1].as_bytes()), (2, Some(&root)));
    assert!(find(&read.claims, &text("nextUpdate")).is_none());
    let odd = entry(&read);
    let ski = at(&odd, "ski").as_bytes().expect("bytes");
    assert_eq!((ski.len(), &ski[..2]), (22, &[4, 20][..]));
    for name in ["CertificateProfile", "Extensions", "stateOrProvinceName"] {
        assert!(find(&odd, &text(name)).is_some(), "{name}");
    }
    let entries = at(&read.claims, "certificateInfos")
        .as_array()
        .expect("an array");
    let broken = &entries[1];
    assert_eq!(at(broken, "certificate").as_bytes(), Some(&vec![0x30, 0]));
    assert!(find(broken, &text("ski")).is_none() && at(broken, "serialNumber").is_integer());
    let spoiled = taken(|r| {
        r.hooks.list = Some(Box::new(|list| list.as_map_mut().expect("a map").clear()));
    });
    assert_eq!(spoiled.claims, Value::Map(vec![]));
    assert!(nth(&spoiled.header, 1).is_integer());
}
