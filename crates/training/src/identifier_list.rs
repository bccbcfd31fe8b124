//! Lists of revoked identifiers (ISO/IEC 18013-5, second edition, 12.3.6) from plain descriptions.

use crate::cbor::{bytes, int, map, text};
use crate::cose::Sign1;
use crate::key::{Key, Seed};
use crate::signed_list;
use crate::status::IDENTIFIERS_URI;
use crate::time::DAY;
use crate::x509::Certificate;
use ciborium::Value;

/// Describes a list of identifiers; `new` is a sound one.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentifierList {
    /// Whose authority the signer's certificate is under.
    pub root: Certificate,
    /// Who signs.
    pub signer: Certificate,
    /// Signs in place of the signer's key.
    pub key: Option<Key>,
    /// Claim 2. It must equal the uri that cards name.
    pub subject: String,
    /// Claim 6.
    pub issued: i64,
    /// Claim 4.
    pub expires: Option<i64>,
    /// Claim 65534, seconds.
    pub ttl: Option<i64>,
    /// The revoked identifiers, in claim 65530.
    pub identifiers: Vec<Vec<u8>>,
    /// More claims.
    pub extra: Vec<(Value, Value)>,
    /// The signature around it.
    pub sign1: Sign1,
}

impl IdentifierList {
    /// The list at the last full hour before `at`, good for 30 days.
    #[must_use]
    pub fn new(root: Certificate, identifiers: &[&[u8]], at: i64) -> Self {
        let issued = at.saturating_sub(at.rem_euclid(3_600));
        Self {
            root,
            signer: Certificate::status_signer("status signer", at),
            key: None,
            subject: IDENTIFIERS_URI.to_owned(),
            issued,
            expires: Some(issued.saturating_add(30 * DAY)),
            ttl: Some(12 * 3_600),
            identifiers: identifiers.iter().map(|id| id.to_vec()).collect(),
            extra: Vec::new(),
            sign1: signed_list::headers("application/identifierlist+cwt"),
        }
    }

    /// Has `key`, which is known by `kid`, sign, and no certificate.
    pub fn sign_by(&mut self, key: Key, kid: &[u8]) {
        self.key = Some(key);
        signed_list::by_kid(&mut self.sign1, kid);
    }

    pub(crate) fn sign(&self, seed: &Seed) -> Vec<u8> {
        let mut claims = vec![(int(2), text(&self.subject)), (int(6), int(self.issued))];
        claims.extend(self.expires.map(|t| (int(4), int(t))));
        claims.extend(self.ttl.map(|t| (int(65_534), int(t))));
        let listed = self.identifiers.iter();
        let listed = listed.map(|id| (bytes(id), Value::Map(Vec::new())));
        let list = map([("identifiers", Value::Map(listed.collect()))]);
        claims.push((int(65_530), list));
        claims.extend(self.extra.iter().cloned());
        let by = (&self.root, &self.signer, self.key.as_ref());
        signed_list::sign(&self.sign1, claims, by, seed)
    }
}
