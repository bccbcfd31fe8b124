//! `hwagin sample`.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use hwagin_desk::clock;
use hwagin_training::phone::{Phone, qr_luma};
use hwagin_training::{Authority, Card, Case, Portrait, Presentation, Recipe};
use hwagin_verifier::At;
use lexopt::{Arg, Parser};

use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

/// Frames of one code in a folder: more than a second of a camera.
const FRAMES: usize = 12;

/// The sides of a frame, as most webcams have them.
const SIDES: (u32, u32) = (1_280, 720);

const JPEG_QUALITY: u8 = 85;

/// Pixels a module, and light modules around (ISO/IEC 18004 asks for four).
const MODULE: (u32, u32) = (4, 4);

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut to, mut at, mut portrait) = (None, None, None);
    let mut names: Vec<String> = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("out") => to = Some(parser.value()?),
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("portrait") => portrait = Some(named(&parser.value()?)?),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::SAMPLE);
                return Ok(0);
            }
            Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let [card, case] = names.as_slice() else {
        return Err(Failure::usage("sample: CARD and CASE, and nothing else"));
    };
    let card = Card::from_id(card).ok_or_else(|| Failure::new("unknown_card", card))?;
    let case = Case::from_id(case).ok_or_else(|| Failure::new("unknown_case", case))?;
    let to = to.ok_or_else(|| Failure::usage("sample: no --out"))?;
    let shown = shown(card, case, portrait, at.unwrap_or_else(clock::now));
    write(&shown, &to, out)?;
    Ok(0)
}

fn named(portrait: &OsString) -> Result<Portrait, Failure> {
    match portrait.to_str() {
        Some("small") => Ok(Portrait::Small),
        Some("large") => Ok(Portrait::Large),
        Some("none") => Ok(Portrait::None),
        _ => Err(Failure::usage("--portrait: small, large or none")),
    }
}

fn shown(card: Card, case: Case, portrait: Option<Portrait>, at: At) -> Presentation {
    let mut recipe = Recipe::of(card, case, at.time.0);
    if let Some(portrait) = portrait {
        recipe.portrait(portrait);
    }
    Authority::built_in().mint(&recipe)
}

fn write(shown: &Presentation, to: &OsString, out: &mut Out) -> Result<(), Failure> {
    if to == "-" {
        out.line(&shown.text);
        return Ok(());
    }
    let name = to.to_string_lossy();
    let path = Path::new(to);
    if name.ends_with('/') || path.is_dir() {
        return write_frames(shown, path);
    }
    let too_long = |_| {
        Failure::new(
            "too_long",
            "more than one QR code holds; --out F/ or F.txt takes it",
        )
    };
    let code = || qr_luma(&shown.text, MODULE.0, MODULE.1).map_err(too_long);
    let extension = path
        .extension()
        .map(|extension| extension.to_ascii_lowercase());
    let bytes = match extension.as_ref().and_then(|extension| extension.to_str()) {
        Some("png") => code()?.png(),
        Some("jpg" | "jpeg") => code()?.jpeg(95),
        Some("txt") => shown.text.as_bytes().to_vec(),
        _ => return Err(Failure::usage("--out: F.png, F.jpg, F.txt, F/ or -")),
    };
    put(path, &bytes)
}

/// Frames of the phone: of one code several, of an animated one as many as it takes and a few more.
fn write_frames(shown: &Presentation, folder: &Path) -> Result<(), Failure> {
    let codes: Vec<String> = if shown.is_animated() {
        let parts = shown.parts();
        let count = parts.needed() * 5 / 4 + 2;
        parts.take(count).collect()
    } else {
        vec![shown.text.clone(); FRAMES]
    };
    let first = codes.first().map_or("", String::as_str);
    let too_long = |_| Failure::new("too_long", "more than one QR code holds");
    let mut phone = Phone::new(first, SIDES.0, SIDES.1).map_err(too_long)?;
    let unwritable = |_| Failure::new("cannot_write", folder.display().to_string());
    fs::create_dir_all(folder).map_err(unwritable)?;
    for (number, code) in (0..).zip(&codes) {
        if code != first {
            phone.show(code).map_err(too_long)?;
        }
        let path = folder.join(format!("frame-{:03}.jpg", number + 1));
        put(&path, &phone.frame(number).jpeg(JPEG_QUALITY))?;
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|_| Failure::new("cannot_write", path.display().to_string()))
}
