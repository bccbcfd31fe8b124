//! `hwagin journal`: what a desk's clerks had revealed or copied.

use std::path::PathBuf;

use hwagin_desk::{Journal, clock};
use hwagin_verifier::UnixTime;
use lexopt::{Arg, Parser};
use serde_json::json;

use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut data, mut since, mut is_json) = (None, UnixTime(i64::MIN), false);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("data") => data = Some(PathBuf::from(parser.value()?)),
            Arg::Long("since") => since = world::time(&parser.value()?)?.time,
            Arg::Long("json") => is_json = true,
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::JOURNAL);
                return Ok(0);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let data = data.ok_or_else(|| Failure::usage("journal: no --data"))?;
    let entries = Journal::new(&data).since(since);
    let entries = entries.map_err(|flaw| Failure::new(flaw.code(), data.display().to_string()))?;
    for entry in entries {
        let at = clock::rfc3339(entry.at);
        out.line(if is_json {
            json!({
                "at": at,
                "act": entry.act,
                "purpose": entry.purpose,
                "version": entry.version,
                "claim": entry.claim,
            })
            .to_string()
        } else {
            format!(
                "{at} {} {} {} {}",
                entry.act, entry.purpose, entry.version, entry.claim
            )
        });
    }
    Ok(0)
}
