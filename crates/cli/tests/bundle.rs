//! `hwagin bundle`: what each command makes and says, and how it ends.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod program;

use std::fs;

use program::{Folder, code, err, hwagin, json, out};

/// A publisher's folder.
struct Publisher {
    folder: Folder,
}

impl Publisher {
    /// One with three keys and a root that two of them sign.
    fn new(name: &str) -> Self {
        let publisher = Self {
            folder: Folder::new(name),
        };
        for key in ["one", "two", "day"] {
            let said = publisher.run(&format!("new-key --out @{key}"), 0);
            assert_eq!(said.trim().len(), 64);
        }
        let status = publisher.folder.0.join("parts/status");
        fs::create_dir_all(&status).unwrap();
        fs::write(status.join("a.cwt"), "list").unwrap();
        fs::write(status.join("notes.txt"), "no part").unwrap();
        publisher
    }

    fn with_root(name: &str) -> Self {
        let publisher = Self::new(name);
        let said = publisher.run(&format!("{NEW_ROOT} --key @one.pk8 --key @two.pk8"), 0);
        assert_eq!(said, "root 1\nsigned root 2 of 2\n");
        publisher
    }

    fn built(name: &str) -> Self {
        let publisher = Self::with_root(name);
        publisher.run(BUILD, 0);
        publisher
    }

    /// `hwagin bundle` with these words, `@` for the folder; it ends with this code.
    #[track_caller]
    fn run(&self, words: &str, expected: i32) -> String {
        let words: Vec<String> = words
            .split_whitespace()
            .map(|word| match word.strip_prefix('@') {
                Some(name) => self.folder.path(name),
                None => word.to_owned(),
            })
            .collect();
        let words = ["bundle"]
            .into_iter()
            .chain(words.iter().map(|word| &**word));
        let words: Vec<&str> = words.collect();
        let done = hwagin(&words);
        let said = format!("{}{}", out(&done), err(&done));
        assert_eq!(code(&done), expected, "{words:?}: {said}");
        said
    }
}

const NEW_ROOT: &str = "new-root --root @one.pub.json --root @two.pub.json --root-threshold 2 \
                        --targets @one.pub.json --targets @two.pub.json --targets-threshold 2 \
                        --snapshot @day.pub.json --timestamp @day.pub.json --days 365 \
                        --out @root.json";

const BUILD: &str = "build @parts --root @root.json --repo @repo --days 30 --name Site \
                     --due-days 7 --key @one.pk8 --key @two.pk8 --key @day.pk8";

#[test]
fn a_key_is_written_once_and_its_secret_for_its_owner_alone() {
    let publisher = Publisher::new("bundle-key");
    let secret = publisher.folder.0.join("one.pk8");
    let before = fs::read(&secret).unwrap();
    publisher.run("new-key --out @one", 3);
    assert_eq!(fs::read(&secret).unwrap(), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&secret).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    publisher.run("new-key", 3);
}

#[test]
fn a_root_waits_for_its_second_key() {
    let publisher = Publisher::new("bundle-root");
    let said = publisher.run(&format!("{NEW_ROOT} --key @one.pk8"), 2);
    assert_eq!(said, "root 1\npending root 1 of 2\n");
    assert_eq!(
        publisher.run("sign @root.json --key @two.pk8", 0),
        "signed root 2 of 2\n"
    );
    let few = NEW_ROOT.replace("--root-threshold 2", "--root-threshold 3");
    assert!(
        publisher
            .run(&format!("{few} --key @one.pk8"), 3)
            .contains("too_few_keys")
    );
    publisher.run(&NEW_ROOT.replace("--days 365", ""), 3);
    publisher.run(&format!("{NEW_ROOT} --nonsense 1"), 3);
}

