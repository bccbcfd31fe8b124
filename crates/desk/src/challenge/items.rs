//! Which items a purpose asks for, of each card that it takes.

use std::collections::BTreeMap;

use hwagin_verifier::Purpose;
use hwagin_verifier::card::CardClaim;
use hwagin_verifier::decision::Decision;

use crate::knowledge::{Knowledge, KnownCard};
use crate::view::LabelView;

/// A card that may answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedCard {
    /// Its id.
    pub id: String,
    /// Its document type.
    pub doc_type: String,
    /// What people call it.
    pub label: LabelView,
    /// The items asked of it, in the order of the purpose.
    pub items: Vec<AskedItem>,
}

/// One item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedItem {
    /// Its name in the cards.
    pub name: String,
    /// What people call it.
    pub label: LabelView,
    /// Where it stands.
    pub namespace: String,
    /// Its element identifier there.
    pub element: String,
}

impl AskedCard {
    /// The elements by namespace, each in the order of its encoding (RFC 8949 §4.2.1): the shorter
    /// first.
    pub(super) fn by_namespace(&self) -> BTreeMap<(usize, &str), Vec<&str>> {
        let mut all = BTreeMap::<_, Vec<&str>>::new();
        for item in &self.items {
            let namespace = item.namespace.as_str();
            all.entry((namespace.len(), namespace))
                .or_default()
                .push(&item.element);
        }
        for elements in all.values_mut() {
            elements.sort_unstable_by_key(|element| (element.len(), *element));
            elements.dedup();
        }
        all
    }
}

/// What these rules ask of each card that they take.
pub fn items_of(rules: &Purpose, knowledge: &Knowledge) -> Vec<AskedCard> {
    let cards = rules.cards.iter().filter_map(|id| knowledge.card(id));
    let cards = cards.map(|card| AskedCard {
        id: card.card.id.clone(),
        doc_type: card.card.doc_type.clone(),
        label: card.label.clone(),
        items: items(rules, card),
    });
    cards.filter(|card| !card.items.is_empty()).collect()
}

fn items(rules: &Purpose, card: &KnownCard) -> Vec<AskedItem> {
    let shown = rules.shows.iter().map(|show| show.claim.as_str());
    let mut items = Vec::<AskedItem>::new();
    let mut add = |claim: &CardClaim| {
        if items.iter().all(|item| item.name != claim.name) {
            items.push(AskedItem {
                name: claim.name.clone(),
                label: card
                    .claim_label(&claim.name)
                    .cloned()
                    .unwrap_or_else(|| LabelView::named(&claim.name)),
                namespace: claim.namespace.clone(),
                element: claim.element.clone(),
            });
        }
    };
    shown
        .filter_map(|name| card.card.claim(name))
        .for_each(&mut add);
    for decision in &rules.decisions {
        if decision.is_asked_of(&card.card) {
            needed(decision, card).into_iter().for_each(&mut add);
        }
    }
    items
}

/// The least that answers this question: an attestation of an age before the date of birth.
fn needed<'a>(decision: &Decision, card: &'a KnownCard) -> Vec<&'a CardClaim> {
    if let Decision::AgeOver { years, .. } = decision {
        let attested = card.card.claim(&format!("age_over_{years}"));
        let least = attested.or_else(|| card.card.claim("birth_date"));
        return least.into_iter().collect();
    }
    let claims = card.card.claims.iter();
    claims.filter(|claim| decision.uses(&claim.name)).collect()
}
