//! What crosses to the window, and nothing else does: codes, labels from the data files, and of a
//! credential what the purpose shows.
//!
//! The window's types are made from these (`ui/src/lib/ipc/`); a test keeps the two the same.

mod ages;
mod challenge;
pub(crate) mod codes;
mod decision;
mod exercise;
mod gauge;
mod hint;
mod overview;
mod reason;
mod trust;
mod verdict;
mod wiped;

use hwagin_verifier::transport::Progress;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

pub use crate::camera::Preview;
pub use challenge::{AskedCardView, AskedItemView, ChallengeView, CustomerEvent, CustomerState};
pub(crate) use codes::codes;
pub use codes::{Codes, OneOf};
pub use decision::{AnswerCode, AskKindView, AskView, AskedView, DecisionRule, DecisionView};
pub use exercise::{ExerciseView, FaceView, RunningExerciseView};
pub use gauge::{CodeView, CodingCode, GaugeView, LimitCode, TimesView};
pub use hint::HintCode;
pub use overview::{
    CameraStateCode, CameraStateView, CameraView, ChallengeUse, DeskNameView, KnowledgeView, Mode,
    OverviewView, ProblemView, PurposeView, SampleCardView, SampleView,
};
pub use reason::{CautionCode, ReasonCode};
pub use trust::{
    BundleView, ChangeView, ClockState, ImportView, KnowledgeSource, LeadView, SignerView,
    StatusListView, TrustView, TrustedIssuerView, UpdateView,
};
pub use verdict::{
    AcceptedView, BindingCode, ClaimView, IssuerView, OutcomeCode, PortraitView, StatusView,
    VerdictView,
};
pub use wiped::Wiped;

/// Words for people, in each language of the window. They come from data files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS, schemars::JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct LabelView {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl LabelView {
    /// A name in place of words that no file has.
    pub(crate) fn named(name: &str) -> Self {
        Self {
            ko: name.to_owned(),
            en: name.to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    ko: String,
    en: String,
}

impl<'de> Deserialize<'de> for LabelView {
    /// One line each: not empty, no control characters, at most 120 characters.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Words { ko, en } = Words::deserialize(deserializer)?;
        let fits = |text: &str| {
            let length = text.chars().count();
            (1..=120).contains(&length)
                && !text.trim().is_empty()
                && !text.chars().any(char::is_control)
        };
        if fits(&ko) && fits(&en) {
            Ok(Self { ko, en })
        } else {
            Err(D::Error::custom("bad label"))
        }
    }
}

/// What a desk says while it runs.
#[derive(Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(rename = "DeskEvent")]
pub enum ScanEvent {
    /// What the camera sees, small. It goes to the window as bytes, see [`Preview`].
    #[serde(skip)]
    Preview(Vec<u8>),
    /// The camera's state changed.
    Camera {
        /// How it is now.
        camera: CameraStateView,
    },
    /// Where a symbol is in the frame: its corners from 0 to 1, not mirrored; none when it is gone.
    Outline {
        /// Top left, top right, bottom right and bottom left of the symbol.
        corners: Option<[[f32; 2]; 4]>,
        /// Whether it was read, in this frame or one shortly before, or only found.
        read: bool,
    },
    /// How well the camera sees, twice a second while frames come.
    Gauge {
        /// What was measured.
        gauge: GaugeView,
    },
    /// A presentation is coming in, in parts.
    Progress {
        /// How much of it; none when none is coming in any more.
        progress: Option<ProgressView>,
    },
    /// What was seen is no presentation; none when that is over.
    Hint {
        /// What it is.
        #[ts(as = "Option<OneOf<HintCode>>")]
        hint: Option<HintCode>,
    },
    /// A presentation was read.
    Verdict {
        /// What the desk says to it.
        verdict: Box<VerdictView>,
    },
    /// The verdict is gone, and with it everything that was shown.
    Cleared,
    /// What the desk asks; none when it asks nothing any more.
    Challenge {
        /// The challenge that stands.
        challenge: Option<Box<ChallengeView>>,
    },
    /// A bundle came in.
    Import {
        /// What became of it.
        report: Box<ImportView>,
    },
    /// A bundle is being fetched.
    Update {
        /// How that goes.
        update: UpdateView,
    },
    /// The desk's surroundings changed.
    Overview {
        /// As they are now.
        overview: Box<OverviewView>,
    },
}

/// How much of a presentation in parts is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ProgressView {
    /// Parts that told something new. It only grows, until another presentation begins.
    pub received: u32,
    /// Parts that it takes.
    pub needed: u32,
}

impl From<Progress> for ProgressView {
    fn from(progress: Progress) -> Self {
        let number = |parts: usize| u32::try_from(parts).unwrap_or(u32::MAX);
        Self {
            received: number(progress.received),
            needed: number(progress.needed),
        }
    }
}
