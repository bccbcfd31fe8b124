//! What a pull leaves, and what it costs.

use std::fs;

use crate::program::{Copy, files_in};
use crate::repository::{Item, Repository};
use crate::server::Server;

const BIG: usize = 300_000;

/// Bytes that are not the same everywhere.
pub(crate) fn big(seed: u8) -> Vec<u8> {
    let mut byte = seed;
    let next = || {
        byte = byte.wrapping_mul(29).wrapping_add(seed);
        byte
    };
    std::iter::repeat_with(next).take(BIG).collect()
}

/// What the folder has is what the repository has, but for the root that it is pinned to.
fn assert_same(copy: &Copy, repository: &Repository) {
    let mut theirs = files_in(&repository.targets(), "targets");
    theirs.extend(files_in(&repository.metadata(""), "metadata"));
    theirs.remove("metadata/1.root.json");
    let ours = copy.files();
    assert_eq!(
        ours.keys().collect::<Vec<_>>(),
        theirs.keys().collect::<Vec<_>>()
    );
    assert!(ours == theirs);
}

#[test]
fn the_first_pull_has_everything_byte_for_byte() {
    for is_consistent in [true, false] {
        let repository = Repository::new(is_consistent);
        repository.publish(1, &[("bundle.cbor", &big(1)), ("keys.json", b"{}")]);
        let server = Server::of(repository.folder.path());
        let copy = Copy::of(&repository);
        let ended = copy.pull(&server);
        assert_eq!(ended.how(), (0, "updated"), "{ended:?}");
        assert_same(&copy, &repository);
        assert_eq!(ended.figure("targets"), 2);
        assert_eq!(ended.figure("resumed"), 0);
        let seen = server.seen();
        assert_eq!(ended.figure("requests"), seen.len() as u64);
        let sent: usize = seen.iter().map(|seen| seen.sent).sum();
        assert_eq!(ended.figure("bytes"), sent as u64);
        println!("first pull, {sent} bytes in {} requests", seen.len());
        let progress = ended.lines.iter().find(|line| line["type"] == "progress");
        assert_eq!(progress.unwrap()["of"], BIG as u64 + 2);
    }
}

#[test]
fn a_repository_that_says_versions_only_is_pulled_too() {
    for is_consistent in [true, false] {
        let repository = Repository::new(is_consistent);
        repository.publish(1, &[("a", b"1")]);
        repository.say_versions_only(1);
        let server = Server::of(repository.folder.path());
        let copy = Copy::of(&repository);
        assert_eq!(copy.pull(&server).how(), (0, "updated"));
        assert_same(&copy, &repository);
        repository.publish(2, &[("a", b"2")]);
        repository.say_versions_only(2);
        assert_eq!(copy.pull(&server).how(), (0, "updated"));
        let target = copy.path("targets").join(repository.file(("a", b"2")));
        assert_eq!(fs::read(target).unwrap(), b"2");
    }
}

#[test]
fn what_is_left_to_another_role_is_pulled_too() {
    for is_consistent in [true, false] {
        let mut repository = Repository::new(is_consistent);
        repository.delegate("a/b", ("lists", b"lists"));
        repository.publish(1, &[("a", b"1")]);
        let server = Server::of(repository.folder.path());
        let copy = Copy::of(&repository);
        assert_eq!(copy.pull(&server).how(), (0, "updated"));
        assert_same(&copy, &repository);
        assert_eq!(copy.pull(&server).how(), (0, "unchanged"));
    }
}

#[test]
fn a_role_with_the_name_of_a_file_is_refused() {
    for role in ["root", "snapshot", "~targets"] {
        let mut repository = Repository::new(false);
        repository.delegate(role, ("lists", b"lists"));
        repository.publish(1, &[("a", b"1")]);
        let server = Server::of(repository.folder.path());
        let copy = Copy::of(&repository);
        assert_eq!(copy.pull(&server).exit, 1, "{role}");
        assert!(copy.files().is_empty());
    }
}

#[test]
fn nothing_new_costs_one_small_request() {
    let repository = Repository::new(true);
    repository.publish(1, &[("bundle.cbor", &big(1))]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    copy.pull(&server);
    server.seen();
    let ended = copy.pull(&server);
    assert_eq!(ended.how(), (0, "unchanged"));
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].sent < 1_000);
    println!("unchanged, {} bytes", seen[0].sent);
}

#[test]
fn only_what_is_new_is_fetched_and_what_is_old_is_gone() {
    for is_consistent in [true, false] {
        let repository = Repository::new(is_consistent);
        let (bundle, old): (Item, Item) = (("bundle.cbor", &big(1)), ("old", b"old"));
        repository.publish(1, &[bundle, old]);
        let server = Server::of(repository.folder.path());
        let copy = Copy::of(&repository);
        copy.pull(&server);
        server.seen();
        repository.publish(2, &[bundle, ("new", b"new")]);
        let ended = copy.pull(&server);
        assert_eq!(ended.how(), (0, "updated"));
        assert_eq!(ended.figure("targets"), 1);
        assert!(ended.figure("bytes") < 5_000);
        println!("incremental, {} bytes", ended.figure("bytes"));
        let files = copy.files();
        let has = |item| files.contains_key(&format!("targets/{}", repository.file(item)));
        assert!(has(bundle) && has(("new", b"new")) && !has(old));
        assert!(!files.contains_key("metadata/1.snapshot.json"));
    }
}

#[test]
fn metadata_that_is_there_is_not_fetched_again() {
    let repository = Repository::new(true);
    repository.publish(1, &[("a", b"1")]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    copy.pull(&server);
    server.seen();
    fs::remove_dir_all(copy.path("targets")).unwrap();
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    let asked: Vec<_> = server.seen().into_iter().map(|seen| seen.path).collect();
    let target = format!("/targets/{}", repository.file(("a", b"1")));
    assert_eq!(
        asked,
        ["/metadata/timestamp.json", "/metadata/2.root.json", &target]
    );
}

#[test]
fn what_was_damaged_here_is_fetched_again() {
    let repository = Repository::new(true);
    repository.publish(1, &[("a", b"1")]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    copy.pull(&server);
    fs::write(copy.path("metadata/1.targets.json"), b"{}").unwrap();
    let target = copy.path("targets").join(repository.file(("a", b"1")));
    fs::write(target, b"22").unwrap();
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    assert_same(&copy, &repository);
    // Without digests only what is inside tells.
    repository.publish(2, &[("a", b"1")]);
    repository.say_versions_only(2);
    copy.pull(&server);
    fs::write(copy.path("metadata/2.targets.json"), b"{}").unwrap();
    assert_eq!(copy.pull(&server).how(), (0, "updated"));
    let there = fs::read(copy.path("metadata/2.targets.json")).unwrap();
    assert_eq!(
        there,
        fs::read(repository.metadata("2.targets.json")).unwrap()
    );
}

#[test]
fn two_runs_at_once_do_not_meet() {
    let repository = Repository::new(true);
    repository.publish(1, &[("a", b"1")]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    copy.pull(&server);
    server.seen();
    let lock = fs::File::open(copy.path(".sync/lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(copy.pull(&server).how(), (2, "busy"));
    assert!(server.seen().is_empty());
    lock.unlock().unwrap();
    assert_eq!(copy.pull(&server).how(), (0, "unchanged"));
}
