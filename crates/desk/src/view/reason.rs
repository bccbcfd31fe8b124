//! Reasons, cautions and hints as the window knows them.

use hwagin_verifier::verdict::Caution;
use hwagin_verifier::{Hint, Reason};
use serde::{Serialize, Serializer};

use super::codes::{Codes, codes};
use crate::picture::PictureError;

/// Why something was not accepted: a reason of the verifier, or that the desk itself failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReasonCode {
    /// The verifier says so.
    Verifier(Reason),
    /// A part of the desk broke while it was at it.
    Internal,
}

impl ReasonCode {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Verifier(reason) => reason.code(),
            Self::Internal => "desk.internal",
        }
    }
}

impl Serialize for ReasonCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Codes for ReasonCode {
    const NAME: &'static str = "ReasonCode";

    fn all() -> Vec<&'static str> {
        let mut all: Vec<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        all.push(Self::Internal.code());
        all
    }
}

/// Something to mind, though it was accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CautionCode(pub Caution);

impl Serialize for CautionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code())
    }
}

impl Codes for CautionCode {
    const NAME: &'static str = "CautionCode";

    fn all() -> Vec<&'static str> {
        Caution::ALL.iter().map(|caution| caution.code()).collect()
    }
}

codes! {
    /// What was seen or given, where it is no presentation or cannot be read; or what would help.
    HintCode {
        /// A code of some other kind.
        Unrecognised = "unrecognised",
        /// A link. It is not followed.
        WebLink = "web_link",
        /// Korea's online mobile ID, which only its own network can check.
        KoreanMobileId = "korean_mobile_id",
        /// An ISO/IEC 18013-5 device engagement: the data would travel by radio.
        MdocEngagement = "mdoc_engagement",
        /// A presentation in a later text form.
        NewerVersion = "newer_version",
        /// A part of a presentation, without the others.
        Part = "part",
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

impl From<Hint> for HintCode {
    fn from(hint: Hint) -> Self {
        match hint {
            Hint::NewerVersion => Self::NewerVersion,
            Hint::WebLink => Self::WebLink,
            Hint::KoreanMobileId => Self::KoreanMobileId,
            Hint::MdocEngagement => Self::MdocEngagement,
            Hint::Unrecognised => Self::Unrecognised,
            Hint::Part => Self::Part,
        }
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
