//! Servers that lie.

use std::fs;

use crate::program::{Copy, run};
use crate::repository::Repository;
use crate::server::{Server, Trick};

/// A copy of the first version, and a server that has it.
fn pulled(repository: &Repository) -> (Copy, Server) {
    repository.publish(1, &[("a", b"1")]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(repository);
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    (copy, server)
}

#[test]
fn an_old_copy_is_refused_and_nothing_changes() {
    for is_consistent in [true, false] {
        let repository = Repository::new(is_consistent);
        let (copy, server) = pulled(&repository);
        let old = repository.copy();
        repository.publish(2, &[("a", b"2")]);
        assert_eq!(copy.pull(&server).how(), (0, "updated"));
        let before = copy.files();
        server.serve(old.path());
        assert_eq!(copy.pull(&server).how(), (1, "rollback"));
        assert!(copy.files() == before);
        // Not even if what is known of earlier runs is gone.
        fs::remove_dir_all(copy.path(".sync")).unwrap();
        assert_eq!(copy.pull(&server).how(), (1, "rollback"));
        assert!(copy.files() == before);
    }
}

#[test]
fn what_is_out_of_date_is_refused() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    let before = copy.files();
    repository.publish_until(2, &[("a", b"2")], -60);
    assert_eq!(copy.pull(&server).how(), (1, "expired"));
    assert!(copy.files() == before);
}

#[test]
fn nothing_new_is_no_excuse_for_being_out_of_date() {
    let repository = Repository::new(true);
    repository.publish_until(1, &[("a", b"1")], 4);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    std::thread::sleep(std::time::Duration::from_secs(5));
    assert_eq!(copy.pull(&server).how(), (1, "expired"));
}

#[test]
fn a_target_that_was_tampered_with_is_refused() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    let before = fs::read(copy.path("metadata/timestamp.json")).unwrap();
    for bad in [&b"3"[..], b""] {
        repository.publish(2, &[("a", b"2")]);
        let file = repository.file(("a", b"2"));
        fs::write(repository.targets().join(&file), bad).unwrap();
        assert_eq!(copy.pull_once(&server).how(), (1, "target_mismatch"));
        assert!(!copy.path("targets").join(&file).exists());
        assert_eq!(
            fs::read(copy.path("metadata/timestamp.json")).unwrap(),
            before
        );
    }
}

#[test]
fn a_target_that_is_longer_than_signed_is_refused() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    repository.publish(2, &[("a", b"2")]);
    let file = repository.file(("a", b"2"));
    fs::write(repository.targets().join(file), vec![0; 1_000_000]).unwrap();
    let ended = copy.pull_once(&server);
    assert_eq!(ended.how(), (1, "too_large"));
}

#[test]
fn a_target_that_no_desk_takes_is_not_asked_for() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    let large = vec![0; 64 * 1024 * 1024 + 1];
    repository.publish(2, &[("a", b"1"), ("large", &large)]);
    server.seen();
    assert_eq!(copy.pull(&server).how(), (1, "too_large"));
    let asked = server.seen();
    assert!(!asked.iter().any(|seen| seen.path.contains("/targets/")));
}

#[test]
fn files_of_two_states_are_refused() {
    let repository = Repository::new(false);
    let (copy, server) = pulled(&repository);
    let before = copy.files();
    let old = fs::read(repository.metadata("snapshot.json")).unwrap();
    repository.publish(2, &[("a", b"2")]);
    fs::write(repository.metadata("snapshot.json"), old).unwrap();
    let ended = copy.pull_once(&server);
    assert_eq!(ended.exit, 1);
    assert!(["mixed", "too_large"].contains(&ended.how().1), "{ended:?}");
    assert!(copy.files() == before);
}

#[test]
fn a_repository_that_changes_meanwhile_is_asked_again() {
    let repository = Repository::new(false);
    let (copy, server) = pulled(&repository);
    repository.publish(2, &[("a", b"2")]);
    // The timestamp comes from before, everything else from after.
    let old = server.url.clone() + "/old.json";
    let file = repository.folder.path().join("old.json");
    fs::copy(repository.metadata("timestamp.json"), file).unwrap();
    repository.publish(3, &[("a", b"3"), ("another", b"1")]);
    server.play("timestamp.json", Trick::Redirect(old), 1);
    assert_eq!(copy.pull_once(&server).how(), (0, "updated"));
    assert_eq!(fs::read(copy.path("targets/a")).unwrap(), b"3");
}

