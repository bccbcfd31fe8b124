//! Issuer lists (VICAL, ISO/IEC 18013-5 annex C): each with one flaw, and what roots from a list
//! are good for.

mod issuer_list;

use hwagin_tests::world::{AT, Desk, MDL, MFC, purpose};
use hwagin_training::cbor::{bytes, encode, int, tdate, text};
use hwagin_training::x509::Certificate;
use hwagin_training::{Authority, Card, DAY, Recipe, Value};
use hwagin_verifier::trust::vical::{EntryOutcome, VicalFlaw};
use hwagin_verifier::trust::{Anchors, Production};
use hwagin_verifier::{Reason, Trust};
use issuer_list::{List, association, at, entry, issued, judged, ministry, own, sound};

#[test]
fn takes_a_sound_list() {
    let report = sound().judged().unwrap();
    assert_eq!(report.provider, "Some");
    assert_eq!(report.issue, Some(7));
    assert_eq!(report.signer.name, "Some list signer");
    assert!(!report.is_stale);
    let [only] = report.entries.as_slice() else {
        panic!("one entry")
    };
    assert_eq!(only.outcome, EntryOutcome::Taken);
    assert_eq!(only.issuer.name, "Some Ministry");
    assert_eq!(only.doc_types, [MDL]);
    assert!(List::new(Vec::new()).judged().unwrap().entries.is_empty());
}

/// What a desk that trusts these says of a card under this root.
fn said(anchors: Anchors<Production>, card: Card, root: &Certificate) -> Option<Reason> {
    let mut desk = Desk::production(&own(&ministry("other")), purpose("document-only"), AT);
    desk.trust = Trust::production(anchors);
    let mut recipe = Recipe::new(card, AT);
    recipe.mso.status = None;
    recipe.root = root.clone();
    recipe.signer.subject.organisation = None;
    let shown = Authority::built_in().mint(&recipe);
    let said = desk.read(shown.text.as_bytes());
    assert_eq!(said.is_accepted(), said.reason().is_none());
    said.reason()
}

#[test]
fn a_root_counts_for_the_document_types_it_is_listed_for_and_no_others() {
    let taken = || {
        let mut anchors = Anchors::<Production>::new();
        let held = own(&association());
        anchors.add_vical(&sound().bytes(), &[&held], at()).unwrap();
        anchors
    };
    let north = ministry("north");
    assert_eq!(said(taken(), Card::Mdl, &north), None);
    assert_eq!(
        said(taken(), Card::Mfc, &north),
        Some(Reason::PurposeMismatch)
    );
    // What vouches for a list vouches for no card.
    let over_lists = said(taken(), Card::Mdl, &association());
    assert_eq!(over_lists, Some(Reason::IssuerUnknown));
}

#[test]
fn roots_of_the_desk_and_of_a_list_stand_beside_each_other() {
    let (north, south, held) = (ministry("north"), ministry("south"), own(&association()));
    let both = || {
        let mut anchors = Anchors::<Production>::new();
        anchors.add(&own(&south), vec![MFC.to_owned()]).unwrap();
        anchors.add_vical(&sound().bytes(), &[&held], at()).unwrap();
        anchors
    };
    assert_eq!(said(both(), Card::Mdl, &north), None);
    assert_eq!(said(both(), Card::Mfc, &south), None);
    assert_eq!(
        said(both(), Card::Mdl, &south),
        Some(Reason::PurposeMismatch)
    );
    // One that both name is good for what either says, whoever comes first.
    let one = |list_first: bool| {
        let mut anchors = Anchors::<Production>::new();
        let mut list = || anchors.add_vical(&sound().bytes(), &[&held], at()).is_ok();
        assert!(!list_first || list());
        anchors.add(&own(&north), vec![MFC.to_owned()]).unwrap();
        let mut list = || anchors.add_vical(&sound().bytes(), &[&held], at()).is_ok();
        assert!(list_first || list());
        anchors
    };
    for list_first in [true, false] {
        assert_eq!(Trust::production(one(list_first)).anchors().count(), 1);
        assert_eq!(said(one(list_first), Card::Mdl, &north), None);
        assert_eq!(said(one(list_first), Card::Mfc, &north), None);
    }
}

#[test]
fn a_newer_list_takes_the_place_of_an_older_one_and_never_the_other_way_round() {
    let (north, south, held) = (ministry("north"), ministry("south"), own(&association()));
    let older = sound();
    let newer = List::new(vec![entry(&south, &[MDL])]).with("vicalIssueID", Some(int(8)));
    let other = List::new(vec![entry(&south, &[MDL])]);
    let mut anchors = Anchors::<Production>::new();
    let mut add = |list: &List| anchors.add_vical(&list.bytes(), &[&held], at()).map(drop);
    assert_eq!(add(&older), Ok(()));
    assert_eq!(add(&older), Ok(()), "the same again");
    assert_eq!(add(&other), Err(VicalFlaw::Older), "one number, two lists");
    assert_eq!(add(&newer), Ok(()));
    assert_eq!(add(&older), Err(VicalFlaw::Older));
    // Another provider's number is its own.
    let elsewhere = older.with("vicalProvider", Some(text("Other")));
    let elsewhere = elsewhere.with("certificateInfos", Some(Value::Array(Vec::new())));
    assert_eq!(add(&elsewhere), Ok(()));
    assert_eq!(
        said(anchors, Card::Mdl, &north),
        Some(Reason::IssuerUnknown),
        "it was struck off"
    );
    // Without numbers the date decides.
    let dated = |time: i64| {
        let list = List::new(vec![entry(&south, &[MDL])]).with("vicalIssueID", None);
        list.with("date", Some(tdate(time)))
    };
    let mut anchors = Anchors::<Production>::new();
    let mut add = |list: &List| anchors.add_vical(&list.bytes(), &[&held], at()).map(drop);
    assert_eq!(add(&dated(AT - DAY)), Ok(()));
    assert_eq!(add(&dated(AT - 2 * DAY)), Err(VicalFlaw::Older));
    assert_eq!(add(&dated(AT)), Ok(()));
    assert_eq!(said(anchors, Card::Mdl, &south), None);
}

