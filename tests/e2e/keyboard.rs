//! Whole checks by keyboard alone: no click, and no script but those that read. Wherever the keys
//! lead, the focus is in sight.

use super::Desk;
use hwagin_training::{Card, Case};
use std::cell::Cell;

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const ESCAPE: char = '\u{E00C}';
const DOWN: char = '\u{E015}';
const F6: char = '\u{E036}';

/// So many stops are further than anything is away.
const FAR: usize = 60;

/// What is wrong with the focus, or nothing: who has it is drawn with a ring, in the viewport, cut
/// off by nothing and covered by nothing.
const FAULT: &str = "
    const at = document.activeElement;
    if (!at || at === document.body) return 'nothing has the focus';
    // A choice is drawn by what stands beside its input.
    const drawn = Number(getComputedStyle(at).opacity) > 0 ? at : at.nextElementSibling;
    const name = at.dataset.testid || at.id || at.className || at.tagName;
    const style = getComputedStyle(drawn);
    const width = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    if (!(width > 0) && style.boxShadow === 'none') return name + ' has no ring';
    const out = Math.max(0, width + parseFloat(style.outlineOffset)) - 1;
    const box = drawn.getBoundingClientRect();
    const ring = [box.left - out, box.top - out, box.right + out, box.bottom + out];
    const isIn = (left, top, right, bottom) =>
        ring[0] >= left && ring[1] >= top && ring[2] <= right && ring[3] <= bottom;
    if (!isIn(0, 0, innerWidth, innerHeight)) return name + ' is out of view: ' + ring;
    for (let around = drawn.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflow === 'visible') continue;
        const edge = around.getBoundingClientRect();
        if (!isIn(edge.left - 1, edge.top - 1, edge.right + 1, edge.bottom + 1))
            return name + ' is cut off by ' + around.className + ': ' + ring;
    }
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const isOn = hit && (at.contains(hit) || drawn.contains(hit) || hit.contains(drawn));
    return isOn ? null : name + ' is covered';";

/// Two hands on a keyboard, and what they did.
struct Hands<'a> {
    desk: &'a Desk,
    steps: Cell<u32>,
    stops: Cell<u32>,
}

impl Hands<'_> {
    fn press(&self, key: char) {
        self.desk.window.press(key);
        self.steps.set(self.steps.get() + 1);
    }

    fn write(&self, text: &str) {
        text.chars().for_each(|letter| self.press(letter));
    }

    /// The focus is in sight here.
    fn stop(&self, place: &str) {
        let fault = self.desk.window.script(FAULT);
        assert!(fault.is_null(), "{place}: {fault}");
        self.stops.set(self.stops.get() + 1);
    }

    fn is(&self, script: &str) -> bool {
        self.desk.window.script(&format!("return {script}")) == true
    }

    fn wait(&self, what: &str, script: &str) {
        self.desk.window.until(what, &format!("return {script}"));
    }

    /// This key again and again, from stop to stop, until that is so.
    fn press_until(&self, key: char, what: &str, is: &str) {
        for _ in 0..FAR {
            self.press(key);
            self.stop(&format!("on the way to {what}"));
            if self.is(is) {
                return;
            }
        }
        panic!("{what} is not in reach of the keys");
    }

    fn tab_to(&self, id: &str) {
        let there = format!("document.activeElement.dataset.testid === '{id}'");
        self.press_until(TAB, id, &there);
    }

    /// Down the list of purposes.
    fn choose(&self, purpose: &str) {
        self.press_until(
            TAB,
            "the purposes",
            "document.activeElement.name === 'purpose'",
        );
        self.press_until(
            DOWN,
            purpose,
            &format!("document.activeElement.value === '{purpose}'"),
        );
        self.desk.chosen(purpose);
    }

    /// By the digit beside it, where no field has the keys.
    fn choose_by_digit(&self, purpose: &str) {
        let place = self.desk.window.script(&format!(
            "return [...document.querySelectorAll('input[name=purpose]')]
                .findIndex((input) => input.value === '{purpose}') + 1"
        ));
        let digit = u32::try_from(place.as_u64().unwrap()).unwrap();
        self.press(char::from_digit(digit, 10).unwrap());
        self.desk.chosen(purpose);
    }

    /// A phone comes, and the result is said aloud.
    fn accepts(&self, card: Card) {
        let accepted = ("accept".to_owned(), None);
        assert_eq!(self.desk.verdict(card, Case::Valid), accepted);
        self.wait(
            "the announcement",
            "document.querySelector('[data-testid=announcement]').textContent.length > 0",
        );
    }

    /// The phone is taken away, and this key takes the result down.
    fn clear(&self, key: char) {
        self.desk.scene.show_nothing();
        self.press(key);
        self.wait(
            "a clear desk",
            "!document.querySelector('[data-testid=verdict]')",
        );
        self.desk.holds_nothing();
        self.stop("after the result");
    }
}

