//! `hwagin bundle import`, killed at any point: the desk starts with the old bundle or the new one,
//! whole, and the next import works.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect, and says what it counted"
)]

#[path = "program/publisher.rs"]
mod publisher;

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use hwagin_desk::bundle::{ImportCode, Store};
use hwagin_desk::knowledge::Origin;
use hwagin_desk::{Knowledge, Sources};
use hwagin_verifier::{At, UnixTime};
use publisher::{AT, Publisher};

/// Files of each bundle, beside those that say what it is.
const FILES: u32 = 200;

/// Kills where the environment names no number.
const KILLS: u32 = 25;

fn at() -> At {
    At::utc(UnixTime(AT))
}

/// The same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % bound
    }
}

struct Folders {
    repository: PathBuf,
    data: PathBuf,
}

impl Folders {
    fn import(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_hwagin"))
            .args(["bundle", "import"])
            .arg(&self.repository)
            .arg("--data")
            .arg(&self.data)
            .args(["--at", &AT.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// The next of two releases that differ in every file.
    fn publish(&self, publisher: &Publisher, number: u32) {
        let of = |file: u32| {
            let bytes = format!("{file} {}", number % 2).repeat(400).into_bytes();
            (format!("crl-{file:03}.crl"), bytes)
        };
        publisher.release(&self.repository, (0..FILES).map(of).collect());
    }

    /// How long one import takes, from start to end.
    fn time_of_import(&self) -> Duration {
        let start = Instant::now();
        assert!(self.import().wait().unwrap().success());
        start.elapsed()
    }

    /// Files of the bundle that is being written.
    fn written(&self) -> usize {
        let unfinished = |entry: &fs::DirEntry| {
            entry
                .file_name()
                .to_string_lossy()
                .starts_with(".unfinished-")
        };
        let entries = fs::read_dir(self.data.join("bundles")).unwrap().flatten();
        let count = |folder: &Path| fs::read_dir(folder).into_iter().flatten().count();
        let folders = entries.filter(unfinished);
        folders
            .map(|entry| count(&entry.path().join("targets")))
            .sum()
    }

    fn current(&self) -> String {
        fs::read_to_string(self.data.join("current")).unwrap()
    }

    /// The next import works, whatever the one before left behind.
    fn takes_the_next(&self, is_in_force: bool) {
        let report = Store::open(&self.data).import(&self.repository, at());
        let expected = if is_in_force {
            ImportCode::Unchanged
        } else {
            ImportCode::Installed
        };
        assert_eq!(report.outcome, expected);
        if !is_in_force {
            let kept = fs::read_dir(self.data.join("bundles")).unwrap().count();
            assert_eq!(kept, 2);
        }
    }

    /// A desk that starts now has this version, and each of its files.
    fn version_of_whole(&self) -> u64 {
        let bundle = Store::open(&self.data).current().unwrap().unwrap();
        assert_eq!(bundle.files().len(), FILES as usize + 1);
        for name in bundle.files().keys() {
            bundle.read(name).unwrap();
        }
        let data = Some(self.data.clone());
        let knowledge = Knowledge::load(
            &Sources {
                data,
                ..Sources::default()
            },
            at(),
        );
        let Origin::Bundle(facts) = knowledge.origin() else {
            panic!("{:?}", knowledge.origin());
        };
        assert_eq!(facts.version, bundle.version());
        facts.version
    }
}

/// When the process is killed.
enum Moment {
    After(Duration),
    /// When so many files are written, and a moment has passed.
    Written(usize, Duration),
    /// When `current` names the new bundle, and a moment has passed.
    Switched(Duration),
}

impl Moment {
    fn of(kill: u32, numbers: &mut Numbers, whole: Duration) -> Self {
        let micros = whole.as_micros() as u64;
        match kill % 4 {
            0 | 1 => Self::After(Duration::from_micros(numbers.below(micros))),
            2 => {
                let files = numbers.below(u64::from(FILES) + 2) as usize;
                Self::Written(files, Duration::from_micros(numbers.below(2_000)))
            }
            _ => Self::Switched(Duration::from_micros(numbers.below(micros / 8 + 1))),
        }
    }

    fn wait(&self, folders: &Folders, child: &mut Child) {
        let before = folders.current();
        let mut until = |reached: &dyn Fn() -> bool| {
            while !reached() && child.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
        };
        match self {
            Self::After(time) => std::thread::sleep(*time),
            Self::Written(files, time) => {
                until(&|| folders.written() >= *files);
                std::thread::sleep(*time);
            }
            Self::Switched(time) => {
                until(&|| folders.current() != before);
                std::thread::sleep(*time);
            }
        }
    }
}

#[test]
fn a_desk_starts_with_the_old_or_the_new_bundle_whenever_an_import_is_killed() {
    let kills = std::env::var("HWAGIN_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok());
    let kills: u32 = kills.unwrap_or(KILLS);
    let folder = tempfile::tempdir().unwrap();
    let folders = Folders {
        repository: folder.path().join("repository"),
        data: folder.path().join("data"),
    };
    let publisher = Publisher::new();
    fs::create_dir(&folders.data).unwrap();
    fs::write(folders.data.join("root.json"), publisher.root()).unwrap();
    let mut released = 0;
    let mut release = || {
        released += 1;
        folders.publish(&publisher, released);
    };
    let mut whole = Duration::MAX;
    for _ in 0..3 {
        release();
        whole = whole.min(folders.time_of_import());
    }
    let mut numbers = Numbers(1);
    let mut tally = Tally::default();
    while tally.kills < kills {
        let old = folders.version_of_whole();
        release();
        let mut child = folders.import();
        Moment::of(tally.kills, &mut numbers, whole).wait(&folders, &mut child);
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let new = folders.version_of_whole();
        assert!(new == old || new == old + 1, "{old} {new}");
        tally.count(status, new > old);
        assert!(tally.too_late <= 3 * kills + 50);
        folders.takes_the_next(new > old);
        assert_eq!(folders.version_of_whole(), old + 1);
    }
    tally.print();
    println!("figure kill.import_ms {}", whole.as_millis());
}

/// How many processes were killed, and what was in force then.
#[derive(Default)]
struct Tally {
    kills: u32,
    before: u32,
    after: u32,
    too_late: u32,
}

impl Tally {
    fn count(&mut self, status: ExitStatus, is_new: bool) {
        if status.signal() != Some(9) {
            // It had ended: no kill.
            assert!(status.success() && is_new);
            self.too_late += 1;
            return;
        }
        self.kills += 1;
        if is_new {
            self.after += 1;
        } else {
            self.before += 1;
        }
    }

    fn print(&self) {
        println!("figure kill.kills {}", self.kills);
        println!("figure kill.before_switch {}", self.before);
        println!("figure kill.after_switch {}", self.after);
        println!("figure kill.too_late {}", self.too_late);
        assert!(self.before > 0 && self.after > 0);
    }
}
