//! Entries, each judged by itself.

use super::{List, association, at, changed, entry, issued, judged, ministry, octets, own};
use hwagin_tests::world::{AT, MDL, MFC};
use hwagin_training::cbor::{bytes, int, tdate, text};
use hwagin_training::x509::{Certificate, Extension, oid};
use hwagin_training::{Authority, Card, DAY, Key, KeyKind, Recipe, Value};
use hwagin_verifier::trust::vical::{EntryFlaw, EntryOutcome, VicalFlaw};
use hwagin_verifier::trust::{Anchors, RootFlaw, Training};

fn outcome(entry: Value) -> EntryOutcome {
    let good = super::entry(&ministry("north"), &[MDL]);
    let report = List::new(vec![entry, good]).judged().unwrap();
    assert_eq!(report.entries[1].outcome, EntryOutcome::Taken);
    report.entries[0].outcome
}

#[test]
fn a_bad_entry_is_named_and_costs_nobody_else() {
    let refused = EntryOutcome::Refused;
    let root = ministry("south");
    let with = |name: &str, value| outcome(changed(&root, name, value));
    let key_id = &own(&root);
    assert_eq!(outcome(int(5)), refused(EntryFlaw::Malformed));
    assert_eq!(with("certificate", None), refused(EntryFlaw::Malformed));
    let junk = Some(bytes(&[0x30, 0]));
    assert_eq!(
        with("certificate", junk),
        refused(EntryFlaw::NotACertificate)
    );
    assert_eq!(with("docType", None), refused(EntryFlaw::Malformed));
    let numbers = Some(Value::Array(vec![int(1)]));
    assert_eq!(with("docType", numbers), refused(EntryFlaw::Malformed));
    let none = Some(Value::Array(Vec::new()));
    assert_eq!(with("docType", none), refused(EntryFlaw::NoDocTypes));
    let contradicts = refused(EntryFlaw::Contradictory);
    assert_eq!(with("serialNumber", Some(int(5))), contradicts);
    assert_eq!(with("ski", Some(bytes(&[7; 20]))), contradicts);
    assert_eq!(with("subject", Some(bytes(key_id))), contradicts);
    assert_eq!(with("issuer", Some(text("x"))), contradicts);
    let training = Authority::built_in().iaca_der();
    let training = with("certificate", Some(bytes(&training)));
    assert_eq!(training, refused(EntryFlaw::OtherRealm));
    type Change = fn(&mut Certificate);
    let rules: [(RootFlaw, Change); 5] = [
        (RootFlaw::NotAnAuthority, |c| {
            c.remove(oid::BASIC_CONSTRAINTS)
        }),
        (RootFlaw::PathLength, |c| {
            c.replace(Extension::basic_constraints(true, Some(1)));
        }),
        (RootFlaw::KeyUsage, |c| {
            c.replace(Extension::key_usage(&[6]))
        }),
        (RootFlaw::TooLong, |c| c.not_after += 3 * DAY),
        (RootFlaw::PathLength, |c| {
            c.replace(Extension::basic_constraints(true, None));
        }),
    ];
    for (flaw, change) in rules {
        let mut bad = root.clone();
        change(&mut bad);
        let said = outcome(entry(&bad, &[MDL]));
        assert_eq!(said, refused(EntryFlaw::NotARoot(flaw)));
    }
    let issued = Some(bytes(&issued(&root, &ministry("north"))));
    let said = with("certificate", issued);
    assert_eq!(said, refused(EntryFlaw::NotARoot(RootFlaw::NotSelfIssued)));
}

#[test]
fn what_an_entry_may_leave_out_or_write_in_its_own_way() {
    let root = ministry("south");
    let with = |name: &str, value| outcome(changed(&root, name, value));
    let taken = EntryOutcome::Taken;
    let key_id = key_id(&root);
    let once = octets(&key_id);
    for ski in [key_id.clone(), once.clone(), octets(&once)] {
        assert_eq!(with("ski", Some(bytes(&ski))), taken);
    }
    let thrice = octets(&octets(&once));
    let thrice = with("ski", Some(bytes(&thrice)));
    assert_eq!(thrice, EntryOutcome::Refused(EntryFlaw::Contradictory));
    assert_eq!(with("serialNumber", None), taken);
    let small = [0, 9];
    let mut numbered = root.clone();
    numbered.serial = small.to_vec();
    let number = outcome(changed(&numbered, "serialNumber", Some(int(9))));
    assert_eq!(number, taken);
    // Half of a published list has its times off by twelve hours.
    assert_eq!(with("notAfter", Some(tdate(AT - DAY))), taken);
    assert_eq!(with("CertificateProfile", Some(int(1))), taken);
    let types = Value::Array(vec![text(MDL), text(MDL), text(MFC)]);
    let twice = List::new(vec![changed(&root, "docType", Some(types))]);
    assert_eq!(twice.judged().unwrap().entries[0].doc_types, [MDL, MFC]);
    let (mut old, mut new) = (root.clone(), root.clone());
    old.not_after = AT - 1;
    new.not_before = AT + DAY;
    assert_eq!(outcome(entry(&old, &[MDL])), EntryOutcome::Expired);
    assert_eq!(outcome(entry(&new, &[MDL])), EntryOutcome::NotYetValid);
    for kind in [KeyKind::P384, KeyKind::P521, KeyKind::Ed25519] {
        let mut other = root.clone();
        other.key = Key::new(kind, "south");
        assert_eq!(outcome(entry(&other, &[MDL])), taken, "{kind:?}");
    }
}

/// The subject key identifier, from the DER: the 20 bytes behind its OID (2.5.29.14).
fn key_id(root: &Certificate) -> Vec<u8> {
    let der = own(root);
    let head = [6, 3, 0x55, 0x1d, 0x0e, 4, 22, 4, 20];
    let place = der.windows(head.len()).position(|found| found == head);
    der[place.unwrap() + head.len()..][..20].to_vec()
}

#[test]
fn training_and_real_lists_stay_apart() {
    let mut root = association();
    root.subject.organisation = Some("Hwagin Training".to_owned());
    let list = |entry: Value| {
        let mut list = List::new(vec![entry]);
        list.chain = Some(bytes(&issued(&list.signer, &root)));
        list.bytes()
    };
    let training = list(entry(&Recipe::new(Card::Mdl, AT).root, &[MDL]));
    let real = judged(&training, &own(&root));
    assert_eq!(real, Err(VicalFlaw::OtherRealm));
    let mut anchors = Anchors::<Training>::new();
    let held = own(&root);
    let report = anchors.add_vical(&training, &[&held], at()).unwrap();
    assert_eq!(report.entries[0].outcome, EntryOutcome::Taken);
    let mixed = list(entry(&ministry("north"), &[MDL]));
    let report = Anchors::<Training>::new().add_vical(&mixed, &[&held], at());
    let expected = EntryOutcome::Refused(EntryFlaw::OtherRealm);
    assert_eq!(report.unwrap().entries[0].outcome, expected);
    let held = own(&association());
    let real = Anchors::<Training>::new().add_vical(&super::sound().bytes(), &[&held], at());
    assert_eq!(real, Err(VicalFlaw::OtherRealm));
}
