//! An SD-CWT of a sample holder is what the draft and this project's profile say, and every case is
//! a sound one but for its own flaw.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use ciborium::Value;
use common::sd_cwt::SdCwtRead;
use common::{AT, Read, at, authority, certificate, encode, envelope_of, find, nth, published};
use hwagin_training::{Card, Case, DAY, Format, SdCwt, phone, status_index};

fn shown(card: Card, case: Case) -> SdCwtRead {
    let shown = authority().present_as(Format::SdCwt, card, case, AT);
    assert_eq!(envelope_of(&shown.text), shown.envelope);
    SdCwtRead::new(&shown.envelope)
}

fn keys(map: &Value) -> Vec<Value> {
    let entries = map.as_map().expect("a map").iter();
    entries.map(|(key, _)| key.clone()).collect()
}

fn int(number: i64) -> Value {
    Value::Integer(number.into())
}

#[test]
fn headers_and_claims_are_those_of_the_profile() {
    for card in Card::ALL {
        let read = shown(card, Case::Valid);
        assert_eq!(keys(&read.kbt_header), [1, 16, 13].map(int));
        assert_eq!(nth(&read.kbt_header, 16), &int(294));
        assert!(read.kbt.unprotected.is_empty());
        assert_eq!(keys(&read.kbt_claims), [3, 6, 7].map(int));
        let audience = nth(&read.kbt_claims, 3).as_text();
        assert_eq!(audience, Some("hwagin:optical:1"));
        assert_eq!(nth(&read.kbt_claims, 6), &int(AT));
        let cti = nth(&read.kbt_claims, 7).as_bytes().expect("bytes");
        assert_eq!(cti.len(), 16);

        assert_eq!(keys(&read.token_header), [1, 16, 170, 33].map(int));
        assert_eq!(nth(&read.token_header, 16), &int(293));
        assert_eq!(nth(&read.token_header, 170), &int(-16));
        let labels = read
            .token
            .unprotected
            .rest
            .iter()
            .map(|(label, _)| label.clone());
        assert_eq!(labels.collect::<Vec<_>>(), [coset::Label::Int(17)]);
        let registered = [5, 4, 6, 8, 11, 65_535].map(int);
        assert_eq!(keys(&read.claims)[..6], registered);
        assert_eq!(nth(&read.claims, 11).as_text(), Some(card.doc_type()));
        let status = at(nth(&read.claims, 65_535), "status_list");
        assert_eq!(
            at(status, "idx"),
            &Value::Integer(status_index(card).into())
        );
        // sub is redacted, and nobody but the issuer knows it.
        assert!(find(&read.claims, &int(2)).is_none());
        let hidden = find(&read.claims, &common::reader::redacted_keys()).expect("there");
        assert_eq!(hidden.as_array().expect("hashes").len(), 1);
        assert_eq!(read.hashes(), card.disclosed().len() + 1);
    }
}

#[test]
fn discloses_the_elements_that_the_mdoc_discloses() {
    for card in Card::ALL {
        let (claims, left) = shown(card, Case::Valid).restored();
        assert!(left.is_empty(), "{left:?}");
        let mdoc = Read::new(&authority().present(card, Case::Valid, AT));
        assert_eq!(mdoc.items.len(), card.disclosed().len());
        for (namespace, item, _) in &mdoc.items {
            let name = at(item, "elementIdentifier").as_text().expect("text");
            let value = at(item, "elementValue");
            assert_eq!(at(at(&claims, namespace), name), value, "{name}");
        }
    }
}

/// What is true of a presentation, or differs from the sound one of the same card and time.
fn facts(card: Card, case: Case) -> Vec<String> {
    let authority = authority();
    let (sound, read) = (shown(card, Case::Valid), shown(card, case));
    let mut facts = Vec::new();
    let mut note = |fact: &str, holds: bool| {
        if holds {
            facts.push(fact.to_owned());
        }
    };
    note("unknown root", !read.chain_verifies(&authority.iaca_der()));
    note("issuer signature", !read.issuer_signature_verifies());
    note("holder proof", !read.proof_verifies());
    let (_, left) = read.restored();
    note("unplaced", left == [card.family_name()]);
    assert!(left.len() <= 1);
    note("hashes", read.hashes() != sound.hashes());
    note("disclosures", read.disclosures != sound.disclosures);
    let crl = authority.crl_der(AT);
    let serial = certificate(read.signer()).raw_serial().to_vec();
    let listed = crl.windows(serial.len()).any(|part| part == serial);
    note("signer revoked", listed);
    let signer = certificate(read.signer());
    let country = signer.subject().iter_country().next();
    let country = country.map(|c| c.as_str().expect("text"));
    note("signer country", country != Some("ZZ"));
    for key in [5, 4, 6, 8, 11, 65_535] {
        let differs = nth(&read.claims, key) != nth(&sound.claims, key);
        note(&key.to_string(), differs);
    }
    for key in [3, 6, 7] {
        let differs = nth(&read.kbt_claims, key) != nth(&sound.kbt_claims, key);
        note(&format!("binding {key}"), differs);
    }
    let entries = read.kbt_claims.as_map().expect("map").iter();
    let mut entries = entries.into_iter();
    note("challenge", entries.any(|(key, _)| *key == Value::from(39)));
    let typ = |read: &SdCwtRead| {
        (
            nth(&read.kbt_header, 16).clone(),
            nth(&read.token_header, 16).clone(),
        )
    };
    note("typ", typ(&read) != typ(&sound));
    facts
}

