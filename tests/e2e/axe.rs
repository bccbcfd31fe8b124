//! Every screen, in both languages and themes, held to WCAG 2.2 AA by axe-core in the real web view.

use super::{Desk, views};
use std::cell::Cell;
use std::path::Path;

/// Where npm puts it.
const AXE: &str = "../ui/node_modules/axe-core/axe.min.js";

const RUN: &str = "
    window.axeFound = null;
    axe.run(document, {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }).then((results) => {
        window.axeFound = {
            rules: results.passes.length + results.violations.length,
            violations: results.violations.map((violation) =>
                violation.id + ': ' + violation.nodes.map((node) => node.target.join(' ')).join(', ')),
        };
    });";

/// What was looked at.
struct Look<'a> {
    desk: &'a Desk,
    source: String,
    screens: Cell<u32>,
    found: std::cell::RefCell<Vec<String>>,
}

impl<'a> Look<'a> {
    fn new(desk: &'a Desk) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE);
        Self {
            desk,
            source: std::fs::read_to_string(path).expect("axe-core, which npm installs"),
            screens: Cell::new(0),
            found: std::cell::RefCell::default(),
        }
    }

    /// This screen as it is.
    fn here(&self, name: &str) {
        let window = &self.desk.window;
        window.script(&self.source);
        window.script(RUN);
        let found = window.until("axe", "return window.axeFound");
        assert!(found["rules"].as_u64().unwrap() > 10, "{found}");
        let violations = found["violations"].as_array().unwrap();
        let told = violations.iter().map(|one| format!("{name}: {one}"));
        self.found.borrow_mut().extend(told);
        self.screens.set(self.screens.get() + 1);
    }
}

#[test]
fn axe_finds_nothing_on_any_screen() {
    let Some(desk) = Desk::open("axe") else {
        return;
    };
    let look = Look::new(&desk);
    let ways = ["ko", "en"].map(|language| [(language, "light"), (language, "dark")]);
    for view in views::ALL {
        view.each(
            &desk,
            ways.as_flattened(),
            |(language, theme)| desk.shown_in(language, theme),
            |(language, theme)| look.here(&format!("{}, {language}, {theme}", view.name)),
        );
    }
    views::before_the_customer(&desk, &["ko", "en", "th"], |tongue| {
        look.here(&format!("customer, {tongue}"));
    });
    let found = look.found.borrow();
    println!("figure axe.screens {}", look.screens.get());
    assert!(found.is_empty(), "{found:#?}");
}
