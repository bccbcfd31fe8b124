//! `cargo xtask`: everything that is done to this project rather than by it.
//!
//! `run` and `test` need nothing but Rust and Node: see [`setup`].
// A command's output is its purpose.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod build;
mod check;
mod checks;
mod display;
mod evidence;
mod failure;
mod mint;
mod run;
mod screen;
mod setup;
mod shell;
mod test;
mod tidy;
mod tree;
mod vectors;

use std::process::ExitCode;

use failure::{Failure, Outcome};

const HELP: &str = "\
cargo xtask COMMAND

  run [-- ARGS…]       set up, build and open the desk
  test [PART…]         set up and run the tests; without PART, all of them
  check                format, lints, licences, bans, types, generated files, house rules
  bench walk           time of the whole walk against its raw signature checks
  bench scan [SECTION…]  what the scanner reads and costs beside four peers; --quick for a part of it
  bench bundle         what a nation's bundle costs, and how that grows; draws docs/images/bundle-scale.svg
  vectors              run the vectors of others; a line a folder, and the reason of each deviation
  checks               which check of which format is proven by which vector
  mint                 mint tests/vectors again from the training authority
  evidence desk        run what the desk has to show; print each figure beside its bar
  evidence eyes [SECTION…]     the same for the scanner: bench, glass (to verdict), fuzz
  evidence formats [SECTION…]  the same for the formats: vectors (of others), checks, bench, fuzz
  evidence bundle [SECTION…]   the same for the bundle of what desks know: kill, attacks, tampering,
                       python-tuf, tuftool, bench, sync (nginx), network, strace, silence, window
  evidence purposes [SECTION…]  the same for purposes, cards and what the desk asks: cells, challenge,
                       holder-web (in Chromium), window, axe, keyboard, leaks, text
  setup [run|test|check|bench]  only install what that command needs

Set-up installs by apt-get where it may, else it prints the command and stops.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn dispatch(words: &[&str]) -> Outcome {
    match words {
        ["run", "--", rest @ ..] | ["run", rest @ ..] => run::run(rest),
        ["test", parts @ ..] => test::test(parts),
        ["check"] => check::check(),
        ["bench", "walk"] => bench::walk().map(|_ratio| ()),
        ["bench", "scan", rest @ ..] => bench::scan(rest).map(|_figures| ()),
        ["bench", "bundle"] => evidence::bench_bundle(),
        ["vectors"] => vectors::run(),
        ["checks"] => checks::run(),
        ["mint"] => mint::mint(),
        ["evidence", "desk"] => evidence::desk(),
        ["evidence", "eyes", sections @ ..] => evidence::eyes(sections),
        ["evidence", "formats", sections @ ..] => evidence::formats(sections),
        ["evidence", "bundle", sections @ ..] => evidence::bundle(sections),
        ["evidence", "purposes", sections @ ..] => evidence::purposes(sections),
        ["setup"] => setup::prepare(setup::For::Test),
        ["setup", what] => match *what {
            "run" => setup::prepare(setup::For::Run),
            "test" => setup::prepare(setup::For::Test),
            "check" => setup::prepare(setup::For::Check),
            "bench" => setup::prepare_bench(),
            _ => Err(Failure::usage(HELP)),
        },
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(Failure::usage(HELP)),
    }
}
