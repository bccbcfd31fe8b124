//! What single symbols are.

use super::*;

fn hint(text: &str) -> Hint {
    match read(text.as_bytes()) {
        Ok(Scanned::Foreign(hint)) => hint,
        _ => panic!("{text} taken for a presentation"),
    }
}

fn are(kind: Hint, texts: &[&str]) {
    for text in texts {
        assert_eq!(hint(text), kind, "{text}");
    }
}

/// Near misses: what lacks a piece of the evidence is not named.
fn are_nothing(texts: &[&str]) {
    are(Hint::Unrecognised, texts);
}

fn reason(text: &[u8]) -> Reason {
    read(text).err().unwrap()
}

fn text(body: &[u8]) -> Vec<u8> {
    format!("{PREFIX}{}", ::base45::encode(body)).into_bytes()
}

#[test]
fn a_foreign_symbol_is_a_hint_and_not_a_failure() {
    assert_eq!(hint("https://example.com/"), Hint::WebLink);
    assert_eq!(hint("HWG2:ABC"), Hint::NewerVersion);
    assert_eq!(hint("hwg1:abc"), Hint::NewerVersion);
    assert_eq!(hint("hello"), Hint::Unrecognised);
    assert_eq!(hint(""), Hint::Unrecognised);
    // Without a prefix, what does not decode is some other text.
    assert_eq!(hint("6BFOXN"), Hint::Unrecognised);
    assert_eq!(hint("6BF"), Hint::Unrecognised);
}

#[test]
fn what_has_the_prefix_of_a_document_and_is_none_is_undecodable() {
    for broken in [
        "HC1:",
        "HC1:6BFOXN",
        "LT1:6BF",
        "HC1:::::",
        "NZCP:/1/2KCEVIQE",
        "NZCP:/1/a",
        "NZCP:/1/2KC=",
    ] {
        let said = read(broken.as_bytes());
        let decoded = matches!(said, Ok(Scanned::Presentation(_)));
        assert!(decoded || said.is_err(), "{broken}");
        assert_eq!(decoded, broken == "NZCP:/1/2KCEVIQE", "{broken}");
    }
}

#[test]
fn broken_text_is_undecodable() {
    for broken in [
        "HWG1:",
        "HWG1:A",
        "HWG1::::",
        "HWG1:bb8",
        "HWG1:BB8\n",
        "HWG1:GGW",
    ] {
        assert_eq!(reason(broken.as_bytes()), Reason::Undecodable, "{broken}");
    }
    assert_eq!(reason(&text(&[2, 1, 2])), Reason::Undecodable);
    assert_eq!(reason(&text(&[1, 0x78, 0x9c])), Reason::Undecodable);
}

#[test]
fn a_zlib_bomb_stops_at_the_cap() {
    let mut body = vec![ZLIB];
    body.extend(miniz_oxide::deflate::compress_to_vec_zlib(
        &vec![0; MAX_BODY + 1],
        9,
    ));
    assert_eq!(reason(&text(&body)), Reason::TooLarge);
    let mut body = vec![ZLIB];
    body.extend(miniz_oxide::deflate::compress_to_vec_zlib(
        &vec![7; MAX_BODY],
        9,
    ));
    let Ok(Scanned::Presentation(payload)) = read(&text(&body)) else {
        panic!("refused")
    };
    assert_eq!(payload.bytes(), vec![7; MAX_BODY]);
    body.push(0);
    assert_eq!(reason(&text(&body)), Reason::Undecodable);
    assert_eq!(
        reason(format!("HWG1:{}", "0".repeat(MAX_TEXT + 1)).as_bytes()),
        Reason::TooLarge
    );
}

#[test]
fn a_changed_checksum_is_undecodable() {
    let mut body = vec![ZLIB];
    body.extend(miniz_oxide::deflate::compress_to_vec_zlib(b"envelope", 9));
    *body.last_mut().unwrap() ^= 1;
    assert_eq!(reason(&text(&body)), Reason::Undecodable);
}

mod any;
mod everyday;
mod foreign;
mod parts;
