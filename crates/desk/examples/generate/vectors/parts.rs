//! Messages in parts, as a phone plays them, and parts that come to nothing.

use std::error::Error;

use hwagin_training::Authority;
use hwagin_training::animated::{PART_BYTES, Parts};
use hwagin_training::cbor::{bytes, encode};
use serde_json::{Value as Json, json};

use super::challenges::Challenges;
use super::{hex, presentations};

pub(super) fn all(authority: &Authority, asked: &Challenges) -> Result<Vec<Json>, Box<dyn Error>> {
    let answer = authority.mint(&presentations::answer(asked));
    // A packing byte, and 41 bytes that are no presentation: short enough to print.
    let short: Vec<u8> = [0].into_iter().chain(0x20..=0x48).collect();
    Ok(vec![
        message("short", None, &short, 15)?,
        message("answer", Some("mdoc-answer"), &answer.body, PART_BYTES)?,
    ])
}

fn message(
    name: &str,
    of: Option<&str>,
    packed: &[u8],
    wanted: usize,
) -> Result<Json, Box<dyn Error>> {
    let message = encode(&bytes(packed));
    let count = message.len().div_ceil(wanted);
    let parts = Parts::new(packed, wanted);
    if parts.needed() != count {
        return Err("another count".into());
    }
    Ok(json!({
        "name": name,
        "presentation": of,
        "packed": hex(packed),
        "message": hex(&message),
        "length": message.len(),
        "wanted": wanted,
        "count": count,
        "fragment": message.len().div_ceil(count),
        "checksum": crc32(&message),
        "parts": parts.take(2 * count).collect::<Vec<_>>(),
    }))
}

/// CRC-32 of ISO 3309.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
    let add = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc));
    !bytes.iter().fold(u32::MAX, add)
}

/// What a reader says of parts, the first ones of a message: nothing where it leaves them out.
pub(super) fn refused() -> Vec<Json> {
    let parts = |packed: &[u8], wanted| Parts::new(packed, wanted);
    let vector = |name: &str, says: Option<&str>, parts: Vec<String>| json!({ "name": name, "parts": parts, "reason": says });
    let mut damaged: Vec<String> = parts(&[0; 41], 15).take(3).collect();
    for part in &mut damaged {
        // The letters of the last byte of the part's own CRC-32.
        let end = part.split_off(part.len() - 2);
        part.push_str(if end == "AE" { "AD" } else { "AE" });
    }
    let unknown = parts(&[[2].as_slice(), &[7; 40]].concat(), 15).take(3);
    let too_many = parts(&[0; 600], 1).take(1);
    let too_large = parts(&vec![0; 43_691], 300).take(1);
    vec![
        vector("wrong-crc-32", None, damaged),
        vector(
            "unknown-packing",
            Some("transport.undecodable"),
            unknown.collect(),
        ),
        vector(
            "more-than-512-fragments",
            Some("transport.too_large"),
            too_many.collect(),
        ),
        vector(
            "message-of-43694-bytes",
            Some("transport.too_large"),
            too_large.collect(),
        ),
    ]
}
