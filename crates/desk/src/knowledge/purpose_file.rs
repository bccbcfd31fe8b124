//! `purposes/*.toml`: one purpose of a desk a file.

mod question;

use std::time::Duration;

use hwagin_verifier::CalendarDate;
use hwagin_verifier::card::ClaimKind;
use hwagin_verifier::purpose::{HolderPolicy, Need, Purpose, Show, StatusPolicy, Unproven};
use serde::Deserialize;
use toml::Spanned;

use super::card_file::KnownCard;
use super::problem::{Problem, ProblemCode};
use super::table_file::KnownTable;
use super::toml_file::{Day, Line, Name, Source};
use crate::view::{ChallengeUse, LabelView};
use question::DecisionFile;
pub use question::{AskKind, Asked, Question};

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
    /// How long a verdict stands.
    pub clear_after: Duration,
    /// Where its id stands in its file.
    pub(super) line: u32,
    rules: Purpose,
    questions: Vec<Question>,
    copyable: Vec<String>,
}

impl KnownPurpose {
    /// What it takes and shows, without its questions.
    #[must_use]
    pub fn policy(&self) -> &Purpose {
        &self.rules
    }

    /// What it decides.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Whether the clerk may copy this claim.
    #[must_use]
    pub fn is_copyable(&self, claim: &str) -> bool {
        self.copyable.iter().any(|known| known == claim)
    }

    /// Whether this desk asks a challenge for it, and takes nothing but an answer.
    #[must_use]
    pub fn challenge(&self) -> ChallengeUse {
        let holder = &self.rules.holder;
        match (holder.needs, holder.offers_challenge) {
            (Need::Challenge, _) => ChallengeUse::Required,
            (_, true) => ChallengeUse::Offered,
            (_, false) => ChallengeUse::Off,
        }
    }

    /// The purpose as the verifier takes it; `None` while something that it asks for is missing.
    #[must_use]
    pub fn rules(&self, asked: &Asked, today: CalendarDate) -> Option<Purpose> {
        let decisions = self
            .questions
            .iter()
            .map(|question| question.decision(asked, today))
            .collect::<Option<Vec<_>>>()?;
        Some(Purpose {
            decisions,
            ..self.rules.clone()
        })
    }

    /// Whether it shows a portrait and there is no answer without one.
    #[must_use]
    pub fn needs_portrait(&self) -> bool {
        let is = |show: &Show| show.claim == "portrait" && show.required;
        self.rules.shows.iter().any(is)
    }
}

#[derive(Deserialize, schemars::JsonSchema)]
#[schemars(title = "Purpose")]
#[serde(deny_unknown_fields)]
pub(super) struct PurposeFile {
    #[schemars(with = "Name")]
    id: Spanned<Name>,
    version: u32,
    as_of: Day,
    legal_basis: Line,
    label: LabelView,
    #[schemars(with = "Vec<Name>")]
    cards: Spanned<Vec<Spanned<Name>>>,
    #[schemars(with = "u16")]
    clear_after_seconds: Spanned<u16>,
    holder: HolderFile,
    status: StatusFile,
    #[schemars(with = "Vec<ShowFile>")]
    show: Vec<Spanned<ShowFile>>,
    #[serde(default)]
    #[schemars(with = "Vec<DecisionFile>")]
    decision: Vec<Spanned<DecisionFile>>,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct HolderFile {
    needs: NeedFile,
    #[schemars(with = "Option<bool>")]
    offers_challenge: Option<Spanned<bool>>,
    #[schemars(with = "u16")]
    freshness_seconds: Spanned<u16>,
    unproven: UnprovenFile,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
enum NeedFile {
    Challenge,
    Fresh,
    Bearer,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
enum UnprovenFile {
    Refuse,
    Abstain,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct StatusFile {
    required: bool,
    #[schemars(with = "Option<u16>")]
    max_age_hours: Option<Spanned<u16>>,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct ShowFile {
    claim: Name,
    #[serde(default)]
    masked: bool,
    #[serde(default)]
    required: bool,
    any_of: Option<Name>,
    #[serde(default)]
    copyable: bool,
}

/// The purpose in this file, for a desk that knows these cards and tables.
pub(super) fn read(
    source: &Source<'_>,
    known: &[KnownCard],
    tables: &[KnownTable],
) -> Result<KnownPurpose, Problem> {
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
        clear_after: Duration::from_secs(clear_after.into()),
        rules: Purpose {
            id: id.clone(),
            cards: cards.iter().map(|card| card.card.id.clone()).collect(),
            holder: HolderPolicy {
                needs: match file.holder.needs {
                    NeedFile::Challenge => Need::Challenge,
                    NeedFile::Fresh => Need::Fresh,
                    NeedFile::Bearer => Need::Bearer,
                },
                freshness_seconds: freshness.into(),
                offers_challenge: offers_challenge(source, &file.holder)?,
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
        copyable: Vec::new(),
    };
    for show in file.show {
        add_show(source, &mut purpose, show, &cards)?;
    }
    for decision in file.decision {
        let span = decision.span();
        let question = question::read(source, decision, &cards, tables)?;
        add_question(&mut purpose, question).map_err(|code| source.problem(&span, code))?;
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
    let secret = cards.iter().any(|card| card.is_never_shown(&claim));
    let exposed = !show.masked && cards.iter().any(|card| card.is_unique(&claim));
    if unmaskable || exposed || secret {
        return problem(ProblemCode::BadValue);
    }
    if show.copyable {
        if cards.iter().any(is_picture) {
            return problem(ProblemCode::BadValue);
        }
        purpose.copyable.push(claim.clone());
    }
    purpose.shows.push(label.clone());
    purpose.rules.shows.push(Show {
        claim,
        masked: show.masked,
        required: show.required,
        any_of: show.any_of.map(|name| name.0),
    });
    Ok(())
}

/// A clerk is asked for a day, an area and a name once each at most, and nothing is decided twice.
fn add_question(purpose: &mut KnownPurpose, question: Question) -> Result<(), ProblemCode> {
    let is_same = |known: &Question| {
        known.rule == question.rule || (known.ask().is_some() && known.ask() == question.ask())
    };
    if purpose.questions.iter().any(is_same) {
        return Err(ProblemCode::Duplicate);
    }
    purpose.shows.push(question.label.clone());
    purpose.questions.push(question);
    Ok(())
}

/// A purpose that needs an answer to a challenge asks one; one that does without any proof does not.
fn offers_challenge(source: &Source<'_>, holder: &HolderFile) -> Result<bool, Problem> {
    let Some(offers) = &holder.offers_challenge else {
        return Ok(matches!(holder.needs, NeedFile::Challenge));
    };
    match (&holder.needs, offers.get_ref()) {
        (NeedFile::Challenge, false) | (NeedFile::Bearer, true) => {
            Err(source.problem(&offers.span(), ProblemCode::Contradiction))
        }
        (_, offers) => Ok(*offers),
    }
}
