//! Public photographs with known contents, from a folder outside the repository.
//!
//! `HWAGIN_VECTORS` names the folder; without it, `../shared/vectors` beside the workspace. Where
//! it is absent the test says so and passes, but for a CI run, where it fails.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect"
)]

use std::path::{Path, PathBuf};

use hwagin_scanner::{Luma, Scanner};
use rxing::common::CharacterSet;

/// Pictures read of the 137: a lower number is a step back, a higher one is worth raising this.
const FLOOR: usize = 137;

/// The text file spells "photograph"; the symbol, with its error correction intact, says
/// "photography".
const MISSPELT: &str = "zxing/qrcode-2/13.png";

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("HWAGIN_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let pictures = folder.join("qr");
    if pictures.is_dir() {
        return Some(pictures);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "no {}",
        pictures.display()
    );
    println!("skipped: no {}", pictures.display());
    None
}

fn pictures_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(pictures_under(&path));
        } else if path
            .extension()
            .is_some_and(|end| end == "png" || end == "jpg")
        {
            found.push(path);
        }
    }
    found
}

/// What the picture holds, in bytes or (as the text says) in some encoding; `None` where its
/// publishers state nothing.
enum Truth {
    Bytes(Vec<u8>),
    Text(String),
}

fn truth_of(picture: &Path) -> Option<Truth> {
    if let Ok(bytes) = std::fs::read(picture.with_extension("bin")) {
        return Some(Truth::Bytes(bytes));
    }
    if let Ok(text) = std::fs::read_to_string(picture.with_extension("txt")) {
        return Some(Truth::Text(text));
    }
    let json = std::fs::read(picture.with_extension("json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let hex = json["bytes_hex"].as_str()?;
    let digits = hex
        .as_bytes()
        .chunks(2)
        .map(|two| std::str::from_utf8(two).unwrap());
    Some(Truth::Bytes(
        digits
            .map(|two| u8::from_str_radix(two, 16).unwrap())
            .collect(),
    ))
}

fn says(content: &[u8], truth: &Truth) -> bool {
    let encodings = [
        CharacterSet::UTF8,
        CharacterSet::Shift_JIS,
        CharacterSet::GB18030,
    ];
    match truth {
        Truth::Bytes(bytes) => content == bytes,
        Truth::Text(text) => encodings
            .iter()
            .any(|encoding| encoding.decode(content).is_ok_and(|read| read == *text)),
    }
}

#[test]
fn reads_public_photographs_and_reads_none_wrongly() {
    let Some(folder) = folder() else { return };
    let pictures = pictures_under(&folder);
    let (mut read, mut wrong) = (0, Vec::new());
    for path in &pictures {
        let picture = image::open(path).unwrap().to_luma8();
        let luma = Luma::new(picture.width(), picture.height(), picture.as_raw()).unwrap();
        let symbols = Scanner::new().scan_still(&luma);
        read += usize::from(!symbols.is_empty());
        if symbols.is_empty() || path.ends_with(MISSPELT) {
            continue;
        }
        if let Some(truth) = truth_of(path)
            && !symbols.iter().any(|symbol| says(&symbol.content, &truth))
        {
            wrong.push(path);
        }
    }
    println!("read {read} of {}", pictures.len());
    assert_eq!(wrong, Vec::<&PathBuf>::new());
    assert!(
        read >= FLOOR.min(pictures.len()),
        "read {read} of {}",
        pictures.len()
    );
}
