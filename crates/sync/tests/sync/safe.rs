//! Over TLS. Which authorities the system trusts can be said on Linux only.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::Command;

use rustls_pki_types::CertificateDer;

use crate::program::{Copy, Ended, pem};
use crate::repository::Repository;
use crate::server::{Server, Trick};

fn pull(copy: &Copy, server: &Server, trusted: &Path) -> Ended {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hwagin-sync"));
    program.args(copy.arguments(&server.url, "1"));
    program
        .env("SSL_CERT_FILE", trusted)
        .env_remove("SSL_CERT_DIR");
    Ended::from(&program.output().unwrap())
}

fn trusting(copy: &Copy, authority: &CertificateDer) -> std::path::PathBuf {
    let file = copy.path("").with_file_name("authority.pem");
    fs::write(&file, pem(authority)).unwrap();
    file
}

#[test]
fn a_server_that_the_system_trusts_is_asked() {
    let repository = Repository::new(true);
    repository.publish(1, &[("a", b"1")]);
    let (server, authority) = Server::safe(repository.folder.path());
    let copy = Copy::of(&repository);
    let trusted = trusting(&copy, &authority);
    let ended = pull(&copy, &server, &trusted);
    assert_eq!(ended.how(), (0, "updated"), "{ended:?}");
    // An answer over TLS sends nobody to one without.
    let plain = Server::of(repository.folder.path());
    let to = format!("{}/metadata/timestamp.json", plain.url);
    server.play("timestamp.json", Trick::Redirect(to), 1);
    assert_eq!(pull(&copy, &server, &trusted).how(), (2, "http_302"));
    assert!(plain.seen().is_empty());
}

#[test]
fn a_server_that_the_system_does_not_trust_is_not() {
    let repository = Repository::new(true);
    repository.publish(1, &[("a", b"1")]);
    let (server, _) = Server::safe(repository.folder.path());
    let (_, another) = Server::safe(repository.folder.path());
    let copy = Copy::of(&repository);
    let trusted = trusting(&copy, &another);
    assert_eq!(pull(&copy, &server, &trusted).how(), (2, "network"));
    assert!(server.seen().is_empty());
    let plain = Server::of(repository.folder.path());
    let url = plain.url.replace("http://", "https://");
    assert_eq!(copy.pull_from(&url, "1").how(), (2, "network"));
    assert!(!copy.path("metadata/timestamp.json").exists());
}
