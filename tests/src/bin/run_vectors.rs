//! Runs the vectors of others and prints a line a folder.
//!
//! `run-vectors [FILE]`: the file has what the verifier's own tests said of the folders that only
//! they can run. Without it those folders are left out.

use hwagin_tests::third_party::{self, Outside};
use hwagin_tests::third_party_vectors;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(vectors) = third_party_vectors() else {
        return ExitCode::FAILURE;
    };
    let outside = std::env::args_os().nth(1).map(|file| {
        let text = std::fs::read_to_string(file).unwrap();
        Outside::read(&text)
    });
    let reports = third_party::run(&vectors, outside.as_ref());
    for report in &reports {
        println!("{report}");
    }
    for (name, place) in third_party::ELSEWHERE {
        println!("{name}: {place}");
    }
    for (name, figure) in reports.iter().flat_map(|report| report.figures()) {
        println!("figure {name} {figure}");
    }
    let sum = |of: fn(&third_party::Report) -> usize| reports.iter().map(of).sum::<usize>();
    let unexplained = sum(|report| report.unexplained.len());
    println!(
        "{} files, {} statements: {} as published, {} otherwise for a written reason, {unexplained} unexplained",
        sum(|report| report.files),
        sum(|report| report.compared),
        sum(|report| report.agreed),
        sum(|report| report.deviations()),
    );
    if unexplained == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
