//! One value on the clipboard for a few seconds, where a purpose lets a clerk copy it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hwagin_desk::view::Wiped;
use zeroize::Zeroizing;

/// How long it stays: enough to change to another window and paste.
const STAYS: Duration = Duration::from_secs(20);

/// The system's clipboard, as far as this program put something there.
#[derive(Default)]
pub(crate) struct Clipboard(Mutex<State>);

#[derive(Default)]
struct State {
    // Some systems ask whoever copied for the text when it is pasted, so this has to live on.
    system: Option<arboard::Clipboard>,
    copied: u64,
}

impl Clipboard {
    /// The text is on the clipboard, and is taken away again; after how many seconds, or `None` where
    /// there is no clipboard.
    pub(crate) fn put(self: &Arc<Self>, text: &Wiped) -> Option<u64> {
        let number = {
            let mut state = self.lock();
            if state.system.is_none() {
                state.system = arboard::Clipboard::new().ok();
            }
            let system = state.system.as_mut()?;
            system.set_text(text.expose()).ok()?;
            state.copied += 1;
            state.copied
        };
        let (this, own) = (Arc::clone(self), Zeroizing::new(text.expose().to_owned()));
        std::thread::spawn(move || {
            std::thread::sleep(STAYS);
            this.take_away(number, &own);
        });
        Some(STAYS.as_secs())
    }

    /// What is on the clipboard is taken away, if it is still what was put there.
    fn take_away(&self, number: u64, text: &str) {
        let mut state = self.lock();
        if state.copied != number {
            return;
        }
        let Some(system) = state.system.as_mut() else {
            return;
        };
        let found = system.get_text().map(Zeroizing::new);
        if found.is_ok_and(|found| found.as_str() == text) {
            let _ = system.clear();
        }
    }

    /// Nothing that was put there stays: for the end of the program.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        if state.copied > 0
            && let Some(system) = state.system.as_mut()
        {
            let _ = system.clear();
        }
        state.system = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