#[test]
fn a_release_waits_for_its_second_key_and_is_issued_again() {
    let publisher = Publisher::with_root("bundle-build");
    let pending = BUILD.replace("--key @two.pk8", "");
    assert_eq!(publisher.run(&pending, 2), "pending targets 1 of 2\n");
    let verify = "verify @repo --root @root.json";
    assert_eq!(publisher.run(verify, 1), "refused bundle.missing -\n");
    let sign = "sign @repo --root @root.json --days 30 --key @two.pk8 --key @day.pk8";
    let all = "signed targets 2 of 2\nsigned snapshot 1 of 1\nsigned timestamp 1 of 1\n";
    assert_eq!(publisher.run(sign, 0), all);
    assert_eq!(publisher.run(verify, 0), "verified 2 files\n");
    let again = "sign @repo --root @root.json --days 60 --key @day.pk8";
    assert_eq!(publisher.run(again, 0), all);
    let shown = publisher.run("show @repo --root @root.json", 0);
    assert!(
        shown.contains("version 2\n") && shown.contains("role targets version 1 signed 2 of 2")
    );
    assert!(!shown.contains("notes"), "{shown}");
}

#[test]
fn nothing_is_built_of_nothing_or_without_a_name() {
    let publisher = Publisher::with_root("bundle-empty");
    publisher.run(&BUILD.replace("--name Site", ""), 3);
    publisher.run(&BUILD.replace("@parts", "@nowhere"), 3);
    publisher.run(&BUILD.replace("@root.json", "@nowhere.json"), 3);
    let manifest = publisher.folder.0.join("parts/bundle.toml");
    fs::write(&manifest, "name = 1\n").unwrap();
    assert!(publisher.run(BUILD, 3).contains("bundle.manifest"));
    // Every desk that took it would call its clock wrong.
    fs::write(&manifest, "name = \"a\"\nissued = 2099-01-01T00:00:00Z\n").unwrap();
    assert!(publisher.run(BUILD, 3).contains("issued_in_future"));
}

#[test]
fn a_bundle_is_verified_at_a_time_and_by_a_root() {
    let publisher = Publisher::built("bundle-verify");
    let verify = "verify @repo --root @root.json";
    assert_eq!(publisher.run(verify, 0), "verified 2 files\n");
    let late = format!("{verify} --at 2099-01-01T00:00:00Z");
    assert_eq!(publisher.run(&late, 1), "refused bundle.expired -\n");
    publisher.run("verify @repo", 3);
    publisher.run("verify @repo --root @nowhere.json", 3);
    publisher.run(&NEW_ROOT.replace("@root.json", "@other.json"), 2);
    assert_eq!(
        publisher.run("verify @repo --root @other.json", 1),
        "refused bundle.root -\n"
    );
    let target = fs::read_dir(publisher.folder.0.join("repo/targets")).unwrap();
    let is_list = |path: &std::path::PathBuf| path.to_string_lossy().ends_with("a.cwt");
    let path = target
        .map(|entry| entry.unwrap().path())
        .find(is_list)
        .unwrap();
    fs::write(&path, "lost").unwrap();
    assert_eq!(
        publisher.run(verify, 1),
        "refused bundle.target_wrong status-a.cwt\n"
    );
    fs::remove_file(path).unwrap();
    assert_eq!(
        publisher.run(verify, 1),
        "refused bundle.target_missing status-a.cwt\n"
    );
}

#[test]
fn what_is_other_in_a_newer_bundle_is_told() {
    let publisher = Publisher::built("bundle-diff");
    let (repo, old) = (publisher.folder.path("repo"), publisher.folder.path("old"));
    for area in ["metadata", "targets"] {
        fs::create_dir_all(format!("{old}/{area}")).unwrap();
        for entry in fs::read_dir(format!("{repo}/{area}")).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            fs::copy(entry.path(), format!("{old}/{area}/{name}")).unwrap();
        }
    }
    let status = publisher.folder.0.join("parts/status");
    fs::write(status.join("b.cwt"), "more").unwrap();
    fs::remove_file(status.join("a.cwt")).unwrap();
    publisher.run(BUILD, 0);
    let said = publisher.run("diff @old @repo --root @root.json", 0);
    assert!(said.contains("added status status-b.cwt\n"), "{said}");
    assert!(said.contains("removed status status-a.cwt\n"), "{said}");
    publisher.run("diff @old @nowhere --root @root.json", 1);
    publisher.run("diff @old", 3);
}

