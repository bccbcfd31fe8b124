//! A training authority, its sample holders, and their phones.
//!
//! Everything follows from a seed and a time given as an argument: same arguments, same bytes. It
//! has no clock and reads no file, and shares no code with the verifier, so that a mistake in one
//! can't hide in the other. Nothing it signs is of any worth, and all its names are invented.
//!
//! ```
//! use hwagin_training::{Authority, Card, Case};
//!
//! let at = 1_800_000_000;
//! let shown = Authority::built_in().present(Card::Mfc, Case::Valid, at);
//! assert!(shown.text.starts_with("HWG1:"));
//! ```
//!
//! A test that wants a flaw of its own starts from [`Recipe::new`] and changes a field: so does one of
//! an SD-CWT ([`SdCwt`]), of a document without a holder ([`Hcert`], [`Nzcp`], [`Claim169`]), or of a
//! list ([`StatusList`], [`IdentifierList`], [`Vical`]).

pub mod animated;
mod authority;
mod card;
mod case;
pub mod cbor;
pub mod challenge;
pub mod cose;
pub mod cwt;
pub mod der;
pub mod documents;
mod exercise;
mod face;
mod format;
mod identifier_list;
pub mod issuer;
mod key;
mod mint;
pub mod phone;
mod portrait;
mod public_key;
pub mod recipe;
mod rsa;
pub mod sd_cwt;
pub mod shapes;
mod signed_list;
mod status;
mod status_claim;
mod text;
mod time;
pub mod vical;
pub mod x509;

pub use authority::Authority;
pub use card::{Card, Item, ItemDigest};
pub use case::Case;
pub use challenge::{Challenge, ChallengeFlaw};
pub use ciborium::Value;
pub use documents::{Claim169, Document, DocumentCase, DocumentKind, Hcert, HcertKind, Nzcp};
pub use exercise::{Exercise, Right};
pub use face::{Face, Hair};
pub use format::Format;
pub use identifier_list::IdentifierList;
pub use key::{Key, KeyKind};
pub use mint::Presentation;
pub use portrait::Portrait;
pub use public_key::PublicKey;
pub use recipe::{Recipe, status_index};
pub use sd_cwt::SdCwt;
pub use status::{
    GOOD_DOCUMENT, ID_STATUS_URI, IDENTIFIERS_URI, ListPacking, REVOKED_DOCUMENT, STATUS_URI,
    StatusList,
};
pub use status_claim::{IdentifierClaim, Status, StatusClaim};
pub use text::{PREFIX, Packing, base32, base45, pack, write};
pub use time::{DAY, day};
pub use vical::Vical;
