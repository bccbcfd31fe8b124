//! A screen that nobody sees, for windows under test.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Outcome, While};
use crate::{shell, tree};

/// Width and height of the screen: a small desk monitor.
const SIZE: (u32, u32) = (1366, 900);

/// An X server of our own on a display number that was free; ends when dropped.
pub(crate) struct Display {
    server: Child,
    name: String,
    memory: PathBuf,
}

impl Display {
    /// The server runs and takes windows.
    pub(crate) fn open() -> Outcome<Self> {
        let folder = tree::emptied("display")?;
        let mut server = shell::program("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{}x{}x24", SIZE.0, SIZE.1))
            .arg("-fbdir")
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .while_doing("Xvfb")?;
        let mut number = String::new();
        if let Some(pipe) = server.stdout.take() {
            BufReader::new(pipe)
                .read_line(&mut number)
                .while_doing("Xvfb")?;
        }
        let display = Self {
            server,
            name: format!(":{}", number.trim()),
            memory: folder.join("Xvfb_screen0"),
        };
        if number.trim().is_empty() {
            return Err(Failure::new(
                "Xvfb did not start; is /tmp/.X11-unix writable?",
            ));
        }
        Ok(display)
    }

    /// What the screen shows now, as the server keeps it (an X window dump).
    pub(crate) fn dump(&self) -> Outcome<Vec<u8>> {
        fs::read(&self.memory).while_doing(self.memory.display())
    }

    /// The command will open its windows here, and find nothing of the user's.
    pub(crate) fn lend(&self, command: &mut Command) -> Outcome {
        let home = tree::emptied("home")?;
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "runtime"),
        ] {
            let path = home.join(folder);
            fs::create_dir_all(&path).while_doing(path.display())?;
            command.env(name, path);
        }
        keep_private(&home.join("runtime"))?;
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
            // No graphics card: draw in memory, at once.
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            // No session bus: do not wait for one.
            .env("NO_AT_BRIDGE", "1");
        Ok(())
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Both fail only when it has ended already, which is what they are for.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A runtime folder that others may read is refused by those who use one.
#[cfg(unix)]
fn keep_private(folder: &std::path::Path) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).while_doing(folder.display())
}

#[cfg(not(unix))]
fn keep_private(_folder: &std::path::Path) -> Outcome {
    Ok(())
}
