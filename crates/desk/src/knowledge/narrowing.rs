//! A site narrows a purpose of its publisher, and never widens it: whatever the site's file allows,
//! the publisher's allows too. The first rule that is broken is the problem.

use super::problem::{Problem, ProblemCode};
use super::purpose_file::{KnownPurpose, Question};
use hwagin_verifier::purpose::{Need, Show, Unproven};

/// Puts this purpose of the site in the place of the one that it narrows.
pub(super) fn lay_over(
    purposes: &mut [KnownPurpose],
    own: Vec<(String, KnownPurpose)>,
    problems: &mut Vec<Problem>,
) {
    for (file, one) in own {
        let place = purposes.iter_mut().find(|known| known.id == one.id);
        let Some(base) = place else {
            let code = ProblemCode::NothingToNarrow;
            problems.push(Problem::new(file, Some(one.line), code));
            continue;
        };
        match widens(base, &one) {
            Some(code) => problems.push(Problem::new(file, Some(one.line), code)),
            None => *base = one,
        }
    }
}

/// The rule by which `own` would allow more than `base`.
pub(super) fn widens(base: &KnownPurpose, own: &KnownPurpose) -> Option<ProblemCode> {
    let (wide, narrow) = (base.policy(), own.policy());
    if narrow.cards.iter().any(|card| !wide.cards.contains(card)) {
        return Some(ProblemCode::WidensCards);
    }
    for show in &narrow.shows {
        let Some(allowed) = wide.shows.iter().find(|known| known.claim == show.claim) else {
            return Some(ProblemCode::WidensShown);
        };
        if allowed.masked && !show.masked {
            return Some(ProblemCode::WidensMasked);
        }
    }
    let is_copied = |show: &&Show| own.is_copyable(&show.claim);
    if narrow
        .shows
        .iter()
        .filter(is_copied)
        .any(|show| !base.is_copyable(&show.claim))
    {
        return Some(ProblemCode::WidensCopying);
    }
    // A face that has to be there is a condition, too.
    let asked = |claim: &str| {
        let of = narrow.shows.iter().find(|show| show.claim == claim);
        of.is_some_and(|show| show.required)
    };
    let portrait = wide.shows.iter().find(|show| show.claim == "portrait");
    if portrait.is_some_and(|show| show.required && !asked("portrait")) {
        return Some(ProblemCode::WidensDecision);
    }
    let kept = |question: &Question| own.questions().iter().any(|one| one.covers(question));
    if !base.questions().iter().all(kept) {
        return Some(ProblemCode::WidensDecision);
    }
    let (of, by) = (&wide.holder, &narrow.holder);
    let firm = |needs| match needs {
        Need::Bearer => 0,
        Need::Fresh => 1,
        Need::Challenge => 2,
    };
    let asks_less =
        firm(by.needs) < firm(of.needs) || (of.offers_challenge && !by.offers_challenge);
    let refuses_less = of.unproven == Unproven::Refuse && by.unproven == Unproven::Abstain;
    if asks_less || refuses_less {
        return Some(ProblemCode::WidensHolder);
    }
    if by.freshness_seconds > of.freshness_seconds {
        return Some(ProblemCode::WidensFreshness);
    }
    let (of, by) = (&wide.status, &narrow.status);
    let older = match (of.max_age_seconds, by.max_age_seconds) {
        (Some(most), Some(age)) => age > most,
        (Some(_), None) => true,
        (None, _) => false,
    };
    if older || (of.required && !by.required) {
        return Some(ProblemCode::WidensStatusAge);
    }
    (own.clear_after > base.clear_after).then_some(ProblemCode::WidensClearing)
}
