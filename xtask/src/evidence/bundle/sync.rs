//! `hwagin-sync` and a real nginx: what a first and a next run fetch, a run that was cut off, and a
//! server that has only what is old.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::super::Line;
use super::publisher::Publisher;
use super::server::Server;
use crate::failure::{Failure, Outcome, While};
use crate::{setup, shell, tree};

/// Files of a release, and how long each is: as status lists are.
const FILES: u32 = 48;
const LENGTH: usize = 200_000;

/// What a run at this rate does not end in the time it gets.
const RATE: &str = "400k";
const TIME: Duration = Duration::from_secs(2);

pub(super) fn lines() -> Vec<Line> {
    match measured() {
        Ok(lines) => lines,
        Err(failure) => vec![Line::of("hwagin-sync and nginx", "it runs", Err(failure))],
    }
}

/// What a run said last, and how it ended.
struct Ended {
    code: Option<i32>,
    last: Value,
}

impl Ended {
    fn figure(&self, name: &str) -> u64 {
        self.last
            .get(name)
            .and_then(Value::as_u64)
            .unwrap_or(u64::MAX)
    }

    fn word(&self, name: &str) -> &str {
        self.last
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or("nothing")
    }
}

fn words<'a>(url: &'a str, root: &'a str, to: &'a str) -> [&'a str; 7] {
    ["pull", url, "--root", root, "--to", to, "--json"]
}

fn pull(publisher: &Publisher, server: &Server, to: &str) -> Outcome<Ended> {
    let at = |name: &str| publisher.folder.join(name).display().to_string();
    let program = publisher.program("hwagin-sync", "hwagin-sync")?;
    let mut command = shell::program(program);
    let done = shell::quiet(command.args(words(&server.url(), &at("root.json"), &at(to))))?;
    let object = |line: &str| serde_json::from_str(line).ok();
    let last = done.text.lines().rev().find_map(object);
    Ok(Ended {
        code: done.code,
        last: last.ok_or_else(|| Failure::new(format!("hwagin-sync said: {}", done.text)))?,
    })
}

fn measured() -> Outcome<Vec<Line>> {
    setup::prepare_evidence()?;
    let publisher = Publisher::new("sync")?;
    for number in 0..FILES {
        publisher.part(number, 1, LENGTH)?;
    }
    publisher.release()?;
    let repository = publisher.folder.join("repository");
    let old = publisher.folder.join("old");
    copy(&repository, &old)?;
    let state = |name: &str| publisher.folder.join(name).display().to_string();
    let server = Server::of(&repository, &state("nginx"), None)?;
    let first = pull(&publisher, &server, "copy")?;
    publisher.part(7, 2, LENGTH)?;
    publisher.release()?;
    let next = pull(&publisher, &server, "copy")?;
    let same = pull(&publisher, &server, "copy")?;
    drop(server);
    let cut = cut_off(&publisher, &repository)?;
    let server = Server::of(&old, &state("nginx-old"), None)?;
    let stale = pull(&publisher, &server, "copy")?;
    let data = publisher.desk("desk")?;
    let taken = publisher.bundle(&format!("import copy --data {}", data.display()))?;
    Ok(vec![
        fetched(&first, &next, &same),
        resumed(&cut),
        refused(&stale),
        Line::new(
            "what hwagin-sync fetched, taken by a desk",
            taken.lines().next().unwrap_or_default(),
            "installed",
            taken.starts_with("installed"),
        ),
    ])
}

fn fetched(first: &Ended, next: &Ended, same: &Ended) -> Line {
    let of = |ended: &Ended| ended.figure("bytes");
    let (first, next, same) = (of(first), of(next), of(same));
    let share = next as f64 / first as f64;
    Line::new(
        "bytes fetched from nginx",
        format!(
            "{first} by the first run, {next} by the next (1 of {FILES} files new, {:.1} %), \
             {same} where nothing is",
            share * 100.0
        ),
        "the next run at most 5 % of the first, 2 kB where nothing is new",
        first < u64::MAX && share <= 0.05 && same <= 2_000,
    )
}

/// A run that was killed at a slow server, and the one after it.
fn cut_off(publisher: &Publisher, repository: &Path) -> Outcome<Ended> {
    let at = |name: &str| publisher.folder.join(name).display().to_string();
    let server = Server::of(repository, &at("nginx-slow"), Some(RATE))?;
    let mut command = shell::program(publisher.program("hwagin-sync", "hwagin-sync")?);
    command.args(words(&server.url(), &at("root.json"), &at("cut")));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut run = command.spawn().while_doing("hwagin-sync")?;
    thread::sleep(TIME);
    let is_running = run.try_wait().is_ok_and(|status| status.is_none());
    run.kill().while_doing("hwagin-sync")?;
    run.wait().while_doing("hwagin-sync")?;
    if !is_running {
        return Err(Failure::new("the slow server was not slow enough"));
    }
    if publisher
        .folder
        .join("cut/metadata/timestamp.json")
        .exists()
    {
        return Err(Failure::new("a copy that was cut off has a timestamp"));
    }
    drop(server);
    let server = Server::of(repository, &at("nginx-quick"), None)?;
    pull(publisher, &server, "cut")
}

fn resumed(ended: &Ended) -> Line {
    let (bytes, resumed) = (ended.figure("bytes"), ended.figure("resumed"));
    Line::new(
        "a run killed at a slow nginx, and run again",
        format!(
            "{}: {bytes} bytes fetched, {resumed} kept from before",
            ended.word("outcome")
        ),
        "updated, with what was there before kept",
        ended.code == Some(0) && resumed > 0 && resumed < u64::MAX,
    )
}

fn refused(ended: &Ended) -> Line {
    Line::new(
        "an old copy served by nginx",
        format!("exit {:?}, {}", ended.code, ended.word("code")),
        "exit 1, rollback",
        ended.code == Some(1) && ended.word("code") == "rollback",
    )
}

fn copy(from: &Path, to: &Path) -> Outcome {
    for name in tree::files_below(from)? {
        let place = to.join(&name);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).while_doing(folder.display())?;
        }
        fs::copy(from.join(&name), &place).while_doing(place.display())?;
    }
    Ok(())
}
