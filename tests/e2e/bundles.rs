//! Bundles come in, before the real window.

use super::{Desk, folder_of, now};
use super::{screen, server};
use hwagin_tests::training_bundle;
use hwagin_training::{Card, Case};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

impl Desk {
    /// Pictures of the trust screen, in both languages and themes. It covers the switches for them,
    /// so it is closed in between.
    fn pictures_of_trust(&self, state: &str) {
        for (language, theme) in [
            ("ko", "light"),
            ("en", "light"),
            ("en", "dark"),
            ("ko", "dark"),
        ] {
            self.window.click("trust-close");
            self.toggle("language", "document.documentElement.lang", language);
            self.toggle("theme", "document.documentElement.dataset.theme", theme);
            self.open_trust();
            self.window.picture(&format!("{state}-{language}-{theme}"));
        }
    }

    fn open_trust(&self) {
        self.window.click("trust-open");
        self.window.until(
            "what the desk trusts",
            "return !!document.querySelector('[data-testid=trust-bundle-version]')",
        );
    }
}

/// The desk's own folder, where `Window::open` puts it.
fn data_of(home: &Path) -> PathBuf {
    home.join("data").join("hwagin-desk")
}

#[test]
fn a_bundle_in_the_watched_folder_suspends_a_card_that_was_accepted() {
    let Some(desk) = Desk::open("bundle") else {
        return;
    };
    let accepted = ("accept".to_owned(), None);
    assert_eq!(desk.verdict(Card::Mfc, Case::Valid), accepted);
    desk.clear();
    let lead = "return document.querySelector('[data-testid=age-lead]').textContent";
    let before = desk.window.script(lead);
    let incoming = data_of(desk.window.home()).join("incoming");
    // Issued two days ago: what leads now ends sooner than what the program itself knows.
    training_bundle::issue(
        &incoming,
        training_bundle::files(now(), 2),
        now() - 2 * 86_400,
    );
    desk.window.until(
        "the bundle to be taken",
        "return !!document.querySelector('[data-testid=import-notice][data-outcome=installed]')",
    );
    desk.pictures("import");
    assert_ne!(desk.window.script(lead), before, "the age that leads");
    let suspended = ("refuse".to_owned(), Some("status.suspended".to_owned()));
    assert_eq!(desk.verdict(Card::Mfc, Case::Valid), suspended);
    desk.clear();
    desk.open_trust();
    let version = "return document.querySelector('[data-testid=trust-bundle-version]').textContent";
    assert!(desk.window.script(version).as_str().unwrap().contains('1'));
    assert!(desk.count("trust-issuer") >= 1);
    assert_eq!(desk.count("trust-list"), 3);
    assert_eq!(desk.count("trust-history-row"), 1);
    desk.pictures_of_trust("trust");
    // What is not signed as it has to be changes nothing.
    let timestamp = incoming.join("metadata").join("timestamp.json");
    let text = std::fs::read_to_string(&timestamp).unwrap();
    std::fs::write(&timestamp, text.replace("\"version\": 1", "\"version\": 9")).unwrap();
    desk.window.until(
        "the refusal",
        "return !!document.querySelector('[data-testid=trust-history-row][data-outcome^=\"bundle.\"]')",
    );
    assert_eq!(desk.count("trust-list"), 3);
    desk.pictures_of_trust("trust-refused");
}

#[test]
fn a_bundle_is_fetched_by_another_program_where_the_site_allows_it() {
    let folder = folder_of("bundle-update");
    let _ = std::fs::remove_dir_all(&folder);
    let repository = folder.join("served");
    training_bundle::issue(&repository, training_bundle::files(now(), 0), now());
    let address = server::serve(&repository);
    let data = data_of(&folder.join("home"));
    std::fs::create_dir_all(&data).unwrap();
    let settings = format!("[update]\nurl = \"http://{address}\"\n");
    std::fs::write(data.join("desk.toml"), settings).unwrap();
    let Some(desk) = Desk::open_again(&folder) else {
        return;
    };
    desk.window.click("trust-open");
    let fetched = "return [...document.querySelectorAll('[data-testid=trust-history-row]')]
        .filter(row => row.dataset.outcome === 'installed').length";
    desk.window.until(
        "the button",
        "return !!document.querySelector('[data-testid=trust-update]')",
    );
    assert_eq!(desk.window.script(fetched), 0);
    desk.window.click("trust-update");
    desk.window
        .until("the bundle to be taken", &format!("{fetched} === 1"));
    desk.window.picture("trust-updated");
    // And once more: there is nothing new, and it says so.
    desk.window.click("trust-update");
    desk.window.until(
        "nothing new",
        "return !!document.querySelector('[data-testid=trust-updating][data-state=unchanged]')",
    );
}

#[test]
fn the_systems_own_dialog_asks_for_the_folder_of_a_bundle() {
    let Some(desk) = Desk::open("bundle-dialog") else {
        return;
    };
    desk.window.click("trust-open");
    desk.window.until(
        "the button",
        "return !!document.querySelector('[data-testid=trust-import]')",
    );
    let dialogs = || screen::count("Hwagin");
    let wait_for = |count: usize| {
        let start = Instant::now();
        while dialogs() != count {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "{} dialogs",
                dialogs()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    assert_eq!(dialogs(), 0);
    desk.window.click("trust-import");
    wait_for(1);
    // Somebody thinks better of it: the window works on, and nothing came in.
    assert_eq!(screen::close("Hwagin"), 1);
    wait_for(0);
    assert_eq!(desk.count("trust-panel"), 1);
    assert_eq!(desk.count("trust-history-row"), 0);
}
