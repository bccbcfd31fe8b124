//! The screens that the window has, each with the way there and back: for whatever looks at all of
//! them.

use super::Desk;
use hwagin_training::{Card, Case};

/// A screen of the desk's window.
pub struct View {
    pub name: &'static str,
    /// What stands there while it does, as a selector.
    mark: &'static str,
    come: fn(&Desk),
    go: fn(&Desk),
    /// Whether it lies over the switches of the header.
    covers: bool,
}

const fn open(name: &'static str, mark: &'static str, come: fn(&Desk), go: fn(&Desk)) -> View {
    View {
        name,
        mark,
        come,
        go,
        covers: false,
    }
}

const fn over(name: &'static str, mark: &'static str, come: fn(&Desk), go: fn(&Desk)) -> View {
    View {
        covers: true,
        ..open(name, mark, come, go)
    }
}

/// They follow on each other: some are reached from the one before.
pub const ALL: [View; 20] = [
    open("ready", "[data-testid=idle]", |_| (), |_| ()),
    open(
        "accept",
        "[data-testid=verdict]",
        |desk| shows(desk, Card::Mfc, Case::Valid),
        Desk::clear,
    ),
    open(
        "refuse",
        "[data-testid=verdict]",
        |desk| shows(desk, Card::Mfc, Case::Revoked),
        Desk::clear,
    ),
    open(
        "suspended",
        "[data-testid=verdict]",
        |desk| shows(desk, Card::Mfc, Case::Suspended),
        Desk::clear,
    ),
    open(
        "abstain",
        "[data-testid=verdict]",
        |desk| shows(desk, Card::Mfc, Case::WrongIssuer),
        Desk::clear,
    ),
    open(
        "a foreign code",
        "[data-testid=hint][data-hint=web_link]",
        |desk| {
            desk.scene.show_text("HTTPS://EXAMPLE.INVALID/LOGIN");
        },
        |desk| desk.scene.show_nothing(),
    ),
    open(
        "no camera",
        "[data-testid=camera-retry]",
        |desk| desk.scene.trouble("unplugged"),
        |desk| {
            desk.scene.show_nothing();
            desk.camera("live");
        },
    ),
    open(
        "asking the clerk",
        "[data-testid=on-date]",
        |desk| desk.choose("landlord"),
        |_| (),
    ),
    open(
        "a tenant",
        "[data-testid=verdict]",
        |desk| {
            desk.window.click("in-years-1");
            shows(desk, Card::Mfc, Case::Valid);
        },
        Desk::clear,
    ),
    open(
        "a contract",
        "[data-testid=verdict]",
        |desk| {
            desk.choose("employer-contract");
            desk.window.click("in-years-1");
            shows(desk, Card::Mor, Case::Valid);
        },
        Desk::clear,
    ),
    open(
        "a consulate",
        "[data-testid=verdict]",
        |desk| {
            desk.choose("consular-service");
            shows(desk, Card::Mep, Case::Valid);
        },
        Desk::clear,
    ),
    open(
        "an age",
        "[data-testid=verdict]",
        |desk| {
            desk.choose("age-19");
            shows(desk, Card::Mdl, Case::Valid);
        },
        Desk::clear,
    ),
    open(
        "asking the customer here",
        "[data-testid=customer-panel]",
        |desk| {
            desk.choose("bank-teller");
            desk.window.click("customer-show");
        },
        |desk| desk.window.click("customer-hide"),
    ),
    over(
        "poster",
        "[data-testid=poster-sheet]",
        |desk| desk.window.click("poster-open"),
        |desk| desk.window.click("poster-close"),
    ),
    over(
        "trust",
        "[data-testid=trust-source]",
        |desk| desk.window.click("trust-open"),
        |desk| desk.window.click("trust-close"),
    ),
    over(
        "desk check",
        "[data-testid=check-close]",
        |desk| desk.window.click("desk-check"),
        |desk| desk.window.click("check-close"),
    ),
    over(
        "first steps",
        "[data-testid=guide-next]",
        |desk| {
            desk.window.click("desk-check");
            desk.window.click("guide-open");
        },
        |desk| desk.window.click("guide-close"),
    ),
    over(
        "page for the desk",
        "[data-testid=page-close]",
        |desk| {
            desk.window.click("desk-check");
            desk.window.click("page-open");
        },
        |desk| desk.window.click("page-close"),
    ),
    open(
        "an exercise",
        "[data-testid=decide-accept]",
        |desk| desk.window.click("exercise-start"),
        |_| (),
    ),
    open(
        "an answer",
        "[data-testid=exercise-told]",
        |desk| desk.window.click("decide-accept"),
        |desk| desk.window.click("exercise-leave"),
    ),
];

fn shows(desk: &Desk, card: Card, case: Case) {
    desk.scene.show(card, case);
}

impl View {
    /// It stands, and goes when it was looked at in each of these ways. A result goes by itself after
    /// a while; then it comes anew.
    pub fn each<W>(&self, desk: &Desk, ways: &[W], set: impl Fn(&W), mut look: impl FnMut(&W)) {
        for way in ways {
            if self.covers && self.stands(desk) {
                (self.go)(desk);
            }
            set(way);
            if !self.stands(desk) {
                (self.come)(desk);
                desk.window.until(self.name, &self.question());
            }
            look(way);
            assert!(self.stands(desk), "{} went while looked at", self.name);
        }
        (self.go)(desk);
    }

    fn stands(&self, desk: &Desk) -> bool {
        desk.window.script(&self.question()) == true
    }

    fn question(&self) -> String {
        format!("return !!document.querySelector('{}')", self.mark)
    }
}

/// The customer's window, in each of these languages; it opens at a desk that asks, and closes.
pub fn before_the_customer(desk: &Desk, tongues: &[&str], mut look: impl FnMut(&str)) {
    desk.choose("bank-teller");
    desk.window.click("customer-window");
    desk.window.beside(|| {
        desk.code_stands();
        for tongue in tongues {
            desk.window.click(&format!("tongue-{tongue}"));
            look(tongue);
        }
    });
    desk.window.click("customer-window");
}
