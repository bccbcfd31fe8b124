//! `hwagin bundle`: what a publisher does, and what can be asked of a bundle.

mod keys;
mod parts;
mod publish;
mod show;

use std::fs;
use std::path::{Path, PathBuf};

use hwagin_publisher::key::SigningKey;
use hwagin_publisher::root::SignedRoot;
use hwagin_publisher::{PublishError, Signatures};
use lexopt::{Arg, Parser};

use crate::failure::Failure;
use crate::help;
use crate::out::Out;

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let command = match parser.next()? {
        Some(Arg::Value(command)) => command.to_string_lossy().into_owned(),
        Some(Arg::Long("help") | Arg::Short('h')) | None => "help".to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "new-key" => keys::new_key(parser, out),
        "new-root" => keys::new_root(parser, out),
        "build" => publish::build(parser, out),
        "delegated" => publish::delegated(parser, out),
        "sign" => publish::sign(parser, out),
        "verify" => show::verify(parser, out),
        "show" => show::show(parser, out),
        "diff" => show::diff(parser, out),
        "import" => show::import(parser, out),
        "help" => {
            out.line(help::BUNDLE);
            Ok(0)
        }
        other => Err(Failure::usage(format!("bundle: no command {other:?}"))),
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        let code = match error {
            PublishError::Read(_) => "unreadable",
            PublishError::Write(_) => "not_written",
            PublishError::Key(_) => "not_a_key",
            PublishError::Metadata(_) => "bad_metadata",
            PublishError::Name(_) => "bad_name",
            PublishError::Threshold(_) => "too_few_keys",
            PublishError::Sign => "not_signed",
        };
        Self::new(code, error.to_string())
    }
}

/// The keys in these files.
fn signing_keys(paths: &[PathBuf]) -> Result<Vec<SigningKey>, Failure> {
    let keys = paths.iter().map(|path| SigningKey::read(path));
    Ok(keys.collect::<Result<_, _>>()?)
}

/// The root in this file.
fn root(path: Option<&PathBuf>) -> Result<SignedRoot, Failure> {
    let path = path.ok_or_else(|| Failure::usage("bundle: --root is missing"))?;
    Ok(SignedRoot::read(path)?)
}

/// What was given, or that it was not.
fn given<T>(value: Option<T>, option: &str) -> Result<T, Failure> {
    value.ok_or_else(|| Failure::usage(format!("bundle: {option} is missing")))
}

/// That many days after `from`, which is now unless it was given.
fn days_from(from: Option<hwagin_verifier::At>, days: i64) -> Result<jiff::Timestamp, Failure> {
    let from = from.unwrap_or_else(hwagin_desk::clock::now).time;
    let time = from.plus_seconds(days.saturating_mul(86_400));
    jiff::Timestamp::from_second(time.0).map_err(|_| Failure::usage("bundle: no such day"))
}

/// Says how far the signatures of each role are; 0 where all are there, else 2.
fn tell_signatures(all: &[Signatures], out: &mut Out) -> u8 {
    for one in all {
        let word = if one.complete() { "signed" } else { "pending" };
        out.line(format!("{word} {} {} of {}", one.role, one.have, one.need));
    }
    if all.iter().all(Signatures::complete) {
        0
    } else {
        2
    }
}

/// The file has these bytes.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|_| Failure::new("not_written", path.display().to_string()))
}

/// The file has these bytes, and nobody else may read it where the system can say so.
fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    let failed = |_| Failure::new("not_written", path.display().to_string());
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)
}
