//! A whole desk with its threads.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod bench;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bench::collect;
use hwagin_desk::view::ScanEvent;
use hwagin_desk::{Desk, DeskConfig, Events, Refused, Sources};
use serde_json::{Value as Json, json};

#[test]
fn a_desk_with_a_folder_of_its_own_ends_when_it_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources {
        data: Some(folder.path().to_owned()),
        ..Sources::default()
    };
    let config = DeskConfig {
        sources,
        waits: true,
        ..DeskConfig::default()
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let desk = Desk::open(config, collect(&told)).unwrap();
    let nothing = folder.path().join("nothing");
    desk.import_bundle(&nothing);
    wait_for(&told, |event| {
        event["report"]["outcome"] == "bundle.missing"
    });
    let (ended, ends) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        drop(desk);
        ended.send(()).unwrap();
    });
    assert!(
        ends.recv_timeout(Duration::from_secs(30)).is_ok(),
        "a thread is left"
    );
}

#[test]
fn the_sample_holder_is_a_camera_of_a_desk_in_training() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let previews = Arc::new(AtomicU64::new(0));
    let (collect, counted) = (collect(&told), Arc::clone(&previews));
    let events: Events = Arc::new(move |event| {
        if let ScanEvent::Preview(bytes) = &event {
            let side = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
            assert_eq!(bytes.len(), 8 + side(0) as usize * side(4) as usize * 4);
            counted.fetch_add(1, Ordering::Relaxed);
        }
        collect(event);
    });
    let config = DeskConfig {
        purpose: Some("hospital-reception".to_owned()),
        camera: Some("sample".to_owned()),
        ..DeskConfig::default()
    };
    let desk = Desk::open(config, events).unwrap();
    let overview = serde_json::to_value(desk.overview()).unwrap();
    assert_eq!(overview["mode"], "training");
    assert_eq!(overview["camera"], "sample");
    assert_eq!(overview["cameraState"]["state"], "live");
    assert_eq!(overview["sample"]["cases"].as_array().unwrap().len(), 18);
    assert_eq!(overview["problems"], json!([]));
    assert_eq!(overview["knowledge"]["issuers"], 1);
    assert_eq!(
        desk.choose_sample("mfc", "nonsense"),
        Err(Refused::UnknownSample)
    );

    wait_for(&told, |event| event["verdict"]["outcome"] == "accept");
    assert!(previews.load(Ordering::Relaxed) > 0);
    assert_eq!(
        desk.reveal("registration_number").unwrap().text.expose(),
        "990101-6000000"
    );

    desk.choose_sample("mdl", "suspended").unwrap();
    wait_for(&told, |event| event["type"] == "cleared");
    wait_for(&told, |event| {
        event["verdict"]["reason"] == "status.suspended"
    });
    desk.clear();
    desk.read_text(" https://example.com/ ");
    wait_for(&told, |event| event["hint"] == "web_link");
    drop(desk);
}

fn wait_for(told: &Arc<Mutex<Vec<Json>>>, wanted: impl Fn(&Json) -> bool) {
    for _ in 0..1_200 {
        if told.lock().unwrap().iter().any(&wanted) {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("not told: {:?}", told.lock().unwrap().len());
}

#[test]
fn a_desk_whose_key_cannot_be_read_says_so_and_makes_no_other() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("desk-key.der"), b"no key").unwrap();
    std::fs::write(
        folder.path().join("desk-certificate.der"),
        b"no certificate",
    )
    .unwrap();
    let config = DeskConfig {
        sources: Sources {
            data: Some(folder.path().to_owned()),
            ..Sources::default()
        },
        purpose: Some("bank-teller".to_owned()),
        waits: true,
        ..DeskConfig::default()
    };
    let desk = Desk::open(config, Arc::new(|_| {})).unwrap();
    let overview = serde_json::to_value(desk.overview()).unwrap();
    assert_eq!(overview["desk"], json!(null));
    let problem =
        json!({ "file": "desk-certificate.der", "line": null, "code": "not_a_certificate" });
    assert_eq!(overview["problems"], json!([problem]));
    assert!(desk.challenge().is_none());
    let kept = std::fs::read(folder.path().join("desk-key.der")).unwrap();
    assert_eq!(kept, b"no key");
}

#[test]
fn after_the_exercises_nobody_of_them_stands_there_any_more() {
    let config = DeskConfig {
        camera: Some("sample".to_owned()),
        ..DeskConfig::default()
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let desk = Desk::open(config, collect(&told)).unwrap();
    assert_eq!(
        desk.choose_exercise(Some("nobody")),
        Err(Refused::UnknownSample)
    );
    desk.choose_exercise(Some("borrowed-phone")).unwrap();
    wait_for(&told, |event| {
        event["verdict"]["accepted"]["claims"][1]["text"] == "BRAVO"
    });
    let overview = serde_json::to_value(desk.overview()).unwrap();
    assert_eq!(overview["sample"]["exercise"]["id"], "borrowed-phone");
    desk.choose_exercise(None).unwrap();
    let overview = serde_json::to_value(desk.overview()).unwrap();
    assert_eq!(overview["sample"]["exercise"], json!(null));
    wait_for(&told, |event| {
        event["verdict"]["accepted"]["claims"][1]["text"] == "TESTINA ALEXANDRA MARIA"
    });
}
