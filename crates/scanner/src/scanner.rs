//! Which reading is tried on which picture.

use crate::find::{Bitmap, Candidates, Finder, Search};
use crate::grey::{Grey, Plane, Pyramid};
use crate::read::{Budget, Layouts, Sampled, decode, measure, read_otherwise};
use crate::track::Track;
use crate::{Light, Luma, Point, Sighting, Symbol};

/// Symbols returned from one picture. A desk needs one.
const MAX_SYMBOLS: usize = 8;

/// Modules sampled in one frame at most: four of the largest symbols.
const FRAME_BUDGET: usize = 130_000;

/// Modules sampled in one still at most.
const STILL_BUDGET: usize = 4_000_000;

/// Combinations of three finder patterns looked at in one frame, and in one still.
const FRAME_COMBINED: usize = 120;
const STILL_COMBINED: usize = 600;

/// How often a frame is halved, and a still.
const FRAME_HALVES: usize = 3;
const STILL_HALVES: usize = 5;

/// No copy has a shorter side: a symbol's 21 modules need three pixels each.
const SMALLEST: usize = 60;

/// Light-on-dark symbols are looked for in one frame of this many: they are rare, and a holder
/// shows the phone for longer than that.
const INVERTED_EVERY: u64 = 5;

/// A frame in which nothing is found is sharpened and looked at again, one of this many.
const SHARPENED_EVERY: u64 = 3;

/// While a symbol that was read is followed, the rest of the frame is searched in one frame of
/// this many: another phone may have come.
const SEARCH_EVERY: u64 = 4;

/// Reads symbols out of pictures, and follows one from frame to frame.
#[derive(Default)]
pub struct Scanner {
    frames: u64,
    eyes: Eyes,
    sharp: Plane,
    track: Option<Track>,
}

/// Buffers, kept from frame to frame.
#[derive(Default)]
struct Eyes {
    pyramid: Pyramid,
    bitmap: Bitmap,
    search: Search,
    finders: Vec<Finder>,
    candidates: Candidates,
    layouts: Layouts,
}

impl Scanner {
    /// A scanner that has seen no frame.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What one frame of a stream shows.
    ///
    /// The symbol of the last frame is looked for first, where it should be by now. What one frame
    /// does not give is added to what the frames before it gave, as long as it is the same symbol.
    pub fn scan(&mut self, frame: &Luma<'_>) -> Sighting {
        self.frames = self.frames.wrapping_add(1);
        let grey = Grey::from(frame);
        let mut symbols = Vec::new();
        let mut found = self.look(&grey, &mut symbols);
        if !found && self.frames.is_multiple_of(SHARPENED_EVERY) {
            let sharp = self.sharpened(&grey);
            found = self.look(&sharp.grey(), &mut symbols);
            self.sharp = sharp;
        }
        if !found && self.track.as_mut().is_some_and(Track::miss) {
            self.track = None;
        }
        let (mean, brightest) = grey.light();
        Sighting {
            symbols,
            located: self.track.as_ref().map(Track::located),
            light: Light {
                mean: mean / 255.0,
                brightest: brightest / 255.0,
            },
        }
    }

    /// The symbols in a picture that comes alone; empty when there is none.
    ///
    /// Tries everything: where there is no next frame, time is worth less.
    pub fn scan_still(&mut self, picture: &Luma<'_>) -> Vec<Symbol> {
        let grey = Grey::from(picture);
        let symbols = self.eyes.still(&grey);
        if !symbols.is_empty() {
            return symbols;
        }
        let sharp = self.sharpened(&grey);
        let symbols = self.eyes.still(&sharp.grey());
        self.sharp = sharp;
        if symbols.is_empty() {
            read_otherwise(picture)
        } else {
            symbols
        }
    }

    /// The picture, sharpened; its buffer is lent.
    fn sharpened(&mut self, grey: &Grey<'_>) -> Plane {
        let mut sharp = std::mem::take(&mut self.sharp);
        sharp.sharpen(grey);
        sharp
    }

    /// Looks at a frame as it is given; whether a symbol is there, read or not.
    fn look(&mut self, grey: &Grey<'_>, symbols: &mut Vec<Symbol>) -> bool {
        self.eyes.pyramid.fill(grey, FRAME_HALVES, SMALLEST);
        let mut budget = Budget::new(FRAME_BUDGET);
        let followed = self.follow(grey, &mut budget, symbols);
        let is_done = followed && self.track.as_ref().is_some_and(Track::is_read);
        if is_done && !self.frames.is_multiple_of(SEARCH_EVERY) {
            return true;
        }
        self.search(grey, followed, &mut budget, symbols)
    }

