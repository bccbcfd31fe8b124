//! A session whose time stands still until it is moved, and that writes down what it says.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hwagin_desk::clock::{Clock, Now};
use hwagin_desk::view::{AskedView, ScanEvent};
use hwagin_desk::{Events, Knowledge, Session, Sources};
use hwagin_scanner::{Light, Located, Point, Sighting, Symbol};
use hwagin_training::{Authority, Card, Case};
use hwagin_verifier::{At, UnixTime};
use serde_json::Value as Json;

pub(crate) const START: i64 = 1_795_300_196;

/// A desk in training whose time stands still until it is moved.
pub(crate) struct Bench {
    pub(crate) session: Session,
    pub(crate) told: Arc<Mutex<Vec<Json>>>,
    wall: Arc<AtomicI64>,
    passed: Arc<AtomicU64>,
}

impl Bench {
    pub(crate) fn new(purpose: Option<&str>) -> Self {
        let wall = Arc::new(AtomicI64::new(START));
        let passed = Arc::new(AtomicU64::new(0));
        let clock: Clock = {
            let (wall, passed) = (Arc::clone(&wall), Arc::clone(&passed));
            Arc::new(move || Now {
                at: At::utc(UnixTime(wall.load(Ordering::Relaxed))),
                since_start: Duration::from_millis(passed.load(Ordering::Relaxed)),
            })
        };
        let told = Arc::new(Mutex::new(Vec::new()));
        let knowledge = Knowledge::load(&Sources::default(), clock().at);
        let mut session = Session::new(knowledge, clock, collect(&told));
        if let Some(purpose) = purpose {
            session
                .choose_purpose(purpose, &AskedView::default())
                .unwrap();
        }
        Self {
            session,
            told,
            wall,
            passed,
        }
    }

    pub(crate) fn wait(&mut self, milliseconds: u64) {
        let before = self.passed.fetch_add(milliseconds, Ordering::Relaxed);
        let seconds = (before + milliseconds) / 1_000 - before / 1_000;
        self.wall
            .fetch_add(i64::try_from(seconds).unwrap(), Ordering::Relaxed);
    }

    /// Somebody sets the machine's clock by so much.
    pub(crate) fn set_clock(&mut self, seconds: i64) {
        self.wall.fetch_add(seconds, Ordering::Relaxed);
    }

    /// What the desk knows by itself at this moment.
    pub(crate) fn knowledge(&self) -> Knowledge {
        let at = At::utc(UnixTime(self.wall.load(Ordering::Relaxed)));
        Knowledge::load(&Sources::default(), at)
    }

    /// A frame with these texts in symbols.
    pub(crate) fn frame(&mut self, texts: &[&str]) {
        let symbols: Vec<_> = texts.iter().map(|text| symbol(text)).collect();
        self.session.seen(&sighting(symbols, None), SIDES);
    }

    /// A frame in which a symbol is found and not read.
    pub(crate) fn located(&mut self, located: Located) {
        self.session.seen(&sighting(vec![], Some(located)), SIDES);
    }

    /// Ten frames a second with these texts, for so long.
    pub(crate) fn frames(&mut self, texts: &[&str], milliseconds: u64) {
        for _ in 0..milliseconds / 100 {
            self.wait(100);
            self.frame(texts);
        }
    }

    /// What was told since the last time, outlines left out.
    pub(crate) fn told(&self) -> Vec<Json> {
        let told = std::mem::take(&mut *self.told.lock().unwrap());
        told.into_iter()
            .filter(|event| event["type"] != "outline")
            .collect()
    }

    /// The one verdict that was told since the last time.
    pub(crate) fn verdict(&self) -> Json {
        let told = self.told();
        let verdicts: Vec<_> = told
            .iter()
            .filter(|event| event["type"] == "verdict")
            .collect();
        assert_eq!(verdicts.len(), 1, "{told:?}");
        verdicts[0]["verdict"].clone()
    }
}

/// The sides of every frame.
pub(crate) const SIDES: (u32, u32) = (1_280, 720);

/// A frame of a desk in daylight that showed this.
pub(crate) fn sighting(symbols: Vec<Symbol>, located: Option<Located>) -> Sighting {
    Sighting {
        symbols,
        located,
        light: Light {
            mean: 0.4,
            brightest: 0.8,
        },
    }
}

/// A symbol that can be seen well and is not read yet.
pub(crate) fn in_view() -> Located {
    Located {
        corners: symbol("").corners,
        modules: 97,
        module_px: 5.1,
        blur_px: 1.0,
        motion_px: 0.5,
        black: 0.1,
        white: 0.8,
        glare: 0.0,
        gathered: 1,
    }
}

pub(crate) fn collect(told: &Arc<Mutex<Vec<Json>>>) -> Events {
    let told = Arc::clone(told);
    Arc::new(move |event| {
        if !matches!(event, ScanEvent::Preview(_)) {
            told.lock()
                .unwrap()
                .push(serde_json::to_value(&event).unwrap());
        }
    })
}

pub(crate) fn symbol(text: &str) -> Symbol {
    let corners = [
        (400.0, 100.0),
        (900.0, 100.0),
        (900.0, 600.0),
        (400.0, 600.0),
    ];
    Symbol {
        content: text.as_bytes().to_vec(),
        corners: corners.map(|(x, y)| Point { x, y }),
    }
}

pub(crate) fn shown(case: Case, at: i64) -> String {
    Authority::built_in().present(Card::Mfc, case, at).text
}
