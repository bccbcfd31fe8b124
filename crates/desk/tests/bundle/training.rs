//! A bundle of the training authority, made by the publisher and signed by the key in the source code.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use hwagin_desk::Judge;
use hwagin_publisher::issue::{self, Expiry};
use hwagin_publisher::key::SigningKey;
use hwagin_publisher::release::{self, Release};
use hwagin_publisher::root::SignedRoot;
use hwagin_training::{Authority, Card, Case, DocumentCase, DocumentKind};

use crate::maker::Files;
use crate::place::{AT, DAY, at, judged, knowledge_of, manifest};

fn anchors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../trust-anchors")
}

/// What the program itself knows of issuers and lists, as files of a bundle.
pub(crate) fn content() -> Files {
    let authority = Authority::built_in();
    let mut files = Files::from(
        [
            ("bundle.toml", manifest(AT - DAY)),
            (
                "anchors.toml",
                fs::read(anchors().join("anchors.toml")).unwrap(),
            ),
            ("crl-training.crl", authority.crl_der(AT)),
            ("status-cards.cwt", authority.status_list(AT)),
            ("status-identifiers.cwt", authority.identifier_list(AT)),
            ("status-documents.cwt", authority.id_status_list(AT)),
        ]
        .map(|(name, bytes)| (name.to_owned(), bytes)),
    );
    for entry in fs::read_dir(anchors().join("training")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name != "root.json" && name != "bundle-key.pem" {
            files.insert(format!("training-{name}"), fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The next release of these files is written to this folder.
pub(crate) fn write(to: &Path, files: &Files) {
    let key = SigningKey::read(&anchors().join("training/bundle-key.pem")).unwrap();
    let root = SignedRoot::read(&anchors().join("training/root.json")).unwrap();
    let expires = jiff::Timestamp::from_second(AT + 30 * DAY).unwrap();
    let release = Release {
        files: files.clone(),
        delegations: Vec::new(),
        expires,
    };
    let keys = [key];
    assert!(
        release::write(&release, &root, &keys, to)
            .unwrap()
            .complete()
    );
    let expiry = Expiry {
        snapshot: expires,
        timestamp: expires,
    };
    let all = issue::sign(to, &root, &keys, expiry).unwrap();
    assert!(all.iter().all(hwagin_publisher::Signatures::complete));
}

/// What samples of the training authority show, and for which purpose.
pub(crate) fn samples() -> Vec<(String, String, &'static str)> {
    static MINTED: LazyLock<Vec<(String, String, &'static str)>> = LazyLock::new(minted);
    MINTED.clone()
}

fn minted() -> Vec<(String, String, &'static str)> {
    let authority = Authority::built_in();
    let mut all = Vec::new();
    for card in Card::ALL {
        for case in Case::ALL {
            let shown = authority.present(card, case, AT);
            let name = format!("{} {}", card.id(), case.id());
            all.push((name, shown.text, "age-19"));
        }
    }
    for kind in DocumentKind::ALL {
        for case in DocumentCase::ALL {
            if let Some(document) = authority.document(kind, case, AT) {
                let name = format!("{} {}", kind.id(), case.id());
                all.push((name, document.text, "credential-check"));
            }
        }
    }
    all
}

/// What a desk with this folder says of each of them.
pub(crate) fn says(data: &Path) -> Vec<(String, String)> {
    said_of(data, &samples())
}

/// What a desk with this folder says of these.
pub(crate) fn said_of(data: &Path, samples: &[(String, String, &str)]) -> Vec<(String, String)> {
    let mut judge = Judge::new(knowledge_of(data), at(AT));
    let mut said = Vec::new();
    for (name, text, purpose) in samples {
        said.push((name.clone(), judged(&mut judge, text, purpose)));
    }
    said
}
