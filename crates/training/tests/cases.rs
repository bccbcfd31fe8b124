//! Every case is a sound presentation but for its own flaw.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use ciborium::Value;
use common::{AT, Read, at, authority, certificate, envelope_of, nth};
use hwagin_training::{Authority, Card, Case, DAY, Portrait, Recipe, phone, status_index};
use std::collections::BTreeSet;

#[test]
fn same_seed_and_time_give_the_same_bytes() {
    for card in Card::ALL {
        for case in Case::ALL {
            let one = authority().present(card, case, AT);
            assert_eq!(one, authority().present(card, case, AT));
        }
    }
    let one = authority().present(Card::Mfc, Case::Valid, AT);
    let other = Authority::from_seed([7; 32]).present(Card::Mfc, Case::Valid, AT);
    assert_ne!(one.device_key, other.device_key);
    assert_ne!(
        one.text,
        authority().present(Card::Mfc, Case::Valid, AT + 1).text
    );
}

#[test]
fn every_card_and_case_is_found_by_its_name() {
    for card in Card::ALL {
        assert_eq!(Card::from_id(card.id()), Some(card));
    }
    for case in Case::ALL {
        assert_eq!(Case::from_id(case.id()), Some(case));
    }
    let names: BTreeSet<&str> = Case::ALL.into_iter().map(Case::id).collect();
    assert_eq!(names.len(), 18);
    assert_eq!(Case::from_id("Valid"), None);
}

/// What is true of a presentation, or differs from the sound one of the same card and time.
fn facts(card: Card, case: Case) -> Vec<String> {
    let authority = authority();
    let sound = Read::new(&authority.present(card, Case::Valid, AT));
    let read = Read::new(&authority.present(card, case, AT));
    let mut facts = Vec::new();
    let mut note = |fact: &str, holds: bool| {
        if holds {
            facts.push(fact.to_owned());
        }
    };
    note("unknown root", !read.chain_verifies(&authority.iaca_der()));
    note("issuer signature", !read.issuer_signature_verifies());
    note("holder proof", !read.proof_verifies());
    let (missing, wrong) = read.digest_flaws();
    note("missing digest", missing == [card.family_name()]);
    note("wrong digest", wrong == [card.family_name()]);
    assert!(missing.len() + wrong.len() <= 1);
    let crl = authority.crl_der(AT);
    let serial = certificate(&read.signer).raw_serial().to_vec();
    note(
        "signer revoked",
        crl.windows(serial.len()).any(|part| part == serial),
    );
    let country = certificate(&read.signer)
        .subject()
        .iter_country()
        .next()
        .map(|c| c.as_str().expect("text").to_owned());
    note("signer country", country.as_deref() != Some("ZZ"));
    note(
        "docType",
        at(&read.document, "docType") != at(&read.mso, "docType"),
    );
    note("iat", nth(&read.envelope, 2) != nth(&sound.envelope, 2));
    note("cti", nth(&read.envelope, 3) != nth(&sound.envelope, 3));
    let has = |value: &Value, key: i64| {
        let entries = value.as_map().expect("map").iter();
        entries
            .into_iter()
            .any(|(known, _)| *known == Value::from(key))
    };
    note("challenge", has(&read.envelope, 5));
    for key in [
        "version",
        "digestAlgorithm",
        "deviceKeyInfo",
        "docType",
        "status",
    ] {
        note(key, at(&read.mso, key) != at(&sound.mso, key));
    }
    for key in ["signed", "validFrom", "validUntil"] {
        let of = |read: &Read| at(at(&read.mso, "validityInfo"), key).clone();
        note(key, of(&read) != of(&sound));
    }
    let values = |read: &Read| read.items.iter().map(|i| i.1.clone()).collect::<Vec<_>>();
    note("items", values(&read) != values(&sound));
    facts
}

#[test]
fn each_case_differs_from_valid_in_its_flaw_alone() {
    for card in Card::ALL {
        for case in Case::ALL {
            let expected: &[&str] = match case {
                Case::Valid => &[],
                Case::LargePortrait => &["items"],
                Case::EndingSoon | Case::Expired => &["validUntil"],
                Case::Suspended | Case::Revoked => &["status"],
                Case::NotYet => &["validFrom"],
                Case::AlteredName => &["wrong digest", "items"],
                Case::MissingDigest => &["missing digest"],
                Case::WrongIssuer => &["unknown root"],
                Case::DsRevoked => &["signer revoked"],
                Case::DsCountry => &["signer country"],
                Case::DoctypeSwapped => &["docType"],
                Case::Stale | Case::Future => &["iat"],
                Case::Replayed => &["cti"],
                Case::OtherDesk => &["challenge"],
                Case::WrongDeviceKey => &["holder proof"],
            };
            assert_eq!(facts(card, case), expected, "{} {}", card.id(), case.id());
        }
    }
}

