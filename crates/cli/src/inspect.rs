//! `hwagin inspect`.

use std::ffi::OsString;

use hwagin_desk::{Judge, Knowledge, Read, Sources, clock};
use hwagin_verifier::transport::{self, Scanned};
use hwagin_verifier::{At, format};
use lexopt::{Arg, Parser};
use serde_json::{Value, json};

use crate::failure::{Failure, USAGE};
use crate::out::Out;
use crate::{help, input, world};

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut sources, mut at, mut json) = (Sources::default(), None, false);
    let mut inputs: Vec<OsString> = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("data") => sources.data = Some(parser.value()?.into()),
            Arg::Long("anchors") => sources.anchors = Some(parser.value()?.into()),
            Arg::Long("json") => json = true,
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::INSPECT);
                return Ok(0);
            }
            Arg::Value(input) => inputs.push(input),
            other => return Err(other.unexpected().into()),
        }
    }
    if inputs.is_empty() {
        return Err(Failure::usage("inspect: no input"));
    }
    let at = at.unwrap_or_else(clock::now);
    let knowledge = world::knowledge(&sources, at, out)?;
    let mut judge = Judge::new(knowledge, at);
    let mut code = 0;
    for file in &inputs {
        let name = file.to_string_lossy();
        let facts = match input::contents(file) {
            Ok(Ok(contents)) => contents.iter().map(|c| facts(c, &mut judge, at)).collect(),
            Ok(Err(hint)) => vec![json!({ "kind": hint })],
            Err(failure) => {
                out.error(failure.code, &failure.what);
                code = USAGE;
                continue;
            }
        };
        if !facts
            .iter()
            .any(|fact| fact.get("kind") == Some(&json!("presentation")))
        {
            code = code.max(2);
        }
        for fact in facts {
            if json {
                out.line(json!({ "input": name, "symbol": fact }).to_string());
            } else {
                print(&name, &fact, out);
            }
        }
    }
    Ok(code)
}

/// What may be told of one symbol: nothing that a person is behind.
fn facts(symbol: &[u8], judge: &mut Judge, at: At) -> Value {
    let length = symbol.len();
    match transport::read(symbol) {
        Ok(Scanned::Foreign(_)) => json!({ "kind": Judge::hint(symbol), "length": length }),
        Err(reason) => {
            json!({ "kind": "presentation", "length": length, "structure": reason.code() })
        }
        Ok(Scanned::Presentation(payload)) => json!({
            "kind": "presentation",
            "length": length,
            "structure": format::parse(&payload).err().map_or("well_formed", |reason| reason.code()),
            "verdicts": verdicts(symbol, judge, at),
        }),
    }
}

/// What each purpose would say; those that ask for a day are asked for today.
fn verdicts(symbol: &[u8], judge: &mut Judge, at: At) -> Value {
    let purposes = Knowledge::purposes(judge.knowledge()).to_vec();
    let said = purposes.iter().map(|purpose| {
        judge.forget(at);
        let said = match judge.judge(symbol, purpose, Some(at.today), at) {
            Read::Hint(hint) => json!(hint),
            Read::Judged(judged) => match judged.view(purpose, judge.knowledge(), at).reason {
                Some(reason) => json!(reason),
                None => json!("accept"),
            },
        };
        (purpose.id.clone(), said)
    });
    Value::Object(said.collect())
}

fn print(name: &str, fact: &Value, out: &mut Out) {
    let word = |key: &str| match fact.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "-".to_owned(),
    };
    out.line(format!(
        "{name}: {}, {} bytes",
        word("kind"),
        word("length")
    ));
    if fact.get("structure").is_some() {
        out.line(format!("  structure: {}", word("structure")));
    }
    let verdicts = fact.get("verdicts").and_then(Value::as_object);
    for (purpose, said) in verdicts.into_iter().flatten() {
        out.line(format!(
            "  {purpose}: {}",
            said.as_str().unwrap_or_default()
        ));
    }
}
