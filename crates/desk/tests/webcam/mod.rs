//! A child process before a camera that a preloaded library pretends to be: this module's own
//! [`watching`], which prints what the camera thread says, with the library of `tests/fake-webcam`
//! in front of the C library.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use hwagin_desk::camera::{Camera, CameraEvent, CameraId, LatestFrame, Wish};
use hwagin_scanner::Scanner;
use image::{Rgb, RgbImage};
use qrcode::{Color, QrCode};

/// Begins each line of the child that counts.
pub(crate) const MARK: &str = "camera> ";

/// Opening, a second between attempts, and a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
#[ignore = "the child of the other tests"]
fn watching() {
    for camera in Camera::list() {
        let kind = if camera.is_virtual { "virtual" } else { "real" };
        println!("{MARK}listed {kind} {} {}", camera.id.as_str(), camera.name);
    }
    let wish = Wish {
        camera: std::env::var("CAMERA").ok().map(|id| CameraId::new(&id)),
        nudged: std::env::var_os("LEFT_ALONE").is_none(),
    };
    let frames = LatestFrame::new();
    let (slot, lines) = (frames.clone(), Arc::new(Mutex::new(())));
    let printing = Arc::clone(&lines);
    let camera = Camera::start(wish, move |event| match event {
        CameraEvent::State { state, camera } => {
            let name = camera.map(|camera| camera.name).unwrap_or_default();
            let _line = printing.lock().unwrap();
            println!("{MARK}{state:?} {name}");
        }
        CameraEvent::Frame(frame) => slot.put(frame),
    });
    std::thread::spawn(move || {
        let mut scanner = Scanner::new();
        loop {
            let Some(frame) = frames.take(Duration::from_secs(1)) else {
                continue;
            };
            let symbols = scanner.scan(&frame.luma().unwrap()).symbols;
            let text = symbols
                .first()
                .map(|symbol| String::from_utf8_lossy(&symbol.content));
            let (width, height) = (frame.width(), frame.height());
            let _line = lines.lock().unwrap();
            let text = text.unwrap_or_default();
            println!("{MARK}frame {width}x{height} {:?} {text}", frame.coding());
        }
    });
    // Until the parent lets go.
    let _ = std::io::stdin().read(&mut [0]);
    drop(camera);
    println!("{MARK}closed");
}

/// The library, built once. Cargo builds no cdylib for a dependency, so it is asked to.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--package",
                "fake-webcam",
                "--message-format=json",
            ])
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(built.status.success(), "fake-webcam does not build");
        let said = String::from_utf8(built.stdout).unwrap();
        let quoted = said
            .split('"')
            .find(|part| part.ends_with("libfake_webcam.so"));
        PathBuf::from(quoted.expect("cargo names the library"))
    })
}

/// A child that watches the camera, and the folder in which this test keeps its pictures.
pub(crate) struct Desk {
    folder: PathBuf,
    pub(crate) child: Child,
    lines: Receiver<String>,
}

impl Desk {
    /// Starts watching; `scene` is what the control file says.
    pub(crate) fn start(name: &str, scene: &str) -> Self {
        Self::with(name, scene, &[])
    }

    pub(crate) fn with(name: &str, scene: &str, environment: &[(&str, &str)]) -> Self {
        Self::child("webcam::watching", name, scene, environment)
    }

    pub(crate) fn child(
        child: &str,
        name: &str,
        scene: &str,
        environment: &[(&str, &str)],
    ) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("camera")
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        say(&folder, scene);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", child, "--nocapture"])
            .env("LD_PRELOAD", library())
            .env("HWAGIN_FAKE_WEBCAM_CONTROL", folder.join("control"))
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                // The test runner's own words may stand before ours on the first line.
                if let Some((_, said)) = line.split_once(MARK) {
                    let _ = sender.send(said.trim().to_owned());
                }
            }
        });
        Self {
            folder,
            child,
            lines,
        }
    }

    /// The camera sees a phone with this symbol from now on.
    pub(crate) fn shows(&self, text: &str) {
        self.shows_with(text, "");
    }

    /// As well, and what else is so.
    pub(crate) fn shows_with(&self, text: &str, lines: &str) {
        let frames = self.folder.join(text);
        pictures_of(text, &frames);
        self.is(&format!("frames {}\n{lines}", frames.display()));
    }

    /// The camera is let go of; the child has ended when this returns.
    pub(crate) fn close(&mut self) {
        drop(self.child.stdin.take());
        self.until("closed", |line| line == "closed");
        assert!(self.child.wait().unwrap().success());
    }

    /// What was set of the camera's controls, in order.
    pub(crate) fn settings(&self) -> Vec<String> {
        let written = std::fs::read_to_string(self.folder.join("control.settings"));
        written
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect()
    }

    pub(crate) fn is(&self, scene: &str) {
        say(&self.folder, scene);
    }

    /// Waits for a line that fits, and gives those that came until then.
    pub(crate) fn until(&self, what: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("no {what} among {said:#?}");
            };
            let done = fits(&line);
            said.push(line);
            if done {
                return said;
            }
        }
    }

    /// Waits for the state, and gives the other states that came before it.
    pub(crate) fn until_state(&self, state: &str) -> Vec<String> {
        let said = self.until(state, |line| line.starts_with(state));
        let states = said
            .into_iter()
            .filter(|line| !line.starts_with("frame") && !line.starts_with("listed"));
        states.collect()
    }

    pub(crate) fn until_frame(&self, text: &str) {
        self.until(text, |line| {
            line.starts_with("frame") && line.ends_with(text)
        });
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Rewrites the control file in one step.
fn say(folder: &Path, scene: &str) {
    let new = folder.join("control.new");
    std::fs::write(&new, scene).unwrap();
    std::fs::rename(new, folder.join("control")).unwrap();
}

/// Three frames of a symbol that a hand holds a little differently each time.
fn pictures_of(text: &str, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let code = QrCode::new(text).unwrap();
    let (side, colors) = (code.width() as u32, code.to_colors());
    for number in 0..3 {
        let (left, top) = (400 + 7 * number, 150 + 3 * number);
        let image = RgbImage::from_fn(1_280, 720, |x, y| {
            let (column, row) = (x.wrapping_sub(left) / 12, y.wrapping_sub(top) / 12);
            let dark = column < side
                && row < side
                && colors[(row * side + column) as usize] == Color::Dark;
            if dark {
                Rgb([30, 34, 40])
            } else {
                Rgb([215, 222, 228])
            }
        });
        image.save(folder.join(format!("{number}.jpg"))).unwrap();
        let grey = image::imageops::grayscale(&image).into_raw();
        let yuyv: Vec<u8> = grey.iter().flat_map(|&grey| [grey, 128]).collect();
        std::fs::write(folder.join(format!("{number}.yuyv")), yuyv).unwrap();
        let nv12 = [&grey[..], &vec![128; grey.len() / 2]].concat();
        std::fs::write(folder.join(format!("{number}.nv12")), nv12).unwrap();
    }
}
