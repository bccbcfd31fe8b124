//! Questions that a desk has answered in place of seeing the data: a small, closed set.
//!
//! A question is asked of cards that have the claim it is answered by. What it is answered by stays
//! in here; the answer says as of which day that was.

mod area;
mod name;
mod work;

use crate::disclosure::Claims;
use crate::format::contents::day;
use crate::{At, CalendarDate, Card, Reason};
use zeroize::Zeroizing;

pub use name::NameMatch;
pub use work::{WorkRight, WorkRow, WorkTable};

/// A question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Is the holder this old?
    AgeOver {
        /// Full years.
        years: u8,
        /// Whether "no" refuses.
        required: bool,
    },
    /// May the holder stay on this day? Answered by `stay_until`.
    StayValidOn {
        /// The day.
        date: CalendarDate,
        /// Whether "no" refuses.
        required: bool,
    },
    /// Has the document itself not expired today? Answered by `expiry_date`.
    DocumentCurrent {
        /// Whether "no" refuses.
        required: bool,
    },
    /// What may the holder work, by this table? Answered by `status_of_stay`. Never refuses.
    WorkPermission {
        /// What each status permits.
        table: WorkTable,
    },
    /// Is the holder's address in this area? Answered by `address`; not asked while nothing was typed.
    AddressIn {
        /// The area, larger parts first.
        area: Option<Typed>,
        /// Whether "no" refuses.
        required: bool,
    },
    /// Is this the holder's name, by spelling? A hint: it never refuses. Not asked while nothing was
    /// typed.
    NameMatches {
        /// The name.
        name: Option<Typed>,
    },
}

/// Something that a clerk typed of a person. Wiped when dropped, and not written by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed(Zeroizing<String>);

impl Typed {
    /// Letters that are looked at at most: more than the longest name in use.
    pub const MAX: usize = 400;

    /// What was typed; `None` where there is no letter in it, or more than [`Self::MAX`].
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.chars().count() <= Self::MAX && text.chars().any(char::is_alphanumeric);
        fits.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The text itself, for the one place that shows it again to whoever typed it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed")
    }
}

/// An answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Which of the purpose's questions, from 0.
    pub question: usize,
    /// The answer.
    pub reply: Reply,
    /// The day on which the issuer signed what it was answered by, as far as the credential says.
    pub as_of: Option<CalendarDate>,
}

/// What a question is answered with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reply {
    /// Yes.
    Yes,
    /// No.
    No,
    /// What the holder may work.
    Work {
        /// By the table.
        right: WorkRight,
        /// The row of it, from 0; `None` where the status is in none.
        row: Option<usize>,
    },
    /// How a name compares.
    Name(NameMatch),
    /// What it would be answered by was not shown, and nothing hangs on it.
    NotShown,
}

impl From<bool> for Reply {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Decision {
    /// Names of the claims that this question may be answered by.
    #[must_use]
    pub fn uses(&self, claim: &str) -> bool {
        match self {
            Self::AgeOver { .. } => claim == "birth_date" || claim.starts_with("age_over_"),
            Self::StayValidOn { .. } => claim == "stay_until",
            Self::DocumentCurrent { .. } => claim == "expiry_date",
            Self::WorkPermission { .. } => claim == "status_of_stay",
            Self::AddressIn { .. } => claim == "address",
            Self::NameMatches { .. } => name::CLAIMS.iter().any(|parts| parts.contains(&claim)),
        }
    }

    /// Whether "no" refuses.
    fn is_required(&self) -> bool {
        match self {
            Self::AgeOver { required, .. }
            | Self::StayValidOn { required, .. }
            | Self::DocumentCurrent { required }
            | Self::AddressIn { required, .. } => *required,
            Self::WorkPermission { .. } | Self::NameMatches { .. } => false,
        }
    }

