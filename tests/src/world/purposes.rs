//! What the desks of the tests are for.

use hwagin_verifier::CalendarDate;
use hwagin_verifier::decision::Decision;
use hwagin_verifier::purpose::{HolderPolicy, Need, Purpose, Show, StatusPolicy, Unproven};

const FRESH: HolderPolicy = HolderPolicy {
    needs: Need::Fresh,
    freshness_seconds: 120,
    offers_challenge: false,
    unproven: Unproven::Abstain,
};
const WEEK: StatusPolicy = StatusPolicy {
    required: true,
    max_age_seconds: Some(7 * 86_400),
};

fn purpose_of(id: &str, cards: &[&str], shows: &[&str]) -> Purpose {
    let show = |claim: &&str| Show {
        claim: (*claim).to_owned(),
        masked: *claim == "registration_number",
        required: true,
        any_of: None,
    };
    Purpose {
        id: id.to_owned(),
        cards: cards.iter().map(|card| (*card).to_owned()).collect(),
        holder: FRESH,
        status: WEEK,
        shows: shows.iter().map(show).collect(),
        decisions: Vec::new(),
    }
}

/// The same, asking neither for a proof nor for a status.
fn bearer(mut purpose: Purpose) -> Purpose {
    purpose.holder.needs = Need::Bearer;
    purpose.status = StatusPolicy {
        required: false,
        max_age_seconds: None,
    };
    purpose
}

/// The purposes that vectors name: five of the desk, and three that ask about a document alone,
/// of which `document-only` takes any.
///
/// # Panics
/// Never: the one date in it is a day of the calendar.
pub fn purposes() -> Vec<Purpose> {
    let names = ["family_name", "given_name"];
    let on = CalendarDate::from_iso("2027-06-30").unwrap();
    let hospital = [
        "family_name",
        "given_name",
        "portrait",
        "birth_date",
        "registration_number",
    ];
    let mut landlord = purpose_of("landlord", &["mfc"], &["family_name", "portrait"]);
    landlord.holder.unproven = Unproven::Refuse;
    landlord.decisions = vec![Decision::StayValidOn {
        date: on,
        required: true,
    }];
    let mut age = purpose_of("age-19", &["mfc", "mdl"], &["portrait"]);
    age.decisions = vec![Decision::AgeOver {
        years: 19,
        required: true,
    }];
    let documents = [
        "mfc",
        "mdl",
        "vaccination",
        "test",
        "recovery",
        "light",
        "vs",
        "tr",
        "dvc",
        "nzcp",
        "claim-169",
    ];
    let mut document = purpose_of("document-only", &documents, &names);
    // A document has the one name or the two.
    document.shows.push(Show {
        claim: "full_name".to_owned(),
        masked: false,
        required: false,
        any_of: None,
    });
    let mut bank = purpose_of("bank-teller", &["mfc", "mdl"], &names);
    bank.holder.needs = Need::Challenge;
    bank.holder.offers_challenge = true;
    let mut contract = purpose_of("employer-contract", &["mfc", "mdl"], &names);
    contract.holder.offers_challenge = true;
    vec![
        purpose_of("hospital-reception", &["mfc", "mdl"], &hospital),
        bank,
        contract,
        landlord,
        age,
        bearer(document),
        bearer(purpose_of(
            "identity-document",
            &["claim-169"],
            &["full_name", "birth_date", "portrait"],
        )),
        bearer(purpose_of("vaccination", &["vaccination"], &names)),
    ]
}

/// The purpose of that name.
///
/// # Panics
/// Where there is none.
pub fn purpose(id: &str) -> Purpose {
    let found = purposes().into_iter().find(|purpose| purpose.id == id);
    found.unwrap_or_else(|| panic!("no purpose {id}"))
}
