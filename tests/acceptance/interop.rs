//! Presentations minted by code we did not write, and ours read by it.

mod peer;

use hwagin_tests::text;
use hwagin_tests::world::{AT, Desk, Said, purpose};
use hwagin_training::{Authority, Card, Recipe};
use hwagin_verifier::holder::Binding;
use hwagin_verifier::purpose::Need;
use hwagin_verifier::{Purpose, Reason, Verdict};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

const CTI: [u8; 16] = [7; 16];

/// The purpose that asks for no status, with or without a fresh proof.
fn wants(needs: Need) -> Purpose {
    let mut purpose = purpose("document-only");
    purpose.holder.needs = needs;
    purpose
}

fn accepted(desk: &Desk, response: &[u8], at: i64) -> (Vec<(String, String)>, Binding) {
    match desk.read(text(response, at, CTI).as_bytes()) {
        Said::Verdict(Verdict::Accept(accepted)) => {
            let shown = accepted.disclosure().shown().iter();
            let shown = shown.map(|s| (s.name().to_owned(), s.text().expose().to_owned()));
            (shown.collect(), accepted.binding())
        }
        other => panic!("{:?}", other.reason()),
    }
}

fn reason(desk: &Desk, response: &[u8], at: i64) -> Option<Reason> {
    desk.read(text(response, at, CTI).as_bytes()).reason()
}

/// The response with every occurrence of `from` overwritten.
fn altered(response: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = response.to_vec();
    let found: Vec<_> = (0..out.len() - from.len())
        .filter(|at| out[*at..].starts_with(from))
        .collect();
    assert!(!found.is_empty());
    for at in found {
        out[at..at + to.len()].copy_from_slice(to);
    }
    out
}

fn names(family: &str, given: &str) -> Vec<(String, String)> {
    [("family_name", family), ("given_name", given)]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .to_vec()
}

#[test]
fn accepts_what_isomdl_issues_and_signs_for_our_handover() {
    let minted = peer::mint(AT, CTI);
    let desk = Desk::production(&minted.root, wants(Need::Fresh), AT);
    let (shown, binding) = accepted(&desk, &minted.response, AT);
    assert_eq!(shown, names("SPECIMEN", "PEER"));
    assert!(matches!(binding, Binding::Fresh { .. }));
}

#[test]
fn refuses_altered_copies_of_what_isomdl_issues() {
    let minted = peer::mint(AT, CTI);
    let desk = Desk::production(&minted.root, wants(Need::Fresh), AT);
    let with = |from: &[u8], to: &[u8]| reason(&desk, &altered(&minted.response, from, to), AT);
    assert_eq!(with(b"SPECIMEN", b"SPECIMAN"), Some(Reason::DigestMismatch));
    // The same text stands in the document and in the signed object.
    assert_eq!(with(b"2026-", b"2036-"), Some(Reason::SignatureInvalid));
    // Another moment than the one signed.
    assert_eq!(
        reason(&desk, &minted.response, AT - 1),
        Some(Reason::ProofInvalid)
    );
    let stranger = peer::mint(AT, CTI);
    let desk = Desk::production(&stranger.root, wants(Need::Fresh), AT);
    // A root of the same name, with another key.
    assert_eq!(
        reason(&desk, &minted.response, AT),
        Some(Reason::ChainInvalid)
    );
}

#[test]
fn no_changed_byte_of_what_isomdl_issues_shows_another_name() {
    let minted = peer::mint(AT, CTI);
    let desk = Desk::production(&minted.root, wants(Need::Fresh), AT);
    for at in 0..minted.response.len() {
        let mut changed = minted.response.clone();
        changed[at] ^= 0x15;
        if let Said::Verdict(Verdict::Accept(accepted)) =
            desk.read(text(&changed, AT, CTI).as_bytes())
        {
            // Only what nobody signs may differ: names around the document that no one reads.
            let shown = accepted.disclosure().shown();
            assert_eq!(
                shown[0].text().expose(),
                "SPECIMEN",
                "with byte {at} changed"
            );
            assert!(matches!(accepted.binding(), Binding::Fresh { .. }));
        }
    }
}

#[test]
fn isomdl_reads_and_verifies_what_training_mints() {
    for card in Card::ALL {
        let recipe = Recipe::new(card, AT);
        let shown = Authority::built_in().mint(&recipe);
        let envelope: ciborium::Value = ciborium::from_reader(shown.envelope.as_slice()).unwrap();
        let response = envelope.as_map().unwrap()[0].1.as_bytes().unwrap();
        let cti = shown.cti.as_slice().try_into().unwrap();
        let read = peer::read(response, AT, cti).unwrap();
        assert_eq!(read.doc_type, card.doc_type());
        assert!(read.names.contains(&card.family_name().to_owned()));
        // Another moment is another handover.
        let other = peer::read(response, AT + 1, cti);
        assert!(other.err().unwrap().contains("device"));
    }
}

/// Where the machine has the Python packages, the folder that the script has written to.
fn minted_by_python(at: i64) -> Option<PathBuf> {
    let Some(python) = std::env::var_os("HWAGIN_PYTHON") else {
        assert!(std::env::var_os("CI").is_none(), "HWAGIN_PYTHON is not set");
        eprintln!("skipped: HWAGIN_PYTHON names no Python with tests/interop/requirements.txt");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/mint_pymdoc.py");
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pymdoc");
    let cti: String = CTI.iter().map(|byte| format!("{byte:02x}")).collect();
    let done = Command::new(python)
        .args([script.as_os_str(), out.as_os_str()])
        .args([at.to_string(), cti])
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    Some(out)
}

#[test]
fn accepts_what_pymdoccbor_issues() {
    // The library reads the machine's clock, so this desk has to live by it too.
    let at = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let at = i64::try_from(at).unwrap();
    let Some(folder) = minted_by_python(at) else {
        return;
    };
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let (root, bearer, fresh) = (file("iaca.der"), file("bearer.cbor"), file("fresh.cbor"));
    // What it signed a moment later is not valid yet at `at`.
    let later = at + 60;

    let desk = Desk::production(&root, wants(Need::Bearer), later);
    let (shown, binding) = accepted(&desk, &bearer, at);
    assert_eq!(
        (shown, binding),
        (names("SPECIMEN", "PEER"), Binding::Bearer)
    );

    let desk = Desk::production(&root, wants(Need::Fresh), later);
    let (shown, binding) = accepted(&desk, &fresh, at);
    assert_eq!(shown, names("SPECIMEN", "PEER"));
    assert!(matches!(binding, Binding::Fresh { .. }));

    assert_eq!(reason(&desk, &bearer, at), Some(Reason::ProofMissing));
    assert_eq!(reason(&desk, &fresh, at + 1), Some(Reason::ProofInvalid));
    let changed = altered(&fresh, b"SPECIMEN", b"SPECIMAN");
    assert_eq!(reason(&desk, &changed, at), Some(Reason::DigestMismatch));
    for (days, expected) in [(100, Reason::Expired), (401, Reason::ChainExpired)] {
        let desk = Desk::production(&root, wants(Need::Fresh), at + days * 86_400);
        assert_eq!(reason(&desk, &fresh, at), Some(expected));
    }
}
