//! The desk's own folder: its root of trust, its disk, and who writes there.

use std::fs;
use std::path::Path;
use std::process::Command;

use hwagin_desk::Knowledge;
use hwagin_desk::bundle::{BundleFlaw, ImportCode, TRAINING_ROOT};
use hwagin_desk::knowledge::{Origin, ProblemCode};

use crate::place::{FIRST, LATER, Place, files_below, later_content, maker};
use crate::training;

fn origin(knowledge: &Knowledge) -> Origin {
    knowledge.origin().clone()
}

#[test]
fn a_root_of_trust_that_is_none_takes_nothing_and_trusts_nobody() {
    let first = maker();
    let altered = String::from_utf8(first.roots[0].clone()).unwrap();
    let altered = altered.replace("\"threshold\":1", "\"threshold\":2");
    for bytes in [&b""[..], b"{}", b"no root", altered.as_bytes()] {
        let place = Place::with_root(bytes);
        place.refuses_of(&first, BundleFlaw::Root);
        let knowledge = place.knowledge();
        assert!(!knowledge.is_training());
        assert_eq!(knowledge.trust().anchors().count(), 0);
    }
    let place = Place::with_root(&vec![b' '; 600 * 1024]);
    place.refuses_of(&first, BundleFlaw::Root);
}

#[test]
fn the_training_root_as_the_root_of_a_real_desk_takes_nothing() {
    let place = Place::with_root(TRAINING_ROOT);
    training::write(&place.stick(), &training::content());
    place.refuses(BundleFlaw::TrainingRoot);
    let knowledge = place.knowledge();
    assert!(!knowledge.is_training());
    assert_eq!(
        origin(&knowledge),
        Origin::Damaged(BundleFlaw::TrainingRoot)
    );
}

#[test]
fn a_root_with_a_training_key_among_its_own_takes_nothing() {
    let first = maker();
    let mut root: serde_json::Value = serde_json::from_slice(&first.roots[0]).unwrap();
    let training: serde_json::Value = serde_json::from_slice(TRAINING_ROOT).unwrap();
    let (id, key) = training["signed"]["keys"]
        .as_object()
        .unwrap()
        .iter()
        .next()
        .unwrap();
    root["signed"]["keys"][id] = key.clone();
    let place = Place::with_root(&serde_json::to_vec(&root).unwrap());
    place.refuses_of(&first, BundleFlaw::TrainingRoot);
}

#[test]
fn a_training_bundle_is_no_bundle_for_a_real_desk() {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    training::write(&place.stick(), &training::content());
    place.refuses(BundleFlaw::WrongKey);
    assert_eq!(place.says(), FIRST);
}

#[test]
fn a_real_bundle_is_no_bundle_for_a_desk_in_training() {
    let place = Place::in_training();
    training::write(&place.stick(), &training::content());
    assert_eq!(place.take().outcome, ImportCode::Installed);
    place.refuses_of(&maker(), BundleFlaw::WrongKey);
    assert!(place.knowledge().is_training());
}

#[test]
fn real_issuers_count_for_nothing_in_training_and_training_ones_for_nothing_else() {
    let place = Place::in_training();
    let mut files = training::content();
    files.extend(crate::place::content());
    training::write(&place.stick(), &files);
    assert_eq!(place.take().outcome, ImportCode::Installed);
    let knowledge = place.knowledge();
    let codes: Vec<_> = knowledge.problems().iter().map(|one| one.code).collect();
    assert!(
        codes.contains(&ProblemCode::ProductionInTraining),
        "{codes:?}"
    );
    assert!(place.says().iter().all(|said| said != "accept"));

    let mut first = maker();
    let training = training::content();
    first.files.extend(
        training
            .into_iter()
            .filter(|(name, _)| name != "bundle.toml"),
    );
    let place = Place::of(&first);
    place.installs(&first);
    let knowledge = place.knowledge();
    let codes: Vec<_> = knowledge.problems().iter().map(|one| one.code).collect();
    assert!(
        codes.contains(&ProblemCode::TrainingInProduction),
        "{codes:?}"
    );
    assert!(!knowledge.is_training());
    assert!(
        training::says(&place.data())
            .iter()
            .all(|(_, said)| said != "accept")
    );
}

#[test]
fn two_imports_at_once_are_one_import() {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let mut second = first;
    second.next();
    second.write(&place.stick());
    let lock = fs::File::options()
        .write(true)
        .open(place.data().join("lock"))
        .unwrap();
    lock.lock().unwrap();
    place.refuses(BundleFlaw::Busy);
    drop(lock);
    place.installs(&second);
}

#[test]
fn many_imports_at_once_leave_one_whole_bundle() {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let mut second = first;
    second.next();
    second.files = later_content();
    second.write(&place.stick());
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let start: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| place.take().outcome))
            .collect();
        start
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let count = |code| outcomes.iter().filter(|outcome| **outcome == code).count();
    let busy = ImportCode::Refused(BundleFlaw::Busy);
    assert_eq!(count(ImportCode::Installed), 1, "{outcomes:?}");
    assert_eq!(
        count(ImportCode::Unchanged) + count(busy),
        5,
        "{outcomes:?}"
    );
    assert_eq!(place.says(), LATER);
}

