//! Token Status List in CWT form (RFC-ietf-oauth-status-list, draft 21).

use crate::cbor::{Item, Map};
use crate::cose::{Tagging, UnverifiedSign1};
use crate::transport::inflate;
use crate::trust::AnchorId;
use crate::{At, Reason, Trust, UnixTime};

/// CWT claims of a status list token.
const SUB: i64 = 2;
const EXP: i64 = 4;
const IAT: i64 = 6;
const TTL: i64 = 65_534;
const STATUS_LIST: i64 = 65_533;

/// Bytes of one list at most: 64 million entries of two bits, above a nation's cards in one list.
const MAX_LIST: usize = 16 * 1024 * 1024;

/// How far a list's `iat` may lie ahead of this desk's clock.
const MAX_SKEW_SECONDS: i64 = 300;

/// One verified list.
pub(super) struct StatusList {
    pub(super) uri: String,
    pub(super) issued: UnixTime,
    pub(super) ends: UnixTime,
    pub(super) time_to_live: Option<i64>,
    bits: u8,
    entries: Vec<u8>,
}

impl StatusList {
    /// The value of this entry; `None` outside the list.
    ///
    /// Entries fill each byte from its least significant bit (§4.1).
    pub(super) fn value(&self, index: u64) -> Option<u8> {
        let per_byte = u64::from(8 / self.bits);
        let byte = self.entries.get(usize::try_from(index / per_byte).ok()?)?;
        let shift = u8::try_from(index % per_byte).ok()? * self.bits;
        Some((byte >> shift) & (0xff >> (8 - self.bits)))
    }
}

/// The list in this token, signed under a root this desk trusts.
///
/// `exp` has to be there (ISO/IEC 18013-5 second edition §12.3.6.3): a list without an end could
/// be kept from a desk for ever. An ended list is taken, so that the desk can say it is stale.
///
/// # Errors
/// Any reason; the caller calls the list bad.
pub(super) fn verify(
    token: &[u8],
    trust: &Trust,
    at: At,
) -> Result<(StatusList, AnchorId), Reason> {
    let sign1 = UnverifiedSign1::read(Item::whole(token)?, Tagging::Tagged)?;
    // Seen with and without the prefix that RFC 9596 lets a sender leave out.
    let typ = sign1
        .typ()
        .map(|typ| typ.strip_prefix("application/").unwrap_or(typ));
    if typ != Some("statuslist+cwt") {
        return Err(Reason::ListInvalid);
    }
    // The chain has to be signed too, or a list could be dressed up as another signer's.
    let (key, anchor) = trust.status_signer(&sign1.protected_chain()?, at)?;
    let payload = sign1.verify(&key)?;
    let claims = Item::whole(&payload)?.map().ok_or(Reason::Malformed)?;
    let list = read(&claims)?;
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

fn read(claims: &Map<'_>) -> Result<StatusList, Reason> {
    let bad = Reason::ListInvalid;
    let time = |claim| {
        claims
            .int_key(claim)
            .and_then(Item::int)
            .map(UnixTime)
            .ok_or(bad)
    };
    let list = claims.int_key(STATUS_LIST).and_then(Item::map).ok_or(bad)?;
    let bits = list.text_key("bits").and_then(Item::uint).ok_or(bad)?;
    let bits = u8::try_from(bits)
        .ok()
        .filter(|bits| matches!(bits, 1 | 2 | 4 | 8))
        .ok_or(bad)?;
    let compressed = list.text_key("lst").and_then(Item::bytes).ok_or(bad)?;
    let entries = inflate(compressed, MAX_LIST, bad, bad)?.to_vec();
    let time_to_live = match claims.int_key(TTL) {
        Some(seconds) => Some(seconds.int().filter(|seconds| *seconds > 0).ok_or(bad)?),
        None => None,
    };
    Ok(StatusList {
        uri: claims
            .int_key(SUB)
            .and_then(Item::text)
            .ok_or(bad)?
            .to_owned(),
        issued: time(IAT)?,
        ends: time(EXP)?,
        time_to_live,
        bits,
        entries,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(bits: u8, entries: &[u8]) -> StatusList {
        let (issued, ends) = (UnixTime(0), UnixTime(1));
        StatusList {
            uri: String::new(),
            issued,
            ends,
            time_to_live: None,
            bits,
            entries: entries.to_vec(),
        }
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
        assert_eq!(list(4, &[0x21]).value(1), Some(2));
        assert_eq!(list(8, &[0x21]).value(0), Some(0x21));
    }

    #[test]
    fn an_index_outside_the_list_has_no_value() {
        for bits in [1, 2, 4, 8] {
            let list = list(bits, &[0; 4]);
            let entries = 32 / u64::from(bits);
            assert_eq!(list.value(entries - 1), Some(0));
            assert_eq!(list.value(entries), None);
            assert_eq!(list.value(u64::MAX), None);
        }
    }

    /// The list in an example of the draft, as a whole set of claims.
    fn example(map: &[u8]) -> StatusList {
        // {2: "", 6: 0, 4: 1, 65533: map}
        let head = [0xa4, 0x02, 0x60, 0x06, 0x00, 0x04, 0x01, 0x19, 0xff, 0xfd];
        let claims = [&head[..], map].concat();
        let read = Item::whole(&claims).and_then(|item| read(&item.map().unwrap()));
        read.unwrap_or_else(|reason| panic!("{}", reason.code()))
    }

    #[test]
    fn every_entry_of_the_examples_of_the_draft_has_its_value() {
        use crate::tests::{folder, hex_file, json};
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
            let list = example(&hex_file(&folder.join(format!("{name}.hex"))));
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
                    Some(value),
                    "{name} {index}"
                );
            }
            assert_eq!(list.value(entries), None, "{name}");
        }
    }
}
