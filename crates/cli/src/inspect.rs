//! `hwagin inspect`.

use std::ffi::OsString;
use std::time::Duration;

use hwagin_desk::knowledge::Asked;
use hwagin_desk::view::HintCode;
use hwagin_desk::{Judge, Knowledge, Read, Sources, clock};
use hwagin_verifier::format::outline::{Outline, ProofOutline};
use hwagin_verifier::transport::{self, Assembler, Message, Scanned, Taken};
use hwagin_verifier::{At, Hint, Payload, Reason, format};
use lexopt::{Arg, Parser};
use serde_json::{Value, json};

use crate::failure::{Failure, USAGE};
use crate::input::Given;
use crate::out::Out;
use crate::{help, input, world};

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut sources, mut at, mut json) = (Sources::default(), None, false);
    let mut inputs: Vec<OsString> = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("data") => sources.data = Some(parser.value()?.into()),
            Arg::Long("parts") => sources.parts = Some(parser.value()?.into()),
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
            Ok(Ok(Given::Codes(contents))) => all_facts(&contents, &mut judge, at),
            Ok(Ok(Given::Captured(payload))) => {
                let length = payload.length();
                vec![facts(
                    Ok(Scanned::Presentation(payload)),
                    length,
                    &mut judge,
                    at,
                )]
            }
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

/// What may be told of these symbols, one each; parts are one together where they are complete.
fn all_facts(symbols: &[Vec<u8>], judge: &mut Judge, at: At) -> Vec<Value> {
    let (mut assembler, mut length) = (Assembler::new(), 0);
    let mut all = Vec::new();
    for symbol in symbols {
        if Message::of(symbol).is_none() {
            all.push(facts(transport::read(symbol), symbol.len(), judge, at));
            continue;
        }
        length += symbol.len();
        let scanned = match assembler.take(symbol, Duration::ZERO) {
            Ok(Taken::Part) => continue,
            Ok(Taken::Presentation(payload)) => Ok(Scanned::Presentation(payload)),
            Ok(Taken::Foreign(hint)) => Ok(Scanned::Foreign(hint)),
            Err(reason) => Err(reason),
        };
        all.push(facts(scanned, std::mem::take(&mut length), judge, at));
    }
    if let Some(progress) = assembler.progress() {
        all.push(json!({
            "kind": HintCode::Foreign(Hint::Part),
            "length": length,
            "received": progress.received,
            "needed": progress.needed,
        }));
    }
    all
}

/// What may be told of one symbol: nothing that a person is behind.
fn facts(scanned: Result<Scanned, Reason>, length: usize, judge: &mut Judge, at: At) -> Value {
    match scanned {
        Ok(Scanned::Foreign(hint)) => json!({ "kind": HintCode::from(hint), "length": length }),
        Err(reason) => {
            json!({ "kind": "presentation", "length": length, "structure": reason.code() })
        }
        Ok(Scanned::Presentation(payload)) => {
            let outline = format::parse(&payload).and_then(|unverified| unverified.outline());
            let structure = outline
                .as_ref()
                .map_or_else(|reason| reason.code(), |_| "well_formed");
            json!({
                "kind": "presentation",
                "length": length,
                "structure": structure,
                "outline": outline.ok().as_ref().map(outlined),
                "verdicts": verdicts(&payload, judge, at),
            })
        }
    }
}

/// The parts, by name and size.
fn outlined(outline: &Outline) -> Value {
    let elements = outline.elements.iter().map(|found| {
        json!({
            "namespace": found.namespace,
            "element": found.element,
            "digest_id": found.digest_id,
            "bytes": found.bytes,
        })
    });
    json!({
        "format": outline.format.code(),
        "doc_type": outline.doc_type,
        "elements": elements.collect::<Vec<_>>(),
        "signed_bytes": outline.signed_bytes,
        "proof": match outline.proof {
            ProofOutline::Signature => "signature",
            ProofOutline::Mac => "mac",
            ProofOutline::Nothing => "nothing",
        },
        "device_elements": outline.device_elements,
        "names_purpose": outline.names_purpose,
        "answers_challenge": outline.answers_challenge,
    })
}

/// What each purpose would say; those that ask for a day are asked for today.
fn verdicts(payload: &Payload, judge: &mut Judge, at: At) -> Value {
    let purposes = Knowledge::purposes(judge.knowledge()).to_vec();
    let asked = Asked::on(Some(at.today));
    let said = purposes.iter().map(|purpose| {
        judge.forget(at);
        let said = match judge.judge_payload(Ok(payload), purpose, &asked, at) {
            Read::Hint(hint) => json!(hint),
            Read::Judged(judged) => {
                match judged.view(purpose, &asked, judge.knowledge(), at).reason {
                    Some(reason) => json!(reason),
                    None => json!("accept"),
                }
            }
        };
        (purpose.id.clone(), said)
    });
    Value::Object(said.collect())
}

fn print(name: &str, fact: &Value, out: &mut Out) {
    out.line(format!(
        "{name}: {}, {} bytes",
        word(fact, "kind"),
        word(fact, "length")
    ));
    if fact.get("structure").is_some() {
        out.line(format!("  structure: {}", word(fact, "structure")));
    }
    if let Some(outline) = fact.get("outline").filter(|outline| !outline.is_null()) {
        print_outline(outline, out);
    }
    let verdicts = fact.get("verdicts").and_then(Value::as_object);
    for (purpose, said) in verdicts.into_iter().flatten() {
        out.line(format!(
            "  {purpose}: {}",
            said.as_str().unwrap_or_default()
        ));
    }
}

fn word(part: &Value, key: &str) -> String {
    match part.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) => "-".to_owned(),
        Some(other) => other.to_string(),
        None => "-".to_owned(),
    }
}

fn print_outline(outline: &Value, out: &mut Out) {
    out.line(format!(
        "  {}, document type {}",
        word(outline, "format"),
        word(outline, "doc_type")
    ));
    let elements = outline.get("elements").and_then(Value::as_array);
    for found in elements.into_iter().flatten() {
        out.line(format!(
            "    {} {}, digest {}, {} bytes",
            word(found, "namespace"),
            word(found, "element"),
            word(found, "digest_id"),
            word(found, "bytes")
        ));
    }
    out.line(format!(
        "  signed part {} bytes, holder's proof: {}, device elements: {}, purpose named: {}, challenge: {}",
        word(outline, "signed_bytes"),
        word(outline, "proof"),
        word(outline, "device_elements"),
        word(outline, "names_purpose"),
        word(outline, "answers_challenge")
    ));
}
