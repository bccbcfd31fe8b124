//! A challenge as the customer's screen gets it.

use serde::Serialize;
use ts_rs::TS;

use super::{LabelView, OutcomeCode, ScanEvent};
use crate::challenge::{AskedCard, Challenger, Displayed};

/// A challenge: who asks, what for, which items, and its symbol.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ChallengeView {
    /// Modules a side of the symbol.
    pub size: usize,
    /// Its modules, `1` dark and `0` light, row by row, without a quiet zone.
    pub modules: String,
    /// What the desk is called.
    pub desk: String,
    /// Whose it is.
    pub organisation: String,
    /// The purpose's id.
    pub purpose: String,
    /// What the purpose is called.
    pub label: LabelView,
    /// What is asked, by card.
    pub cards: Vec<AskedCardView>,
    /// When it ends, in unix seconds.
    #[ts(type = "number")]
    pub ends: i64,
    /// Whether the one before it was answered just now.
    pub answered: bool,
}

/// A card that may answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[ts(rename = "ChallengeCardView")]
pub struct AskedCardView {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: LabelView,
    /// The items asked of it.
    pub items: Vec<AskedItemView>,
}

/// One item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[ts(rename = "ChallengeItemView")]
pub struct AskedItemView {
    /// Its name in the cards.
    pub name: String,
    /// What people call it.
    pub label: LabelView,
}

/// What the window that faces the customer is told: nothing of a person, and no verdict.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CustomerEvent {
    /// What is asked; none when nothing is.
    Challenge {
        /// The challenge that stands.
        challenge: Option<Box<ChallengeView>>,
    },
    /// How far the check is, whatever comes of it.
    State {
        /// That far.
        state: CustomerState,
    },
}

/// How far a check is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CustomerState {
    /// Nothing was shown to the camera.
    Waiting,
    /// A presentation is coming in.
    Checking,
    /// It was read.
    Done,
}

impl CustomerEvent {
    /// What of this event the customer's window hears.
    #[must_use]
    pub fn of(event: &ScanEvent) -> Option<Self> {
        let state = match event {
            ScanEvent::Challenge { challenge } => {
                let challenge = challenge.clone();
                return Some(Self::Challenge { challenge });
            }
            ScanEvent::Progress { progress: Some(_) } => CustomerState::Checking,
            ScanEvent::Progress { progress: None } | ScanEvent::Cleared => CustomerState::Waiting,
            // What could not be decided is for another try: the code stays in view.
            ScanEvent::Verdict { verdict } if verdict.outcome == OutcomeCode::Abstain => {
                CustomerState::Waiting
            }
            ScanEvent::Verdict { .. } => CustomerState::Done,
            _ => return None,
        };
        Some(Self::State { state })
    }
}

impl ChallengeView {
    pub(crate) fn new(displayed: &Displayed, challenger: &Challenger, answered: bool) -> Self {
        let (desk, organisation) = challenger.names();
        let module = |dark: &bool| if *dark { '1' } else { '0' };
        Self {
            size: displayed.symbol.side,
            modules: displayed.symbol.dark.iter().map(module).collect(),
            desk: desk.to_owned(),
            organisation: organisation.to_owned(),
            purpose: displayed.challenge.purpose.clone(),
            label: displayed.label.clone(),
            cards: displayed.cards.iter().map(AskedCardView::from).collect(),
            ends: displayed.challenge.ends.0,
            answered,
        }
    }
}

impl From<&AskedCard> for AskedCardView {
    fn from(card: &AskedCard) -> Self {
        let items = card.items.iter().map(|item| AskedItemView {
            name: item.name.clone(),
            label: item.label.clone(),
        });
        Self {
            id: card.id.clone(),
            label: card.label.clone(),
            items: items.collect(),
        }
    }
}
