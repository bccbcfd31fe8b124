//! Portraits of a face that nobody has: drawn by `examples/draw_portrait.rs`, then compressed.

use crate::card::Card;

/// Which picture a sample card carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Portrait {
    /// A few hundred bytes, so that a presentation fits one QR code.
    #[default]
    Small,
    /// About 4 KB: too much for one QR code.
    Large,
    /// No portrait.
    None,
}

impl Portrait {
    /// The encoded picture for `card`: JPEG on the driving licence, WebP on the other when small.
    #[must_use]
    pub fn bytes(self, card: Card) -> Option<&'static [u8]> {
        match (self, card) {
            (Self::Small, Card::Mdl) => Some(include_bytes!("../assets/portrait-small.jpg")),
            (Self::Small, _) => Some(include_bytes!("../assets/portrait-small.webp")),
            (Self::Large, _) => Some(include_bytes!("../assets/portrait-large.jpg")),
            (Self::None, _) => None,
        }
    }
}
