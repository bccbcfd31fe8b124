//! Whether the credential was revoked or suspended, as far as this desk knows.
//!
//! Every list is verified once, when it arrives ([`Statuses::add`]); a look-up touches one byte.
//! Nobody learns who was checked: the whole list is here.

mod health;
mod kept;
mod list;

use crate::format::contents::StatusReference;
use crate::purpose::StatusPolicy;
use crate::trust::AnchorId;
use crate::{At, Current, Outcome, Reason, Trust, UnixTime};
use health::HealthBatches;
use kept::InMemory;
use list::{Content, List};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use health::HealthCertificate;
pub use health::{HashKind, HealthBatch, HealthHash};
pub use kept::{Keep, KeptBytes};

/// A current credential that is not revoked or suspended as far as this desk knows.
///
/// ```compile_fail
/// // Only `status::check` builds one.
/// fn forge(genuine: hwagin_verifier::Standing<'_>) -> hwagin_verifier::Standing<'_> {
///     hwagin_verifier::Standing { ..genuine }
/// }
/// ```
///
/// ```compile_fail
/// // The status cannot be skipped: a holder is checked on a `Standing` only.
/// fn skip(
///     current: hwagin_verifier::Current<'_>,
///     purpose: &hwagin_verifier::Purpose,
///     session: &hwagin_verifier::Session,
///     replays: &hwagin_verifier::Replays,
///     at: hwagin_verifier::At,
/// ) {
///     let _ = hwagin_verifier::holder::check(current, purpose, session, replays, at);
/// }
/// ```
pub struct Standing<'a> {
    current: Current<'a>,
    finding: Finding,
}

impl<'a> Standing<'a> {
    pub(crate) fn current(&self) -> &Current<'a> {
        &self.current
    }

    pub(crate) fn finding(&self) -> Finding {
        self.finding
    }
}

/// What is known of a credential's status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Valid, by a list of this moment.
    ValidAsOf {
        /// When the list was issued.
        issued: UnixTime,
        /// Whether the list has passed its time to live, though not its end.
        refresh_due: bool,
    },
    /// The credential names no status, and the purpose does not ask for one.
    NotInCredential,
}

/// Why a status list is no use to this desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListFlaw {
    /// Not a status list token, or not one that a known issuer signed.
    Bad,
    /// Older than the list held for the same address; the newer one stays.
    Older,
}

/// What may be told of a verified list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ListFacts<'a> {
    /// Its address.
    pub uri: &'a str,
    /// When it was issued.
    pub issued: UnixTime,
    /// When it should be renewed, by its time to live.
    pub due: Option<UnixTime>,
    /// When it ends.
    pub ends: UnixTime,
    /// How many credentials it speaks of; of a list of identifiers, how many it revokes.
    pub entries: u64,
    /// Whether it is a list of identifiers.
    pub is_of_identifiers: bool,
}

/// The status lists a desk holds, by address, and revocation batches of health certificates.
#[derive(Default)]
pub struct Statuses {
    /// By address and authority: of two authorities that claim one address each speaks for its own
    /// credentials.
    lists: BTreeMap<String, Vec<(List, AnchorId)>>,
    /// Addresses for which a list came and could not be verified.
    bad: BTreeSet<String>,
    health: HealthBatches,
    keep: Option<Box<dyn Keep>>,
}

impl Statuses {
    /// No lists.
    pub const fn new() -> Self {
        Self {
            lists: BTreeMap::new(),
            bad: BTreeSet::new(),
            health: HealthBatches::new(),
            keep: None,
        }
    }

    /// No lists, whose bytes will be kept there.
    pub fn kept_by(keep: Box<dyn Keep>) -> Self {
        Self {
            keep: Some(keep),
            ..Self::new()
        }
    }

    /// Takes this revocation batch of health certificates.
    pub fn add_health_batch(&mut self, batch: HealthBatch) {
        self.health.add(batch);
    }

    /// Takes this status list or identifier list token (CWT form), verified up to a known root or
    /// key.
    ///
    /// `address` is where it was fetched from, as far as the carrier knows; it makes a list that
    /// does not verify known as bad instead of missing. A list that verified is never replaced by
    /// an older or a bad one.
    ///
    /// # Errors
    /// The [`ListFlaw`] that keeps it out.
    pub fn add(
        &mut self,
        token: &[u8],
        address: Option<&str>,
        trust: &Trust,
        at: At,
    ) -> Result<(), ListFlaw> {
        let mut in_memory = InMemory;
        let keep = match &mut self.keep {
            Some(keep) => &mut **keep,
            None => &mut in_memory as &mut dyn Keep,
        };
        let (list, anchor) = match list::verify(token, trust, keep, at) {
            Ok((list, anchor)) if address.is_none_or(|address| address == list.uri) => {
                (list, anchor)
            }
            _ => {
                let claimed = address
                    .map(str::to_owned)
                    .or_else(|| list::claimed_uri(token));
                self.bad.extend(claimed);
                return Err(ListFlaw::Bad);
            }
        };
        let held = self.lists.entry(list.uri.clone()).or_default();
        match held.iter_mut().find(|(_, of)| *of == anchor) {
            Some((known, _)) if known.issued > list.issued => return Err(ListFlaw::Older),
            Some((known, _)) => *known = list,
            None => held.push((list, anchor)),
        }
        Ok(())
    }

