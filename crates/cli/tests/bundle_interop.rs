//! Bundles that python-tuf makes are taken here, and those made here are followed by its client.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test stops at what it did not expect, and says what it counted"
)]

mod program;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use program::{Folder, code, err, hwagin, json, out};

/// The moment of these tests, where a machine's own clock does not count.
const AT: &str = "1795300196";

/// The Python with `tests/interop/requirements.txt`; `None` where the machine has none.
fn python() -> Option<OsString> {
    let python = std::env::var_os("HWAGIN_PYTHON");
    if python.is_none() {
        assert!(std::env::var_os("CI").is_none(), "HWAGIN_PYTHON is not set");
        eprintln!("skipped: HWAGIN_PYTHON names no Python with tests/interop/requirements.txt");
    }
    python
}

fn run(python: &OsString, script: &str, words: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/interop");
    let mut command = Command::new(python);
    command
        .arg(folder.join(script))
        .args(words)
        .output()
        .unwrap()
}

fn parts(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let manifest = "name = \"Some site\"\nissued = 2026-11-20T00:00:00Z\n";
    for (name, bytes) in [
        ("bundle.toml", manifest),
        ("anchors.toml", "as_of = 2026-11-21\n"),
        ("crl-site.crl", "no list"),
        ("status-one.cwt", "no list either"),
        ("status-two.cwt", ""),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

#[test]
fn a_repository_of_python_tuf_is_taken() {
    let Some(python) = python() else { return };
    let folder = Folder::new("python-tuf");
    let path = |name: &str| folder.path(name);
    parts(&folder.0.join("parts"));
    let made = run(&python, "tuf_make.py", &[&path("made"), AT, &path("parts")]);
    assert!(made.status.success(), "{}", err(&made));
    let mut taken = 0;
    for snapshots in ["consistent", "plain"] {
        for kind in ["ed25519", "ecdsa"] {
            let repository = path(&format!("made/{snapshots}-{kind}"));
            let data = path(&format!("data-{snapshots}-{kind}"));
            fs::create_dir(&data).unwrap();
            let root = format!("{repository}/root.json");
            fs::copy(&root, format!("{data}/root.json")).unwrap();
            let verified = hwagin(&["bundle", "verify", &repository, "--root", &root, "--at", AT]);
            assert_eq!(code(&verified), 0, "{}", out(&verified));
            let import = ["bundle", "import", &repository, "--data", &data, "--at", AT];
            let imported = hwagin(&import);
            assert_eq!(code(&imported), 0, "{}{}", out(&imported), err(&imported));
            assert_eq!(out(&imported).lines().count(), 6, "{}", out(&imported));
            assert_eq!(out(&hwagin(&import)), "unchanged\n");
            let shown = ["bundle", "show", &repository, "--root", &root, "--json"];
            let shown = &json(&hwagin(&shown))[0];
            let role = |place: usize| &shown["roles"][place];
            assert_eq!(
                (&shown["version"], &role(0)["version"]),
                (&9.into(), &2.into())
            );
            assert_eq!(
                (&role(4)["role"], &role(4)["version"]),
                (&"issuer".into(), &3.into())
            );
            // A byte of what the delegated role brings.
            let targets = Path::new(&repository).join("targets");
            let target = find(&targets, "status-one.cwt");
            fs::write(target, "no list eithex").unwrap();
            let verified = hwagin(&["bundle", "verify", &repository, "--root", &root, "--at", AT]);
            assert_eq!(
                out(&verified),
                "refused bundle.target_wrong status-one.cwt\n"
            );
            taken += 1;
        }
    }
    println!("figure interop.taken {taken}");
}

fn find(folder: &Path, ending: &str) -> PathBuf {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_it = |path: &PathBuf| path.to_str().unwrap().ends_with(ending);
    entries.into_iter().find(is_it).unwrap()
}

/// A publisher's folder, where the command is run.
struct Publisher {
    folder: Folder,
}

impl Publisher {
    fn path(&self, name: &str) -> String {
        self.folder.path(name)
    }

    /// Runs the command with each word that names a file as a path of the folder.
    #[track_caller]
    fn bundle(&self, words: &str, expected: i32) -> String {
        let is_file = |word: &str| {
            !word.starts_with("--")
                && [".pk8", ".json", "parts", "repo", "key-"]
                    .iter()
                    .any(|part| word.contains(part))
        };
        let word = |word: &str| {
            if is_file(word) {
                self.path(word)
            } else {
                word.to_owned()
            }
        };
        let words: Vec<String> = words.split_whitespace().map(word).collect();
        let words: Vec<&str> = ["bundle"]
            .into_iter()
            .chain(words.iter().map(|word| &**word))
            .collect();
        let done = hwagin(&words);
        assert_eq!(
            code(&done),
            expected,
            "{words:?}: {}{}",
            out(&done),
            err(&done)
        );
        out(&done)
    }
}

impl Publisher {
    /// One with its keys, its first root, which two sign, and two parts.
    fn with_parts() -> Self {
        let publisher = Publisher {
            folder: Folder::new("publisher"),
        };
        for key in [
            "root1", "root2", "root3", "targets", "snapshot", "stamp1", "stamp2",
        ] {
            publisher.bundle(&format!("new-key --out key-{key}"), 0);
        }
        publisher.bundle(
            "new-root --root key-root1.pub.json --root key-root2.pub.json --root-threshold 2 \
         --targets key-targets.pub.json --snapshot key-snapshot.pub.json \
         --timestamp key-stamp1.pub.json --days 365 --key key-root1.pk8 --key key-root2.pk8 \
         --out root.json",
            0,
        );
        let folder = &*publisher.folder.0;
        let status = folder.join("parts/status");
        fs::create_dir_all(&status).unwrap();
        fs::create_dir_all(folder.join("parts/crl")).unwrap();
        fs::write(status.join("one.cwt"), "first").unwrap();
        fs::write(folder.join("parts/crl/site.crl"), "list").unwrap();
        publisher
    }
}

#[test]
fn python_tuf_follows_what_is_published_here() {
    let Some(python) = python() else { return };
    let publisher = Publisher::with_parts();
    let folder = &*publisher.folder.0;
    let status = folder.join("parts/status");
    let build = "build parts --root root.json --repo repo --days 30 --name Site --key \
                 key-targets.pk8 --key key-snapshot.pk8 --key key-stamp1.pk8";
    publisher.bundle(build, 0);
    let read = |expected: &str| {
        let words = ["root.json", "repo", "state", "out"].map(|name| publisher.path(name));
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        let names = ["bundle.toml", "status-one.cwt", "crl-site.crl"];
        let done = run(&python, "tuf_read.py", &[&words, &names[..]].concat());
        assert_eq!(out(&done), expected, "{}", err(&done));
        fs::read_to_string(folder.join("out/status-one.cwt")).unwrap_or_default()
    };
    assert_eq!(read("1\n1\n1\n1\n"), "first");
    // A release more, and the timestamp alone issued again.
    fs::write(status.join("one.cwt"), "second").unwrap();
    publisher.bundle(build, 0);
    publisher.bundle(
        "sign repo --root root.json --days 40 --key key-snapshot.pk8 --key key-stamp1.pk8",
        0,
    );
    assert_eq!(read("1\n3\n3\n2\n"), "second");
    // A root key and the timestamp's are new: both roots sign.
    publisher.bundle(
        "new-root --from root.json --root key-root2.pub.json --root key-root3.pub.json \
         --root-threshold 2 --targets key-targets.pub.json --snapshot key-snapshot.pub.json \
         --timestamp key-stamp2.pub.json --days 365 --key key-root1.pk8 --key key-root2.pk8 \
         --key key-root3.pk8 --out root2.json",
        0,
    );
    fs::write(status.join("one.cwt"), "third").unwrap();
    publisher.bundle(
        "build parts --root root2.json --repo repo --days 30 --name Site --key key-targets.pk8 \
         --key key-snapshot.pk8 --key key-stamp2.pk8",
        0,
    );
    assert_eq!(read("2\n4\n4\n3\n"), "third");
    // What the desk says of it is what the other client says.
    fs::create_dir(folder.join("data")).unwrap();
    fs::copy(folder.join("root.json"), folder.join("data/root.json")).unwrap();
    let (repo, data) = (publisher.path("repo"), publisher.path("data"));
    let imported = hwagin(&["bundle", "import", &repo, "--data", &data]);
    assert!(
        out(&imported).starts_with("installed"),
        "{}",
        out(&imported)
    );
    let target = find(&folder.join("repo/targets"), "status-one.cwt");
    for entry in fs::read_dir(target.parent().unwrap()).unwrap() {
        fs::write(entry.unwrap().path(), "evil").unwrap();
    }
    fs::remove_dir_all(folder.join("out")).unwrap();
    assert_eq!(read("LengthOrHashMismatchError\n"), "");
    println!("figure interop.followed 3");
}
