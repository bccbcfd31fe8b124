//! Whether a cell is what its place in the table says.

use super::{Cell, Check, Format, ROWS, Row};
use crate::vector::{self, Vector};
use ciborium::Value as Cbor;
use hwagin_verifier::Payload;
use hwagin_verifier::format::{self, outline::FormatOutline};
use hwagin_verifier::transport::{self, Scanned};
use std::collections::BTreeMap;
use std::path::Path;

/// Claims of a list: bits, or identifiers.
const STATUS_LIST: i64 = 65_533;
const IDENTIFIER_LIST: i64 = 65_530;

/// What the cells are held to: every vector, by name.
pub struct Proofs(BTreeMap<String, Vector>);

impl Proofs {
    /// With the vectors as they are kept.
    ///
    /// # Panics
    /// Where one cannot be read.
    pub fn read() -> Self {
        let vectors = vector::all(&vector::folder()).into_iter();
        Self(vectors.map(|it| (it.name.clone(), it)).collect())
    }

    /// What is wrong in the whole table, with its place; empty where nothing is.
    pub fn flaws(&self) -> Vec<String> {
        let mut found = Vec::new();
        for row in &ROWS {
            let name = row.format.name();
            let sound = self.flaw_of_sound(row);
            found.extend(sound.map(|flaw| format!("{name}, accepted: {}: {flaw}", row.sound)));
            for (check, cell) in Check::ALL.into_iter().zip(&row.cells) {
                let flaw = self.flaw(row.format, check, cell);
                let check = check.name();
                found.extend(flaw.map(|flaw| format!("{name} × {check}: {cell}: {flaw}")));
            }
        }
        found
    }

    /// Why this cell proves nothing, if so.
    pub fn flaw(&self, format: Format, check: Check, cell: &Cell) -> Option<String> {
        let name = match cell {
            Cell::CannotBe(why) => return no_reason(why),
            Cell::Test(name) => return no_test(format, name),
            Cell::Vector(name) => name,
        };
        let Some(vector) = self.0.get(*name) else {
            return Some("there is no such vector".to_owned());
        };
        let code = vector.case.expect.as_str();
        let reasons = check.reasons(format);
        if !reasons.iter().any(|begin| code.starts_with(begin)) {
            return Some(format!("{code} is no reason of this check"));
        }
        of_another_format(vector, format)
    }

    /// Why the vector without a flaw is none, if so.
    pub fn flaw_of_sound(&self, row: &Row) -> Option<String> {
        let name = match &row.sound {
            Cell::CannotBe(_) => return Some("something has to be accepted".to_owned()),
            Cell::Test(name) => return no_test(row.format, name),
            Cell::Vector(name) => name,
        };
        let Some(vector) = self.0.get(*name) else {
            return Some("there is no such vector".to_owned());
        };
        let case = &vector.case;
        if case.expect != "accept" {
            return Some(format!("expects {}", case.expect));
        }
        let is_list = !matches!(row.format, Format::Presented(_));
        if is_list && case.cautions.iter().any(|it| it == "no_status") {
            return Some("names no status, so that no list was looked at".to_owned());
        }
        of_another_format(vector, row.format)
    }
}

fn no_reason(why: &str) -> Option<String> {
    let is_read = why.split_whitespace().count() >= 3;
    (!is_read).then(|| "says not why".to_owned())
}

/// Whether the test is not in the file that its name leads to. Only a VICAL is no vector's.
fn no_test(format: Format, name: &str) -> Option<String> {
    if format != Format::Vical {
        return Some("this format has vectors".to_owned());
    }
    let (module, function) = name.rsplit_once("::").unwrap_or(("vicals", name));
    let file = format!("acceptance/{}.rs", module.replace("::", "/"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let is_there = text.contains(&format!("#[test]\nfn {function}()"));
    (!is_there).then(|| "there is no such test".to_owned())
}

fn of_another_format(vector: &Vector, format: Format) -> Option<String> {
    let is_of_it = match format {
        Format::Presented(format) => presented(vector) == Some(format),
        Format::StatusList => names_only(vector, STATUS_LIST),
        Format::IdentifierList => names_only(vector, IDENTIFIER_LIST),
        Format::Vical => false,
    };
    (!is_of_it).then(|| "is of another format".to_owned())
}

/// The format of what is shown: that of its structure, or of its prefix where that is broken.
fn presented(vector: &Vector) -> Option<FormatOutline> {
    let text = String::from_utf8_lossy(&vector.presentation);
    let payload = if vector.case.captured {
        Payload::captured(&crate::hex(text.trim()))
    } else {
        match transport::read(&vector.presentation) {
            Ok(Scanned::Presentation(payload)) => Some(payload),
            _ => None,
        }
    };
    let outline = payload.as_ref().and_then(|it| format::parse(it).ok());
    if let Some(Ok(outline)) = outline.map(|it| it.outline()) {
        return Some(outline.format);
    }
    match text.split(':').next() {
        Some("HC1" | "LT1") => Some(FormatOutline::Hcert),
        Some("NZCP") => Some(FormatOutline::Nzcp),
        _ => None,
    }
}

/// Whether the desk holds lists of this claim and no others.
fn names_only(vector: &Vector, claim: i64) -> bool {
    let mut lists = vector.lists();
    lists.next().is_some() && vector.lists().all(|list| has_claim(&list, claim))
}

fn has_claim(list: &[u8], claim: i64) -> bool {
    let message = ciborium::from_reader::<Cbor, _>(list).ok();
    let message = message.map(|it| match it {
        Cbor::Tag(18, inside) => *inside,
        other => other,
    });
    let payload = message
        .as_ref()
        .and_then(|it| it.as_array()?.get(2)?.as_bytes());
    let claims = payload.and_then(|it| ciborium::from_reader::<Cbor, _>(it.as_slice()).ok());
    let claims = claims.and_then(|it| it.into_map().ok()).unwrap_or_default();
    claims.iter().any(|(key, _)| *key == Cbor::from(claim))
}
