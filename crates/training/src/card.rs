//! The sample cards, their invented holder, and what is disclosed by default.

mod korea;

use crate::cbor::{bytes, full_date, text};
use crate::portrait::Portrait;
use crate::time::Moment;
use ciborium::Value;

const MDL: &str = "org.iso.18013.5.1";

/// A kind of card that sample holders carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Card {
    /// Foreigner registration card, under a provisional document type like all Korean ones.
    Mfc,
    /// Permanent resident card.
    Mpr,
    /// Overseas Korean residence card.
    Mor,
    /// Overseas Korean identity certificate.
    Mep,
    /// Resident registration card.
    Mrc,
    /// Korean driving licence.
    Kdl,
    /// Civil servant card.
    Mcs,
    /// Veteran registration card.
    Mnh,
    /// Disability registration card.
    Mdc,
    /// Driving licence (ISO/IEC 18013-5).
    Mdl,
}

impl Card {
    /// Every card.
    pub const ALL: [Self; 10] = [
        Self::Mfc,
        Self::Mpr,
        Self::Mor,
        Self::Mep,
        Self::Mrc,
        Self::Kdl,
        Self::Mcs,
        Self::Mnh,
        Self::Mdc,
        Self::Mdl,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Mfc => "mfc",
            Self::Mpr => "mpr",
            Self::Mor => "mor",
            Self::Mep => "mep",
            Self::Mrc => "mrc",
            Self::Kdl => "kdl",
            Self::Mcs => "mcs",
            Self::Mnh => "mnh",
            Self::Mdc => "mdc",
            Self::Mdl => "mdl",
        }
    }

    /// The card of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|card| card.id() == id)
    }

    /// The document type.
    #[must_use]
    pub fn doc_type(self) -> &'static str {
        match self {
            Self::Mfc => "hwagin.provisional.kr.mfc.1",
            Self::Mpr => "hwagin.provisional.kr.mpr.1",
            Self::Mor => "hwagin.provisional.kr.mor.1",
            Self::Mep => "hwagin.provisional.kr.mep.1",
            Self::Mrc => "hwagin.provisional.kr.mrc.1",
            Self::Kdl => "hwagin.provisional.kr.kdl.1",
            Self::Mcs => "hwagin.provisional.kr.mcs.1",
            Self::Mnh => "hwagin.provisional.kr.mnh.1",
            Self::Mdc => "hwagin.provisional.kr.mdc.1",
            Self::Mdl => "org.iso.18013.5.1.mDL",
        }
    }

    /// The element that `altered-name` changes and `missing-digest` leaves unsigned.
    #[must_use]
    pub fn family_name(self) -> &'static str {
        match self {
            Self::Mfc | Self::Mpr | Self::Mor => "family_name_latin1",
            Self::Mep | Self::Mrc | Self::Kdl | Self::Mcs | Self::Mnh | Self::Mdc => {
                "family_name_unicode"
            }
            Self::Mdl => "family_name",
        }
    }

    /// The elements that a sample holder discloses: what the built-in purposes ask for, and two more.
    #[must_use]
    pub fn disclosed(self) -> &'static [&'static str] {
        match self {
            Self::Mdl => &[
                "family_name",
                "given_name",
                "portrait",
                "birth_date",
                "document_number",
                "expiry_date",
                "issuing_country",
                "age_over_21",
            ],
            korean => korea::disclosed(korean),
        }
    }

    /// Every element of the sample card as it stands at `at`, whether disclosed by default or not.
    #[must_use]
    pub fn items(self, at: i64, portrait: Portrait) -> Vec<Item> {
        let year = Moment::new(at).year;
        let issued = full_date(&format!("{}-03-02", year - 1));
        let ends = full_date(&format!("{}-12-31", year + 2));
        let mut items = match self {
            Self::Mdl => driving_licence(&issued, &ends),
            korean => korea::items(korean, &issued, &ends),
        };
        if let Some(picture) = portrait.bytes(self) {
            let namespace = if self == Self::Mdl { MDL } else { korea::ISO };
            let place = items.len().min(2);
            items.insert(place, Item::new(namespace, "portrait", bytes(picture)));
        }
        items
    }
}

fn driving_licence(issued: &Value, ends: &Value) -> Vec<Item> {
    let mdl = |name: &str, value: Value| Item::new(MDL, name, value);
    vec![
        mdl("family_name", text("SPECIMEN")),
        mdl("given_name", text("TESTINA ALEXANDRA MARIA")),
        mdl("birth_date", full_date("1999-01-01")),
        mdl("document_number", text("SPECIMEN-000000")),
        mdl("issue_date", issued.clone()),
        mdl("expiry_date", ends.clone()),
        mdl("issuing_country", text("ZZ")),
        mdl("issuing_authority", text("Hwagin Training")),
        mdl("sex", Value::Integer(2.into())),
        mdl("nationality", text("ZZ")),
        mdl("age_over_19", Value::Bool(true)),
        mdl("age_over_21", Value::Bool(true)),
        mdl("un_distinguishing_sign", text("ZZ")),
        mdl("driving_privileges", Value::Array(Vec::new())),
    ]
}

/// What the signed object says of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ItemDigest {
    /// Its digest.
    #[default]
    Good,
    /// Nothing.
    Missing,
    /// A digest of other bytes.
    Wrong,
}

/// One element of a card, as it is signed and as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Name space.
    pub namespace: String,
    /// elementIdentifier.
    pub name: String,
    /// elementValue, as signed.
    pub value: Value,
    /// elementValue put in its place after signing.
    pub altered: Option<Value>,
    /// What the signed object says of it.
    pub digest: ItemDigest,
    /// Bytes of salt; ISO/IEC 18013-5 asks for at least 16.
    pub salt: usize,
}

impl Item {
    /// A soundly signed element with 16 bytes of salt.
    #[must_use]
    pub fn new(namespace: &str, name: &str, value: Value) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            value,
            altered: None,
            digest: ItemDigest::Good,
            salt: 16,
        }
    }
}
