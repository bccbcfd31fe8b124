//! `hwagin verify`.

use std::ffi::OsString;

use hwagin_desk::knowledge::{AskKind, Asked, KnownPurpose, Question};
use hwagin_desk::view::{AcceptedView, HintCode, OutcomeCode, VerdictView};
use hwagin_desk::{Judge, Knowledge, Read, Sources, clock};
use hwagin_verifier::decision::Typed;
use hwagin_verifier::transport::{self, Scanned};
use hwagin_verifier::{At, Hint, Payload, Session};
use lexopt::{Arg, Parser};
use serde_json::{Value, json};

use crate::failure::{Failure, USAGE};
use crate::input::Given;
use crate::out::Out;
use crate::parts::{Content, Parts};
use crate::{challenge, help, input, session, vical, world};

#[derive(Default)]
struct Options {
    sources: Sources,
    purpose: Option<String>,
    session: Session,
    at: Option<At>,
    asked: Asked,
    show: bool,
    json: bool,
    inputs: Vec<OsString>,
}

/// One input's answer.
enum Answer {
    Verdict(Box<VerdictView>),
    Hint(HintCode),
}

pub(crate) fn run(parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let Some(options) = options(parser)? else {
        out.line(help::VERIFY);
        return Ok(0);
    };
    let at = options.at.unwrap_or_else(clock::now);
    let knowledge = world::knowledge(&options.sources, at, out)?;
    let purposes = Purposes::of(&knowledge, &options, at)?;
    let mut judge = Judge::new(knowledge, at).in_session(options.session.clone());
    let mut parts = Parts::default();
    let mut worst = 0;
    for file in &options.inputs {
        let name = file.to_string_lossy();
        let anchors = options.sources.anchors.as_deref();
        if let Some(told) = vical::tell_if_one(file, anchors, at, options.json, out) {
            worst = worse(worst, told);
            continue;
        }
        let contents = match input::contents(file) {
            Ok(contents) => contents,
            Err(failure) => {
                out.error(failure.code, &failure.what);
                worst = worse(worst, USAGE);
                continue;
            }
        };
        let mut purpose = &purposes.shown;
        let mut read = |content: Content<'_>| match content {
            Content::Symbol(symbol) => {
                purpose = purposes.of_symbol(symbol);
                judge.judge(symbol, purpose, &options.asked, at)
            }
            Content::Payload(payload) => {
                purpose = payload.map_or(&purposes.shown, |payload| purposes.of_payload(payload));
                judge.judge_payload(payload, purpose, &options.asked, at)
            }
        };
        let read = match contents {
            Ok(Given::Codes(contents)) => parts.read(&name, &contents, &mut read),
            Ok(Given::Captured(payload)) => {
                Some((name.into_owned(), read(Content::Payload(Ok(&payload)))))
            }
            Err(hint) => Some((name.into_owned(), Read::Hint(hint))),
        };
        if let Some((name, read)) = read {
            let answer = Answer::new(read, &judge, purpose, &options.asked, at);
            worst = worse(worst, answer.code());
            answer.tell(&name, &judge, purpose, &options, out);
        }
    }
    for name in parts.left() {
        let answer = Answer::Hint(HintCode::Foreign(Hint::Part));
        worst = worse(worst, answer.code());
        answer.tell(&name, &judge, &purposes.shown, &options, out);
    }
    Ok(worst)
}

/// What documents are asked that were not made for a desk.
const OF_DOCUMENTS: &str = "credential-check";

/// By which purpose each presentation is judged.
struct Purposes {
    /// What was made to be shown to a desk.
    shown: KnownPurpose,
    /// Any other document.
    document: KnownPurpose,
}

