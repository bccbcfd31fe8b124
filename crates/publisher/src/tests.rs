//! Who has signed, who has still to, and what a desk would follow.

use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use jiff::Timestamp;
use tough::schema::{RoleType, Signed, Targets};

use crate::issue::{self, Expiry};
use crate::key::{self, SigningKey};
use crate::release::{self, Delegation, Files, Release};
use crate::root::{self, RolePlan, RootPlan, SignedRoot};
use crate::{PublishError, Signatures};

fn key() -> SigningKey {
    SigningKey::from_bytes(&SigningKey::generate().unwrap()).unwrap()
}

fn keys(count: usize) -> Vec<SigningKey> {
    (0..count).map(|_| key()).collect()
}

fn role(keys: &[SigningKey], threshold: u64) -> RolePlan {
    RolePlan {
        keys: keys.iter().map(SigningKey::public).collect(),
        threshold: NonZeroU64::new(threshold).unwrap(),
    }
}

fn later() -> Timestamp {
    Timestamp::from_second(1_900_000_000).unwrap()
}

/// Two of three sign roots, two of two what the files are, one key the rest.
fn plan(roots: &[SigningKey], targets: &[SigningKey], online: &[SigningKey]) -> RootPlan {
    RootPlan {
        root: role(roots, 2),
        targets: role(targets, 2),
        snapshot: role(online, 1),
        timestamp: role(online, 1),
        expires: later(),
    }
}

fn far(signatures: &Signatures) -> (&str, usize, u64, bool) {
    let Signatures { role, have, need } = signatures;
    (role, *have, *need, signatures.complete())
}

fn release(files: &[(&str, &[u8])]) -> Release {
    let files = files.iter();
    Release {
        files: files
            .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
            .collect(),
        delegations: Vec::new(),
        expires: later(),
    }
}

fn expiry() -> Expiry {
    Expiry {
        snapshot: later(),
        timestamp: later(),
    }
}

fn verifies(root: &SignedRoot, by: &SignedRoot) -> bool {
    by.root.signed.verify_role(&root.root).is_ok()
}

#[test]
fn a_root_is_signed_one_key_after_the_other() {
    let (roots, targets, online) = (keys(3), keys(2), keys(1));
    let first = root::new(plan(&roots, &targets, &online), None, &roots[..1]).unwrap();
    assert_eq!(far(&first.signatures(None)[0]), ("root", 1, 2, false));
    assert!(!verifies(&first, &first));
    // The same key again adds nothing, and neither does a stranger.
    let again = root::sign(first.root.clone(), None, &roots[..1]).unwrap();
    let again = root::sign(again.root, None, &keys(2)).unwrap();
    assert_eq!(far(&again.signatures(None)[0]), ("root", 1, 2, false));
    let whole = root::sign(again.root, None, &roots[2..]).unwrap();
    assert_eq!(far(&whole.signatures(None)[0]), ("root", 2, 2, true));
    assert!(verifies(&whole, &whole));
}

#[test]
fn the_next_root_is_signed_by_both() {
    let (roots, targets, online) = (keys(2), keys(2), keys(1));
    let first = root::new(plan(&roots, &targets, &online), None, &roots).unwrap();
    let fresh = keys(2);
    let next = || plan(&fresh, &targets, &online);
    let alone = root::new(next(), Some(&first), &fresh).unwrap();
    assert_eq!(alone.version(), 2);
    assert!(verifies(&alone, &alone) && !verifies(&alone, &first));
    let missing = &alone.signatures(Some(&first))[1];
    assert_eq!(far(missing), ("root-before", 0, 2, false));
    let by_both = root::sign(alone.root, Some(&first), &roots).unwrap();
    assert!(verifies(&by_both, &by_both) && verifies(&by_both, &first));
    // Old keys count for the old root only, and are no signatures of the new one's.
    let signatures = by_both.signatures(Some(&first));
    assert_eq!(far(&signatures[0]), ("root", 2, 2, true));
    assert_eq!(far(&signatures[1]), ("root-before", 2, 2, true));
}

#[test]
fn a_role_with_fewer_keys_than_have_to_sign_is_none() {
    let (roots, targets, online) = (keys(2), keys(1), keys(1));
    let failed = root::new(plan(&roots, &targets, &online), None, &roots);
    assert!(matches!(failed, Err(PublishError::Threshold(role)) if role == "targets"));
    // One key twice is one key.
    let twice = [roots[0].public(), roots[0].public()];
    let mut same = plan(&roots, &keys(2), &online);
    same.root.keys = twice.to_vec();
    let failed = root::new(same, None, &roots);
    assert!(matches!(failed, Err(PublishError::Threshold(role)) if role == "root"));
}

