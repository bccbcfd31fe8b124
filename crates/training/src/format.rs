//! In which format a sample holder presents a card.

/// The format of a presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// A `DeviceResponse` in an envelope (ISO/IEC 18013-5).
    #[default]
    Mdoc,
    /// An SD-CWT in a key-binding token (draft-ietf-spice-sd-cwt).
    SdCwt,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Mdoc, Self::SdCwt];

    /// The name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Mdoc => "mdoc",
            Self::SdCwt => "sd-cwt",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }
}
