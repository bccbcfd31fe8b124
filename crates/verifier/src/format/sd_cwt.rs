//! SD-CWT and key binding tokens (draft-ietf-spice-sd-cwt-06, repository of April 2026).
//!
//! Every number of the draft that may still move stands in the table below.

mod disclosures;
#[cfg(test)]
mod tests;

use super::contents::{Contents, statuses};
use super::cwt::{self, ClaimsSet};
use crate::cbor::Item;
use crate::cose::{Profile, UnverifiedSign1};
use crate::crypto::{DigestAlgorithm, PublicKey};
use crate::{Reason, UnixTime};
use disclosures::Opening;

/// Header labels.
const KCWT: i64 = 13;
const CWT_CLAIMS: i64 = 15;
const SD_CLAIMS: i64 = 17;
const SD_ALG: i64 = 170;
const ENCRYPTED_CLAIMS: i64 = 171;
/// Media types, as CoAP numbers and as text.
const SD_CWT_TYPE: (u64, &str) = (293, "sd-cwt");
const KBT_TYPE: (u64, &str) = (294, "kb+cwt");
/// The key of hashes in a map: simple(59).
const REDACTED_KEYS: u8 = 59;
/// The tag on a hash in an array.
const REDACTED_ELEMENT: u64 = 60;
/// Tags that only an issuer's own drafts have: to be redacted, to be a decoy.
const BEFORE_ISSUANCE: [u64; 2] = [58, 62];
/// `sd_alg` where it is left out: SHA-256.
const DEFAULT_DIGEST: i64 = -16;

/// The credential type of a token that names none.
const UNTYPED: &str = "sd-cwt";

/// An SD-CWT, within the token by which its holder presents it, or by itself.
pub(crate) struct Presentation<'a> {
    pub(crate) token: UnverifiedSign1<'a>,
    pub(crate) binding: Option<UnverifiedSign1<'a>>,
    disclosures: Vec<Item<'a>>,
}

/// The presentation in these bytes.
///
/// # Errors
/// `format.malformed`, `format.type_mismatch`, `format.duplicate_key`, `format.unsupported`,
/// `signature.algorithm_refused`, `signature.missing`.
pub(crate) fn read(bytes: &[u8]) -> Result<Presentation<'_>, Reason> {
    let outer = definite(Item::whole(bytes)?)?;
    let outer = UnverifiedSign1::read(outer, Profile::CWT)?;
    let (token, binding) = if is_type(&outer, KBT_TYPE) {
        // Not wrapped in a byte string (RFC 9528 has it as it is).
        let inner = outer.protected(KCWT).ok_or(Reason::Malformed)?;
        if outer.protected(CWT_CLAIMS).is_some() {
            return Err(Reason::Malformed);
        }
        (
            UnverifiedSign1::read(definite(inner)?, Profile::CWT)?,
            Some(outer),
        )
    } else {
        (outer, None)
    };
    if !is_type(&token, SD_CWT_TYPE) || (binding.is_none() && token.protected(KCWT).is_some()) {
        // One is passed off as the other, or as something else altogether.
        return Err(Reason::TypeMismatch);
    }
    let headers = binding.iter().chain([&token]);
    if !headers.into_iter().all(UnverifiedSign1::is_header_definite) {
        return Err(Reason::Malformed);
    }
    let encrypted = |label| token.protected(label).or_else(|| token.unprotected(label));
    if encrypted(ENCRYPTED_CLAIMS).is_some() {
        return Err(Reason::Unsupported);
    }
    Ok(Presentation {
        disclosures: read_disclosures(&token)?,
        token,
        binding,
    })
}

/// Whether the protected `typ` (RFC 9596) is this one, as a number or as a media type. A type of
/// another application may end in that of an SD-CWT.
fn is_type(token: &UnverifiedSign1<'_>, (number, name): (u64, &str)) -> bool {
    let Some(typ) = token.typ() else { return false };
    if let Some(text) = typ.text() {
        let text = text.strip_prefix("application/").unwrap_or(text);
        return text == name || (name == SD_CWT_TYPE.1 && text.ends_with("+sd-cwt"));
    }
    typ.uint() == Some(number)
}

