//! Challenges that a holder's app answers.

use std::error::Error;

use hwagin_desk::challenge::{AskedCard, items_of};
use hwagin_training::challenge::{Asked, NameSpaces, Question};
use hwagin_training::{Authority, Challenge, Packing};
use serde_json::{Value as Json, json};

use super::{MADE, TELLER, hex, sha256};

/// What the desk of the vectors is called, and whose it is.
pub(super) const DESK: (&str, &str) = ("창구 3", "확인 은행");

/// The desk's two challenges, displayed and printed.
pub(super) struct Challenges {
    pub(super) displayed: Question,
    pub(super) printed: Question,
    /// Each as the phone reads it.
    pub(super) to_displayed: Challenge,
    pub(super) to_printed: Challenge,
    items: Vec<(String, NameSpaces)>,
}

impl Challenges {
    pub(super) fn new(authority: &Authority) -> Result<Self, Box<dyn Error>> {
        let items = items()?;
        let read = |question: &Question| {
            let text = authority.ask(question).text;
            Challenge::read(&text, MADE).map_err(|flaw| flaw.id())
        };
        let displayed = question(&items);
        let printed = question(&items).printed(MADE + 365 * 86_400);
        Ok(Self {
            to_displayed: read(&displayed)?,
            to_printed: read(&printed)?,
            displayed,
            printed,
            items,
        })
    }

    /// The displayed one, to be changed.
    pub(super) fn question(&self) -> Question {
        question(&self.items)
    }
}

fn question(items: &[(String, NameSpaces)]) -> Question {
    let mut question = Question::new(DESK.0, DESK.1, TELLER, MADE);
    question.items = items.to_vec();
    question.label = [("en", "Bank counter"), ("ko", "은행 창구")]
        .map(|(language, said)| (language.to_owned(), said.to_owned()))
        .to_vec();
    question
}

/// What the purpose asks of two of its cards.
fn items() -> Result<Vec<(String, NameSpaces)>, Box<dyn Error>> {
    let knowledge = crate::knowledge();
    let purpose = knowledge.purpose(TELLER).ok_or("no such purpose")?;
    let asked = crate::cells::asked();
    let rules = purpose.rules(&asked, crate::at().today).ok_or("no rules")?;
    let cards = items_of(&rules, &knowledge).into_iter();
    let cards = cards.filter(|card| ["mfc", "mrc"].contains(&card.id.as_str()));
    Ok(cards
        .map(|card| (card.doc_type.clone(), name_spaces(&card)))
        .collect())
}

fn name_spaces(card: &AskedCard) -> NameSpaces {
    let mut spaces = NameSpaces::new();
    for item in &card.items {
        match spaces
            .iter_mut()
            .find(|(known, _)| *known == item.namespace)
        {
            Some((_, elements)) => elements.push(item.element.clone()),
            None => spaces.push((item.namespace.clone(), vec![item.element.clone()])),
        }
    }
    spaces
}

pub(super) fn all(authority: &Authority, asked: &Challenges) -> Vec<Json> {
    let vector = |name: &str, at: i64, question: &Question| {
        let made = authority.ask(question);
        challenge(name, at, question, &made)
    };
    let mut longest = asked.question();
    // 80 scalar values, of which the last has two UTF-16 units.
    longest.rename(&format!("{}😀", "확".repeat(79)), DESK.1);
    let mut plain = asked.question();
    plain.packing = Packing::Plain;
    let mut chain = asked.question();
    chain.above = vec![authority.iaca_der()];
    let mut ahead = asked.question();
    (ahead.iat, ahead.exp) = (MADE + 60, MADE + 360);
    vec![
        vector("displayed", MADE, &asked.displayed),
        vector(
            "displayed-in-its-last-second",
            asked.displayed.exp - 1,
            &asked.displayed,
        ),
        vector("printed", MADE, &asked.printed),
        vector("desk-of-80-letters", MADE, &longest),
        vector("not-packed", MADE, &plain),
        vector("with-a-chain-of-two", MADE, &chain),
        vector("made-60-seconds-ahead-for-300-seconds", MADE, &ahead),
    ]
}

fn challenge(name: &str, at: i64, question: &Question, made: &Asked) -> Json {
    let items = question.items.iter().map(|(doc_type, spaces)| {
        let spaces = spaces.iter().map(|(namespace, elements)| {
            let mut elements = elements.clone();
            elements.sort();
            (namespace.clone(), json!(elements))
        });
        json!({ "docType": doc_type, "nameSpaces": spaces.collect::<serde_json::Map<_, _>>() })
    });
    let label = question.label.iter();
    let label = label.map(|(language, said)| (language.clone(), json!(said)));
    json!({
        "name": name,
        "at": at,
        "verdict": "challenge",
        "text": made.text,
        "body": hex(&made.body),
        "payload": hex(&made.payload),
        "certificate": hex(&made.certificate),
        "hash": hex(&sha256(&made.body)),
        "displayed": question.nonce.is_some(),
        "nonce": question.nonce.as_deref().map(hex),
        "iat": question.iat,
        "exp": question.exp,
        "desk": question.desk,
        "organisation": question.organisation,
        "purpose": question.purpose,
        "version": question.version,
        "label": label.collect::<serde_json::Map<_, _>>(),
        "items": items.collect::<Vec<_>>(),
    })
}
