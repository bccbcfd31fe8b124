//! What a credential says of where its status is to be found.

use crate::cbor::{bytes, int, map, text};
use crate::status::{IDENTIFIERS_URI, STATUS_URI};
use ciborium::Value;

/// The place of a card in a status list.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusClaim {
    /// idx.
    pub index: Value,
    /// uri.
    pub uri: String,
}

impl StatusClaim {
    /// The entry `index` of the training list.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self {
            index: int(i64::try_from(index).unwrap_or(i64::MAX)),
            uri: STATUS_URI.to_owned(),
        }
    }
}

/// The id of a card, which an identifier list names once it is revoked (ISO/IEC 18013-5, second
/// edition, 12.3.6).
#[derive(Clone, Debug, PartialEq)]
pub struct IdentifierClaim {
    /// id.
    pub id: Value,
    /// uri.
    pub uri: String,
}

impl IdentifierClaim {
    /// The identifier `id` and the training list.
    #[must_use]
    pub fn of(id: &[u8]) -> Self {
        Self {
            id: bytes(id),
            uri: IDENTIFIERS_URI.to_owned(),
        }
    }
}

/// The status of a credential: `status` of a signed object, claim 65535 of a CWT.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Status {
    /// `status_list`.
    pub list: Option<StatusClaim>,
    /// `identifier_list`.
    pub identifier: Option<IdentifierClaim>,
    /// More entries.
    pub extra: Vec<(Value, Value)>,
}

impl Status {
    /// The entry `index` of the training list, and nothing else.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self {
            list: Some(StatusClaim::at(index)),
            ..Self::default()
        }
    }

    /// The identifier `id` in the training list of identifiers, and nothing else.
    #[must_use]
    pub fn identifier(id: &[u8]) -> Self {
        Self {
            identifier: Some(IdentifierClaim::of(id)),
            ..Self::default()
        }
    }

    /// As it is written, if there is anything to be said.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        let mut entries = Vec::new();
        entries.extend(self.list.as_ref().map(|claim| {
            let claim = map([("idx", claim.index.clone()), ("uri", text(&claim.uri))]);
            (text("status_list"), claim)
        }));
        entries.extend(self.identifier.as_ref().map(|claim| {
            let claim = map([("id", claim.id.clone()), ("uri", text(&claim.uri))]);
            (text("identifier_list"), claim)
        }));
        entries.extend(self.extra.iter().cloned());
        (!entries.is_empty()).then_some(Value::Map(entries))
    }
}