#[test]
fn what_another_key_signed_is_refused() {
    let mut repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    let before = copy.files();
    repository.change_daily_key();
    let theirs = Repository::new(true);
    theirs.publish(2, &[("a", b"2")]);
    fs::remove_file(theirs.metadata("1.root.json")).unwrap();
    server.serve(theirs.folder.path());
    assert_eq!(copy.pull(&server).how(), (1, "signature"));
    assert!(copy.files() == before);
}

#[test]
fn a_root_that_does_not_follow_is_refused() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    let before = copy.files();
    let mut theirs = Repository::new(true);
    theirs.next_root();
    theirs.publish(2, &[("a", b"2")]);
    server.serve(theirs.folder.path());
    assert_eq!(copy.pull(&server).how(), (1, "root"));
    assert!(copy.files() == before);
}

#[test]
fn endless_answers_are_cut_off() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    repository.publish(2, &[("a", b"2")]);
    for (file, most) in [
        ("timestamp.json", 1024 * 1024),
        ("2.root.json", 1024 * 1024),
        ("2.snapshot.json", 10_000),
        ("2.targets.json", 10_000),
        (".a", 10),
    ] {
        server.seen();
        server.play(file, Trick::Endless, 2);
        let ended = copy.pull_once(&server);
        assert_eq!(ended.how(), (1, "too_large"), "{file}");
        // What the server got rid of is in the buffers between us; we stopped reading.
        let seen = server.seen();
        let sent = seen
            .iter()
            .find(|seen| seen.path.ends_with(file))
            .unwrap()
            .sent;
        assert!(sent < most + 8 * 1024 * 1024, "{file}: {sent}");
        server.stop_playing();
    }
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
}

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    for name in ["../b", "b/c", "b c", "/b", "..%2fb"] {
        let repository = Repository::new(false);
        let (copy, server) = pulled(&repository);
        let before = copy.files();
        repository.publish(2, &[("a", b"1"), (name, b"2")]);
        assert_eq!(copy.pull(&server).how(), (1, "target_name"), "{name}");
        assert!(copy.files() == before);
    }
}

#[test]
fn no_metadata_is_malformed() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    fs::write(repository.metadata("timestamp.json"), b"<!doctype html>").unwrap();
    assert_eq!(copy.pull_once(&server).how(), (1, "malformed"));
    fs::remove_file(repository.metadata("timestamp.json")).unwrap();
    assert_eq!(copy.pull_once(&server).how(), (2, "http_404"));
}

#[test]
fn nothing_is_asked_for_in_the_clear_elsewhere() {
    let repository = Repository::new(true);
    let (copy, server) = pulled(&repository);
    // An address for documents (RFC 5737), where nobody is.
    for url in [
        "http://192.0.2.1/",
        "ftp://127.0.0.1/",
        "https://me:secret@127.0.0.1/",
    ] {
        let ended = copy.pull_from(url, "1");
        assert_eq!(ended.exit, 3, "{url}");
        assert!(ended.err.starts_with("hwagin-sync: usage: "));
    }
    for to in [
        "http://192.0.2.1/metadata/timestamp.json",
        "file:///etc/hostname",
    ] {
        server.play("timestamp.json", Trick::Redirect(to.to_owned()), 1);
        assert_eq!(copy.pull(&server).how(), (2, "http_302"), "{to}");
    }
    let around = format!("{}/metadata/timestamp.json", server.url);
    server.seen();
    server.play("timestamp.json", Trick::Redirect(around), 100);
    assert_eq!(copy.pull(&server).how(), (2, "http_302"));
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn what_cannot_be_asked_is_wrong_usage() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name| folder.path().join(name).to_str().unwrap().to_owned();
    let (root, to) = (path("gone.json"), path("to"));
    let pull = ["pull", "https://127.0.0.1/", "--root", &root, "--to", &to];
    assert_eq!(run(&pull).exit, 3);
    assert!(!folder.path().join("to").exists());
    for wrong in [&["pull"][..], &[], &["push"], &pull[..4], &["gather"]] {
        assert_eq!(run(wrong).exit, 3, "{wrong:?}");
    }
    let none = [&pull[..], &["--tries", "0"]].concat();
    assert_eq!(run(&none).exit, 3);
}
