//! What an issuer signed, opened: the same of every format, once its signature held.

use crate::Reason;
use crate::UnixTime;
use crate::cbor::{Item, Map};
use crate::time::CalendarDate;
use std::borrow::Cow;

/// Everything that the later stages look at.
pub(crate) struct Contents<'a> {
    /// Document type, credential type (`vct`), or the name of a kind of static document.
    pub(crate) doc_type: String,
    pub(crate) claims: Vec<Claim<'a>>,
    /// Items that came along and are never opened: biometric templates, values that the holder's
    /// device alone vouches for.
    pub(crate) withheld: usize,
    pub(crate) window: Option<Window>,
    pub(crate) statuses: Vec<StatusReference>,
}

/// One disclosed claim that the issuer signed, not yet decoded.
#[derive(Clone)]
pub(crate) struct Claim<'a> {
    pub(crate) name_space: Cow<'a, str>,
    pub(crate) element: Cow<'a, str>,
    pub(crate) value: Item<'a>,
}

impl Claim<'_> {
    /// Its namespace and element.
    pub(crate) fn name(&self) -> (&str, &str) {
        (&self.name_space, &self.element)
    }
}

/// When a credential says that it is valid.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    /// When it was signed, as far as it says.
    pub(crate) signed: Option<UnixTime>,
    pub(crate) valid_from: Option<UnixTime>,
    pub(crate) valid_until: UnixTime,
}

/// Where a credential says that its status stands.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum StatusReference {
    /// An entry of a status list (Token Status List §6).
    Entry { uri: String, index: u64 },
    /// An identifier that is on a list once it is revoked (ISO/IEC 18013-5 second edition
    /// §12.3.6.4).
    Identifier { uri: String, id: Vec<u8> },
}

/// The mechanisms of a `status` member that this desk knows, each of which has to be passed.
///
/// # Errors
/// `format.malformed`.
pub(crate) fn statuses(status: Option<Item<'_>>) -> Result<Vec<StatusReference>, Reason> {
    let Some(status) = status else {
        return Ok(Vec::new());
    };
    let status = status.map().ok_or(Reason::Malformed)?;
    let mut found = Vec::new();
    let uri = |map: &Map<'_>| {
        let uri = map.need("uri")?.text().ok_or(Reason::Malformed)?;
        Ok::<_, Reason>(uri.to_owned())
    };
    if let Some(list) = status.text_key("status_list") {
        let list = list.map().ok_or(Reason::Malformed)?;
        let index = list.need("idx")?.uint().ok_or(Reason::Malformed)?;
        let uri = uri(&list)?;
        found.push(StatusReference::Entry { uri, index });
    }
    if let Some(list) = status.text_key("identifier_list") {
        let list = list.map().ok_or(Reason::Malformed)?;
        let id = list.need("id")?.bytes().ok_or(Reason::Malformed)?;
        let (uri, id) = (uri(&list)?, id.to_vec());
        found.push(StatusReference::Identifier { uri, id });
    }
    Ok(found)
}

/// The moment of a `tdate` (tag 0).
pub(crate) fn tdate(item: Item<'_>) -> Option<UnixTime> {
    UnixTime::from_rfc3339(item.tagged(0)?.text()?)
}

/// The day that a value names: a `full-date` (tag 1004, RFC 8943), a `tdate` where the standard
/// allows both, a bare day under tag 0 as some wallets write it, or text as the formats without
/// tags have it, with or without hyphens.
pub(crate) fn day(item: Item<'_>) -> Option<CalendarDate> {
    let of_text =
        |text: &str| CalendarDate::from_iso(text).or_else(|| CalendarDate::from_compact(text));
    match item.tag() {
        Some(1004) => CalendarDate::from_iso(item.tagged(1004)?.text()?),
        Some(0) => {
            let text = item.tagged(0)?.text()?;
            tdate(item)
                .map(CalendarDate::utc)
                .or_else(|| CalendarDate::from_iso(text))
        }
        Some(_) => None,
        None => of_text(item.text()?),
    }
}
