//! Every purpose with every sample card, in the real windows: a holder shows all that the card has,
//! and of what the purpose does not show nothing gets into a page, into a message to a page, or onto
//! the disk. Once the result is taken down, nothing at all is left.

use super::leaks::{found_in_files, found_in_text};
use super::person::{Person, Told, file};
use super::{Desk, now};
use hwagin_training::{Authority, Card, Presentation};
use std::cell::Cell;
use std::collections::BTreeSet;

/// From now on the page keeps a copy of each message that comes in, before it is given to whoever it
/// is for. Pictures of the camera are bytes, and are left out.
const LISTEN: &str = "
    const callbacks = window.__TAURI_INTERNALS__.callbacks;
    const get = callbacks.get.bind(callbacks);
    const bytes = (key, value) => value instanceof ArrayBuffer ? null : value;
    window.heard = [];
    callbacks.get = (id) => {
        const run = get(id);
        return run && ((said) => {
            const written = JSON.stringify(said, bytes);
            if (written) window.heard.push(written);
            return run(said);
        });
    };";

/// What has come in since the last time.
const HEARD: &str = "return window.heard.splice(0).join('\\n')";

/// All that stands in the page or is kept by it, with spaces as they are typed.
const PAGE: &str = "
    const fields = [...document.querySelectorAll('input, select, textarea')].map((field) => field.value);
    const kept = [localStorage, sessionStorage].map((store) => JSON.stringify(store));
    return [document.documentElement.outerHTML, document.title, location.href, ...fields, ...kept]
        .join('\\n').replaceAll('&nbsp;', ' ').replaceAll('\\u00a0', ' ')";

/// What a purpose shows of which cards, by its file.
struct Purpose {
    id: String,
    cards: BTreeSet<String>,
    /// Claims, and those among them that are masked.
    shown: BTreeSet<String>,
    masked: BTreeSet<String>,
    asks_for_an_answer: bool,
}

impl Purpose {
    fn read(id: &str) -> Self {
        let file = file("purposes", id);
        let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
        let shows = file["show"].as_array().unwrap();
        let of = |masked: bool| {
            let is = |show: &&toml::Value| {
                !masked || show.get("masked").and_then(toml::Value::as_bool) == Some(true)
            };
            shows
                .iter()
                .filter(is)
                .map(|show| text(&show["claim"]))
                .collect()
        };
        Self {
            id: id.to_owned(),
            cards: file["cards"].as_array().unwrap().iter().map(text).collect(),
            shown: of(false),
            masked: of(true),
            asks_for_an_answer: file["holder"]["needs"].as_str() == Some("challenge"),
        }
    }

    fn takes(&self, card: Card) -> bool {
        self.cards.contains(card.id())
    }

    /// Whether a value of this claim may stand in the page without a hand on the mask.
    fn shows(&self, card: Card, claim: Option<&str>) -> bool {
        let is_shown = |claim: &str| self.shown.contains(claim) && !self.masked.contains(claim);
        self.takes(card) && claim.is_some_and(is_shown)
    }
}

/// Where was searched, and for how many values.
struct Search<'a> {
    desk: &'a Desk,
    pages: Cell<usize>,
    messages: Cell<usize>,
    files: Cell<usize>,
}

impl<'a> Search<'a> {
    /// In both windows of this desk, which is at a purpose that asks the customer.
    fn of(desk: &'a Desk) -> Self {
        desk.choose("bank-teller");
        desk.window.script(LISTEN);
        desk.window.click("customer-window");
        desk.window.beside(|| {
            desk.code_stands();
            desk.window.script(LISTEN);
        });
        Self {
            desk,
            pages: Cell::new(0),
            messages: Cell::new(0),
            files: Cell::new(0),
        }
    }

    /// Both windows and what came to them hold none of these values; gives what the desk's window
    /// holds, and what came to it.
    fn windows(&self, place: &str, values: &[&str]) -> (String, String) {
        let own = self.window(place, values);
        self.desk
            .window
            .beside(|| self.window(&format!("{place}, to the customer"), values));
        own
    }

    fn window(&self, place: &str, values: &[&str]) -> (String, String) {
        let text = |script: &str| {
            let said = self.desk.window.script(script);
            said.as_str().unwrap().to_owned()
        };
        let (page, heard) = (text(PAGE), text(HEARD));
        assert_eq!(found_in_text(&page, values), [""; 0], "page: {place}");
        assert_eq!(found_in_text(&heard, values), [""; 0], "message: {place}");
        self.pages.set(self.pages.get() + values.len());
        self.messages.set(self.messages.get() + values.len());
        (page, heard)
    }

    /// Nothing that the program wrote holds any of these values.
    fn disk(&self, place: &str, values: &[&str]) {
        let home = self.desk.window.home();
        assert_eq!(found_in_files(home, values), [""; 0], "disk: {place}");
        self.files.set(self.files.get() + values.len());
    }

