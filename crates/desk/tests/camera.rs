//! The camera thread against a camera that a preloaded library pretends to be.
//!
//! Each test runs a child: this same file's [`watching`], which prints what the camera thread says,
//! with the library of `tests/fake-webcam` in front of the C library.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect"
)]

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
const MARK: &str = "camera> ";

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
struct Desk {
    folder: PathBuf,
    child: Child,
    lines: Receiver<String>,
}

impl Desk {
    /// Starts watching; `scene` is what the control file says.
    fn start(name: &str, scene: &str) -> Self {
        Self::with(name, scene, &[])
    }

    fn with(name: &str, scene: &str, environment: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("camera")
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        say(&folder, scene);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "watching", "--nocapture"])
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
    fn shows(&self, text: &str) {
        self.shows_with(text, "");
    }

    /// As well, and what else is so.
    fn shows_with(&self, text: &str, lines: &str) {
        let frames = self.folder.join(text);
        pictures_of(text, &frames);
        self.is(&format!("frames {}\n{lines}", frames.display()));
    }

    /// The camera is let go of; the child has ended when this returns.
    fn close(&mut self) {
        drop(self.child.stdin.take());
        self.until("closed", |line| line == "closed");
        assert!(self.child.wait().unwrap().success());
    }

    /// What was set of the camera's controls, in order.
    fn settings(&self) -> Vec<String> {
        let written = std::fs::read_to_string(self.folder.join("control.settings"));
        written
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect()
    }

    fn is(&self, scene: &str) {
        say(&self.folder, scene);
    }

    /// Waits for a line that fits, and gives those that came until then.
    fn until(&self, what: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
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
    fn until_state(&self, state: &str) -> Vec<String> {
        let said = self.until(state, |line| line.starts_with(state));
        let states = said
            .into_iter()
            .filter(|line| !line.starts_with("frame") && !line.starts_with("listed"));
        states.collect()
    }

    fn until_frame(&self, text: &str) {
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

#[test]
fn frames_come_and_the_symbol_in_them_is_read() {
    let desk = Desk::start("frames", "unplugged");
    desk.shows("HWG1:FRAMES");
    let states = desk.until_state("Live");
    assert!(
        states.contains(&"Opening Hwagin test webcam".to_owned()),
        "{states:?}"
    );
    assert_eq!(
        states.last().map(String::as_str),
        Some("Live Hwagin test webcam")
    );
    for _ in 0..10 {
        let said = desk.until("frame", |line| line.starts_with("frame"));
        assert_eq!(
            said.last().map(String::as_str),
            Some("frame 1280x720 Mjpeg HWG1:FRAMES")
        );
    }
}

#[test]
fn what_the_camera_sees_can_change_while_it_runs() {
    let desk = Desk::start("change", "unplugged");
    desk.shows("HWG1:FIRST");
    desk.until_frame("HWG1:FIRST");
    desk.shows("HWG1:SECOND");
    desk.until_frame("HWG1:SECOND");
}

#[test]
fn an_unplugged_camera_says_so_and_comes_back() {
    let desk = Desk::start("unplugged", "unplugged");
    assert_eq!(desk.until_state("Absent"), ["Absent"]);
    desk.shows("HWG1:BEFORE");
    desk.until_frame("HWG1:BEFORE");
    desk.is("unplugged");
    assert_eq!(
        desk.until_state("Unplugged"),
        ["Unplugged Hwagin test webcam"]
    );
    desk.shows("HWG1:AFTER");
    let states = desk.until_state("Live");
    assert_eq!(
        states,
        ["Opening Hwagin test webcam", "Live Hwagin test webcam"]
    );
    desk.until_frame("HWG1:AFTER");
}

#[test]
fn a_camera_that_another_program_uses_is_busy_until_it_is_not() {
    let desk = Desk::start("busy", "busy");
    let states = desk.until_state("Busy");
    assert_eq!(
        states,
        ["Opening Hwagin test webcam", "Busy Hwagin test webcam"]
    );
    desk.shows("HWG1:FREE");
    assert_eq!(desk.until_state("Live"), ["Live Hwagin test webcam"]);
    desk.until_frame("HWG1:FREE");
}

#[test]
fn a_camera_that_this_user_may_not_open_is_denied_until_it_may() {
    let desk = Desk::start("denied", "denied");
    let states = desk.until_state("Denied");
    assert_eq!(
        states,
        ["Opening Hwagin test webcam", "Denied Hwagin test webcam"]
    );
    desk.shows("HWG1:ALLOWED");
    assert_eq!(desk.until_state("Live"), ["Live Hwagin test webcam"]);
}

#[test]
fn a_machine_without_a_camera_says_so_and_lists_none() {
    let desk = Desk::start("absent", "unplugged");
    assert_eq!(
        desk.until("Absent", |line| line.starts_with("Absent")),
        ["Absent"]
    );
}

#[test]
fn a_camera_is_listed_by_its_makers_name() {
    let desk = Desk::start("listed", "denied");
    let said = desk.until("Denied", |line| line.starts_with("Denied"));
    assert!(
        said[0].starts_with("listed real ") && said[0].ends_with(" Hwagin test webcam"),
        "{said:?}"
    );
}

#[test]
fn letting_go_of_a_live_camera_closes_it() {
    let mut desk = Desk::start("closed", "unplugged");
    desk.shows("HWG1:OPEN");
    desk.until_frame("HWG1:OPEN");
    desk.close();
}

#[test]
fn plain_pixels_are_read_as_well_as_jpeg() {
    for format in ["yuyv", "nv12"] {
        let desk = Desk::start(format, "unplugged");
        desk.shows_with("HWG1:PLAIN", &format!("{format} 1280x720"));
        let said = desk.until("frame", |line| line.starts_with("frame"));
        let last = said.last().unwrap().to_lowercase();
        assert_eq!(last, format!("frame 1280x720 {format} hwg1:plain"));
    }
}

#[test]
fn a_camera_that_falls_silent_has_failed_and_comes_back() {
    let desk = Desk::start("silent", "unplugged");
    desk.shows("HWG1:BEFORE");
    desk.until_frame("HWG1:BEFORE");
    desk.is("silent");
    assert_eq!(
        desk.until_state("Failed"),
        ["Failed(None) Hwagin test webcam"]
    );
    desk.shows("HWG1:AFTER");
    assert_eq!(desk.until_state("Live"), ["Live Hwagin test webcam"]);
    desk.until_frame("HWG1:AFTER");
}

#[test]
fn a_silent_camera_can_be_let_go_of() {
    let mut desk = Desk::start("silent-closed", "silent");
    desk.until_state("Failed");
    desk.close();
}

#[test]
fn a_virtual_camera_is_listed_and_never_chosen_but_by_hand() {
    let scene = "unplugged\nalso OBS Virtual Camera";
    let desk = Desk::start("virtual", scene);
    let said = desk.until("Absent", |line| line.starts_with("Absent"));
    assert_eq!(said, ["listed virtual video1 OBS Virtual Camera", "Absent"]);
    desk.shows_with("HWG1:REAL", "also OBS Virtual Camera");
    assert_eq!(
        desk.until_state("Live").last().map(String::as_str),
        Some("Live Hwagin test webcam")
    );

    let desk = Desk::with("virtual-chosen", scene, &[("CAMERA", "video1")]);
    desk.until_state("Opening OBS Virtual Camera");
    desk.shows_with("HWG1:PLAYED", "also OBS Virtual Camera");
    desk.until_frame("HWG1:PLAYED");
}

#[test]
fn of_several_cameras_the_chosen_one_is_opened_and_waited_for() {
    let desk = Desk::with("several", "unplugged", &[("CAMERA", "video1")]);
    assert_eq!(desk.until_state("Absent"), ["Absent"]);
    desk.shows("HWG1:FIRST");
    std::thread::sleep(Duration::from_millis(1_500));
    desk.shows_with("HWG1:SECOND", "also Second webcam");
    let states = desk.until_state("Live");
    assert_eq!(states, ["Opening Second webcam", "Live Second webcam"]);
    desk.until_frame("HWG1:SECOND");
}

/// What the test webcam's controls are set to, in order: exposure automatic, frame rate kept,
/// focus automatic, no compensation, mains found out.
const NUDGED: [&str; 5] = [
    "009a0901 3",
    "009a0903 0",
    "009a090c 1",
    "0098091c 0",
    "00980918 3",
];

/// The same controls as they stood before, the last first.
const PUT_BACK: [&str; 5] = [
    "00980918 0",
    "0098091c 1",
    "009a090c 0",
    "009a0903 1",
    "009a0901 1",
];

#[test]
fn controls_are_nudged_while_the_camera_is_open_and_put_back_after() {
    let mut desk = Desk::start("controls", "unplugged");
    desk.shows_with("HWG1:CARE", "controls");
    desk.until_frame("HWG1:CARE");
    assert_eq!(desk.settings(), NUDGED);
    desk.close();
    assert_eq!(desk.settings(), [NUDGED, PUT_BACK].concat());
}

#[test]
fn controls_are_put_back_in_a_camera_that_failed() {
    let desk = Desk::start("controls-silent", "unplugged");
    desk.shows_with("HWG1:CARE", "controls");
    desk.until_frame("HWG1:CARE");
    desk.is("silent\ncontrols");
    desk.until_state("Failed");
    assert_eq!(desk.settings()[..10], [NUDGED, PUT_BACK].concat());
}

#[test]
fn a_camera_that_is_to_be_left_alone_is() {
    let mut desk = Desk::with("left-alone", "unplugged", &[("LEFT_ALONE", "1")]);
    desk.shows_with("HWG1:ALONE", "controls");
    desk.until_frame("HWG1:ALONE");
    desk.close();
    assert_eq!(desk.settings(), Vec::<String>::new());
}
