//! What the tests across crates share.

pub mod checks;
pub mod mint;
pub mod seeds;
pub mod third_party;
pub mod training_bundle;
pub mod vector;
pub mod world;

use hwagin_verifier::{Payload, transport};
use std::path::PathBuf;

/// The folder of third-party vectors, or `None` (said on stderr) where it is absent.
///
/// # Panics
/// Where `HWAGIN_REQUIRE_VECTORS` is set and the folder is absent.
pub fn third_party_vectors() -> Option<PathBuf> {
    let folder = std::env::var_os("HWAGIN_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
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

/// The bytes of a file of lower-case hex.
///
/// # Panics
/// Where the file is not that.
pub fn hex_file(path: &std::path::Path) -> Vec<u8> {
    hex(std::fs::read_to_string(path).unwrap().trim())
}

/// The bytes that these hexadecimal digits write.
///
/// # Panics
/// Where they are not that.
pub fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

/// A `DeviceResponse` in the envelope of the optical profile, made at `iat`.
///
/// # Panics
/// Never for bytes below the profile's limits.
pub fn payload(response: &[u8], iat: i64, cti: [u8; 16]) -> Payload {
    match transport::read(text(response, iat, cti).as_bytes()) {
        Ok(transport::Scanned::Presentation(payload)) => payload,
        _ => panic!("our own text form was not read"),
    }
}

/// The text form of [`payload`].
///
/// # Panics
/// Never.
pub fn text(response: &[u8], iat: i64, cti: [u8; 16]) -> String {
    let mut body = vec![0];
    let mut encoder = minicbor::Encoder::new(&mut body);
    encoder.map(3).unwrap();
    encoder.u8(1).unwrap().bytes(response).unwrap();
    encoder.u8(2).unwrap().i64(iat).unwrap();
    encoder.u8(3).unwrap().bytes(&cti).unwrap();
    format!("{}{}", transport::PREFIX, base45::encode(&body))
}
