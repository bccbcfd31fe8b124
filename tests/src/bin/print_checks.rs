//! Prints which check of which format is proven by what, and what is missing.

use hwagin_tests::checks::{Cell, Check, Proofs, ROWS};
use std::process::ExitCode;

fn main() -> ExitCode {
    let proofs = Proofs::read();
    let [mut proven, mut cannot_be, mut missing] = [0; 3];
    let (mut marks, mut details) = (String::new(), String::new());
    for row in &ROWS {
        let name = row.format.name();
        marks.push_str(&format!("{name:<16}"));
        let without = proofs.flaw_of_sound(row);
        let sound = without.map_or(String::new(), |flaw| format!(" MISSING: {flaw}"));
        missing += usize::from(!sound.is_empty());
        details.push_str(&format!("\n{name}; accepted: {}{sound}\n", row.sound));
        for (check, cell) in Check::ALL.into_iter().zip(&row.cells) {
            let flaw = proofs.flaw(row.format, check, cell);
            let (mark, count) = match (&flaw, cell) {
                (Some(_), _) => ("MISSING", &mut missing),
                (None, Cell::CannotBe(_)) => ("-", &mut cannot_be),
                (None, _) => ("proven", &mut proven),
            };
            *count += 1;
            marks.push_str(&format!("{mark:<14}"));
            let flaw = flaw.map_or(String::new(), |flaw| format!(" MISSING: {flaw}"));
            details.push_str(&format!("  {:<14}{cell}{flaw}\n", check.name()));
        }
        marks.truncate(marks.trim_end().len());
        marks.push('\n');
    }
    let heads = Check::ALL
        .map(|check| format!("{:<14}", check.name()))
        .concat();
    println!("{:<16}{heads}\n{marks}{details}", "");
    println!("figure checks.proven {proven}");
    println!("figure checks.cannot_be {cannot_be}");
    println!("figure checks.missing {missing}");
    println!("{proven} cells proven, {cannot_be} that cannot be, {missing} missing");
    if missing == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
