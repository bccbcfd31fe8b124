//! TOML with the line of whatever is wrong.

use std::ops::Range;

use hwagin_verifier::CalendarDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::de::{DeTable, Deserializer};

use super::problem::{Problem, ProblemCode};

/// One file's name and text, to name lines in.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl<'a> Source<'a> {
    /// The text of these bytes.
    pub(super) fn new(file: &'a str, bytes: &'a [u8]) -> Result<Self, Problem> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { file, text }),
            Err(error) => {
                let line = line_at(bytes, error.valid_up_to());
                Err(Problem::new(file, Some(line), ProblemCode::NotToml))
            }
        }
    }

    /// The file as a `T`, and nothing in it that a `T` has no place for.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let table =
            DeTable::parse(self.text).map_err(|error| self.fault(&error, ProblemCode::NotToml))?;
        T::deserialize(Deserializer::from(table)).map_err(|error| {
            // serde says it in words only; this is how every message about it begins.
            let unknown = error.message().starts_with("unknown field");
            let code = if unknown {
                ProblemCode::UnknownField
            } else {
                ProblemCode::BadValue
            };
            self.fault(&error, code)
        })
    }

    /// This problem, at the line where `span` begins.
    pub(super) fn problem(&self, span: &Range<usize>, code: ProblemCode) -> Problem {
        Problem::new(self.file, Some(self.line(span)), code)
    }

    /// The line where `span` begins, from 1.
    pub(super) fn line(&self, span: &Range<usize>) -> u32 {
        line_at(self.text.as_bytes(), span.start)
    }

    fn fault(&self, error: &toml::de::Error, code: ProblemCode) -> Problem {
        match error.span() {
            Some(span) => self.problem(&span, code),
            None => Problem::new(self.file, None, code),
        }
    }
}

fn line_at(text: &[u8], at: usize) -> u32 {
    let before = text.iter().take(at).filter(|byte| **byte == b'\n').count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// A name that files refer to each other by: small letters, digits, `-` and `_`, at most 64.
#[derive(Deserialize, Clone, PartialEq, Eq, schemars::JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("pattern" = "^[a-z0-9_-]{1,64}$"))]
pub(super) struct Name(pub(super) String);

impl TryFrom<String> for Name {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
        if (1..=64).contains(&text.len()) && text.bytes().all(letter) {
            Ok(Self(text))
        } else {
            Err("bad name")
        }
    }
}

/// Words on one line: not empty, no control characters, at most 200 characters.
#[derive(Deserialize, Clone, schemars::JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("minLength" = 1, "maxLength" = 200))]
pub(super) struct Line(pub(super) String);

impl TryFrom<String> for Line {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = !text.trim().is_empty() && text.chars().count() <= 200;
        if fits && !text.chars().any(char::is_control) {
            Ok(Self(text))
        } else {
            Err("bad line")
        }
    }
}

/// A day, written as TOML writes one.
#[derive(Deserialize, Clone, Copy, schemars::JsonSchema)]
#[serde(try_from = "toml::value::Datetime")]
#[schemars(with = "String", extend("format" = "date"))]
pub(super) struct Day(pub(super) CalendarDate);

impl TryFrom<toml::value::Datetime> for Day {
    type Error = &'static str;

    fn try_from(value: toml::value::Datetime) -> Result<Self, Self::Error> {
        match (value.date, value.time, value.offset) {
            (Some(date), None, None) => {
                CalendarDate::new(date.year.into(), date.month, date.day).map(Self)
            }
            _ => None,
        }
        .ok_or("bad day")
    }
}
