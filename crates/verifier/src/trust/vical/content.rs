//! What stands in a list, once its signature has held.

use super::{MAX_SKEW_SECONDS, VicalFlaw};
use crate::cbor::{Item, Map};
use crate::format::contents::tdate;
use crate::{At, UnixTime};

/// The version that this desk reads.
const VERSION: &str = "1.0";

/// Entries of a list at most: what fits into its bytes with certificates of the usual kind.
const MAX_ENTRIES: usize = 1_024;

/// The members of a list.
pub(super) struct Content<'a> {
    pub(super) provider: &'a str,
    pub(super) issue: Option<u64>,
    pub(super) date: UnixTime,
    pub(super) next_update: Option<UnixTime>,
    pub(super) entries: Vec<Item<'a>>,
}

impl<'a> Content<'a> {
    /// The list in this payload, if it counts at this time.
    pub(super) fn read(payload: &'a [u8], at: At) -> Result<Self, VicalFlaw> {
        let map = Item::whole(payload).ok().and_then(Item::map);
        let map = map.ok_or(VicalFlaw::Malformed)?;
        if text(&map, "version")? != VERSION {
            return Err(VicalFlaw::Unsupported);
        }
        let entries = map.text_key("certificateInfos").and_then(Item::array);
        let content = Self {
            provider: text(&map, "vicalProvider")?,
            issue: optional(&map, "vicalIssueID", Item::uint)?,
            date: optional(&map, "date", tdate)?.ok_or(VicalFlaw::Malformed)?,
            next_update: optional(&map, "nextUpdate", tdate)?,
            entries: entries.ok_or(VicalFlaw::Malformed)?,
        };
        if content.entries.len() > MAX_ENTRIES {
            return Err(VicalFlaw::TooLarge);
        }
        if content.date.seconds_since(at.time) > MAX_SKEW_SECONDS {
            return Err(VicalFlaw::DatedAhead);
        }
        let last = optional(&map, "notAfter", tdate)?;
        if last.is_some_and(|last| last < at.time) {
            return Err(VicalFlaw::Ended);
        }
        Ok(content)
    }
}

fn text<'a>(map: &Map<'a>, key: &str) -> Result<&'a str, VicalFlaw> {
    let found = map.text_key(key).and_then(Item::text);
    found.ok_or(VicalFlaw::Malformed)
}

/// What stands under this key, if anything does.
fn optional<'a, T>(
    map: &Map<'a>,
    key: &str,
    read: impl FnOnce(Item<'a>) -> Option<T>,
) -> Result<Option<T>, VicalFlaw> {
    match map.text_key(key) {
        None => Ok(None),
        Some(found) => read(found).map(Some).ok_or(VicalFlaw::Malformed),
    }
}
