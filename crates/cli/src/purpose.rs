//! `hwagin purpose`: whether a purpose can be used.

use std::path::PathBuf;

use hwagin_desk::knowledge::{Checked, Knowledge};
use hwagin_desk::{Sources, clock};
use lexopt::{Arg, Parser};

use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut sources, mut is_site) = (Sources::default(), false);
    let mut words = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("parts") => sources.parts = Some(parser.value()?.into()),
            Arg::Long("data") => sources.data = Some(parser.value()?.into()),
            Arg::Long("site") => is_site = true,
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::PURPOSE);
                return Ok(0);
            }
            Arg::Value(word) => words.push(PathBuf::from(word)),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some((command, files)) = words.split_first() else {
        return Err(Failure::usage("purpose: check FILE"));
    };
    if command.as_os_str() != "check" || files.is_empty() {
        return Err(Failure::usage("purpose: check FILE"));
    }
    let knowledge = world::knowledge(&sources, clock::now(), out)?;
    let mut code = 0;
    for file in files {
        let name = file.display().to_string();
        let bytes = std::fs::read(file).map_err(|_| Failure::new("unreadable", name.clone()))?;
        code = code.max(check(&knowledge, &name, &bytes, is_site, out));
    }
    Ok(code)
}

fn check(knowledge: &Knowledge, name: &str, bytes: &[u8], is_site: bool, out: &mut Out) -> u8 {
    match knowledge.check(name, bytes, is_site) {
        Ok(Checked { kind, id }) => {
            out.line(format!("{name}: ok, {kind} {id}"));
            0
        }
        Err(problem) => {
            let line = problem
                .line
                .map_or(String::new(), |line| format!("{line}:"));
            out.line(format!("{name}:{line} {}", problem.code.code()));
            1
        }
    }
}
