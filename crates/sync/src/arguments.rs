//! What is asked of a run.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};
use url::Url;

use crate::failure::Failure;
use crate::progress::Style;
use crate::{address, client, help};

/// The most that `--tries` takes: with the longest pauses, more than an hour.
const MAX_TRIES: u32 = 100;

pub(crate) enum Command {
    Print(&'static str),
    Pull(Pull),
    Gather(Gather),
}

/// `hwagin-sync pull`.
pub(crate) struct Pull {
    pub(crate) base: Url,
    pub(crate) root: PathBuf,
    pub(crate) to: PathBuf,
    pub(crate) style: Style,
    pub(crate) tries: u32,
}

/// `hwagin-sync gather`.
pub(crate) struct Gather {
    pub(crate) from: PathBuf,
    pub(crate) to: PathBuf,
    pub(crate) style: Style,
    pub(crate) tries: u32,
}

pub(crate) fn read() -> Result<Command, Failure> {
    let mut parser = Parser::from_env();
    match parser.next()? {
        Some(Arg::Value(command)) => match command.to_string_lossy().as_ref() {
            "pull" => pull(parser),
            "gather" => gather(parser),
            "help" => Ok(Command::Print(help::ALL)),
            other => Err(Failure::usage(other)),
        },
        Some(Arg::Long("help") | Arg::Short('h')) => Ok(Command::Print(help::ALL)),
        Some(Arg::Long("version") | Arg::Short('V')) => Ok(Command::Print(concat!(
            "hwagin-sync ",
            env!("CARGO_PKG_VERSION")
        ))),
        Some(other) => Err(other.unexpected().into()),
        None => Err(Failure::usage("--help")),
    }
}

fn pull(mut parser: Parser) -> Result<Command, Failure> {
    let (mut base, mut root, mut to) = (None, None, None);
    let (mut style, mut tries) = (Style::Words, client::TRIES);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("root") => root = Some(PathBuf::from(parser.value()?)),
            Arg::Long("to") => to = Some(PathBuf::from(parser.value()?)),
            Arg::Long("json") => style = Style::Json,
            Arg::Long("quiet") => style = Style::Quiet,
            Arg::Long("tries") => tries = read_tries(&mut parser)?,
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Print(help::PULL)),
            Arg::Value(url) if base.is_none() => {
                base = Some(address::read_base(&url.to_string_lossy())?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Pull(Pull {
        base: base.ok_or_else(|| Failure::usage("URL"))?,
        root: root.ok_or_else(|| Failure::usage("--root"))?,
        to: to.ok_or_else(|| Failure::usage("--to"))?,
        style,
        tries,
    }))
}

fn gather(mut parser: Parser) -> Result<Command, Failure> {
    let (mut from, mut to) = (None, None);
    let (mut style, mut tries) = (Style::Words, client::TRIES);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("from") => from = Some(PathBuf::from(parser.value()?)),
            Arg::Long("to") => to = Some(PathBuf::from(parser.value()?)),
            Arg::Long("json") => style = Style::Json,
            Arg::Long("quiet") => style = Style::Quiet,
            Arg::Long("tries") => tries = read_tries(&mut parser)?,
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Print(help::GATHER)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Gather(Gather {
        from: from.ok_or_else(|| Failure::usage("--from"))?,
        to: to.ok_or_else(|| Failure::usage("--to"))?,
        style,
        tries,
    }))
}

fn read_tries(parser: &mut Parser) -> Result<u32, Failure> {
    let tries: u32 = parser.value()?.parse()?;
    if (1..=MAX_TRIES).contains(&tries) {
        Ok(tries)
    } else {
        Err(Failure::usage("--tries"))
    }
}
