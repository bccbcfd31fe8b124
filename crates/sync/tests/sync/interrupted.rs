//! Connections that break, and servers that are busy.

use std::fs;
use std::time::{Duration, Instant};

use crate::program::Copy;
use crate::pull::big;
use crate::repository::Repository;
use crate::server::{Server, Trick};

const HALF: usize = 150_000;

struct Stage {
    repository: Repository,
    server: Server,
    copy: Copy,
}

fn stage() -> Stage {
    let repository = Repository::new(true);
    repository.publish(1, &[("bundle.cbor", &big(1))]);
    let server = Server::of(repository.folder.path());
    let copy = Copy::of(&repository);
    Stage {
        repository,
        server,
        copy,
    }
}

impl Stage {
    fn assert_complete(&self) {
        let file = self.repository.file(("bundle.cbor", &big(1)));
        assert_eq!(
            fs::read(self.copy.path("targets").join(file)).unwrap(),
            big(1)
        );
        assert!(self.copy.path("metadata/timestamp.json").exists());
        assert!(
            fs::read_dir(self.copy.path(".sync/parts"))
                .unwrap()
                .next()
                .is_none()
        );
    }
}

#[test]
fn a_later_run_continues_what_was_cut_off() {
    let stage = stage();
    stage.server.play("bundle.cbor", Trick::Cut(HALF), 1);
    stage.server.play("bundle.cbor", Trick::Busy(None), 1);
    let ended = stage.copy.pull_once(&stage.server);
    assert_eq!(ended.how(), (2, "http_503"));
    assert!(!stage.copy.path("metadata/timestamp.json").exists());
    stage.server.seen();
    let ended = stage.copy.pull_once(&stage.server);
    assert_eq!(ended.how(), (0, "updated"));
    assert_eq!(ended.figure("resumed"), HALF as u64);
    let seen = stage.server.seen();
    let target = seen.iter().find(|seen| seen.path.ends_with("bundle.cbor"));
    assert_eq!((target.unwrap().status, target.unwrap().sent), (206, HALF));
    println!("resumed, {} bytes", ended.figure("bytes"));
    stage.assert_complete();
}

#[test]
fn the_same_run_goes_on_at_once_where_it_was_cut_off() {
    let stage = stage();
    stage.server.play("bundle.cbor", Trick::Cut(100_000), 2);
    let begun = Instant::now();
    let ended = stage.copy.pull_once(&stage.server);
    assert_eq!(ended.how(), (0, "updated"));
    assert_eq!(ended.figure("resumed"), 200_000);
    assert!(begun.elapsed() < Duration::from_secs(5));
    let sent: usize = stage.server.seen().iter().map(|seen| seen.sent).sum();
    assert_eq!(ended.figure("bytes"), sent as u64);
    assert!(sent < 310_000);
    stage.assert_complete();
}

#[test]
fn a_server_without_ranges_starts_over() {
    let stage = stage();
    stage.server.play("bundle.cbor", Trick::Cut(HALF), 1);
    stage.server.play("bundle.cbor", Trick::IgnoreRange, 1);
    let ended = stage.copy.pull_once(&stage.server);
    assert_eq!(ended.how(), (0, "updated"));
    assert_eq!(ended.figure("resumed"), 0);
    stage.assert_complete();
}

#[test]
fn what_lay_there_and_was_bad_is_fetched_anew() {
    let stage = stage();
    stage.server.play("bundle.cbor", Trick::Cut(HALF), 1);
    stage.server.play("bundle.cbor", Trick::Busy(None), 1);
    stage.copy.pull_once(&stage.server);
    let parts = stage.copy.path(".sync/parts");
    let part = fs::read_dir(parts).unwrap().next().unwrap().unwrap().path();
    fs::write(&part, vec![0; HALF]).unwrap();
    let ended = stage.copy.pull_once(&stage.server);
    assert_eq!(ended.how(), (0, "updated"));
    assert_eq!(ended.figure("resumed"), 0);
    stage.assert_complete();
}

#[test]
fn a_busy_server_is_asked_again_when_it_says() {
    let stage = stage();
    stage.server.play("timestamp.json", Trick::Busy(Some(1)), 1);
    stage.server.play("bundle.cbor", Trick::Busy(None), 1);
    let begun = Instant::now();
    let ended = stage.copy.pull(&stage.server);
    assert_eq!(ended.how(), (0, "updated"));
    assert!(begun.elapsed() >= Duration::from_secs(1));
    stage.assert_complete();
}

#[test]
fn a_server_that_stays_busy_is_not_asked_forever() {
    let stage = stage();
    stage.server.play("timestamp.json", Trick::Busy(None), 100);
    let ended = stage.copy.pull_from(&stage.server.url, "3");
    assert_eq!(ended.how(), (2, "http_503"));
    assert_eq!(stage.server.seen().len(), 3);
}

#[test]
fn metadata_that_breaks_off_is_asked_for_again() {
    let stage = stage();
    stage.server.play("targets.json", Trick::Cut(100), 1);
    stage.server.play("timestamp.json", Trick::Cut(0), 1);
    assert_eq!(stage.copy.pull(&stage.server).how(), (0, "updated"));
    stage.assert_complete();
}

#[test]
fn nobody_there_is_no_network() {
    let stage = stage();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(stage.copy.pull_from(&url, "2").how(), (2, "network"));
}

#[test]
fn a_redirect_on_this_machine_is_followed() {
    let stage = stage();
    let file = stage.repository.file(("bundle.cbor", &big(1)));
    let to = format!("{}/targets/{file}?again", stage.server.url);
    stage
        .server
        .play("bundle.cbor", Trick::Redirect(to.clone()), 1);
    let target = stage.repository.targets().join(&file);
    fs::copy(&target, target.with_file_name(format!("{file}?again"))).unwrap();
    let ended = stage.copy.pull_once(&stage.server);
    assert_eq!(ended.how(), (0, "updated"));
    stage.assert_complete();
}
