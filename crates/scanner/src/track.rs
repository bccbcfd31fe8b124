//! One symbol over many frames: where it will be next, whether it is still the same, and what its
//! modules are when no single frame tells.

use zeroize::Zeroizing;

use crate::find::{Candidate, Mesh, follow};
use crate::grey::Grey;
use crate::layout::Layout;
use crate::read::{Read, Sampled, Soft, decode, is_still, known_equalised};
use crate::{Located, Point};

/// Frames without the symbol after which it is gone: a third of a second.
const LOST_AFTER: u32 = 10;

/// How much the modules of a frame must go with those gathered, from -1 to 1, to be added to them.
/// Those of another symbol are around 0.
const LIKENESS: f32 = 0.3;

/// A frame counts by how well its known modules were met; no frame counts for more than one whose
/// mean square error is this.
const LEAST_ERROR: f32 = 0.03;

/// What is followed from frame to frame.
pub(crate) struct Track {
    version: usize,
    is_inverted: bool,
    mesh: Mesh,
    shift: Point,
    located: Located,
    lost: u32,
    gathered: Gathered,
    read: Option<Known>,
}

/// Modules added up over frames, dark positive: as sampled, not freed of blur.
#[derive(Default)]
struct Gathered {
    plain: Soft,
    weight: f32,
    frames: u32,
}

struct Known {
    content: Zeroizing<Vec<u8>>,
    modules: Zeroizing<Vec<bool>>,
}

impl Track {
    /// Follows this symbol from now on.
    pub(crate) fn new(sampled: &Sampled) -> Self {
        Self {
            version: sampled.version,
            is_inverted: sampled.is_inverted,
            mesh: sampled.mesh.clone(),
            shift: Point { x: 0.0, y: 0.0 },
            located: sampled.located,
            lost: 0,
            gathered: Gathered::default(),
            read: None,
        }
    }

    /// The version of the symbol.
    pub(crate) fn version(&self) -> usize {
        self.version
    }

    /// Whether its content is known.
    pub(crate) fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// Where it was, in the last frame that had it.
    pub(crate) fn located(&self) -> Located {
        self.located
    }

    /// Its finder patterns in the next frame, if they are where they should be.
    pub(crate) fn look(&self, frame: &Grey<'_>, layout: &Layout) -> Option<Candidate> {
        // After a frame without it nobody knows how it goes on.
        let shift = if self.lost == 0 {
            self.shift
        } else {
            Point { x: 0.0, y: 0.0 }
        };
        follow(frame, layout, &self.mesh, shift, self.is_inverted)
    }

    /// Whether what was measured lies where the symbol was.
    pub(crate) fn is_at(&self, sampled: &Sampled) -> bool {
        let middle = |located: &Located| {
            let [a, b, c, d] = located.corners;
            (a + b + c + d) * 0.25
        };
        let side = (self.located.corners[0] - self.located.corners[1]).length();
        let apart = (middle(&self.located) - middle(&sampled.located)).length();
        self.version == sampled.version
            && self.is_inverted == sampled.is_inverted
            && apart < side * 0.5
    }

    /// A frame went by without it. Gives whether it is gone.
    pub(crate) fn miss(&mut self) -> bool {
        self.lost += 1;
        self.lost > LOST_AFTER
    }

    /// Takes what a frame showed of it, and gives its content if that is known by now.
    pub(crate) fn take(&mut self, layout: &Layout, sampled: &Sampled) -> Option<Vec<u8>> {
        self.move_to(sampled);
        let wrong = 1.0 - sampled.fit.agreement;
        if let Some(read) = &self.read
            && is_still(layout, &read.modules, &sampled.soft)
        {
            return Some(read.content.to_vec());
        }
        if let Some(read) = decode(layout, &sampled.plain, &sampled.soft) {
            return Some(self.keep(read));
        }
        if let Some(read) = &self.read
            && is_within(difference(layout, &read.modules, &sampled.soft), wrong)
        {
            // Too blurred to be read again, and nothing says that it is another one.
            return Some(read.content.to_vec());
        }
        self.read = None;
        self.gather(layout, sampled);
        self.located.gathered = self.gathered.frames;
        if self.gathered.frames < 2 {
            return None;
        }
        let (plain, soft) = self.gathered.mean(layout)?;
        let read = decode(layout, &plain, &soft)?;
        // Two symbols must never be read as one: what was gathered goes with the last frame too.
        is_within(difference(layout, &read.modules, &sampled.soft), wrong).then(|| self.keep(read))
    }

    fn move_to(&mut self, sampled: &Sampled) {
        let before = self.located.corners;
        let after = sampled.located.corners;
        let sum = before
            .into_iter()
            .zip(after)
            .fold(Point { x: 0.0, y: 0.0 }, |sum, (from, to)| {
                sum + (to - from)
            });
        self.shift = sum * (0.25 / (self.lost + 1) as f32);
        self.lost = 0;
        self.mesh = sampled.mesh.clone();
        self.located = Located {
            motion_px: self.shift.length(),
            ..sampled.located
        };
    }

    fn keep(&mut self, Read { content, modules }: Read) -> Vec<u8> {
        self.gathered = Gathered::default();
        self.located.gathered = 0;
        self.read = Some(Known {
            content: Zeroizing::new(content.clone()),
            modules,
        });
        content
    }

    /// Adds the modules of a frame, or starts over with them where they are another symbol's.
    fn gather(&mut self, layout: &Layout, sampled: &Sampled) {
        if self.gathered.frames > 0
            && likeness(layout, &self.gathered.plain, &sampled.plain) < LIKENESS
        {
            self.gathered = Gathered::default();
        }
        let weight = LEAST_ERROR / sampled.fit.error.max(LEAST_ERROR);
        self.gathered.plain.resize(sampled.plain.len(), 0.0);
        for (sum, value) in self.gathered.plain.iter_mut().zip(sampled.plain.iter()) {
            *sum += value * weight;
        }
        self.gathered.weight += weight;
        self.gathered.frames += 1;
    }
}

impl Gathered {
    /// The mean of the frames, as sampled and freed of blur: noise is less, and what blur mixes
    /// into a module can be told better.
    fn mean(&self, layout: &Layout) -> Option<(Soft, Soft)> {
        let plain = self.plain.iter().map(|sum| sum / self.weight);
        let plain = Zeroizing::new(plain.collect::<Vec<f32>>());
        let soft = known_equalised(layout, &plain)?.0;
        Some((plain, soft))
    }
}

/// Whether a share of differing data modules is what the share of wrong known modules explains.
fn is_within(differs: f32, wrong: f32) -> bool {
    differs <= wrong * 1.5 + 0.08
}

/// The share of data modules that are not what they were drawn as.
fn difference(layout: &Layout, modules: &[bool], soft: &[f32]) -> f32 {
    let differing = layout.data.iter().filter(|&&at| {
        let at = at as usize;
        modules.get(at).copied() != soft.get(at).map(|value| *value > 0.0)
    });
    differing.count() as f32 / layout.data.len().max(1) as f32
}

/// The correlation of two measurements of data modules.
fn likeness(layout: &Layout, one: &[f32], other: &[f32]) -> f32 {
    let (mut both, mut first, mut second) = (0.0, 0.0, f32::MIN_POSITIVE);
    for &at in &layout.data {
        let (Some(a), Some(b)) = (one.get(at as usize), other.get(at as usize)) else {
            continue;
        };
        both += a * b;
        first += a * a;
        second += b * b;
    }
    both / (first * second).sqrt().max(f32::MIN_POSITIVE)
}
