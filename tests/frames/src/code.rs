//! The symbols that the phones show.

use qrcode::{EcLevel, QrCode, Version};

use crate::Random;

/// How much of a symbol may be lost (ISO/IEC 18004, 7.5.1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ecc {
    /// 7 %.
    L,
    /// 15 %.
    M,
    /// 25 %.
    Q,
    /// 30 %.
    H,
}

/// The content does not fit the version and the level.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TooLong;

/// A QR symbol and the bytes it holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Code {
    /// What a reader has to give.
    pub truth: Vec<u8>,
    /// Modules along a side, without the quiet zone.
    pub modules: usize,
    dark: Vec<bool>,
}

/// The letters of base45 (RFC 9285), which are those of the alphanumeric mode.
const BASE45: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

impl Code {
    /// The smallest symbol that holds the bytes, or one of that version (1 to 40).
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn new(bytes: &[u8], ecc: Ecc, version: Option<i16>) -> Result<Self, TooLong> {
        let level = match ecc {
            Ecc::L => EcLevel::L,
            Ecc::M => EcLevel::M,
            Ecc::Q => EcLevel::Q,
            Ecc::H => EcLevel::H,
        };
        let code = match version {
            None => QrCode::with_error_correction_level(bytes, level),
            Some(number) => QrCode::with_version(bytes, Version::Normal(number), level),
        };
        let code = code.map_err(|_| TooLong)?;
        let dark = code.to_colors();
        Ok(Self {
            truth: bytes.to_vec(),
            modules: code.width(),
            dark: dark
                .into_iter()
                .map(|color| color == qrcode::Color::Dark)
                .collect(),
        })
    }

    /// A symbol of that many random bytes (byte mode), or of that many letters of base45 behind
    /// `HWG1:` (alphanumeric mode), at the level asked for or at L where that does not fit.
    #[must_use]
    pub fn random(random: &mut Random, count: usize, letters: bool, ecc: Ecc) -> Self {
        let bytes = if letters {
            let letter = |_| *random.pick(BASE45);
            b"HWG1:"
                .iter()
                .copied()
                .chain((5..count).map(letter))
                .collect()
        } else {
            random.bytes(count)
        };
        Self::new(&bytes, ecc, None)
            .or_else(|_| Self::new(&bytes, Ecc::L, None))
            .expect("at most 2,953 bytes")
    }

    /// Whether the module is dark; what lies outside is light.
    #[must_use]
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.modules && row < self.modules && self.dark[row * self.modules + column]
    }

    /// The version, 1 to 40.
    #[must_use]
    pub fn version(&self) -> usize {
        (self.modules - 17) / 4
    }
}
