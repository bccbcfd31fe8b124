//! Every vector of others that a desk's way leads to: what we say is what was published, or the
//! table of deviations has the reason.

use hwagin_tests::{third_party, third_party_vectors};

#[test]
fn every_vector_of_others_comes_out_as_published_or_for_a_written_reason() {
    let Some(vectors) = third_party_vectors() else {
        return;
    };
    let mut unexplained = Vec::new();
    for report in third_party::run(&vectors, None) {
        println!("{report}");
        unexplained.extend(
            report
                .unexplained
                .iter()
                .map(|flaw| format!("{}: {flaw}", report.name)),
        );
    }
    assert!(
        unexplained.is_empty(),
        "{} unexplained:\n{}",
        unexplained.len(),
        unexplained.join("\n")
    );
}

#[test]
fn every_deviation_has_a_reason_that_can_be_read() {
    for entry in third_party::deviations::all() {
        assert!(
            entry.why.split_whitespace().count() >= 5,
            "{}: {}",
            entry.files,
            entry.why
        );
    }
}
