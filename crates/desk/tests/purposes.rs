//! Every purpose with every sample card: what is shown and decided, and that nothing else comes out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hwagin_desk::knowledge::{Asked, KnownPurpose};
use hwagin_desk::view::{ChallengeUse, OutcomeCode, VerdictView};
use hwagin_desk::{Judge, Knowledge, Read, Sources};
use hwagin_training::{Authority, Card, Portrait, Presentation, Recipe, Value};
use hwagin_verifier::decision::Typed;
use hwagin_verifier::holder::Challenge;
use hwagin_verifier::transport::Taken;
use hwagin_verifier::{Assembler, At, CalendarDate, UnixTime};

/// When the presentations in `tests/purposes` were made.
const MADE: i64 = 1_795_651_200;

fn at() -> At {
    At::utc(UnixTime(MADE))
}

fn knowledge() -> Knowledge {
    Knowledge::load(&Sources::default(), at())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn asked() -> Asked {
    Asked {
        date: CalendarDate::from_iso("2027-06-30"),
        area: Typed::new("견본시"),
        name: Typed::new("Testina Specimen"),
    }
}

fn judged(purpose: &KnownPurpose, text: &str) -> VerdictView {
    let mut judge = asking(purpose);
    let read = judge.judge(text.trim().as_bytes(), purpose, &asked(), at());
    said(&read, purpose, &judge).unwrap()
}

/// What the desk says to it.
fn said(read: &Read, purpose: &KnownPurpose, judge: &Judge) -> Option<VerdictView> {
    match read {
        Read::Judged(judged) => Some(judged.view(purpose, &asked(), judge.knowledge(), at())),
        Read::Hint(_) => None,
    }
}

fn asking(purpose: &KnownPurpose) -> Judge {
    let mut judge = Judge::new(knowledge(), at());
    judge.ask(vec![Challenge {
        hash: [0x5a; 32],
        purpose: purpose.id.clone(),
        ends: UnixTime(MADE + 60),
        is_displayed: true,
    }]);
    judge
}

/// The row of the page for this purpose and card, without its first two cells.
fn row(page: &str, purpose: &str, card: &str) -> Vec<String> {
    let beginning = format!("| `{purpose}` | `{card}` |");
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix(&beginning));
    let rows: Vec<&str> = rows.collect();
    assert_eq!(rows.len(), 1, "{purpose} {card}");
    let row = rows.first().unwrap();
    let cells = row.trim_end_matches('|').split('|');
    cells.map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn every_kept_presentation_gets_what_the_page_says() {
    let page = std::fs::read_to_string(root().join("docs/data/purposes.md")).unwrap();
    let mut cells = 0;
    for purpose in knowledge().purposes() {
        for card in Card::ALL {
            let file = root().join(format!("tests/purposes/{}/{}.txt", purpose.id, card.id()));
            let verdict = judged(purpose, &std::fs::read_to_string(file).unwrap());
            let [outcome, shown, decided] = &row(&page, &purpose.id, card.id())[..] else {
                panic!("{} {}", purpose.id, card.id());
            };
            let names = |text: &str| {
                let names = text.split(", ").filter(|name| !name.is_empty());
                names.map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(outcome.starts_with("accept"), verdict.accepted.is_some());
            if let Some(accepted) = &verdict.accepted {
                assert_eq!(accepted.surplus, 0, "{} {}", purpose.id, card.id());
                let claims = accepted.claims.iter().map(|claim| {
                    if claim.masked {
                        format!("[{}]", claim.name)
                    } else {
                        claim.name.clone()
                    }
                });
                let portrait = accepted.portrait.iter().map(|_| "portrait".to_owned());
                assert_eq!(names(shown), portrait.chain(claims).collect::<Vec<_>>());
                assert_eq!(names(decided).len(), accepted.decisions.len());
            } else {
                assert_eq!(verdict.outcome, OutcomeCode::Refuse);
                assert!(shown.is_empty() && decided.is_empty());
                let reason = verdict.reason.unwrap().code();
                assert!(outcome.contains(reason), "{outcome} {reason}");
            }
            cells += 1;
        }
    }
    println!("figure purposes.cells {cells}");
}

/// All texts of the sample card's elements, by element.
fn values(card: Card) -> Vec<(String, String)> {
    let items = card.items(MADE, Portrait::None).into_iter();
    let values = items.filter_map(|item| {
        let text = match item.value {
            Value::Text(text) => text,
            Value::Tag(_, inner) => inner.into_text().ok()?,
            _ => return None,
        };
        Some((item.name, text))
    });
    values.filter(|(_, text)| text.len() > 2).collect()
}

#[test]
fn no_claim_outside_the_purpose_crosses_to_the_window() {
    let knowledge = knowledge();
    let mut checks = 0;
    for purpose in knowledge.purposes() {
        for card in Card::ALL {
            let Some(known) = knowledge.card(card.id()) else {
                panic!("{}", card.id());
            };
            // The holder shows everything the card has.
            let mut recipe = Recipe::new(card, MADE);
            let all: Vec<String> = card
                .items(MADE, Portrait::Small)
                .iter()
                .map(|item| item.name.clone())
                .collect();
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            recipe.disclose(&all, MADE, Portrait::Small);
            recipe.envelope.challenge_hash =
                (purpose.challenge() == ChallengeUse::Required).then(|| vec![0x5a; 32]);
            let presentation = Authority::built_in().mint(&recipe);
            let verdict = judged_parts(purpose, &presentation);
            let sent = serde_json::to_string(&verdict).unwrap();
            let shown: BTreeSet<&str> = verdict
                .accepted
                .iter()
                .flat_map(|accepted| &accepted.claims)
                .filter(|claim| !claim.masked)
                .map(|claim| claim.name.as_str())
                .collect();
            // A text that the purpose shows under another name is not a leak of this one.
            let texts: BTreeSet<String> = verdict
                .accepted
                .iter()
                .flat_map(|accepted| &accepted.claims)
                .map(|claim| claim.text.expose().to_owned())
                .collect();
            for (element, text) in values(card) {
                let claim = known
                    .card
                    .claims
                    .iter()
                    .find(|claim| claim.element == element);
                let is_shown = claim.is_some_and(|claim| shown.contains(claim.name.as_str()));
                let is_said = is_shown
                    || texts.iter().any(|shown| shown.contains(&text))
                    || text == "ZZ"
                    || "견본시".contains(&text)
                    || verdict_words(&verdict).contains(&text);
                if !is_said {
                    assert!(
                        !sent.contains(&text),
                        "{} {} {element}",
                        purpose.id,
                        card.id()
                    );
                    checks += 1;
                }
            }
        }
    }
    assert!(checks > 500, "{checks}");
    println!("figure purposes.leak_checks {checks}");
}

/// What the verdict says of itself, which is of no person: days, and the issuer.
fn verdict_words(verdict: &VerdictView) -> String {
    let accepted = verdict.accepted.iter();
    accepted
        .flat_map(|accepted| {
            let decisions = accepted.decisions.iter();
            let days = decisions.flat_map(|decision| {
                [
                    decision.argument.expose().to_owned(),
                    decision.as_of.clone().unwrap_or_default(),
                ]
            });
            days.chain([accepted.issuer.name.clone()])
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn judged_parts(purpose: &KnownPurpose, shown: &Presentation) -> VerdictView {
    if !shown.is_animated() {
        return judged(purpose, &shown.text);
    }
    let mut judge = asking(purpose);
    let mut assembler = Assembler::new();
    let whole =
        shown.parts().find_map(
            |part| match assembler.take(part.as_bytes(), Duration::ZERO) {
                Ok(Taken::Presentation(payload)) => Some(payload),
                _ => None,
            },
        );
    let read = judge.judge_payload(Ok(&whole.unwrap()), purpose, &asked(), at());
    said(&read, purpose, &judge).unwrap()
}
