//! A desk's key in a real key store: GNOME Keyring on a session bus of the test's own.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect, and says what it left out"
)]

mod program;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};

use program::{Folder, code, err, out};

/// A session of a user who has just unlocked the key store. It ends with the test.
struct Session {
    folder: Folder,
    address: String,
    bus: Child,
    keyring: Child,
}

impl Session {
    /// None where the programs are not there, which in CI is a failure.
    fn open() -> Option<Self> {
        let folder = Folder::new("key-store");
        for name in ["home", "runtime", "data"] {
            fs::create_dir(folder.0.join(name)).unwrap();
        }
        let bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut bus) = bus else {
            assert!(std::env::var_os("CI").is_none(), "dbus-daemon is not there");
            println!("skipped: dbus-daemon is not there");
            return None;
        };
        let mut address = String::new();
        let said = bus.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let mut keyring = within(Command::new("gnome-keyring-daemon"), &folder, &address);
        keyring
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let Ok(mut keyring) = keyring.spawn() else {
            bus.kill().unwrap();
            assert!(
                std::env::var_os("CI").is_none(),
                "gnome-keyring-daemon is not there"
            );
            println!("skipped: gnome-keyring-daemon is not there");
            return None;
        };
        keyring
            .stdin
            .take()
            .unwrap()
            .write_all(b"password")
            .unwrap();
        Some(Self {
            folder,
            address,
            bus,
            keyring,
        })
    }

    fn desk_key(&self, word: &str) -> Output {
        let mut hwagin = Command::new(env!("CARGO_BIN_EXE_hwagin"));
        hwagin.args(["desk-key", word, "--data", &self.folder.path("data")]);
        within(hwagin, &self.folder, &self.address)
            .output()
            .unwrap()
    }

    fn has_file(&self) -> bool {
        self.folder.0.join("data").join("desk-key.der").exists()
    }
}

/// The program in that session.
fn within(mut program: Command, folder: &Folder, address: &str) -> Command {
    program
        .env("HOME", folder.path("home"))
        .env("XDG_RUNTIME_DIR", folder.path("runtime"))
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .env_remove("DISPLAY")
        .env_remove("XDG_DATA_HOME");
    program
}

impl Drop for Session {
    fn drop(&mut self) {
        for child in [&mut self.keyring, &mut self.bus] {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

#[test]
fn a_secret_is_in_the_key_store_of_the_session_and_in_no_file() {
    let Some(mut session) = Session::open() else {
        return;
    };
    let made = session.desk_key("rotate");
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert!(out(&made).ends_with("kept key-store\n"), "{}", out(&made));
    assert!(!session.has_file());
    let shown = session.desk_key("show");
    assert_eq!(out(&shown), out(&made));
    let other = session.desk_key("rotate");
    assert_ne!(out(&other), out(&made));
    assert_eq!(out(&session.desk_key("show")), out(&other));
    // A site may want it otherwise.
    let settings = session.folder.0.join("data").join("desk.toml");
    fs::write(&settings, "desk_key = \"file\"").unwrap();
    let in_file = session.desk_key("rotate");
    assert!(out(&in_file).ends_with("kept file\n") && session.has_file());
    fs::remove_file(&settings).unwrap();
    let moved = session.desk_key("rotate");
    assert!(out(&moved).ends_with("kept key-store\n") && !session.has_file());
    // Without the store the key is not lost and none is made in its place.
    session.keyring.kill().unwrap();
    session.keyring.wait().unwrap();
    session.bus.kill().unwrap();
    session.bus.wait().unwrap();
    let away = session.desk_key("show");
    assert_eq!(code(&away), 3);
    assert!(err(&away).contains("desk_key_locked"), "{}", err(&away));
    assert!(!session.has_file());
}
