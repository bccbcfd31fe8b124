//! Bundles of the training authority, up to the training root, whose key is public.

use hwagin_publisher::issue::{self, Expiry};
use hwagin_publisher::key::SigningKey;
use hwagin_publisher::release::{self, Files, Release};
use hwagin_publisher::root::SignedRoot;
use hwagin_training::{Authority, DAY};
use std::fs;
use std::path::{Path, PathBuf};

/// How long what is issued here lasts.
pub const LASTS: i64 = 7 * DAY;

fn training(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../trust-anchors");
    Path::new(folder).join(name)
}

/// What the training authority has to say at `at`, as the files of a bundle: as the program itself
/// says it, but that the first good card of its status list has this value.
pub fn files(at: i64, value: u8) -> Files {
    let authority = Authority::built_in();
    let mut list = Authority::status_recipe(at);
    let after_good = list.values.first().map(|(index, _)| *index).unwrap();
    list.values.push((after_good - 1, value));
    let mut files = Files::from([
        ("status-cards.cwt".to_owned(), authority.token(&list)),
        (
            "status-identifiers.cwt".to_owned(),
            authority.identifier_list(at),
        ),
        ("status-169.cwt".to_owned(), authority.id_status_list(at)),
        ("crl-iaca.crl".to_owned(), authority.crl_der(at)),
    ]);
    let anchors = fs::read(training("anchors.toml")).unwrap();
    files.insert("anchors.toml".to_owned(), anchors);
    for entry in fs::read_dir(training("training")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name != "root.json" && name != "bundle-key.pem" {
            let bytes = fs::read(entry.path()).unwrap();
            files.insert(format!("training-{name}"), bytes);
        }
    }
    files
}

/// Issues these files in the repository at `folder`, as the next version there.
///
/// # Panics
/// Where it cannot be written.
pub fn issue(folder: &Path, mut files: Files, at: i64) {
    let time = |seconds| jiff::Timestamp::from_second(seconds).unwrap();
    let manifest = format!("name = \"Training\"\nissued = {}\n", time(at));
    files
        .entry("bundle.toml".to_owned())
        .or_insert(manifest.into_bytes());
    let root = SignedRoot::read(&training("training/root.json")).unwrap();
    let keys = [SigningKey::read(&training("training/bundle-key.pem")).unwrap()];
    let expires = time(at + LASTS);
    let release = Release {
        files,
        delegations: Vec::new(),
        expires,
    };
    assert!(
        release::write(&release, &root, &keys, folder)
            .unwrap()
            .complete()
    );
    let expiry = Expiry {
        snapshot: expires,
        timestamp: expires,
    };
    let signed = issue::sign(folder, &root, &keys, expiry).unwrap();
    assert!(signed.iter().all(hwagin_publisher::Signatures::complete));
}
