//! Reading a symbol that was found: where its modules are, how dark each is, and what they say.

mod bits;
mod codewords;
mod fallback;
mod reed_solomon;
mod soft;

use crate::find::{Finder, Mesh, Outline, Projection, Triple, alternation, outline};
use crate::grey::{Grey, Pyramid};
use crate::layout::{Layout, version_places};
use crate::{Located, Point};
use soft::{Fit, Soft};

pub(crate) use codewords::Corrected;
pub(crate) use fallback::read as read_otherwise;

/// Known modules that must come out as they are, for a place to be taken for a symbol.
const LEAST_AGREEMENT: f32 = 0.82;

/// How near the format information must be to one of its 32 values; a coin's is 0.2 at most.
const LEAST_FORMAT: f32 = 0.28;

/// How much the ends of the timing patterns must alternate, from -1 to 1; chance is around 0.
const LEAST_TIMING: f32 = 0.3;

/// The layouts of the versions that were met.
#[derive(Default)]
pub(crate) struct Layouts {
    known: Vec<Layout>,
}

impl Layouts {
    /// The layout of this version.
    pub(crate) fn of(&mut self, version: usize) -> Option<&Layout> {
        let at = match self
            .known
            .iter()
            .position(|layout| layout.version == version)
        {
            Some(at) => at,
            None => {
                self.known.push(Layout::new(version));
                self.known.len() - 1
            }
        };
        self.known.get(at)
    }
}

/// A symbol in a picture, its modules measured.
pub(crate) struct Sampled {
    pub(crate) version: usize,
    pub(crate) is_inverted: bool,
    pub(crate) mesh: Mesh,
    pub(crate) located: Located,
    /// As sampled and set against what is around.
    pub(crate) plain: Soft,
    /// Freed of blur.
    pub(crate) soft: Soft,
    pub(crate) fit: Fit,
}

/// What a reading costs is counted in modules sampled, so that it ends however the machine is
/// loaded.
pub(crate) struct Budget {
    left: usize,
}

impl Budget {
    pub(crate) fn new(modules: usize) -> Self {
        Self { left: modules }
    }

    fn spend(&mut self, modules: usize) -> bool {
        let is_enough = self.left >= modules;
        self.left = self.left.saturating_sub(modules);
        is_enough
    }

    pub(crate) fn is_spent(&self) -> bool {
        self.left == 0
    }
}

/// Measures the symbol between three finder patterns. `None` if there seems to be none.
pub(crate) fn measure(
    frame: &Grey<'_>,
    pyramid: &Pyramid,
    layouts: &mut Layouts,
    triple: &Triple,
    budget: &mut Budget,
) -> Option<Sampled> {
    let corners = Corners::of(frame, triple)?;
    if !budget.spend(100) || corners.timing(frame)? < LEAST_TIMING {
        return None;
    }
    let module = corners.module;
    // Modules of three to six pixels are sampled best: larger ones in a shrunk copy, where noise
    // is averaged already.
    let mut level = 0;
    let mut scale = 1.0;
    while level + 1 < pyramid.levels() && module * scale >= 6.0 {
        level += 1;
        scale *= 0.5;
    }
    let grey = pyramid.level(frame, level);
    let mut best: Option<Sampled> = None;
    for version in corners.versions(frame) {
        if corners.timing_whole(frame, version * 4 + 17) < LEAST_TIMING {
            continue;
        }
        let layout = layouts.of(version)?;
        if !budget.spend(layout.side * layout.side + 1_000) {
            break;
        }
        let Some(sampled) = corners.sample(&grey, layout, scale) else {
            continue;
        };
        let is_good = sampled.fit.agreement > 0.93;
        if best
            .as_ref()
            .is_none_or(|best| sampled.fit.agreement > best.fit.agreement)
        {
            best = Some(sampled);
        }
        if is_good {
            break;
        }
    }
    best.filter(|best| best.fit.agreement >= LEAST_AGREEMENT)
}

/// Finder patterns and their corners, in the frame's pixels.
struct Corners<'a> {
    triple: &'a Triple,
    outlines: [Outline; 3],
    module: f32,
    modules: f32,
}

