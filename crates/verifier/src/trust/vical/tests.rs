//! The two published lists: read twice, by their looks, and every way to spoil them. What comes of
//! each entry is held to what is published of it by `cargo xtask vectors`.

use super::*;
use crate::tests::folder;
use crate::trust::{Anchors, Production, Trust};
use std::path::PathBuf;

const AAMVA: &str = "aamva-2025-08-05.cbor";
const RDW: &str = "rdw-test-2025-02-25.cbor";

fn at(text: &str) -> At {
    At::utc(UnixTime::from_rfc3339(text).unwrap())
}

struct Lists(PathBuf);

impl Lists {
    fn find() -> Option<Self> {
        Some(Self(folder()?.join("vical")))
    }

    #[allow(clippy::disallowed_methods)] // tests read files
    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap()
    }

    /// A certificate of a PEM file.
    fn pem(&self, name: &str) -> Vec<u8> {
        use rustls_pki_types::pem::PemObject;
        let pem = self.read(name);
        let der = rustls_pki_types::CertificateDer::from_pem_slice(&pem).unwrap();
        der.to_vec()
    }
}

#[test]
fn the_same_list_again_changes_nothing() {
    let Some(lists) = Lists::find() else { return };
    let (list, signer) = (lists.read(RDW), lists.read("rdw-test-signer.der"));
    let root = lists.pem("aamva-root.pem");
    let mut anchors = Anchors::<Production>::new();
    let now = at("2025-08-05T21:00:00Z");
    let first = anchors.add_vical(&list, &[&signer], now).unwrap();
    anchors
        .add_vical(&lists.read(AAMVA), &[&root], now)
        .unwrap();
    assert_eq!(anchors.add_vical(&list, &[&signer], now), Ok(first));
    assert_eq!(Trust::production(anchors).anchors().count(), 28 + 13);
}

/// The bytes from `from` on in which a list is spoiled: each of the first thousand, then some.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).filter(|place| *place < 1_000 || place % 41 == 0)
}

#[test]
fn no_part_and_no_altered_copy_of_a_list_is_taken() {
    let Some(lists) = Lists::find() else { return };
    let (root, signer) = (
        lists.pem("aamva-root.pem"),
        lists.read("rdw-test-signer.der"),
    );
    let now = at("2025-08-05T21:00:00Z");
    for (name, held) in [(AAMVA, &root), (RDW, &signer)] {
        let list = lists.read(name);
        let mut tried = 0;
        let mut refuses = |bytes: &[u8], what: &str, place: usize| {
            let mut anchors = Anchors::<Production>::new();
            let taken = anchors.add_vical(bytes, &[held.as_slice()], now);
            assert!(taken.is_err(), "{name}: {what} at {place}");
            assert_eq!(Trust::production(anchors).anchors().count(), 0);
            tried += 1;
        };
        for place in places(list.len()) {
            refuses(&list[..place], "cut", place);
            for bit in [0x01, 0x10, 0x80, 0xff] {
                let mut altered = list.clone();
                altered[place] ^= bit;
                refuses(&altered, "altered", place);
            }
        }
        refuses(
            &[&list[..], &[0]].concat(),
            "followed by a byte",
            list.len(),
        );
        assert!(tried > 5_000, "{tried}");
    }
}

#[test]
fn a_list_is_known_by_its_looks() {
    assert!(!is_vical(b""));
    assert!(!is_vical(b"HWG1:0"));
    assert!(!is_vical(&[0x84, 0x40, 0xa0, 0x41, 0xa0, 0x41, 0]));
    let Some(lists) = Lists::find() else { return };
    assert!(is_vical(&lists.read(AAMVA)) && is_vical(&lists.read(RDW)));
    assert!(!is_vical(&lists.read("rdw-test-signer.der")));
}
