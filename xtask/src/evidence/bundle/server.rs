//! A real nginx on loopback, with a folder to serve.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, While};
use crate::shell;

/// Nobody else of this project uses these.
const PORTS: std::ops::Range<u16> = 43_817..43_827;

const PATIENCE: Duration = Duration::from_secs(5);

/// A server that ends with its owner.
pub(super) struct Server {
    nginx: Child,
    port: u16,
}

impl Server {
    /// The folder is served, at most at this rate (as nginx writes it) where one is given.
    pub(super) fn of(folder: &Path, state: &str, rate: Option<&str>) -> Outcome<Self> {
        let state = Path::new(state);
        fs::create_dir_all(state).while_doing(state.display())?;
        PORTS
            .into_iter()
            .find_map(|port| start(folder, state, rate, port).ok())
            .ok_or_else(|| Failure::new("nginx did not start: is it installed?"))
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One process, without workers: nothing is left behind.
        let _ = self.nginx.kill();
        let _ = self.nginx.wait();
    }
}

fn start(folder: &Path, state: &Path, rate: Option<&str>, port: u16) -> Outcome<Server> {
    let limit = rate.map_or(String::new(), |rate| format!("limit_rate {rate};"));
    let (folder, place) = (folder.display(), state.display());
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: String = kinds
        .iter()
        .map(|kind| format!("{kind}_temp_path {place}/{kind};\n"))
        .collect();
    let text = format!(
        "daemon off;\nmaster_process off;\npid {place}/nginx.pid;\nerror_log {place}/error.log;\n\
         events {{}}\nhttp {{\naccess_log {place}/access.log;\n{temporary}\
         server {{\nlisten 127.0.0.1:{port};\nroot {folder};\n{limit}\n}}\n}}\n"
    );
    let started = state.join("nginx.pid");
    if started.exists() {
        fs::remove_file(&started).while_doing(started.display())?;
    }
    let file = state.join("nginx.conf");
    fs::write(&file, text).while_doing(file.display())?;
    let mut command = shell::program("nginx");
    command.arg("-c").arg(&file).arg("-p").arg(state);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut nginx = command.spawn().while_doing("nginx")?;
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        let has_ended = nginx.try_wait().is_ok_and(|status| status.is_some());
        if has_ended {
            break;
        }
        // Written when it listens.
        if started.exists() {
            return Ok(Server { nginx, port });
        }
        thread::sleep(Duration::from_millis(20));
    }
    let _ = nginx.kill();
    let _ = nginx.wait();
    Err(Failure::new("nginx did not start"))
}
