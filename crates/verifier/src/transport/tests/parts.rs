//! Presentations in parts: mixed, damaged, given up.

use super::super::*;
use ::ur::bytewords::{Style, encode};
use std::time::Duration;

/// The parts of a message with this body, as another implementation cuts it.
pub(super) fn parts(body: &[u8], size: usize, count: usize) -> Vec<Vec<u8>> {
    let message = minicbor::to_vec(minicbor::bytes::ByteVec::from(body.to_vec())).unwrap();
    let mut encoder = ::ur::Encoder::bytes(&message, size).unwrap();
    (0..count)
        .map(|_| {
            encoder
                .next_part()
                .unwrap()
                .to_ascii_uppercase()
                .into_bytes()
        })
        .collect()
}

/// A body of `length` bytes that no other `seed` has.
pub(super) fn body(length: usize, seed: u8) -> Vec<u8> {
    let noise = |at: usize| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0] ^ seed;
    [PLAIN].into_iter().chain((1..length).map(noise)).collect()
}

pub(super) fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// What a part that is no part yet gives.
fn goes_on(assembler: &mut Assembler, part: &[u8], now: u64) {
    assert!(matches!(assembler.take(part, ms(now)), Ok(Taken::Part)));
}

fn payload(taken: Result<Taken, Reason>) -> Payload {
    match taken {
        Ok(Taken::Presentation(payload)) => payload,
        Ok(Taken::Part) => panic!("not complete"),
        Ok(Taken::Foreign(hint)) => panic!("{hint:?}"),
        Err(reason) => panic!("{reason:?}"),
    }
}

pub(super) fn received(assembler: &Assembler) -> Option<usize> {
    assembler.progress().map(|progress| progress.received)
}

#[test]
fn a_single_symbol_passes_as_before() {
    let mut assembler = Assembler::new();
    let text = format!("{PREFIX}{}", ::base45::encode(body(40, 1)));
    let whole = payload(assembler.take(text.as_bytes(), ms(0)));
    assert_eq!(whole.bytes(), &body(40, 1)[1..]);
    assert!(matches!(
        assembler.take(b"https://example.com", ms(0)),
        Ok(Taken::Foreign(Hint::WebLink))
    ));
    assert_eq!(
        assembler.take(b"HWG1:A", ms(0)).err(),
        Some(Reason::Undecodable)
    );
    assert!(matches!(
        assembler.take(b"ur:crypto-psbt/1-2/aeae", ms(0)),
        Ok(Taken::Foreign(Hint::OtherParts))
    ));
}

#[test]
fn a_message_in_one_piece_needs_no_assembling() {
    let message = minicbor::to_vec(minicbor::bytes::ByteVec::from(body(40, 1))).unwrap();
    for text in [
        format!("ur:bytes/{}", encode(&message, Style::Minimal)),
        format!(
            "UR:BYTES/{}",
            encode(&message, Style::Minimal).to_uppercase()
        ),
    ] {
        let whole = payload(Assembler::new().take(text.as_bytes(), ms(0)));
        assert_eq!(whole.bytes(), &body(40, 1)[1..]);
    }
    let undecodable = |message: &[u8]| {
        let text = format!("ur:bytes/{}", encode(message, Style::Minimal));
        read(text.as_bytes()).err()
    };
    assert_eq!(
        undecodable(&[&message[..], &[0]].concat()),
        Some(Reason::Undecodable)
    );
    assert_eq!(undecodable(b"text"), Some(Reason::Undecodable));
    assert_eq!(undecodable(&[0x41, 9]), Some(Reason::Undecodable));
    assert_eq!(undecodable(&[0x40]), Some(Reason::Undecodable));
    assert_eq!(undecodable(&[]), Some(Reason::Undecodable));
    assert_eq!(
        undecodable(&[0x5f, 0x41, 0, 0xff]),
        Some(Reason::Undecodable)
    );
    assert_eq!(read(b"ur:bytes/").err(), Some(Reason::Undecodable));
    let large = encode(&vec![0; MAX_MESSAGE + 1], Style::Minimal);
    assert_eq!(
        read(format!("ur:bytes/{large}").as_bytes()).err(),
        Some(Reason::TooLarge)
    );
}

