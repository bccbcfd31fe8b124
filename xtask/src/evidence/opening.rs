//! `cargo xtask run` opens the window: it is started on a screen of its own, and looked at.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Line;
use crate::display::Display;
use crate::failure::{Failure, Outcome, While};
use crate::screen::{Look, Picture};
use crate::{shell, tree};

/// The window may have to be built first.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// From the first thing drawn to a page at rest: fonts, the first pictures of the camera.
const REST: Duration = Duration::from_secs(5);

pub(super) fn line() -> Line {
    let figure = picture().map(|Look { colours, drawn }| {
        (
            format!(
                "{colours} colours, {:.0} % drawn: target/screens/run.png",
                drawn * 100.0
            ),
            true,
        )
    });
    Line::of(
        "cargo xtask run opens the window",
        "a page is drawn",
        figure,
    )
}

fn picture() -> Outcome<Look> {
    let display = Display::open()?;
    // By its name: the tests may have built this very program anew, and the old one is gone.
    let mut command = shell::cargo();
    command.args(["xtask", "run"]).stdin(Stdio::null());
    display.lend(&mut command)?;
    let mut child = own_group(&mut command)
        .spawn()
        .while_doing("cargo xtask run")?;
    let looked = watch(&mut child, &display);
    end_group(&mut child);
    let picture = looked?.cropped();
    picture.write(&tree::screens().join("run.png"))?;
    let look = picture.look();
    if look.is_drawn() {
        Ok(look)
    } else {
        Err(Failure::new(format!(
            "the window is blank: {} colours",
            look.colours
        )))
    }
}

/// Waits for something to be drawn, and then for it to come to rest.
fn watch(child: &mut Child, display: &Display) -> Outcome<Picture> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(500));
        if let Some(status) = child.try_wait().while_doing("cargo xtask run")? {
            return Err(Failure::new(format!("cargo xtask run ended ({status})")));
        }
        if Picture::from_window_dump(&display.dump()?)?
            .cropped()
            .look()
            .is_drawn()
        {
            thread::sleep(REST);
            return Picture::from_window_dump(&display.dump()?);
        }
    }
    Err(Failure::new("cargo xtask run opened no window"))
}

/// It starts Cargo, which starts the desk, which starts the web view: they end together.
#[cfg(unix)]
pub(super) fn own_group(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt;
    command.process_group(0)
}

#[cfg(not(unix))]
pub(super) fn own_group(command: &mut Command) -> &mut Command {
    command
}

pub(super) fn end_group(child: &mut Child) {
    // What has ended already cannot be ended again, and that is fine.
    let kill = format!("kill -TERM -- -{}", child.id());
    let _ = Command::new("sh")
        .args(["-c", &kill])
        .stderr(Stdio::null())
        .status();
    let _ = child.kill();
    let _ = child.wait();
}