impl<'a> Corners<'a> {
    fn of(frame: &Grey<'_>, triple: &'a Triple) -> Option<Self> {
        let Triple {
            top_left,
            top_right,
            bottom_left,
            modules,
            ..
        } = triple;
        let across = (top_right.middle - top_left.middle) * (1.0 / (modules - 7.0));
        let down = (bottom_left.middle - top_left.middle) * (1.0 / (modules - 7.0));
        let size = f32::midpoint(across.length(), down.length());
        let near = |finder: &Finder| {
            // Perspective makes the nearer one larger.
            let own = finder.size() / top_left.size().max(0.1);
            let whole = (top_right.size() + bottom_left.size() + top_left.size())
                / (3.0 * top_left.size().max(0.1));
            let factor = own / whole.max(0.1);
            outline(frame, finder, across * factor, down * factor)
        };
        let outlines = [near(top_left)?, near(top_right)?, near(bottom_left)?];
        let sides = |outline: &Outline| {
            let [a, b, c, d] = outline.corners;
            let right = f32::midpoint((b - a).length(), (c - d).length()) / 7.0;
            let below = f32::midpoint((d - a).length(), (c - b).length()) / 7.0;
            (right, below)
        };
        let [first, second, third] = [
            sides(&outlines[0]),
            sides(&outlines[1]),
            sides(&outlines[2]),
        ];
        let is_alike = [first, second, third].iter().all(|&(right, below)| {
            right > size * 0.4 && below > size * 0.4 && right < size * 2.5 && below < size * 2.5
        });
        if !is_alike {
            return None;
        }
        let count = |from: f32, to: f32, length: f32| 7.0 + length / f32::midpoint(from, to);
        let modules = f32::midpoint(
            count(
                first.0,
                second.0,
                (top_right.middle - top_left.middle).length(),
            ),
            count(
                first.1,
                third.1,
                (bottom_left.middle - top_left.middle).length(),
            ),
        );
        let module = [first.0, first.1, second.0, second.1, third.0, third.1]
            .into_iter()
            .fold(f32::MAX, f32::min);
        Some(Self {
            triple,
            outlines,
            module,
            modules,
        })
    }

    /// Pairs of places in the symbol (in modules) and in the frame: the corners of the finders.
    fn pairs(&self, side: usize) -> Vec<(Point, Point)> {
        let far = (side - 7) as f32;
        let mut pairs = Vec::with_capacity(12 + 46);
        for (outline, (x, y)) in self
            .outlines
            .iter()
            .zip([(0.0, 0.0), (far, 0.0), (0.0, far)])
        {
            let own = [(0.0, 0.0), (7.0, 0.0), (7.0, 7.0), (0.0, 7.0)];
            pairs.extend(
                own.into_iter()
                    .zip(outline.corners)
                    .map(|((across, down), place)| {
                        (
                            Point {
                                x: x + across,
                                y: y + down,
                            },
                            place,
                        )
                    }),
            );
        }
        pairs
    }

    /// How much dark and light alternate where the timing patterns leave the finder patterns: the
    /// same places whatever the version, and a cheap way to tell three squares of some other
    /// drawing from a symbol.
    fn timing(&self, frame: &Grey<'_>) -> Option<f32> {
        let sign = if self.triple.top_left.is_inverted {
            -1.0
        } else {
            1.0
        };
        let pairs = self.pairs(45);
        let place = |x: f32, y: f32| Point { x, y };
        let ways = [
            (0, place(8.5, 6.5), place(1.0, 0.0)),
            (0, place(6.5, 8.5), place(0.0, 1.0)),
            (4, place(36.5, 6.5), place(-1.0, 0.0)),
            (8, place(6.5, 36.5), place(0.0, -1.0)),
        ];
        let (mut sum, mut least) = (0.0, f32::MAX);
        for (first, start, step) in ways {
            let near = Projection::fit(pairs.get(first..first + 4)?)?;
            let from = near.place(start);
            let end = near.place(start + step * 6.0);
            let found = alternation(frame, from, (end - from) * (1.0 / 6.0), sign);
            sum += found;
            least = found.min(least);
        }
        // One of the four may lie under a thumb.
        Some((sum - least) / 3.0)
    }

    /// How much the timing patterns alternate from one finder pattern to the other if the symbol
    /// has this many modules along a side, from -1 to 1: of a neighbouring version nothing is
    /// left.
    fn timing_whole(&self, frame: &Grey<'_>, side: usize) -> f32 {
        let Some(projection) = Projection::fit(&self.pairs(side)) else {
            return -1.0;
        };
        let sign = if self.triple.top_left.is_inverted {
            -1.0
        } else {
            1.0
        };
        let along = |of: fn(f32) -> Point| {
            let grey = |at: usize| frame.at(projection.place(of(at as f32 + 0.5))) * sign;
            let (mut sum, mut spread) = (0.0, 0.0);
            // Each against the middle between its neighbours: light changes along the way.
            for at in 9..side - 9 {
                let off = grey(at) - f32::midpoint(grey(at - 1), grey(at + 1));
                sum += if at % 2 == 0 { -off } else { off };
                spread += off.abs();
            }
            sum / spread.max(side as f32)
        };
        f32::midpoint(
            along(|at| Point { x: at, y: 6.5 }),
            along(|at| Point { x: 6.5, y: at }),
        )
    }

    /// The versions it may have, the likeliest first: what its own version information says, then
    /// what its size says.
    fn versions(&self, frame: &Grey<'_>) -> Vec<usize> {
        let nearest = Layout::nearest_version(self.modules);
        let mut versions = Vec::with_capacity(4);
        if self.modules > 36.0
            && let Some(version) = self.stated(frame)
        {
            versions.push(version);
        }
        let from_size = [nearest, nearest + 1, nearest.saturating_sub(1)];
        versions.extend(
            from_size
                .into_iter()
                .filter(|version| (1..=40).contains(version)),
        );
        let mut seen = Vec::new();
        versions.retain(|version| {
            let is_new = !seen.contains(version);
            seen.push(*version);
            is_new
        });
        versions.truncate(3);
        versions
    }

