//! The camera thread against a camera that a preloaded library pretends to be.
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

use webcam::Desk;

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
