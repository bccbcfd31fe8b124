//! `transport`: presentations that come in parts.

use super::{Draft, abstains, accepts, hints};
use crate::world::AT;
use hwagin_training::animated::Parts;
use hwagin_training::{Authority, Card, Case};
use ur::bytewords::{Style, decode, encode};

const MIXED: &str = "transport.part_mismatch";
const BROKEN: &str = "transport.undecodable";
const LARGE: &str = "transport.too_large";

/// The body of a card with a portrait of 4 KB, made so many seconds before now.
fn body(seconds: i64) -> Vec<u8> {
    let shown = Authority::built_in().present(Card::Mfc, Case::LargePortrait, AT - seconds);
    assert!(shown.is_animated());
    shown.body
}

/// How many parts [`body`] takes at least, and the first of them.
fn played(seconds: i64, count: usize) -> (usize, Vec<String>) {
    let parts = Parts::new(&body(seconds), 200);
    (parts.needed(), parts.take(count).collect())
}

/// All the parts that `message` takes.
fn cut(message: &[u8], size: usize) -> Vec<String> {
    let mut encoder = ur::Encoder::bytes(message, size).unwrap();
    (0..encoder.fragment_count())
        .map(|_| encoder.next_part().unwrap().to_ascii_uppercase())
        .collect()
}

/// A CBOR byte string.
fn byte_string(bytes: &[u8]) -> Vec<u8> {
    minicbor::to_vec(minicbor::bytes::ByteVec::from(bytes.to_vec())).unwrap()
}

/// A part with one bit of its data turned, and its own checksum right again.
fn forged(part: &str) -> String {
    let (head, words) = part.rsplit_once('/').unwrap();
    let mut bytes = decode(&words.to_ascii_lowercase(), Style::Minimal).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    format!(
        "{head}/{}",
        encode(&bytes, Style::Minimal).to_ascii_uppercase()
    )
}

pub(super) fn drafts() -> Vec<Draft> {
    [sound(), disturbed(), broken(), foreign()]
        .into_iter()
        .flatten()
        .collect()
}

fn sound() -> Vec<Draft> {
    let (needed, parts) = played(0, 200);
    let lower: Vec<_> = parts.iter().map(|part| part.to_ascii_lowercase()).collect();
    let lost = parts.iter().enumerate().filter(|(at, _)| at % 3 != 1);
    let mut lost: Vec<_> = lost
        .map(|(_, part)| part.clone())
        .take(needed + 6)
        .collect();
    lost.reverse();
    let twice: Vec<_> = parts[..needed]
        .iter()
        .flat_map(|part| [part.clone(), part.clone()])
        .collect();
    vec![
        accepts("accept/parts", "4 KB of picture, in parts of 200 bytes").parts(&parts[..needed]),
        accepts(
            "accept/parts-in-lower-case",
            "BCR-2020-005: the letter case is of no matter",
        )
        .parts(&lower[..needed]),
        accepts(
            "accept/parts-lost-and-in-another-order",
            "any parts do, if there are enough of them",
        )
        .parts(&lost),
        accepts(
            "accept/parts-seen-twice",
            "a camera sees each code several times",
        )
        .parts(&twice),
        accepts(
            "accept/parts-from-the-middle",
            "who begins to look later misses nothing",
        )
        .parts(&parts[needed * 2..needed * 4]),
        accepts(
            "accept/words-in-one-symbol",
            "BCR-2020-005: a message that is not cut",
        )
        .parts(&[encode_whole(&byte_string(&body(0)))]),
    ]
}

fn encode_whole(message: &[u8]) -> String {
    format!(
        "UR:BYTES/{}",
        encode(message, Style::Minimal).to_ascii_uppercase()
    )
}

