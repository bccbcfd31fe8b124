//! One entry of a list, judged by itself.

use crate::cbor::{Item, Map};
use crate::issuer::Issuer;
use crate::trust::anchor::{Anchor, Unfit};
use crate::trust::certificate::{Certificate, RootFlaw, octets};
use crate::{At, UnixTime};

/// Document types of an entry at most; published entries have up to six.
const MAX_DOC_TYPES: usize = 64;

/// Why a certificate of a list is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryFlaw {
    /// A member is missing, or is not what annex C has there.
    Malformed,
    /// It is for no document type at all.
    NoDocTypes,
    /// Its certificate cannot be read, or not by every reader alike.
    NotACertificate,
    /// A training root in a list for real desks, or the other way round.
    OtherRealm,
    /// Its certificate is no root.
    NotARoot(RootFlaw),
    /// Serial number, key identifier or a name are those of another certificate.
    Contradictory,
}

impl EntryFlaw {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "entry.malformed",
            Self::NoDocTypes => "entry.no_doc_types",
            Self::NotACertificate => "entry.not_a_certificate",
            Self::OtherRealm => "entry.other_realm",
            Self::NotARoot(flaw) => flaw.code(),
            Self::Contradictory => "entry.contradictory",
        }
    }
}

/// What came of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryOutcome {
    /// Its root counts.
    Taken,
    /// Its root is taken though its time is over, so that a verdict can say so.
    Expired,
    /// Its root is taken and counts from a later day on.
    NotYetValid,
    /// Its root is not taken.
    Refused(EntryFlaw),
}

/// What is to be told of one entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VicalEntry {
    /// Its root's name and country; of one that cannot be read, what the list calls it.
    pub issuer: Issuer,
    /// What it is listed for, each once.
    pub doc_types: Vec<String>,
    /// The last moment of its certificate, where that can be read.
    pub valid_until: Option<UnixTime>,
    /// What came of it.
    pub outcome: EntryOutcome,
}

/// What is to be told of this entry, and its root if it is one.
pub(super) fn judge(entry: Item<'_>, training: bool, at: At) -> (VicalEntry, Option<Anchor>) {
    let map = entry.map().unwrap_or_else(Map::empty);
    let der = map.text_key("certificate").and_then(Item::bytes);
    let facts = der.and_then(Certificate::read);
    let doc_types = doc_types(&map);
    let root = doc_types.as_ref().map_err(|flaw| *flaw).and_then(|_| {
        let der = der.ok_or(EntryFlaw::Malformed)?;
        let root = Anchor::read(der, training)?;
        agrees(&map, &root.facts)
            .then_some(root)
            .ok_or(EntryFlaw::Contradictory)
    });
    let outcome = match &root {
        Err(flaw) => EntryOutcome::Refused(*flaw),
        Ok(root) if root.facts.validity.until < at.time => EntryOutcome::Expired,
        Ok(root) if root.facts.validity.from > at.time => EntryOutcome::NotYetValid,
        Ok(_) => EntryOutcome::Taken,
    };
    let words = |key: &str| map.text_key(key).and_then(Item::text).map(str::to_owned);
    let entry = VicalEntry {
        issuer: facts.as_ref().map_or_else(
            || Issuer {
                name: words("issuingAuthority").unwrap_or_default(),
                country: words("issuingCountry"),
            },
            Certificate::issuer,
        ),
        doc_types: doc_types.unwrap_or_default(),
        valid_until: facts.map(|facts| facts.validity.until),
        outcome,
    };
    (entry, root.ok())
}

impl From<Unfit> for EntryFlaw {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NotACertificate => Self::NotACertificate,
            Unfit::Profile(flaw) => Self::NotARoot(flaw),
            Unfit::OtherRealm => Self::OtherRealm,
        }
    }
}

fn doc_types(map: &Map<'_>) -> Result<Vec<String>, EntryFlaw> {
    let listed = map.text_key("docType").and_then(Item::array);
    let listed = listed.filter(|listed| listed.len() <= MAX_DOC_TYPES);
    let mut all: Vec<String> = Vec::new();
    for one in listed.ok_or(EntryFlaw::Malformed)? {
        let name = one.text().ok_or(EntryFlaw::Malformed)?;
        if !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
    }
    if all.is_empty() {
        Err(EntryFlaw::NoDocTypes)
    } else {
        Ok(all)
    }
}

/// Whether the entry speaks of the certificate that it holds: otherwise its document types may be
/// another's. Its times are not compared, since a published list has half of them off by twelve
/// hours; those of the certificate count.
fn agrees(map: &Map<'_>, facts: &Certificate) -> bool {
    let serial = map
        .text_key("serialNumber")
        .is_none_or(|item| is_serial(item, &facts.serial));
    let key_id = match (map.text_key("ski"), &facts.key_id) {
        (Some(listed), Some(own)) => listed.bytes().is_some_and(|listed| is_key_id(listed, own)),
        _ => true,
    };
    let name = |key: &str, own: &[u8]| {
        map.text_key(key)
            .is_none_or(|listed| listed.bytes() == Some(own))
    };
    serial && key_id && name("subject", &facts.subject) && name("issuer", &facts.issuer_name)
}

/// The key identifier as it is, or still in one or two of the DER OCTET STRINGs that it has in a
/// certificate, as some lists have it.
fn is_key_id(listed: &[u8], own: &[u8]) -> bool {
    let once = octets(listed);
    [Some(listed), once, once.and_then(octets)].contains(&Some(own))
}

/// A bignum, or a number where it fits one. A negative one, which no authority should have, is not
/// compared.
fn is_serial(item: Item<'_>, own: &[u8]) -> bool {
    if own.first().is_some_and(|first| *first >= 0x80) {
        return true;
    }
    let number = item.uint().map(u64::to_be_bytes);
    let bignum = item.tagged(2).and_then(Item::bytes);
    let listed = bignum.or_else(|| number.as_ref().map(<[u8; 8]>::as_slice));
    listed.is_some_and(|listed| digits(listed) == digits(own))
}

/// Without the zeros in front.
fn digits(number: &[u8]) -> &[u8] {
    let start = number.iter().position(|byte| *byte != 0);
    start
        .and_then(|start| number.get(start..))
        .unwrap_or_default()
}
