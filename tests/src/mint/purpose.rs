//! `purpose`: genuine, current and held, but not what this desk needs.

use super::{Draft, abstains, refuses};
use hwagin_training::cbor::{bytes, full_date, int, text};
use hwagin_training::{Card, Recipe, Value};

const ATTRIBUTE: &str = "purpose.attribute_missing";
const CONDITION: &str = "purpose.condition_not_met";

pub(super) fn drafts() -> Vec<Draft> {
    [attributes(), conditions()].into_iter().flatten().collect()
}

/// A registration card of which one element has this value.
fn with(draft: Draft, element: &str, value: Value) -> Draft {
    draft.minted(Card::Mfc, |r| r.item(element).unwrap().value = value)
}

fn missing(name: &'static str, why: &'static str) -> Draft {
    abstains(ATTRIBUTE, name, why)
}

fn attributes() -> Vec<Draft> {
    let withheld = |name, why, element: &str| {
        missing(name, why).minted(Card::Mfc, |r: &mut Recipe| r.withhold(element))
    };
    vec![
        refuses(
            "purpose.type_not_accepted",
            "purpose/licence-at-a-landlord",
            "asks for a stay",
        )
        .purpose("landlord")
        .licence(|_| {}),
        withheld(
            "purpose/name-withheld",
            "the purpose needs it",
            "family_name_latin1",
        ),
        withheld(
            "purpose/portrait-withheld",
            "the purpose needs it",
            "portrait",
        ),
        withheld(
            "purpose/number-withheld",
            "the purpose needs it",
            "registration_number",
        ),
        missing("purpose/nothing-shown", "a document without an item").minted(Card::Mfc, |r| {
            r.items.clear();
        }),
        with(
            missing("purpose/name-blank", "blanks are no name"),
            "family_name_latin1",
            text("  "),
        ),
        with(
            missing("purpose/name-as-bytes", "a name is text"),
            "family_name_latin1",
            bytes(b"S"),
        ),
        with(
            missing("purpose/birth-date-under-tag-1", "a day is no moment"),
            "birth_date",
            Value::Tag(1, Box::new(int(915_148_800))),
        ),
        with(
            missing("purpose/birth-date-of-no-calendar", "30 February"),
            "birth_date",
            full_date("1999-02-30"),
        ),
        with(
            missing("purpose/portrait-as-text", "a picture is bytes"),
            "portrait",
            text("jpeg"),
        ),
        with(
            missing("purpose/portrait-empty", "no byte of a picture"),
            "portrait",
            bytes(&[]),
        ),
        missing("purpose/age-not-told", "neither an age nor a date of birth")
            .purpose("age-19")
            .minted(Card::Mfc, |r| {
                r.withhold("age_over_19");
                r.withhold("birth_date");
            }),
        missing("purpose/stay-not-told", "the landlord asks until when")
            .purpose("landlord")
            .minted(Card::Mfc, |r| r.withhold("stay_until")),
    ]
}

fn conditions() -> Vec<Draft> {
    let young = |name, why, change: fn(&mut Recipe)| {
        refuses(CONDITION, name, why)
            .purpose("age-19")
            .minted(Card::Mfc, change)
    };
    vec![
        young("purpose/under-19", "age_over_19 is false", |r| {
            r.item("age_over_19").unwrap().value = Value::Bool(false);
        }),
        young("purpose/under-19-by-date-of-birth", "19 tomorrow", |r| {
            r.withhold("age_over_19");
            r.item("birth_date").unwrap().value = full_date("2008-01-16");
        }),
        refuses(
            CONDITION,
            "purpose/stay-ends-too-early",
            "a day before the lease begins",
        )
        .purpose("landlord")
        .minted(Card::Mfc, |r| {
            r.item("stay_until").unwrap().value = full_date("2027-06-29");
        }),
    ]
}
