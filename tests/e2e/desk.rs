//! A desk under test: the window, and what is before its webcam.

use super::driver::Window;
use super::leaks::found_in_text;
use super::scene::Scene;
use super::{SHOWN, SURPLUS, folder_of};
use hwagin_training::{Card, Case};
use serde_json::Value;
use std::path::Path;

/// A window with the webcam on an empty desk.
pub struct Desk {
    pub window: Window,
    pub scene: Scene,
}

impl Desk {
    /// At hospital reception.
    pub fn open(name: &str) -> Option<Self> {
        Some(Self::untouched(name)?.at_reception())
    }

    /// At hospital reception, with what lies in this folder already.
    pub fn open_again(folder: &Path) -> Option<Self> {
        Some(Self::in_folder(folder)?.at_reception())
    }

    /// As it starts: nobody has chosen anything.
    pub fn untouched(name: &str) -> Option<Self> {
        let folder = folder_of(name);
        let _ = std::fs::remove_dir_all(&folder);
        Self::in_folder(&folder)
    }

    fn in_folder(folder: &Path) -> Option<Self> {
        let scene = Scene::empty_desk(&folder.join("scene"));
        let window = Window::open(&folder.join("home"), &scene.control())?;
        let desk = Self { window, scene };
        desk.camera("live");
        Some(desk)
    }

    fn at_reception(self) -> Self {
        self.choose("hospital-reception");
        self
    }

    /// This purpose is chosen.
    pub fn choose(&self, purpose: &str) {
        self.window.click(&format!("purpose-{purpose}"));
        self.chosen(purpose);
    }

    /// Waits until this purpose is the chosen one.
    pub fn chosen(&self, purpose: &str) {
        self.window.until(
            &format!("the purpose {purpose}"),
            &format!(
                "return document.querySelector('[data-testid=purpose-{purpose}]').dataset.chosen === 'true'"
            ),
        );
    }

    pub fn camera(&self, state: &str) {
        self.window.until(
            &format!("the camera to be {state}"),
            &format!(
                "return !!document.querySelector('[data-testid=camera-state][data-state={state}]')"
            ),
        );
    }

    /// Shows this case and waits for its verdict: outcome and reason.
    pub fn verdict(&self, card: Card, case: Case) -> (String, Option<String>) {
        self.scene.show(card, case);
        self.said(case.id())
    }

    /// Waits for the verdict on what was shown: outcome and reason.
    pub fn said(&self, shown: &str) -> (String, Option<String>) {
        let found = self.window.until(
            &format!("a verdict on {shown}"),
            "const card = document.querySelector('[data-testid=verdict]');
             return card && [card.dataset.outcome, card.dataset.reason || null]",
        );
        (
            found[0].as_str().unwrap().to_owned(),
            found[1].as_str().map(str::to_owned),
        )
    }

    /// Takes the phone away and the verdict down.
    pub fn clear(&self) {
        self.scene.show_nothing();
        self.window.click("clear");
        self.window.until(
            "a clear desk",
            "return !document.querySelector('[data-testid=verdict]')",
        );
    }

    pub fn count(&self, id: &str) -> u64 {
        let script = format!("return document.querySelectorAll(\"[data-testid='{id}']\").length");
        self.window.script(&script).as_u64().unwrap()
    }

    pub fn claims(&self) -> Vec<(String, String)> {
        let script = "return [...document.querySelectorAll('[data-testid=claim]')]
            .map(claim => [claim.dataset.name, claim.textContent])";
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let found = self.window.script(script);
        found
            .as_array()
            .unwrap()
            .iter()
            .map(|claim| (text(&claim[0]), text(&claim[1])))
            .collect()
    }

    /// Pictures of what stands, in both languages and themes.
    pub fn pictures(&self, state: &str) {
        for language in ["ko", "en"] {
            for theme in ["light", "dark"] {
                self.shown_in(language, theme);
                self.window.picture(&format!("{state}-{language}-{theme}"));
            }
        }
        self.toggle("language", "document.documentElement.lang", "ko");
    }

    /// By the switches of the header.
    pub fn shown_in(&self, language: &str, theme: &str) {
        self.toggle("language", "document.documentElement.lang", language);
        self.toggle("theme", "document.documentElement.dataset.theme", theme);
    }

    pub fn toggle(&self, id: &str, is: &str, wanted: &str) {
        for _ in 0..3 {
            if self.window.script(&format!("return {is}")) == wanted {
                return;
            }
            self.window.click(id);
        }
        panic!("{id} does not become {wanted}");
    }

    /// Nothing of the person is in the page.
    pub fn holds_nothing(&self) {
        let dom = self.window.dom();
        assert_eq!(found_in_text(&dom, &SHOWN), [""; 0], "left in the page");
        assert_eq!(found_in_text(&dom, &SURPLUS), [""; 0], "left in the page");
        for id in ["claim", "portrait", "decision"] {
            assert_eq!(self.count(id), 0, "{id} left in the page");
        }
    }
}
