//! What is asked of a camera and given back, and which one is opened.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect"
)]

mod webcam;

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use hwagin_desk::view::ScanEvent;
use hwagin_desk::{DeskConfig, Events};
use webcam::{Desk, MARK};

#[test]
#[ignore = "the child of the other tests"]
fn at_a_desk() {
    let events: Events = Arc::new(|event| match event {
        ScanEvent::Overview { overview } => {
            let ids: Vec<_> = overview.cameras.iter().map(|one| one.id.as_str()).collect();
            println!("{MARK}cameras {}", ids.join(" "));
        }
        ScanEvent::Camera { camera } => println!("{MARK}{:?}", camera.state),
        ScanEvent::Gauge { gauge } => {
            let (coding, rate) = (gauge.coding.code(), gauge.rate.round());
            println!(
                "{MARK}gauge {}x{} {coding} {rate}",
                gauge.width, gauge.height
            );
        }
        _ => {}
    });
    let config = DeskConfig {
        waits: true,
        ..DeskConfig::default()
    };
    let desk = hwagin_desk::Desk::open(config, events).unwrap();
    println!("{MARK}open");
    // A line chooses that camera.
    for line in std::io::stdin().lines().map_while(Result::ok) {
        desk.choose_camera(Some(line.trim()), true);
    }
    desk.close();
    println!("{MARK}closed");
    // As a window ends: without dropping anything.
    std::process::exit(0);
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
fn a_desk_waits_for_a_choice_hears_of_new_cameras_and_puts_back_what_it_changed() {
    let mut desk = Desk::child("at_a_desk", "desk", "unplugged", &[]);
    desk.until("open", |line| line == "open");
    // Two looks, so that the list without the camera is known.
    std::thread::sleep(Duration::from_millis(2_500));
    desk.shows_with("HWG1:DESK", "controls\nalso Second webcam");
    let said = desk.until("cameras", |line| line.starts_with("cameras"));
    assert_eq!(
        said,
        ["cameras video0 video1 sample"],
        "and none was opened"
    );
    assert!(desk.settings().is_empty());
    let mut stdin = desk.child.stdin.take().unwrap();
    writeln!(stdin, "video0").unwrap();
    let said = desk.until("gauge", |line| line.starts_with("gauge"));
    assert!(said.contains(&"Live".to_owned()), "{said:?}");
    let gauge = said.last().unwrap();
    assert!(gauge.starts_with("gauge 1280x720 mjpeg "), "{gauge}");
    drop(stdin);
    desk.until("closed", |line| line == "closed");
    assert!(desk.child.wait().unwrap().success());
    assert_eq!(desk.settings(), [NUDGED, PUT_BACK].concat());
}

#[test]
fn a_camera_that_is_to_be_left_alone_is() {
    let mut desk = Desk::with("left-alone", "unplugged", &[("LEFT_ALONE", "1")]);
    desk.shows_with("HWG1:ALONE", "controls");
    desk.until_frame("HWG1:ALONE");
    desk.close();
    assert_eq!(desk.settings(), Vec::<String>::new());
}