    /// Looks for the symbol of the frames before; whether it is there.
    fn follow(&mut self, grey: &Grey<'_>, budget: &mut Budget, symbols: &mut Vec<Symbol>) -> bool {
        let Some(track) = &mut self.track else {
            return false;
        };
        let Eyes {
            pyramid, layouts, ..
        } = &mut self.eyes;
        let sampled = layouts
            .of(track.version())
            .and_then(|layout| track.look(grey, layout))
            .and_then(|candidate| measure(grey, pyramid, layouts, &candidate, budget));
        let (Some(sampled), Some(layout)) = (sampled, layouts.of(track.version())) else {
            return false;
        };
        if !track.is_at(&sampled) {
            return false;
        }
        symbols.extend(track.take(layout, &sampled).map(|content| Symbol {
            content,
            corners: sampled.located.corners,
        }));
        true
    }

    /// Searches the whole frame; whether a symbol is there, the one that was followed counted.
    fn search(
        &mut self,
        grey: &Grey<'_>,
        followed: bool,
        budget: &mut Budget,
        symbols: &mut Vec<Symbol>,
    ) -> bool {
        let with_inverted = self.frames.is_multiple_of(INVERTED_EVERY);
        self.eyes.find(grey, with_inverted, FRAME_COMBINED);
        let track = &mut self.track;
        let mut found = followed;
        self.eyes.each(grey, budget, symbols, |layouts, sampled| {
            let layout = layouts.of(sampled.version)?;
            if followed && track.as_ref().is_some_and(|track| track.is_at(sampled)) {
                return None;
            }
            if let Some(track) = track.as_mut().filter(|track| track.is_at(sampled)) {
                found = true;
                return track.take(layout, sampled);
            }
            let mut other = Track::new(sampled);
            let content = other.take(layout, sampled);
            // One that still has to be read is worth following more than one that was.
            if !found || (content.is_none() && track.as_ref().is_none_or(Track::is_read)) {
                found = true;
                *track = Some(other);
            }
            content
        });
        found
    }
}

impl Eyes {
    /// The symbols in a picture that comes alone.
    fn still(&mut self, picture: &Grey<'_>) -> Vec<Symbol> {
        self.pyramid.fill(picture, STILL_HALVES, SMALLEST);
        self.find(picture, true, STILL_COMBINED);
        let mut symbols = Vec::new();
        self.each(
            picture,
            &mut Budget::new(STILL_BUDGET),
            &mut symbols,
            |layouts, sampled| {
                let layout = layouts.of(sampled.version)?;
                Some(decode(layout, &sampled.plain, &sampled.soft)?.content)
            },
        );
        symbols
    }

    /// Fills the finder patterns and their combinations.
    fn find(&mut self, frame: &Grey<'_>, with_inverted: bool, most: usize) {
        self.finders.clear();
        let mut scale = 1.0;
        for level in 0..self.pyramid.levels() {
            let grey = self.pyramid.level(frame, level);
            self.bitmap.fill(&grey);
            self.search
                .run(&self.bitmap, scale, with_inverted, &mut self.finders);
            scale *= 2.0;
        }
        self.candidates.combine(frame, &mut self.finders, most);
    }

    /// Adds what `read` makes of each symbol there seems to be.
    fn each(
        &mut self,
        frame: &Grey<'_>,
        budget: &mut Budget,
        symbols: &mut Vec<Symbol>,
        mut read: impl FnMut(&mut Layouts, &Sampled) -> Option<Vec<u8>>,
    ) {
        let Candidates { threes, twos, .. } = &self.candidates;
        // Two finder patterns must do where no three did.
        for (is_last, candidate) in threes
            .iter()
            .map(|three| (false, three))
            .chain(twos.iter().map(|two| (true, two)))
        {
            // What lies inside a symbol that was read is part of it.
            let is_read = |symbol: &Symbol| {
                candidate
                    .middles()
                    .any(|middle| holds(&symbol.corners, middle))
            };
            if symbols.iter().any(is_read) {
                continue;
            }
            if budget.is_spent() || symbols.len() == MAX_SYMBOLS || (is_last && !symbols.is_empty())
            {
                break;
            }
            let Some(sampled) = measure(frame, &self.pyramid, &mut self.layouts, candidate, budget)
            else {
                continue;
            };
            symbols.extend(read(&mut self.layouts, &sampled).map(|content| Symbol {
                content,
                corners: sampled.located.corners,
            }));
        }
    }
}

/// Whether the place is inside the four corners, which stand in a circle.
fn holds(corners: &[Point; 4], place: Point) -> bool {
    let [a, b, c, d] = *corners;
    let sides = [(a, b), (b, c), (c, d), (d, a)];
    let turn = |(from, to): (Point, Point)| {
        let (side, way) = (to - from, place - from);
        side.x * way.y - side.y * way.x
    };
    sides.into_iter().all(|side| turn(side) >= 0.0)
}

#[cfg(test)]
mod tests;
