//! What comes with the program.

use super::*;

#[test]
fn what_comes_with_the_program_has_no_problem() {
    let knowledge = Knowledge::load(&Sources::default(), at());
    assert_eq!(knowledge.problems(), []);
    assert!(knowledge.is_training());
    let ids: Vec<_> = knowledge
        .purposes()
        .iter()
        .map(|purpose| purpose.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "hospital-reception",
            "bank-teller",
            "employer-interview",
            "employer-contract",
            "landlord",
            "consular-service",
            "age-19",
            "credential-check"
        ]
    );
    let ids: Vec<_> = knowledge
        .cards()
        .iter()
        .map(|card| card.card.id.as_str())
        .collect();
    assert_eq!(ids[..3], ["mfc", "mpr", "mor"]);
    assert_eq!(ids.len(), 27);
    // One root and six keys of issuers; the lists of cards, of identifiers and of documents.
    assert_eq!(knowledge.trust().anchors().count(), 7);
    assert_eq!(knowledge.statuses().facts().count(), 3);
    assert!(knowledge.card("mfc").unwrap().provisional);
    assert!(
        knowledge
            .card("mfc")
            .unwrap()
            .is_unique("registration_number")
    );
}

#[test]
fn the_built_in_root_is_the_training_authority() {
    use rustls_pki_types::pem::PemObject;
    let pem = include_bytes!("../../../../../trust-anchors/training/iaca.pem");
    let der = rustls_pki_types::CertificateDer::from_pem_slice(pem).unwrap();
    assert_eq!(der.as_ref(), Authority::built_in().iaca_der());
}

#[test]
fn built_in_purposes_ask_what_they_say() {
    let knowledge = Knowledge::load(&Sources::default(), at());
    let today = at().today;
    let age = knowledge
        .purpose("age-19")
        .unwrap()
        .rules(&Asked::default(), today)
        .unwrap();
    let shown: Vec<_> = age.shows.iter().map(|show| show.claim.as_str()).collect();
    assert_eq!(shown, ["portrait"]);
    let landlord = knowledge.purpose("landlord").unwrap();
    assert!(landlord.rules(&Asked::default(), today).is_none());
    assert!(landlord.rules(&Asked::on(Some(today)), today).is_some());
    let asks: Vec<_> = landlord
        .questions()
        .iter()
        .filter_map(Question::ask)
        .collect();
    assert_eq!(asks, [(AskKind::Date, false), (AskKind::Area, true)]);
    let hospital = knowledge
        .purpose("hospital-reception")
        .unwrap()
        .rules(&Asked::default(), today)
        .unwrap();
    let number = hospital
        .shows
        .iter()
        .find(|show| show.claim == "registration_number")
        .unwrap();
    assert!(number.masked && number.required);
}

#[test]
fn lists_of_training_are_signed_again_after_an_hour() {
    let mut knowledge = Knowledge::load(&Sources::default(), at());
    let issued = |knowledge: &Knowledge| knowledge.statuses().facts().next().unwrap().issued;
    let first = issued(&knowledge);
    knowledge.renew(At::utc(UnixTime(AT + 3_000)));
    assert_eq!(issued(&knowledge), first);
    knowledge.renew(At::utc(UnixTime(AT + 100 * 3_600)));
    assert_eq!(issued(&knowledge).seconds_since(first), 100 * 3_600);
}
