//! `bundle.toml`: what a bundle says of itself.
//!
//! ```toml
//! name = "Example hospital, desks"
//! issued = 2026-11-26T09:00:00Z
//! due = 2026-12-03T09:00:00Z     # when the next one is due; may be left out
//! ```

use hwagin_verifier::UnixTime;
use serde::Deserialize;

use super::codes::BundleFlaw;

/// What a bundle says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Manifest {
    /// What its publisher calls it: one line, at most 120 characters.
    pub name: String,
    /// When it was issued: no clock of a desk that holds it can be before that.
    pub issued: UnixTime,
    /// When the next one is due.
    pub due: Option<UnixTime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    issued: toml::value::Datetime,
    due: Option<toml::value::Datetime>,
}

/// What this file says.
///
/// # Errors
/// [`BundleFlaw::Manifest`]: not TOML, a field too many or too few, a time without its offset from
/// UTC, or a next issue before this one.
pub fn read(bytes: &[u8]) -> Result<Manifest, BundleFlaw> {
    let text = std::str::from_utf8(bytes).map_err(|_| BundleFlaw::Manifest)?;
    let file: File = toml::from_str(text).map_err(|_| BundleFlaw::Manifest)?;
    let fits = (1..=120).contains(&file.name.chars().count())
        && !file.name.chars().any(char::is_control)
        && !file.name.trim().is_empty();
    let issued = time(file.issued)?;
    let due = file.due.map(time).transpose()?;
    if !fits || due.is_some_and(|due| due < issued) {
        return Err(BundleFlaw::Manifest);
    }
    Ok(Manifest {
        name: file.name,
        issued,
        due,
    })
}

fn time(written: toml::value::Datetime) -> Result<UnixTime, BundleFlaw> {
    let parsed = written.to_string().parse::<jiff::Timestamp>();
    parsed
        .map(|time| UnixTime(time.as_second()))
        .map_err(|_| BundleFlaw::Manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_times_with_their_offset() {
        let read = read(b"name = \"a\"\nissued = 2026-11-26T09:00:00+09:00\n").unwrap();
        assert_eq!(read.issued, UnixTime(1_795_651_200));
        assert_eq!(read.due, None);
    }

    #[test]
    fn refuses_what_does_not_say_when() {
        for text in [
            "",
            "name = \"a\"",
            "name = \"a\"\nissued = 2026-11-26\n",
            "name = \"a\"\nissued = 2026-11-26T09:00:00\n",
            "name = \" \"\nissued = 2026-11-26T09:00:00Z\n",
            "name = \"a\\u0007\"\nissued = 2026-11-26T09:00:00Z\n",
            "name = \"a\"\nissued = 2026-11-26T09:00:00Z\nmore = 1\n",
            "name = \"a\"\nissued = 2026-11-26T09:00:00Z\ndue = 2026-11-25T09:00:00Z\n",
        ] {
            assert_eq!(read(text.as_bytes()), Err(BundleFlaw::Manifest), "{text}");
        }
    }
}