#[test]
fn each_case_differs_from_valid_in_its_flaw_alone() {
    for card in Card::ALL {
        for case in Case::ALL {
            let expected: &[&str] = match case {
                Case::Valid => &[],
                Case::LargePortrait => &["disclosures"],
                Case::EndingSoon | Case::Expired => &["4"],
                Case::Suspended | Case::Revoked => &["65535"],
                Case::NotYet => &["5", "6"],
                Case::AlteredName => &["unplaced", "disclosures"],
                Case::MissingDigest => &["unplaced", "hashes"],
                Case::WrongIssuer => &["unknown root"],
                Case::DsRevoked => &["signer revoked"],
                Case::DsCountry => &["signer country"],
                Case::DoctypeSwapped => &["typ"],
                Case::Stale | Case::Future => &["binding 6"],
                Case::Replayed => &["binding 7"],
                Case::OtherDesk => &["challenge"],
                Case::WrongDeviceKey => &["holder proof"],
            };
            assert_eq!(facts(card, case), expected, "{} {}", card.id(), case.id());
        }
    }
}

#[test]
fn times_lie_where_the_case_says() {
    for card in Card::ALL {
        let time = |case, key| SdCwt::of(card, case, AT).time(key).expect("a time");
        assert!(time(Case::Valid, 5) <= time(Case::Valid, 6));
        assert!(time(Case::Valid, 6) <= AT && AT + 100 * DAY < time(Case::Valid, 4));
        assert_eq!(time(Case::EndingSoon, 4), AT + 3 * DAY);
        assert!(time(Case::Expired, 4) < AT && time(Case::Expired, 6) < time(Case::Expired, 4));
        assert!(time(Case::NotYet, 5) > AT && time(Case::NotYet, 5) <= time(Case::NotYet, 6));
        let made = |case| nth(&shown(card, case).kbt_claims, 6).clone();
        assert_eq!(made(Case::Stale), int(AT - 600));
        assert_eq!(made(Case::Future), int(AT + 600));
    }
}

#[test]
fn a_desk_that_knows_the_replayed_mdoc_knows_the_replayed_sd_cwt() {
    for card in Card::ALL {
        let (key, cti) = authority().replayed_proof_input(card);
        for format in Format::ALL {
            let shown = authority().present_as(format, card, Case::Replayed, AT);
            assert_eq!((&shown.device_key, &shown.cti[..]), (&key, &cti[..]));
        }
        let read = shown(card, Case::Replayed);
        assert_eq!(encode(nth(nth(&read.claims, 8), 1)), key);
        assert_eq!(nth(&read.kbt_claims, 7).as_bytes(), Some(&cti.to_vec()));
        let of = |format| authority().present_as(format, card, Case::Valid, AT).cti;
        assert_ne!(of(Format::Mdoc), of(Format::SdCwt));
    }
}

#[test]
fn same_seed_and_time_give_the_same_bytes_in_one_code() {
    for card in Card::ALL {
        for case in Case::ALL {
            let make = |at| authority().present_as(Format::SdCwt, card, case, at);
            let one = make(AT);
            assert_eq!(one, make(AT));
            assert_ne!(one.text, make(AT + 1).text);
            let fits = phone::qr_version(&one.text).is_ok();
            assert_eq!(fits, case != Case::LargePortrait, "{}", case.id());
            let mdoc = authority().present(card, case, AT);
            assert!(one.body.len() < mdoc.body.len());
        }
    }
    for format in Format::ALL {
        assert_eq!(Format::from_id(format.id()), Some(format));
    }
}

/// Labels, tags and types of a presentation, wherever the values of two may differ.
fn structure(message: &[u8]) -> Vec<String> {
    let read = SdCwtRead::new(message);
    let kind = |value: &Value| match value {
        Value::Integer(_) => "int",
        Value::Bytes(_) => "bstr",
        Value::Text(_) => "tstr",
        Value::Tag(18, _) => "tag 18",
        _ => "other",
    };
    let mut out = Vec::new();
    for (part, map, labels) in [
        ("kbt header", &read.kbt_header, &[1, 13, 16][..]),
        ("kbt claims", &read.kbt_claims, &[3, 6]),
        ("header", &read.token_header, &[1, 16, 170]),
        ("claims", &read.claims, &[4, 5, 6]),
        ("key", nth(nth(&read.claims, 8), 1), &[1, -1, -2, -3]),
    ] {
        let all = labels
            .iter()
            .map(|&n| format!("{part} {n} {}", kind(nth(map, n))));
        out.extend(all);
    }
    for (map, label) in [
        (&read.kbt_header, 16),
        (&read.token_header, 16),
        (&read.token_header, 170),
    ] {
        out.push(format!("{label} {:?}", nth(map, label)));
    }
    let sent = read
        .token
        .unprotected
        .rest
        .iter()
        .map(|(label, _)| label.clone());
    assert_eq!(sent.collect::<Vec<_>>(), [coset::Label::Int(17)]);
    let (_, left) = read.restored();
    assert!(left.is_empty() && read.hashes() > 0 && read.proof_verifies());
    out
}

#[test]
fn the_examples_of_the_draft_are_built_the_same() {
    let Some(example) = published("sd-cwt/kbt.cbor") else {
        return;
    };
    let nested = published("sd-cwt/nested_kbt.cbor").expect("the same folder");
    let published = structure(&example);
    assert_eq!(structure(&nested), published);
    for card in Card::ALL {
        let ours = authority().present_as(Format::SdCwt, card, Case::Valid, AT);
        assert_eq!(structure(&ours.envelope), published);
    }
}
