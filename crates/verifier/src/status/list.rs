//! Status in CWT form: Token Status List (RFC-ietf-oauth-status-list, draft 21) and the identifier
//! list (ISO/IEC 18013-5 second edition §12.3.6).

use super::kept::{Keep, KeptBytes};
use crate::cbor::Item;
use crate::cose::{Profile, UnverifiedSign1};
use crate::crypto::PublicKey;
use crate::format::cwt::{ClaimsSet, EXP, IAT, SUB, claimed_issuer};
use crate::transport::inflate;
use crate::trust::AnchorId;
use crate::{At, Reason, Trust, UnixTime};

/// CWT claims of a list.
const TTL: i64 = 65_534;
const STATUS_LIST: i64 = 65_533;
const IDENTIFIER_LIST: i64 = 65_530;

/// Media types of the two kinds of list, and the CoAP number that one library writes for the first.
const STATUS_TYPE: &str = "statuslist+cwt";
const STATUS_TYPE_NUMBER: u64 = 279;
const IDENTIFIER_TYPE: &str = "identifierlist+cwt";

/// Bytes of one list at most: 64 million entries of two bits, above a nation's cards in one list.
const MAX_LIST: usize = 16 * 1024 * 1024;

/// How far a list's `iat` may lie ahead of this desk's clock.
const MAX_SKEW_SECONDS: i64 = 300;

/// One verified list.
pub(super) struct List {
    pub(super) uri: String,
    pub(super) issued: UnixTime,
    pub(super) ends: UnixTime,
    pub(super) time_to_live: Option<i64>,
    pub(super) content: Content,
}

/// What a list says.
pub(super) enum Content {
    /// A value for every index.
    Entries(Entries),
    /// The identifiers that are revoked, sorted.
    Revoked(Vec<Vec<u8>>),
}

/// The values of a status list.
pub(super) struct Entries {
    bits: u8,
    bytes: Box<dyn KeptBytes>,
}

impl Entries {
    /// The value of this entry.
    ///
    /// Entries fill each byte from its least significant bit (§4.1).
    ///
    /// # Errors
    /// `status.index_out_of_range`; `status.list_invalid` where the kept list cannot be read.
    pub(super) fn value(&self, index: u64) -> Result<u8, Reason> {
        let per_byte = u64::from(8 / self.bits);
        let place = index / per_byte;
        if place >= self.bytes.count() {
            return Err(Reason::IndexOutOfRange);
        }
        let byte = self.bytes.byte(place).ok_or(Reason::ListInvalid)?;
        let shift = u8::try_from(index % per_byte).unwrap_or(0) * self.bits;
        Ok((byte >> shift) & (0xff >> (8 - self.bits)))
    }

    /// How many entries there are.
    pub(super) fn count(&self) -> u64 {
        self.bytes.count().saturating_mul(u64::from(8 / self.bits))
    }
}

/// The list in this token, signed under a root, or by a key, that this desk trusts.
///
/// `exp` has to be there (ISO/IEC 18013-5 second edition §12.3.6.3): a list without an end could
/// be kept from a desk for ever. An ended list is taken, so that the desk can say it is stale.
///
/// # Errors
/// Any reason; the caller calls the list bad.
pub(super) fn verify(
    token: &[u8],
    trust: &Trust,
    keep: &mut dyn Keep,
    at: At,
) -> Result<(List, AnchorId), Reason> {
    let sign1 = UnverifiedSign1::read(Item::whole(token)?, Profile::CWT)?;
    let kind = kind(&sign1).ok_or(Reason::ListInvalid)?;
    // A chain has to be signed too, or a list could be dressed up as another signer's.
    let chain = sign1.protected_chain()?;
    let (payload, anchor) = if chain.is_empty() {
        let issuer = claimed_issuer(sign1.unverified_payload())?;
        let (payload, signer) = trust.verify_list_by_key(&sign1, issuer, at)?;
        (payload, signer)
    } else {
        let (key, anchor): (PublicKey, _) = trust.status_signer(&chain, at)?;
        (sign1.verify(&key)?, anchor)
    };
    let list = read(&ClaimsSet::read(payload)?, kind, keep)?;
    if list.issued.seconds_since(at.time) > MAX_SKEW_SECONDS {
        return Err(Reason::ListInvalid);
    }
    Ok((list, anchor))
}

/// The address that an unverified token claims for itself: good only to call it bad.
pub(super) fn claimed_uri(token: &[u8]) -> Option<String> {
    let parts = Item::whole(token).ok()?.tagged(18)?.array()?;
    let claims = Item::whole(parts.get(2)?.bytes()?).ok()?.map()?;
    claims.int_key(SUB)?.text().map(str::to_owned)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Status,
    Identifier,
}

fn kind(token: &UnverifiedSign1<'_>) -> Option<Kind> {
    let typ = token.typ()?;
    if typ.uint() == Some(STATUS_TYPE_NUMBER) {
        return Some(Kind::Status);
    }
    // Seen with and without the prefix that RFC 9596 lets a sender leave out.
    let text = typ.text()?;
    match text.strip_prefix("application/").unwrap_or(text) {
        STATUS_TYPE => Some(Kind::Status),
        IDENTIFIER_TYPE => Some(Kind::Identifier),
        _ => None,
    }
}

