//! A phone that shows a QR code, face on: what is where on its plane.

use super::letters;
use super::qr::Modules;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

const BODY: Colour = [30, 32, 37];
const EDGE: Colour = [74, 78, 86];
const SCREEN: Colour = [246, 246, 244];
const BAR: Colour = [255, 193, 61];
const HEADER: Colour = [52, 58, 70];
const DARK: Colour = [22, 24, 28];
const TRACK: Colour = [214, 214, 210];

/// Light modules around the symbol (ISO/IEC 18004 asks for four).
const QUIET: f64 = 4.0;

/// The phone, with the middle of the symbol at the origin and the symbol's side as the unit.
pub(super) struct Scene {
    modules: Modules,
    /// Half of the symbol and its quiet zone.
    half: f64,
}

impl Scene {
    pub(super) fn new(modules: Modules) -> Self {
        let half = 0.5 + QUIET / modules.side as f64;
        Self { modules, half }
    }

    /// Modules a side of the symbol.
    pub(super) fn modules(&self) -> usize {
        self.modules.side
    }

    /// Half of the symbol and its quiet zone.
    pub(super) fn half(&self) -> f64 {
        self.half
    }

    /// The colour at a point, or nothing beside the phone.
    pub(super) fn colour(&self, x: f64, y: f64) -> Option<Colour> {
        let half = self.half;
        if x.abs() <= half && y.abs() <= half {
            return Some(self.symbol(x, y));
        }
        // Twice as high as wide, the symbol a little above the middle.
        let (width, height) = (half + 0.035, (half + 0.035) * 2.0);
        let below = y - 0.12;
        if !rounded(x, below, width, height, 0.11) {
            return None;
        }
        if !rounded(x, below, width - 0.006, height - 0.006, 0.105) {
            return Some(EDGE);
        }
        if !rounded(x, below, half, height - 0.035, 0.08) {
            return Some(BODY);
        }
        Some(self.screen(x, y))
    }

    fn symbol(&self, x: f64, y: f64) -> Colour {
        let side = self.modules.side as f64;
        let (column, row) = ((x + 0.5) * side, (y + 0.5) * side);
        // Negative places are kept out before they turn into indices.
        let dark =
            column >= 0.0 && row >= 0.0 && self.modules.is_dark(column as usize, row as usize);
        if dark { DARK } else { SCREEN }
    }

    /// Beside the symbol: a title bar above it, a countdown below.
    fn screen(&self, x: f64, y: f64) -> Colour {
        if y < -self.half - 0.085 {
            return HEADER;
        }
        if y < -self.half {
            let dot = 0.0042;
            let left = -letters::WIDTH * dot / 2.0;
            let top = -self.half - 0.009 - letters::HEIGHT * dot;
            let ink = letters::ink((x - left) / dot, (y - top) / dot);
            return if ink { DARK } else { BAR };
        }
        let countdown = y > self.half + 0.012 && y < self.half + 0.024 && x.abs() < 0.45;
        match countdown {
            true if x < 0.16 => BAR,
            true => TRACK,
            false => SCREEN,
        }
    }
}

/// Is the point inside a rectangle of these half sides with rounded corners, around the origin?
fn rounded(x: f64, y: f64, half_width: f64, half_height: f64, radius: f64) -> bool {
    let (x, y) = (x.abs(), y.abs());
    if x > half_width || y > half_height {
        return false;
    }
    let (dx, dy) = (x - (half_width - radius), y - (half_height - radius));
    dx <= 0.0 || dy <= 0.0 || dx * dx + dy * dy <= radius * radius
}
