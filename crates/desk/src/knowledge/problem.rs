//! What is wrong with a file of the desk's knowledge.

use crate::view::codes;

codes! {
    /// Why a file, or a part of it, is left out.
    ProblemCode {
        /// The file is named somewhere and is not there.
        Missing = "missing",
        /// It is there and cannot be read, or is no regular file.
        Unreadable = "unreadable",
        /// It is not TOML.
        NotToml = "not_toml",
        /// It has a field that no file of its kind has.
        UnknownField = "unknown_field",
        /// A value is absent, of the wrong kind, out of bounds, or against the others.
        BadValue = "bad_value",
        /// Another file has the same name or document type.
        Duplicate = "duplicate",
        /// It names a card that the desk does not know.
        UnknownCard = "unknown_card",
        /// It names a claim that none of its cards has.
        UnknownClaim = "unknown_claim",
        /// It names a table that the desk does not know.
        UnknownTable = "unknown_table",
        /// It asks for two things that exclude each other.
        Contradiction = "contradiction",
        /// It is not a certificate that this desk can read.
        NotACertificate = "not_a_certificate",
        /// It is not a public key of a kind that this desk verifies.
        NotAKey = "not_a_key",
        /// It is in the key store of the operating system, which is locked or out of reach.
        KeyStoreLocked = "key_store_locked",
        /// It is a certificate and not a root.
        NotARoot = "not_a_root",
        /// It belongs to a training authority, at a desk that is not in training.
        TrainingInProduction = "training_in_production",
        /// Its time is over. It stays, so that verdicts can say so.
        Expired = "expired",
        /// It is not a status list that one of the roots vouches for, or an older one.
        BadList = "bad_list",
        /// It is not a revocation list that one of the roots has signed.
        BadCrl = "bad_crl",
        /// It is not an issuer list that its root vouches for, or an older one.
        BadVical = "bad_vical",
        /// None of the certificates beside the issuer list vouches for its signer.
        VicalSignerUnknown = "vical_signer_unknown",
        /// A newer issuer list was due. This one stays.
        VicalOverdue = "vical_overdue",
        /// Some roots of the issuer list are no use here and left out.
        VicalEntriesLeftOut = "vical_entries_left_out",
        /// The site's purpose takes a card that the one it narrows does not.
        WidensCards = "widens_cards",
        /// The site's purpose shows a claim that the one it narrows does not.
        WidensShown = "widens_shown",
        /// The site's purpose shows a claim in the open that the one it narrows masks.
        WidensMasked = "widens_masked",
        /// The site's purpose leaves out a condition of the one it narrows, or asks for less.
        WidensDecision = "widens_decision",
        /// The site's purpose asks for less of the holder than the one it narrows.
        WidensHolder = "widens_holder",
        /// The site's purpose lets more be copied than the one it narrows.
        WidensCopying = "widens_copying",
        /// The site's purpose puts up with a proof older than the one it narrows does.
        WidensFreshness = "widens_freshness",
        /// The site's purpose puts up with an older status, or with none.
        WidensStatusAge = "widens_status_age",
        /// The site's purpose leaves a verdict on the screen for longer.
        WidensClearing = "widens_clearing",
        /// The site narrows a purpose that is not there.
        NothingToNarrow = "nothing_to_narrow",
        /// The bundle has a file of a kind that this version of the desk does not know.
        UnknownFile = "unknown_file",
        /// A role that the publisher delegated to brings what is the publisher's alone.
        NotDelegable = "not_delegable",
        /// It belongs to a real authority, at a desk that is in training.
        ProductionInTraining = "production_in_training",
        /// The file is longer than 1 MiB, or the folder holds more files than are read.
        TooLarge = "too_large",
    }
}

/// A file that is left out, or of which something is to be minded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, from the folder of the desk's data.
    pub file: String,
    /// The line in it, from 1, where one is to blame.
    pub line: Option<u32>,
    /// What is wrong.
    pub code: ProblemCode,
}

impl Problem {
    pub(crate) fn new(file: impl Into<String>, line: Option<u32>, code: ProblemCode) -> Self {
        Self {
            file: file.into(),
            line,
            code,
        }
    }
}
