//! What this desk asks of a holder, before the holder answers (docs/optical-presentation.md, 3b).
//!
//! A challenge says who asks, what for and which items. It is signed by the desk's own key and shown
//! on a screen that faces the customer: one answer each, a new one every minute. A printed one has no
//! nonce and proves less.

mod asked;
mod desk_key;
mod items;
mod key_place;
mod key_store;
mod message;
mod printed;
mod symbol;

pub use asked::Challenger;
pub use desk_key::{DeskKey, KeyFlaw};
pub use items::{AskedCard, AskedItem, items_of};
pub use key_place::{Keeping, KeyPlace};
pub use message::{Displayed, read};
pub use symbol::Symbol;
