//! Each sample case of each card through the real command line.

use std::path::Path;

use serde_json::Value;

use super::Line;
use crate::build::Built;
use crate::failure::{Failure, Outcome};
use crate::{shell, tree};

/// The cards of the training authority.
const CARDS: [&str; 2] = ["mfc", "mdl"];

/// Where the samples are shown.
const PURPOSE: &str = "hospital-reception";

/// What a desk must say to a case: exit code, and the reason or the caution.
struct Case {
    name: &'static str,
    code: i32,
    says: Option<&'static str>,
}

const fn accepted(name: &'static str, caution: Option<&'static str>) -> Case {
    Case {
        name,
        code: 0,
        says: caution,
    }
}

const fn refused(name: &'static str, reason: &'static str) -> Case {
    Case {
        name,
        code: 1,
        says: Some(reason),
    }
}

const fn undecided(name: &'static str, reason: &'static str) -> Case {
    Case {
        name,
        code: 2,
        says: Some(reason),
    }
}

/// Written from the design, not from what the program prints.
const CASES: [Case; 17] = [
    accepted("valid", None),
    accepted("ending-soon", Some("ending_soon")),
    refused("suspended", "status.suspended"),
    refused("revoked", "status.revoked"),
    refused("expired", "validity.expired"),
    refused("not-yet", "validity.not_yet"),
    refused("altered-name", "digest.mismatch"),
    refused("missing-digest", "digest.missing"),
    undecided("wrong-issuer", "issuer.unknown"),
    refused("ds-revoked", "issuer.revoked"),
    refused("ds-country", "issuer.country_mismatch"),
    refused("doctype-swapped", "format.type_mismatch"),
    refused("stale", "holder.too_old"),
    refused("replayed", "holder.replayed"),
    refused("wrong-device-key", "holder.proof_invalid"),
    undecided("future", "holder.from_future"),
    accepted(IN_PARTS, None),
];

/// The case that one code cannot hold: it is written as the frames of a phone that plays it.
const IN_PARTS: &str = "large-portrait";

pub(super) fn lines(built: &Built) -> Vec<Line> {
    let mut lines = vec![Line::of(
        "hwagin cases: the table in one command",
        "every case of every card",
        table(built),
    )];
    for card in CARDS {
        for case in &CASES {
            let name = format!("hwagin verify, {card} {}", case.name);
            let bar = match case {
                Case {
                    code: 0,
                    says: None,
                    ..
                } => "exit 0".to_owned(),
                Case { code, says, .. } => format!("exit {code}, {}", says.unwrap_or_default()),
            };
            lines.push(Line::of(&name, &bar, shown(built, card, case)));
        }
    }
    lines
}

/// Mints the case as a picture, or as a folder of them, and reads it with the desk.
fn shown(built: &Built, card: &str, case: &Case) -> Outcome<(String, bool)> {
    // A name that ends in a slash is a folder's.
    let end = if case.name == IN_PARTS { "/" } else { ".png" };
    let file = tree::emptied("sample")?.join(format!("{card}-{}{end}", case.name));
    let mut sample = built.command("hwagin-cli", "hwagin")?;
    let made = shell::quiet(sample.args(["sample", card, case.name, "--out"]).arg(&file))?;
    if !made.ok() || !file.exists() {
        return Err(Failure::new(format!("hwagin sample: {}", made.text.trim())));
    }
    let (code, said) = verify(built, &file)?;
    let ok = code == Some(case.code) && says(&said, case);
    let reason = said
        .get("reason")
        .and_then(Value::as_str)
        .unwrap_or("no reason");
    let code = code.map_or("a signal".to_owned(), |code| code.to_string());
    let figure = match case {
        Case {
            code: 0,
            says: Some(_),
            ..
        } => format!("exit {code}, {}", cautions(&said).join(" ")),
        _ => format!("exit {code}, {reason}"),
    };
    Ok((figure, ok))
}

fn verify(built: &Built, file: &Path) -> Outcome<(Option<i32>, Value)> {
    let mut command = built.command("hwagin-cli", "hwagin")?;
    let done = shell::quiet(
        command
            .args(["verify", "--json", "--purpose", PURPOSE])
            .arg(file),
    )?;
    let object = done
        .text
        .lines()
        .find_map(|line| serde_json::from_str::<Value>(line).ok());
    match object {
        Some(object) => Ok((done.code, object)),
        None => Err(Failure::new(format!(
            "hwagin verify --json: {}",
            done.text.trim()
        ))),
    }
}

fn says(said: &Value, case: &Case) -> bool {
    let reason = said.get("reason").and_then(Value::as_str);
    match case.says {
        caution if case.code == 0 => {
            reason.is_none() && caution.is_none_or(|caution| cautions(said).contains(&caution))
        }
        expected => reason == expected,
    }
}

fn cautions(said: &Value) -> Vec<&str> {
    let list = said.get("cautions").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// The command that prints them all at once.
fn table(built: &Built) -> Outcome<(String, bool)> {
    let done = shell::watched(built.command("hwagin-cli", "hwagin")?.arg("cases"))?;
    let rows = rows(&done.text);
    Ok((
        format!(
            "exit {:?}, {rows} rows as designed",
            done.code.unwrap_or(-1)
        ),
        done.ok() && rows == CARDS.len() * CASES.len(),
    ))
}

/// How many card and case pairs the table has, with what the design says beside them.
fn rows(text: &str) -> usize {
    let has = |line: &str, word: &str| {
        line.split_whitespace()
            .any(|found| found.trim_matches(['|', ',']) == word)
    };
    let is_row = |card: &str, case: &Case| {
        text.lines().any(|line| {
            let reason = if case.code == 0 { None } else { case.says };
            has(line, card) && has(line, case.name) && reason.is_none_or(|reason| has(line, reason))
        })
    };
    CARDS
        .iter()
        .flat_map(|card| CASES.iter().filter(|case| is_row(card, case)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_reason_is_noticed() {
        let case = refused("revoked", "status.revoked");
        assert!(says(
            &serde_json::json!({"reason": "status.revoked"}),
            &case
        ));
        assert!(!says(
            &serde_json::json!({"reason": "status.suspended"}),
            &case
        ));
        assert!(!says(&serde_json::json!({"reason": null}), &case));
    }

    #[test]
    fn a_missing_caution_is_noticed() {
        let case = accepted("ending-soon", Some("ending_soon"));
        assert!(says(
            &serde_json::json!({"reason": null, "cautions": ["ending_soon"]}),
            &case
        ));
        assert!(!says(
            &serde_json::json!({"reason": null, "cautions": []}),
            &case
        ));
    }

    #[test]
    fn only_rows_with_the_right_reason_count() {
        assert_eq!(
            rows("mfc valid accept\nmfc revoked refuse status.revoked\nmdl revoked x"),
            2
        );
    }
}