    /// What may be told of each verified list, by its address.
    pub fn facts(&self) -> impl Iterator<Item = ListFacts<'_>> + '_ {
        let held = self.lists.values().flatten();
        held.map(|(list, _)| ListFacts {
            uri: &list.uri,
            issued: list.issued,
            due: list
                .time_to_live
                .map(|seconds| list.issued.plus_seconds(seconds)),
            ends: list.ends,
            entries: match &list.content {
                Content::Entries(entries) => entries.count(),
                Content::Revoked(listed) => listed.len() as u64,
            },
            is_of_identifiers: matches!(list.content, Content::Revoked(_)),
        })
    }
}

/// The credential, good by every status that it names (Token Status List §8.3; ISO/IEC 18013-5
/// second edition §12.3.6), and by the revocation batches of health certificates.
///
/// A list has to come from the same authority as the credential. An index outside the list says
/// nothing about the credential, and the draft asks to refuse it.
///
/// # Errors
/// `status.*`.
pub fn check<'a>(
    current: Current<'a>,
    statuses: &Statuses,
    policy: &StatusPolicy,
    at: At,
) -> Result<Standing<'a>, Reason> {
    let authentic = current.authentic();
    let health = authentic.health();
    if health.is_some_and(|certificate| statuses.health.revoke(certificate, at)) {
        return Err(Reason::Revoked);
    }
    let references = &authentic.contents().statuses;
    if references.is_empty() && policy.required {
        return Err(Reason::StatusMissing);
    }
    let mut finding = Finding::NotInCredential;
    let mut undecided = None;
    for reference in references {
        match look_up(reference, statuses, authentic.anchor(), policy, at) {
            Ok(found) => finding = finding.older(found),
            // What one list cannot say does not hide what another says.
            Err(reason) if reason.outcome() == Outcome::Abstain => {
                undecided = undecided.or(Some(reason));
            }
            Err(reason) => return Err(reason),
        }
    }
    undecided.map_or(Ok(Standing { current, finding }), Err)
}

fn look_up(
    reference: &StatusReference,
    statuses: &Statuses,
    anchor: AnchorId,
    policy: &StatusPolicy,
    at: At,
) -> Result<Finding, Reason> {
    let (StatusReference::Entry { uri, .. } | StatusReference::Identifier { uri, .. }) = reference;
    let held = statuses.lists.get(uri).map_or(&[][..], Vec::as_slice);
    let Some((list, _)) = held.iter().find(|(_, of)| *of == anchor) else {
        let came = !held.is_empty() || statuses.bad.contains(uri);
        return Err(if came {
            Reason::ListInvalid
        } else {
            Reason::ListUnknown
        });
    };
    // Whatever the list says, it says it only while it lasts.
    if at.time >= list.ends {
        return Err(Reason::StatusStale);
    }
    match (reference, &list.content) {
        (StatusReference::Entry { index, .. }, Content::Entries(entries)) => {
            match entries.value(*index)? {
                0 => {}
                1 => return Err(Reason::Revoked),
                2 => return Err(Reason::Suspended),
                _ => return Err(Reason::StatusUnknownValue),
            }
        }
        (StatusReference::Identifier { id, .. }, Content::Revoked(listed)) => {
            if listed.binary_search(id).is_ok() {
                return Err(Reason::Revoked);
            }
        }
        // A list of the other kind at this address says nothing of the credential.
        _ => return Err(Reason::ListInvalid),
    }
    // A revocation on an old list still counts, so age comes after the value.
    let age = at.time.seconds_since(list.issued);
    if policy.max_age_seconds.is_some_and(|max| age > max) {
        return Err(Reason::StatusStale);
    }
    Ok(Finding::ValidAsOf {
        issued: list.issued,
        refresh_due: list.time_to_live.is_some_and(|seconds| age > seconds),
    })
}

impl Finding {
    /// Of two findings the one that is less sure: the older list.
    fn older(self, other: Self) -> Self {
        let key = |finding: &Self| match *finding {
            Self::ValidAsOf {
                issued,
                refresh_due,
            } => (!refresh_due, issued.0),
            Self::NotInCredential => (true, i64::MAX),
        };
        if key(&other) < key(&self) {
            other
        } else {
            self
        }
    }
}
