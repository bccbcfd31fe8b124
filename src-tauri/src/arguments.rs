//! The arguments, of which there is one: `--data DIR`, the desk's folder with its root of trust and
//! its bundle, in place of the one in the user's own data folder.

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
    let given = parse(lexopt::Parser::from_env()).map_err(|error| help::refuse(&error))?;
    Ok(given.map(|given| Sources {
        data: given.data.or_else(default_folder),
        ..given
    }))
}

/// The desk's folder in the user's own data folder, made if it is not there; `None` where it cannot
/// be: such a desk is in training and takes no bundle.
fn default_folder() -> Option<PathBuf> {
    let folder = dirs::data_local_dir()?.join("hwagin-desk");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder)
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
