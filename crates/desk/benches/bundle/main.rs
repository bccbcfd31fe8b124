//! A nation's bundle: what it costs to take it, to start with it, to keep it and to ask it.
//!
//! Sixty million cards at two bits over 64 status lists, one in twenty of them suspended or
//! revoked; a thousand roots; five hundred revocation lists. It is made once, under `target/`. Each
//! figure of an import and of a start is of a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench stops at what it did not expect, and prints"
)]

mod ask;
mod scale;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use hwagin_desk::bundle::{ImportCode, Store};
use hwagin_desk::knowledge::Origin;
use hwagin_desk::{Knowledge, Sources};
use hwagin_verifier::{At, UnixTime};

use scale::AT;

/// How many lists are in the bundles that are compared.
const LISTS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

/// Runs of each; the quickest counts, for a machine has other things to do, too.
const RUNS: usize = 3;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(|word| &**word).collect();
    match words.as_slice() {
        ["import", repository, data] => import(Path::new(repository), Path::new(data)),
        ["start", data] => start(Path::new(data)),
        _ => all(),
    }
}

fn at() -> At {
    At::utc(UnixTime(AT))
}

fn knowledge(data: &Path) -> Knowledge {
    let data = Some(data.to_owned());
    Knowledge::load(
        &Sources {
            data,
            ..Sources::default()
        },
        at(),
    )
}

/// Takes the bundle and says how long it took, and the most memory that was in use.
fn import(repository: &Path, data: &Path) {
    let begin = Instant::now();
    let report = Store::open(data).import(repository, at());
    let time = begin.elapsed();
    assert_eq!(report.outcome, ImportCode::Installed);
    println!(
        "{} {} {}",
        time.as_micros(),
        memory("VmHWM:"),
        memory("VmRSS:")
    );
}

/// Starts with the bundle in force and says the same; the memory is what stays.
fn start(data: &Path) {
    let begin = Instant::now();
    let knowledge = knowledge(data);
    let time = begin.elapsed();
    assert!(matches!(knowledge.origin(), Origin::Bundle(_)));
    assert_eq!(knowledge.problems(), []);
    println!(
        "{} {} {} {}",
        time.as_micros(),
        memory("VmHWM:"),
        memory("VmRSS:"),
        nameless()
    );
}

/// Bytes of files that are open and have no name: where the lists are while the desk runs.
fn nameless() -> u64 {
    let open = fs::read_dir("/proc/self/fd")
        .into_iter()
        .flatten()
        .flatten();
    let paths = open.map(|entry| entry.path()).filter(|path| {
        fs::read_link(path).is_ok_and(|named| named.to_string_lossy().ends_with("(deleted)"))
    });
    let sizes = paths.filter_map(|path| Some(fs::metadata(path).ok()?.len()));
    sizes.sum()
}

/// Kilobytes, as the kernel counts them for this process.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// What a process of its own said.
struct Said {
    time: Duration,
    peak: u64,
    left: u64,
    nameless: u64,
}

fn said(words: &[&str]) -> Said {
    let done = Command::new(std::env::current_exe().unwrap())
        .args(words)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let text = String::from_utf8(done.stdout).unwrap();
    let figures: Vec<u64> = text
        .split_whitespace()
        .map(|word| word.parse().unwrap())
        .collect();
    Said {
        time: Duration::from_micros(figures[0]),
        peak: figures[1],
        left: figures[2],
        nameless: figures.get(3).copied().unwrap_or(0),
    }
}

fn quickest(run: impl Fn() -> Said) -> Said {
    let runs = (0..RUNS).map(|_| run());
    runs.min_by_key(|said| said.time).unwrap()
}

/// Bytes of all files below.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| {
        let about = entry.metadata().unwrap();
        if about.is_dir() {
            size(&entry.path())
        } else {
            about.len()
        }
    });
    sizes.sum()
}

fn all() {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
        PathBuf::from,
    );
    let scale = scale::Scale::in_folder(&target.join("bundle-scale"));
    println!("lists  cards       bundle      import   peak      start    stays     disk");
    for lists in LISTS {
        let repository = scale.repository(lists);
        let data = scale.folder().join("desk");
        let fresh = || {
            drop(fs::remove_dir_all(&data));
            fs::create_dir_all(&data).unwrap();
            fs::write(data.join("root.json"), scale.root()).unwrap();
        };
        let paths = [&repository, &data].map(|path| path.to_str().unwrap());
        let taken = quickest(|| {
            fresh();
            said(&["import", paths[0], paths[1]])
        });
        let started = quickest(|| said(&["start", paths[1]]));
        let bundle = size(&repository.join("targets"));
        let disk = size(&data) + started.nameless;
        println!(
            "{lists:>5}  {:>9}  {:>6.1} MB  {:>6.2} s  {:>4} MB  {:>6.2} s  {:>4} MB  {:>6.1} MB",
            lists as u64 * scale::ENTRIES as u64,
            bundle as f64 / 1e6,
            taken.time.as_secs_f64(),
            taken.peak / 1024,
            started.time.as_secs_f64(),
            started.left / 1024,
            disk as f64 / 1e6,
        );
        let figure = |what: &str, value: f64| println!("figure bundle.{lists}.{what} {value:.3}");
        figure("import_s", taken.time.as_secs_f64());
        figure("import_peak_mb", taken.peak as f64 / 1024.0);
        figure("start_s", started.time.as_secs_f64());
        figure("start_peak_mb", started.peak as f64 / 1024.0);
        figure("start_mb", started.left as f64 / 1024.0);
        figure("bundle_mb", bundle as f64 / 1e6);
        figure("disk_mb", disk as f64 / 1e6);
        if lists == LISTS[LISTS.len() - 1] {
            ask::measure(&scale, &data);
        }
    }
}
