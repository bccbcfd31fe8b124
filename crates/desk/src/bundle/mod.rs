//! What a desk knows comes as one signed bundle: whom it trusts, what was revoked, which cards and
//! purposes there are. The Update Framework protects it against whoever carries it: an older, frozen,
//! mixed, altered or foreign one is not taken.
//!
//! | Module | Holds |
//! |---|---|
//! | [`store`] | the desk's folder: its root of trust and the bundle in force |
//! | [`import`] | a bundle comes in |
//! | [`opened`] | a bundle whose metadata was verified |
//! | [`carrier`] | the folder it comes in, which is hostile |
//! | [`part`] | what its files are called |
//! | [`manifest`] | what it says of itself |
//! | [`watch`], [`fetch`] | how it gets there |
//! | [`settings`] | what the site lets its desks do |

mod carrier;
mod codes;
pub(crate) mod fetch;
mod flaw;
pub(crate) mod history;
mod import;
pub mod manifest;
mod opened;
pub(crate) mod part;
mod settings;
mod store;
pub(crate) mod watch;

pub(crate) use carrier::read_regular;
pub use codes::{BundleFlaw, Change, ImportCode, PartKind, UpdateCode};
pub use import::{FileChange, ImportReport, changes};
pub use manifest::Manifest;
pub use opened::{Bundle, Listed, MAX_ALL, MAX_FILE, MAX_FILES, RoleFacts};
pub use part::name_of as target_name;
pub use settings::{DeskSettings, UpdateSettings};
pub(crate) use store::replace;
pub use store::{Store, TRAINING_ROOT};
