//! A presentation in parts, as a phone plays it.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{AT, authority, cbor, envelope_of};
use hwagin_training::animated::{PART_BYTES, PART_BYTES_MAX, Parts, SINGLE_UP_TO};
use hwagin_training::phone::{Phone, phone_screen, qr_version};
use hwagin_training::{Card, Case, write};

#[test]
fn parts_give_the_body_in_one_byte_string() {
    for card in Card::ALL {
        let shown = authority().present(card, Case::LargePortrait, AT);
        assert!(shown.is_animated() && shown.body.len() > 4_000);
        assert_eq!(shown.text, write(&shown.body));
        let mut parts = shown.parts();
        let needed = parts.needed();
        let mut decoder = ur::Decoder::default();
        for part in parts.by_ref().take(needed) {
            assert!(part.starts_with("UR:BYTES/") && !part.contains(char::is_lowercase));
            decoder.receive(&part).expect("a part");
        }
        let message = decoder.message().expect("sound").expect("complete");
        let body = cbor(&message);
        assert_eq!(body.as_bytes(), Some(&shown.body));
        assert_eq!(
            envelope_of(&write(body.as_bytes().expect("bytes"))),
            shown.envelope
        );
        assert!(parts.take(100).count() == 100, "there is no last part");
    }
}

#[test]
fn fragments_come_again_and_between_them_sums_of_at_least_half() {
    let shown = authority().present(Card::Mfc, Case::LargePortrait, AT);
    let mut parts = shown.parts();
    let needed = parts.needed();
    let mut next = || -> Vec<String> { parts.by_ref().take(needed).collect() };
    let (fragments, sums, again, others) = (next(), next(), next(), next());
    assert_eq!(fragments, again);
    let numbers = |parts: &[String]| -> Vec<usize> {
        let number = |part: &String| part[9..].split('-').next().expect("some").parse();
        parts
            .iter()
            .map(|part| number(part).expect("a number"))
            .collect()
    };
    assert_eq!(numbers(&fragments), (1..=needed).collect::<Vec<_>>());
    let played = [numbers(&sums), numbers(&others)].concat();
    assert!(played[0] > needed && played.is_sorted());
    let message = common::encode(&ciborium::Value::Bytes(shown.body.clone()));
    let mut encoder = ur::fountain::Encoder::new(&message, PART_BYTES).expect("some");
    let mut number = 0;
    for wanted in played {
        let part = loop {
            number += 1;
            let part = encoder.next_part();
            if number == wanted {
                break part;
            }
        };
        assert!(part.indexes().len() * 2 >= needed, "part {wanted}");
    }
}

#[test]
fn same_presentation_gives_the_same_parts() {
    let parts = || -> Vec<String> {
        let shown = authority().present(Card::Mfc, Case::LargePortrait, AT);
        shown.parts().take(60).collect()
    };
    assert_eq!(parts(), parts());
}

#[test]
fn no_part_needs_a_code_above_version_15() {
    let body = authority().present(Card::Mfc, Case::LargePortrait, AT).body;
    let largest = |bytes: usize| {
        let versions = Parts::new(&body, bytes)
            .take(300)
            .map(|part| qr_version(&part).expect("fits"));
        versions.max().expect("some")
    };
    assert_eq!(largest(PART_BYTES), 11);
    assert!(largest(PART_BYTES_MAX) <= 15);
    assert!((150..=PART_BYTES_MAX).contains(&PART_BYTES));
}

#[test]
fn what_one_readable_code_holds_is_not_cut() {
    let holds = |bytes: usize| qr_version(&write(&vec![0; bytes])).expect("fits");
    assert_eq!((holds(SINGLE_UP_TO), holds(SINGLE_UP_TO + 1)), (25, 26));
}

#[test]
fn a_size_of_nothing_is_a_byte_and_an_empty_body_is_a_part() {
    assert_eq!(Parts::new(&[1, 2], 0).needed(), 3);
    assert_eq!(Parts::new(&[], 200).needed(), 1);
}

#[test]
fn a_phone_that_plays_codes_paints_what_a_new_phone_would() {
    let shown = authority().present(Card::Mfc, Case::LargePortrait, AT);
    let codes: Vec<String> = shown.parts().take(12).collect();
    let mut phone = Phone::new(&codes[0], 640, 360).expect("fits");
    for (number, code) in (0_u32..).zip(&codes) {
        phone.show(code).expect("fits");
        let new = phone_screen(code, 640, 360, number).expect("fits");
        assert!(phone.frame(number) == new, "code {number}");
    }
    assert!(phone.show("lower case").is_err());
    assert!(phone.frame(11) == phone_screen(&codes[11], 640, 360, 11).expect("fits"));
}

#[test]
fn a_phone_keeps_the_size_of_its_code() {
    let mut phone = Phone::new(&"A".repeat(400), 320, 180).expect("fits");
    phone.show("A").expect("fits");
    let small = phone.frame(0);
    assert!(
        small != phone_screen("A", 320, 180, 0).expect("fits"),
        "a larger code than it needs"
    );
    phone.show(&"A".repeat(1_000)).expect("fits");
    assert!(phone.frame(0) == phone_screen(&"A".repeat(1_000), 320, 180, 0).expect("fits"));
}
