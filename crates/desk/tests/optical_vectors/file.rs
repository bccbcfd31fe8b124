//! The file, and the bytes in it.

use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use ciborium::Value;
use data_encoding::HEXLOWER;
use serde_json::Value as Json;

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(super) fn file() -> Json {
    let path = root().join("docs/data/optical-vectors.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The vectors of this kind; there are at least so many.
pub(super) fn vectors<'a>(file: &'a Json, kind: &str, least: usize) -> &'a [Json] {
    let all = file[kind].as_array().unwrap();
    assert!(all.len() >= least, "{kind}: {}", all.len());
    all
}

pub(super) fn named<'a>(vectors: &'a [Json], name: &Json) -> &'a Json {
    vectors.iter().find(|one| one["name"] == *name).unwrap()
}

pub(super) fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value}"))
}

pub(super) fn int(value: &Json) -> i64 {
    value.as_i64().unwrap()
}

pub(super) fn bytes(value: &Json) -> Vec<u8> {
    HEXLOWER.decode(text(value).as_bytes()).unwrap()
}

pub(super) fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    digest(&SHA256, &parts.concat()).as_ref().to_vec()
}

/// What stands behind the packing byte.
pub(super) fn unpacked(packed: &[u8]) -> Vec<u8> {
    match packed {
        [0, body @ ..] => body.to_vec(),
        [1, zlib @ ..] => miniz_oxide::inflate::decompress_to_vec_zlib(zlib).unwrap(),
        _ => panic!("no packing"),
    }
}

/// The payload of a tagged `COSE_Sign1`.
pub(super) fn third(message: &[u8]) -> Vec<u8> {
    let Value::Tag(18, parts) = ciborium::from_reader(message).unwrap() else {
        panic!("no COSE_Sign1");
    };
    parts.as_array().unwrap()[2].as_bytes().unwrap().clone()
}

/// The entries of an encoded map with integer keys.
pub(super) fn entries(map: &[u8]) -> Vec<(i64, Value)> {
    let map: Value = ciborium::from_reader(map).unwrap();
    let entries = map.into_map().unwrap().into_iter();
    let entries =
        entries.map(|(key, value)| (i64::try_from(key.into_integer().unwrap()).unwrap(), value));
    entries.collect()
}
