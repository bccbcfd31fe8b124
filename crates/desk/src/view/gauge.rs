//! How well the camera sees, for whoever sets up a desk. Numbers and codes, nothing that was read.

use serde::Serialize;
use ts_rs::TS;

use super::{OneOf, codes};
use crate::camera::Coding;

codes! {
    /// How a camera writes its pixels.
    CodingCode {
        /// A JPEG file for each frame.
        Mjpeg = "mjpeg",
        /// Brightness for each pixel, colour for each pair.
        Yuyv = "yuyv",
        /// All brightness, then colour.
        Nv12 = "nv12",
        /// No colour.
        Grey = "grey",
        /// Three bytes of colour.
        Rgb = "rgb",
    }
}

codes! {
    /// What keeps a code from being read right now.
    LimitCode {
        /// Nothing: it is read.
        Nothing = "nothing",
        /// No code is in view.
        NoCode = "no_code",
        /// It is in view, and frames of it are being added up.
        Gathering = "gathering",
        /// The camera gives too few frames.
        Slow = "slow",
        /// Its modules are too small or too soft.
        Closer = "closer",
        /// It is nearer than the camera can focus.
        Farther = "farther",
        /// It moves.
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

/// What was measured in the last half second.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GaugeView {
    /// The frame's width in pixels.
    pub width: u32,
    /// The frame's height in pixels.
    pub height: u32,
    /// How the camera writes it.
    #[ts(as = "OneOf<CodingCode>")]
    pub coding: CodingCode,
    /// Frames that the camera gave in a second.
    pub rate: f32,
    /// Frames that were scanned in a second.
    pub scanned: f32,
    /// How many pixels wide the sharpest edges are: about 1.5 in focus; none where there is no
    /// edge to measure.
    pub edge: Option<f32>,
    /// The mean brightness, 0 to 1.
    pub mean: f32,
    /// What a twentieth of the picture is brighter than, 0 to 1.
    pub brightest: f32,
    /// The code in view.
    pub code: Option<CodeView>,
    /// What keeps it from being read.
    #[ts(as = "OneOf<LimitCode>")]
    pub limit: LimitCode,
    /// How long verdicts took since the start.
    pub times: Option<TimesView>,
}

/// A code in view, as far as it can be measured without being read.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CodeView {
    /// Modules along a side; 0 while that is not known.
    pub modules: u32,
    /// Pixels a module.
    pub module_px: f32,
    /// The blur, in pixels.
    pub blur_px: f32,
    /// How far it moved since the last frame, in pixels.
    pub motion_px: f32,
    /// Its white less its black, 0 to 1.
    pub contrast: f32,
    /// The share of it that is washed out.
    pub glare: f32,
    /// Frames added up.
    pub gathered: u32,
}

/// From a code in view to its verdict, in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TimesView {
    /// The last verdict.
    pub last: u32,
    /// The middle one of all since the start.
    pub median: u32,
    /// How many.
    pub count: u32,
}

impl From<Coding> for CodingCode {
    fn from(coding: Coding) -> Self {
        match coding {
            Coding::Mjpeg => Self::Mjpeg,
            Coding::Yuyv => Self::Yuyv,
            Coding::Nv12 => Self::Nv12,
            Coding::Grey => Self::Grey,
            Coding::Rgb | Coding::Bgr => Self::Rgb,
        }
    }
}
