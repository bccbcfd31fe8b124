//! The window, traced: while its sample holder is scanned and a bundle comes in by the watched folder,
//! the desk asks the kernel for no internet socket. WebDriver needs one of its own, so nobody drives
//! this window; that it works is seen by the import in its history.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::super::Line;
use super::super::opening::{end_group, own_group};
use super::reach::sockets;
use crate::display::Display;
use crate::failure::{Failure, Outcome, While};
use crate::{build, setup, shell, tree};

/// A traced web view is slow to start.
const PATIENCE: Duration = Duration::from_secs(240);

/// The sample holder shows several presentations in this time.
const SCANNING: Duration = Duration::from_secs(20);

pub(super) fn lines() -> Vec<Line> {
    let figure = traced().map(|sockets| {
        (
            format!("{sockets} while it scanned and took a bundle"),
            sockets == 0,
        )
    });
    vec![Line::of(
        "internet sockets asked for by the window, by strace",
        "0, and the bundle taken",
        figure,
    )]
}

fn traced() -> Outcome<usize> {
    setup::prepare_evidence()?;
    setup::prepare(setup::For::Run)?;
    let built = build::packages(&["hwagin-window", "hwagin-tests"])?;
    let folder = tree::emptied("silence")?;
    let data = folder.join("desk");
    let incoming = data.join("incoming");
    fs::create_dir_all(&incoming).while_doing(incoming.display())?;
    let display = Display::open()?;
    let log = folder.join("strace.txt");
    let mut command = shell::program("strace");
    command
        .args(["-f", "-e", "trace=network", "-o"])
        .arg(&log)
        .arg(built.path("hwagin-window", "hwagin-desk")?)
        .arg("--data")
        .arg(&data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    display.lend(&mut command)?;
    let mut window = own_group(&mut command).spawn().while_doing("strace")?;
    thread::sleep(SCANNING);
    let issue = built.path("hwagin-tests", "training-bundle")?;
    let issued = shell::output(shell::program(issue).arg(&incoming));
    let taken = issued.and_then(|_| wait_for_import(&data.join("history.json")));
    thread::sleep(SCANNING);
    end_group(&mut window);
    taken?;
    let text = fs::read_to_string(&log).while_doing(log.display())?;
    // One that was not traced asked for nothing either: a window speaks to its screen by a socket.
    if text.contains("AF_UNIX") {
        Ok(sockets(&text))
    } else {
        Err(Failure::new("strace saw no socket at all"))
    }
}

fn wait_for_import(history: &Path) -> Outcome {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if fs::read_to_string(history).is_ok_and(|text| text.contains("\"installed\"")) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(500));
    }
    Err(Failure::new("the window took no bundle"))
}
