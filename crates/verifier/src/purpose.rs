//! What a desk needs to know, and the judgement by it.

use crate::decision::{Decision, decide};
use crate::disclosure::{Claims, Disclosure};
use crate::holder::Binding;
use crate::status::Finding;
use crate::verdict::{Accepted, Caution, Verdict};
use crate::{At, BundleTimes, CalendarDate, Cards, Outcome, Presented, Reason};

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
    /// Whether the desk asks a challenge, so that an acceptance without an answer to one is worth a
    /// caution.
    pub offers_challenge: bool,
    /// Whether a credential without proof is refused, or cannot be decided here.
    pub unproven: Unproven,
}

/// The weakest binding a purpose accepts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// A device signature that answers this desk's challenge.
    Challenge,
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
    /// There is no answer without at least one of the claims with this name here, for cards that have
    /// one of them.
    pub any_of: Option<String>,
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
    let signed = authentic.contents().window.and_then(|window| window.signed);
    let as_of = signed.map(CalendarDate::utc);
    let answers = decide(&purpose.decisions, card, &claims, as_of, at)?;
    let disclosure = Disclosure::of(purpose, card, &claims, authentic.contents().withheld)?;
    Ok(Verdict::Accept(Box::new(Accepted::new(
        card.id.clone(),
        disclosure,
        answers,
        authentic.issuer().clone(),
        standing.finding(),
        presented.binding(),
        cautions(&presented, purpose, bundle.is_due(at)),
        presented.once().to_vec(),
    ))))
}

fn cautions(presented: &Presented<'_>, purpose: &Purpose, bundle_is_due: bool) -> Vec<Caution> {
    let standing = presented.standing();
    let mut cautions = Vec::new();
    match presented.binding() {
        Binding::Bearer => cautions.push(Caution::HolderNotProven),
        Binding::Fresh { .. } if purpose.holder.offers_challenge => {
            cautions.push(Caution::NotChallenged);
        }
        Binding::Fresh { .. } | Binding::Challenged { .. } => {}
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
