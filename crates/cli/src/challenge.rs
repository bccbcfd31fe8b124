//! `hwagin challenge`: what a desk would ask, as a symbol.

use std::ffi::OsString;
use std::path::Path;

use hwagin_desk::challenge::{Challenger, DeskKey, KeyPlace};
use hwagin_desk::clock;
use hwagin_desk::knowledge::Asked;
use hwagin_desk::{Sources, bundle::DeskSettings};
use hwagin_training::phone::qr_luma;
use hwagin_verifier::holder::Challenge;
use lexopt::{Arg, Parser};

use crate::desk_key::{PATIENCE, failed};
use crate::failure::Failure;
use crate::out::Out;
use crate::{help, sample, world};

/// Pixels a module, and light modules around.
const MODULE: (u32, u32) = (6, 4);

#[derive(Default)]
struct Options {
    sources: Sources,
    purpose: Option<String>,
    asked: Asked,
    at: Option<hwagin_verifier::At>,
    is_printed: bool,
    to: Option<OsString>,
}

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let mut options = Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("purpose") => {
                options.purpose = Some(parser.value()?.to_string_lossy().into_owned());
            }
            Arg::Long("on") => options.asked.date = Some(world::day(&parser.value()?)?),
            Arg::Long("at") => options.at = Some(world::time(&parser.value()?)?),
            Arg::Long("data") => options.sources.data = Some(parser.value()?.into()),
            Arg::Long("printed") => options.is_printed = true,
            Arg::Long("out") => options.to = Some(parser.value()?),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::CHALLENGE);
                return Ok(0);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let text = text(&options, out)?;
    let to = options
        .to
        .ok_or_else(|| Failure::usage("challenge: no --out"))?;
    if to == "-" {
        out.line(&text);
        return Ok(0);
    }
    let path = Path::new(&to);
    let too_long = |_| Failure::new("too_long", "more than one QR code holds");
    let bytes = match path.extension().and_then(|extension| extension.to_str()) {
        Some("png") => qr_luma(&text, MODULE.0, MODULE.1).map_err(too_long)?.png(),
        Some("txt") => text.into_bytes(),
        _ => return Err(Failure::usage("--out: F.png, F.txt or -")),
    };
    sample::put(path, &bytes)?;
    Ok(0)
}

fn text(options: &Options, out: &mut Out) -> Result<String, Failure> {
    let at = options.at.unwrap_or_else(clock::now);
    let knowledge = world::knowledge(&options.sources, at, out)?;
    let id = options
        .purpose
        .as_deref()
        .ok_or_else(|| Failure::usage("challenge: no --purpose"))?;
    let purpose = knowledge
        .purpose(id)
        .ok_or_else(|| Failure::new("unknown_purpose", id))?;
    let rules = purpose
        .rules(&options.asked, at.today)
        .ok_or_else(|| Failure::new("asked_missing", format!("{id} needs --on DATE")))?;
    if !rules.holder.offers_challenge {
        return Err(Failure::new("no_challenge", id));
    }
    let folder = options.sources.data.as_deref();
    let (desk, organisation) = folder.map(DeskSettings::read).unwrap_or_default().names();
    let key = match folder {
        Some(folder) => KeyPlace::of_desk(folder, PATIENCE).read_or_make(&desk, &organisation),
        None => DeskKey::generate(&desk, &organisation),
    };
    let key = key.map_err(failed)?;
    let mut challenger = Challenger::new(key, folder, at);
    if options.is_printed {
        let printed = challenger.print(purpose, &rules, &knowledge, at);
        return Ok(printed.map_err(failed)?.text);
    }
    challenger.turn(Some((purpose, rules)), &knowledge, at);
    let standing = challenger.standing();
    standing
        .map(|standing| standing.text.clone())
        .ok_or_else(|| Failure::new("no_challenge", id))
}

/// The challenge in this text, or in the file after an `@`.
pub(crate) fn given(value: &OsString) -> Result<String, Failure> {
    let text = value.to_string_lossy();
    match text.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file)
            .map(|text| text.trim().to_owned())
            .map_err(|_| Failure::new("unreadable", file)),
        None => Ok(text.trim().to_owned()),
    }
}

/// What an answer to it is held against.
pub(crate) fn asked(value: &OsString) -> Result<Challenge, Failure> {
    hwagin_desk::challenge::read(&given(value)?)
        .ok_or_else(|| Failure::usage("--challenge: no challenge"))
}
