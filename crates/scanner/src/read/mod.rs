//! Reading a symbol that was found: where its modules are, how dark each is, and what they say.

mod bits;
mod codewords;
mod corners;
mod fallback;
mod reed_solomon;
mod soft;

use zeroize::Zeroizing;

use crate::Located;
use crate::find::{Candidate, Mesh};
use crate::grey::{Grey, Pyramid};
use crate::layout::Layout;
use corners::Corners;
pub(crate) use soft::{Fit, Soft, known_equalised};

pub(crate) use codewords::is_still;
pub(crate) use fallback::read as read_otherwise;

/// Known modules that must come out as they are, for a place to be taken for a symbol.
const LEAST_AGREEMENT: f32 = 0.82;

/// How near the format information must be to one of its 32 values; a coin's is 0.2 at most.
const LEAST_FORMAT: f32 = 0.28;

/// How much timing patterns must alternate, from -1 to 1; chance is around 0.
const LEAST_TIMING: f32 = 0.3;

/// A module this far from the middle between dark and light is taken for what it seems.
const CERTAIN: f32 = 0.35;

/// Modules that teach what blur mixes into them.
const TAUGHT: usize = 6_000;

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

impl Sampled {
    /// The same seen in a picture `factor` times as large.
    fn scaled(self, factor: f32) -> Self {
        Self {
            mesh: self.mesh.scaled(factor),
            located: Located {
                corners: self.located.corners.map(|corner| corner * factor),
                module_px: self.located.module_px * factor,
                blur_px: self.located.blur_px * factor,
                ..self.located
            },
            ..self
        }
    }
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

/// Measures the symbol that the finder patterns belong to. `None` if there seems to be none.
pub(crate) fn measure(
    frame: &Grey<'_>,
    pyramid: &Pyramid,
    layouts: &mut Layouts,
    candidate: &Candidate,
    budget: &mut Budget,
) -> Option<Sampled> {
    // Modules of three to six pixels are looked at best: larger ones in a shrunk copy, where noise
    // and the screen's own pixels are averaged already.
    let module = candidate.module();
    let (mut level, mut scale) = (0, 1.0);
    while level + 1 < pyramid.levels() && module * scale >= 6.0 {
        level += 1;
        scale *= 0.5;
    }
    let grey = pyramid.level(frame, level);
    let candidate = candidate.scaled(scale);
    let corners = Corners::of(&grey, &candidate)?;
    if !budget.spend(100) || corners.timing(&grey)? < LEAST_TIMING {
        return None;
    }
    let mut best: Option<Sampled> = None;
    for version in corners.versions(&grey) {
        let is_timed = corners
            .timing_whole(&grey, version * 4 + 17)
            .is_none_or(|timing| timing >= LEAST_TIMING);
        if !is_timed {
            continue;
        }
        let layout = layouts.of(version)?;
        if !budget.spend(layout.side * layout.side + 1_000) {
            break;
        }
        let Some(sampled) = corners.sample(&grey, layout) else {
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
        .map(|best| best.scaled(1.0 / scale))
}

/// A symbol that was read.
pub(crate) struct Read {
    pub(crate) content: Vec<u8>,
    /// Its modules as they were drawn, by rows.
    pub(crate) modules: Zeroizing<Vec<bool>>,
}

/// What a symbol's modules say: as freed of blur by its known modules, else by all that seem
/// certain. A symbol seen in a mirror is read from the other side.
pub(crate) fn decode(layout: &Layout, plain: &[f32], soft: &[f32]) -> Option<Read> {
    let mirrored = Zeroizing::new(transposed(soft, layout.side));
    let [facing, behind] = [soft, &mirrored].map(|soft| codewords::format(layout, soft).1);
    if facing.max(behind) < LEAST_FORMAT {
        return None;
    }
    if facing >= behind {
        return decode_facing(layout, plain, soft);
    }
    let read = decode_facing(
        layout,
        &Zeroizing::new(transposed(plain, layout.side)),
        &mirrored,
    )?;
    Some(Read {
        modules: Zeroizing::new(transposed(&read.modules, layout.side)),
        ..read
    })
}

fn decode_facing(layout: &Layout, plain: &[f32], soft: &[f32]) -> Option<Read> {
    if let Some(read) = decode_as_is(layout, soft) {
        return Some(read);
    }
    // What is certain teaches more than what is known: there is more of it. Of a large symbol a
    // part is enough.
    let every = soft.len() / TAUGHT + 1;
    let certain = soft.iter().zip(&layout.known).enumerate();
    let certain = certain.map(|(at, (&value, &known))| {
        let is_taken = at % every == 0 && value.abs() > CERTAIN;
        known.or(is_taken.then_some(value > 0.0))
    });
    let (better, _) = soft::equalise::<26, 27>(plain, layout.side, certain, 0.004)?;
    decode_as_is(layout, &better)
}

/// What modules say as they are.
fn decode_as_is(layout: &Layout, soft: &[f32]) -> Option<Read> {
    let (format, _) = codewords::format(layout, soft);
    let modules = Zeroizing::new(codewords::corrected(layout, soft, format)?);
    let content = bits::content(&modules, layout.side)?;
    Some(Read { content, modules })
}

/// Rows become columns.
fn transposed<T: Copy>(values: &[T], side: usize) -> Vec<T> {
    (0..side)
        .flat_map(|x| values.iter().skip(x).step_by(side).copied())
        .collect()
}

#[cfg(test)]
mod tests;
