//! Which check of which format is proven by what: a table of vectors, each held to its place.
//!
//! A cell names a vector that has the flaw and nothing else, or a test where a format has no
//! vectors, or says why there is nothing to check.

mod proof;
mod table;

use hwagin_verifier::format::outline::FormatOutline;
use std::fmt;

pub use proof::Proofs;
pub use table::ROWS;

/// What is read and judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A presentation.
    Presented(FormatOutline),
    /// A status list, told by what becomes of a credential that names it.
    StatusList,
    /// An identifier list, likewise.
    IdentifierList,
    /// A list of issuers.
    Vical,
}

impl Format {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Presented(FormatOutline::Mdoc) => "mdoc",
            Self::Presented(FormatOutline::SdCwt) => "SD-CWT",
            Self::Presented(FormatOutline::Hcert) => "HCERT",
            Self::Presented(FormatOutline::Nzcp) => "NZCP",
            Self::Presented(FormatOutline::Claim169) => "Claim 169",
            Self::StatusList => "status list",
            Self::IdentifierList => "identifier list",
            Self::Vical => "VICAL",
        }
    }
}

/// What is checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Check {
    /// Whoever signed it had the key.
    Signature,
    /// The key is one that this desk has reason to trust.
    ChainOrKey,
    /// What is disclosed is what was signed.
    Digests,
    /// It is in force now.
    Validity,
    /// Nobody took it back.
    Status,
    /// It belongs to whoever shows it.
    Holder,
}

impl Check {
    /// Every check, in the order of the walk.
    pub const ALL: [Self; 6] = [
        Self::Signature,
        Self::ChainOrKey,
        Self::Digests,
        Self::Validity,
        Self::Status,
        Self::Holder,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::ChainOrKey => "chain or key",
            Self::Digests => "digests",
            Self::Validity => "validity",
            Self::Status => "status",
            Self::Holder => "holder",
        }
    }

    /// How the reasons begin that this check gives. Whatever is wrong with a list, the credential
    /// that names it gets a reason of its status.
    const fn reasons(self, format: Format) -> &'static [&'static str] {
        let is_list = matches!(format, Format::StatusList | Format::IdentifierList);
        match self {
            Self::Signature | Self::ChainOrKey if is_list => &["status.list_invalid"],
            Self::Validity if is_list => &["status.stale"],
            Self::Status if is_list => &["status.revoked"],
            Self::Signature => &["signature."],
            Self::ChainOrKey => &["issuer."],
            Self::Digests => &["digest.", "format.type_mismatch"],
            Self::Validity => &["validity."],
            Self::Status => &["status."],
            Self::Holder => &["holder."],
        }
    }
}

/// What a check of a format is proven by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cell {
    /// This vector, `stage/flaw`.
    Vector(&'static str),
    /// This test of `tests/acceptance/vicals.rs`, as the test program names it.
    Test(&'static str),
    /// Nothing: there is no such check, for this reason.
    CannotBe(&'static str),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vector(name) => f.write_str(name),
            Self::Test(name) => write!(f, "test {name}"),
            Self::CannotBe(why) => write!(f, "cannot be: {why}"),
        }
    }
}

/// A format.
pub struct Row {
    /// Which.
    pub format: Format,
    /// One without a flaw, which is accepted.
    pub sound: Cell,
    /// What each of [`Check::ALL`] is proven by.
    pub cells: [Cell; 6],
}
