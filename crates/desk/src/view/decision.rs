//! Questions and answers as the window gets them.

use hwagin_verifier::decision::{Answer, Decision, NameMatch, Reply, Typed, WorkRight};
use hwagin_verifier::{At, CalendarDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{LabelView, Wiped};
use crate::knowledge::{AskKind, Asked, KnownPurpose, Question};
use crate::session::Refused;

/// What the clerk is asked for before a scan.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AskView {
    /// What it is.
    pub kind: AskKindView,
    /// The question.
    pub label: LabelView,
    /// Whether it may be left out.
    pub optional: bool,
}

/// What a clerk can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "AskKind")]
pub enum AskKindView {
    /// A day.
    Date,
    /// A part of an address.
    Area,
    /// A name.
    Name,
}

impl AskView {
    pub(crate) fn of(question: &Question) -> Option<Self> {
        let (kind, optional) = question.ask()?;
        Some(Self {
            kind: match kind {
                AskKind::Date => AskKindView::Date,
                AskKind::Area => AskKindView::Area,
                AskKind::Name => AskKindView::Name,
            },
            label: question.asks.clone()?,
            optional,
        })
    }
}

/// What the clerk typed.
#[derive(Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskedView {
    /// A day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// A part of an address.
    #[ts(as = "Option<String>")]
    pub area: Option<Wiped>,
    /// A name.
    #[ts(as = "Option<String>")]
    pub name: Option<Wiped>,
}

impl AskedView {
    /// This day, `YYYY-MM-DD`, and nothing else.
    #[must_use]
    pub fn on(date: &str) -> Self {
        Self {
            date: Some(date.to_owned()),
            ..Self::default()
        }
    }

    /// # Errors
    /// [`Refused::BadDate`], [`Refused::BadText`].
    pub(crate) fn read(&self) -> Result<Asked, Refused> {
        let text = |typed: &Option<Wiped>| {
            let typed = typed
                .as_ref()
                .filter(|typed| !typed.expose().trim().is_empty());
            let read = |typed: &Wiped| Typed::new(typed.expose()).ok_or(Refused::BadText);
            typed.map(read).transpose()
        };
        let date = self.date.as_deref();
        let day = |date| CalendarDate::from_iso(date).ok_or(Refused::BadDate);
        Ok(Asked {
            date: date.map(day).transpose()?,
            area: text(&self.area)?,
            name: text(&self.name)?,
        })
    }
}

/// The answer to a question of the purpose.
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionView {
    /// Which question.
    pub rule: DecisionRule,
    /// Years, a day as `YYYY-MM-DD`, or what was typed.
    #[ts(as = "String")]
    pub argument: Wiped,
    /// The answer.
    pub answer: AnswerCode,
    /// What is decided.
    pub label: LabelView,
    /// What the clerk does next, where a table says.
    pub next: Option<LabelView>,
    /// The day that what was decided by is of, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// The day of the table.
    pub table_as_of: Option<String>,
}

/// The questions there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecisionRule {
    /// Is the holder this old?
    AgeOver,
    /// May the holder stay on this day?
    StayValidOn,
    /// Has the document not expired?
    DocumentCurrent,
    /// What may the holder work?
    WorkPermission,
    /// Is the address in this area?
    AddressIn,
    /// Is this the holder's name, by spelling?
    NameMatches,
}

/// The answers there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DecisionAnswer")]
pub enum AnswerCode {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Work without a general limit.
    Permitted,
    /// Work with limits.
    Limited,
    /// Only the permitted job or workplace.
    WorkplaceOnly,
    /// Only with a permit.
    NeedsPermit,
    /// No right to work is shown.
    NotPermitted,
    /// The same name.
    Same,
    /// A part of the name.
    Part,
    /// Another name.
    Different,
    /// The holder did not show what it would be answered by.
    NotShown,
}

impl AnswerCode {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Permitted => "permitted",
            Self::Limited => "limited",
            Self::WorkplaceOnly => "workplace_only",
            Self::NeedsPermit => "needs_permit",
            Self::NotPermitted => "not_permitted",
            Self::Same => "same",
            Self::Part => "part",
            Self::Different => "different",
            Self::NotShown => "not_shown",
        }
    }
}

impl From<Reply> for AnswerCode {
    fn from(reply: Reply) -> Self {
        match reply {
            Reply::Yes => Self::Yes,
            Reply::No => Self::No,
            Reply::Work { right, .. } => match right {
                WorkRight::Permitted => Self::Permitted,
                WorkRight::Limited => Self::Limited,
                WorkRight::WorkplaceOnly => Self::WorkplaceOnly,
                WorkRight::NeedsPermit => Self::NeedsPermit,
                WorkRight::NotPermitted => Self::NotPermitted,
            },
            Reply::NotShown => Self::NotShown,
            Reply::Name(NameMatch::Same) => Self::Same,
            Reply::Name(NameMatch::Part) => Self::Part,
            Reply::Name(NameMatch::Different) => Self::Different,
        }
    }
}

impl DecisionView {
    /// `None` where the answer is to none of the purpose's questions, which does not happen.
    pub(crate) fn new(
        answer: &Answer,
        purpose: &KnownPurpose,
        asked: &Asked,
        at: At,
    ) -> Option<Self> {
        let question = purpose.questions().get(answer.question)?;
        let rules = purpose.rules(asked, at.today)?;
        let typed = |typed: &Option<Typed>| Wiped::new(typed.as_ref().map_or("", Typed::expose));
        let (rule, argument) = match rules.decisions.get(answer.question)? {
            Decision::AgeOver { years, .. } => {
                (DecisionRule::AgeOver, Wiped::new(years.to_string()))
            }
            Decision::StayValidOn { date, .. } => {
                (DecisionRule::StayValidOn, Wiped::new(date.to_iso()))
            }
            Decision::DocumentCurrent { .. } => {
                (DecisionRule::DocumentCurrent, Wiped::new(at.today.to_iso()))
            }
            Decision::WorkPermission { .. } => (DecisionRule::WorkPermission, Wiped::new("")),
            Decision::AddressIn { area, .. } => (DecisionRule::AddressIn, typed(area)),
            Decision::NameMatches { name } => (DecisionRule::NameMatches, typed(name)),
        };
        let table = question.table();
        let row = match answer.reply {
            Reply::Work { row, .. } => row,
            _ => None,
        };
        Some(Self {
            rule,
            argument,
            answer: answer.reply.into(),
            label: question.label.clone(),
            next: table.map(|table| table.next(row).clone()),
            as_of: answer.as_of.map(CalendarDate::to_iso),
            table_as_of: table.map(|table| table.as_of.to_iso()),
        })
    }
}