fn read(claims: &ClaimsSet<'_>, kind: Kind, keep: &mut dyn Keep) -> Result<List, Reason> {
    let bad = Reason::ListInvalid;
    let time = |claim| claims.time(claim)?.ok_or(bad);
    let time_to_live = match claims.get(TTL) {
        Some(seconds) => Some(seconds.int().filter(|seconds| *seconds > 0).ok_or(bad)?),
        None => None,
    };
    let content = match (kind, claims.get(STATUS_LIST), claims.get(IDENTIFIER_LIST)) {
        (Kind::Status, Some(list), None) => Content::Entries(read_entries(list, keep)?),
        (Kind::Identifier, None, Some(list)) => Content::Revoked(read_identifiers(list)?),
        // A list is of one kind, and is what its type says.
        _ => return Err(bad),
    };
    Ok(List {
        uri: claims.text(SUB)?.ok_or(bad)?.to_owned(),
        issued: time(IAT)?,
        ends: time(EXP)?,
        time_to_live,
        content,
    })
}

fn read_entries(list: Item<'_>, keep: &mut dyn Keep) -> Result<Entries, Reason> {
    let bad = Reason::ListInvalid;
    let list = list.map().ok_or(bad)?;
    let bits = list.text_key("bits").and_then(Item::uint).ok_or(bad)?;
    let bits = u8::try_from(bits)
        .ok()
        .filter(|bits| matches!(bits, 1 | 2 | 4 | 8))
        .ok_or(bad)?;
    let compressed = list.text_key("lst").and_then(Item::bytes).ok_or(bad)?;
    let bytes = inflate(compressed, MAX_LIST, bad, bad)?.to_vec();
    let bytes = keep.keep(bytes);
    Ok(Entries { bits, bytes })
}

/// Whoever is named is revoked; what stands beside a name says nothing more.
fn read_identifiers(list: Item<'_>) -> Result<Vec<Vec<u8>>, Reason> {
    let bad = Reason::ListInvalid;
    let list = list.map().ok_or(bad)?;
    let named = list
        .text_key("identifiers")
        .and_then(Item::map)
        .ok_or(bad)?;
    let id = |(id, details): (Item<'_>, Item<'_>)| {
        details.map().ok_or(bad)?;
        id.bytes().map(<[u8]>::to_vec).ok_or(bad)
    };
    let mut revoked: Vec<Vec<u8>> = named.iter().map(id).collect::<Result<_, _>>()?;
    revoked.sort_unstable();
    Ok(revoked)
}

#[cfg(test)]
mod tests {
    use super::super::kept::InMemory;
    use super::*;
    use crate::format::contents::StatusReference;

    fn list(bits: u8, bytes: &[u8]) -> Entries {
        let bytes = Box::new(bytes.to_vec());
        Entries { bits, bytes }
    }

