//! Every check of every format is proven by a vector of that format which this check refuses, or
//! the table says why there is nothing to check.

use hwagin_tests::checks::{Cell, Check, Format, Proofs, ROWS};
use hwagin_verifier::format::outline::FormatOutline;

#[test]
fn every_cell_is_proven_or_says_why_it_cannot_be() {
    let flaws = Proofs::read().flaws();
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

#[test]
fn no_proof_stands_for_two_cells() {
    let cells = ROWS.iter().flat_map(|row| &row.cells);
    let mut proofs: Vec<_> = cells
        .filter(|cell| !matches!(cell, Cell::CannotBe(_)))
        .map(Cell::to_string)
        .collect();
    let count = proofs.len();
    proofs.sort();
    proofs.dedup();
    assert_eq!(proofs.len(), count);
}

#[test]
fn what_is_in_the_wrong_place_is_named() {
    let proofs = Proofs::read();
    let [mdoc, sd_cwt] = [FormatOutline::Mdoc, FormatOutline::SdCwt].map(Format::Presented);
    let flaw = |format, check, cell| proofs.flaw(format, check, &cell).unwrap_or_default();
    let changed = Cell::Vector("signature/one-bit-changed");
    assert_eq!(flaw(mdoc, Check::Signature, changed), "");
    let format = "is of another format";
    assert_eq!(flaw(sd_cwt, Check::Signature, changed), format);
    let check = flaw(mdoc, Check::Holder, changed);
    assert_eq!(check, "signature.invalid is no reason of this check");
    let nothing = Cell::Vector("signature/nothing");
    let missing = "there is no such vector";
    assert_eq!(flaw(mdoc, Check::Signature, nothing), missing);
    let revoked = Cell::Vector("status/revoked-in-one-bit");
    assert_eq!(flaw(Format::StatusList, Check::Status, revoked), "");
    let list = Format::IdentifierList;
    assert_eq!(flaw(list, Check::Status, revoked), format);
    let test = Cell::Test("takes_no_list");
    let missing = "there is no such test";
    assert_eq!(flaw(Format::Vical, Check::Signature, test), missing);
    assert_ne!(flaw(mdoc, Check::Signature, test), "");
    assert_ne!(flaw(mdoc, Check::Signature, Cell::CannotBe("no")), "");
}
