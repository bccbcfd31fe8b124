//! What a desk needs to know, and the judgement by it.

use crate::disclosure::{Claims, Disclosure};
use crate::format::contents::day;
use crate::holder::Binding;
use crate::status::Finding;
use crate::verdict::{Accepted, Answer, Caution, Verdict};
use crate::{At, BundleTimes, CalendarDate, Card, Cards, Outcome, Presented, Reason};

/// A desk's purpose: what it accepts, how sure it has to be, what it shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Purpose {
    /// Stable name, signed by holders who make a presentation for it.
    pub id: String,
    /// Names of the [`Card`]s it accepts.
    pub cards: Vec<String>,
    /// What it asks of the holder's proof.
    pub holder: HolderPolicy,
    /// What it asks of the status.
    pub status: StatusPolicy,
    /// The claims it shows, in this order. Everything else is dropped and counted.
    pub shows: Vec<Show>,
    /// The questions it has answered instead of seeing the data.
    pub decisions: Vec<Decision>,
}

/// What a purpose asks of the holder's proof.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HolderPolicy {
    /// The weakest binding it accepts.
    pub needs: Need,
    /// How old a proof may be.
    pub freshness_seconds: i64,
    /// Whether a credential without proof is refused, or cannot be decided here.
    pub unproven: Unproven,
}

/// The weakest binding a purpose accepts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// A device signature made moments ago.
    Fresh,
    /// Nothing: the document alone.
    Bearer,
}

/// What follows for a purpose when the holder's proof is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unproven {
    /// It is refused.
    Refuse,
    /// It cannot be decided here.
    Abstain,
}

/// What a purpose asks of the status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StatusPolicy {
    /// Whether a credential that names no status is enough.
    pub required: bool,
    /// How old the list may be.
    pub max_age_seconds: Option<i64>,
}

/// One claim that a purpose shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Show {
    /// The claim's name in the cards.
    pub claim: String,
    /// Whether it is masked until it is revealed.
    pub masked: bool,
    /// Whether there is no answer without it, for cards that have it.
    pub required: bool,
}

/// A question with a yes or no answer, in place of the data behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Is the holder this old?
    AgeOver {
        /// Full years.
        years: u8,
        /// Whether "no" refuses.
        required: bool,
    },
    /// May the holder stay on this day? Asked of cards that have a `stay_until`.
    StayValidOn {
        /// The day.
        date: CalendarDate,
        /// Whether "no" refuses.
        required: bool,
    },
}

impl Decision {
    /// Whether this question is answered by the claim with this name.
    pub(crate) fn uses(self, claim: &str) -> bool {
        match self {
            Self::AgeOver { .. } => claim == "birth_date" || claim.starts_with("age_over_"),
            Self::StayValidOn { .. } => claim == "stay_until",
        }
    }
}

impl Purpose {
    pub(crate) fn outcome(&self, reason: Reason) -> Outcome {
        match (reason.outcome(), self.holder.unproven) {
            (Outcome::ByPurpose, Unproven::Refuse) => Outcome::Refuse,
            (Outcome::ByPurpose, Unproven::Abstain) => Outcome::Abstain,
            (outcome, _) => outcome,
        }
    }
}

/// The verdict on a presented credential for this purpose.
///
/// Only here are claims decoded into values, and only those that the purpose shows or decides by.
///
/// # Errors
/// `purpose.*`.
#[allow(clippy::needless_pass_by_value)] // a presentation is judged once
pub fn judge(
    presented: Presented<'_>,
    purpose: &Purpose,
    cards: &Cards,
    bundle: &BundleTimes,
    at: At,
) -> Result<Verdict, Reason> {
    let standing = presented.standing();
    let authentic = standing.current().authentic();
    let card = cards
        .by_doc_type(&authentic.contents().doc_type)
        .ok_or(Reason::TypeNotAccepted)?;
    if !purpose.cards.contains(&card.id) {
        return Err(Reason::TypeNotAccepted);
    }
    let claims = Claims::new(card, authentic.claims());
    let answers = decide(purpose, card, &claims, at)?;
    let disclosure = Disclosure::of(purpose, card, &claims, authentic.contents().withheld)?;
    let made = match presented.binding() {
        Binding::Fresh { made } => Some(made),
        Binding::Challenged | Binding::Bearer => None,
    };
    let remember_until = made.map(|made| made.plus_seconds(purpose.holder.freshness_seconds));
    Ok(Verdict::Accept(Box::new(Accepted::new(
        card.id.clone(),
        disclosure,
        answers,
        authentic.issuer().clone(),
        standing.finding(),
        presented.binding(),
        cautions(&presented, bundle.is_due(at)),
        presented.proof().zip(remember_until),
    ))))
}

fn cautions(presented: &Presented<'_>, bundle_is_due: bool) -> Vec<Caution> {
    let standing = presented.standing();
    let mut cautions = Vec::new();
    if presented.binding() == Binding::Bearer {
        cautions.push(Caution::HolderNotProven);
    }
    if standing.current().is_ending_soon() {
        cautions.push(Caution::EndingSoon);
    }
    match standing.finding() {
        Finding::ValidAsOf {
            refresh_due: true, ..
        } => cautions.push(Caution::StatusRefreshDue),
        Finding::NotInCredential => cautions.push(Caution::NoStatus),
        Finding::ValidAsOf { .. } => {}
    }
    if bundle_is_due {
        cautions.push(Caution::BundleDue);
    }
    cautions
}

fn decide(
    purpose: &Purpose,
    card: &Card,
    claims: &Claims<'_>,
    at: At,
) -> Result<Vec<Answer>, Reason> {
    let mut answers = Vec::new();
    for decision in &purpose.decisions {
        let (yes, required) = match *decision {
            Decision::AgeOver { years, required } => (is_age_over(claims, years, at)?, required),
            Decision::StayValidOn { date, required } => {
                if card.claim("stay_until").is_none() {
                    continue;
                }
                let until = claims.get("stay_until").and_then(day);
                (date <= until.ok_or(Reason::AttributeMissing)?, required)
            }
        };
        if required && !yes {
            return Err(Reason::ConditionNotMet);
        }
        answers.push(Answer {
            decision: *decision,
            yes,
        });
    }
    Ok(answers)
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
