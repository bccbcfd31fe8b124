//! Status lists (Token Status List, CWT form) from plain descriptions.

use crate::cbor::{bytes, int, map, text};
use crate::cose::Sign1;
use crate::key::{Key, Seed};
use crate::signed_list;
use crate::text::squeeze;
use crate::x509::Certificate;

/// The uri by which a card names the training status list. Nobody serves it: the name is reserved.
pub const STATUS_URI: &str = "https://training.hwagin.invalid/status/1";

/// The uri by which a card names the training list of identifiers. Nobody serves it either.
pub const IDENTIFIERS_URI: &str = "https://training.hwagin.invalid/identifiers/1";

/// The uri of the status list of the training identity authority, which a key signs and no certificate.
pub const ID_STATUS_URI: &str = "https://training.hwagin.invalid/status/169";

/// The entry of a document of that authority in good standing; that of a revoked one is the next.
pub const GOOD_DOCUMENT: usize = 169;
/// See [`GOOD_DOCUMENT`].
pub const REVOKED_DOCUMENT: usize = GOOD_DOCUMENT + 1;

/// Entries in the training list.
const ENTRIES: usize = 4_096;

/// How the list inside a token is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ListPacking {
    /// zlib, as the draft asks.
    #[default]
    Zlib,
    /// gzip, which only very old drafts had.
    Gzip,
    /// Deflate without a wrapping.
    Raw,
    /// Not packed at all.
    None,
}

/// Describes a status list token; `new` is a sound one.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusList {
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
    /// Bits an entry, as written; packed with 1, 2, 4 or 8, else with 2.
    pub bits: u8,
    /// How many entries there are.
    pub entries: usize,
    /// Entries that are not 0.
    pub values: Vec<(usize, u8)>,
    /// How the list is packed.
    pub packing: ListPacking,
    /// More claims.
    pub extra: Vec<(ciborium::Value, ciborium::Value)>,
    /// The signature around it.
    pub sign1: Sign1,
}

impl StatusList {
    /// The training list: two bits, made at the last full hour before `at`, good for 30 days.
    #[must_use]
    pub fn new(root: Certificate, values: &[(usize, u8)], at: i64) -> Self {
        let issued = at.saturating_sub(at.rem_euclid(3_600));
        Self {
            root,
            signer: Certificate::status_signer("status signer", at),
            key: None,
            subject: STATUS_URI.to_owned(),
            issued,
            expires: Some(issued.saturating_add(30 * crate::time::DAY)),
            ttl: Some(12 * 3_600),
            bits: 2,
            entries: ENTRIES,
            values: values.to_vec(),
            packing: ListPacking::Zlib,
            extra: Vec::new(),
            sign1: signed_list::headers("application/statuslist+cwt"),
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
        let list = map([
            ("bits", int(self.bits.into())),
            ("lst", bytes(&self.packed())),
        ]);
        claims.push((int(65_533), list));
        claims.extend(self.extra.iter().cloned());
        let by = (&self.root, &self.signer, self.key.as_ref());
        signed_list::sign(&self.sign1, claims, by, seed)
    }

    fn packed(&self) -> Vec<u8> {
        let bits = if matches!(self.bits, 1 | 2 | 4 | 8) {
            usize::from(self.bits)
        } else {
            2
        };
        let mut list = vec![0_u8; (self.entries * bits).div_ceil(8)];
        for (index, value) in &self.values {
            let shift = index * bits % 8;
            if let Some(byte) = list.get_mut(index * bits / 8) {
                *byte |= value << shift;
            }
        }
        match self.packing {
            ListPacking::Zlib => squeeze(&list, zopfli::Format::Zlib),
            ListPacking::Gzip => squeeze(&list, zopfli::Format::Gzip),
            ListPacking::Raw => squeeze(&list, zopfli::Format::Deflate),
            ListPacking::None => list,
        }
    }
}
