//! What production code must not contain at all.

use super::rust::Rust;
use super::{Finding, Source};

/// Ways to listen on the network or to open a connection, in the standard library.
const SOCKETS: [&str; 6] = [
    "TcpListener",
    "TcpStream",
    "UdpSocket",
    "UnixListener",
    "UnixStream",
    "UnixDatagram",
];

/// Code that sees a credential.
const SEES_CREDENTIALS: [&str; 5] = [
    "crates/scanner/src/",
    "crates/verifier/src/",
    "crates/desk/src/",
    "crates/cli/src/",
    "src-tauri/src/",
];

pub(super) fn unsafe_code(sources: &[Source]) -> Vec<Finding> {
    let is_meant =
        |source: &&Source| source.ends_in(&["rs"]) && !source.is_below(&["tests/fake-webcam/"]);
    sources
        .iter()
        .filter(is_meant)
        .flat_map(|source| words(source, &["unsafe"]))
        .collect()
}

pub(super) fn sockets(sources: &[Source]) -> Vec<Finding> {
    let is_meant = |source: &&Source| source.ends_in(&["rs"]) && source.is_below(&SEES_CREDENTIALS);
    sources
        .iter()
        .filter(is_meant)
        .flat_map(|source| words(source, &SOCKETS))
        .collect()
}

fn words(source: &Source, banned: &[&str]) -> Vec<Finding> {
    Rust::read(&source.text)
        .words()
        .filter(|(_at, word)| banned.contains(word))
        .map(|(at, word)| source.at(at, format!("`{word}` has no place here")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    #[test]
    fn finds_unsafe_code_but_not_the_word() {
        let text = "// unsafe\nconst A: &str = \"unsafe\";\nfn f() { unsafe { g() } }";
        let findings = unsafe_code(&planted("crates/desk/src/a.rs", text));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 3);
        assert!(unsafe_code(&planted("tests/fake-webcam/src/lib.rs", text)).is_empty());
    }

    #[test]
    fn finds_each_kind_of_socket() {
        for socket in SOCKETS {
            let text = format!("use std::net::{socket};");
            assert_eq!(
                sockets(&planted("src-tauri/src/main.rs", &text)).len(),
                1,
                "{socket}"
            );
            assert!(sockets(&planted("tests/src/driver.rs", &text)).is_empty());
        }
    }
}