impl Purposes {
    /// The purpose that was asked for, for everything; or else the first one, and for documents the
    /// one that asks about the document alone.
    fn of(knowledge: &Knowledge, options: &Options, at: At) -> Result<Self, Failure> {
        let named = |id: &str| {
            let known = knowledge.purpose(id).cloned();
            known.ok_or_else(|| Failure::new("unknown_purpose", id))
        };
        let purposes = match &options.purpose {
            Some(id) => Self {
                shown: named(id)?,
                document: named(id)?,
            },
            None => {
                let first = knowledge.purposes().first().cloned();
                let shown = first.ok_or_else(|| Failure::new("unknown_purpose", ""))?;
                let document = knowledge.purpose(OF_DOCUMENTS).unwrap_or(&shown).clone();
                Self { shown, document }
            }
        };
        if purposes.shown.rules(&options.asked, at.today).is_none() {
            let asked = purposes.shown.questions().iter().filter_map(Question::ask);
            let options = asked
                .filter(|(_, optional)| !optional)
                .map(|(kind, _)| match kind {
                    AskKind::Date => "--on DATE",
                    AskKind::Area => "--area TEXT",
                    AskKind::Name => "--name TEXT",
                });
            let options: Vec<_> = options.collect();
            let what = format!("{} needs {}", purposes.shown.id, options.join(" "));
            return Err(Failure::new("asked_missing", what));
        }
        Ok(purposes)
    }

    fn of_payload(&self, payload: &Payload) -> &KnownPurpose {
        if payload.is_optical() {
            &self.shown
        } else {
            &self.document
        }
    }

    fn of_symbol(&self, symbol: &[u8]) -> &KnownPurpose {
        match transport::read(symbol) {
            Ok(Scanned::Presentation(payload)) => self.of_payload(&payload),
            _ => &self.shown,
        }
    }
}

fn typed(parser: &mut Parser, option: &str) -> Result<Typed, Failure> {
    let text = parser.value()?.to_string_lossy().into_owned();
    Typed::new(&text).ok_or_else(|| Failure::usage(format!("{option}: no words")))
}

fn options(mut parser: Parser) -> Result<Option<Options>, Failure> {
    let mut options = Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("purpose") => {
                options.purpose = Some(parser.value()?.to_string_lossy().into_owned());
            }
            Arg::Long("transcript") => options.session = session::transcript(&parser.value()?)?,
            Arg::Long("challenge") => {
                let asked = challenge::asked(&parser.value()?)?;
                options.session = Session::Optical(vec![asked]);
            }
            Arg::Long("handover") => options.session = session::handover(&parser.value()?)?,
            Arg::Long("at") => options.at = Some(world::time(&parser.value()?)?),
            Arg::Long("on") => options.asked.date = Some(world::day(&parser.value()?)?),
            Arg::Long("area") => options.asked.area = Some(typed(&mut parser, "--area")?),
            Arg::Long("name") => options.asked.name = Some(typed(&mut parser, "--name")?),
            Arg::Long("data") => options.sources.data = Some(parser.value()?.into()),
            Arg::Long("parts") => options.sources.parts = Some(parser.value()?.into()),
            Arg::Long("anchors") => options.sources.anchors = Some(parser.value()?.into()),
            Arg::Long("crl") => options.sources.crls.push(parser.value()?.into()),
            Arg::Long("status") => options.sources.statuses.push(parser.value()?.into()),
            Arg::Long("show") => options.show = true,
            Arg::Long("json") => options.json = true,
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Value(input) => options.inputs.push(input),
            other => return Err(other.unexpected().into()),
        }
    }
    if options.inputs.is_empty() {
        return Err(Failure::usage("verify: no input"));
    }
    Ok(Some(options))
}

/// The code that a run ends with: 3 before 1 before 2 before 0.
pub(crate) fn worse(a: u8, b: u8) -> u8 {
    let rank = |code: u8| match code {
        0 => 0,
        2 => 1,
        1 => 2,
        _ => 3,
    };
    if rank(b) > rank(a) { b } else { a }
}

impl Answer {
    fn new(read: Read, judge: &Judge, purpose: &KnownPurpose, asked: &Asked, at: At) -> Self {
        match read {
            Read::Hint(hint) => Self::Hint(hint),
            Read::Judged(judged) => {
                Self::Verdict(Box::new(judged.view(purpose, asked, judge.knowledge(), at)))
            }
        }
    }

