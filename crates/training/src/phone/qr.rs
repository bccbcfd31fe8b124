//! QR codes (ISO/IEC 18004): alphanumeric mode, error correction level L.

use super::picture::LumaPicture;
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// The text does not fit a QR code in alphanumeric mode: too long, or with other characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the text does not fit one QR code")
    }
}

impl std::error::Error for TooLong {}

/// The modules of a QR code, row by row, without a quiet zone.
pub(super) struct Modules {
    pub(super) side: usize,
    pub(super) dark: Vec<bool>,
}

impl Modules {
    pub(super) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }
}

/// The code of `text` with at least `side` modules a side.
pub(super) fn modules(text: &str, side: usize) -> Result<Modules, TooLong> {
    let code = code(text, side)?;
    let dark = code
        .to_colors()
        .into_iter()
        .map(|colour| colour == Color::Dark)
        .collect();
    Ok(Modules {
        side: code.width(),
        dark,
    })
}

fn code(text: &str, side: usize) -> Result<QrCode, TooLong> {
    let alphanumeric = |byte: u8| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte)
    };
    if !text.bytes().all(alphanumeric) {
        return Err(TooLong);
    }
    for version in (1..=40).map(Version::Normal) {
        if usize::try_from(version.width()).unwrap_or(0) < side {
            continue;
        }
        let mut bits = Bits::new(version);
        let fits = bits.push_alphanumeric_data(text.as_bytes()).is_ok()
            && bits.push_terminator(EcLevel::L).is_ok();
        if fits {
            return QrCode::with_bits(bits, EcLevel::L).map_err(|_| TooLong);
        }
    }
    Err(TooLong)
}

/// The smallest version (1 to 40) that holds `text`.
///
/// # Errors
/// [`TooLong`] where none does.
pub fn qr_version(text: &str) -> Result<u8, TooLong> {
    let side = code(text, 0)?.width();
    Ok(u8::try_from(side.saturating_sub(17) / 4).unwrap_or(40))
}

/// A clean QR code of `text`: `module_px` pixels a module (1 to 32) and `quiet` light modules around.
///
/// # Errors
/// [`TooLong`] where no version holds `text`.
pub fn qr_luma(text: &str, module_px: u32, quiet: u32) -> Result<LumaPicture, TooLong> {
    let modules = modules(text, 0)?;
    let module = usize::try_from(module_px.clamp(1, 32)).unwrap_or(1);
    let quiet = usize::try_from(quiet.min(64)).unwrap_or(0);
    let side = (modules.side + 2 * quiet) * module;
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            // Left of and above the symbol the subtraction wraps to a place far outside.
            let place = |n: usize| (n / module).wrapping_sub(quiet);
            let dark = place(y) < modules.side && modules.is_dark(place(x), place(y));
            pixels.push(if dark { 0 } else { 255 });
        }
    }
    let side = u32::try_from(side).unwrap_or(u32::MAX);
    Ok(LumaPicture {
        width: side,
        height: side,
        pixels,
    })
}
