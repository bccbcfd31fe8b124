//! A recipe of an SD-CWT can describe the flaws that tests of a verifier need.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use ciborium::Value;
use common::reader::{read, redacted_keys};
use common::sd_cwt::SdCwtRead;
use common::{AT, at, authority, encode, envelope_of, find, nth};
use coset::{CoseSign1, TaggedCborSerializable};
use hwagin_training::cbor::{indefinite, tagged};
use hwagin_training::cose::{AlgHeader, ChainPlace};
use hwagin_training::sd_cwt::{
    Claims, Element, Entry, Hash, Kcwt, Node, Redaction, SdClaims, TO_BE_DECOY, TO_BE_REDACTED,
    audience,
};
use hwagin_training::{Card, Key, KeyKind, Packing, Presentation, SdCwt};

fn minted(change: impl FnOnce(&mut SdCwt)) -> Presentation {
    let mut recipe = SdCwt::new(Card::Mdl, AT);
    change(&mut recipe);
    authority().mint_sd_cwt(&recipe)
}

fn taken(change: impl FnOnce(&mut SdCwt)) -> SdCwtRead {
    SdCwtRead::new(&minted(change).envelope)
}

fn int(number: i64) -> Value {
    Value::Integer(number.into())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn name(recipe: &mut SdCwt) -> &mut Redaction {
    let entry = recipe.element("family_name").expect("there");
    entry.redaction.as_mut().expect("redacted")
}

/// A map in which a map and an array have redacted parts, and both are redacted themselves.
fn nested(parent: &Redaction) -> Entry {
    let inner = Claims(vec![
        Entry::open(text("open"), int(1)),
        Entry::redacted(text("hidden"), int(2), Redaction::default()),
        Entry::decoy(1),
    ]);
    let elements = vec![
        Element::new(text("a"), None),
        Element::new(text("b"), Some(Redaction::default())),
        Element::new(text("c"), Some(Redaction::withheld())),
        Element::new(Value::Null, Some(Redaction::decoy())),
    ];
    let part = |key: &str, node| Entry {
        key: text(key),
        node,
        redaction: Some(parent.clone()),
    };
    Entry {
        key: int(500),
        node: Node::Map(Claims(vec![
            part("map", Node::Map(inner)),
            part("array", Node::Array(elements)),
        ])),
        redaction: None,
    }
}

#[test]
fn redactions_nest_and_elements_of_arrays_are_redacted() {
    let sound = taken(|_| {});
    let read = taken(|r| r.token.claims.0.push(nested(&Redaction::default())));
    assert!(read.issuer_signature_verifies() && read.proof_verifies());
    let (claims, left) = read.restored();
    assert_eq!(left, [""; 0]);
    let inside = nth(&claims, 500);
    let map = [(text("open"), int(1)), (text("hidden"), int(2))];
    assert_eq!(at(inside, "map"), &Value::Map(map.to_vec()));
    assert_eq!(
        at(inside, "array"),
        &Value::Array(vec![text("a"), text("b")])
    );
    assert_eq!(read.hashes(), sound.hashes() + 2 + 2 + 3);
    // A child without its parent has no place to go.
    let orphans = taken(|r| r.token.claims.0.push(nested(&Redaction::withheld())));
    let (claims, left) = orphans.restored();
    assert_eq!((left.len(), nth(&claims, 500)), (2, &Value::Map(vec![])));
}

#[test]
fn decoys_stand_in_the_token_and_can_be_disclosed() {
    let kept = taken(|r| r.token.claims.0.extend([Entry::decoy(1), Entry::decoy(2)]));
    let hashes = find(&kept.claims, &redacted_keys()).expect("there");
    let hashes = hashes.as_array().expect("an array");
    assert_eq!(hashes.len(), 3);
    assert!(hashes.is_sorted_by_key(|hash| hash.as_bytes().expect("bytes")));
    assert_eq!(kept.restored().1, [""; 0]);
    let shown = taken(|r| {
        let mut decoy = Entry::decoy(1);
        decoy.redaction.as_mut().expect("there").sent = 1;
        r.token.claims.0.push(decoy);
    });
    let decoy = shown.disclosures.last().expect("there");
    assert_eq!(read(decoy).as_array().expect("an array").len(), 1);
}

#[test]
fn disclosures_are_repeated_kept_back_and_taken_from_elsewhere() {
    let twice = taken(|r| name(r).sent = 2);
    assert_eq!(twice.disclosures[0], twice.disclosures[1]);
    assert_eq!(twice.restored().1, ["family_name"]);
    let less = taken(|r| r.withhold("family_name"));
    let (claims, left) = less.restored();
    assert!(
        left.is_empty() && find(at(&claims, "org.iso.18013.5.1"), &text("family_name")).is_none()
    );
    assert_eq!(less.hashes(), taken(|_| {}).hashes());
    let other = SdCwtRead::new(&authority().mint_sd_cwt(&SdCwt::new(Card::Mfc, AT)).envelope);
    let foreign = taken(|r| r.token.foreign.push(other.disclosures[0].clone()));
    assert_eq!(foreign.restored().1, ["family_name_latin1"]);
    assert!(foreign.issuer_signature_verifies() && foreign.proof_verifies());
}

#[test]
fn hashes_are_spoiled_as_told() {
    for hash in [Hash::WithoutHead, Hash::Wrong, Hash::Missing] {
        let read = taken(|r| name(r).hash = hash);
        assert_eq!(read.restored().1, ["family_name"], "{hash:?}");
        let fewer = usize::from(hash == Hash::Missing);
        assert_eq!(read.hashes() + fewer, taken(|_| {}).hashes());
    }
    let altered = taken(|r| name(r).altered = Some(text("SPECIMAN")));
    assert_eq!(altered.restored().1, ["family_name"]);
    let long = taken(|r| r.token.sd_alg = Some(int(-44)));
    let hashes = find(at(&long.claims, "org.iso.18013.5.1"), &redacted_keys());
    let hashes = hashes.expect("there").as_array().expect("hashes");
    assert!(
        hashes
            .iter()
            .all(|h| h.as_bytes().expect("bytes").len() == 64)
    );
    let short = taken(|r| name(r).salt = 8);
    let parts = read(&short.disclosures[0]).into_array().expect("an array");
    assert_eq!(parts[0].as_bytes().expect("a salt").len(), 8);
}

#[test]
fn sd_claims_are_there_or_not_as_told() {
    let sent = |change: fn(&mut SdCwt)| {
        let rest = taken(change).token.unprotected.rest;
        rest.into_iter().next().map(|(_, sent)| sent)
    };
    assert_eq!(
        sent(|r| r.token.sd_claims = SdClaims::Empty),
        Some(Value::Array(vec![]))
    );
    assert_eq!(sent(|r| r.token.sd_claims = SdClaims::Missing), None);
    let none = sent(|r| {
        Card::Mdl
            .disclosed()
            .iter()
            .for_each(|name| r.withhold(name));
    });
    assert_eq!(none, None);
    let odd = minted(|r| r.token.sd_claims = SdClaims::Replaced(Value::Null));
    assert!(
        odd.envelope
            .windows(3)
            .any(|part| part == [0xA1, 0x11, 0xF6])
    );
}

#[test]
fn what_an_issuer_should_have_done_can_be_left_undone() {
    let read = taken(|r| {
        r.token.claims.set(int(501), tagged(TO_BE_REDACTED, int(1)));
        r.token
            .claims
            .0
            .push(Entry::open(tagged(TO_BE_DECOY, int(1)), Value::Null));
        r.token.claims.remove(&int(4));
        r.token.claims.remove(&int(8));
    });
    assert_eq!(nth(&read.claims, 501), &tagged(58, int(1)));
    assert!(find(&read.claims, &tagged(62, int(1))).is_some());
    assert!(find(&read.claims, &int(4)).is_none() && find(&read.claims, &int(8)).is_none());
    assert!(read.issuer_signature_verifies());
    // A claim that is never to be redacted, and one that is disclosed to where it already is.
    let read = taken(|r| {
        let exp = r.token.claims.find(&int(4)).expect("there");
        exp.redaction = Some(Redaction::default());
        let again = Entry::redacted(int(11), text("other"), Redaction::default());
        r.token.claims.0.push(again);
    });
    assert!(find(&read.claims, &int(4)).is_none());
    let keys = read
        .disclosures
        .iter()
        .map(|d| common::reader::read(d).as_array().expect("parts")[2].clone());
    let keys: Vec<Value> = keys.collect();
    assert!(keys.contains(&int(4)) && keys.contains(&int(11)));
    assert_eq!(nth(&read.claims, 11).as_text(), Some(Card::Mdl.doc_type()));
}

#[test]
fn the_binding_says_what_it_is_told_to() {
    let read = taken(|r| {
        let binding = &mut r.binding;
        std::mem::swap(&mut r.token.typ, &mut binding.typ);
        binding.aud = Some(text(&audience("landlord")));
        binding.iat = Some(int(5));
        binding.cnonce = Some(vec![9; 32]);
        binding.extra = vec![
            (int(1), text("iss")),
            (int(2), text("sub")),
            (int(4), int(i64::MAX)),
        ];
    });
    assert_eq!(nth(&read.kbt_header, 16), &int(293));
    assert_eq!(nth(&read.token_header, 16), &int(294));
    assert_eq!(
        nth(&read.kbt_claims, 3).as_text(),
        Some("hwagin:optical:1:landlord")
    );
    assert_eq!(nth(&read.kbt_claims, 39).as_bytes(), Some(&vec![9; 32]));
    assert_eq!(
        (nth(&read.kbt_claims, 6), nth(&read.kbt_claims, 4)),
        (&int(5), &int(i64::MAX))
    );
    assert!(nth(&read.kbt_claims, 1).is_text() && nth(&read.kbt_claims, 2).is_text());
    assert!(read.proof_verifies());
    let bare = minted(|r| r.bare = true);
    let token = CoseSign1::from_tagged_slice(&bare.envelope).expect("a tagged COSE_Sign1");
    assert_eq!(token.unprotected.rest.len(), 1);
}

#[test]
fn the_sd_cwt_is_where_it_is_told_to_be() {
    let kbt = |kcwt| {
        let shown = minted(|r| r.binding.kcwt = kcwt);
        let kbt = CoseSign1::from_tagged_slice(&shown.envelope).expect("a tagged COSE_Sign1");
        let header = read(kbt.protected.original_data.as_ref().expect("read"));
        let unprotected = kbt.unprotected.rest.first().map(|(_, token)| token.clone());
        (find(&header, &int(13)).cloned(), unprotected)
    };
    assert!(matches!(kbt(Kcwt::AsItIs), (Some(Value::Tag(18, _)), None)));
    assert!(matches!(kbt(Kcwt::Wrapped), (Some(Value::Bytes(_)), None)));
    assert!(matches!(
        kbt(Kcwt::Unprotected),
        (None, Some(Value::Tag(18, _)))
    ));
    assert_eq!(kbt(Kcwt::Missing), (None, None));
}

#[test]
fn headers_tags_and_keys_are_as_told() {
    let headers = taken(|r| {
        let sign1 = &mut r.token.sign1;
        sign1.chain = ChainPlace::Missing;
        sign1
            .protected
            .push((int(4), Value::Bytes(b"key-1".to_vec())));
        sign1
            .protected
            .push((int(15), Value::Map(vec![(int(1), text("issuer"))])));
        sign1.alg = AlgHeader::Protected(int(-9));
    });
    assert!(find(&headers.token_header, &int(33)).is_none());
    assert_eq!(nth(&headers.token_header, 1), &int(-9));
    assert!(nth(&headers.token_header, 4).is_bytes() && nth(&headers.token_header, 15).is_map());
    for tags in [vec![], vec![998], vec![61, 18]] {
        let shown = minted(|r| r.binding.sign1.tags.clone_from(&tags));
        let mut value = ciborium::from_reader(&shown.envelope[..]).expect("CBOR");
        for tag in tags {
            let Value::Tag(found, inner) = value else {
                panic!("no tag")
            };
            assert_eq!(found, tag);
            value = *inner;
        }
        assert!(value.is_array());
    }
    for (kind, alg, length) in [(KeyKind::P384, -35, 96), (KeyKind::Ed25519, -8, 64)] {
        let read = taken(|r| {
            r.signer.key = Key::new(kind, "any");
            r.holder_key = Key::new(kind, "phone");
        });
        for (header, message) in [
            (&read.kbt_header, &read.kbt),
            (&read.token_header, &read.token),
        ] {
            assert_eq!(
                (nth(header, 1), message.signature.len()),
                (&int(alg), length)
            );
        }
        assert!(read.chain_verifies(&authority().iaca_der()));
    }
}

#[test]
fn lengths_and_bytes_are_spoiled_as_told() {
    let shown = minted(|r| r.hooks.claims = Some(Box::new(|claims| *claims = indefinite(claims))));
    let kbt = CoseSign1::from_tagged_slice(&shown.envelope).expect("a tagged COSE_Sign1");
    let header = read(kbt.protected.original_data.as_ref().expect("read"));
    let token = CoseSign1::from_tagged_slice(&encode(nth(&header, 13))).expect("a COSE_Sign1");
    let payload = token.payload.expect("there");
    assert_eq!(
        (payload.first(), payload.last()),
        (Some(&0xBF), Some(&0xFF))
    );
    let cut = minted(|r| r.hooks.token_bytes = Some(Box::new(|bytes| bytes.truncate(9))));
    assert!(cut.envelope.len() < 200);
    let doubled = taken(|r| {
        r.hooks.binding = Some(Box::new(|claims| {
            let claims = claims.as_map_mut().expect("a map");
            claims.push(claims[0].clone());
        }));
    });
    assert_eq!(doubled.kbt_claims.as_map().expect("a map").len(), 4);
    let swapped = taken(|r| r.hooks.disclosures = Some(Box::new(|sent| sent.reverse())));
    assert_eq!(swapped.restored().1, [""; 0]);
    let other = taken(|r| {
        r.hooks.disclosure_bytes = Some(Box::new(|name, bytes| {
            if name == "sex" || name == "family_name" {
                bytes.push(0);
            }
        }));
    });
    assert_ne!(other.disclosures[0], taken(|_| {}).disclosures[0]);
    let plain = minted(|r| r.packing = Packing::Plain);
    assert_eq!(plain.envelope[0], 0xD2);
    assert_eq!(envelope_of(&plain.text), plain.envelope);
}