fn targets_in(repository: &Path, version: u64) -> Signed<Targets> {
    let file = repository.join(format!("metadata/{version}.targets.json"));
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn a_release_is_issued_once_enough_have_signed() {
    let (roots, targets, online) = (keys(2), keys(2), keys(1));
    let root = root::new(plan(&roots, &targets, &online), None, &roots).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path();
    let files = release(&[("bundle.toml", b"a"), ("status-a.cwt", b"b")]);
    let pending = release::write(&files, &root, &targets[..1], repository).unwrap();
    assert_eq!(far(&pending), ("targets", 1, 2, false));
    let issued = || repository.join("metadata/timestamp.json").exists();
    let still = issue::sign(repository, &root, &online, expiry()).unwrap();
    assert_eq!(
        still.iter().map(far).collect::<Vec<_>>(),
        [("targets", 1, 2, false)]
    );
    assert!(!issued());
    // The second key without the one for the rest: signed, and not issued.
    let signed = issue::sign(repository, &root, &targets[1..], expiry()).unwrap();
    assert_eq!(far(&signed[0]), ("targets", 2, 2, true));
    assert_eq!(far(&signed[1]), ("snapshot", 0, 1, false));
    assert!(!issued());
    let done = issue::sign(repository, &root, &online, expiry()).unwrap();
    assert!(done.iter().all(Signatures::complete) && done.len() == 3);
    assert!(issued());
    root.root
        .signed
        .verify_role(&targets_in(repository, 1))
        .unwrap();
}

#[test]
fn each_release_and_each_issue_is_one_version_newer() {
    let (roots, targets, online) = (keys(2), keys(2), keys(1));
    let root = root::new(plan(&roots, &targets, &online), None, &roots).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path();
    let all: Vec<SigningKey> = targets.into_iter().chain(online).collect();
    for version in 1..4 {
        let files = release(&[("bundle.toml", &[version])]);
        release::write(&files, &root, &all, repository).unwrap();
        issue::sign(repository, &root, &all, expiry()).unwrap();
        let targets = targets_in(repository, version.into());
        assert_eq!(targets.signed.version.get(), u64::from(version));
    }
    issue::sign(repository, &root, &all, expiry()).unwrap();
    let there = |name: &str| repository.join("metadata").join(name).exists();
    assert!(there("4.snapshot.json") && !there("4.targets.json"));
    let timestamp = fs::read(repository.join("metadata/timestamp.json")).unwrap();
    let timestamp: serde_json::Value = serde_json::from_slice(&timestamp).unwrap();
    assert_eq!(timestamp["signed"]["version"], 4);
    assert_eq!(timestamp["signed"]["meta"]["snapshot.json"]["version"], 4);
}

#[test]
fn what_a_delegated_role_signs_is_signed_by_its_own_keys() {
    let signers = keys(2);
    let files = Files::from([("status-a.cwt".to_owned(), b"list".to_vec())]);
    let bytes = release::delegated(&files, 7, later(), &signers).unwrap();
    let signed: Signed<Targets> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(signed.signed.version.get(), 7);
    let mut ids: Vec<_> = signed.signatures.iter().map(|one| &one.keyid).collect();
    ids.sort();
    let mut expected: Vec<_> = signers
        .iter()
        .map(|key| key::id(&key.public()).unwrap())
        .collect();
    expected.sort();
    assert!(ids.into_iter().eq(&expected));
}

#[test]
fn a_role_that_brings_nothing_any_more_stays_listed() {
    let (roots, targets, online) = (keys(2), keys(2), keys(1));
    let root = root::new(plan(&roots, &targets, &online), None, &roots).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<SigningKey> = targets.into_iter().chain(online).collect();
    let signers = keys(1);
    let files = Files::from([("status-a.cwt".to_owned(), b"list".to_vec())]);
    let mut with = release(&[("bundle.toml", b"a")]);
    with.delegations.push(Delegation {
        name: "issuer".to_owned(),
        keys: vec![signers[0].public()],
        threshold: NonZeroU64::MIN,
        paths: vec!["status-*".to_owned()],
        metadata: release::delegated(&files, 7, later(), &signers).unwrap(),
        files,
    });
    for release in [with, release(&[("bundle.toml", b"a")])] {
        release::write(&release, &root, &all, folder.path()).unwrap();
        issue::sign(folder.path(), &root, &all, expiry()).unwrap();
    }
    let snapshot = fs::read(folder.path().join("metadata/2.snapshot.json")).unwrap();
    let snapshot: serde_json::Value = serde_json::from_slice(&snapshot).unwrap();
    assert_eq!(snapshot["signed"]["meta"]["issuer.json"]["version"], 7);
}

#[test]
fn a_root_says_who_counts_for_what() {
    let (roots, targets, online) = (keys(2), keys(2), keys(1));
    let root = root::new(plan(&roots, &targets, &online), None, &roots).unwrap();
    let count = |role| root.role(role).map(|role| role.keyids.len());
    assert_eq!(count(RoleType::Root), Some(2));
    assert_eq!(count(RoleType::Timestamp), Some(1));
    assert_eq!(count(RoleType::DelegatedTargets), None);
    assert!(root.root.signed.consistent_snapshot);
}