fn disturbed() -> Vec<Draft> {
    let (needed, own) = played(0, 200);
    let (_, other) = played(7, 20);
    let mut stray = own[..needed].to_vec();
    stray.insert(4, other[0].clone());
    stray.insert(9, other[1].clone());
    let mut damaged = own[..needed].to_vec();
    damaged.insert(3, own[3].replace("UR:BYTES/4-", "UR:BYTES/5-"));
    damaged.insert(6, format!("{}AA", own[6]));
    let renewed: Vec<_> = other[..8].iter().chain(&own[..needed]).cloned().collect();
    let empty = [String::new(), String::new()];
    let gone: Vec<_> = other[..1]
        .iter()
        .chain(&empty)
        .chain(&own[..needed])
        .cloned()
        .collect();
    let turns: Vec<_> = own
        .iter()
        .zip(&other)
        .flat_map(|(one, other)| [one.clone(), other.clone()])
        .collect();
    let long_turns: Vec<_> = own[..5]
        .iter()
        .chain(&other[..5])
        .chain(&own[5..10])
        .cloned()
        .collect();
    vec![
        accepts(
            "accept/parts-and-strays",
            "a phone that goes past does not disturb",
        )
        .parts(&stray),
        accepts(
            "accept/parts-and-damaged-ones",
            "a part that is not what it says is left out",
        )
        .parts(&damaged),
        accepts(
            "accept/parts-of-a-renewed-presentation",
            "three parts of a new one, and it takes over",
        )
        .parts(&renewed),
        accepts(
            "accept/parts-after-a-pause",
            "the phone that was there is gone",
        )
        .parts(&gone),
        abstains(
            MIXED,
            "transport/parts-of-two-phones",
            "two phones in view, read by turns",
        )
        .parts(&turns),
        abstains(
            MIXED,
            "transport/parts-of-two-phones-by-fives",
            "a presentation that was given up comes back",
        )
        .parts(&long_turns),
    ]
}

fn broken() -> Vec<Draft> {
    let (needed, own) = played(0, 200);
    let mut changed = own[..needed].to_vec();
    changed[needed / 2] = forged(&own[needed / 2]);
    let body = body(0);
    let message = byte_string(&body);
    let text = minicbor::to_vec("HWG1:").unwrap();
    let unknown = [&[2], &body[1..]].concat();
    vec![
        abstains(
            BROKEN,
            "transport/parts-wrong-checksum-of-the-whole",
            "each part is right and what they give is not",
        )
        .parts(&changed),
        abstains(
            BROKEN,
            "transport/parts-byte-behind",
            "nothing follows the byte string",
        )
        .parts(&cut(&[&message[..], &[0]].concat(), 200)),
        abstains(
            BROKEN,
            "transport/parts-not-in-a-byte-string",
            "BCR-2020-006: `bytes` is a CBOR byte string",
        )
        .parts(&cut(&body, 200)),
        abstains(
            BROKEN,
            "transport/parts-of-a-text",
            "BCR-2020-006: `bytes` is a CBOR byte string",
        )
        .parts(&cut(&text, 200)),
        abstains(
            BROKEN,
            "transport/parts-unknown-packing",
            "only 0 and 1 are defined",
        )
        .parts(&cut(&byte_string(&unknown), 200)),
        abstains(
            BROKEN,
            "transport/words-wrong-checksum",
            "BCR-2020-012: CRC-32",
        )
        .parts(&["UR:BYTES/FPAEAEAEAEAE".to_owned()]),
        abstains(
            LARGE,
            "transport/parts-too-large",
            "more than one symbol's text may hold; the first part says so",
        )
        .parts(&cut(&byte_string(&[0; 43_691]), 1_000)[..1]),
        abstains(LARGE, "transport/parts-too-many", "513 parts")
            .parts(&cut(&byte_string(&[0; 513 * 4 - 3]), 4)[..1]),
    ]
}

fn foreign() -> Vec<Draft> {
    let (needed, own) = played(0, 200);
    vec![
        hints(
            "hint.part",
            "transport/parts-missing",
            "one is missing: no verdict on what is not there",
        )
        .parts(&own[1..needed]),
        hints(
            "hint.part",
            "transport/one-part",
            "a picture of one code of many",
        )
        .text(own[0].clone()),
        hints(
            "hint.other_parts",
            "transport/parts-of-another-type",
            "a key of some wallet",
        )
        .parts(&["UR:CRYPTO-SEED/1-2/LPADAOCSSKCYIYBTJZJPHDDYTTBDRK".to_owned()]),
    ]
}
