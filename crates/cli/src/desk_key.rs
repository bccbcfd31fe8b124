//! `hwagin desk-key`: the key that a desk signs its challenges with.

use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use hwagin_desk::bundle::DeskSettings;
use hwagin_desk::challenge::{DeskKey, KeyFlaw, KeyPlace};
use lexopt::{Arg, Parser};

use crate::failure::Failure;
use crate::out::Out;
use crate::{help, sample};

/// How long the key store may take: whoever sits there may have to unlock it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A certificate file at most.
const MAX_PEM: u64 = 64 * 1024;

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut command, mut data, mut to, mut file) = (None, None, None, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("data") => data = Some(PathBuf::from(parser.value()?)),
            Arg::Long("out") => to = Some(PathBuf::from(parser.value()?)),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::DESK_KEY);
                return Ok(0);
            }
            Arg::Value(word) if command.is_none() => {
                command = Some(word.to_string_lossy().into_owned());
            }
            Arg::Value(word) if file.is_none() => file = Some(PathBuf::from(word)),
            other => return Err(other.unexpected().into()),
        }
    }
    let data = data.ok_or_else(|| Failure::usage("desk-key: no --data"))?;
    let place = KeyPlace::of_desk(&data, PATIENCE);
    let names = DeskSettings::read(&data).names();
    match command.as_deref() {
        Some("show") => tell(&kept(&place)?, &place, out),
        Some("rotate") => {
            let key = place.rotate(&names.0, &names.1).map_err(failed)?;
            tell(&key, &place, out);
        }
        Some("request") => {
            let request = kept(&place)?.request(&names.0, &names.1);
            let request = request.map_err(failed)?;
            match to {
                Some(path) => sample::put(&path, request.as_bytes())?,
                None => out.line(request.trim_end()),
            }
        }
        Some("install") => {
            let file = file.ok_or_else(|| Failure::usage("desk-key install: no FILE"))?;
            let key = kept(&place)?.with_chain(chain(&file)?).map_err(failed)?;
            place.keep(&key).map_err(failed)?;
            tell(&key, &place, out);
        }
        _ => {
            return Err(Failure::usage("desk-key: show, rotate, request or install"));
        }
    }
    Ok(0)
}

fn kept(place: &KeyPlace) -> Result<DeskKey, Failure> {
    let key = place.read().map_err(failed)?;
    key.ok_or_else(|| Failure::new("desk_key_missing", ""))
}

fn chain(file: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    use std::io::Read;
    let mut pem = Vec::new();
    std::fs::File::open(file)
        .and_then(|file| file.take(MAX_PEM).read_to_end(&mut pem))
        .map_err(|_| Failure::new("unreadable", file.display().to_string()))?;
    DeskKey::chain_of_pem(&pem).map_err(failed)
}

fn tell(key: &DeskKey, place: &KeyPlace, out: &mut Out) {
    let print = HEXLOWER.encode(&key.fingerprint());
    out.line(format!("sha256 {print}"));
    out.line(format!("certificates {}", key.chain().len()));
    let is_in_file = place.is_in_file();
    out.line(if is_in_file {
        "kept file"
    } else {
        "kept key-store"
    });
}

pub(crate) fn failed(flaw: KeyFlaw) -> Failure {
    Failure::new(flaw.code(), "")
}
