//! `cargo xtask evidence purposes`: what purposes, cards and the desk's challenge have to show.

use std::path::Path;

use super::{Line, Show, Told, driven, tested};
use crate::bench::{Figures, figures};
use crate::failure::{Failure, Outcome, While};
use crate::{build, setup, shell, tree};

/// The sections, in order.
const SECTIONS: [(&str, Show); 10] = [
    ("cells", cells),
    ("challenge", challenge),
    ("vectors", vectors),
    ("keys", keys),
    ("holder-web", holder_web),
    ("window", window),
    ("axe", axe),
    ("keyboard", keyboard),
    ("leaks", leaks),
    ("text", text),
];

/// The package with most of it.
const DESK: &str = "hwagin-desk";

/// Everything was run, printed and written down; nothing is short.
pub(crate) fn purposes(sections: &[&str]) -> Outcome {
    super::run_sections("purposes", &SECTIONS, sections)
}

/// A line for which the tests count, and nothing else.
const UNCOUNTED: (&str, Told) = ("", |_| (String::new(), true));

fn of(figures: &Figures, name: &str) -> f64 {
    figures.get(name).copied().unwrap_or(f64::NAN)
}

fn cells() -> Vec<Line> {
    let page = tree::root().join("docs").join("data").join("purposes.md");
    if let Ok(table) = std::fs::read_to_string(page) {
        println!("{table}");
    }
    let told = |figures: &Figures| {
        let [cells, leaks] =
            ["purposes.cells", "purposes.leak_checks"].map(|name| of(figures, name));
        let figure = format!("{cells} cells, no other claim in {leaks} checks; ");
        (figure, cells >= 80.0 && leaks >= 500.0)
    };
    vec![tested(
        "purposes × cards by kept presentations, and what goes to the window",
        (DESK, "purposes"),
        2,
        ("at least 80 cells, none in at least 500; ", told),
    )]
}

fn challenge() -> Vec<Line> {
    vec![tested(
        "what a desk asks, and what becomes of answers",
        (DESK, "challenge"),
        9,
        UNCOUNTED,
    )]
}

/// The specification's test vectors, as the desk reads them and as the holder in the web does.
fn vectors() -> Vec<Line> {
    let name = "the same, by the holder that was written from the page alone";
    let bar = "at least 25 compared, 40 challenges refused";
    let by_holder = setup::prepare_browser().and_then(|()| {
        let mut command = setup::npm(setup::HOLDER);
        command.args(["exec", "--", "vitest", "run", "test/vectors.test.ts"]);
        let done = shell::watched(&mut command)?;
        let figures = figures(&done.text);
        let sum = |kinds: &[&str]| -> f64 {
            let counted = kinds
                .iter()
                .map(|kind| of(&figures, &format!("vectors.{kind}")));
            counted.sum()
        };
        let compared = sum(&[
            "texts",
            "handovers",
            "tokens",
            "replay_ids",
            "messages_in_parts",
        ]);
        let compared = compared + sum(&["challenges"]);
        let refused = sum(&["no_challenge", "ended", "ahead"]);
        let figure = format!("{compared} compared, {refused} challenges refused");
        Ok((figure, done.ok() && compared >= 25.0 && refused >= 40.0))
    });
    vec![
        tested(
            "the specification's test vectors, before the desk",
            (DESK, "optical_vectors"),
            11,
            ("at least 30 refused; ", |figures| {
                let refused = of(figures, "specification.refused");
                (format!("{refused} refused; "), refused >= 30.0)
            }),
        ),
        Line::of(name, bar, by_holder),
    ]
}

/// Where the desk's key is, and what it notes of what a clerk has shown or copied.
fn keys() -> Vec<Line> {
    vec![
        tested(
            "the desk's key in GNOME Keyring, on a bus of the test's own",
            ("hwagin-cli", "key_store"),
            1,
            UNCOUNTED,
        ),
        tested(
            "masks lifted and values copied are journalled, and nothing of the person",
            (DESK, "journal"),
            3,
            UNCOUNTED,
        ),
    ]
}

