//! A verdict as the window gets it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hwagin_verifier::At;
use hwagin_verifier::holder::Binding;
use hwagin_verifier::status::Finding;
use hwagin_verifier::verdict::Accepted;
use serde::Serialize;
use ts_rs::TS;

use super::decision::DecisionView;
use super::reason::{CautionCode, ReasonCode};
use super::{LabelView, OneOf, Wiped};
use crate::judgement::{Judged, Judgement};
use crate::knowledge::{Asked, Knowledge, KnownPurpose};
use crate::picture::RgbaPicture;

/// What the desk says. Everything of a person in it is wiped when it is dropped.
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerdictView {
    /// Which of the three.
    pub outcome: OutcomeCode,
    /// Why, unless it was accepted.
    #[ts(as = "Option<OneOf<ReasonCode>>")]
    pub reason: Option<ReasonCode>,
    /// The purpose's id.
    pub purpose: String,
    /// When, in unix seconds.
    #[ts(type = "number")]
    pub decided_at: i64,
    /// How many seconds it stands.
    #[ts(type = "number")]
    pub clears_in: u64,
    /// What the purpose shows, if it was accepted.
    pub accepted: Option<AcceptedView>,
}

/// The three outcomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Outcome")]
pub enum OutcomeCode {
    /// Genuine, current, and what the purpose asks for.
    Accept,
    /// Looked, and it is not good.
    Refuse,
    /// Could not be decided here.
    Abstain,
}

/// What the purpose gets to see of an accepted credential.
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AcceptedView {
    /// What kind of card it is.
    pub card: LabelView,
    /// The holder's portrait.
    pub portrait: Option<PortraitView>,
    /// The claims, in the order of the purpose.
    pub claims: Vec<ClaimView>,
    /// The answers to the purpose's questions.
    pub decisions: Vec<DecisionView>,
    /// Who issued it.
    pub issuer: IssuerView,
    /// How firmly it is tied to whoever shows it.
    pub binding: BindingCode,
    /// How many seconds ago the holder's proof was made.
    #[ts(type = "number | null")]
    pub proof_age: Option<i64>,
    /// By which status list it stands.
    pub status: Option<StatusView>,
    /// What to mind.
    #[ts(as = "Vec<OneOf<CautionCode>>")]
    pub cautions: Vec<CautionCode>,
    /// How many items were sent beyond what the purpose uses.
    #[ts(type = "number")]
    pub surplus: usize,
}

/// A portrait, ready to be drawn.
#[derive(Serialize, TS)]
pub struct PortraitView {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// Red, green, blue and alpha bytes row by row, in base64.
    #[ts(as = "String")]
    pub rgba: Wiped,
}

/// One claim.
#[derive(Serialize, TS)]
pub struct ClaimView {
    /// Its name in the card.
    pub name: String,
    /// What people call it.
    pub label: LabelView,
    /// The value, or its masked form.
    #[ts(as = "String")]
    pub text: Wiped,
    /// Whether it is masked.
    pub masked: bool,
    /// Whether the value behind the mask can be asked for.
    pub revealable: bool,
    /// Whether the purpose lets the clerk copy the value.
    pub copyable: bool,
}

/// An issuing authority, as its root certificate names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct IssuerView {
    /// Its name.
    pub name: String,
    /// Its country (ISO 3166-1 alpha-2).
    pub country: Option<String>,
}

/// How firmly a presentation is tied to whoever shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "Binding")]
pub enum BindingCode {
    /// It answers a question of this desk.
    Challenged,
    /// The device signed moments ago.
    Fresh,
    /// Only the portrait ties it.
    Bearer,
}

/// The status list by which a credential stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// When the list was issued, in unix seconds.
    #[ts(type = "number")]
    pub issued: i64,
    /// Whether it asks to be fetched again.
    pub refresh_due: bool,
}

impl VerdictView {
    pub(crate) fn new(
        judged: &Judged,
        purpose: &KnownPurpose,
        asked: &Asked,
        knowledge: &Knowledge,
        at: At,
    ) -> Self {
        let (outcome, reason, accepted) = match judged.judgement() {
            Judgement::Accept(accepted) => {
                let view =
                    AcceptedView::new(accepted, judged.portrait(), (purpose, asked), knowledge, at);
                (OutcomeCode::Accept, None, Some(view))
            }
            Judgement::Refuse(reason) => (OutcomeCode::Refuse, Some(reason), None),
            Judgement::Abstain(reason) => (OutcomeCode::Abstain, Some(reason), None),
        };
        Self {
            outcome,
            reason,
            purpose: purpose.id.clone(),
            decided_at: at.time.0,
            clears_in: purpose.clear_after.as_secs(),
            accepted,
        }
    }
}

impl OutcomeCode {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Abstain => "abstain",
        }
    }
}

impl VerdictView {
    /// The codes of it on one line: the outcome, then the reason or the cautions.
    #[must_use]
    pub fn summary(&self) -> String {
        let cautions = self.accepted.iter().flat_map(|accepted| &accepted.cautions);
        let codes = self.reason.iter().map(|reason| reason.code());
        let codes = codes.chain(cautions.map(|caution| caution.0.code()));
        codes.fold(self.outcome.code().to_owned(), |line, code| {
            line + " " + code
        })
    }
}

impl AcceptedView {
    fn new(
        accepted: &Accepted,
        portrait: Option<&RgbaPicture>,
        (purpose, asked): (&KnownPurpose, &Asked),
        knowledge: &Knowledge,
        at: At,
    ) -> Self {
        let card = knowledge.card(accepted.card());
        let label = |claim: &str| card.and_then(|card| card.claim_label(claim)).cloned();
        let (binding, made) = match accepted.binding() {
            Binding::Fresh { made } => (BindingCode::Fresh, Some(made)),
            Binding::Challenged { made } => (BindingCode::Challenged, made),
            Binding::Bearer => (BindingCode::Bearer, None),
        };
        let shown = accepted.disclosure().shown().iter();
        let claims = shown.map(|claim| ClaimView {
            name: claim.name().to_owned(),
            label: label(claim.name()).unwrap_or_else(|| LabelView::named(claim.name())),
            text: Wiped::new(claim.text().expose()),
            masked: claim.hidden().is_some(),
            revealable: claim.hidden().is_some(),
            copyable: purpose.is_copyable(claim.name()),
        });
        Self {
            card: card.map_or_else(
                || LabelView::named(accepted.card()),
                |card| card.label.clone(),
            ),
            portrait: portrait.map(PortraitView::new),
            claims: claims.collect(),
            decisions: accepted
                .answers()
                .iter()
                .filter_map(|answer| DecisionView::new(answer, purpose, asked, at))
                .collect(),
            issuer: IssuerView {
                name: accepted.issuer().name.clone(),
                country: accepted.issuer().country.clone(),
            },
            binding,
            proof_age: made.map(|made| at.time.seconds_since(made).max(0)),
            status: match accepted.finding() {
                Finding::ValidAsOf {
                    issued,
                    refresh_due,
                } => Some(StatusView {
                    issued: issued.0,
                    refresh_due,
                }),
                Finding::NotInCredential => None,
            },
            cautions: accepted
                .cautions()
                .iter()
                .copied()
                .map(CautionCode)
                .collect(),
            surplus: accepted.disclosure().surplus(),
        }
    }
}

impl PortraitView {
    fn new(picture: &RgbaPicture) -> Self {
        Self {
            width: picture.width,
            height: picture.height,
            rgba: Wiped::new(STANDARD.encode(picture.rgba.as_slice())),
        }
    }
}
