//! Credential types as data: which document, which elements, under which names.

use crate::disclosure::Mask;

/// What a claim's value is, so that it is read as that and nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClaimKind {
    /// Text, or an array of texts.
    Text,
    /// A day.
    Date,
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A compressed picture.
    Picture,
}

/// One claim of a credential type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardClaim {
    /// The name that purposes use, the same in every credential type.
    pub name: String,
    /// The namespace it stands in.
    pub namespace: String,
    /// Its element identifier there.
    pub element: String,
    /// What its value is.
    pub kind: ClaimKind,
    /// How it is masked where a purpose asks for that.
    pub mask: Mask,
}

/// One credential type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// The name that purposes use.
    pub id: String,
    /// The document type (ISO/IEC 18013-5).
    pub doc_type: String,
    /// Its claims.
    pub claims: Vec<CardClaim>,
}

impl Card {
    /// The claim with this name.
    pub fn claim(&self, name: &str) -> Option<&CardClaim> {
        self.claims.iter().find(|claim| claim.name == name)
    }
}

/// The credential types a desk knows.
#[derive(Clone, Default, Debug)]
pub struct Cards(Vec<Card>);

impl Cards {
    /// These types.
    pub const fn new(cards: Vec<Card>) -> Self {
        Self(cards)
    }

    /// The type with this document type.
    pub fn by_doc_type(&self, doc_type: &str) -> Option<&Card> {
        self.0.iter().find(|card| card.doc_type == doc_type)
    }

    /// The type with this name.
    pub fn by_id(&self, id: &str) -> Option<&Card> {
        self.0.iter().find(|card| card.id == id)
    }

    /// Every type, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &Card> {
        self.0.iter()
    }
}
