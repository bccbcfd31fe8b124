//! `purposes/*.toml`: one purpose of a desk a file.

use std::time::Duration;

use hwagin_verifier::CalendarDate;
use hwagin_verifier::card::ClaimKind;
use hwagin_verifier::purpose::{
    Decision, HolderPolicy, Need, Purpose, Show, StatusPolicy, Unproven,
};
use serde::Deserialize;
use toml::Spanned;

use super::card_file::KnownCard;
use super::problem::{Problem, ProblemCode};
use super::toml_file::{Day, Line, Name, Source};
use crate::clock;
use crate::view::LabelView;

/// How long a verdict may stand: long enough to be read, not so long that the next person reads it.
const CLEAR_AFTER: std::ops::RangeInclusive<u16> = 5..=600;

/// How old a proof may be at most: beyond ten minutes it is a screenshot.
const FRESHNESS: std::ops::RangeInclusive<u16> = 5..=600;

/// How old a status list may be at most: a quarter of a year.
const MAX_AGE_HOURS: std::ops::RangeInclusive<u16> = 1..=2_208;

/// A purpose with the words for it.
#[derive(Clone, Debug)]
pub struct KnownPurpose {
    /// Stable name.
    pub id: String,
    /// Counts up when the file changes.
    pub version: u32,
    /// The day on which somebody last held it against the law.
    pub as_of: CalendarDate,
    /// The rule that lets the desk ask.
    pub legal_basis: String,
    /// What people call it.
    pub label: LabelView,
    /// What it shows, then what it decides, in the words of its first card that has it.
    pub shows: Vec<LabelView>,
    /// The question for the day, if it decides by one that the clerk picks.
    pub asks_date: Option<LabelView>,
    /// How long a verdict stands.
    pub clear_after: Duration,
    /// Where its id stands in its file.
    pub(super) line: u32,
    rules: Purpose,
    questions: Vec<Question>,
    default_days: Option<u16>,
}

/// A decision before the clerk has picked a day.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    AgeOver { years: u8, required: bool },
    StayValidOn { required: bool },
}

impl Question {
    /// Whether whoever gets through this one gets through the other.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match (*self, *other) {
            (
                Self::AgeOver { years, required },
                Self::AgeOver {
                    years: least,
                    required: has_to,
                },
            ) => {
                (required || !has_to)
                    && if has_to {
                        years >= least
                    } else {
                        years == least
                    }
            }
            (Self::StayValidOn { required }, Self::StayValidOn { required: has_to }) => {
                required || !has_to
            }
            _ => false,
        }
    }
}

impl KnownPurpose {
    /// What it takes and shows, without its questions.
    pub(super) fn policy(&self) -> &Purpose {
        &self.rules
    }

    /// What it decides.
    pub(super) fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The purpose as the verifier takes it; `None` while the day that it asks for is missing.
    #[must_use]
    pub fn rules(&self, on: Option<CalendarDate>, today: CalendarDate) -> Option<Purpose> {
        let default = || clock::days_after(today, self.default_days?);
        let mut rules = self.rules.clone();
        for question in &self.questions {
            rules.decisions.push(match *question {
                Question::AgeOver { years, required } => Decision::AgeOver { years, required },
                Question::StayValidOn { required } => Decision::StayValidOn {
                    date: on.or_else(default)?,
                    required,
                },
            });
        }
        Some(rules)
    }