#[test]
fn windows_and_times_lie_where_the_case_says() {
    for card in Card::ALL {
        let window = |case| Recipe::of(card, case, AT).mso.validity.expect("a window");
        let sound = window(Case::Valid);
        assert!(sound.signed <= AT && sound.from <= AT && AT + 100 * DAY < sound.until);
        assert_eq!(window(Case::EndingSoon).until, AT + 3 * DAY);
        assert!(window(Case::Expired).until < AT && window(Case::Expired).signed < AT);
        assert!(window(Case::NotYet).from > AT);
        let issued = |case| Recipe::of(card, case, AT).envelope.issued;
        assert_eq!(issued(Case::Valid), Value::Integer(AT.into()));
        assert_eq!(issued(Case::Stale), Value::Integer((AT - 600).into()));
        assert_eq!(issued(Case::Future), Value::Integer((AT + 600).into()));
    }
}

#[test]
fn a_desk_can_know_the_replayed_proof_beforehand() {
    for card in Card::ALL {
        let shown = authority().present(card, Case::Replayed, AT);
        let later = authority().present(card, Case::Replayed, AT + 5);
        let (key, cti) = authority().replayed_proof_input(card);
        assert_eq!((&shown.device_key, &shown.cti[..]), (&key, &cti[..]));
        assert_eq!(later.cti, shown.cti);
        let read = Read::new(&shown);
        let written = at(at(&read.mso, "deviceKeyInfo"), "deviceKey");
        assert_eq!(common::encode(written), key);
        assert_ne!(authority().present(card, Case::Valid, AT).cti, shown.cti);
    }
}

#[test]
fn discloses_what_the_purposes_need_and_two_more() {
    for card in Card::ALL {
        let read = Read::new(&authority().present(card, Case::Valid, AT));
        let names: BTreeSet<String> = read
            .items
            .iter()
            .map(|i| {
                at(&i.1, "elementIdentifier")
                    .as_text()
                    .expect("text")
                    .to_owned()
            })
            .collect();
        let wanted: BTreeSet<String> = card.disclosed().iter().map(|&n| n.to_owned()).collect();
        assert_eq!(names, wanted);
        let native = card.family_name() == "family_name_unicode";
        let name = if native { "견" } else { "SPECIMEN" };
        assert_eq!(
            read.element(card.family_name()),
            &Value::Text(name.to_owned())
        );
        for (_, item, _) in &read.items {
            assert_eq!(at(item, "random").as_bytes().expect("bytes").len(), 16);
        }
    }
}

#[test]
fn a_valid_presentation_fits_one_code_at_any_time() {
    for card in Card::ALL {
        for at in (0..40).map(|n| AT + n * 1_234_567) {
            let shown = authority().present(card, Case::Valid, at);
            let body = shown.text.len() / 3 * 2;
            let version = phone::qr_version(&shown.text).expect("fits");
            assert!(
                version <= [37, 36][usize::from(card == Card::Mfc)],
                "{} {at}: version {version}, {body} bytes",
                card.id()
            );
            let most = match card {
                Card::Mfc | Card::Mdl => 3_250,
                _ => 3_400,
            };
            assert!(shown.envelope.len() <= most, "{}", shown.envelope.len());
        }
        for case in Case::ALL {
            if case == Case::LargePortrait {
                continue;
            }
            let version = phone::qr_version(&authority().present(card, case, AT).text);
            // The hash of a challenge takes 34 bytes more.
            let most = if case == Case::OtherDesk { 38 } else { 37 };
            assert!(
                version.expect("fits") <= most,
                "{} {}",
                card.id(),
                case.id()
            );
        }
    }
}

#[test]
fn portraits_are_pictures_of_the_promised_size() {
    for card in Card::ALL {
        let small = Portrait::Small.bytes(card).expect("small");
        let large = Portrait::Large.bytes(card).expect("large");
        assert!(small.len() <= 1_200 && (3_500..=4_600).contains(&large.len()));
        let picture = image::load_from_memory(small).expect("a picture");
        assert!(picture.width() * 5 == picture.height() * 4, "four by five");
        let picture = image::load_from_memory(large).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (200, 250));
        let mut recipe = Recipe::new(card, AT);
        recipe.portrait(Portrait::Large);
        let shown = authority().mint(&recipe);
        let read = Read::new(&shown);
        assert_eq!(read.element("portrait").as_bytes().expect("bytes"), large);
        assert_eq!(phone::qr_version(&shown.text), Err(phone::TooLong));
        recipe.portrait(Portrait::None);
        assert!(recipe.item("portrait").is_none());
    }
    assert!(
        Portrait::Small
            .bytes(Card::Mdl)
            .expect("small")
            .starts_with(&[0xFF, 0xD8, 0xFF])
    );
}

#[test]
fn cards_name_entries_of_the_list_apart() {
    let entry = |card, case| {
        let read = Read::new(&authority().present(card, case, AT));
        at(at(at(&read.mso, "status"), "status_list"), "idx").clone()
    };
    for card in Card::ALL {
        let place = |n: usize| Value::Integer((status_index(card) + n).into());
        assert_eq!(entry(card, Case::Valid), place(0));
        assert_eq!(entry(card, Case::Suspended), place(1));
        assert_eq!(entry(card, Case::Revoked), place(2));
    }
}

#[test]
fn the_text_carries_the_envelope() {
    for card in Card::ALL {
        let shown = authority().present(card, Case::Valid, AT);
        assert_eq!(envelope_of(&shown.text), shown.envelope);
    }
}
