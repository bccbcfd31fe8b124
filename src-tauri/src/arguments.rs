//! The arguments, of which there is one: `--data DIR`, the folder with the cards, purposes, roots
//! and lists of this site, in place of the built-in training ones.

use hwagin_desk::Sources;
use lexopt::prelude::{Long, Short};
use std::path::PathBuf;

#[allow(clippy::print_stdout, clippy::print_stderr)] // what a terminal is for
mod help {
    const TEXT: &str = "hwagin-desk [--data DIR]";

    pub(super) fn show() {
        println!("{TEXT}");
    }

    pub(super) fn refuse(error: &lexopt::Error) {
        eprintln!("{error}\n{TEXT}");
    }
}

/// Where the desk's knowledge comes from; `None` when only the help was asked for.
///
/// # Errors
/// An argument that is not known, said on stderr.
pub(crate) fn read() -> Result<Option<Sources>, ()> {
    parse(lexopt::Parser::from_env()).map_err(|error| help::refuse(&error))
}

fn parse(mut arguments: lexopt::Parser) -> Result<Option<Sources>, lexopt::Error> {
    let mut sources = Sources::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("data") => sources.data = Some(PathBuf::from(arguments.value()?)),
            Long("help") | Short('h') => {
                help::show();
                return Ok(None);
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(sources))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_folder_and_nothing_else() {
        let parse = |words: &[&str]| parse(lexopt::Parser::from_args(words));
        let sources = parse(&["--data", "site"]).unwrap().unwrap();
        assert_eq!(sources.data, Some(PathBuf::from("site")));
        assert!(parse(&[]).unwrap().unwrap().data.is_none());
        assert!(parse(&["--data"]).is_err());
        assert!(parse(&["--network"]).is_err());
        assert!(parse(&["site"]).is_err());
    }
}
