//! A CWT claims set (RFC 8392): what the formats without document types of their own share.

use super::contents::{Contents, StatusReference, Window, statuses};
use crate::cbor::{Item, Map};
use crate::{Reason, UnixTime};

/// Claims of the IANA CWT registry.
pub(crate) const ISS: i64 = 1;
pub(crate) const SUB: i64 = 2;
pub(crate) const AUD: i64 = 3;
pub(crate) const EXP: i64 = 4;
pub(crate) const NBF: i64 = 5;
pub(crate) const IAT: i64 = 6;
pub(crate) const CTI: i64 = 7;
pub(crate) const CNF: i64 = 8;
pub(crate) const VCT: i64 = 11;
pub(crate) const CNONCE: i64 = 39;
/// Token Status List, draft 21 (the number is the one IANA has registered early).
pub(crate) const STATUS: i64 = 65_535;

/// The claims of one token. Untrusted until its signature held.
pub(crate) struct ClaimsSet<'a>(Map<'a>);

impl<'a> ClaimsSet<'a> {
    /// The claims in this payload.
    ///
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`.
    pub(crate) fn read(payload: &'a [u8]) -> Result<Self, Reason> {
        let map = Item::whole(payload)?.map().ok_or(Reason::Malformed)?;
        Ok(Self(map))
    }

    pub(crate) fn get(&self, claim: i64) -> Option<Item<'a>> {
        self.0.int_key(claim)
    }

    pub(crate) fn map(&self) -> &Map<'a> {
        &self.0
    }

    /// A text claim, where it is there.
    ///
    /// # Errors
    /// `format.malformed`: it is something else.
    pub(crate) fn text(&self, claim: i64) -> Result<Option<&'a str>, Reason> {
        let found = self.get(claim);
        found
            .map(|item| item.text().ok_or(Reason::Malformed))
            .transpose()
    }

    /// A `NumericDate` (RFC 8392 §2), whole or, as real ones are, with a fraction: the first whole
    /// second that is not before it.
    ///
    /// # Errors
    /// `format.malformed`: it is something else, or beyond 2^53.
    pub(crate) fn time(&self, claim: i64) -> Result<Option<UnixTime>, Reason> {
        let Some(item) = self.get(claim) else {
            return Ok(None);
        };
        let seconds = item.number().ok_or(Reason::Malformed)?;
        // Within ±2^53, so the cast is exact.
        #[allow(clippy::cast_possible_truncation)]
        Ok(Some(UnixTime(seconds.ceil() as i64)))
    }

    /// From the later of `nbf` and `iat` to the last second before `exp`, at which a token is not
    /// valid any more (RFC 8392 §3.1.4); `None` without an end.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn window(&self) -> Result<Option<Window>, Reason> {
        let (nbf, iat) = (self.time(NBF)?, self.time(IAT)?);
        let window = |ends: UnixTime| Window {
            signed: iat.or(nbf),
            valid_from: nbf.max(iat),
            valid_until: ends.plus_seconds(-1),
        };
        Ok(self.time(EXP)?.map(window))
    }

    /// # Errors
    /// `format.malformed`.
    pub(crate) fn statuses(&self) -> Result<Vec<StatusReference>, Reason> {
        statuses(self.get(STATUS))
    }

    /// The contents of a document of this kind, without claims.
    ///
    /// # Errors
    /// `format.malformed`.
    pub(crate) fn contents(&self, doc_type: &str) -> Result<Contents<'a>, Reason> {
        Ok(Contents {
            doc_type: doc_type.to_owned(),
            claims: Vec::new(),
            withheld: 0,
            window: self.window()?,
            statuses: self.statuses()?,
        })
    }
}

/// The issuer that an unverified token names, if its payload is a map of claims: good only to
/// choose among keys that are trusted already.
///
/// # Errors
/// `format.malformed`, `format.duplicate_key`: the payload is missing, or not well formed. That
/// needs nobody's trust, and is no question of who issued it.
pub(crate) fn claimed_issuer(payload: Option<&[u8]>) -> Result<Option<&str>, Reason> {
    let payload = Item::whole(payload.ok_or(Reason::Malformed)?)?;
    let claims = payload.map();
    Ok(claims.and_then(|claims| claims.int_key(ISS)?.text()))
}