/// Cases of the holder in the web, and what the desk says to each.
const CASES: [(&str, &str); 10] = [
    ("valid", "accept"),
    ("suspended", "refuse status.suspended"),
    ("revoked", "refuse status.revoked"),
    ("expired", "refuse validity.expired"),
    ("not-yet", "refuse validity.not_yet"),
    ("altered-name", "refuse digest."),
    ("stale", "refuse holder.too_old"),
    ("future", "abstain holder.from_future"),
    ("wrong-device-key", "refuse holder.proof_invalid"),
    ("other-desk", "refuse holder.challenge_mismatch"),
];

/// A purpose that takes nothing but an answer.
const ASKING: &str = "bank-teller";

fn holder_web() -> Vec<Line> {
    let shown = setup::prepare_browser()
        .and_then(|()| shell::must(setup::npm(setup::HOLDER).args(["run", "build"])))
        .and_then(|()| build::everything())
        .and_then(|built| {
            let hwagin = built.path("hwagin-cli", "hwagin")?.to_owned();
            Ok((judged(&hwagin)?, answered(&hwagin)?))
        });
    let (cases, answers) = match shown {
        Ok((cases, answers)) => (Ok(cases), Ok(answers)),
        Err(failure) => {
            let text = failure.to_string();
            (Err(failure), Err(Failure::new(text)))
        }
    };
    vec![
        Line::of(
            "the holder in the web before the desk: cases in two formats",
            "all as expected",
            cases,
        ),
        Line::of(
            "its answers to a desk's challenge",
            "accepted in both formats",
            answers,
        ),
    ]
}

/// What this page shows in a headless browser, as pictures in that place.
fn present(words: &[&str], to: &Path) -> Outcome {
    let _ = std::fs::remove_dir_all(to);
    let _ = std::fs::remove_file(to);
    let mut command = setup::npm(setup::HOLDER);
    command
        .args(["run", "--silent", "present", "--"])
        .args(words)
        .arg("--png")
        .arg(to);
    let done = shell::quiet(&mut command)?;
    if done.ok() {
        Ok(())
    } else {
        Err(Failure::new(done.text))
    }
}

/// What `hwagin verify` says to them.
fn verdict(hwagin: &Path, words: &[&str], shown: &Path) -> Outcome<String> {
    let mut command = shell::program(hwagin);
    command.arg("verify").args(words).arg(shown);
    let done = shell::quiet(&mut command)?;
    let said = done.text.lines().next().unwrap_or_default();
    Ok(said.rsplit(": ").next().unwrap_or_default().to_owned())
}

fn judged(hwagin: &Path) -> Outcome<(String, bool)> {
    let folder = tree::emptied("holder-web")?;
    let (mut right, mut wrong) = (0, Vec::new());
    for format in ["mdoc", "sd-cwt"] {
        for (case, expected) in CASES {
            let shown = folder.join(format!("{format}-{case}"));
            present(
                &["--card", "mfc", "--case", case, "--format", format],
                &shown,
            )?;
            let said = verdict(hwagin, &["--purpose", "hospital-reception"], &shown)?;
            println!("{format} {case}: {said}");
            if said.starts_with(expected) {
                right += 1;
            } else {
                wrong.push(format!("{format} {case}: {said}"));
            }
        }
    }
    let all = 2 * CASES.len();
    Ok((
        format!("{right} of {all} {}", wrong.join(", "))
            .trim()
            .to_owned(),
        right == all,
    ))
}

