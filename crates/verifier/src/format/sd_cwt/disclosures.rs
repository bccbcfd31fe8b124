//! Disclosures, each put back into the one place where its hash stands.

use super::{BEFORE_ISSUANCE, REDACTED_ELEMENT, REDACTED_KEYS};
use crate::Reason;
use crate::cbor::{Item, Map};
use crate::crypto::DigestAlgorithm;
use crate::format::contents::Claim;
use crate::format::cwt::{AUD, CNF, CNONCE, CTI, EXP, IAT, ISS, NBF, STATUS, SUB, VCT};
use aws_lc_rs::digest::Digest;
use std::borrow::Cow;

/// Disclosures taken at most: as many as items of an mdoc.
pub(super) const MAX: usize = 128;

/// Claims taken at most, disclosed or open.
const MAX_CLAIMS: usize = 256;

/// Nesting taken at most, through disclosures: what the draft lets a verifier stop at (§4). One
/// disclosure may be as deep as any item, and the next may begin at its bottom.
const MAX_DEPTH: usize = 16;

/// Bytes of a salt at least (§4.1: 128 bits).
const MIN_SALT: usize = 16;

/// Bytes of a text key at most.
const MAX_KEY: usize = 255;

/// Claims that no issuer may redact (§5).
const NEVER_REDACTED: [i64; 8] = [ISS, AUD, EXP, NBF, IAT, CTI, CNF, CNONCE];

/// The namespace of claims that stand directly in the claims set and are no map.
const TOP: &str = "cwt";

/// Claims about the token and not about its subject.
const ABOUT_THE_TOKEN: [i64; 11] = [ISS, SUB, AUD, EXP, NBF, IAT, CTI, CNF, VCT, CNONCE, STATUS];

struct Disclosure<'a> {
    digest: Digest,
    /// Salt, value and key; salt and value; or the salt alone, of a decoy.
    parts: Vec<Item<'a>>,
    used: bool,
}

/// The disclosures of a token on their way into its claims.
pub(super) struct Opening<'a> {
    disclosures: Vec<Disclosure<'a>>,
    claims: Vec<Claim<'a>>,
    about_token: Vec<(i64, Item<'a>)>,
}

/// The claims of a token, open and disclosed.
pub(super) struct Rebuilt<'a> {
    /// Those about its subject.
    pub(super) claims: Vec<Claim<'a>>,
    about_token: Vec<(i64, Item<'a>)>,
}

impl<'a> Rebuilt<'a> {
    /// A claim about the token itself. Its type and status may have been disclosed like any other.
    pub(super) fn about_token(&self, claim: i64) -> Option<Item<'a>> {
        let found = self.about_token.iter().find(|(known, _)| *known == claim);
        found.map(|(_, value)| *value)
    }
}

/// Where in the claims a value stands.
#[derive(Clone, Copy)]
enum Place<'p> {
    /// Directly in the claims set.
    Top,
    /// In the map or array under this key of the claims set, at this path.
    Under { name_space: &'p str, path: &'p str },
}

impl<'a> Opening<'a> {
    /// # Errors
    /// `format.malformed`, `format.duplicate_key`.
    pub(super) fn new(sent: &[Item<'a>], digest: DigestAlgorithm) -> Result<Self, Reason> {
        let read = |item: &Item<'a>| {
            let inside = Item::whole(item.bytes().ok_or(Reason::Malformed)?)?;
            let parts = inside.array().ok_or(Reason::Malformed)?;
            let salt = parts.first().and_then(|salt| salt.bytes());
            let is_sound = salt.is_some_and(|salt| salt.len() >= MIN_SALT) && parts.len() <= 3;
            if !is_sound || !inside.is_definite() {
                return Err(Reason::Malformed);
            }
            // With the head of the byte string, not its content alone.
            let digest = digest.digest(item.encoded());
            Ok(Disclosure {
                digest,
                parts,
                used: false,
            })
        };
        Ok(Self {
            disclosures: sent.iter().map(read).collect::<Result<_, _>>()?,
            claims: Vec::new(),
            about_token: Vec::new(),
        })
    }

