//! The Korean sample cards: `org.iso.23220.1` where it has a name, a provisional namespace where not.

use super::{Card, Item};
use crate::cbor::{bytes, full_date, text};
use ciborium::Value;

pub(super) const ISO: &str = "org.iso.23220.1";
const PROVISIONAL: &str = "hwagin.provisional.kr.1";

/// What a sample holder discloses: what the built-in purposes ask for, and two or three more.
pub(super) fn disclosed(card: Card) -> &'static [&'static str] {
    match card {
        Card::Mpr => &[
            "family_name_latin1",
            "given_name_latin1",
            "portrait",
            "age_over_19",
            "nationality",
            "issue_date",
            "expiry_date",
            "registration_number",
            "stay_until",
            "status_of_stay",
        ],
        Card::Mor => &[
            "family_name_latin1",
            "given_name_latin1",
            "portrait",
            "age_over_19",
            "nationality",
            "issue_date",
            "expiry_date",
            "residence_number",
            "stay_until",
            "status_of_stay",
        ],
        Card::Mep => &[
            "family_name_unicode",
            "given_name_unicode",
            "portrait",
            "birth_date",
            "expiry_date",
            "registration_number",
            "expat_number",
            "passport_number",
            "mission",
        ],
        Card::Mrc | Card::Kdl | Card::Mnh | Card::Mdc => &[
            "family_name_unicode",
            "given_name_unicode",
            "portrait",
            "birth_date",
            "age_over_19",
            "issue_date",
            "expiry_date",
            "registration_number",
            "resident_address_unicode",
        ],
        Card::Mcs => &[
            "family_name_unicode",
            "given_name_unicode",
            "portrait",
            "birth_date",
            "agency",
            "position",
        ],
        Card::Mfc | Card::Mdl => &[
            "family_name_latin1",
            "given_name_latin1",
            "portrait",
            "birth_date",
            "age_over_19",
            "nationality",
            "registration_number",
            "stay_until",
            "status_of_stay",
        ],
    }
}

/// Every element of the card, without the portrait.
pub(super) fn items(card: Card, issued: &Value, ends: &Value) -> Vec<Item> {
    let mut items = match card {
        Card::Mfc | Card::Mpr | Card::Mor | Card::Mdl => foreigner(),
        Card::Mep => [koreans_abroad(), korean()].concat(),
        Card::Kdl => [korean(), romanised()].concat(),
        Card::Mrc | Card::Mcs | Card::Mnh | Card::Mdc => korean(),
    };
    items.extend([
        iso("issue_date", issued.clone()),
        iso("expiry_date", ends.clone()),
        iso("issuing_authority_unicode", text("확인 훈련청")),
        iso("issuing_country", text("ZZ")),
        iso("resident_address_unicode", text("견본시 시험구 연습로 0")),
    ]);
    if card == Card::Mcs {
        items.retain(|item| item.name != "sex" && item.name != "resident_address_unicode");
    }
    items.extend(numbers(card, ends));
    items
}

fn foreigner() -> Vec<Item> {
    vec![
        iso("family_name_latin1", text("SPECIMEN")),
        iso("given_name_latin1", text("TESTINA ALEXANDRA MARIA")),
        iso("family_name_unicode", text("견본")),
        iso("given_name_unicode", text("테스티나")),
        iso("birth_date", full_date("1999-01-01")),
        iso("age_over_19", Value::Bool(true)),
        iso("sex", Value::Integer(2.into())),
        iso("nationality", text("ZZ")),
    ]
}

fn korean() -> Vec<Item> {
    vec![
        iso("family_name_unicode", text("견")),
        iso("given_name_unicode", text("본이")),
        iso("birth_date", full_date("1999-01-01")),
        iso("age_over_19", Value::Bool(true)),
        iso("sex", Value::Integer(2.into())),
    ]
}

fn romanised() -> Vec<Item> {
    vec![
        iso("family_name_latin1", text("GYEON")),
        iso("given_name_latin1", text("BONI")),
    ]
}

fn koreans_abroad() -> Vec<Item> {
    let mut items = romanised();
    items.push(iso("nationality", text("KR")));
    items
}

/// What only this card has.
fn numbers(card: Card, ends: &Value) -> Vec<Item> {
    let resident = own("registration_number", text("990101-2000000"));
    let linking = own("connecting_information", text("SPECIMEN"));
    match card {
        Card::Mfc | Card::Mdl => vec![
            own("registration_number", text("990101-6000000")),
            own("stay_until", ends.clone()),
            own("status_of_stay", text("E-9")),
        ],
        Card::Mpr => vec![
            own("registration_number", text("990101-6000000")),
            own("stay_until", ends.clone()),
            own("status_of_stay", text("F-5")),
        ],
        Card::Mor => vec![
            own("residence_number", text("990101-6000000")),
            own("stay_until", ends.clone()),
            own("status_of_stay", text("F-4-1")),
        ],
        Card::Mep => vec![
            resident,
            own("expat_number", text("SPECIMEN-0000")),
            own("passport_number", text("X00000000")),
            own("passport_type", text("PM")),
            own("residence_country", text("ZZ")),
            own("mission", text("견본 총영사관")),
            own("bearer_signature", bytes(&[])),
            linking,
        ],
        Card::Mrc => vec![resident, linking],
        Card::Kdl => vec![
            resident,
            own("licence_number", text("00-00-000000-00")),
            own("licence_classes", Value::Array(vec![text("1종 보통")])),
            own("licence_conditions", text("A")),
            own("aptitude_from", ends.clone()),
            own("aptitude_until", ends.clone()),
            linking,
        ],
        Card::Mcs => vec![
            own("agency", text("확인 훈련청")),
            own("position", text("주무관")),
            own("staff_number", text("SPECIMEN-0000")),
            linking,
        ],
        Card::Mnh => vec![
            resident,
            own("veteran_number", text("00-000000")),
            own("veteran_title", text("견본")),
            own("veteran_grade", text("견본")),
            linking,
        ],
        Card::Mdc => vec![
            resident,
            own("disability_severity", text("견본")),
            own("disability_kind", text("견본")),
            own("guardian_phone", text("000-0000-0000")),
            linking,
        ],
    }
}

fn iso(name: &str, value: Value) -> Item {
    Item::new(ISO, name, value)
}

fn own(name: &str, value: Value) -> Item {
    Item::new(PROVISIONAL, name, value)
}
