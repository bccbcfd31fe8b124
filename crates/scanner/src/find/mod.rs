//! Finding symbols: dark and light, finder patterns, three of them together, and where each
//! module of the symbol between them lies.

mod bitmap;
mod candidate;
mod edges;
mod finder;
mod follow;
mod mesh;
mod pattern;
mod projection;

pub(crate) use bitmap::Bitmap;
pub(crate) use candidate::{Candidate, Candidates, alternation};
pub(crate) use edges::{Outline, outline};
pub(crate) use finder::{Finder, Search};
pub(crate) use follow::follow;
pub(crate) use mesh::Mesh;
pub(crate) use projection::{Pair, Projection, solve};

#[cfg(test)]
mod tests;
