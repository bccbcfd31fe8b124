//! The people of the exercises as the window gets them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hwagin_training::{Exercise, Right};
use serde::Serialize;
use ts_rs::TS;

use super::OutcomeCode;

/// How high a face is drawn, in pixels.
const FACE_HEIGHT: u32 = 250;

/// One who may come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ExerciseView {
    /// By which the window has words for it.
    pub id: String,
    /// The desk's purpose.
    pub purpose: String,
    /// What a clerk should decide.
    pub right: OutcomeCode,
}

/// The one who stands before the clerk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RunningExerciseView {
    /// Which.
    pub id: String,
    /// What the clerk sees of the person.
    pub face: FaceView,
}

/// A drawn face.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct FaceView {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// Red, green, blue and alpha bytes row by row, in base64.
    pub rgba: String,
}

impl From<&Exercise> for ExerciseView {
    fn from(exercise: &Exercise) -> Self {
        Self {
            id: exercise.id.to_owned(),
            purpose: exercise.purpose.to_owned(),
            right: match exercise.right {
                Right::Accept => OutcomeCode::Accept,
                Right::Refuse => OutcomeCode::Refuse,
                Right::Abstain => OutcomeCode::Abstain,
            },
        }
    }
}

impl From<&'static Exercise> for RunningExerciseView {
    fn from(exercise: &'static Exercise) -> Self {
        let face = exercise.face.draw(FACE_HEIGHT);
        let (width, height) = face.dimensions();
        let rgba: Vec<u8> = face
            .pixels()
            .flat_map(|pixel| {
                let [red, green, blue] = pixel.0;
                [red, green, blue, u8::MAX]
            })
            .collect();
        Self {
            id: exercise.id.to_owned(),
            face: FaceView {
                width,
                height,
                rgba: STANDARD.encode(rgba),
            },
        }
    }
}