    #[test]
    fn entries_fill_a_byte_from_its_least_significant_bit() {
        // The two examples of the draft, §4.1
        let one = list(1, &[0xb9, 0xa3]);
        let values: Vec<u8> = (0..16).map(|index| one.value(index).unwrap()).collect();
        assert_eq!(values, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
        let two = list(2, &[0xc9, 0x44, 0xf9]);
        let values: Vec<u8> = (0..12).map(|index| two.value(index).unwrap()).collect();
        assert_eq!(values, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
        assert_eq!(list(4, &[0x21]).value(1), Ok(2));
        assert_eq!(list(8, &[0x21]).value(0), Ok(0x21));
    }

    #[test]
    fn an_index_outside_the_list_has_no_value() {
        for bits in [1, 2, 4, 8] {
            let list = list(bits, &[0; 4]);
            let entries = 32 / u64::from(bits);
            assert_eq!(list.value(entries - 1), Ok(0));
            assert_eq!(list.value(entries), Err(Reason::IndexOutOfRange));
            assert_eq!(list.value(u64::MAX), Err(Reason::IndexOutOfRange));
        }
    }

    /// The list in an example, as a whole set of claims.
    fn example(claim: [u8; 2], map: &[u8], kind: Kind) -> Content {
        // {2: "", 6: 0, 4: 1, claim: map}
        let head = [0xa4, 0x02, 0x60, 0x06, 0x00, 0x04, 0x01, 0x19];
        let claims = [&head[..], &claim, map].concat();
        let read = ClaimsSet::read(&claims).and_then(|claims| read(&claims, kind, &mut InMemory));
        read.unwrap_or_else(|reason| panic!("{}", reason.code()))
            .content
    }

    #[test]
    fn exactly_the_identifiers_of_the_example_are_listed() {
        use crate::tests::{folder, hex, hex_file, json, result};
        let Some(folder) = folder() else { return };
        let folder = folder.join("status-list/identifier-list");
        let map = hex_file(&folder.join("identifier-list.hex"));
        let Content::Revoked(listed) = example([0xff, 0xfa], &map, Kind::Identifier) else {
            panic!("a status list");
        };
        let expected = json(&folder.join("expected.json"));
        let named = |key: &str| {
            let ids = expected["identifier-list.hex"][key]
                .as_array()
                .unwrap()
                .iter();
            ids.map(|id| hex(id.as_str().unwrap())).collect::<Vec<_>>()
        };
        let mut all = named("listed");
        all.sort();
        assert_eq!(listed, all);
        assert!(named("not_listed").iter().all(|id| !listed.contains(id)));
        let said = format!("{} listed", listed.len());
        let place = (
            "status-list",
            "identifier-list/identifier-list",
            "identifiers",
        );
        result(place, "3 listed", &said, said == "3 listed");
        let status = hex_file(&folder.join("mso-status.hex"));
        let status = Item::whole(&status).unwrap_or_else(|_| panic!("not CBOR"));
        let references = crate::format::contents::statuses(Some(status));
        let id = hex("cccc");
        let uri = "https://example.com/identifierlists/1".to_owned();
        let reads = references.is_ok_and(|read| {
            read == [StatusReference::Identifier {
                uri,
                id: id.clone(),
            }]
        });
        let said = if reads && listed.contains(&id) {
            "revoked"
        } else {
            "not revoked"
        };
        let place = ("status-list", "identifier-list/mso-status", "verdict");
        result(place, "revoked", said, said == "revoked");
        assert_eq!(said, "revoked");
    }

    #[test]
    fn every_entry_of_the_examples_of_the_draft_has_its_value() {
        use crate::tests::{folder, hex_file, json, result};
        let Some(folder) = folder() else { return };
        let folder = folder.join("status-list/encoding");
        for name in [
            "short-1bit",
            "short-2bit",
            "long-1bit",
            "long-2bit",
            "long-4bit",
            "long-8bit",
        ] {
            let map = hex_file(&folder.join(format!("{name}.hex")));
            let Content::Entries(list) = example([0xff, 0xfd], &map, Kind::Status) else {
                panic!("{name} is an identifier list");
            };
            let expected = json(&folder.join(format!("{name}.expected.json")));
            assert_eq!(
                Some(u64::from(list.bits)),
                expected["bits"].as_u64(),
                "{name}"
            );
            let entries = expected["entries"].as_u64().unwrap();
            for index in 0..entries {
                let value = expected["statuses"][index.to_string()]
                    .as_u64()
                    .unwrap_or(0);
                assert_eq!(
                    list.value(index).map(u64::from),
                    Ok(value),
                    "{name} {index}"
                );
            }
            assert_eq!(list.value(entries), Err(Reason::IndexOutOfRange), "{name}");
            let said = format!("{entries} entries as listed");
            result(
                ("status-list", &format!("encoding/{name}"), "entries"),
                &said,
                &said,
                true,
            );
        }
    }

    #[test]
    fn the_token_that_refers_to_the_signed_list_is_revoked_until_the_list_ends() {
        use super::super::look_up;
        use crate::purpose::StatusPolicy;
        use crate::tests::{coordinate, folder, hex_file, json, result};
        use crate::trust::{Anchors, IssuerKey, KeyUse, Production};
        let Some(folder) = folder() else { return };
        let folder = folder.join("status-list/signed");
        let jwk = json(&folder.join("issuer-key.json"));
        let y = coordinate(&jwk, "y");
        let key = IssuerKey::from_curve("P-256", &coordinate(&jwk, "x"), Some(&y));
        let mut anchors = Anchors::<Production>::new();
        let usage = KeyUse {
            id: Some(b"12".to_vec()),
            ..KeyUse::default()
        };
        anchors.add_key(key.unwrap(), usage).unwrap();
        let trust = Trust::production(anchors);
        let token = hex_file(&folder.join("referenced-token.hex"));
        let read = UnverifiedSign1::read(Item::whole(&token).unwrap(), Profile::CWT);
        let claims = ClaimsSet::read(read.unwrap().unverified_payload().unwrap()).unwrap();
        let references = claims.statuses().unwrap();
        let policy = StatusPolicy {
            required: true,
            max_age_seconds: None,
        };
        let list = hex_file(&folder.join("status-list-token.hex"));
        for (at, published) in [
            (1_686_920_200, "status.revoked"),
            // Past its time to live, and no less revoked.
            (1_700_000_000, "status.revoked"),
            (2_291_720_171, "status.stale"),
        ] {
            let at = At::utc(UnixTime(at));
            let mut statuses = super::super::Statuses::new();
            statuses.add(&list, None, &trust, at).unwrap();
            let found = look_up(&references[0], &statuses, AnchorId::Key(0), &policy, at);
            let said = found.map_or_else(Reason::code, |_| "valid");
            let about = format!("its status at {}", at.time.0);
            let place = ("status-list", "signed/referenced-token", &*about);
            result(place, published, said, said == published);
            assert_eq!((said, references.len()), (published, 1));
        }
    }
}