    /// The claims, open and disclosed.
    ///
    /// # Errors
    /// `digest.unused`, `format.duplicate_key`, `format.malformed`.
    pub(super) fn open(mut self, claims: &Map<'a>) -> Result<Rebuilt<'a>, Reason> {
        self.map(claims, Place::Top, MAX_DEPTH)?;
        if !self.disclosures.iter().all(|disclosure| disclosure.used) {
            return Err(Reason::DigestUnused);
        }
        // Two places may bear one name: a text key, and a number written the same or the namespace
        // of the claims that stand by themselves.
        let mut names: Vec<_> = self.claims.iter().map(Claim::name).collect();
        names.sort_unstable();
        if names
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == b))
        {
            return Err(Reason::DuplicateKey);
        }
        Ok(Rebuilt {
            claims: self.claims,
            about_token: self.about_token,
        })
    }

    /// The disclosure with this hash, which counts in one place only; `None` for what the holder
    /// kept to himself, and for a decoy.
    fn take(&mut self, hash: Item<'a>) -> Result<Option<Vec<Item<'a>>>, Reason> {
        let hash = hash.bytes().ok_or(Reason::Malformed)?;
        let mut with_hash = self.disclosures.iter_mut();
        let Some(found) = with_hash.find(|disclosure| disclosure.digest.as_ref() == hash) else {
            return Ok(None);
        };
        if std::mem::replace(&mut found.used, true) {
            return Err(Reason::DigestUnused);
        }
        Ok(Some(found.parts.clone()))
    }

    fn map(&mut self, map: &Map<'a>, place: Place<'_>, depth: usize) -> Result<(), Reason> {
        let depth = depth.checked_sub(1).ok_or(Reason::Malformed)?;
        let mut members = Vec::new();
        for (key, value) in map.iter() {
            if key.simple() != Some(REDACTED_KEYS) {
                members.push((key, value));
                continue;
            }
            for hash in value.array().ok_or(Reason::Malformed)? {
                match self.take(hash)?.as_deref() {
                    Some([_, value, key]) => {
                        check_key(*key, place)?;
                        members.push((*key, *value));
                    }
                    // A decoy that was sent along adds nothing.
                    Some([_]) | None => {}
                    Some(_) => return Err(Reason::Malformed),
                }
            }
        }
        let mut names: Vec<_> = members
            .iter()
            .map(|(key, _)| name(*key))
            .collect::<Result<_, _>>()?;
        for ((key, value), name) in members.iter().zip(&names) {
            let about_token = key.int().filter(|key| ABOUT_THE_TOKEN.contains(key));
            if let (Place::Top, Some(claim)) = (place, about_token) {
                self.about_token.push((claim, *value));
                continue;
            }
            self.value(*value, place, name, depth)?;
        }
        names.sort_unstable();
        if names
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == b))
        {
            return Err(Reason::DuplicateKey);
        }
        Ok(())
    }

    fn value(
        &mut self,
        value: Item<'a>,
        place: Place<'_>,
        name: &str,
        depth: usize,
    ) -> Result<(), Reason> {
        let (map, elements) = (value.map(), value.array());
        let is_list = elements.as_deref().is_some_and(is_opened);
        if map.is_none() && !is_list {
            return self.leaf(value, place, name);
        }
        let path;
        let place = match place {
            Place::Top => Place::Under {
                name_space: name,
                path: "",
            },
            Place::Under {
                name_space,
                path: above,
            } => {
                path = format!("{above}{name}/");
                Place::Under {
                    name_space,
                    path: &path,
                }
            }
        };
        match (map, elements) {
            (Some(map), _) => self.map(&map, place, depth),
            (None, Some(elements)) => self.array(elements, place, depth),
            (None, None) => Ok(()),
        }
    }

    fn array(
        &mut self,
        elements: Vec<Item<'a>>,
        place: Place<'_>,
        depth: usize,
    ) -> Result<(), Reason> {
        let depth = depth.checked_sub(1).ok_or(Reason::Malformed)?;
        let mut number = 0_usize;
        for element in elements {
            let element = match element.tagged(REDACTED_ELEMENT) {
                None => element,
                Some(hash) => match self.take(hash)?.as_deref() {
                    Some([_, value]) => *value,
                    Some([_]) | None => continue,
                    Some(_) => return Err(Reason::Malformed),
                },
            };
            self.value(element, place, &number.to_string(), depth)?;
            number += 1;
        }
        Ok(())
    }

    fn leaf(&mut self, value: Item<'a>, place: Place<'_>, name: &str) -> Result<(), Reason> {
        if self.claims.len() >= MAX_CLAIMS || is_before_issuance(value) {
            return Err(Reason::Malformed);
        }
        let (name_space, element) = match place {
            Place::Top => (TOP.to_owned(), name.to_owned()),
            Place::Under { name_space, path } => (name_space.to_owned(), format!("{path}{name}")),
        };
        self.claims.push(Claim {
            name_space: Cow::Owned(name_space),
            element: Cow::Owned(element),
            value,
        });
        Ok(())
    }
}

/// Whether an array is opened and not a value as a whole: it has redacted elements, or maps.
fn is_opened(elements: &[Item<'_>]) -> bool {
    elements
        .iter()
        .any(|element| element.tag() == Some(REDACTED_ELEMENT) || element.map().is_some())
}

/// Whether marks that no issued token has stand anywhere in it.
fn is_before_issuance(value: Item<'_>) -> bool {
    value
        .tag()
        .is_some_and(|tag| BEFORE_ISSUANCE.contains(&tag))
        || value.parts().into_iter().any(is_before_issuance)
}

/// A disclosed key is one that may be redacted there.
fn check_key(key: Item<'_>, place: Place<'_>) -> Result<(), Reason> {
    let is_top = matches!(place, Place::Top);
    if is_top && key.int().is_some_and(|key| NEVER_REDACTED.contains(&key)) {
        return Err(Reason::Malformed);
    }
    Ok(())
}

/// A key as text: a whole number in decimal, or text. They cannot be mistaken for each other
/// where it matters: a card that asks for one names it exactly, and both together are refused.
fn name(key: Item<'_>) -> Result<String, Reason> {
    if let Some(number) = key.int() {
        return Ok(number.to_string());
    }
    let text = key.text().filter(|text| text.len() <= MAX_KEY);
    text.map(str::to_owned).ok_or(Reason::Malformed)
}