fn answered(hwagin: &Path) -> Outcome<(String, bool)> {
    let folder = tree::emptied("holder-web-answers")?;
    let asked = folder.join("asked.txt");
    let mut accepted = 0;
    for format in ["mdoc", "sd-cwt"] {
        let mut ask = shell::program(hwagin);
        ask.args(["challenge", "--purpose", ASKING, "--out"])
            .arg(&asked);
        shell::must(&mut ask)?;
        let text = std::fs::read_to_string(&asked).while_doing("asked.txt")?;
        let text = text.trim();
        let shown = folder.join(format);
        present(
            &["--card", "mfc", "--format", format, "--challenge", text],
            &shown,
        )?;
        let words = ["--purpose", ASKING, "--challenge", text];
        let said = verdict(hwagin, &words, &shown)?;
        println!("{format}, answering: {said}");
        accepted += usize::from(said == "accept");
    }
    Ok((format!("{accepted} of 2"), accepted == 2))
}

fn window() -> Vec<Line> {
    let (bar, told) = UNCOUNTED;
    let name = "the challenge in two real windows";
    vec![driven(name, "challenge::", bar, told)]
}

fn axe() -> Vec<Line> {
    let name = "axe-core on every screen of the real web view";
    vec![driven(name, "axe::", "at least 80 screens; ", screens)]
}

fn screens(figures: &Figures) -> (String, bool) {
    let screens = of(figures, "axe.screens");
    (format!("{screens} screens; "), screens >= 80.0)
}

fn keyboard() -> Vec<Line> {
    let name = "whole checks, a customer and an exercise by keyboard alone";
    let bar = "at least 100 keys, the focus in sight at 50 stops; ";
    vec![driven(name, "keyboard::", bar, pressed)]
}

fn pressed(figures: &Figures) -> (String, bool) {
    let keys = of(figures, "keyboard.steps");
    let stops = of(figures, "keyboard.stops");
    let figure = format!("{keys} keys, the focus in sight at {stops} stops; ");
    (figure, keys >= 100.0 && stops >= 50.0)
}

fn leaks() -> Vec<Line> {
    let name = "values outside the purpose in the real windows, in what comes to them, on the disk";
    let bar = "none in at least 1000 checks of each; ";
    vec![driven(name, "purposes_leak::", bar, searched)]
}

fn searched(figures: &Figures) -> (String, bool) {
    let names = ["dom.leak_checks", "ipc.leak_checks", "log.leak_checks"];
    let [dom, ipc, log] = names.map(|name| of(figures, name));
    let figure = format!("none in {dom} checks of pages, {ipc} of messages, {log} of files; ");
    let is_enough = [dom, ipc, log].iter().all(|checks| *checks >= 1000.0);
    (figure, is_enough)
}

fn text() -> Vec<Line> {
    let name = "text on every screen at 100, 150 and 200 %";
    let bar = "none cut off on at least 120 screens; ";
    vec![driven(name, "text_size::", bar, cut)]
}

fn cut(figures: &Figures) -> (String, bool) {
    let (screens, cut) = (of(figures, "text.screens"), of(figures, "text.cut"));
    let figure = format!("{cut} cut off on {screens} screens; ");
    (figure, screens >= 120.0 && cut == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_is_missing_or_too_small_is_short() {
        let enough = figures(
            "figure axe.screens 80\nfigure keyboard.steps 100\nfigure keyboard.stops 50\n\
             figure dom.leak_checks 1000\nfigure ipc.leak_checks 1000\n\
             figure log.leak_checks 1000\nfigure text.screens 120\nfigure text.cut 0\n",
        );
        for told in [screens, pressed, searched, cut] {
            assert!(told(&enough).1, "{}", told(&enough).0);
            assert!(!told(&Figures::new()).1);
        }
        for name in enough.keys() {
            let mut short = enough.clone();
            let worse = if name == "text.cut" { 1.0 } else { 49.0 };
            short.insert(name.clone(), worse);
            let lines = [screens, pressed, searched, cut];
            let missed = lines.iter().filter(|told| !told(&short).1).count();
            assert_eq!(missed, 1, "{name}");
        }
    }
}
