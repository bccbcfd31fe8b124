//! The desk's surroundings as the window gets them.

use std::collections::BTreeSet;

use hwagin_verifier::{At, BundleTimes};
use serde::Serialize;
use ts_rs::TS;

use super::{
    AskView, ClockState, ExerciseView, KnowledgeSource, LabelView, LeadView, OneOf,
    RunningExerciseView, ages,
};
use crate::camera::CameraState;
use crate::knowledge::{Knowledge, KnownPurpose, Problem, ProblemCode};

/// Everything beside a verdict.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OverviewView {
    /// Whether this is training.
    pub mode: Mode,
    /// The purposes to choose from.
    pub purposes: Vec<PurposeView>,
    /// The chosen purpose's id.
    pub purpose: Option<String>,
    /// The cameras to choose from.
    pub cameras: Vec<CameraView>,
    /// The chosen camera's id.
    pub camera: Option<String>,
    /// How the chosen camera is.
    pub camera_state: CameraStateView,
    /// Whether the camera is set for bright screens while it is open.
    pub nudged: bool,
    /// What the sample holder shows, in training.
    pub sample: Option<SampleView>,
    /// What the desk is called on its challenges; none where it cannot ask any.
    pub desk: Option<DeskNameView>,
    /// Whether a screen faces the customer.
    pub customer: bool,
    /// What the desk knows, and how old that is.
    pub knowledge: KnowledgeView,
    /// What is wrong with its files.
    pub problems: Vec<ProblemView>,
}

/// Whose signatures count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Only those of the training authority, which are worth nothing.
    Training,
    /// Only those of real authorities.
    Production,
}

/// What a desk is called.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DeskNameView {
    /// The desk.
    pub name: String,
    /// Whose it is.
    pub organisation: String,
}

/// Whether a desk asks a challenge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeUse {
    /// It does, and takes nothing but an answer.
    Required,
    /// It does, and takes a presentation without one, with a caution.
    Offered,
    /// It does not.
    Off,
}

/// A purpose to choose.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PurposeView {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: LabelView,
    /// What it shows and decides.
    pub shows: Vec<LabelView>,
    /// What the clerk is asked for before a scan.
    pub asks: Vec<AskView>,
    /// Whether the desk asks a challenge for it.
    pub challenge: ChallengeUse,
    /// Counts up when its file changes.
    pub version: u32,
    /// The rule that lets the desk ask.
    pub legal_basis: String,
    /// When somebody last held it against the law, `YYYY-MM-DD`.
    pub as_of: String,
}

/// A camera to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CameraView {
    /// Its id.
    pub id: String,
    /// What its maker calls it; for the sample holder, its id.
    pub name: String,
    /// Whether it is the sample holder.
    pub sample: bool,
    /// Whether a program makes its pictures: it can play a recording.
    #[serde(rename = "virtual")]
    pub is_virtual: bool,
}

/// How the chosen camera is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CameraStateView {
    /// Its state.
    pub state: CameraStateCode,
    /// Which camera, if one was found.
    pub name: Option<String>,
}

/// Each of these asks the clerk for something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "CameraStateName")]
pub enum CameraStateCode {
    /// None is chosen.
    Off,
    /// It is being opened.
    Opening,
    /// Frames come.
    Live,
    /// There is none.
    None,
    /// Another program uses it.
    Busy,
    /// This user may not open it.
    Denied,
    /// It was there and is gone.
    Unplugged,
    /// It does not work.
    Failed,
}

/// What the sample holder shows, and could show.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SampleView {
    /// The cards there are.
    pub cards: Vec<SampleCardView>,
    /// The cases there are.
    pub cases: Vec<String>,
    /// The chosen card.
    pub card: String,
    /// The chosen case.
    pub case: String,
    /// The people of the exercises.
    pub exercises: Vec<ExerciseView>,
    /// The one of them who stands at the desk.
    pub exercise: Option<RunningExerciseView>,
}

/// A card of the sample holder.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SampleCardView {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub label: LabelView,
}

/// What the desk knows, and how old that is. Times are unix seconds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KnowledgeView {
    /// How many issuers, by name and country.
    #[ts(type = "number")]
    pub issuers: usize,
    /// How many status lists.
    #[ts(type = "number")]
    pub lists: usize,
    /// When somebody last went over the roots.
    #[ts(type = "number | null")]
    pub keys_as_of: Option<i64>,
    /// When the oldest status list was issued.
    #[ts(type = "number | null")]
    pub status_as_of: Option<i64>,
    /// When the first of it all ends.
    #[ts(type = "number | null")]
    pub ends_at: Option<i64>,
    /// Which that is.
    pub leads: Option<LeadView>,
    /// Where it comes from.
    pub source: KnowledgeSource,
    /// Whether the clock can be relied on.
    pub clock: ClockState,
    /// Now.
    #[ts(type = "number")]
    pub now: i64,
}

/// Something wrong with a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ProblemView {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: Option<u32>,
    /// What is wrong.
    #[ts(as = "OneOf<ProblemCode>")]
    pub code: ProblemCode,
}

impl Mode {
    pub(crate) fn of(knowledge: &Knowledge) -> Self {
        if knowledge.is_training() {
            Self::Training
        } else {
            Self::Production
        }
    }
}

impl CameraStateView {
    /// The state of a camera that is not chosen.
    pub(crate) const OFF: Self = Self {
        state: CameraStateCode::Off,
        name: None,
    };
}

impl From<CameraState> for CameraStateCode {
    fn from(state: CameraState) -> Self {
        match state {
            CameraState::Opening => Self::Opening,
            CameraState::Live => Self::Live,
            CameraState::Absent => Self::None,
            CameraState::Busy => Self::Busy,
            CameraState::Denied => Self::Denied,
            CameraState::Unplugged => Self::Unplugged,
            CameraState::Failed(_) => Self::Failed,
        }
    }
}

impl From<&KnownPurpose> for PurposeView {
    fn from(purpose: &KnownPurpose) -> Self {
        Self {
            id: purpose.id.clone(),
            label: purpose.label.clone(),
            shows: purpose.shows.clone(),
            asks: purpose.questions().iter().filter_map(AskView::of).collect(),
            challenge: purpose.challenge(),
            version: purpose.version,
            legal_basis: purpose.legal_basis.clone(),
            as_of: purpose.as_of.to_iso(),
        }
    }
}

impl From<&Problem> for ProblemView {
    fn from(problem: &Problem) -> Self {
        Self {
            file: problem.file.clone(),
            line: problem.line,
            code: problem.code,
        }
    }
}

impl KnowledgeView {
    pub(crate) fn new(knowledge: &Knowledge, times: BundleTimes, at: At) -> Self {
        let lists: Vec<_> = knowledge.statuses().facts().collect();
        let anchors: Vec<_> = knowledge.trust().anchors().collect();
        let leads = ages::first_to_end(knowledge, at);
        Self {
            issuers: anchors
                .iter()
                .map(|anchor| (&anchor.issuer.name, &anchor.issuer.country))
                .collect::<BTreeSet<_>>()
                .len(),
            lists: lists.len(),
            keys_as_of: knowledge.keys_as_of().map(|time| time.0),
            status_as_of: lists.iter().map(|list| list.issued.0).min(),
            ends_at: leads.as_ref().map(|lead| lead.ends),
            leads,
            source: KnowledgeSource::of(knowledge.origin()),
            clock: if times.is_behind(at) {
                ClockState::Behind
            } else {
                ClockState::Right
            },
            now: at.time.0,
        }
    }
}
