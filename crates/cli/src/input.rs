//! What a command reads: pictures, texts, folders of frames, standard input.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hwagin_desk::picture::MAX_BYTES;
use hwagin_desk::view::HintCode;
use hwagin_desk::{scan_picture, symbols_in};
use hwagin_verifier::transport::{self, Assembler, Message, Scanned, Taken};
use hwagin_verifier::trust::vical::is_vical;
use hwagin_verifier::{Hint, Payload};

use crate::failure::Failure;

/// Frames read from one folder at most: a minute at 30 a second.
const MAX_FRAMES: usize = 1_800;

/// The contents of the codes in one input, best first; or a presentation that was captured without
/// a code around it; or what it is instead.
pub(crate) type Contents = Result<Given, HintCode>;

/// What an input holds.
pub(crate) enum Given {
    /// Contents of codes.
    Codes(Vec<Vec<u8>>),
    /// A presentation as another program has it: bytes, hex or base64 of a `DeviceResponse`, an
    /// SD-CWT or key binding token, or another signed document.
    Captured(Payload),
}

/// What is in this input.
pub(crate) fn contents(input: &OsString) -> Result<Contents, Failure> {
    if input == "-" {
        let bytes = bounded(std::io::stdin().lock(), "-")?;
        return Ok(given(&bytes));
    }
    let path = Path::new(input);
    if path.is_dir() {
        return of_folder(path);
    }
    Ok(given(&file(path)?))
}

fn given(bytes: &[u8]) -> Contents {
    match captured(bytes) {
        Some(payload) => Ok(Given::Captured(payload)),
        None => of_bytes(bytes).map(Given::Codes),
    }
}

/// A presentation without a code around it. Text that is something by itself is taken as that.
fn captured(bytes: &[u8]) -> Option<Payload> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Payload::captured(bytes);
    };
    let is_known = !matches!(
        transport::read(text.trim().as_bytes()),
        Ok(Scanned::Foreign(Hint::Unrecognised))
    );
    if is_known {
        return None;
    }
    let text: String = text.split_ascii_whitespace().collect();
    decodings(&text)
        .into_iter()
        .flatten()
        .find_map(|bytes| Payload::captured(&bytes))
}

/// What a text may write: hex, base64 or base64url, with or without padding.
fn decodings(text: &str) -> [Option<Vec<u8>>; 3] {
    let unpadded = text.trim_end_matches('=');
    [
        hex(text),
        BASE64_URL_SAFE_NO_PAD.decode(unpadded).ok(),
        BASE64_STANDARD_NO_PAD.decode(unpadded).ok(),
    ]
}

/// The bytes that these hexadecimal digits write.
pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let is_even = text.len().is_multiple_of(2);
    is_even.then(|| pairs.map(byte).collect())?
}

/// The text of the code in a file of a published test suite: `PREFIX` in those of the EU DCC,
/// `qr_data` in those of claim 169.
fn of_test_suite(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with('{') {
        return None;
    }
    let file: serde_json::Value = serde_json::from_str(text).ok()?;
    let member = ["PREFIX", "qr_data"].iter().find_map(|name| file.get(name));
    member?.as_str().map(str::to_owned)
}

/// The bytes of this file, if it is an issuer list by its looks.
pub(crate) fn issuer_list(input: &OsString) -> Option<Vec<u8>> {
    let path = Path::new(input);
    let bytes = path.is_file().then(|| file(path).ok())??;
    is_vical(&bytes).then_some(bytes)
}

/// The bytes of a file, within the bounds of a picture.
pub(crate) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|_| Failure::new("cannot_read", name.clone()))?;
    bounded(file, &name)
}

fn bounded(from: impl Read, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let read = from.take(limit).read_to_end(&mut bytes);
    read.map_err(|_| Failure::new("cannot_read", name))?;
    Ok(bytes)
}

/// Text where it reads as text, else a picture.
fn of_bytes(bytes: &[u8]) -> Result<Vec<Vec<u8>>, HintCode> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            if let Some(code) = of_test_suite(text) {
                return Ok(vec![code.into_bytes()]);
            }
            Ok(symbols_in(text).into_iter().map(<[u8]>::to_vec).collect())
        }
        _ => {
            let found = scan_picture(bytes)?;
            if found.is_empty() {
                return Err(HintCode::PictureWithoutCode);
            }
            Ok(found.into_iter().map(|content| content.to_vec()).collect())
        }
    }
}

/// The codes of the first frame that has any; where those are parts, the parts of as many frames as
/// it takes.
fn of_folder(folder: &Path) -> Result<Contents, Failure> {
    let unreadable = || Failure::new("cannot_read", folder.display().to_string());
    let entries = fs::read_dir(folder).map_err(|_| unreadable())?;
    let mut frames: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    frames.sort_unstable();
    let mut last = HintCode::PictureWithoutCode;
    let (mut parts, mut assembler) = (Vec::new(), Assembler::new());
    for frame in frames.iter().take(MAX_FRAMES) {
        let contents = match of_bytes(&file(frame)?) {
            Ok(contents) => contents,
            Err(hint) => {
                last = hint;
                continue;
            }
        };
        let is_part = |content: &Vec<u8>| Message::of(content).is_some();
        if parts.is_empty() && !contents.iter().any(is_part) {
            return Ok(Ok(Given::Codes(contents)));
        }
        for part in contents.into_iter().filter(is_part) {
            let taken = assembler.take(&part, Duration::ZERO);
            parts.push(part);
            if !matches!(taken, Ok(Taken::Part)) {
                return Ok(Ok(Given::Codes(parts)));
            }
        }
    }
    Ok(if parts.is_empty() {
        Err(last)
    } else {
        Ok(Given::Codes(parts))
    })
}