    /// A mask is lifted by a hand, and covers again.
    fn lifts_masks(&self, purpose: &Purpose, person: &Person) {
        let window = &self.desk.window;
        let masked = |claim: Option<&str>| claim.is_some_and(|it| purpose.masked.contains(it));
        let mut lifted = 0;
        for button in 0..self.desk.count("reveal") {
            let hand = |does: &str| {
                window.script(&format!(
                    "document.querySelectorAll('[data-testid=reveal]')[{button}]
                        .dispatchEvent(new PointerEvent('{does}', {{button: 0, bubbles: true}}))"
                ));
            };
            let is = |revealed: bool| {
                format!("return !!document.querySelector('[data-revealed={revealed}]')")
            };
            hand("pointerdown");
            window.until("a value", &is(true));
            lifted += found_in_text(&window.dom(), &person.values(masked)).len();
            hand("pointerup");
            window.until(
                "the mask",
                "return !document.querySelector('[data-revealed=true]')",
            );
        }
        assert_eq!(lifted as u64, self.desk.count("reveal"), "{}", purpose.id);
        // What a hand asked for came in a message.
        window.script(HEARD);
    }

    /// As a person pastes what a phone shows.
    fn paste(&self, shown: &Presentation) {
        let parts = shown.parts();
        let needed = parts.needed();
        let text = if shown.is_animated() {
            parts.take(needed).collect::<Vec<_>>().join(" ")
        } else {
            shown.text.clone()
        };
        self.desk.window.script(&format!(
            "const clipboardData = new DataTransfer();
             clipboardData.setData('text/plain', {});
             document.body.dispatchEvent(
                 new ClipboardEvent('paste', {{clipboardData, bubbles: true, cancelable: true}}))",
            serde_json::to_string(&text).unwrap()
        ));
    }

    /// What this person's phone shows at this desk.
    fn shown_by(&self, purpose: &Purpose, person: &Person) -> Presentation {
        let mut recipe = person.shows_everything(now());
        if purpose.asks_for_an_answer {
            let asked = self.desk.challenge("leak-asked");
            recipe = person.shows_everything(now());
            recipe.envelope.challenge_hash = Some(asked.hash.to_vec());
            recipe.envelope.purpose = Some(asked.purpose);
        }
        Authority::built_in().mint(&recipe)
    }

    /// One cell: shown, looked at, taken down, looked for.
    fn cell(&self, purpose: &Purpose, person: &Person) {
        let place = format!("{} {}", purpose.id, person.card.id());
        let hidden = person.values(|claim| !purpose.shows(person.card, claim));
        let all = person.values(|_| true);
        self.paste(&self.shown_by(purpose, person));
        let (outcome, reason) = self.desk.said(&place);
        let taken = if purpose.takes(person.card) {
            "accept"
        } else {
            "refuse"
        };
        assert_eq!(outcome, taken, "{place}: {reason:?}");
        let (page, heard) = self.windows(&place, &hidden);
        // What is shown is found by the same search, each in one form.
        let shows = |told: &&Told| purpose.shows(person.card, told.claim.as_deref());
        let shown = person.told.iter().filter(shows).count();
        assert_eq!(found_in_text(&page, &all).len(), shown, "{place}");
        assert_eq!(found_in_text(&heard, &all).len(), shown, "{place}");
        self.lifts_masks(purpose, person);
        self.disk(&place, &all);
        self.desk.window.click("clear");
        self.desk.window.until(
            "a clear desk",
            "return !document.querySelector('[data-testid=verdict]')",
        );
        self.windows(&format!("{place}, after"), &all);
    }
}

#[test]
fn no_leak_of_what_a_purpose_does_not_show_in_any_window() {
    let Some(desk) = Desk::open("purposes-leak") else {
        return;
    };
    let search = Search::of(&desk);
    let people = Card::ALL.map(|card| Person::with(card, now()));
    let ids = desk.window.script(
        "return [...document.querySelectorAll('input[name=purpose]')].map((input) => input.value)",
    );
    for id in ids.as_array().unwrap() {
        let purpose = Purpose::read(id.as_str().unwrap());
        desk.choose(&purpose.id);
        if desk.count("in-years-1") > 0 {
            desk.window.click("in-years-1");
        }
        for person in &people {
            search.cell(&purpose, person);
        }
    }
    let everything: Vec<&str> = people
        .iter()
        .flat_map(|person| person.values(|_| true))
        .collect();
    search.disk("at the end", &everything);
    println!("figure dom.leak_checks {}", search.pages.get());
    println!("figure ipc.leak_checks {}", search.messages.get());
    println!("figure log.leak_checks {}", search.files.get());
}

#[test]
fn a_planted_leak_is_found_in_page_message_and_file() {
    let Some(desk) = Desk::open("purposes-leak-planted") else {
        return;
    };
    let search = Search::of(&desk);
    let person = Person::with(Card::Mfc, now());
    let values = person.values(|_| true);
    search.windows("before", &values);
    let found = |looks: &dyn Fn()| {
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(looks));
        let said = looked.expect_err("a leak that was planted");
        said.downcast_ref::<String>().cloned().unwrap_or_default()
    };
    for value in [values[0], values[values.len() - 1]] {
        let plant = |script: &str| desk.window.script(&script.replace("VALUE", value));
        plant("document.body.title = 'VALUE'");
        assert!(found(&|| drop(search.windows("page", &values))).contains(value));
        plant("document.body.removeAttribute('title')");
        plant(
            "const at = window.__TAURI_INTERNALS__;
               at.runCallback(at.transformCallback(() => 0), {deep: ['VALUE']})",
        );
        assert!(found(&|| drop(search.windows("message", &values))).contains(value));
        let written = desk.window.home().join("data").join("planted");
        std::fs::write(&written, format!("..{value}..")).unwrap();
        assert!(found(&|| search.disk("file", &values)).contains(value));
        std::fs::remove_file(written).unwrap();
    }
    search.windows("after", &values);
}
