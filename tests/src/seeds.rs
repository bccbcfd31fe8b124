//! What fuzzing of a parser starts from: our own vectors and those of others, taken apart as far
//! as the parser needs it.

use crate::vector;
use crate::world::{AT, MDL};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ciborium::Value as Cbor;
use data_encoding::BASE32_NOPAD;
use hwagin_training::{Authority, Vical};
use std::fs;
use std::io;
use std::path::Path;

/// The targets in fuzz/ that have seeds.
const TARGETS: [&str; 7] = [
    "sd_cwt",
    "hcert",
    "nzcp",
    "claim_169",
    "captured",
    "keys",
    "vical",
];

/// The seeds of each target, in a folder of its name below `out`; how many they are. Without the
/// vectors of others there are few.
///
/// # Errors
/// Where they cannot be written.
///
/// # Panics
/// Where a vector cannot be read.
pub fn write_into(out: &Path, others: Option<&Path>) -> io::Result<usize> {
    let mut seeds = Seeds::default();
    for vector in vector::all(&vector::folder()) {
        for line in vector.presentation.split(|byte| *byte == b'\n') {
            seeds.text(&String::from_utf8_lossy(line));
        }
    }
    for der in below(&vector::folder(), "der") {
        seeds.0.push(("keys", der));
    }
    seeds.issuer_list();
    if let Some(others) = others {
        seeds.of_others(others);
    }
    seeds.0.sort();
    seeds.0.dedup();
    for target in TARGETS {
        fs::create_dir_all(out.join(target))?;
    }
    for (number, (target, bytes)) in seeds.0.iter().enumerate() {
        fs::write(out.join(target).join(format!("{number:04}")), bytes)?;
    }
    Ok(seeds.0.len())
}

/// Seeds, each with its target.
#[derive(Default)]
struct Seeds(Vec<(&'static str, Vec<u8>)>);

impl Seeds {
    fn of_others(&mut self, folder: &Path) {
        for json in below(&folder.join("hcert"), "json") {
            let file: serde_json::Value = serde_json::from_slice(&json).unwrap();
            self.text(file["PREFIX"].as_str().unwrap());
            let certificate = file["TESTCTX"]["CERTIFICATE"].as_str().unwrap();
            let der = BASE64_STANDARD.decode(certificate).unwrap();
            self.0.push(("keys", der));
        }
        for json in below(&folder.join("claim-169"), "json") {
            let file: serde_json::Value = serde_json::from_slice(&json).unwrap();
            self.text(file["qr_data"].as_str().unwrap());
        }
        for text in below(&folder.join("nzcp"), "txt") {
            self.text(String::from_utf8_lossy(&text).trim());
        }
        for token in below(&folder.join("sd-cwt"), "cbor") {
            self.message("sd_cwt", token);
        }
        for list in below(&folder.join("vical"), "cbor") {
            self.0.push(("vical", list));
        }
        let response = folder.join("mdoc/annex-d/device-response.hex");
        self.0.push(("captured", crate::hex_file(&response)));
        for der in below(folder, "der") {
            self.0.push(("keys", der));
        }
        for json in below(&folder.join("wycheproof"), "json") {
            let file: serde_json::Value = serde_json::from_slice(&json).unwrap();
            let key = &file["testGroups"][0]["publicKeyDer"];
            self.0.push(("keys", crate::hex(key.as_str().unwrap())));
        }
    }

    /// The list of the training authority, and the same by a provider that a real desk may know.
    fn issuer_list(&mut self) {
        let mut list = Vical::new(&[MDL], AT);
        self.0.push(("vical", Authority::built_in().vical(&list)));
        for certificate in [&mut list.root, &mut list.signer] {
            certificate.subject.organisation = None;
        }
        self.0.push(("vical", Authority::built_in().vical(&list)));
    }

    /// The message in this text, for the target of its kind.
    fn text(&mut self, text: &str) {
        let health = text.strip_prefix("HC1:").or(text.strip_prefix("LT1:"));
        if let Some(message) = health.and_then(inflated) {
            self.message("hcert", message);
        } else if let Some(message) = text.strip_prefix("NZCP:/1/").and_then(from_base32) {
            self.message("nzcp", message);
        } else if let Some(body) = text
            .strip_prefix("HWG1:")
            .and_then(|it| base45::decode(it).ok())
        {
            match body.split_first() {
                Some((0, [0xd2, ..])) => self.message("sd_cwt", body[1..].to_vec()),
                Some((0, rest)) => self.0.push(("captured", rest.to_vec())),
                _ => {}
            }
        } else if let Some(message) = inflated(text) {
            self.message("claim_169", message);
        }
    }

    /// A signed message, and what is under its signature, with the disclosures of an SD-CWT.
    fn message(&mut self, target: &'static str, message: Vec<u8>) {
        if let Ok(Cbor::Tag(18, inside)) = ciborium::from_reader(message.as_slice())
            && let Some([protected, open, payload, _]) = inside.as_array().map(Vec::as_slice)
            && let Some(payload) = payload.as_bytes()
        {
            let label = |map: &Cbor, label: i64| {
                let members = map.as_map()?.iter();
                let mut found = members.filter(|(key, _)| *key == Cbor::from(label));
                found.next().map(|(_, value)| value.clone())
            };
            let claims: Cbor = ciborium::from_reader(payload.as_slice()).unwrap_or(Cbor::Null);
            if let Some(key) = label(&claims, 8).and_then(|cnf| label(&cnf, 1)) {
                self.0.push(("keys", encoded(&key)));
            }
            let header = protected.as_bytes().map(Vec::as_slice).unwrap_or_default();
            let header: Cbor = ciborium::from_reader(header).unwrap_or(Cbor::Null);
            if target == "sd_cwt" {
                let none = Cbor::Array(Vec::new());
                let disclosures = label(open, 17).unwrap_or(none);
                let parts = Cbor::Array(vec![Cbor::Bytes(payload.clone()), disclosures]);
                self.0.push((target, encoded(&parts)));
            } else {
                self.0.push((target, payload.clone()));
            }
            if let Some(inner) = label(&header, 13) {
                self.message(target, encoded(&inner));
            }
        }
        self.0.push(("captured", message.clone()));
        self.0.push((target, message));
    }
}

/// What base45 of a zlib stream holds.
fn inflated(text: &str) -> Option<Vec<u8>> {
    let stream = base45::decode(text).ok()?;
    miniz_oxide::inflate::decompress_to_vec_zlib(&stream).ok()
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    BASE32_NOPAD.decode(text.as_bytes()).ok()
}

fn encoded(value: &Cbor) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).unwrap();
    out
}

/// The bytes of the files below `folder` whose names end so.
fn below(folder: &Path, end: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == end) {
                found.push(fs::read(&path).unwrap());
            }
        }
    }
    found
}
