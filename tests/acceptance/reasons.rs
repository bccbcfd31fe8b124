//! The vectors by reason, as a table.

use hwagin_tests::vector;
use hwagin_verifier::Reason;
use std::collections::BTreeMap;

#[test]
fn the_table_of_vectors_by_reason_has_no_empty_row() {
    let mut rows: BTreeMap<Reason, Vec<String>> = Reason::ALL
        .iter()
        .map(|reason| (*reason, Vec::new()))
        .collect();
    let mut others = Vec::new();
    for vector in vector::all(&vector::folder()) {
        match vector.reason() {
            Some(reason) => rows.get_mut(&reason).unwrap().push(vector.name),
            None => others.push(vector.name),
        }
    }
    let count: usize = rows.values().map(Vec::len).sum();
    println!(
        "{count} vectors for {} reasons, {} accepted or hinted at",
        rows.len(),
        others.len()
    );
    for (reason, names) in &rows {
        println!(
            "{:<28} {:>3}  {}",
            reason.code(),
            names.len(),
            names.join(" ")
        );
    }
    let empty: Vec<_> = rows.iter().filter(|(_, names)| names.is_empty()).collect();
    assert!(
        empty.is_empty(),
        "no vector for {:?}",
        empty.iter().map(|(r, _)| r.code()).collect::<Vec<_>>()
    );
}
