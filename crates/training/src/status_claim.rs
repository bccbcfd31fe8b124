//! What a credential says of where its status is to be found.

use crate::cbor::{bytes, int, text};
use crate::status::{IDENTIFIERS_URI, STATUS_URI};
use ciborium::Value;

/// The place of a card in a status list.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusClaim {
    /// idx.
    pub index: Value,
    /// uri.
    pub uri: String,
    /// certificate: who vouches for the signer of the list. Normally it is not said.
    pub certificate: Option<Vec<u8>>,
}

impl StatusClaim {
    /// The entry `index` of the training list.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self {
            index: int(i64::try_from(index).unwrap_or(i64::MAX)),
            uri: STATUS_URI.to_owned(),
            certificate: None,
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
    /// certificate: who vouches for the signer of the list. Normally it is not said.
    pub certificate: Option<Vec<u8>>,
}

impl IdentifierClaim {
    /// The identifier `id` and the training list.
    #[must_use]
    pub fn of(id: &[u8]) -> Self {
        Self {
            id: bytes(id),
            uri: IDENTIFIERS_URI.to_owned(),
            certificate: None,
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
            let first = (text("idx"), claim.index.clone());
            place(
                "status_list",
                first,
                &claim.uri,
                claim.certificate.as_deref(),
            )
        }));
        entries.extend(self.identifier.as_ref().map(|claim| {
            let first = (text("id"), claim.id.clone());
            place(
                "identifier_list",
                first,
                &claim.uri,
                claim.certificate.as_deref(),
            )
        }));
        entries.extend(self.extra.iter().cloned());
        (!entries.is_empty()).then_some(Value::Map(entries))
    }
}

/// One of the mechanisms: which entry of which list.
fn place(
    mechanism: &str,
    entry: (Value, Value),
    uri: &str,
    certificate: Option<&[u8]>,
) -> (Value, Value) {
    let mut members = vec![entry, (text("uri"), text(uri))];
    members.extend(certificate.map(|der| (text("certificate"), bytes(der))));
    (text(mechanism), Value::Map(members))
}
