//! What would let the symbol in view be read, from what the scanner measured.
//!
//! The limits are those of reading one frame (docs/evidence.md): under two pixels a module, or
//! with a blur of nearly half a module, little is read. Each is set where reading has become
//! unlikely, not where it could be better: who holds the phone well hears nothing.

use hwagin_scanner::{Located, Point, Sighting};

use crate::view::HintCode;

/// Under this many pixels a module nothing is read, however sharp it is.
const SMALLEST_MODULE: f32 = 2.0;

/// A blur (standard deviation) over this share of a module is not undone by sharpening.
const MOST_BLUR: f32 = 0.45;

/// Modules this wide would be large enough if they were sharp; then the camera cannot focus on
/// what is so near.
const WIDE_MODULE: f32 = 6.0;

/// Modules moved in one frame. While a camera exposes for the whole of a frame, this smears them
/// as much as a blur of a third of a module does, which is the most that reads well.
const MOST_MOTION: f32 = 1.2;

/// Error correction at its lowest level (L) mends seven hundredths of a symbol.
const MOST_GLARE: f32 = 0.07;

/// A screen whose white is darker than this, beside what else the camera sees, is turned down.
const LEAST_WHITE: f32 = 0.35;

/// Less between black and white than this is lost in the noise of a webcam.
const LEAST_CONTRAST: f32 = 0.2;

/// With nothing lighter than this (but a twentieth of the picture) there is no light, or something
/// stands before the camera. A lit phone alone in a dark room is lighter.
const LEAST_LIGHT: f32 = 0.12;

/// The one thing that helps most; `None` where nothing is known to be in the way.
pub(crate) fn advice(sighting: &Sighting, sides: (u32, u32)) -> Option<HintCode> {
    if !sighting.symbols.is_empty() {
        return None;
    }
    let Some(located) = &sighting.located else {
        let is_dark = sighting.light.brightest < LEAST_LIGHT;
        return is_dark.then_some(HintCode::TooDark);
    };
    let blur = located.blur_px / located.module_px.max(f32::EPSILON);
    if is_cut(located, sides) {
        Some(HintCode::WholeCode)
    } else if located.motion_px > MOST_MOTION * located.module_px {
        Some(HintCode::HoldStill)
    } else if located.glare > MOST_GLARE {
        Some(HintCode::Glare)
    } else if located.white < LEAST_WHITE || located.white - located.black < LEAST_CONTRAST {
        Some(HintCode::Brighter)
    } else if blur > MOST_BLUR && located.module_px >= WIDE_MODULE {
        Some(HintCode::Farther)
    } else if blur > MOST_BLUR || located.module_px < SMALLEST_MODULE {
        Some(HintCode::Closer)
    } else {
        None
    }
}

/// A corner lies outside the frame by more than the error of the estimate, which is under a module.
fn is_cut(located: &Located, (width, height): (u32, u32)) -> bool {
    let by = located.module_px;
    let is_out = |point: &Point| {
        let is_beyond = |place: f32, side: u32| place < -by || place > side as f32 + by;
        is_beyond(point.x, width) || is_beyond(point.y, height)
    };
    located.corners.iter().any(is_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hwagin_scanner::{Light, Symbol};

    const SIDES: (u32, u32) = (1_280, 720);

    fn corners(left: f32, top: f32, side: f32) -> [Point; 4] {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| Point {
            x: left + x * side,
            y: top + y * side,
        })
    }

    /// A symbol in view that is not read, and nothing wrong with it.
    fn fine() -> Located {
        Located {
            corners: corners(400.0, 100.0, 400.0),
            modules: 97,
            module_px: 4.1,
            blur_px: 1.0,
            motion_px: 1.0,
            black: 0.1,
            white: 0.8,
            glare: 0.0,
            gathered: 1,
        }
    }

    fn of(located: Located) -> Option<HintCode> {
        let sighting = Sighting {
            symbols: Vec::new(),
            located: Some(located),
            light: Light {
                mean: 0.4,
                brightest: 0.8,
            },
        };
        advice(&sighting, SIDES)
    }

    #[test]
    fn who_holds_the_phone_well_hears_nothing() {
        assert_eq!(of(fine()), None);
    }

    #[test]
    fn each_thing_in_the_way_has_its_advice() {
        let far = Located {
            module_px: 1.8,
            blur_px: 0.4,
            ..fine()
        };
        let soft = Located {
            module_px: 3.0,
            blur_px: 1.5,
            ..fine()
        };
        let near = Located {
            module_px: 8.0,
            blur_px: 4.5,
            ..fine()
        };
        let moving = Located {
            motion_px: 6.0,
            ..fine()
        };
        let shining = Located {
            glare: 0.15,
            ..fine()
        };
        let dim = Located {
            white: 0.25,
            black: 0.02,
            ..fine()
        };
        let pale = Located {
            white: 0.9,
            black: 0.75,
            ..fine()
        };
        let cut = Located {
            corners: corners(-30.0, 100.0, 400.0),
            ..fine()
        };
        for (located, hint) in [
            (far, HintCode::Closer),
            (soft, HintCode::Closer),
            (near, HintCode::Farther),
            (moving, HintCode::HoldStill),
            (shining, HintCode::Glare),
            (dim, HintCode::Brighter),
            (pale, HintCode::Brighter),
            (cut, HintCode::WholeCode),
        ] {
            assert_eq!(of(located), Some(hint));
        }
    }

    #[test]
    fn a_corner_on_the_edge_is_inside() {
        let edge = Located {
            corners: corners(-3.0, 0.0, 400.0),
            ..fine()
        };
        assert_eq!(of(edge), None);
    }

    #[test]
    fn darkness_is_said_only_where_nothing_is_in_view() {
        let dark = |located, symbols| Sighting {
            symbols,
            located,
            light: Light {
                mean: 0.02,
                brightest: 0.05,
            },
        };
        assert_eq!(advice(&dark(None, vec![]), SIDES), Some(HintCode::TooDark));
        assert_eq!(advice(&dark(Some(fine()), vec![]), SIDES), None);
        let read = Symbol {
            content: vec![],
            corners: fine().corners,
        };
        let moving = Located {
            motion_px: 50.0,
            ..fine()
        };
        assert_eq!(advice(&dark(Some(moving), vec![read]), SIDES), None);
    }
}
