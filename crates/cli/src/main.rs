//! `hwagin`: the desk in a terminal.

mod bundle;
mod cases;
mod challenge;
mod desk_key;
mod failure;
mod help;
mod input;
mod inspect;
mod journal;
mod out;
mod parts;
mod purpose;
mod sample;
mod session;
mod symbols;
mod verify;
mod vical;
mod world;

use std::process::ExitCode;

use failure::{Failure, USAGE};
use lexopt::{Arg, Parser};
use out::Out;

fn main() -> ExitCode {
    hwagin_desk::silence_panics();
    let mut out = Out::new();
    match run(&mut out) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            out.error(failure.code, &failure.what);
            ExitCode::from(USAGE)
        }
    }
}

fn run(out: &mut Out) -> Result<u8, Failure> {
    let mut parser = Parser::from_env();
    let command = match parser.next()? {
        Some(Arg::Value(command)) => command.to_string_lossy().into_owned(),
        Some(Arg::Long("help") | Arg::Short('h')) => "help".to_owned(),
        Some(Arg::Long("version") | Arg::Short('V')) => {
            out.line(concat!("hwagin ", env!("CARGO_PKG_VERSION")));
            return Ok(0);
        }
        Some(other) => return Err(other.unexpected().into()),
        None => return Err(Failure::usage("no command; see hwagin --help")),
    };
    match command.as_str() {
        "verify" => verify::run(parser, out),
        "sample" => sample::run(parser, out),
        "symbols" => symbols::run(parser, out),
        "inspect" => inspect::run(parser, out),
        "vical" => vical::run(parser, out),
        "cases" => cases::run(parser, out),
        "bundle" => bundle::run(parser, out),
        "challenge" => challenge::run(parser, out),
        "desk-key" => desk_key::run(parser, out),
        "journal" => journal::run(parser, out),
        "purpose" => purpose::run(parser, out),
        "help" => {
            out.line(help::ALL);
            Ok(0)
        }
        other => Err(Failure::usage(format!("no command {other:?}"))),
    }
}
