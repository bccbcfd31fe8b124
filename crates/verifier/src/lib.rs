//! Symbols to verdict.
//!
//! Everything here is a pure function of its arguments: no clock, no file, no network, no thread,
//! no global. The caller brings the time ([`At`]), what the desk trusts ([`Trust`]), the status
//! lists it holds ([`Statuses`]), the proofs it has seen ([`Replays`]) and what this desk needs
//! ([`Purpose`]), and gets one [`Verdict`].
//!
//! The walk is [`verify`]. Each stage takes the stage before by value and is the only place that
//! can build its own type, so a check that was skipped does not compile:
//!
//! | Stage type | What is true of it | Built only by |
//! |---|---|---|
//! | [`Unverified`] | well formed; nobody vouches for it | [`format::parse`] |
//! | [`Authentic`] | signed by a known issuer for this document type; every disclosed item is covered | [`issuer::authenticate`] |
//! | [`Current`] | and inside its validity window | [`validity::check`] |
//! | [`Standing`] | and not revoked or suspended as far as this desk knows | [`status::check`] |
//! | [`Presented`] | and held by whoever shows it, as far as the proof goes | [`holder::check`] |
//! | [`Verdict`] | what the desk says | [`purpose::judge`] |
#![cfg_attr(not(test), warn(clippy::pedantic))]
#![allow(clippy::module_name_repetitions, clippy::must_use_candidate)]

mod base45;
mod cbor;
mod cose;
mod crypto;
#[cfg(test)]
mod tests;

pub mod bundle;
pub mod card;
pub mod decision;
pub mod disclosure;
pub mod format;
pub mod holder;
pub mod issuer;
pub mod purpose;
pub mod reason;
pub mod status;
pub mod time;
pub mod transport;
pub mod trust;
pub mod validity;
pub mod verdict;

pub use bundle::BundleTimes;
pub use card::{Card, Cards};
pub use format::Unverified;
pub use holder::{Presented, Replays, Session};
pub use issuer::Authentic;
pub use purpose::Purpose;
pub use reason::{Outcome, Reason};
pub use status::{Standing, Statuses};
pub use time::{At, CalendarDate, UnixTime};
pub use transport::{Assembler, Hint, Payload};
pub use trust::Trust;
pub use validity::Current;
pub use verdict::Verdict;

/// What a desk knows, beside the purpose it serves.
pub struct World<'a> {
    /// Issuers whose signatures count.
    pub trust: &'a Trust,
    /// What the bundle that all this came in says of itself.
    pub bundle: &'a BundleTimes,
    /// Status lists, verified when they arrived.
    pub statuses: &'a Statuses,
    /// What the holder's proof has to be bound to.
    pub session: &'a Session,
    /// Proofs of possession this desk has already accepted.
    pub replays: &'a Replays,
    /// Credential types and the names of their claims.
    pub cards: &'a Cards,
}

/// The verdict on one presentation at one moment.
///
/// The first failure in walk order decides; whatever was read before it is dropped.
pub fn verify(payload: &Payload, purpose: &Purpose, world: &World<'_>, at: At) -> Verdict {
    walk(payload, purpose, world, at).unwrap_or_else(|reason| Verdict::failed(reason, purpose))
}

fn walk(
    payload: &Payload,
    purpose: &Purpose,
    world: &World<'_>,
    at: At,
) -> Result<Verdict, Reason> {
    let unverified = format::parse(payload)?;
    bundle::check(world.bundle, at)?;
    let authentic = issuer::authenticate(unverified, world.trust, at)?;
    let current = validity::check(authentic, at)?;
    let standing = status::check(current, world.statuses, &purpose.status, at)?;
    let presented = holder::check(standing, purpose, world.session, world.replays, at)?;
    purpose::judge(presented, purpose, world.cards, world.bundle, at)
}
