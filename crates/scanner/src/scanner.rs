//! Which reading is tried on which picture.

use crate::reader;
use crate::{Light, Located, Luma, Point, Sighting, Symbol};

/// Reads symbols out of pictures, and remembers how many frames it has seen.
///
/// A symbol large in the picture is often read better at a third of the size, and one with light
/// modules on a dark ground only after inverting; neither is worth doing to every frame that
/// already gave a symbol.
#[derive(Default)]
pub struct Scanner {
    frames: u64,
    third: Vec<u8>,
    inverted: Vec<u8>,
}

/// Light-on-dark symbols are looked for in one frame of this many: they are rare, and a holder
/// shows the phone for longer than ten frames.
const INVERTED_EVERY: u64 = 10;

/// How often a still is shrunk to a third: 8,192 pixels, the longest side, are 910 after two.
const STILL_LEVELS: usize = 3;

impl Scanner {
    /// A scanner that has seen no frame.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The symbols in one frame of a stream, best first; empty when there is none.
    ///
    /// Tries the frame, then the frame at a third of its size, and the same inverted in every
    /// tenth frame; the first that gives a symbol ends it.
    pub fn scan(&mut self, frame: &Luma<'_>) -> Sighting {
        self.frames = self.frames.wrapping_add(1);
        let mut symbols = self.levels(frame, 2);
        if symbols.is_empty() && self.frames.is_multiple_of(INVERTED_EVERY) {
            symbols = self.inverted(frame, 2);
        }
        Sighting {
            located: symbols.first().map(located),
            symbols,
            light: Light::default(),
        }
    }

    /// The symbols in a picture that comes alone; empty when there is none.
    ///
    /// Tries everything: the picture, a third of it, a ninth of it, then all that inverted.
    pub fn scan_still(&mut self, picture: &Luma<'_>) -> Vec<Symbol> {
        let found = self.levels(picture, STILL_LEVELS);
        if !found.is_empty() {
            return found;
        }
        self.inverted(picture, STILL_LEVELS)
    }

    fn inverted(&mut self, picture: &Luma<'_>, levels: usize) -> Vec<Symbol> {
        let mut inverted = std::mem::take(&mut self.inverted);
        inverted.clear();
        inverted.extend(picture.pixels().iter().map(|pixel| !pixel));
        let found = match Luma::new(picture.width(), picture.height(), &inverted) {
            Ok(negative) => self.levels(&negative, levels),
            Err(_) => Vec::new(),
        };
        self.inverted = inverted;
        found
    }

    /// The first of `levels` sizes, each a third of the one before, that gives a symbol.
    fn levels(&mut self, picture: &Luma<'_>, levels: usize) -> Vec<Symbol> {
        let found = reader::read(picture);
        if !found.is_empty() || levels < 2 {
            return found;
        }
        let mut third = std::mem::take(&mut self.third);
        let found = match picture.third(&mut third) {
            Some((width, height)) => match Luma::new(width, height, &third) {
                Ok(small) => enlarge(self.levels(&small, levels - 1)),
                Err(_) => Vec::new(),
            },
            None => Vec::new(),
        };
        self.third = third;
        found
    }
}

/// Corners found at a third of the size, in the coordinates of the whole.
fn enlarge(mut symbols: Vec<Symbol>) -> Vec<Symbol> {
    for corner in symbols.iter_mut().flat_map(|symbol| &mut symbol.corners) {
        *corner = Point {
            x: corner.x * 3.0,
            y: corner.y * 3.0,
        };
    }
    symbols
}

fn located(symbol: &Symbol) -> Located {
    Located {
        corners: symbol.corners,
        modules: 0,
        module_px: 0.0,
        blur_px: 0.0,
        motion_px: 0.0,
        black: 0.0,
        white: 1.0,
        glare: 0.0,
        gathered: 0,
    }
}