    /// Whether a card of this kind can be asked.
    #[must_use]
    pub fn is_asked_of(&self, card: &Card) -> bool {
        let is_ready = match self {
            Self::AddressIn { area, .. } => area.is_some(),
            Self::NameMatches { name } => name.is_some(),
            // Whoever cannot say how old they are is not old enough for this desk.
            Self::AgeOver { .. } => return true,
            _ => true,
        };
        is_ready && card.claims.iter().any(|claim| self.uses(&claim.name))
    }

    /// # Errors
    /// `purpose.attribute_missing`.
    fn reply(&self, card: &Card, claims: &Claims<'_>, at: At) -> Result<Reply, Reason> {
        let missing = Reason::AttributeMissing;
        let text = |name| claims.text(card, name).ok_or(missing);
        let date = |name| claims.get(name).and_then(day).ok_or(missing);
        Ok(match self {
            Self::AgeOver { years, .. } => is_age_over(claims, *years, at)?.into(),
            Self::StayValidOn { date: on, .. } => (*on <= date("stay_until")?).into(),
            Self::DocumentCurrent { .. } => (at.today <= date("expiry_date")?).into(),
            Self::WorkPermission { table } => {
                let (right, row) = table.look_up(&text("status_of_stay")?);
                Reply::Work { right, row }
            }
            Self::AddressIn { area, required } => {
                let area = area.as_ref().ok_or(missing)?;
                match (text("address"), required) {
                    (Ok(address), _) => area::is_in(&address, area.expose()).into(),
                    (Err(reason), true) => return Err(reason),
                    (Err(_), false) => Reply::NotShown,
                }
            }
            Self::NameMatches { name } => {
                let typed = name.as_ref().ok_or(missing)?;
                let part = |name: &str| claims.text(card, name);
                name::compare(typed.expose(), part).map_or(Reply::NotShown, Reply::Name)
            }
        })
    }
}

/// The answers to these questions, in their order.
///
/// # Errors
/// `purpose.attribute_missing`, `purpose.condition_not_met`.
pub(crate) fn decide(
    questions: &[Decision],
    card: &Card,
    claims: &Claims<'_>,
    as_of: Option<CalendarDate>,
    at: At,
) -> Result<Vec<Answer>, Reason> {
    let mut answers = Vec::new();
    for (question, decision) in questions.iter().enumerate() {
        if !decision.is_asked_of(card) {
            continue;
        }
        let reply = decision.reply(card, claims, at)?;
        if decision.is_required() && reply == Reply::No {
            return Err(Reason::ConditionNotMet);
        }
        answers.push(Answer {
            question,
            reply,
            as_of,
        });
    }
    Ok(answers)
}

/// These letters without case, in a place that is wiped.
fn folded(letters: impl Iterator<Item = char> + Clone) -> Zeroizing<String> {
    wiped(letters.flat_map(char::to_lowercase))
}

/// These letters in a place that is wiped, and large enough from the start: text that outgrows its place
/// is moved, and what it leaves behind is wiped by nobody.
fn wiped(letters: impl Iterator<Item = char> + Clone) -> Zeroizing<String> {
    let bytes = letters.clone().map(char::len_utf8).sum();
    let mut text = Zeroizing::new(String::with_capacity(bytes));
    text.extend(letters);
    text
}

/// Whether the holder is this old, from the least that says so.
///
/// `age_over_NN` as ISO/IEC 18013-5 §7.2.5 reads it: the nearest true attestation at or above
/// proves it, the nearest false one at or below denies it. Else the date of birth.
fn is_age_over(claims: &Claims<'_>, years: u8, at: At) -> Result<bool, Reason> {
    let attested = || {
        claims
            .with_prefix("age_over_")
            .filter_map(|(age, value)| Some((age.parse::<u8>().ok()?, value.flag()?)))
    };
    if attested().any(|(age, over)| over && age >= years) {
        return Ok(true);
    }
    if attested().any(|(age, over)| !over && age <= years) {
        return Ok(false);
    }
    let born = claims.get("birth_date").and_then(day);
    let born = born.ok_or(Reason::AttributeMissing)?;
    Ok(born.full_years_until(at.today) >= i64::from(years))
}
