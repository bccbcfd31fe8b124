//! `cards/*.toml`: one credential type a file.

use std::collections::BTreeSet;

use hwagin_verifier::Card;
use hwagin_verifier::card::{CardClaim, ClaimKind};
use hwagin_verifier::disclosure::Mask;
use serde::Deserialize;
use toml::Spanned;

use super::problem::{Problem, ProblemCode};
use super::toml_file::{Line, Name, Source};
use crate::view::LabelView;

/// Claims in one card at most; the largest card known has some forty.
const MAX_CLAIMS: usize = 128;

/// A credential type with the words for it.
#[derive(Clone, Debug)]
pub struct KnownCard {
    /// As the verifier takes it.
    pub card: Card,
    /// What people call it.
    pub label: LabelView,
    /// Whether its document type is a stand-in until there is an official one.
    pub provisional: bool,
    /// Where its id stands in its file.
    pub(super) line: u32,
    labels: Vec<(String, LabelView)>,
    unique: BTreeSet<String>,
    never_shown: BTreeSet<String>,
}

impl KnownCard {
    /// What people call this claim of the card.
    #[must_use]
    pub fn claim_label(&self, claim: &str) -> Option<&LabelView> {
        let found = self.labels.iter().find(|(name, _)| name == claim);
        found.map(|(_, label)| label)
    }

    /// Whether this claim tells one person from all others.
    #[must_use]
    pub fn is_unique(&self, claim: &str) -> bool {
        self.unique.contains(claim)
    }

    /// Whether no purpose may show this claim: what no desk needs, or what is nobody's business.
    #[must_use]
    pub fn is_never_shown(&self, claim: &str) -> bool {
        self.never_shown.contains(claim)
    }
}

#[derive(Deserialize, schemars::JsonSchema)]
#[schemars(title = "Card")]
#[serde(deny_unknown_fields)]
pub(super) struct CardFile {
    #[schemars(with = "Name")]
    id: Spanned<Name>,
    doc_type: Line,
    provisional: bool,
    label: LabelView,
    #[schemars(with = "Vec<ClaimFile>")]
    claim: Spanned<Vec<Spanned<ClaimFile>>>,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClaimFile {
    name: Name,
    namespace: Line,
    element: Line,
    kind: Kind,
    #[serde(default)]
    unique: bool,
    #[serde(default)]
    never_shown: bool,
    #[serde(default)]
    mask: MaskFile,
    label: LabelView,
}

#[derive(Deserialize, Clone, Copy, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Text,
    Date,
    Flag,
    Number,
    Picture,
}

#[derive(Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct MaskFile {
    hide_last: Option<u8>,
}

/// The card in this file.
pub(super) fn read(source: &Source<'_>) -> Result<KnownCard, Problem> {
    let file: CardFile = source.read()?;
    let bad = |span, code| Err(source.problem(&span, code));
    let count = file.claim.get_ref().len();
    if count == 0 || count > MAX_CLAIMS {
        return bad(file.claim.span(), ProblemCode::BadValue);
    }
    let (mut names, mut places) = (BTreeSet::new(), BTreeSet::new());
    let mut known = KnownCard {
        line: source.line(&file.id.span()),
        card: Card {
            id: file.id.into_inner().0,
            doc_type: file.doc_type.0,
            claims: Vec::with_capacity(count),
        },
        label: file.label,
        provisional: file.provisional,
        labels: Vec::with_capacity(count),
        unique: BTreeSet::new(),
        never_shown: BTreeSet::new(),
    };
    for claim in file.claim.into_inner() {
        let span = claim.span();
        let claim = claim.into_inner();
        let place = (claim.namespace.0.clone(), claim.element.0.clone());
        if !names.insert(claim.name.0.clone()) || !places.insert(place) {
            return bad(span, ProblemCode::Duplicate);
        }
        if claim.never_shown {
            known.never_shown.insert(claim.name.0.clone());
        }
        if claim.unique {
            known.unique.insert(claim.name.0.clone());
        }
        known.labels.push((claim.name.0.clone(), claim.label));
        known.card.claims.push(CardClaim {
            name: claim.name.0,
            namespace: claim.namespace.0,
            element: claim.element.0,
            kind: claim.kind.into(),
            mask: claim.mask.hide_last.map_or(Mask::All, Mask::Last),
        });
    }
    Ok(known)
}

impl From<Kind> for ClaimKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text,
            Kind::Date => Self::Date,
            Kind::Flag => Self::Flag,
            Kind::Number => Self::Number,
            Kind::Picture => Self::Picture,
        }
    }
}
