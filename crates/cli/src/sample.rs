//! `hwagin sample`.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use hwagin_desk::clock;
use hwagin_training::phone::{Phone, qr_luma};
use hwagin_training::{
    Authority, Card, Case, Challenge, Document, DocumentCase, DocumentKind, Format, Portrait,
    Presentation, Recipe, SdCwt,
};
use hwagin_verifier::At;
use lexopt::{Arg, Parser};

use crate::failure::Failure;
use crate::out::Out;
use crate::{challenge, help, world};

/// Frames of one code in a folder: more than a second of a camera.
const FRAMES: usize = 12;

/// The sides of a frame, as most webcams have them.
const SIDES: (u32, u32) = (1_280, 720);

const JPEG_QUALITY: u8 = 85;

/// Pixels a module, and light modules around (ISO/IEC 18004 asks for four).
const MODULE: (u32, u32) = (4, 4);

/// What is shown: by the phone of a sample holder, or on paper.
enum Shown {
    Presentation(Presentation),
    Document(Document),
}

impl Shown {
    fn text(&self) -> &str {
        match self {
            Self::Presentation(presentation) => &presentation.text,
            Self::Document(document) => &document.text,
        }
    }

    /// The codes of a second and more: of one code the same, of an animated one as many as it takes
    /// and a few more.
    fn codes(&self) -> Vec<String> {
        match self {
            Self::Presentation(presentation) if presentation.is_animated() => {
                let parts = presentation.parts();
                let count = parts.needed() * 5 / 4 + 2;
                parts.take(count).collect()
            }
            one => vec![one.text().to_owned(); FRAMES],
        }
    }
}

/// How the sample of a card is changed.
#[derive(Default)]
struct Changes {
    format: Option<Format>,
    challenge: Option<String>,
    portrait: Option<Portrait>,
}

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut to, mut at, mut changes) = (None, None, Changes::default());
    let mut names: Vec<String> = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("out") => to = Some(parser.value()?),
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("format") => changes.format = Some(format(&parser.value()?)?),
            Arg::Long("challenge") => {
                changes.challenge = Some(challenge::given(&parser.value()?)?);
            }
            Arg::Long("portrait") => changes.portrait = Some(portrait(&parser.value()?)?),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::SAMPLE);
                return Ok(0);
            }
            Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let [what, case] = names.as_slice() else {
        return Err(Failure::usage(
            "sample: CARD or DOCUMENT, and CASE, and nothing else",
        ));
    };
    let at = at.unwrap_or_else(clock::now);
    let shown = shown(what, case, &changes, at)?;
    let to = to.ok_or_else(|| Failure::usage("sample: no --out"))?;
    write(&shown, &to, out)?;
    Ok(0)
}

fn format(name: &OsString) -> Result<Format, Failure> {
    let format = name.to_str().and_then(Format::from_id);
    format
        .ok_or_else(|| Failure::usage(format!("--format: {}", listed(Format::ALL.map(Format::id)))))
}

fn portrait(name: &OsString) -> Result<Portrait, Failure> {
    match name.to_str() {
        Some("small") => Ok(Portrait::Small),
        Some("large") => Ok(Portrait::Large),
        Some("none") => Ok(Portrait::None),
        _ => Err(Failure::usage("--portrait: small, large or none")),
    }
}

fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn shown(what: &str, case: &str, changes: &Changes, at: At) -> Result<Shown, Failure> {
    let unknown_case =
        |cases: String| Failure::new("unknown_case", format!("{case}: not of {cases}"));
    if let Some(card) = Card::from_id(what) {
        let known = Case::from_id(case);
        let case = known.ok_or_else(|| unknown_case(listed(Case::ALL.map(Case::id))))?;
        return Ok(Shown::Presentation(presentation(card, case, changes, at)?));
    }
    let Some(kind) = DocumentKind::from_id(what) else {
        let (cards, documents) = (
            Card::ALL.map(Card::id),
            DocumentKind::ALL.map(DocumentKind::id),
        );
        let all = listed(cards.into_iter().chain(documents));
        return Err(Failure::new(
            "unknown_card",
            format!("{what}: not of {all}"),
        ));
    };
    if changes.format.is_some() || changes.portrait.is_some() || changes.challenge.is_some() {
        let cards = listed(Card::ALL.map(Card::id));
        return Err(Failure::usage(format!(
            "--format, --portrait, --challenge: only {cards}"
        )));
    }
    let document = DocumentCase::from_id(case)
        .and_then(|case| Authority::built_in().document(kind, case, at.time.0));
    let document =
        document.ok_or_else(|| unknown_case(listed(kind.cases().map(DocumentCase::id))))?;
    Ok(Shown::Document(document))
}

fn presentation(
    card: Card,
    case: Case,
    changes: &Changes,
    at: At,
) -> Result<Presentation, Failure> {
    let (authority, at) = (Authority::built_in(), at.time.0);
    if let Some(text) = &changes.challenge {
        let asked = Challenge::read(text, at);
        let asked = asked.map_err(|flaw| Failure::new("challenge", flaw.id()))?;
        let format = changes.format.unwrap_or_default();
        return Ok(authority.answer(&asked, format, card, case, at));
    }
    Ok(match changes.format.unwrap_or_default() {
        Format::Mdoc => {
            let mut recipe = Recipe::of(card, case, at);
            changes
                .portrait
                .into_iter()
                .for_each(|p| recipe.portrait(p));
            authority.mint(&recipe)
        }
        Format::SdCwt => {
            let mut recipe = SdCwt::of(card, case, at);
            changes
                .portrait
                .into_iter()
                .for_each(|p| recipe.portrait(p));
            authority.mint_sd_cwt(&recipe)
        }
    })
}

fn write(shown: &Shown, to: &OsString, out: &mut Out) -> Result<(), Failure> {
    if to == "-" {
        out.line(shown.text());
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
    let code = || qr_luma(shown.text(), MODULE.0, MODULE.1).map_err(too_long);
    let extension = path
        .extension()
        .map(|extension| extension.to_ascii_lowercase());
    let bytes = match extension.as_ref().and_then(|extension| extension.to_str()) {
        Some("png") => code()?.png(),
        Some("jpg" | "jpeg") => code()?.jpeg(95),
        Some("txt") => shown.text().as_bytes().to_vec(),
        _ => return Err(Failure::usage("--out: F.png, F.jpg, F.txt, F/ or -")),
    };
    put(path, &bytes)
}

/// Frames of the phone.
fn write_frames(shown: &Shown, folder: &Path) -> Result<(), Failure> {
    let codes = shown.codes();
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

pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|_| Failure::new("cannot_write", path.display().to_string()))
}