fn definite(item: Item<'_>) -> Result<Item<'_>, Reason> {
    if item.is_definite() {
        Ok(item)
    } else {
        Err(Reason::Malformed)
    }
}

fn read_disclosures<'a>(token: &UnverifiedSign1<'a>) -> Result<Vec<Item<'a>>, Reason> {
    if token.protected(SD_CLAIMS).is_some() {
        return Err(Reason::Malformed);
    }
    let Some(claims) = token.unprotected(SD_CLAIMS) else {
        return Ok(Vec::new());
    };
    let claims = claims.array().ok_or(Reason::Malformed)?;
    let is_bytes = |claim: &Item<'_>| claim.bytes().is_some();
    if claims.is_empty() || claims.len() > disclosures::MAX || !claims.iter().all(is_bytes) {
        return Err(Reason::Malformed);
    }
    Ok(claims)
}

/// An SD-CWT, opened: the disclosed claims, and whose they are.
pub(crate) struct Opened<'a> {
    pub(crate) contents: Contents<'a>,
    /// The holder's key; `None` where it is of a kind that this desk does not verify.
    pub(crate) key: Option<PublicKey>,
    /// The `COSE_Key` as it stands in the token.
    pub(crate) key_bytes: &'a [u8],
    /// Whom it was issued to be shown to, where it says so.
    pub(crate) audience: Option<&'a str>,
}

impl<'a> Presentation<'a> {
    /// The key of each disclosure and the bytes it takes; no key of an element of an array.
    pub(crate) fn outline(&self) -> impl Iterator<Item = (Option<String>, usize)> {
        self.disclosures.iter().map(|disclosure| {
            let bytes = disclosure.bytes().unwrap_or_default();
            let parts = Item::whole(bytes)
                .ok()
                .and_then(Item::array)
                .unwrap_or_default();
            let key = parts.get(2).and_then(|key| {
                let number = key.int().map(|number| number.to_string());
                number.or_else(|| key.text().map(str::to_owned))
            });
            (key, bytes.len())
        })
    }