#[test]
fn one_part_is_no_presentation_for_a_reader_of_single_symbols() {
    let part = parts(&body(900, 1), 200, 1).remove(0);
    assert!(matches!(read(&part), Ok(Scanned::Foreign(Hint::Part))));
}

#[test]
fn parts_in_order_complete_with_the_last_and_count_on_the_way() {
    let whole = body(900, 1);
    let parts = parts(&whole, 200, 5);
    let mut assembler = Assembler::new();
    assert_eq!(assembler.progress(), None);
    for (at, part) in parts[..4].iter().enumerate() {
        goes_on(&mut assembler, part, 0);
        let progress = Progress {
            received: at + 1,
            needed: 5,
        };
        assert_eq!(assembler.progress(), Some(progress));
    }
    assert_eq!(Message::of(&parts[0]), assembler.message());
    let done = payload(assembler.take(&parts[4], ms(0)));
    assert_eq!(done.bytes(), &whole[1..]);
    assert_eq!((assembler.progress(), assembler.message()), (None, None));
}

#[test]
fn the_parts_of_one_message_say_that_they_are() {
    let (one, other) = (parts(&body(900, 1), 200, 20), parts(&body(900, 2), 200, 2));
    let message = Message::of(&one[0]).unwrap();
    assert!(one.iter().all(|part| Message::of(part) == Some(message)));
    assert_ne!(Message::of(&other[0]), Some(message));
    assert_ne!(Message::of(&parts(&body(900, 1), 100, 1)[0]), Some(message));
    for none in [&b"HWG1:AB"[..], b"ur:bytes/aeae", b"ur:bytes/1-2/aeae", b""] {
        assert_eq!(Message::of(none), None);
    }
}

#[test]
fn a_damaged_part_is_counted_and_changes_nothing() {
    let parts = parts(&body(900, 1), 200, 5);
    let mut assembler = Assembler::new();
    goes_on(&mut assembler, &parts[0], 0);
    let mut damaged = parts[1].clone();
    *damaged.last_mut().unwrap() = b'#';
    goes_on(&mut assembler, &damaged, 0);
    goes_on(&mut assembler, b"ur:bytes/2-5/", 0);
    goes_on(&mut assembler, b"ur:bytes///", 0);
    assert_eq!((received(&assembler), assembler.damaged()), (Some(1), 3));
}

#[test]
fn a_whole_that_is_not_what_its_checksum_says_is_undecodable() {
    let parts = parts(&body(500, 1), 200, 3);
    let mut assembler = Assembler::new();
    goes_on(&mut assembler, &parts[0], 0);
    goes_on(&mut assembler, &parts[1], 0);
    // A part of the same message by its numbers, sound by its own CRC-32, with other data.
    let text = std::str::from_utf8(&parts[2]).unwrap();
    let words = text.rsplit('/').next().unwrap().to_ascii_lowercase();
    let mut bytes = ::ur::bytewords::decode(&words, Style::Minimal).unwrap();
    bytes[30] ^= 1;
    let forged = format!("ur:bytes/3-3/{}", encode(&bytes, Style::Minimal));
    assert_eq!(
        assembler.take(forged.as_bytes(), ms(0)).err(),
        Some(Reason::Undecodable)
    );
    assert_eq!(assembler.progress(), None);
}

#[test]
fn a_single_stray_part_does_not_disturb() {
    let (own, stray) = (parts(&body(900, 1), 200, 5), parts(&body(900, 2), 200, 2));
    let mut assembler = Assembler::new();
    goes_on(&mut assembler, &own[0], 0);
    goes_on(&mut assembler, &own[1], 100);
    goes_on(&mut assembler, &stray[0], 200);
    goes_on(&mut assembler, &stray[0], 250);
    goes_on(&mut assembler, &stray[1], 300);
    assert_eq!(received(&assembler), Some(2));
    goes_on(&mut assembler, &own[2], 400);
    goes_on(&mut assembler, &own[3], 500);
    payload(assembler.take(&own[4], ms(600)));
}

