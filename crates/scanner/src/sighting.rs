//! What one frame showed: the symbols read in it, and what could be measured of one that was not.

use crate::{Point, Symbol};

/// What one frame of a stream showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// The symbols read, best first. One that is in view for several frames is here in each of
    /// them.
    pub symbols: Vec<Symbol>,
    /// The symbol that the scanner follows, whether it could be read or not.
    pub located: Option<Located>,
    /// How light the frame is.
    pub light: Light,
}

/// A symbol in view, and how well it can be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Its outer corners, in the order of [`Symbol::corners`].
    pub corners: [Point; 4],
    /// Modules along a side: 21 to 177.
    pub modules: u32,
    /// How many pixels of the frame a module is wide, where it is smallest.
    pub module_px: f32,
    /// How blurred it is: the standard deviation of the blur in pixels of the frame. Over half of
    /// `module_px` little is read from one frame.
    pub blur_px: f32,
    /// How far it moved since the last frame, in pixels of the frame; 0 when just found.
    pub motion_px: f32,
    /// Its darkest modules, 0 (black) to 1.
    pub black: f32,
    /// Its lightest modules, 0 to 1 (white).
    pub white: f32,
    /// The share of its area in which dark and light cannot be told apart because it is washed
    /// out, 0 to 1: a reflection.
    pub glare: f32,
    /// Frames whose modules are added up and not read yet; 0 when it was read.
    pub gathered: u32,
}

/// How light a frame is, each from 0 (black) to 1 (white).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Light {
    /// The mean.
    pub mean: f32,
    /// What a twentieth of the pixels is lighter than.
    pub brightest: f32,
}