    /// The claims of a verified payload, with every disclosure in its one place (§4, §9).
    ///
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`, `format.unsupported`, `digest.unused`.
    pub(crate) fn open(&self, payload: &'a [u8]) -> Result<Opened<'a>, Reason> {
        definite(Item::whole(payload)?)?;
        let claims = ClaimsSet::read(payload)?;
        check_header_claims(&self.token, &claims)?;
        let number = match self.token.protected(SD_ALG) {
            Some(number) => number.int().ok_or(Reason::Unsupported)?,
            None => DEFAULT_DIGEST,
        };
        let digest = DigestAlgorithm::from_cose(number)?;
        check_times(&claims)?;
        let cnf = claims
            .map()
            .need_int(cwt::CNF)?
            .map()
            .ok_or(Reason::Malformed)?;
        let key = cnf.int_key(1);
        let rebuilt = Opening::new(&self.disclosures, digest)?.open(claims.map())?;
        let doc_type = match rebuilt.about_token(cwt::VCT) {
            Some(vct) => vct.text().ok_or(Reason::Unsupported)?,
            None => UNTYPED,
        };
        let contents = Contents {
            statuses: statuses(rebuilt.about_token(cwt::STATUS))?,
            claims: rebuilt.claims,
            ..claims.contents(doc_type)?
        };
        Ok(Opened {
            audience: claims.text(cwt::AUD)?,
            contents,
            key: key.and_then(PublicKey::from_cose_key),
            key_bytes: key.map_or(&[], Item::encoded),
        })
    }
}

/// What the header claims beside the payload (RFC 9597) has to be the same. Of what it claims alone
/// nothing is believed, and what would decide has to stand in the payload.
fn check_header_claims(token: &UnverifiedSign1<'_>, claims: &ClaimsSet<'_>) -> Result<(), Reason> {
    const DECIDING: [i64; 7] = [
        cwt::AUD,
        cwt::EXP,
        cwt::NBF,
        cwt::IAT,
        cwt::CNF,
        cwt::VCT,
        cwt::STATUS,
    ];
    let Some(header) = token.protected(CWT_CLAIMS) else {
        return Ok(());
    };
    for (key, value) in header.map().ok_or(Reason::Malformed)?.iter() {
        let beside = match (key.int(), key.text()) {
            (Some(claim), _) => claims.get(claim),
            (_, Some(claim)) => claims.map().text_key(claim),
            _ => None,
        };
        match beside {
            Some(beside) if beside.encoded() != value.encoded() => {
                return Err(Reason::TypeMismatch);
            }
            None if key.int().is_some_and(|key| DECIDING.contains(&key)) => {
                return Err(Reason::Unsupported);
            }
            _ => {}
        }
    }
    Ok(())
}

/// `nbf` ≤ `iat` < `exp` and `nbf` < `exp`, as far as they are there.
fn check_times(claims: &ClaimsSet<'_>) -> Result<(), Reason> {
    let [nbf, iat, exp] = [cwt::NBF, cwt::IAT, cwt::EXP].map(|claim| claims.time(claim));
    let (nbf, iat, exp) = (nbf?, iat?, exp?);
    let before = |a: Option<UnixTime>, b: Option<UnixTime>| a.zip(b).is_none_or(|(a, b)| a < b);
    let starts = nbf.zip(iat).is_none_or(|(nbf, iat)| nbf <= iat);
    if starts && before(nbf, exp) && before(iat, exp) {
        Ok(())
    } else {
        Err(Reason::Malformed)
    }
}

/// What the holder's token says, once its signature held (§8).
pub(crate) struct Binding<'a> {
    pub(crate) audience: &'a str,
    pub(crate) issued_at: Option<UnixTime>,
    /// From when it is of no use any more.
    pub(crate) ends: Option<UnixTime>,
    pub(crate) id: Option<&'a [u8]>,
    pub(crate) nonce: Option<&'a [u8]>,
}

/// The holder's token in a verified payload, inside the life of the credential it presents.
///
/// `None` where it breaks a rule of the draft.
pub(crate) fn binding<'a>(payload: &'a [u8], credential: &Contents<'_>) -> Option<Binding<'a>> {
    let claims = ClaimsSet::read(payload).ok()?;
    let is_definite = Item::whole(payload).ok()?.is_definite();
    if !is_definite || claims.get(cwt::ISS).is_some() || claims.get(cwt::SUB).is_some() {
        return None;
    }
    let time = |claim| claims.time(claim).ok();
    let (nbf, iat, exp) = (time(cwt::NBF)?, time(cwt::IAT)?, time(cwt::EXP)?);
    let bytes = |claim| match claims.get(claim) {
        None => Some(None),
        Some(item) => item.bytes().map(Some),
    };
    let (id, nonce) = (bytes(cwt::CTI)?, bytes(cwt::CNONCE)?);
    let says_when = iat.is_some() || (id.is_some() && exp.is_none() && nbf.is_none());
    let window = credential.window?;
    let (starts, last) = (window.valid_from, window.valid_until);
    let inside = |time: Option<UnixTime>| {
        time.is_none_or(|time| starts.is_none_or(|starts| starts <= time) && time <= last)
    };
    let in_order = nbf.zip(iat).is_none_or(|(nbf, iat)| nbf <= iat)
        && iat.zip(exp).is_none_or(|(iat, exp)| iat < exp)
        && exp.is_none_or(|exp| exp <= last.plus_seconds(1));
    (says_when && inside(nbf) && inside(iat) && in_order).then_some(())?;
    Some(Binding {
        audience: claims.get(cwt::AUD)?.text()?,
        issued_at: iat,
        ends: exp,
        id,
        nonce,
    })
}