#[test]
fn three_parts_of_another_message_start_over_and_none_is_lost() {
    let (old, new) = (parts(&body(900, 1), 200, 5), parts(&body(900, 2), 200, 5));
    let mut assembler = Assembler::new();
    for part in &old[..4] {
        goes_on(&mut assembler, part, 0);
    }
    for (at, part) in (1_u64..).zip(&new[..3]) {
        goes_on(&mut assembler, part, at * 100);
    }
    assert_eq!(received(&assembler), Some(3));
    goes_on(&mut assembler, &new[3], 400);
    assert_eq!(
        payload(assembler.take(&new[4], ms(500))).bytes(),
        &body(900, 2)[1..]
    );
}

#[test]
fn after_a_pause_the_first_part_of_another_message_starts_over() {
    let (old, new) = (parts(&body(900, 1), 200, 5), parts(&body(900, 2), 200, 5));
    let mut assembler = Assembler::new();
    goes_on(&mut assembler, &old[0], 0);
    goes_on(&mut assembler, &old[1], 0);
    goes_on(&mut assembler, &new[0], 1_500);
    assert_eq!(assembler.message(), Message::of(&new[0]));
}

#[test]
fn after_four_seconds_nothing_is_left() {
    let own = parts(&body(900, 1), 200, 5);
    let mut assembler = Assembler::new();
    goes_on(&mut assembler, &own[0], 1_000);
    assembler.pass(ms(4_999));
    assert_eq!(received(&assembler), Some(1));
    assembler.pass(ms(5_000));
    assert_eq!(assembler.progress(), None);
    goes_on(&mut assembler, &own[1], 6_000);
    assert_eq!(received(&assembler), Some(1));
    goes_on(&mut assembler, &own[2], 20_000);
    assert_eq!(received(&assembler), Some(1));
}

#[test]
fn two_phones_that_take_turns_are_a_mismatch() {
    let (one, other) = (parts(&body(900, 1), 200, 9), parts(&body(900, 2), 200, 9));
    let mut assembler = Assembler::new();
    for at in 0..2 {
        goes_on(&mut assembler, &one[at], 0);
        goes_on(&mut assembler, &other[at], 0);
        // The same two codes again, in the next frame: nothing new.
        goes_on(&mut assembler, &one[at], 0);
        goes_on(&mut assembler, &other[at], 0);
    }
    goes_on(&mut assembler, &one[2], 0);
    assert_eq!(
        assembler.take(&other[2], ms(0)).err(),
        Some(Reason::PartMismatch)
    );
    assert_eq!(assembler.progress(), None);
}

#[test]
fn two_phones_read_by_turns_of_many_parts_are_a_mismatch_too() {
    let (one, other) = (
        parts(&body(4_000, 1), 200, 9),
        parts(&body(4_000, 2), 200, 9),
    );
    let mut assembler = Assembler::new();
    for part in one[..5].iter().chain(&other[..5]).chain(&one[5..7]) {
        goes_on(&mut assembler, part, 0);
    }
    assert_eq!(
        assembler.take(&one[7], ms(0)).err(),
        Some(Reason::PartMismatch)
    );
}

#[test]
fn a_message_that_is_too_large_is_told_by_its_first_part() {
    let mut assembler = Assembler::new();
    let own = parts(&body(900, 1), 200, 1);
    goes_on(&mut assembler, &own[0], 0);
    let largest = MAX_MESSAGE - 3;
    let large = parts(&body(largest + 1, 1), 1_000, 1);
    assert_eq!(
        assembler.take(&large[0], ms(0)).err(),
        Some(Reason::TooLarge)
    );
    let fine = parts(&body(513 * 4, 1), 4, 1);
    assert_eq!(
        assembler.take(&fine[0], ms(0)).err(),
        Some(Reason::TooLarge),
        "513 parts"
    );
    assert_eq!(received(&assembler), Some(1));
    let mut assembler = Assembler::new();
    let all = parts(&body(largest, 1), 100, 1_000);
    let done = all
        .iter()
        .find_map(|part| match assembler.take(part, ms(0)) {
            Ok(Taken::Presentation(payload)) => Some(payload),
            _ => None,
        });
    assert_eq!(done.unwrap().bytes().len(), largest - 1);
}