    fn tell(
        &self,
        name: &str,
        judge: &Judge,
        purpose: &KnownPurpose,
        options: &Options,
        out: &mut Out,
    ) {
        let training = judge.knowledge().is_training();
        if options.json {
            out.line(self.json(name, training, purpose, options.show).to_string());
        } else {
            self.print(name, training, options.show, out);
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::Verdict(verdict) => match verdict.outcome {
                OutcomeCode::Accept => 0,
                OutcomeCode::Refuse => 1,
                OutcomeCode::Abstain => 2,
            },
            Self::Hint(_) => 2,
        }
    }

    fn json(&self, name: &str, training: bool, purpose: &KnownPurpose, show: bool) -> Value {
        let mode = if training { "training" } else { "production" };
        let mut object = json!({
            "input": name,
            "mode": mode,
            "purpose": purpose.id,
            "outcome": null,
            "reason": null,
            "cautions": [],
            "hint": null,
        });
        match self {
            Self::Hint(hint) => put(&mut object, "hint", json!(hint)),
            Self::Verdict(verdict) => {
                put(&mut object, "outcome", json!(verdict.outcome));
                put(&mut object, "reason", json!(verdict.reason));
                if let Some(accepted) = &verdict.accepted {
                    put(&mut object, "cautions", json!(accepted.cautions));
                    if show {
                        put(&mut object, "accepted", shown(accepted));
                    }
                }
            }
        }
        object
    }

    fn print(&self, name: &str, training: bool, show: bool, out: &mut Out) {
        let mode = if training { "TRAINING " } else { "" };
        let line = match self {
            Self::Hint(hint) => format!("no presentation, {}", hint.code()),
            Self::Verdict(verdict) => verdict.summary(),
        };
        out.line(format!("{mode}{name}: {line}"));
        let accepted = match self {
            Self::Verdict(verdict) if show => verdict.accepted.as_ref(),
            _ => None,
        };
        if let Some(accepted) = accepted {
            print_shown(accepted, out);
        }
    }
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

/// What the purpose shows; of the portrait only that it is there.
fn shown(accepted: &AcceptedView) -> Value {
    let mut value = json!(accepted);
    if let Some(portrait) = &accepted.portrait {
        let sides = json!({ "width": portrait.width, "height": portrait.height });
        put(&mut value, "portrait", sides);
    }
    value
}

fn print_shown(accepted: &AcceptedView, out: &mut Out) {
    out.line(format!("  {}", accepted.card.en));
    if let Some(portrait) = &accepted.portrait {
        out.line(format!(
            "  portrait: {} × {}",
            portrait.width, portrait.height
        ));
    }
    for claim in &accepted.claims {
        out.line(format!("  {}: {}", claim.name, claim.text.expose()));
    }
    for decision in &accepted.decisions {
        let rule = json!(decision.rule);
        let rule = rule.as_str().unwrap_or_default();
        let (argument, answer) = (decision.argument.expose(), decision.answer.code());
        out.line(format!("  {rule} {argument}: {answer}"));
        if let Some(next) = &decision.next {
            out.line(format!("    {}", next.en));
        }
    }
    let country = accepted.issuer.country.as_deref().unwrap_or("-");
    out.line(format!("  issuer: {}, {country}", accepted.issuer.name));
    if accepted.surplus > 0 {
        out.line(format!("  surplus, not shown: {}", accepted.surplus));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_weighs_more_than_a_doubt_and_less_than_a_mistake() {
        let all = |codes: &[u8]| codes.iter().fold(0, |a, b| worse(a, *b));
        assert_eq!(all(&[]), 0);
        assert_eq!(all(&[0, 2, 0]), 2);
        assert_eq!(all(&[2, 1, 2]), 1);
        assert_eq!(all(&[1, 3, 0]), 3);
    }
}
