//! Roots that change.

use std::fs;

use crate::program::Copy;
use crate::repository::Repository;
use crate::server::Server;

#[test]
fn every_root_after_the_pinned_one_is_copied() {
    let mut repository = Repository::new(true);
    repository.next_root();
    repository.next_root();
    repository.publish(1, &[("a", b"1")]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    let files = copy.files();
    for name in ["2.root.json", "3.root.json"] {
        assert_eq!(
            files[&format!("metadata/{name}")],
            fs::read(repository.metadata(name)).unwrap()
        );
    }
    // The next run begins where this one ended.
    server.seen();
    repository.publish(2, &[("a", b"2")]);
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    let asked = server.seen().into_iter().map(|seen| seen.path);
    let roots: Vec<_> = asked.filter(|path| path.ends_with(".root.json")).collect();
    assert_eq!(roots, ["/metadata/4.root.json"]);
    assert!(copy.files().contains_key("metadata/2.root.json"));
}

#[test]
fn a_key_that_was_changed_once_does_not_forget_each_time() {
    let mut repository = Repository::new(true);
    repository.publish(9, &[("a", b"9")]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    copy.pull(&server);
    // With new keys, versions begin anew: that is how a repository recovers.
    repository.change_daily_key();
    repository.next_root();
    repository.publish(2, &[("a", b"2")]);
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    let old = repository.copy();
    repository.publish(3, &[("a", b"3")]);
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    server.serve(old.path());
    assert_eq!(copy.pull(&server).how(), (1, "rollback"));
}

#[test]
fn a_newer_pinned_root_is_begun_with() {
    let mut repository = Repository::new(true);
    repository.publish(1, &[("a", b"1")]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    copy.pull(&server);
    for _ in 0..3 {
        repository.next_root();
    }
    copy.pin(&repository.metadata("3.root.json"));
    repository.publish(2, &[("a", b"2")]);
    server.seen();
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    let asked: Vec<_> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert!(!asked.iter().any(|path| path.ends_with("2.root.json")));
    assert!(asked.iter().any(|path| path.ends_with("4.root.json")));
}

#[test]
fn another_line_of_trust_begins_anew() {
    let mut ours = Repository::new(true);
    ours.next_root();
    ours.publish(9, &[("a", b"9")]);
    let server = Server::of(ours.folder.path());
    let copy = Copy::of(&ours);
    copy.pull(&server);
    let theirs = Repository::new(true);
    theirs.publish(1, &[("b", b"1")]);
    server.serve(theirs.folder.path());
    assert_eq!(copy.pull(&server).how(), (1, "signature"));
    copy.pin(&theirs.metadata("1.root.json"));
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    let files = copy.files();
    assert!(!files.contains_key("metadata/2.root.json"));
    assert_eq!(
        files[&format!("targets/{}", theirs.file(("b", b"1")))],
        b"1"
    );
    assert_eq!(copy.pull(&server).how(), (0, "unchanged"));
}

#[test]
fn a_root_that_nobody_signed_is_refused() {
    let repository = Repository::new(true);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    let text = fs::read_to_string(repository.metadata("1.root.json")).unwrap();
    let forged = repository.metadata("forged.json");
    fs::write(&forged, text.replace("\"version\":1", "\"version\":2")).unwrap();
    copy.pin(&forged);
    assert_eq!(copy.pull(&server).how(), (1, "root"));
    assert!(server.seen().is_empty());
}
