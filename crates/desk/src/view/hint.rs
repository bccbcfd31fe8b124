//! Hints as the window knows them.

use hwagin_verifier::Hint;

use super::codes::{Codes, codes};
use crate::picture::PictureError;

codes! {
    /// What was seen or given, where it is no presentation or cannot be read; or what would help.
    HintCode, and
    /// What the verifier says a symbol is.
    Foreign(Hint) {
        /// The picture was read and there is no code in it.
        PictureWithoutCode = "picture_without_code",
        /// The picture is beyond the bounds.
        PictureTooLarge = "picture_too_large",
        /// The file is no picture, or a damaged one.
        PictureUnreadable = "picture_unreadable",
        /// The picture moves.
        PictureAnimated = "picture_animated",
        /// It is a presentation, and the desk has no purpose to judge it by.
        NoPurpose = "no_purpose",
        /// A code is in view, too small or too soft to be read from there.
        Closer = "closer",
        /// It is large and blurred: nearer than the camera can focus.
        Farther = "farther",
        /// It moves too fast.
        HoldStill = "hold_still",
        /// A part of it is outside the picture.
        WholeCode = "whole_code",
        /// A reflection lies over it.
        Glare = "glare",
        /// The screen that shows it is too dark.
        Brighter = "brighter",
        /// The camera sees next to nothing.
        TooDark = "too_dark",
    }
}

/// What the verifier says alone: the window has a title and a next step for each.
impl Codes for Hint {
    const NAME: &'static str = "ForeignCode";

    fn all() -> Vec<&'static str> {
        Self::ALL.iter().map(|hint| hint.code()).collect()
    }
}

impl From<PictureError> for HintCode {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::NotAPicture | PictureError::Damaged => Self::PictureUnreadable,
            PictureError::TooLarge => Self::PictureTooLarge,
            PictureError::Animated => Self::PictureAnimated,
        }
    }
}