/// A date and an area are asked for; after the first person the date stays.
fn at_the_estate_agents(hands: &Hands) {
    hands.choose("landlord");
    hands.tab_to("on-date");
    hands.write("20280101");
    hands.wait("the date", "!document.querySelector('.date.wanted')");
    hands.tab_to("asked-area");
    hands.write("견본시");
    hands.press(ENTER);
    hands.accepts(Card::Mfc);
    assert_eq!(hands.desk.count("decision"), 2);
    hands.clear(ESCAPE);
    hands.wait(
        "an empty area",
        "document.querySelector('[data-testid=asked-area]').value === ''",
    );
    assert!(hands.is("document.querySelector('[data-testid=on-date]').value.length > 0"));
    hands.accepts(Card::Kdl);
    hands.clear(ESCAPE);
}

/// A name is asked for; a number is held into view, and copied.
fn at_reception(hands: &Hands) {
    let window = &hands.desk.window;
    hands.press(F6);
    hands.stop("the right column");
    hands.choose_by_digit("hospital-reception");
    hands.press(F6);
    hands.stop("the left column");
    hands.tab_to("asked-name");
    hands.write("Testina Specimen");
    hands.press(ENTER);
    hands.accepts(Card::Mfc);
    hands.press(F6);
    hands.tab_to("reveal");
    let behind = "990101-6000000";
    assert!(!window.dom().contains(behind));
    for key in [' ', ENTER] {
        window.hold(key);
        hands.wait(
            "the number",
            "document.querySelector('[data-testid=masked][data-revealed=true]')",
        );
        assert!(window.dom().contains(behind));
        hands.stop("the number, held");
        window.release(key);
        hands.steps.set(hands.steps.get() + 1);
        hands.wait(
            "the mask",
            "document.querySelector('[data-testid=masked][data-revealed=false]')",
        );
        assert!(!window.dom().contains(behind));
    }
    hands.tab_to("copy");
    hands.press(ENTER);
    hands.wait(
        "the copy",
        "Number(document.querySelector('[data-testid=copy]').dataset.left) > 0",
    );
    hands.clear(ESCAPE);
    hands.accepts(Card::Mdl);
    hands.tab_to("clear");
    hands.clear(ENTER);
}

/// The customer's board in this window, and the window that faces them.
fn before_the_customer(hands: &Hands) {
    let window = &hands.desk.window;
    let board = "document.querySelector('[data-testid=customer-board]')";
    hands.choose_by_digit("bank-teller");
    hands.tab_to("customer-show");
    hands.press(ENTER);
    hands.wait("the board", &format!("{board}?.dataset.view === 'code'"));
    hands.tab_to("tongue-vi");
    hands.press(ENTER);
    hands.wait("Vietnamese", &format!("{board}.lang === 'vi'"));
    hands.stop("the board's languages");
    hands.press(ESCAPE);
    hands.wait("the board to go", &format!("!{board}"));
    hands.stop("after the board");
    hands.tab_to("customer-window");
    hands.press(' ');
    window.beside(|| {
        hands.desk.code_stands();
        hands.tab_to("tongue-th");
        hands.press(ENTER);
        hands.wait("Thai", "document.documentElement.lang === 'th'");
        hands.stop("the customer's languages");
    });
    hands.press(' ');
    hands.wait(
        "the window to close",
        "document.querySelector('[data-testid=customer-window]').ariaChecked === 'false'",
    );
    hands.stop("the switch of the customer's window");
}

/// Two of the people to practise on, one answered by a digit and one by a button.
fn in_an_exercise(hands: &Hands) {
    let phase = |phase: &str| {
        hands.wait(
            phase,
            &format!("document.querySelector('[data-testid=exercise][data-phase={phase}]')"),
        );
    };
    hands.tab_to("exercise-start");
    hands.press(ENTER);
    phase("decide");
    hands.stop("a person at the desk");
    hands.press('1');
    phase("told");
    hands.stop("the answer");
    hands.press(ENTER);
    phase("decide");
    hands.tab_to("decide-refuse");
    hands.press(ENTER);
    phase("told");
    hands.stop("the second answer");
    hands.press(ESCAPE);
    hands.wait(
        "the end",
        "!document.querySelector('[data-testid=exercise]')",
    );
    hands.stop("after the exercise");
}

#[test]
fn whole_checks_a_customer_and_an_exercise_by_keyboard_alone() {
    let Some(desk) = Desk::untouched("keyboard") else {
        return;
    };
    let hands = Hands {
        desk: &desk,
        steps: Cell::new(0),
        stops: Cell::new(0),
    };
    at_the_estate_agents(&hands);
    at_reception(&hands);
    before_the_customer(&hands);
    in_an_exercise(&hands);
    println!("figure keyboard.steps {}", hands.steps.get());
    println!("figure keyboard.stops {}", hands.stops.get());
}
