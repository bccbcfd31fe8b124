//! `[[decision]]` of a purpose: a question before the clerk has typed what it needs.

use hwagin_verifier::CalendarDate;
use hwagin_verifier::decision::{Decision, Typed};
use serde::Deserialize;
use toml::Spanned;

use crate::clock;
use crate::knowledge::card_file::KnownCard;
use crate::knowledge::problem::{Problem, ProblemCode};
use crate::knowledge::table_file::KnownTable;
use crate::knowledge::toml_file::{Name, Source};
use crate::view::LabelView;

/// A decision before the clerk has typed what it needs, with the words for it.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is decided.
    pub label: LabelView,
    /// What the clerk is asked for, if anything.
    pub asks: Option<LabelView>,
    pub(in crate::knowledge) rule: Rule,
}

/// What is decided, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::knowledge) enum Rule {
    AgeOver {
        years: u8,
        required: bool,
    },
    StayValidOn {
        default_days: Option<u16>,
        required: bool,
    },
    DocumentCurrent {
        required: bool,
    },
    WorkPermission {
        table: Box<KnownTable>,
    },
    AddressIn {
        required: bool,
    },
    NameMatches,
}

/// What a clerk can be asked for before a scan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AskKind {
    /// A day.
    Date,
    /// A part of an address.
    Area,
    /// A name.
    Name,
}

/// What the clerk typed for the questions of a purpose.
#[derive(Clone, Default, Debug)]
pub struct Asked {
    /// A day.
    pub date: Option<CalendarDate>,
    /// A part of an address.
    pub area: Option<Typed>,
    /// A name.
    pub name: Option<Typed>,
}

impl Asked {
    /// This day, and nothing else.
    #[must_use]
    pub fn on(date: Option<CalendarDate>) -> Self {
        Self {
            date,
            ..Self::default()
        }
    }
}

impl Question {
    /// What the clerk is asked for, and whether it may be left out.
    #[must_use]
    pub fn ask(&self) -> Option<(AskKind, bool)> {
        Some(match self.rule {
            Rule::StayValidOn { default_days, .. } => (AskKind::Date, default_days.is_some()),
            Rule::AddressIn { required } => (AskKind::Area, !required),
            Rule::NameMatches => (AskKind::Name, true),
            Rule::AgeOver { .. } | Rule::DocumentCurrent { .. } | Rule::WorkPermission { .. } => {
                return None;
            }
        })
    }

    /// The table that it looks things up in.
    #[must_use]
    pub fn table(&self) -> Option<&KnownTable> {
        match &self.rule {
            Rule::WorkPermission { table } => Some(table),
            _ => None,
        }
    }

    /// As the verifier takes it; `None` while something that has to be typed is missing.
    pub(in crate::knowledge) fn decision(
        &self,
        asked: &Asked,
        today: CalendarDate,
    ) -> Option<Decision> {
        Some(match &self.rule {
            Rule::AgeOver { years, required } => Decision::AgeOver {
                years: *years,
                required: *required,
            },
            Rule::StayValidOn {
                default_days,
                required,
            } => Decision::StayValidOn {
                date: asked
                    .date
                    .or_else(|| clock::days_after(today, (*default_days)?))?,
                required: *required,
            },
            Rule::DocumentCurrent { required } => Decision::DocumentCurrent {
                required: *required,
            },
            Rule::WorkPermission { table } => Decision::WorkPermission {
                table: table.table.clone(),
            },
            Rule::AddressIn { required } => {
                if *required && asked.area.is_none() {
                    return None;
                }
                Decision::AddressIn {
                    area: asked.area.clone(),
                    required: *required,
                }
            }
            Rule::NameMatches => Decision::NameMatches {
                name: asked.name.clone(),
            },
        })
    }

    /// Whether whoever gets through this one gets through the other.
    pub(in crate::knowledge) fn covers(&self, other: &Self) -> bool {
        let holds = |is: bool, has_to: bool| is || !has_to;
        match (&self.rule, &other.rule) {
            (
                Rule::AgeOver { years, required },
                Rule::AgeOver {
                    years: least,
                    required: has_to,
                },
            ) => {
                let is_enough = if *has_to {
                    years >= least
                } else {
                    years == least
                };
                holds(*required, *has_to) && is_enough
            }
            (
                Rule::StayValidOn { required, .. },
                Rule::StayValidOn {
                    required: has_to, ..
                },
            )
            | (Rule::DocumentCurrent { required }, Rule::DocumentCurrent { required: has_to })
            | (Rule::AddressIn { required }, Rule::AddressIn { required: has_to }) => {
                holds(*required, *has_to)
            }
            (Rule::WorkPermission { table }, Rule::WorkPermission { table: known }) => {
                table == known
            }
            (Rule::NameMatches, Rule::NameMatches) => true,
            _ => false,
        }
    }
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionFile {
    rule: RuleFile,
    years: Option<u8>,
    default_days: Option<u16>,
    table: Option<Name>,
    required: Option<bool>,
    label: LabelView,
    asks: Option<LabelView>,
}

#[derive(Deserialize, Clone, Copy, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RuleFile {
    AgeOver,
    StayValidOn,
    DocumentCurrent,
    WorkPermission,
    AddressIn,
    NameMatches,
}

/// The question that this describes, for cards that can answer it.
pub(super) fn read(
    source: &Source<'_>,
    decision: Spanned<DecisionFile>,
    cards: &[&KnownCard],
    tables: &[KnownTable],
) -> Result<Question, Problem> {
    let span = decision.span();
    let file = decision.into_inner();
    let problem = |code| Err(source.problem(&span, code));
    let DecisionFile {
        years,
        default_days,
        table,
        required,
        ..
    } = file;
    let rule = match (file.rule, years, default_days, table, required) {
        (RuleFile::AgeOver, Some(years), None, None, Some(required)) if years > 0 => {
            Rule::AgeOver { years, required }
        }
        (RuleFile::StayValidOn, None, default_days, None, Some(required)) => Rule::StayValidOn {
            default_days,
            required,
        },
        (RuleFile::DocumentCurrent, None, None, None, Some(required)) => {
            Rule::DocumentCurrent { required }
        }
        (RuleFile::WorkPermission, None, None, Some(name), None) => {
            let table = tables.iter().find(|table| table.id == name.0).cloned();
            let Some(table) = table.map(Box::new) else {
                return problem(ProblemCode::UnknownTable);
            };
            Rule::WorkPermission { table }
        }
        (RuleFile::AddressIn, None, None, None, Some(required)) => Rule::AddressIn { required },
        (RuleFile::NameMatches, None, None, None, None) => Rule::NameMatches,
        _ => return problem(ProblemCode::BadValue),
    };
    let question = Question {
        label: file.label,
        asks: file.asks,
        rule,
    };
    if question.ask().is_some() != question.asks.is_some() {
        return problem(ProblemCode::BadValue);
    }
    if !question.can_be_asked_of(cards) {
        return problem(ProblemCode::UnknownClaim);
    }
    Ok(question)
}

impl Question {
    fn can_be_asked_of(&self, cards: &[&KnownCard]) -> bool {
        let any_day = CalendarDate::new(2000, 1, 1);
        let typed = Typed::new("a");
        let asked = Asked {
            date: any_day,
            area: typed.clone(),
            name: typed,
        };
        let decision = any_day.and_then(|day| self.decision(&asked, day));
        let claims = cards.iter().flat_map(|card| &card.card.claims);
        decision.is_some_and(|one| claims.into_iter().any(|claim| one.uses(&claim.name)))
    }
}
