//! What a command reads: pictures, texts, folders of frames, standard input.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hwagin_desk::picture::MAX_BYTES;
use hwagin_desk::view::HintCode;
use hwagin_desk::{scan_picture, symbols_in};
use hwagin_verifier::transport::{Assembler, Message, Taken};
use hwagin_verifier::trust::vical::is_vical;

use crate::failure::Failure;

/// Frames read from one folder at most: a minute at 30 a second.
const MAX_FRAMES: usize = 1_800;

/// The contents of the codes in one input, best first, or what it is instead.
pub(crate) type Contents = Result<Vec<Vec<u8>>, HintCode>;

/// What is in this input.
pub(crate) fn contents(input: &OsString) -> Result<Contents, Failure> {
    if input == "-" {
        let bytes = bounded(std::io::stdin().lock(), "-")?;
        return Ok(of_bytes(&bytes));
    }
    let path = Path::new(input);
    if path.is_dir() {
        return of_folder(path);
    }
    Ok(of_bytes(&file(path)?))
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
fn of_bytes(bytes: &[u8]) -> Contents {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
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
            return Ok(Ok(contents));
        }
        for part in contents.into_iter().filter(is_part) {
            let taken = assembler.take(&part, Duration::ZERO);
            parts.push(part);
            if !matches!(taken, Ok(Taken::Part)) {
                return Ok(Ok(parts));
            }
        }
    }
    Ok(if parts.is_empty() {
        Err(last)
    } else {
        Ok(parts)
    })
}