    /// Whether it shows a portrait and there is no answer without one.
    #[must_use]
    pub fn needs_portrait(&self) -> bool {
        let is = |show: &Show| show.claim == "portrait" && show.required;
        self.rules.shows.iter().any(is)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposeFile {
    id: Spanned<Name>,
    version: u32,
    as_of: Day,
    legal_basis: Line,
    label: LabelView,
    cards: Spanned<Vec<Spanned<Name>>>,
    clear_after_seconds: Spanned<u16>,
    holder: HolderFile,
    status: StatusFile,
    show: Vec<Spanned<ShowFile>>,
    #[serde(default)]
    decision: Vec<Spanned<DecisionFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolderFile {
    needs: NeedFile,
    freshness_seconds: Spanned<u16>,
    unproven: UnprovenFile,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum NeedFile {
    Fresh,
    Bearer,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum UnprovenFile {
    Refuse,
    Abstain,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusFile {
    required: bool,
    max_age_hours: Option<Spanned<u16>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShowFile {
    claim: Name,
    #[serde(default)]
    masked: bool,
    #[serde(default)]
    required: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionFile {
    rule: Rule,
    years: Option<u8>,
    default_days: Option<u16>,
    required: bool,
    label: LabelView,
    asks: Option<LabelView>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rule {
    AgeOver,
    StayValidOn,
}

/// The purpose in this file, for a desk that knows these cards.
pub(super) fn read(source: &Source<'_>, known: &[KnownCard]) -> Result<KnownPurpose, Problem> {
    let file: PurposeFile = source.read()?;
    let cards = cards(source, &file.cards, known)?;
    let clear_after = within(source, &file.clear_after_seconds, &CLEAR_AFTER)?;
    let freshness = within(source, &file.holder.freshness_seconds, &FRESHNESS)?;
    let max_age = file.status.max_age_hours.as_ref();
    let max_age = max_age
        .map(|hours| within(source, hours, &MAX_AGE_HOURS))
        .transpose()?;
    let line = source.line(&file.id.span());
    let id = file.id.into_inner().0;
    let mut purpose = KnownPurpose {
        line,
        version: file.version,
        as_of: file.as_of.0,
        legal_basis: file.legal_basis.0,
        label: file.label,
        shows: Vec::new(),
        asks_date: None,
        clear_after: Duration::from_secs(clear_after.into()),
        rules: Purpose {
            id: id.clone(),
            cards: cards.iter().map(|card| card.card.id.clone()).collect(),
            holder: HolderPolicy {
                needs: match file.holder.needs {
                    NeedFile::Fresh => Need::Fresh,
                    NeedFile::Bearer => Need::Bearer,
                },
                freshness_seconds: freshness.into(),
                unproven: match file.holder.unproven {
                    UnprovenFile::Refuse => Unproven::Refuse,
                    UnprovenFile::Abstain => Unproven::Abstain,
                },
            },
            status: StatusPolicy {
                required: file.status.required,
                max_age_seconds: max_age.map(|hours| i64::from(hours) * 3_600),
            },
            shows: Vec::new(),
            decisions: Vec::new(),
        },
        id,
        questions: Vec::new(),
        default_days: None,
    };
    for show in file.show {
        add_show(source, &mut purpose, show, &cards)?;
    }
    for decision in file.decision {
        add_decision(source, &mut purpose, decision, &cards)?;
    }
    Ok(purpose)
}

fn cards<'a>(
    source: &Source<'_>,
    names: &Spanned<Vec<Spanned<Name>>>,
    known: &'a [KnownCard],
) -> Result<Vec<&'a KnownCard>, Problem> {
    let mut cards: Vec<&KnownCard> = Vec::new();
    for name in names.get_ref() {
        let is = |card: &&KnownCard| card.card.id == name.get_ref().0;
        let found = known.iter().find(is);
        let card = found.ok_or_else(|| source.problem(&name.span(), ProblemCode::UnknownCard))?;
        if cards.iter().any(is) {
            return Err(source.problem(&name.span(), ProblemCode::Duplicate));
        }
        cards.push(card);
    }
    if cards.is_empty() {
        return Err(source.problem(&names.span(), ProblemCode::BadValue));
    }
    Ok(cards)
}

fn within(
    source: &Source<'_>,
    value: &Spanned<u16>,
    bounds: &std::ops::RangeInclusive<u16>,
) -> Result<u16, Problem> {
    if bounds.contains(value.get_ref()) {
        Ok(*value.get_ref())
    } else {
        Err(source.problem(&value.span(), ProblemCode::BadValue))
    }
}

/// A unique identifier is never shown unmasked, and a picture cannot be masked.
fn add_show(
    source: &Source<'_>,
    purpose: &mut KnownPurpose,
    show: Spanned<ShowFile>,
    cards: &[&KnownCard],
) -> Result<(), Problem> {
    let span = show.span();
    let show = show.into_inner();
    let claim = show.claim.0;
    let problem = |code| Err(source.problem(&span, code));
    let Some(label) = cards.iter().find_map(|card| card.claim_label(&claim)) else {
        return problem(ProblemCode::UnknownClaim);
    };
    if purpose.rules.shows.iter().any(|known| known.claim == claim) {
        return problem(ProblemCode::Duplicate);
    }
    let is_picture = |card: &&KnownCard| {
        card.card
            .claim(&claim)
            .is_some_and(|claim| claim.kind == ClaimKind::Picture)
    };
    let unmaskable = show.masked && cards.iter().any(is_picture);
    let exposed = !show.masked && cards.iter().any(|card| card.is_unique(&claim));
    if unmaskable || exposed {
        return problem(ProblemCode::BadValue);
    }
    purpose.shows.push(label.clone());
    purpose.rules.shows.push(Show {
        claim,
        masked: show.masked,
        required: show.required,
    });
    Ok(())
}

fn add_decision(
    source: &Source<'_>,
    purpose: &mut KnownPurpose,
    decision: Spanned<DecisionFile>,
    cards: &[&KnownCard],
) -> Result<(), Problem> {
    let span = decision.span();
    let file = decision.into_inner();
    let problem = |code| Err(source.problem(&span, code));
    let has = |wanted: fn(&str) -> bool| {
        let claims = cards.iter().flat_map(|card| &card.card.claims);
        claims.into_iter().any(|claim| wanted(&claim.name))
    };
    let required = file.required;
    let question = match (file.rule, file.years, file.default_days, file.asks) {
        (Rule::AgeOver, Some(years), None, None) if years > 0 => {
            if !has(|name| name == "birth_date" || name.starts_with("age_over_")) {
                return problem(ProblemCode::UnknownClaim);
            }
            Question::AgeOver { years, required }
        }
        (Rule::StayValidOn, None, default_days, Some(asks)) => {
            if !has(|name| name == "stay_until") {
                return problem(ProblemCode::UnknownClaim);
            }
            if purpose.asks_date.is_some() {
                return problem(ProblemCode::Duplicate);
            }
            purpose.asks_date = Some(asks);
            purpose.default_days = default_days;
            Question::StayValidOn { required }
        }
        _ => return problem(ProblemCode::BadValue),
    };
    purpose.shows.push(file.label);
    purpose.questions.push(question);
    Ok(())
}
