//! Public pictures with known contents, from a folder outside the repository.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a picture holds: bytes, or text in some encoding.
pub(crate) enum Truth {
    Bytes(Vec<u8>),
    Text(String),
}

impl Truth {
    /// Whether the content says it.
    pub(crate) fn is(&self, content: &[u8]) -> bool {
        match self {
            Self::Bytes(bytes) => content == bytes,
            Self::Text(text) => {
                let encodings = [
                    encoding_rs::UTF_8,
                    encoding_rs::SHIFT_JIS,
                    encoding_rs::GB18030,
                    encoding_rs::WINDOWS_1252,
                ];
                let says = |encoding: &'static encoding_rs::Encoding| {
                    encoding
                        .decode_without_bom_handling_and_without_replacement(content)
                        .is_some_and(|read| read == *text)
                };
                encodings.into_iter().any(says)
            }
        }
    }
}

/// A picture and what is in it.
pub(crate) struct Known {
    pub(crate) luma: image::GrayImage,
    pub(crate) truth: Truth,
}

/// The text file beside it spells "photograph"; the symbol, with its error correction intact,
/// says "photography".
const MISSPELT: &str = "zxing/qrcode-2/13.png";

fn folder() -> PathBuf {
    std::env::var_os("HWAGIN_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    )
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect();
    found.sort();
    found
}

/// The photographs of that part of `qr/` whose content is known.
pub(crate) fn photographs(part: &str) -> Vec<Known> {
    let is_picture = |path: &&PathBuf| {
        path.extension()
            .is_some_and(|end| end == "png" || end == "jpg")
    };
    files_below(&folder().join("qr").join(part))
        .iter()
        .filter(is_picture)
        .filter_map(|path| {
            Some(Known {
                truth: truth_of(path)?,
                luma: image::open(path).ok()?.to_luma8(),
            })
        })
        .collect()
}

fn truth_of(path: &Path) -> Option<Truth> {
    if path.ends_with(MISSPELT) {
        let text = fs::read_to_string(path.with_extension("txt")).ok()?;
        return Some(Truth::Text(text.replace("photograph", "photography")));
    }
    if let Ok(bytes) = fs::read(path.with_extension("bin")) {
        return Some(Truth::Bytes(bytes));
    }
    if let Ok(text) = fs::read_to_string(path.with_extension("txt")) {
        return Some(Truth::Text(text));
    }
    let json = fs::read(path.with_extension("json")).ok()?;
    let json: serde_json::Value = serde_json::from_slice(&json).ok()?;
    let hex = json["bytes_hex"].as_str()?;
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
    Some(Truth::Bytes(bytes?))
}

/// The pictures inside the HCERT vectors, but for those that are no picture.
pub(crate) fn hcert() -> Vec<Known> {
    files_below(&folder().join("hcert"))
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .filter_map(|path| {
            let json: serde_json::Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
            let png = STANDARD.decode(json["2DCODE"].as_str()?).ok()?;
            Some(Known {
                luma: image::load_from_memory(&png).ok()?.to_luma8(),
                truth: Truth::Bytes(json["PREFIX"].as_str()?.as_bytes().to_vec()),
            })
        })
        .collect()
}
