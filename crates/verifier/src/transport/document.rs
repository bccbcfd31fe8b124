//! Documents with a text form of their own, and messages that were captured without any.

use super::{Container, MAX_BODY, MAX_TEXT, Payload, inflate};
use crate::cbor::Item;
use crate::{Reason, base45};
use data_encoding::BASE32_NOPAD;
use zeroize::Zeroizing;

const HEALTH: &[u8] = b"HC1:";
const LIGHT: &[u8] = b"LT1:";
const NZCP: &[u8] = b"NZCP:/1/";

/// How base45 of a zlib stream begins, for each of the four heads that zlib writes. Claim 169 has
/// no other mark.
const ZLIB_IN_BASE45: [&[u8]; 4] = [b"6BF", b"NCF", b"V7F", b"Y9F"];

/// The document in this symbol; `None` where it is none.
///
/// # Errors
/// `transport.too_large`, `transport.undecodable`: it says that it is one and is not.
pub(super) fn read(symbol: &[u8]) -> Option<Result<Payload, Reason>> {
    let health = symbol
        .strip_prefix(HEALTH)
        .map(|body| (body, Container::Hcert));
    let light = symbol
        .strip_prefix(LIGHT)
        .map(|body| (body, Container::LightHcert));
    if let Some((body, container)) = health.or(light) {
        return Some(compressed(body).map(|bytes| Payload { bytes, container }));
    }
    if let Some(body) = symbol.strip_prefix(NZCP) {
        return Some(base32(body).map(|bytes| Payload {
            bytes,
            container: Container::Nzcp,
        }));
    }
    if !ZLIB_IN_BASE45.iter().any(|head| symbol.starts_with(head)) {
        return None;
    }
    // A text without a mark: what does not decode is some other text, and no failure.
    match compressed(symbol) {
        Ok(bytes) => Some(Ok(Payload {
            bytes,
            container: Container::Claim169,
        })),
        Err(Reason::TooLarge) => Some(Err(Reason::TooLarge)),
        Err(_) => None,
    }
}

/// base45 around a zlib stream.
fn compressed(body: &[u8]) -> Result<Zeroizing<Vec<u8>>, Reason> {
    if body.len() > MAX_TEXT {
        return Err(Reason::TooLarge);
    }
    let body = base45::decode(body).ok_or(Reason::Undecodable)?;
    inflate(&body, MAX_BODY, Reason::TooLarge, Reason::Undecodable)
}

/// base32 (RFC 4648 §6), upper case, without padding (NZ COVID pass §4).
fn base32(body: &[u8]) -> Result<Zeroizing<Vec<u8>>, Reason> {
    if body.len() > MAX_TEXT {
        return Err(Reason::TooLarge);
    }
    let decoded = BASE32_NOPAD.decode(body).map_err(|_| Reason::Undecodable)?;
    Ok(Zeroizing::new(decoded))
}

/// The presentation that these bytes are without a text form around them, as a program that
/// captured them has them: a `DeviceResponse`, an SD-CWT or key binding token, a signed document,
/// or the envelope of the optical presentation. `None` for anything else.
pub(super) fn captured(bytes: &[u8]) -> Option<Payload> {
    let item = Item::whole(bytes).ok()?;
    let container = match item.map() {
        Some(map) if map.text_key("version").is_some() => Container::Mdoc,
        Some(map) if map.int_key(1).is_some() => Container::Optical,
        Some(_) => return None,
        None => signed(item)?,
    };
    Some(Payload {
        bytes: Zeroizing::new(bytes.to_vec()),
        container,
    })
}

/// What kind of document a `COSE_Sign1` holds, by what it says of itself.
fn signed(item: Item<'_>) -> Option<Container> {
    let inside = item.tagged(61).unwrap_or(item);
    if matches!(inside.tag(), Some(16 | 96)) {
        return Some(Container::Claim169);
    }
    let parts = inside.tagged(18).unwrap_or(inside).array()?;
    let [protected, _, payload, _] = parts.as_slice() else {
        return None;
    };
    let protected = Item::whole(protected.bytes()?).ok().and_then(Item::map);
    if protected.is_some_and(|header| header.int_key(16).is_some()) {
        return Some(Container::SdCwt);
    }
    let claims = Item::whole(payload.bytes()?).ok()?.map()?;
    let kinds = [
        (-260, Container::Hcert),
        (-250, Container::LightHcert),
        (169, Container::Claim169),
    ];
    let known = kinds
        .into_iter()
        .find(|(claim, _)| claims.int_key(*claim).is_some());
    let nzcp = claims.text_key("vc").map(|_| Container::Nzcp);
    known.map(|(_, container)| container).or(nzcp)
}
