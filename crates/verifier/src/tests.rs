//! The third-party vectors, for the tests of private modules.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    clippy::print_stderr
)] // tests read files

use crate::cbor::Item;
use crate::crypto::PublicKey;
use minicbor::Encoder;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The folder of third-party vectors, or `None` (said on stderr) where it is absent.
///
/// # Panics
/// Where `HWAGIN_REQUIRE_VECTORS` is set and the folder is absent.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HWAGIN_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("HWAGIN_REQUIRE_VECTORS").is_none(),
        "third-party vectors are required and not at {}",
        folder.display()
    );
    eprintln!("skipped: no third-party vectors at {}", folder.display());
    None
}

/// The bytes in this file.
pub(crate) fn bytes(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap()
}

/// The JSON in this file.
pub(crate) fn json(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// Says what is published of a file in a folder of vectors, and what we say of it, in a line that
/// `cargo xtask vectors` collects. Where the two differ, its table has the reason.
pub(crate) fn result(place: (&str, &str, &str), published: &str, said: &str, agrees: bool) {
    let (folder, file, about) = place;
    let word = if agrees { "agrees" } else { "differs" };
    println!("result\t{folder}\t{file}\t{about}\t{published}\t{said}\t{word}");
}

/// The bytes in this file of hexadecimal digits.
pub(crate) fn hex_file(file: &Path) -> Vec<u8> {
    hex(std::fs::read_to_string(file).unwrap().trim())
}

/// The bytes that these hexadecimal digits write.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// The public part of a JWK, or of a key as the COSE examples write it; `None` for a curve that
/// this profile has not.
pub(crate) fn key(jwk: &Value) -> Option<PublicKey> {
    if jwk["kty"] == "RSA" {
        return PublicKey::from_rsa_parts(&coordinate(jwk, "n"), &coordinate(jwk, "e"));
    }
    let (kind, curve) = match jwk["crv"].as_str().unwrap() {
        "P-256" => (2, 1),
        "P-384" => (2, 2),
        "P-521" => (2, 3),
        "Ed25519" => (1, 6),
        "Ed448" => (1, 7),
        other => panic!("{other}"),
    };
    let mut encoder = Encoder::new(Vec::new());
    encoder.map(if kind == 2 { 4 } else { 3 }).unwrap();
    encoder.u8(1).unwrap().u8(kind).unwrap();
    encoder.i8(-1).unwrap().u8(curve).unwrap();
    encoder
        .i8(-2)
        .unwrap()
        .bytes(&coordinate(jwk, "x"))
        .unwrap();
    if kind == 2 {
        encoder
            .i8(-3)
            .unwrap()
            .bytes(&coordinate(jwk, "y"))
            .unwrap();
    }
    let key = encoder.into_writer();
    PublicKey::from_cose_key(Item::whole(&key).unwrap_or_else(|_| panic!("not CBOR")))
}

/// One number of such a key.
pub(crate) fn coordinate(jwk: &Value, name: &str) -> Vec<u8> {
    if let Some(digits) = jwk[format!("{name}_hex")].as_str() {
        return hex(digits);
    }
    base64url(jwk[name].as_str().unwrap())
}

/// The bytes of base64url (RFC 4648 §5) without padding.
fn base64url(text: &str) -> Vec<u8> {
    let (mut bits, mut count, mut out) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            other => panic!("{other}"),
        };
        bits = (bits << 6 | u32::from(six)) & 0xfff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}
