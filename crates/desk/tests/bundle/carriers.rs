//! Sticks with something else than files on them, and sticks that are pulled out.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use hwagin_desk::bundle::{BundleFlaw, ImportCode};

use crate::attacks::make_fifo;
use crate::maker::Maker;
use crate::place::{FIRST, Place, maker};

fn installed() -> (Place, Maker) {
    let first = maker();
    let place = Place::of(&first);
    place.installs(&first);
    let mut second = first;
    second.next();
    second.write(&place.stick());
    (place, second)
}

/// The files and folders of a bundle that a desk opens.
fn opened(place: &Place, maker: &Maker) -> Vec<PathBuf> {
    let metadata = ["timestamp.json", "2.snapshot.json", "2.targets.json"];
    let metadata = metadata.into_iter().map(|name| place.metadata(name));
    let targets = maker.files.keys().map(|name| place.target(maker, name));
    metadata.chain(targets).collect()
}

#[track_caller]
fn each_in_place_of_a_file(put: impl Fn(&Path, &Path)) {
    let (place, second) = installed();
    for path in opened(&place, &second) {
        second.write(&place.stick());
        let aside = place.stick().join("aside");
        fs::rename(&path, &aside).unwrap();
        put(&aside, &path);
        place.refuses(BundleFlaw::Unreadable);
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
    }
    place.installs(&second);
}

#[test]
fn a_link_in_place_of_a_file_is_not_followed() {
    each_in_place_of_a_file(|aside, path| symlink(aside, path).unwrap());
}

#[test]
fn a_link_to_nothing_is_not_followed() {
    each_in_place_of_a_file(|_, path| symlink("/nowhere/at/all", path).unwrap());
}

#[test]
fn a_link_to_a_device_is_not_followed() {
    each_in_place_of_a_file(|_, path| symlink("/dev/zero", path).unwrap());
}

#[test]
fn a_folder_in_place_of_a_file_is_not_read() {
    each_in_place_of_a_file(|_, path| fs::create_dir(path).unwrap());
}

#[test]
fn a_pipe_in_place_of_a_file_keeps_nobody_waiting() {
    each_in_place_of_a_file(|_, path| make_fifo(path));
}

#[test]
fn a_link_in_place_of_a_folder_is_not_followed() {
    for area in ["metadata", "targets"] {
        let (place, second) = installed();
        let (folder, aside) = (place.stick().join(area), place.stick().join("aside"));
        fs::rename(&folder, &aside).unwrap();
        symlink(&aside, &folder).unwrap();
        place.refuses(BundleFlaw::Unreadable);
        fs::remove_file(&folder).unwrap();
        fs::rename(&aside, &folder).unwrap();
        place.installs(&second);
    }
}

#[test]
fn a_link_or_pipe_as_the_next_root_is_no_next_root() {
    let (place, _) = installed();
    make_fifo(&place.metadata("2.root.json"));
    assert_eq!(place.take().outcome, ImportCode::Installed);
    let (place, second) = installed();
    let root = place.metadata("2.root.json");
    symlink(place.target(&second, "status-site.cwt"), root).unwrap();
    assert_eq!(place.take().outcome, ImportCode::Installed);
}

#[test]
fn a_stick_that_is_pulled_out_at_any_moment_leaves_the_bundle_in_force() {
    let (place, mut second) = installed();
    for number in 0..60 {
        let name = format!("crl-filler-{number:03}.crl");
        second.files.insert(name, vec![number; 20_000]);
    }
    let (mut refused, mut taken) = (0, 0);
    for round in 0..24_u64 {
        second.next();
        second.write(&place.stick());
        let before = (place.in_force(), place.says());
        let (start, stick) = (Arc::new(Barrier::new(2)), place.stick());
        let pulled = Arc::new(AtomicBool::new(false));
        let puller = {
            let (start, pulled) = (Arc::clone(&start), Arc::clone(&pulled));
            std::thread::spawn(move || {
                start.wait();
                std::thread::sleep(Duration::from_micros(round * round * 200));
                drop(fs::rename(&stick, stick.with_extension("gone")));
                pulled.store(true, Ordering::Release);
            })
        };
        start.wait();
        let report = place.take();
        puller.join().unwrap();
        fs::remove_dir_all(place.stick().with_extension("gone")).unwrap();
        match report.outcome {
            ImportCode::Installed => taken += 1,
            ImportCode::Refused(
                BundleFlaw::Missing
                | BundleFlaw::Mixed
                | BundleFlaw::TargetMissing
                | BundleFlaw::Unreadable,
            ) => {
                refused += 1;
                assert!((place.in_force(), place.says()) == before);
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(place.says(), FIRST);
    }
    println!("pulled out: {refused} refused, {taken} taken before");
    assert!(refused > 0);
}
