//! Reasons and cautions as the window knows them.

use hwagin_verifier::Reason;
use hwagin_verifier::verdict::Caution;
use serde::{Serialize, Serializer};

use super::codes::Codes;

/// Why something was not accepted: a reason of the verifier, or that the desk itself failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReasonCode {
    /// The verifier says so.
    Verifier(Reason),
    /// A part of the desk broke while it was at it.
    Internal,
}

impl ReasonCode {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Verifier(reason) => reason.code(),
            Self::Internal => "desk.internal",
        }
    }
}

impl Serialize for ReasonCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Codes for ReasonCode {
    const NAME: &'static str = "ReasonCode";

    fn all() -> Vec<&'static str> {
        let mut all: Vec<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        all.push(Self::Internal.code());
        all
    }
}

/// Something to mind, though it was accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CautionCode(pub Caution);

impl Serialize for CautionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code())
    }
}

impl Codes for CautionCode {
    const NAME: &'static str = "CautionCode";

    fn all() -> Vec<&'static str> {
        Caution::ALL.iter().map(|caution| caution.code()).collect()
    }
}