    /// The version in the two blocks of version information, read from where they lie beside
    /// their finder patterns; the one whose bits they are nearest to, if it stands out and goes
    /// with the size.
    fn stated(&self, frame: &Grey<'_>) -> Option<usize> {
        let sign = if self.triple.top_left.is_inverted {
            -1.0
        } else {
            1.0
        };
        // In any symbol these places lie the same way from their finder pattern.
        let side = 45;
        let pairs = self.pairs(side);
        let mut values = [[0.0_f32; 18]; 2];
        for ((copy, places), four) in values
            .iter_mut()
            .zip(version_places(side))
            .zip([pairs.get(4..8)?, pairs.get(8..12)?])
        {
            let near = Projection::fit(four)?;
            for (value, (x, y)) in copy.iter_mut().zip(places) {
                let place = near.place(Point {
                    x: x as f32 + 0.5,
                    y: y as f32 + 0.5,
                });
                *value = frame.at(place) * sign;
            }
            let mean = copy.iter().sum::<f32>() / 18.0;
            let spread = (copy.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / 18.0)
                .sqrt()
                .max(1.0);
            copy.iter_mut()
                .for_each(|value| *value = (mean - *value) / spread);
        }
        let score = |version: usize| {
            let bits = codewords::version_bits(version);
            let copies = values.iter().flat_map(|copy| copy.iter().enumerate());
            copies
                .map(|(at, value)| if bits >> at & 1 == 1 { *value } else { -value })
                .sum::<f32>()
                / 36.0
        };
        let best = (7..=40).max_by(|a, b| score(*a).total_cmp(&score(*b)))?;
        let side = (best * 4 + 17) as f32;
        let is_near = (side - self.modules).abs() <= 4.0 + side * 0.12;
        (score(best) > 0.35 && is_near).then_some(best)
    }

    /// The modules of the symbol if it is of this version; `grey` is `scale` times the frame's
    /// size.
    fn sample(&self, grey: &Grey<'_>, layout: &Layout, scale: f32) -> Option<Sampled> {
        let is_inverted = self.triple.top_left.is_inverted;
        let mut pairs = self.pairs(layout.side);
        pairs.iter_mut().for_each(|pair| pair.1 = pair.1 * scale);
        let mesh = Mesh::fit(grey, layout, pairs, is_inverted)?;
        let mut plain = soft::sample(grey, &mesh, layout, self.module * scale);
        let glare = soft::normalise(&mut plain, layout.side, is_inverted);
        let (soft, fit) =
            soft::equalise::<10, 11>(&plain, layout.side, layout.known.iter().copied(), 0.02)?;
        let mesh = mesh.scaled(1.0 / scale);
        Some(Sampled {
            version: layout.version,
            is_inverted,
            located: Located {
                glare,
                ..self.located(layout, &mesh)
            },
            mesh,
            plain,
            soft,
            fit,
        })
    }

    fn located(&self, layout: &Layout, mesh: &Mesh) -> Located {
        let of = |pick: fn(&Outline) -> f32| self.outlines.iter().map(pick);
        let black = of(|outline| outline.black).fold(f32::MAX, f32::min) / 255.0;
        let white = of(|outline| outline.white).fold(0.0, f32::max) / 255.0;
        Located {
            corners: layout.corners().map(|corner| mesh.place(corner)),
            modules: layout.side as u32,
            module_px: self.module,
            blur_px: of(|outline| outline.blur).sum::<f32>() / 3.0,
            motion_px: 0.0,
            black: black.min(white),
            white: black.max(white),
            glare: 0.0,
            gathered: 0,
        }
    }
}

/// What a symbol's modules say: as freed of blur by its known modules, else by all that seem
/// certain.
pub(crate) fn decode(layout: &Layout, plain: &[f32], soft: &[f32]) -> Option<(Vec<u8>, Corrected)> {
    let (_, likeness) = codewords::format(layout, soft);
    if likeness < LEAST_FORMAT {
        return None;
    }
    if let Some(read) = decode_once(layout, soft) {
        return Some(read);
    }
    // What is certain teaches more than what is known: there is more of it.
    let certain = soft
        .iter()
        .zip(&layout.known)
        .map(|(&value, &known)| known.or((value.abs() > 0.35).then_some(value > 0.0)));
    let (better, _) = soft::equalise::<26, 27>(plain, layout.side, certain, 0.004)?;
    decode_once(layout, &better)
}

/// What modules that were gathered over frames say.
pub(crate) fn decode_gathered(layout: &Layout, soft: &[f32]) -> Option<(Vec<u8>, Corrected)> {
    let (_, likeness) = codewords::format(layout, soft);
    (likeness > 0.0).then(|| decode_once(layout, soft))?
}

fn decode_once(layout: &Layout, soft: &[f32]) -> Option<(Vec<u8>, Corrected)> {
    let (format, _) = codewords::format(layout, soft);
    let corrected = codewords::corrected(layout, soft, format)?;
    let bytes = bits::content(&corrected.modules, layout.side)?;
    Some((bytes, corrected))
}
