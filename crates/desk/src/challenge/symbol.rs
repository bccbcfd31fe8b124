//! The modules of the symbol that a challenge is shown as.

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// Version 30 at most (137 modules a side): on a third of a screen of 1,080 lines a module is more
/// than two pixels wide, which a phone reads from a hand's length.
const MAX_VERSION: i16 = 30;

/// A symbol, without its quiet zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    /// Modules a side.
    pub side: usize,
    /// Whether each is dark, row by row.
    pub dark: Vec<bool>,
}

/// The symbol of this text, in alphanumeric mode; `None` where it is too long.
pub(super) fn of(text: &str) -> Option<Symbol> {
    let fits = |version: i16| {
        let mut bits = Bits::new(Version::Normal(version));
        let fits = bits.push_alphanumeric_data(text.as_bytes()).is_ok()
            && bits.push_terminator(EcLevel::L).is_ok();
        fits.then_some(bits)
    };
    let bits = (1..=MAX_VERSION).find_map(fits)?;
    let code = QrCode::with_bits(bits, EcLevel::L).ok()?;
    let dark = code.to_colors().into_iter();
    Some(Symbol {
        side: code.width(),
        dark: dark.map(|colour| colour == Color::Dark).collect(),
    })
}