#[test]
fn a_damaged_bundle_is_mended_by_the_same_bundle() {
    let first = maker();
    let damages: [fn(&Path); 3] = [
        |data| damage(data, "status-site.cwt"),
        |data| damage(data, "1.targets.json"),
        |data| damage(data, "timestamp.json"),
    ];
    for damage in damages {
        let place = Place::of(&first);
        place.installs(&first);
        damage(&place.data());
        assert!(matches!(origin(&place.knowledge()), Origin::Damaged(_)));
        assert!(place.says().iter().all(|said| said != "accept"));
        let report = place.take();
        assert_eq!(report.outcome, ImportCode::Installed);
        assert_eq!(place.says(), FIRST);
    }
}

#[test]
fn a_damaged_bundle_is_mended_by_no_older_one() {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let mut second = first.clone();
    second.next();
    place.installs(&second);
    for name in ["status-site.cwt", "timestamp.json"] {
        damage_of(&place.data(), "2-", name);
        place.refuses_of(&first, BundleFlaw::Older);
    }
    place.installs(&second);
}

/// A byte of the file whose name ends like this is another one, in every bundle.
fn damage(data: &Path, name: &str) {
    damage_of(data, "", name);
}

fn damage_of(data: &Path, bundle: &str, name: &str) {
    let beginning = format!("bundles/{bundle}");
    for (path, mut bytes) in files_below(data) {
        let text = path.to_str().unwrap();
        if text.starts_with(&beginning) && text.ends_with(name) {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(data.join(path), bytes).unwrap();
        }
    }
}

/// A folder with a file system of its own, which is gone with it; `None` where none may be made.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn of(folder: &'a Path, kilobytes: u64) -> Option<Self> {
        let size = format!("size={kilobytes}k");
        let words = ["-t", "tmpfs", "-o", &size, "tmpfs"];
        let made = Command::new("mount").args(words).arg(folder).output();
        let is_made = made.is_ok_and(|made| made.status.success());
        if !is_made {
            eprintln!("skipped: a disk of its own takes the right to mount one");
        }
        is_made.then_some(Self(folder))
    }

    fn remount(&self, option: &str) {
        let words = ["-o", &format!("remount,{option}")];
        let done = Command::new("mount").args(words).arg(self.0).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").args(["-l"]).arg(self.0).status());
    }
}

#[test]
fn a_full_disk_leaves_the_bundle_in_force() {
    let first = maker();
    let place = Place::in_training();
    let data = place.data();
    let Some(disk) = Disk::of(&data, 256) else {
        return;
    };
    fs::write(data.join("root.json"), &first.roots[0]).unwrap();
    place.installs(&first);
    let mut second = first;
    second.next();
    second.files = later_content();
    second
        .files
        .insert("dcc-large.json".to_owned(), vec![b' '; 200_000]);
    let report = place.refuses_of(&second, BundleFlaw::DiskFull);
    assert_eq!(report.culprit.as_deref(), Some("dcc-large.json"));
    assert_eq!(place.says(), FIRST);
    // Full to the last byte: not a folder can be made.
    let filler = data.join("filler");
    let mut size = 1 << 20;
    let mut file = fs::File::create(&filler).unwrap();
    while size > 0 {
        if std::io::Write::write_all(&mut file, &vec![1; size]).is_err() {
            size /= 2;
        }
    }
    place.refuses(BundleFlaw::DiskFull);
    fs::remove_file(filler).unwrap();
    disk.remount("size=1024k");
    place.installs(&second);
    assert_eq!(place.says(), LATER);
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_bundle_in_force() {
    let first = maker();
    let place = Place::in_training();
    let data = place.data();
    let Some(disk) = Disk::of(&data, 1024) else {
        return;
    };
    fs::write(data.join("root.json"), &first.roots[0]).unwrap();
    place.installs(&first);
    let mut second = first;
    second.next();
    disk.remount("ro");
    place.refuses_of(&second, BundleFlaw::ReadOnly);
    assert_eq!(place.says(), FIRST);
    disk.remount("rw");
    place.installs(&second);
}

#[test]
fn what_an_import_left_behind_is_in_nobodys_way() {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let bundles = place.data().join("bundles");
    let left = bundles.join(".unfinished-1").join("targets");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("status-site.cwt"), b"half").unwrap();
    // One that was renamed and never named by `current`.
    let mut second = first.clone();
    second.next();
    let other = Place::of(&first);
    other.installs(&second);
    let name = fs::read_to_string(other.data().join("current")).unwrap();
    fs::create_dir_all(bundles.join(name.trim()).join("targets")).unwrap();
    fs::write(place.data().join("current.new"), b"9").unwrap();
    place.installs(&second);
    assert!(!bundles.join(".unfinished-1").exists());
    assert_eq!(place.says(), FIRST);
    assert_eq!(fs::read_dir(bundles).unwrap().count(), 2);
}
