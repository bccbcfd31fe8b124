//! Who may sign a list, and how the desk gets to know them.

use super::{LIST_SIGNER, association, between, issued, judged, ministry, own, signer, sound};
use hwagin_tests::world::AT;
use hwagin_training::cbor::bytes;
use hwagin_training::x509::{Certificate, Extension, oid};
use hwagin_training::{DAY, Key, Value};
use hwagin_verifier::trust::vical::VicalFlaw;

#[test]
fn the_signer_is_one_of_lists() {
    type Change = fn(&mut Certificate);
    let not_allowed = Err(VicalFlaw::SignerNotAllowed);
    let expired = Err(VicalFlaw::SignerExpired);
    let cases: [(&str, Change, Result<(), VicalFlaw>); 12] = [
        ("as it is", |_| {}, Ok(())),
        (
            "the usage for any document type",
            |s| s.replace(Extension::extended_key_usage(&["1.0.23220.4.1.8"])),
            Ok(()),
        ),
        (
            "digitalSignature for nonRepudiation",
            |s| s.replace(Extension::key_usage(&[0])),
            Ok(()),
        ),
        (
            "two usages",
            |s| {
                s.replace(Extension::extended_key_usage(&[
                    oid::MDOC_READER,
                    LIST_SIGNER,
                ]))
            },
            Ok(()),
        ),
        (
            "a document signer",
            |s| s.replace(Extension::extended_key_usage(&[oid::MDL_DOCUMENT_SIGNER])),
            not_allowed,
        ),
        (
            "no usage",
            |s| s.remove(oid::EXTENDED_KEY_USAGE),
            not_allowed,
        ),
        ("no key usage", |s| s.remove(oid::KEY_USAGE), not_allowed),
        (
            "key agreement only",
            |s| s.replace(Extension::key_usage(&[4])),
            not_allowed,
        ),
        (
            "may issue besides",
            |s| s.replace(Extension::key_usage(&[1, 5])),
            not_allowed,
        ),
        (
            "an authority",
            |s| s.replace(Extension::basic_constraints(true, Some(0))),
            Err(VicalFlaw::SignerInvalid),
        ),
        ("expired", |s| s.not_after = AT - 1, expired),
        ("of tomorrow", |s| s.not_before = AT + DAY, expired),
    ];
    for (what, change, expected) in cases {
        let mut list = sound();
        change(&mut list.signer);
        assert_eq!(list.judged().map(drop), expected, "{what}");
        // One that the desk holds itself has to be one too.
        let pinned = issued(&list.signer, &association());
        let held = judged(&list.bytes(), &pinned).map(drop);
        let as_well = expected.map_err(|flaw| match flaw {
            VicalFlaw::SignerInvalid => VicalFlaw::SignerNotAllowed,
            other => other,
        });
        assert_eq!(held, as_well, "{what}, held");
    }
}

#[test]
fn the_chain_leads_from_the_signer_to_what_the_desk_holds() {
    let root = association();
    let [first, second, third] = ["first", "second", "third"].map(between);
    let link = |own: &Certificate, above: &Certificate| bytes(&issued(own, above));
    let chained = |chain: Vec<Value>| {
        let mut list = sound();
        list.chain = Some(Value::Array(chain));
        list.judged().map(drop)
    };
    let leaf = signer();
    let invalid = Err(VicalFlaw::SignerInvalid);
    assert_eq!(chained(vec![link(&leaf, &root)]), Ok(()));
    assert_eq!(
        chained(vec![link(&leaf, &root), link(&root, &root)]),
        Ok(())
    );
    let one = vec![link(&leaf, &first), link(&first, &root)];
    assert_eq!(chained(one.clone()), Ok(()));
    let two = vec![
        link(&leaf, &first),
        link(&first, &second),
        link(&second, &root),
    ];
    assert_eq!(chained(two.clone()), Ok(()));
    assert_eq!(
        chained([two.clone(), vec![link(&root, &root)]].concat()),
        Ok(())
    );
    let three = [&two[..2], &[link(&second, &third), link(&third, &root)]].concat();
    assert_eq!(chained(three.clone()), invalid, "three between");
    let five = [three, vec![link(&root, &root)]].concat();
    assert_eq!(chained(five), Err(VicalFlaw::Malformed));
    // Backwards, with a stranger in between, with the root's name but not its key.
    let backwards: Vec<_> = one.iter().rev().cloned().collect();
    assert!(chained(backwards).is_err());
    let stranger = vec![one[0].clone(), link(&third, &root), one[1].clone()];
    assert_eq!(chained(stranger), invalid);
    let mut namesake = root.clone();
    namesake.key = Key::p256("namesake");
    let under = vec![link(&leaf, &namesake), link(&namesake, &namesake)];
    assert_eq!(chained(under), invalid);
    assert_eq!(chained(vec![link(&leaf, &namesake)]), invalid);
    // Authorities that may not be one, and a root that allows none below.
    type Change = fn(&mut Certificate);
    let changes: [Change; 3] = [
        |c| c.replace(Extension::key_usage(&[6])),
        |c| c.remove(oid::BASIC_CONSTRAINTS),
        |c| c.not_after = AT - 1,
    ];
    for change in changes {
        let mut bad = first.clone();
        change(&mut bad);
        assert!(chained(vec![link(&leaf, &bad), link(&bad, &root)]).is_err());
    }
    let short = ministry("association root");
    let mut list = sound();
    list.chain = Some(Value::Array(one));
    assert_eq!(judged(&list.bytes(), &own(&short)).map(drop), invalid);
    let mut old = association();
    old.not_after = AT - 1;
    let expired = judged(&sound().bytes(), &own(&old)).map(drop);
    assert_eq!(expired, Err(VicalFlaw::SignerExpired));
    // In the protected header, as the second edition allows.
    let mut list = sound();
    list.chain_protected = true;
    assert!(list.judged().is_ok());
    let stranger = judged(&sound().bytes(), &own(&ministry("north")));
    assert_eq!(stranger, Err(VicalFlaw::SignerUnknown));
}
