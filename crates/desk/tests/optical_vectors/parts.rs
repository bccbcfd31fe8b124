//! Messages in parts.

use std::time::Duration;

use hwagin_verifier::transport::Taken;
use hwagin_verifier::{Assembler, Reason};
use serde_json::{Value as Json, json};

use super::desk::{assert_says, judge, said};
use super::file::{bytes, file, int, named, text, unpacked, vectors};

#[test]
fn parts_give_the_message_also_where_one_of_four_was_lost() {
    let file = file();
    let presentations = vectors(&file, "presentations", 7);
    for vector in vectors(&file, "parts", 2) {
        let name = &vector["name"];
        let parts = vectors(vector, "parts", 6);
        let count = usize::try_from(int(&vector["count"])).unwrap();
        assert_eq!(parts.len(), 2 * count, "{name}");
        // The fragments, and then sums with numbers that grow.
        let sequences: Vec<usize> = parts.iter().map(sequence).collect();
        assert!(sequences[..count].iter().copied().eq(1..=count), "{name}");
        assert!(sequences.is_sorted_by(|one, next| one < next), "{name}");
        let all: Vec<&Json> = parts.iter().collect();
        let lossy = parts.iter().enumerate().filter(|(place, _)| place % 4 != 1);
        let lossy: Vec<&Json> = lossy.map(|(_, part)| part).collect();
        for order in [all, lossy] {
            let mut assembler = Assembler::new();
            let payload = order.iter().find_map(|part| {
                match assembler.take(text(part).as_bytes(), Duration::ZERO) {
                    Ok(Taken::Presentation(payload)) => Some(payload),
                    Ok(Taken::Part) => None,
                    _ => panic!("{part}"),
                }
            });
            let payload = payload.unwrap();
            let body = unpacked(&bytes(&vector["packed"]));
            assert_eq!(payload.length(), body.len(), "{name}");
            if !vector["presentation"].is_null() {
                let desk = &named(presentations, &vector["presentation"])["desk"];
                assert_says(
                    &said(&mut judge(&file, desk), Ok(&payload), desk),
                    desk,
                    name,
                );
            }
        }
    }
}

#[test]
fn parts_that_come_to_nothing_are_told_so() {
    let file = file();
    for vector in vectors(&file, "refused_parts", 4) {
        let mut assembler = Assembler::new();
        let parts = vectors(vector, "parts", 1);
        let taken = parts
            .iter()
            .map(|part| assembler.take(text(part).as_bytes(), Duration::ZERO));
        let reason = taken.filter_map(Result::err).last().map(Reason::code);
        assert_eq!(json!(reason), vector["reason"], "{}", vector["name"]);
        if reason.is_none() {
            assert_eq!(usize::try_from(assembler.damaged()).unwrap(), parts.len());
            assert!(assembler.progress().is_none());
        }
    }
}

/// The number of a part.
fn sequence(part: &Json) -> usize {
    let numbers = text(part).strip_prefix("UR:BYTES/").unwrap();
    numbers.split_once('-').unwrap().0.parse().unwrap()
}