#[test]
fn a_list_cannot_replace_that_of_another_provider_by_its_name() {
    let mut anchors = Anchors::<Production>::new();
    let held = own(&association());
    anchors.add_vical(&sound().bytes(), &[&held], at()).unwrap();
    let mut theirs = List::new(Vec::new()).with("vicalIssueID", Some(int(1_000)));
    theirs.signer.subject.common_name = "Somebody else".to_owned();
    let pinned = issued(&theirs.signer, &ministry("somebody"));
    theirs.chain = Some(bytes(&pinned));
    anchors
        .add_vical(&theirs.bytes(), &[&held, &pinned], at())
        .unwrap();
    assert_eq!(said(anchors, Card::Mdl, &ministry("north")), None);
}

#[test]
fn the_message_is_an_untagged_and_signed_one() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, VicalFlaw); 6] = [
        (
            "tag 18",
            |message| *message = Value::Tag(18, Box::new(message.clone())),
            VicalFlaw::Malformed,
        ),
        (
            "no payload",
            |message| message.as_array_mut().unwrap()[2] = Value::Null,
            VicalFlaw::Malformed,
        ),
        (
            "no signature",
            |message| message.as_array_mut().unwrap()[3] = bytes(&[]),
            VicalFlaw::SignatureInvalid,
        ),
        (
            "another signature",
            |message| message.as_array_mut().unwrap()[3] = bytes(&[1; 64]),
            VicalFlaw::SignatureInvalid,
        ),
        (
            "no chain",
            |message| message.as_array_mut().unwrap()[1] = Value::Map(Vec::new()),
            VicalFlaw::SignerUnknown,
        ),
        (
            "no array",
            |message| *message = text("HWG1:"),
            VicalFlaw::Malformed,
        ),
    ];
    for (what, change, expected) in cases {
        let mut message = sound().message();
        change(&mut message);
        let said = judged(&encode(&message), &own(&association()));
        assert_eq!(said, Err(expected), "{what}");
    }
    let mut list = sound();
    list.protected[0].1 = int(-35);
    assert_eq!(list.judged(), Err(VicalFlaw::SignatureInvalid));
    list.protected[0].1 = int(-257);
    assert_eq!(list.judged(), Err(VicalFlaw::Unsupported));
    let mut list = sound();
    list.protected.push((int(2), Value::Array(vec![int(99)])));
    assert_eq!(list.judged(), Err(VicalFlaw::Unsupported));
    // The payload is the map itself, not one in tag 24.
    let mut list = sound();
    let inner = bytes(&encode(&Value::Map(list.members.clone())));
    list.payload = Some(encode(&Value::Tag(24, Box::new(inner))));
    assert_eq!(list.judged(), Err(VicalFlaw::Malformed));
    let long = vec![0; 1024 * 1024 + 1];
    assert_eq!(judged(&long, &[]), Err(VicalFlaw::TooLarge));
}

#[test]
fn the_members_are_those_of_annex_c() {
    let malformed = VicalFlaw::Malformed;
    for (name, value, flaw) in [
        ("version", Some(text("2.0")), VicalFlaw::Unsupported),
        ("version", None, malformed),
        ("vicalProvider", None, malformed),
        ("date", None, malformed),
        ("date", Some(text("2027-01-01T00:00:00Z")), malformed),
        ("date", Some(tdate(AT + DAY)), VicalFlaw::DatedAhead),
        ("vicalIssueID", Some(int(-1)), malformed),
        ("nextUpdate", Some(Value::Null), malformed),
        ("notAfter", Some(tdate(AT - 1)), VicalFlaw::Ended),
        ("notAfter", Some(int(AT)), malformed),
        ("certificateInfos", None, malformed),
        ("certificateInfos", Some(int(1)), malformed),
        (
            "certificateInfos",
            Some(Value::Array(vec![int(1); 1_025])),
            VicalFlaw::TooLarge,
        ),
    ] {
        let what = format!("{name} {value:?}");
        let said = sound().with(name, value).judged();
        assert_eq!(said, Err(flaw), "{}", what.get(..40).unwrap_or(&what));
    }
    for (name, value) in [
        ("nextUpdate", None),
        ("vicalIssueID", None),
        ("notAfter", Some(tdate(AT))),
        ("date", Some(tdate(AT + 60))),
        ("vicalURL", Some(text("https://example.invalid"))),
    ] {
        assert!(sound().with(name, value).judged().is_ok(), "{name}");
    }
    let overdue = sound().with("nextUpdate", Some(tdate(AT - 1)));
    assert!(overdue.judged().unwrap().is_stale);
}
