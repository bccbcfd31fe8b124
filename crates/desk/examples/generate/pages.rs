//! The pages on cards and purposes, as tables.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use hwagin_desk::Read;
use hwagin_desk::knowledge::{KnownCard, KnownPurpose};
use hwagin_desk::view::{OutcomeCode, VerdictView};
use hwagin_training::Card;
use hwagin_verifier::UnixTime;
use hwagin_verifier::holder::Challenge;

use super::{Done, at, cells};

pub(super) fn write(folder: &Path) -> Done {
    fs::write(folder.join("cards.md"), cards()?)?;
    fs::write(folder.join("purposes.md"), purposes()?)?;
    Ok(())
}

const CARDS: &str = "\
# Cards and their claims

Made from `cards/*.toml`; edit those. A purpose shows a claim by its name; *unique* tells one person from
all others and is shown masked only; *never* is shown by no purpose.
";

fn cards() -> Result<String, std::fmt::Error> {
    let mut page = CARDS.to_owned();
    for card in super::knowledge().cards() {
        let provisional = if card.provisional {
            ", provisional"
        } else {
            ""
        };
        write!(
            page,
            "\n## {} ({})\n\n`{}`: document type `{}`{provisional}\n\n",
            card.label.en, card.label.ko, card.card.id, card.card.doc_type
        )?;
        page.push_str("| Claim | Element | Kind | Label | |\n|---|---|---|---|---|\n");
        for claim in &card.card.claims {
            let label = card.claim_label(&claim.name);
            let label = label.map_or(String::new(), |label| {
                format!("{} ({})", label.en, label.ko)
            });
            writeln!(
                page,
                "| `{}` | `{}` `{}` | {} | {label} | {} |",
                claim.name,
                claim.namespace,
                claim.element,
                format!("{:?}", claim.kind).to_lowercase(),
                mark(card, &claim.name),
            )?;
        }
    }
    Ok(page)
}

fn mark(card: &KnownCard, claim: &str) -> &'static str {
    match (card.is_unique(claim), card.is_never_shown(claim)) {
        (_, true) => "never",
        (true, false) => "unique",
        (false, false) => "",
    }
}

const PURPOSES: &str = "\
# Purposes and cards

Made from `purposes/*.toml` by judging a presentation of every sample card for every purpose, which is kept
in `tests/purposes/PURPOSE/CARD.txt`; a test judges each again. The clerk typed 30 June 2027 for a day,
견본시 for an area and Testina Specimen for a name. *Masked* values are in brackets.

| Purpose | Card | Outcome | Shown | Decided |
|---|---|---|---|---|
";

fn purposes() -> Result<String, Box<dyn std::error::Error>> {
    let mut page = PURPOSES.to_owned();
    for purpose in super::knowledge().purposes() {
        for card in Card::ALL {
            let verdict = judged(purpose, card)?;
            let (shown, decided) = cells_of(&verdict);
            let reason = verdict.reason.map_or("", |reason| reason.code());
            let outcome = match verdict.outcome {
                OutcomeCode::Accept => "accept".to_owned(),
                other => format!("{} `{reason}`", other.code()),
            };
            writeln!(
                page,
                "| `{}` | `{}` | {outcome} | {shown} | {decided} |",
                purpose.id,
                card.id()
            )?;
        }
    }
    Ok(page)
}

fn judged(purpose: &KnownPurpose, card: Card) -> Result<VerdictView, Box<dyn std::error::Error>> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/purposes");
    let text = fs::read(kept.join(&purpose.id).join(format!("{}.txt", card.id())))?;
    let mut judge = hwagin_desk::Judge::new(super::knowledge(), at());
    judge.ask(vec![Challenge {
        hash: [0x5a; 32],
        purpose: purpose.id.clone(),
        ends: UnixTime(super::MADE + 60),
        is_displayed: true,
    }]);
    let asked = cells::asked();
    match judge.judge(text.trim_ascii(), purpose, &asked, at()) {
        Read::Judged(judged) => Ok(judged.view(purpose, &asked, judge.knowledge(), at())),
        Read::Hint(hint) => Err(format!("{}: {}", card.id(), hint.code()).into()),
    }
}

/// What is shown, and what is decided.
fn cells_of(verdict: &VerdictView) -> (String, String) {
    let Some(accepted) = &verdict.accepted else {
        return (String::new(), String::new());
    };
    let mut shown: Vec<String> = Vec::new();
    shown.extend(accepted.portrait.iter().map(|_| "portrait".to_owned()));
    shown.extend(accepted.claims.iter().map(|claim| match claim.masked {
        true => format!("[{}]", claim.name),
        false => claim.name.clone(),
    }));
    let decided = accepted.decisions.iter().map(|decision| {
        let rule = serde_json::to_value(decision.rule).unwrap_or_default();
        format!(
            "{}: {}",
            rule.as_str().unwrap_or_default(),
            decision.answer.code()
        )
    });
    (shown.join(", "), decided.collect::<Vec<_>>().join(", "))
}
