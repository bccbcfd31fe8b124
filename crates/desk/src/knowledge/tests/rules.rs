//! Rules of a purpose or a table that cannot be kept.

use super::*;

#[test]
fn rules_that_exclude_each_other_are_named_with_their_line() {
    let name = "purposes/bank-teller.toml";
    let needs = "needs = \"challenge\"\n";
    let line = line_of(name, "needs = ") + 1;
    let none = format!("{needs}offers_challenge = false\n");
    assert_eq!(
        changed(name, needs, &none),
        [format!("{name}:{line} contradiction")]
    );
    let bearer = "needs = \"bearer\"\noffers_challenge = true\n";
    assert_eq!(
        changed(name, needs, bearer),
        [format!("{name}:{line} contradiction")]
    );
}

#[test]
fn a_table_that_nobody_has_is_named_with_its_line() {
    let name = "purposes/employer-contract.toml";
    let line = line_of(name, "table = ") - 2;
    assert_eq!(
        changed(name, "kr-work", "kr-leisure"),
        [format!("{name}:{line} unknown_table")]
    );
    let name = "tables/kr-work.toml";
    let line = line_of(name, "\"D-2\", \"D-4\"");
    assert_eq!(
        changed(name, "\"D-2\", \"D-4\"", "\"D-2\", \"E-9\"")[0],
        format!("{name}:{line} duplicate")
    );
    assert_eq!(
        changed(name, "\"D-2\", \"D-4\"", "\"student\"")[0],
        format!("{name}:{line} bad_value")
    );
}

#[test]
fn what_no_purpose_may_show_and_what_cannot_be_asked_is_named() {
    let name = "purposes/consular-service.toml";
    let line = line_of(name, "claim = \"mission\"") - 1;
    for (claim, code) in [
        ("connecting_information", "bad_value"),
        ("bearer_signature", "bad_value"),
        ("stay_until", "unknown_claim"),
    ] {
        assert_eq!(
            changed(name, "claim = \"mission\"", &format!("claim = \"{claim}\"")),
            [format!("{name}:{line} {code}")],
        );
    }
    let name = "purposes/landlord.toml";
    for (from, to, code) in [
        (
            "rule = \"stay_valid_on\"",
            "rule = \"document_current\"",
            "bad_value",
        ),
        ("rule = \"address_in\"", "rule = \"age_over\"", "bad_value"),
        (
            "rule = \"address_in\"",
            "rule = \"stay_valid_on\"",
            "duplicate",
        ),
        ("rule = \"address_in\"", "rule = \"luck\"", "bad_value"),
    ] {
        let found = changed(name, from, to);
        assert!(found[0].ends_with(code), "{from}: {found:?}");
    }
}