#[test]
fn a_desk_takes_a_bundle_once_and_no_older_one() {
    let publisher = Publisher::built("bundle-import");
    let data = publisher.folder.0.join("data");
    fs::create_dir(&data).unwrap();
    fs::copy(publisher.folder.0.join("root.json"), data.join("root.json")).unwrap();
    let import = "import @repo --data @data";
    let said = publisher.run(import, 0);
    assert_eq!(
        said,
        "installed\nadded manifest bundle.toml\nadded status status-a.cwt\n\
         hwagin: missing: trust-anchors/anchors.toml\nhwagin: bad_list: status/a.cwt\n",
        "what of it counts for nothing is said"
    );
    assert_eq!(publisher.run(import, 0), "unchanged\n");
    assert_eq!(
        publisher.run("import @nowhere --data @data", 1),
        "bundle.missing\n"
    );
    publisher.run("import @repo", 3);
    // The desk's own folder is to blame.
    let lock = fs::File::options()
        .write(true)
        .open(data.join("lock"))
        .unwrap();
    lock.lock().unwrap();
    assert_eq!(publisher.run(import, 2), "bundle.busy\n");
    drop(lock);
    fs::write(data.join("root.json"), "{}").unwrap();
    assert_eq!(publisher.run(import, 2), "bundle.root\n");
    let words = ["bundle", "import", &publisher.folder.path("repo"), "--data"];
    let done = hwagin(&[&words[..], &[&publisher.folder.path("data"), "--json"]].concat());
    assert_eq!(json(&done)[0]["outcome"], "bundle.root");
}

#[test]
fn a_role_brings_files_of_its_own() {
    let publisher = Publisher::with_root("bundle-role");
    let issuer = publisher.folder.0.join("parts/issuer");
    fs::create_dir_all(issuer.join("crl")).unwrap();
    fs::write(issuer.join("crl/theirs.crl"), "list").unwrap();
    publisher.run("new-key --out @parts/issuer/key", 0);
    let words = "delegated @parts/issuer --name issuer --version 1 --days 30 --key";
    publisher.run(&format!("{words} @parts/issuer/key.pk8"), 0);
    let text = "[[role]]\nname = \"issuer\"\nkeys = [\"issuer/key.pub.json\"]\nthreshold = 1\n\
                paths = [\"crl-*\"]\nfrom = \"issuer\"\n";
    fs::write(publisher.folder.0.join("parts/delegations.toml"), text).unwrap();
    publisher.run(BUILD, 0);
    let shown = publisher.run("show @repo --root @root.json", 0);
    assert!(
        shown.contains("role issuer version 1 signed 1 of 1"),
        "{shown}"
    );
    assert!(shown.contains("file crl-theirs.crl crl bytes 4"), "{shown}");
    assert_eq!(
        publisher.run("verify @repo --root @root.json", 0),
        "verified 3 files\n"
    );
    fs::write(
        publisher.folder.0.join("parts/delegations.toml"),
        "[[role]]\n",
    )
    .unwrap();
    assert!(publisher.run(BUILD, 3).contains("bad_delegations"));
}

#[test]
fn a_word_that_is_no_command_is_wrong_usage() {
    assert_eq!(code(&hwagin(&["bundle", "nonsense"])), 3);
    assert_eq!(code(&hwagin(&["bundle", "--nonsense"])), 3);
    for words in [
        &["bundle"][..],
        &["bundle", "--help"],
        &["bundle", "build", "--help"],
    ] {
        let done = hwagin(words);
        assert_eq!(code(&done), 0);
        assert!(out(&done).contains("hwagin bundle COMMAND"));
    }
}

#[cfg(unix)]
#[test]
fn a_bundle_is_opened_where_the_system_has_no_place_for_passing_files() {
    let publisher = Publisher::built("passing");
    let path = |name: &str| publisher.folder.path(name);
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_hwagin"))
        .args(["bundle", "verify", &path("repo"), "--root"])
        .arg(path("root.json"))
        .env("TMPDIR", path("no-such-folder"))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    let left = fs::read_dir(publisher.folder.0.join("repo")).unwrap();
    assert_eq!(left.count(), 2, "metadata and targets, and nothing else");
}
